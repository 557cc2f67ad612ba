"""A slip in one sentence of a list at a screen: what is so now, and by when something happens next."""

from collections.abc import Callable

from bot.domain.slips import talks
from bot.domain.slips.slips import Side, Slip, State
from bot.domain.timetable.bookings import Booking
from bot.domain.whole import Whole
from handlers.chat.context import Context
from handlers.said.inmates import ENDED
from handlers.said.slips import heard_by, offer_until, will_answer


def line_in_words(context: Context, slip: Slip, booking: Booking | None) -> str:
    """Say a slip's state in one sentence of a list: what is so now, and by when something happens next."""
    return IN_A_LIST[slip.state](context, slip, booking)


def _waiting_line(context: Context, slip: Slip, _booking: Booking | None) -> str:
    _, date = context.words, context.words.day(slip.answer_by)
    if slip.broken:
        return _("Sorry for the wait: you get an answer by {date}.", date=date)
    return will_answer(context, slip, date)


def _offered_line(context: Context, slip: Slip, _booking: Booking | None) -> str:
    _, when = context.words, offer_until(context.words, slip)
    if slip.offered_by is Side.INMATE:
        return will_answer(context, slip, when)
    return _("A new time is proposed: answer by {when}.", when=when)


def _booked_line(context: Context, slip: Slip, booking: Booking | None) -> str:
    _ = context.words
    when = _.day_and_time(booking.slot.starts) if booking else ""
    if talks.is_over(slip, booking, context.turn.now):
        return _("Did the talk take place: {when}?", when=when)
    return _("You have a talk {when}.", when=when)


def _answered_line(context: Context, slip: Slip, _booking: Booking | None) -> str:
    _ = context.words
    return _("There is an answer: read it by {date}.", date=_.day(heard_by(context, slip)))


def _not_held_line(context: Context, slip: Slip, _booking: Booking | None) -> str:
    _ = context.words
    return _("The talk did not happen: answer by {date}.", date=_.day(heard_by(context, slip)))


def _ended_line(context: Context, slip: Slip, _booking: Booking | None) -> str:
    return ENDED[slip.state](context.words)


IN_A_LIST: Whole[State, Callable[[Context, Slip, Booking | None], str]] = Whole(
    "a slip in a list at a screen",
    State,
    {
        State.WAITING: _waiting_line,
        State.OFFERED: _offered_line,
        State.BOOKED: _booked_line,
        State.ANSWERED: _answered_line,
        State.NOT_HELD: _not_held_line,
        State.HELD: _ended_line,
        State.WITHDRAWN: _ended_line,
        State.CLOSED: _ended_line,
    },
)
