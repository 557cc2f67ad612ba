"""What is worth handing over to somebody who has not read it at a screen, and what cannot wait."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot.domain import calendar
from bot.domain.refusals import Stale
from bot.domain.services import Hub
from bot.domain.slips.slips import Slip, Source, State
from bot.domain.timetable.bookings import Booking

NOON = time(12)
OVER = frozenset({State.WITHDRAWN, State.CLOSED})


def worth_telling(slip: Slip, booking: Booking | None, now: datetime) -> bool:
    """Say whether a slip's news still tell its inmate something: not once the talk has begun, or the slip has ended."""
    if not slip.news or slip.state in OVER:
        return False
    return slip.state is not State.BOOKED or (booking is not None and booking.slot.starts > now)


def untold(slip: Slip) -> Slip:
    """Refuse what has been read at a screen or told meanwhile."""
    if not slip.news or slip.state in OVER:
        raise Stale
    return slip


def near_until(hub: Hub, today: date) -> datetime:
    """Return the end of tomorrow's morning: what is before it cannot wait for the list of the next morning."""
    return calendar.at(hub, today + timedelta(days=1), NOON)


def hurries(slip: Slip, starts: Iterable[datetime], hub: Hub, now: datetime) -> bool:
    """Say whether news are to be handed over at once.

    They are about a talk today or tomorrow morning, or the slip was not sent from a screen, so that nobody may ever
    look for its answer there. ``starts`` are the slip's newest time and the one before.
    """
    end = near_until(hub, calendar.today(hub, now))
    return slip.source is not Source.SCREEN or any(now < each < end for each in starts)
