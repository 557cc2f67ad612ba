"""Whether a theme night can be held as it is written: its time, its room, its list and its seats."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bot.domain import calendar
from bot.domain.refusals import DayClosed, TextMissing, UnitClosed
from bot.domain.services import NEEDED, Hub, Room
from bot.domain.theme_nights.refusals import (
    EndsTooEarly,
    NightPast,
    NobodyInvited,
    RoomNotForUnits,
    RoomTooSmall,
    SeatsOutOfBounds,
    SeatsTaken,
    SignUpTimesWrong,
    UnitsApart,
)
from bot.domain.theme_nights.theme_nights import Move, ThemeNight, cap_of, moved

MOST_SEATS = 200
"""So many where hub.yaml does not say how many a room has place for."""


def checked(night: ThemeNight, hub: Hub, now: datetime, taken: Mapping[str, int] | None = None) -> ThemeNight:
    """Refuse a night that cannot be held as it is written; ``taken`` are the seats that are given, by unit."""
    _time_fits(night, hub, now)
    _room_fits(night, hub)
    _times_of_list_fit(night)
    _seats_fit(night, hub, taken or {})
    return night


def _time_fits(night: ThemeNight, hub: Hub, now: datetime) -> None:
    if night.starts <= now:
        raise NightPast
    if night.ends <= night.starts:
        raise EndsTooEarly
    if calendar.today(hub, night.starts) in hub.closed_days:
        raise DayClosed
    units_are_open(hub, night.units, night.starts, night.ends)


def units_are_open(hub: Hub, units: Iterable[str], starts: datetime, ends: datetime) -> None:
    """Refuse units whose doors are locked at some of that time."""
    closed = [unit for unit in units if not _is_open(hub, unit, starts, ends)]
    if closed:
        raise UnitClosed(", ".join(closed))


def _is_open(hub: Hub, unit: str, starts: datetime, ends: datetime) -> bool:
    begins, over = starts.astimezone(hub.zone), ends.astimezone(hub.zone)
    same_day = begins.date() == over.date()
    return same_day and any(door.contain(begins.time(), over.time()) for door in hub.units[unit].doors)


def suits(room: Room, units: Collection[str]) -> bool:
    """Say whether these units can be in a room together."""
    apart = bool(room.together) and not any(together.issuperset(units) for together in room.together)
    return not room.cell and room.units.issuperset(units) and not apart


def _room_fits(night: ThemeNight, hub: Hub) -> None:
    room = hub.rooms[night.room]
    if not night.units or (night.women and not any(hub.units[unit].women for unit in night.units)):
        raise NobodyInvited
    if not room.units.issuperset(night.units):
        raise RoomNotForUnits(", ".join(unit for unit in night.units if unit not in room.units))
    if room.together and not any(together.issuperset(night.units) for together in room.together):
        raise UnitsApart(", ".join(night.units))


def _times_of_list_fit(night: ThemeNight) -> None:
    if night.closes > night.starts or (night.opens is not None and night.opens >= night.closes):
        raise SignUpTimesWrong


def _seats_fit(night: ThemeNight, hub: Hub, taken: Mapping[str, int]) -> None:
    room = hub.rooms[night.room]
    if night.seats < 1 or any(cap < 0 for cap in night.caps.values()):
        raise SeatsOutOfBounds
    if night.seats > most_seats(room):
        raise RoomTooSmall(most_seats(room))
    if sum(taken.values()) > night.seats or any(n > cap_of(night, hub, unit) for unit, n in taken.items()):
        raise SeatsTaken(sum(taken.values()))


def most_seats(room: Room) -> int:
    """Return for how many inmates there is place in a room."""
    return room.capacity or MOST_SEATS


def publish(night: ThemeNight, hub: Hub, now: datetime) -> ThemeNight:
    """Let everybody see it; in a language that the topic lacks it is shown in another."""
    missing = [language for language in NEEDED if not night.topic.get(language)]
    if missing:
        raise TextMissing(", ".join(missing))
    return moved(checked(night, hub, now), Move.PUBLISH)
