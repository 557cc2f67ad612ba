"""Putting a session together, or moving one, question by question at the coordinator's desk."""

from datetime import date, timedelta
from typing import Any

from bot.domain import calendar, sizes
from bot.domain import plans as rules
from bot.domain import timetable as timetable_rules
from bot.domain.desks import Desk
from bot.domain.people import ADVISERS, Person
from bot.domain.plans import SAME, Draft
from bot.domain.refusals import DayClosed, SessionPast, Stale
from bot.domain.services import Session
from bot.store import people
from bot.usecases import desks, sessions
from bot.usecases.prisons import units_at
from bot.usecases.sessions import Changed
from bot.usecases.turn import Turn

TASK = "session"
DAYS = 14


async def begin(turn: Turn, prison: str) -> Desk:
    """Begin a new session in one of the acting person's prisons, or in any of them."""
    units_at(turn, turn.person, prison)
    return await desks.begin(turn, TASK, prison=prison)


async def begin_move(turn: Turn, session_id: str, prison: str) -> Desk:
    """Begin to move a session that has not begun."""
    units_at(turn, turn.person, prison)
    filled = await sessions.one(turn, session_id)
    if filled.opens <= turn.now:
        raise SessionPast
    return await desks.begin(turn, TASK, **rules.moving(session_id, filled.session, prison))


async def leave(turn: Turn) -> None:
    """Drop what was being put together: a line that is typed later is about something else."""
    if (await desks.mine(turn)).task == TASK:
        await desks.clear(turn)


async def present(turn: Turn) -> Desk | None:
    """Return the desk where a session is being put together; none where it is not, or the moved one is gone."""
    desk = await desks.mine(turn)
    moving = desk.draft.get("moving")
    there = moving is None or any(timetable_rules.id_of(turn.hub, each) == moving for each in turn.hub.sessions)
    return desk if desk.task == TASK and there else None


async def choices(turn: Turn, draft: Draft) -> list[str]:
    """Return what can be answered with a button to the question that is asked now."""
    units = units_at(turn, turn.person, draft["prison"])
    staff = [each for each in await people.answering(turn.tx) if each.role & ADVISERS and each.units & units]
    match rules.question(draft):
        case "service":
            return [key for key in turn.hub.services if any(key in each.services for each in staff)]
        case "adviser":
            return [each.id for each in staff if draft["service"] in each.services]
        case "room":
            return [key for key, room in turn.hub.rooms.items() if room.units & units & _units_of(staff, draft)]
        case "day":
            return [*_same(draft), *_days(turn, draft)]
        case "hours":
            return [*_same(draft), *map(rules.word_of, timetable_rules.usual_hours(turn.hub))]
        case _:
            return [str(each) for each in rules.MINUTES]


def _units_of(staff: list[Person], draft: Draft) -> frozenset[str]:
    return next((each.units for each in staff if each.id == draft["adviser"]), frozenset())


def _same(draft: Draft) -> list[str]:
    return [SAME] if draft.get("moving") else []


def _days(turn: Turn, draft: Draft) -> list[str]:
    today, others = calendar.today(turn.hub, turn.now), _others(turn, draft)
    days = (today + timedelta(number) for number in range(2 * DAYS))
    full = sizes.full_days(others)
    return [day.isoformat() for day in days if day not in turn.hub.closed_days and day not in full][:DAYS]


def _others(turn: Turn, draft: Draft) -> list[Session]:
    """Return the sessions of the timetable without the one that is moved: it is not in its own way."""
    return [each for each in turn.hub.sessions if timetable_rules.id_of(turn.hub, each) != draft.get("moving")]


async def choose(turn: Turn, step: int, word: str) -> Desk:
    """Answer the question of a page with one of its buttons."""
    draft = (await desks.at(turn, TASK, step)).draft
    if rules.question(draft) is None or word not in await choices(turn, draft):
        raise Stale
    return await _answer(turn, step, draft, word)


async def write(turn: Turn, question: str, word: str) -> Desk:
    """Answer the present question with something typed, which the edge has read as a day or as hours."""
    desk = await desks.mine(turn)
    if desk.task != TASK or rules.question(desk.draft) != question:
        raise Stale
    return await _answer(turn, desk.step, desk.draft, word)


async def _answer(turn: Turn, step: int, draft: Draft, word: str) -> Desk:
    question = rules.question(draft)
    if word == SAME:
        word = _as_before(turn, draft, question)
    chosen: dict[str, Any] = {str(question): word}
    if question == "day":
        _open_and_ahead(turn, date.fromisoformat(word))
        sizes.one_more_session(_others(turn, draft), date.fromisoformat(word))
    if question in {"hours", "minutes"}:
        _fits(turn, {**draft, **chosen})
    return await desks.go_on(turn, TASK, step, **chosen)


def _as_before(turn: Turn, draft: Draft, question: str | None) -> str:
    session = timetable_rules.session_with(turn.hub, draft["moving"])
    return session.day.isoformat() if question == "day" else ",".join(map(rules.word_of, session.hours))


def _open_and_ahead(turn: Turn, day: date) -> None:
    if day < calendar.today(turn.hub, turn.now):
        raise SessionPast
    if day in turn.hub.closed_days:
        raise DayClosed


def _fits(turn: Turn, draft: Draft) -> Session:
    moved = timetable_rules.session_with(turn.hub, draft["moving"]) if draft.get("moving") else None
    return sessions.checked(turn, rules.session_of(draft), moved)


async def back(turn: Turn, step: int) -> Desk:
    """Take the last answer back."""
    last = rules.answered((await desks.at(turn, TASK, step)).draft)
    return await desks.go_on(turn, TASK, step, **({last: None} if last else {}))


async def finish(turn: Turn, step: int, shown: str) -> Session | Changed:
    """Do what the summary says: add the session, or move it with those whom the summary had ``shown``."""
    draft = (await desks.at(turn, TASK, step)).draft
    if rules.question(draft):
        raise Stale
    session = rules.session_of(draft)
    await desks.clear(turn)
    if draft.get("moving"):
        return await sessions.move(turn, draft["moving"], session, shown)
    return await sessions.add(turn, session)
