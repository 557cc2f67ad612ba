"""Giving a slip its time, and saying afterwards whether the talk took place."""

from telegram import Update

from bot.domain.slips import Reason
from bot.usecases import bookings, slips
from handlers.cards import ADVISERS, Card, settle, show_card, show_times_again
from handlers.context import Context
from handlers.reminders import refresh_days
from handlers.table import tap


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
    tap("set:{slip}:{slot}:{revision}", set_time, may=ADVISERS, again=show_times_again),
    tap("held:{slip}:{revision}", held, may=ADVISERS, again=show_card),
    tap("reasons:{slip}:{revision}", show_reasons, may=ADVISERS, again=show_card),
    tap("missed:{slip}:{reason}:{revision}", missed, may=ADVISERS, again=show_card),
]
