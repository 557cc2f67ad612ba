"""Times that are proposed, held for a while, and answered by the other side; and times that are given back."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain import doors
from bot.domain.refusals import MoveNotPossible, OfferEnded, TalkBegun, TooShortNotice
from bot.domain.services import Hub
from bot.domain.slips.promises import promised
from bot.domain.slips.slips import Move, Reason, Side, Slip, State, moved
from bot.domain.timetable.bookings import Outcome
from bot.domain.whole import Whole

NO_TO_IT: Whole[Side, Outcome] = Whole(
    "what becomes of a time that somebody says no to",
    (Side.INMATE, Side.ADVISER),
    {Side.INMATE: Outcome.DECLINED, Side.ADVISER: Outcome.UNFIT},
)
"""What becomes of a time that somebody says no to, cannot come to, or wants another one for: it is offered no more."""

OFFER_FOR = timedelta(hours=24)
OFFER_ENDS_BEFORE = timedelta(hours=2)


def offer(
    slip: Slip, adviser: str, starts: datetime, by: Side, hub: Hub, now: datetime, had: datetime | None = None
) -> Slip:
    """Hold another time until the other side has answered, or can answer no more.

    A booked time, which starts at ``had``, is given back with it; the promise of an answer then begins anew. A talk
    that has begun is told of, and not moved.
    """
    if had and had <= now:
        raise TalkBegun
    until = lasts_until(slip.unit, starts, hub, now)
    if until <= now:
        raise TooShortNotice
    news = by is not Side.INMATE
    fresh = fresh_promise(slip, by, hub, now)
    return moved(slip, Move.OFFER, by, adviser=adviser, offered_by=by, offer_until=until, news=news, **fresh)


def lasts_until(unit: str, starts: datetime, hub: Hub, now: datetime) -> datetime:
    """Return until when a time is held: 24 hours, at most until two hours before it starts.

    It ends while the doors of the unit are open: the inmate answers at a screen, and reads there what was answered.
    """
    return doors.reachable_until(hub, unit, min(now + OFFER_FOR, starts - OFFER_ENDS_BEFORE))


def fresh_promise(slip: Slip, by: Side, hub: Hub, now: datetime) -> dict[str, Any]:
    """Return the promise of who had a time and has it no more: the shorter one where it was no doing of their own."""
    if slip.state is not State.BOOKED:
        return {}
    service = hub.services[slip.service if by is Side.INMATE else hub.triage]
    return {**promised(hub, now, min(service.promise, hub.services[slip.service].promise)), "broken": 0}


def accept(slip: Slip, by: Side, now: datetime) -> Slip:
    """Say yes to the other side's offer, while it lasts."""
    _answers_other_side(slip, by, Move.ACCEPT)
    if slip.offer_until and slip.offer_until <= now:
        raise OfferEnded
    return moved(slip, Move.ACCEPT, by, offered_by=None, offer_until=None, reason=None, news=by is Side.ADVISER)


def decline(slip: Slip, by: Side) -> Slip:
    """Say no to the other side's offer; the slip waits on, with the same promise."""
    _answers_other_side(slip, by, Move.DECLINE)
    return moved(slip, Move.DECLINE, by, offered_by=None, offer_until=None, news=by is Side.ADVISER)


def _answers_other_side(slip: Slip, by: Side, move: Move) -> None:
    if slip.offered_by is by:
        raise MoveNotPossible(slip.state, move)


def expire(slip: Slip) -> Slip:
    """Let an offer end that nobody has answered; the slip waits on, with the same promise."""
    return moved(slip, Move.EXPIRE, Side.HUB, offered_by=None, offer_until=None, news=True)


def cancel(slip: Slip, by: Side, reason: Reason, starts: datetime, hub: Hub, now: datetime) -> Slip:
    """Give a booked or offered time back; the place in line is kept, and there is a promise again."""
    if starts <= now:
        raise TalkBegun
    fresh = fresh_promise(slip, by, hub, now)
    news = by is not Side.INMATE
    return moved(slip, Move.CANCEL, by, offered_by=None, offer_until=None, reason=reason, news=news, **fresh)
