"""What an adviser replies to a slip: a time, another one, later, an answer without a meeting; and how the talk went."""

from telegram import Update

from bot.domain.people import ANSWERERS, BY_PHONE, Role
from bot.domain.slips.slips import WHY_CANCELLED, Reason, State
from bot.domain.slips.talks import has_begun
from bot.usecases.slips import cards, offers, slips, talks, undoing
from bot.usecases.timetable.bookings import newest
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.slips import choices
from handlers.slips.cards import Card, show
from handlers.slips.owners import show_card

CAN_HAVE_TIMES = {State.WAITING, State.OFFERED, State.BOOKED}


async def card_of(context: Context) -> Card:
    """Return the card of the pressed slip, as it was shown and if the acting person may answer it."""
    slip = await slips.addressed(context.turn, context.text("slip"), context.number("revision"))
    return Card(context, await cards.opened(context.turn, slip))


async def show_times(_update: Update, context: Context) -> None:
    """Begin to answer: who presses first owns the slip, and sees the nearest times."""
    revision = context.number("revision")
    slip = await offers.begin(context.turn, context.text("slip"), revision)
    # Where the slip was one's own already, it is only read: that is noted.
    read = cards.opened if slip.revision == revision else cards.facts
    card = Card(context, await read(context.turn, slip))
    if slip.adviser is None and len(card.facts.owners()) > 1:
        context.show_for(choices.callers(context, card))
        return
    context.show_for(await _times(context, card))


async def on_the_phone(_update: Update, context: Context) -> None:
    """Say which adviser has called; then the times are theirs."""
    code, revision = context.text("slip"), context.number("revision")
    slip = await slips.on_the_phone(context.turn, code, revision, context.text("person"))
    card = Card(context, await cards.facts(context.turn, slip))
    context.show_for(await _times(context, card))


async def show_times_again(_update: Update, context: Context) -> None:
    """Show the times that are free now."""
    slip = await cards.readable(context.turn, context.text("slip"))
    card = Card(context, await cards.opened(context.turn, slip))
    person = context.turn.person
    mine = slip.adviser == person.id or bool(person.role & BY_PHONE)
    booking = await newest(context.turn, slip.code)
    mine = mine and slip.state in CAN_HAVE_TIMES and not has_begun(slip, booking, context.turn.now)
    context.show_for(await _times(context, card) if mine else card.plain)


async def _times(context: Context, card: Card) -> choices.Build:
    slip = card.facts.slip
    return choices.times(card, await offers.choices(context.turn, slip), await offers.declined(context.turn, slip))


async def set_time(_update: Update, context: Context) -> None:
    """Confirm a time, or propose one that was not wished for: the second of two taps."""
    code, revision = context.text("slip"), context.number("revision")
    await show(context, await offers.give(context.turn, code, context.text("slot"), revision))


async def show_after_time(update: Update, context: Context) -> None:
    """Show the times that are free now where this one was taken; where the slip has gone on meanwhile, its card."""
    slip = await cards.readable(context.turn, context.text("slip"))
    await (show_times_again if slip.revision == context.number("revision") else show_card)(update, context)


async def accept(_update: Update, context: Context) -> None:
    """Say yes to the time that the inmate proposes."""
    await show(context, await offers.accept_proposal(context.turn, context.text("slip"), context.number("revision")))


async def decline(_update: Update, context: Context) -> None:
    """Say that the time which the inmate proposes does not suit."""
    await show(context, await offers.decline_proposal(context.turn, context.text("slip"), context.number("revision")))


async def ask_cancel(_update: Update, context: Context) -> None:
    """Ask, without blame, why a time is given back."""
    card = await card_of(context)
    await offers.still_movable(context.turn, card.facts.slip)
    context.show_for(choices.reasons(card, "cancel", WHY_CANCELLED))


async def cancel(_update: Update, context: Context) -> None:
    """Give a time back; the inmate hears that it is not their fault, and by when there is news."""
    code, revision = context.text("slip"), context.number("revision")
    await show(context, await offers.cancel(context.turn, code, revision, Reason(context.text("reason"))))


async def held(_update: Update, context: Context) -> None:
    """Note that the talk took place."""
    await show(context, await talks.hold(context.turn, context.text("slip"), context.number("revision")))


async def show_reasons(_update: Update, context: Context) -> None:
    """Ask, without blame, why the talk did not happen."""
    context.show_for(choices.reasons(await card_of(context)))


async def missed(_update: Update, context: Context) -> None:
    """Note that the talk did not happen; the inmate is asked about a new time."""
    code, revision = context.text("slip"), context.number("revision")
    await show(context, await talks.miss(context.turn, code, revision, Reason(context.text("reason"))))


async def ask_later(_update: Update, context: Context) -> None:
    """Ask when the answer will come."""
    context.show_for(choices.later(context, await card_of(context)))


async def extend(_update: Update, context: Context) -> None:
    """Move the promise, once and with a date; the inmate is told."""
    code, revision, days = context.text("slip"), context.number("revision"), context.number("number")
    await show(context, await slips.extend(context.turn, code, revision, days))


async def show_answers(_update: Update, context: Context) -> None:
    """Ask which of the hub's plain answers it is."""
    context.show_for(choices.answers(context, await card_of(context)))


async def answer(_update: Update, context: Context) -> None:
    """Answer without a meeting; the inmate may still want a talk."""
    code, revision = context.text("slip"), context.number("revision")
    await show(context, await slips.answer(context.turn, code, revision, context.text("word")))


async def undo(_update: Update, context: Context) -> None:
    """Take one's own newest step back."""
    await show(context, await undoing.undo(context.turn, context.text("slip"), context.number("revision")))


HANDLERS = [
    tap("times:{slip}:{revision}", show_times, may=ANSWERERS, again=show_times_again),
    tap("calls:{slip}:{person}:{revision}", on_the_phone, may=Role.COORDINATOR, again=show_card),
    tap("set:{slip}:{slot}:{revision}", set_time, may=ANSWERERS, again=show_after_time),
    tap("accept:{slip}:{revision}", accept, may=ANSWERERS, again=show_card),
    tap("decline:{slip}:{revision}", decline, may=ANSWERERS, again=show_card),
    tap("cancel:{slip}:{revision}", ask_cancel, may=ANSWERERS, again=show_card),
    tap("cancel:{slip}:{reason}:{revision}", cancel, may=ANSWERERS, again=show_card),
    tap("held:{slip}:{revision}", held, may=ANSWERERS, again=show_card),
    tap("reasons:{slip}:{revision}", show_reasons, may=ANSWERERS, again=show_card),
    tap("missed:{slip}:{reason}:{revision}", missed, may=ANSWERERS, again=show_card),
    tap("later:{slip}:{revision}", ask_later, may=ANSWERERS, again=show_card),
    tap("extend:{slip}:{number}:{revision}", extend, may=ANSWERERS, again=show_card),
    tap("answers:{slip}:{revision}", show_answers, may=ANSWERERS, again=show_card),
    tap("answer:{slip}:{word}:{revision}", answer, may=ANSWERERS, again=show_card),
    tap("undo:{slip}:{revision}", undo, may=ANSWERERS, again=show_card),
]
