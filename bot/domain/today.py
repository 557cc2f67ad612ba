"""What needs a coordinator today: promises, slips that nobody can answer, offers, and talks of which nobody told."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum

from bot.domain import calendar
from bot.domain.people import Person
from bot.domain.services import Hub
from bot.domain.slips import talks
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable.bookings import Booking
from bot.domain.whole import Whole

NEAR = 1
"""A promise that ends within so many working days is about to break."""


class Queue(StrEnum):
    """Why a slip stands on the coordinator's page; in the order in which they stand there.

    What only waits stands on a page of its own: for the provider who calls about it (F22).
    """

    BROKEN = "broken"
    BREAKING = "breaking"
    OWNERLESS = "ownerless"
    UNTOLD = "untold"
    OFFERED = "offered"
    WAITING = "waiting"


def waits(slip: Slip) -> bool:
    """Say whether a slip waits for its service."""
    return slip.state is State.WAITING


def broken(slip: Slip) -> bool:
    """Say whether a promise of the slip was broken, and it still has no time."""
    return bool(slip.broken) and slip.state in {State.WAITING, State.OFFERED}


def breaking(slip: Slip, hub: Hub, now: datetime) -> bool:
    """Say whether the promise ends within one working day, or half of it is over and nobody has begun."""
    if not waits(slip) or slip.broken:
        return False
    half_over = slip.half_at is not None and slip.half_at <= now
    return slip.answer_by <= calendar.answer_by(hub, now, NEAR) or (half_over and not _begun(slip))


def _begun(slip: Slip) -> bool:
    # An adviser who was met last time stands on the slip from the start, without having looked at it.
    return slip.adviser is not None and slip.revision > 1


def ownerless(slip: Slip, advisers: Iterable[Person]) -> bool:
    """Say whether nobody of these can answer a slip that needs an adviser (F24, F165)."""
    if slip.state not in {State.WAITING, State.OFFERED, State.BOOKED}:
        return False
    can = (each for each in advisers if each.answers(slip.service, slip.unit))
    return all(slip.adviser not in {None, each.id} for each in can)


def untold(slip: Slip, booking: Booking | None, now: datetime) -> bool:
    """Say whether the talk is over and nobody has told how it went."""
    return talks.is_over(slip, booking, now)


Belongs = Callable[[Slip, Booking | None, Iterable[Person], Hub, datetime], bool]

BELONGS: Whole[Queue, Belongs] = Whole(
    "what puts a slip into a queue",
    Queue,
    {
        Queue.BROKEN: lambda slip, _booking, _advisers, _hub, _now: broken(slip),
        Queue.BREAKING: lambda slip, _booking, _advisers, hub, now: breaking(slip, hub, now),
        Queue.OWNERLESS: lambda slip, _booking, advisers, _hub, _now: ownerless(slip, advisers),
        Queue.UNTOLD: lambda slip, booking, _advisers, _hub, now: untold(slip, booking, now),
        Queue.OFFERED: lambda slip, _booking, _advisers, _hub, _now: slip.state is State.OFFERED,
        Queue.WAITING: lambda slip, _booking, _advisers, _hub, _now: waits(slip),
    },
)
"""What puts a slip into a queue; ``advisers`` are those whom a message can reach."""
