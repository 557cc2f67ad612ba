"""Giving a slip its time, and saying afterwards whether the talk took place."""

from telegram import Update

from bot.domain.people import ADVISERS
from bot.domain.slips import Reason, State
from bot.usecases import bookings, slips
from bot.usecases import timetable as free_times
from handlers.cards import Card, refresh_cards, settle
from handlers.context import Context
from handlers.owners import show_card
from handlers.reminders import refresh_days
from handlers.table import tap


async def show_times(_update: Update, context: Context) -> None:
    """Begin to answer: who presses first owns the slip, and sees the nearest times."""
    slip = await slips.own_it(context.turn, context.text("slip"), context.number("revision"))
    card = await refresh_cards(context, slip)
    context.show_for(card.times(await free_times.choices(context.turn, slip)))


async def show_times_again(_update: Update, context: Context) -> None:
    """Show the times that are free now."""
    slip = await slips.readable(context.turn, context.text("slip"))
    card = Card(context, await slips.facts(context.turn, slip))
    waiting = slip.state is State.WAITING and slip.adviser == context.turn.person.id
    context.show_for(card.times(await free_times.choices(context.turn, slip)) if waiting else card.plain)


async def set_time(_update: Update, context: Context) -> None:
    """Confirm a time: the second of two taps."""
    slip, booking = await bookings.confirm(
        context.turn, context.text("slip"), context.text("slot"), context.number("revision")
    )
    await settle(context, slip)
    await refresh_days(context, booking)


async def held(_update: Update, context: Context) -> None:
    """Note that the talk took place."""
    await settle(context, await slips.hold(context.turn, context.text("slip"), context.number("revision")))


async def show_reasons(_update: Update, context: Context) -> None:
    """Ask, without blame, why the talk did not happen."""
    slip = await slips.addressed(context.turn, context.text("slip"), context.number("revision"))
    context.show_for(Card(context, await slips.facts(context.turn, slip)).reasons)


async def missed(_update: Update, context: Context) -> None:
    """Note that the talk did not happen; the inmate is asked about a new time."""
    code, revision = context.text("slip"), context.number("revision")
    await settle(context, await slips.miss(context.turn, code, revision, Reason(context.text("reason"))))


HANDLERS = [
    tap("times:{slip}:{revision}", show_times, may=ADVISERS, again=show_times_again),
    tap("set:{slip}:{slot}:{revision}", set_time, may=ADVISERS, again=show_times_again),
    tap("held:{slip}:{revision}", held, may=ADVISERS, again=show_card),
    tap("reasons:{slip}:{revision}", show_reasons, may=ADVISERS, again=show_card),
    tap("missed:{slip}:{reason}:{revision}", missed, may=ADVISERS, again=show_card),
]
