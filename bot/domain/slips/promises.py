"""What an inmate is promised: an answer by a date, a later one once, and sorry where it was not kept (F125)."""

from datetime import datetime
from typing import Any

from bot.domain import calendar
from bot.domain.refusals import (
    ExtendedAlready,
    Stale,
)
from bot.domain.services import Hub
from bot.domain.slips.slips import Move, Side, Slip, moved

EXTENSIONS = (2, 5, 10)


def promised(hub: Hub, now: datetime, days: int) -> dict[str, Any]:
    """Return the fields of a promise of so many working days, given now: its half and its end."""
    return {"answer_by": calendar.answer_by(hub, now, days), "half_at": calendar.half_of(hub, now, days)}


def later_dates(slip: Slip, hub: Hub, now: datetime) -> dict[int, datetime]:
    """Return the dates to which the promise can be moved, by how many working days that is from now; once only."""
    dates = {days: calendar.answer_by(hub, now, days) for days in EXTENSIONS}
    return {days: date for days, date in dates.items() if date > slip.answer_by and not slip.extended}


def extend(slip: Slip, days: int, hub: Hub, now: datetime) -> Slip:
    """Promise the answer later, once and with a date, in so many working days from now."""
    if slip.extended:
        raise ExtendedAlready
    if days not in later_dates(slip, hub, now):
        raise Stale
    later = promised(hub, now, days)
    return moved(slip, Move.EXTEND, extended=True, news=True, **later)


def break_promise(slip: Slip, hub: Hub, now: datetime) -> Slip:
    """Say sorry with a new date; the second time the social adviser owns the slip, so that it never passes silently."""
    triage = hub.services[hub.triage]
    handed_over = slip.broken > 0 and slip.service != hub.triage
    return moved(
        slip,
        Move.BREAK,
        Side.HUB,
        **promised(hub, now, triage.promise),
        broken=slip.broken + 1,
        service=hub.triage if handed_over else slip.service,
        adviser=None if handed_over else slip.adviser,
        sent_from=slip.service if handed_over else slip.sent_from,
        news=True,
    )


def again(slip: Slip, hub: Hub, now: datetime) -> Slip:
    """Ask for a talk once more, with a new promise and the same adviser (F122)."""
    service = hub.services[slip.service]
    adviser = slip.adviser if slip.adviser in service.advisers else None
    return moved(
        slip,
        Move.AGAIN,
        Side.INMATE,
        adviser=adviser,
        wish=None,
        reason=None,
        answer=None,
        broken=0,
        extended=False,
        news=False,
        **promised(hub, now, service.promise),
    )
