"""How a talk went: told by the adviser or the inmate, asked for, and never left without a promise or an end (F125)."""

from datetime import date, datetime

from bot.domain import calendar
from bot.domain.refusals import MoveNotPossible, TalkAhead
from bot.domain.services import Hub
from bot.domain.slips.offers import fresh_promise
from bot.domain.slips.slips import Move, Reason, Side, Slip, State, moved
from bot.domain.timetable.bookings import Booking, Outcome

ASKED_ON = (1, 3)
"""On which working days after a talk its adviser is asked how it went."""

TOLD_WITHIN = 5
"""After so many working days without a word, somebody else finds out."""


def asked_at(hub: Hub, booking: Booking) -> tuple[datetime, ...]:
    """Return when the adviser is asked how a talk went: in the morning, twice."""
    return tuple(calendar.at(hub, _days_after(hub, booking, days), calendar.START_OF_DAY) for days in ASKED_ON)


def told_by(hub: Hub, booking: Booking) -> datetime:
    """Return until when somebody is to have told how a talk went: 15.00 of the fifth working day after it."""
    return calendar.at(hub, _days_after(hub, booking, TOLD_WITHIN), calendar.END_OF_DAY)


def _days_after(hub: Hub, booking: Booking, days: int) -> date:
    return calendar.working_day_after(hub, calendar.today(hub, booking.slot.starts), days)


def is_over(slip: Slip, booking: Booking | None, now: datetime) -> bool:
    """Say whether a slip's talk is over and nobody has told how it went."""
    return slip.state is State.BOOKED and booking is not None and booking.slot.ends <= now


def is_ahead(slip: Slip, booking: Booking | None, now: datetime) -> bool:
    """Say whether a slip has a talk that has not begun: until then it can be moved or given back."""
    return slip.state is State.BOOKED and booking is not None and booking.slot.starts > now


def has_begun(slip: Slip, booking: Booking | None, now: datetime) -> bool:
    """Say whether a slip has a talk that can only be told of any more."""
    return slip.state is State.BOOKED and booking is not None and booking.slot.starts <= now


def hold(slip: Slip, starts: datetime, now: datetime, by: Side = Side.ADVISER) -> Slip:
    """Note that the talk took place; nobody can know before it starts.

    That somebody has found it out is news to an inmate who waits; to one who was there it is none.
    """
    if now < starts:
        raise TalkAhead
    return moved(slip, Move.HOLD, by, news=slip.state is State.WAITING and by is Side.ADVISER)


def to_find_out(slip: Slip, talk: Booking | None, hub: Hub) -> bool:
    """Say whether it is still open how a waiting slip's newest ``talk`` went, whatever has happened to the slip since.

    Nobody told in time, or its inmate alone has said that there was none. Elsewhere the slip has become something else.
    """
    if slip.state is not State.WAITING or talk is None or slip.service not in {hub.triage, talk.slot.service}:
        return False
    return talk.outcome in {Outcome.UNTOLD, Outcome.DENIED}


def find_out(slip: Slip, talk: Booking | None, hub: Hub, now: datetime, by: Side) -> Slip:
    """Note that a talk took place after all of which it was still open how it went."""
    if talk is None or not to_find_out(slip, talk, hub):
        raise MoveNotPossible(slip.state, Move.HOLD)
    return hold(slip, talk.slot.starts, now, by)


def miss(slip: Slip, reason: Reason, starts: datetime, now: datetime) -> Slip:
    """Note, without blame, that the talk did not happen; the inmate is asked about a new time (F157)."""
    if now < starts:
        raise TalkAhead
    return moved(slip, Move.MISS, reason=reason, news=True)


def renew(slip: Slip, ends: datetime, hub: Hub, now: datetime) -> Slip:
    """Let the inmate say that the talk did not take place: the slip waits once more, with a new promise (F158)."""
    if now < ends:
        raise TalkAhead
    promise = fresh_promise(slip, Side.ADVISER, hub, now)
    adviser = slip.adviser if slip.adviser in hub.services[slip.service].advisers else None
    return moved(slip, Move.RENEW, Side.INMATE, adviser=adviser, wish=None, extended=False, news=False, **promise)


def lapse(slip: Slip, hub: Hub, now: datetime) -> Slip:
    """Hand a slip to the social adviser with a new promise, because nobody has told how its talk went (F24)."""
    promise = fresh_promise(slip, Side.ADVISER, hub, now)
    return moved(
        slip,
        Move.LAPSE,
        Side.HUB,
        service=hub.triage,
        adviser=None,
        sent_from=None,
        wish=None,
        extended=False,
        news=True,
        **promise,
    )
