"""Slots: the times at which an adviser of a service can be met in a room."""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain import calendar, sizes
from bot.domain.refusals import DayClosed, SessionClash, SessionGone, SessionPast, SessionTooShort, SlotUnknown
from bot.domain.services import Hours, Hub, Session
from bot.domain.theme_nights.refusals import RoomTaken

STAMP, STAMP_LENGTH = "%y%m%d%H%M", 10
CENTURY = "20"
USUAL = 6
SESSIONS_KEPT = 2_000


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One talk's time with an adviser in a room; ``starts`` and ``ends`` in UTC."""

    starts: datetime
    ends: datetime
    service: str
    adviser: str
    room: str

    @property
    def id(self) -> str:
        """Name the slot by what it is, short enough for a button: ``nav.N1.R1.2701141000``, its time in UTC."""
        return f"{self.service}.{self.adviser}.{self.room}.{self.starts:{STAMP}}"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """When and where a service can be met, as anybody may know it: nothing of who is there. Times in UTC."""

    opens: datetime
    closes: datetime
    service: str
    room: str


def slots_of(hub: Hub, session: Session) -> Iterator[Slot]:
    """Cut a session into its slots; whoever looks at a timetable asks again and again for the same ones."""
    return iter(_slots(hub.zone, session))


@lru_cache(maxsize=SESSIONS_KEPT)
def _slots(zone: ZoneInfo, session: Session) -> tuple[Slot, ...]:
    return tuple(slot for hours in session.hours for slot in _cut(zone, session, hours))


def _cut(zone: ZoneInfo, session: Session, hours: Hours) -> Iterator[Slot]:
    starts = datetime.combine(session.day, hours.opens, zone).astimezone(UTC)
    closes = datetime.combine(session.day, hours.closes, zone).astimezone(UTC)
    length = timedelta(minutes=session.minutes)
    while starts + length <= closes:
        yield Slot(starts, starts + length, session.service, session.adviser, session.room)
        starts += timedelta(minutes=session.every)


def coming(hub: Hub, service: str, now: datetime) -> list[Slot]:
    """Return the service's slots that have not started yet, the nearest first."""
    first = calendar.today(hub, now)
    sessions = (each for each in hub.sessions if each.service == service and each.day >= first)
    return sorted(slot for each in sessions for slot in slots_of(hub, each) if slot.starts > now)


def starts_of(slot_id: str) -> datetime:
    """Return when a slot begins by its id alone: a wish is still readable when the timetable has changed."""
    stamp = slot_id.rpartition(".")[2]
    try:
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) == STAMP_LENGTH):
            raise ValueError(stamp)
        return datetime.fromisoformat(f"{CENTURY}{stamp[:6]}T{stamp[6:]}").replace(tzinfo=UTC)
    except ValueError as error:
        raise SlotUnknown(slot_id) from error


def slot_with(hub: Hub, slot_id: str) -> Slot:
    """Return the timetable's slot with this id, or refuse one that the timetable does not have."""
    starts = starts_of(slot_id)
    service, day = slot_id.partition(".")[0], calendar.today(hub, starts)
    sessions = (each for each in hub.sessions if each.day == day and each.service == service)
    slots = (slot for each in sessions for slot in slots_of(hub, each) if slot.starts == starts)
    found = next((slot for slot in slots if slot.id == slot_id), None)
    if found is None:
        raise SlotUnknown(slot_id)
    return found


def id_of(hub: Hub, session: Session) -> str:
    """Name a session by its first slot: ``nav.N1.R1.2701140800``."""
    return next(slots_of(hub, session)).id


def session_with(hub: Hub, session_id: str) -> Session:
    """Return the timetable's session with this id, or refuse one that is not there any more."""
    day = calendar.today(hub, starts_of(session_id))
    found = next((each for each in hub.sessions if each.day == day and id_of(hub, each) == session_id), None)
    if found is None:
        raise SessionGone(session_id)
    return found


def span(hub: Hub, session: Session) -> tuple[datetime, datetime]:
    """Return when a session begins and ends, breaks included, in UTC."""
    first, last = session.hours[0], session.hours[-1]
    opens, closes = calendar.at(hub, session.day, first.opens), calendar.at(hub, session.day, last.closes)
    return opens.astimezone(UTC), closes.astimezone(UTC)


def openings(hub: Hub, prison: str, monday: date) -> list[Opening]:
    """Return what is open in a week to the units of a prison, in order; two advisers side by side are one opening."""
    units, week = set(hub.units_of(prison)), range(monday.toordinal(), monday.toordinal() + 7)
    sessions = [each for each in hub.sessions if each.day.toordinal() in week and hub.rooms[each.room].units & units]
    return sorted({Opening(*span(hub, each), each.service, each.room) for each in sessions})


def add(hub: Hub, session: Session, now: datetime) -> Session:
    """Check that a session can stand in the timetable: ahead, with a slot in it, and nobody and no room twice."""
    if span(hub, session)[0] <= now:
        raise SessionPast
    if session.day in hub.closed_days:
        raise DayClosed
    if next(slots_of(hub, session), None) is None:
        raise SessionTooShort
    sizes.one_more_session(hub.sessions, session.day)
    exclusive = {room.key for room in hub.rooms.values() if room.exclusive}
    if any(clash(session, other, exclusive) for other in hub.sessions):
        raise SessionClash
    return session


def move(hub: Hub, session: Session, to: Session, now: datetime) -> Session:
    """Check that a session that has not begun can stand elsewhere in the timetable; it is not in its own way."""
    if span(hub, session)[0] <= now:
        raise SessionPast
    others = tuple(each for each in hub.sessions if each != session)
    return add(replace(hub, sessions=others), to, now)


def in_place_of(hub: Hub, session: Session, to: Session, held: Slot) -> Slot | None:
    """Return what a moved session has for whoever held one of its slots.

    It is the same slot if that is still there, else the one of the same order, if there are so many.
    """
    before, after = list(slots_of(hub, session)), list(slots_of(hub, to))
    if held in after:
        return held
    place = before.index(held) if held in before else len(after)
    return after[place] if place < len(after) else None


def usual_hours(hub: Hub) -> list[Hours]:
    """Return the hours at which sessions stand most often, by the clock."""
    counted = Counter(hours for session in hub.sessions for hours in session.hours)
    most = sorted(counted, key=lambda hours: (-counted[hours], hours.opens, hours.closes))[:USUAL]
    return sorted(most, key=lambda hours: (hours.opens, hours.closes))


def clash(one: Session, other: Session, exclusive: Container[str]) -> bool:
    """Say whether two sessions cannot both stand in the timetable, breaks included.

    That is where an adviser is in both, or another service is in the same of these ``exclusive`` rooms.
    """
    if one.day != other.day:
        return False
    at_once = one.hours[0].opens < other.hours[-1].closes and other.hours[0].opens < one.hours[-1].closes
    return at_once and (one.adviser == other.adviser or _in_the_way(one, other, exclusive))


def _in_the_way(one: Session, other: Session, exclusive: Container[str]) -> bool:
    # Two advisers of a service may sit side by side in its room, as NAV's do; claims keep each talk to itself.
    return one.room == other.room and one.room in exclusive and one.service != other.service


def room_is_free(hub: Hub, room: str, starts: datetime, ends: datetime, *, held: bool) -> None:
    """Refuse a room for many that is somebody's cell, or in which there is something else between two moments.

    ``held`` says that something in the ledger has it then; what stands in the timetable has it as well.
    """
    if hub.rooms[room].cell or held:
        raise RoomTaken
    there = (span(hub, session) for session in hub.sessions if session.room == room)
    if any(begins < ends and starts < over for begins, over in there):
        raise RoomTaken
