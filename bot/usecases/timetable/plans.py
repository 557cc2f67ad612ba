"""Putting a session together, or moving one, question by question at the coordinator's desk."""

from datetime import date, timedelta
from typing import Any

from bot.domain import calendar, sizes
from bot.domain.people import ADVISERS, Person
from bot.domain.refusals import DayClosed, SessionPast
from bot.domain.services import Session
from bot.domain.timetable import plans as rules
from bot.domain.timetable import timetable as timetable_rules
from bot.domain.timetable.plans import SAME
from bot.store import people
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.prisons import units_at
from bot.usecases.timetable import sessions
from bot.usecases.timetable.sessions import Changed
from bot.usecases.turn import Turn

TASK = "session"
DAYS = 14


def new(turn: Turn, prison: str) -> dict[str, Any]:
    """Begin a new session in one of the acting person's prisons, or in any of them."""
    units_at(turn, turn.person, prison)
    return {"prison": prison}


async def move(turn: Turn, session_id: str, prison: str) -> dict[str, Any]:
    """Begin to move a session that has not begun."""
    units_at(turn, turn.person, prison)
    filled = await sessions.one(turn, session_id)
    if filled.opens <= turn.now:
        raise SessionPast
    return rules.moving(session_id, filled.session, prison)


async def leave(turn: Turn) -> None:
    """Drop what was being put together: a line that is typed later is about something else."""
    if (await desks.mine(turn)).task == TASK:
        await desks.clear(turn)


def is_there(at: At) -> bool:
    """Say whether the session that is moved has not gone meanwhile."""
    hub, moving = at.turn.hub, at.draft.get("moving")
    return moving is None or any(timetable_rules.id_of(hub, each) == moving for each in hub.sessions)


async def services(at: At) -> list[str]:
    """Return the services for which somebody comes."""
    staff = await _staff(at)
    return [key for key in at.turn.hub.services if any(key in each.services for each in staff)]


async def advisers(at: At) -> list[str]:
    """Return who comes for a service."""
    return [each.id for each in await _staff(at) if at.draft["service"] in each.services]


async def rooms(at: At) -> list[str]:
    """Return the rooms for those whom an adviser talks to."""
    theirs = next((each.units for each in await _staff(at) if each.id == at.draft["adviser"]), frozenset[str]())
    return [key for key, room in at.turn.hub.rooms.items() if room.units & _units(at) & theirs]


def _units(at: At) -> frozenset[str]:
    return units_at(at.turn, at.turn.person, at.draft["prison"])


async def _staff(at: At) -> list[Person]:
    units = _units(at)
    return [each for each in await people.answering(at.turn.tx) if each.role & ADVISERS and each.units & units]


def days(at: At) -> list[str]:
    """Return the next days that are open and have room."""
    today, full = calendar.today(at.turn.hub, at.turn.now), sizes.full_days(_others(at))
    found = [today + timedelta(number) for number in range(2 * DAYS)]
    free = [day.isoformat() for day in found if day not in at.turn.hub.closed_days and day not in full]
    return [*_same(at), *free[:DAYS]]


def hours(at: At) -> list[str]:
    """Return the usual hours."""
    return [*_same(at), *map(rules.word_of, timetable_rules.usual_hours(at.turn.hub))]


def _same(at: At) -> list[str]:
    return [SAME] if at.draft.get("moving") else []


def _others(at: At) -> list[Session]:
    """Return the sessions of the timetable without the one that is moved: it is not in its own way."""
    hub, moving = at.turn.hub, at.draft.get("moving")
    return [each for each in hub.sessions if timetable_rules.id_of(hub, each) != moving]


def on_day(at: At, word: str) -> dict[str, Any]:
    """Take a day that is open, ahead, and has room."""
    day = date.fromisoformat(word) if word != SAME else _moved(at).day
    if day < calendar.today(at.turn.hub, at.turn.now):
        raise SessionPast
    if day in at.turn.hub.closed_days:
        raise DayClosed
    sizes.one_more_session(_others(at), day)
    return {"day": day.isoformat()}


def in_hours(at: At, word: str) -> dict[str, Any]:
    """Take hours in which adviser and room are free."""
    return _fitting(at, hours=word if word != SAME else ",".join(map(rules.word_of, _moved(at).hours)))


def for_minutes(at: At, word: str) -> dict[str, Any]:
    """Take how long each talk is, as the hours have room for it."""
    return _fitting(at, minutes=word)


def _fitting(at: At, **chosen: str) -> dict[str, Any]:
    moved = _moved(at) if at.draft.get("moving") else None
    sessions.checked(at.turn, rules.session_of({**at.draft, **chosen}), moved)
    return {**chosen}


def _moved(at: At) -> Session:
    return timetable_rules.session_with(at.turn.hub, at.draft["moving"])


async def finish(at: At, shown: str) -> Session | Changed:
    """Do what the summary says: add the session, or move it with those whom the summary had ``shown``."""
    session = rules.session_of(at.draft)
    await desks.clear(at.turn)
    if at.draft.get("moving"):
        return await sessions.move(at.turn, at.draft["moving"], session, shown)
    return await sessions.add(at.turn, session)
