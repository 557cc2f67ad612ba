"""Bookings: a slip's time in a slot, and what keeps people, rooms and advisers from being in two places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.refusals import AlreadyBusy, DayFull, SlotHasStarted, SlotTaken, UnitClosed
from bot.domain.services import Hub, Unit
from bot.domain.slips.slips import Slip
from bot.domain.timetable.timetable import Slot

CELL_SECONDS = 300
CHOICES = 3

Claim = tuple[str, int]
"""A resource (``person:A01``, ``room:R1``, ``adviser:N1``) and a five-minute cell, counted from 1970 in UTC."""


class Outcome(StrEnum):
    """What became of a booking; *denied*: its inmate says that there was no talk, and nobody else has told.

    *Declined*: its inmate could not, or would not, have it; *unfit*: it does not suit its adviser. *Released* says no
    more than that it is free again.
    """

    LIVE = "live"
    OFFERED = "offered"
    HELD = "held"
    NOT_HELD = "not_held"
    UNTOLD = "untold"
    DENIED = "denied"
    RELEASED = "released"
    DECLINED = "declined"
    UNFIT = "unfit"


STANDING = frozenset({Outcome.LIVE, Outcome.OFFERED})
"""A time that is kept for somebody: booked, or offered and held."""

GIVEN_BACK = frozenset({Outcome.RELEASED, Outcome.DECLINED, Outcome.UNFIT})
"""A time that is kept for nobody any more, and that no talk took place at."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A slip's time; ``slot`` says when, where and with whom."""

    slip: str
    inmate: str
    unit: str
    slot: Slot
    outcome: Outcome = Outcome.LIVE


@dataclass(frozen=True, slots=True)
class Day:
    """What already fills the time around a slip's slots: claimed cells, and talks a date of the service."""

    claims: frozenset[Claim]
    full: bool = False


def cells(starts: datetime, ends: datetime) -> range:
    """Return the five-minute cells that a stretch of time touches."""
    return range(int(starts.timestamp()) // CELL_SECONDS, -(-int(ends.timestamp()) // CELL_SECONDS))


def resources(hub: Hub, inmate: str, slot: Slot) -> tuple[str, ...]:
    """Name what a talk takes: the person, the adviser, and the room unless several can share it."""
    places = (f"room:{slot.room}",) if hub.rooms[slot.room].exclusive else ()
    return (f"person:{inmate}", f"adviser:{slot.adviser}", *places)


def book(slip: Slip, slot: Slot, day: Day, hub: Hub, now: datetime) -> Booking:
    """Give the slip's owner a time in the slot; ``day`` is what already fills it (theirs and the slot's)."""
    if slot.starts <= now:
        raise SlotHasStarted
    if not _reachable(hub, slip.unit, slot):
        raise UnitClosed
    if _claimed(day, f"person:{slip.inmate}", slot):
        raise AlreadyBusy
    if any(_claimed(day, resource, slot) for resource in resources(hub, slip.inmate, slot)):
        raise SlotTaken
    if day.full:
        raise DayFull
    return Booking(slip.code, slip.inmate, slip.unit, slot)


def fits(inmate: str, unit: str, slot: Slot, day: Day, hub: Hub) -> bool:
    """Say whether a slot can be offered: the unit's doors are open, and nobody and nothing needed is taken."""
    taken = any(_claimed(day, resource, slot) for resource in resources(hub, inmate, slot))
    return not taken and not day.full and _reachable(hub, unit, slot)


def choices(wish: Slot | None, free: Iterable[Slot]) -> list[Slot]:
    """Return what to offer: the wish first if it is still free, then the nearest, three in all, no time twice."""
    free = list(free)
    ordered = [slot for slot in free if slot == wish] + [slot for slot in free if slot != wish]
    by_start: dict[datetime, Slot] = {}
    for slot in ordered:
        by_start.setdefault(slot.starts, slot)
    return list(by_start.values())[:CHOICES]


def given_back_as(times: Iterable[Booking], *outcomes: Outcome) -> frozenset[datetime]:
    """Return when those of a slip's times start, the newest first, that were given back so and not kept since."""
    newest: dict[datetime, Outcome] = {}
    for each in times:
        newest.setdefault(each.slot.starts, each.outcome)
    return frozenset(starts for starts, outcome in newest.items() if outcome in outcomes)


def _claimed(day: Day, resource: str, slot: Slot) -> bool:
    return any((resource, cell) in day.claims for cell in cells(slot.starts, slot.ends))


def _reachable(hub: Hub, unit: str, slot: Slot) -> bool:
    starts, ends = slot.starts.astimezone(hub.zone), slot.ends.astimezone(hub.zone)
    doors_open = any(door.contain(starts.time(), ends.time()) for door in _unit(hub, unit).doors)
    return doors_open and unit in hub.rooms[slot.room].units


def _unit(hub: Hub, key: str) -> Unit:
    return hub.units[key]
