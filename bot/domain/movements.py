"""Movements: who is fetched for a talk when, what was found at the door, and whether there is staff to walk along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import calendar
from bot.domain.refusals import OtherDay, Stale
from bot.domain.services import Hub
from bot.domain.timetable.bookings import Booking

FETCH_BEFORE = timedelta(minutes=10)
MOST_STAFF = 99


class Tick(StrEnum):
    """What an officer found when coming to fetch somebody, without blame."""

    FETCHED = "fetched"
    NOT_NOW = "not_now"
    NOT_FOUND = "not_found"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Movement:
    """One walk to a talk. ``escort`` is how many of the staff walk along; ``made_at`` decides who comes first.

    ``revision`` is the slip's, when it got this time: a press about another time of the same slip is known as stale.
    """

    booking: Booking
    officer: str | None
    escort: int
    made_at: datetime
    tick: Tick | None = None
    alias: str = ""
    revision: int = 0

    @property
    def fetch_at(self) -> datetime:
        """Return when the officer comes to the door, in UTC."""
        return self.booking.slot.starts - FETCH_BEFORE


def hour_of(hub: Hub, moment: datetime) -> int:
    """Return the hour of the day at the prison in which a moment lies."""
    return moment.astimezone(hub.zone).hour


def ticked(movement: Movement, seen: Tick | None, tick: Tick | None, hub: Hub, now: datetime) -> Movement:
    """Note what was found at the door, or take it back; ``seen`` is what the pressed page showed of it.

    A page of another day is looked at, and changes nothing.
    """
    if calendar.today(hub, movement.booking.slot.starts) != calendar.today(hub, now):
        raise OtherDay
    if movement.tick is not seen or tick is seen:
        raise Stale
    return replace(movement, tick=tick)


def staff_in(hub: Hub, hour: int, changed: Mapping[int, int]) -> int | None:
    """Return how many of the staff can walk in an hour: as the duty leader says, else as hub.yaml does.

    None means that nobody has said: then no movement waits for an escort.
    """
    if hour in changed:
        return changed[hour]
    if not hub.staffing:
        return None
    return sum(each.staff for each in hub.staffing if each.hours.opens.hour <= hour < each.hours.closes.hour)


def without_escort(movements: Iterable[Movement], hub: Hub, changed: Mapping[int, int]) -> frozenset[str]:
    """Return the slips whose walk has no staff yet: in each hour, the earliest booked have it first (F59)."""
    left: dict[int, int] = {}
    waiting = set()
    for movement in sorted(movements, key=lambda each: (each.made_at, each.booking.slip)):
        hour = hour_of(hub, movement.booking.slot.starts)
        capacity = left.setdefault(hour, _capacity(hub, hour, changed))
        if movement.escort > capacity:
            waiting.add(movement.booking.slip)
        else:
            left[hour] = capacity - movement.escort
    return frozenset(waiting)


def needed_in(movements: Iterable[Movement], hub: Hub) -> dict[int, int]:
    """Return how many of the staff the walks of each hour need."""
    needed: dict[int, int] = {}
    for movement in movements:
        hour = hour_of(hub, movement.booking.slot.starts)
        needed[hour] = needed.get(hour, 0) + movement.escort
    return needed


def depending_on(
    movement: Movement, movements: Iterable[Movement], hub: Hub, changed: Mapping[int, int]
) -> frozenset[str]:
    """Return the other slips that have an escort with this walk and none without it, or the other way round."""
    others = [each for each in movements if each.booking.slip != movement.booking.slip]
    with_it = without_escort([*others, movement], hub, changed) - {movement.booking.slip}
    return with_it ^ without_escort(others, hub, changed)


def _capacity(hub: Hub, hour: int, changed: Mapping[int, int]) -> int:
    staff = staff_in(hub, hour, changed)
    return 10**6 if staff is None else staff
