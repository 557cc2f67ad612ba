"""A hub takes in the chat what its file may say, and not one more: it says so in words, and what can be done."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.domain import sizes
from bot.domain.inmates import aliases
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import InmatesFull, NotUsable, Refusal, SessionsFull, StaffFull
from bot.domain.services import Hours, Session
from bot.hubfile.limits import too_large, too_many_sessions
from bot.store import people
from bot.usecases import sizes as room
from bot.usecases.chat import flows
from bot.usecases.inmates import inmates
from bot.usecases.staff import staff
from bot.usecases.timetable import plans, sessions
from bot.usecases.turn import Turn
from handlers.timetable.plans import FLOW
from tests.hub.real_turns import RealTurns, demo_hub, real_turns

BY_FILE_ALONE = {"units", "rooms", "services", "kiosks", "answers"}
"""What the chat adds none of."""

DAY = date(2027, 1, 20)
MORNING = Session("nav", "N1", "R2", DAY, (Hours(time(6), time(7)),), 30, 30)


@dataclass(frozen=True)
class Limit:
    """How many a hub has room for, who fills it so far, how one is added, and what one more is refused with."""

    most: int
    fill: Callable[[Turn, int], Awaitable[None]]
    add: Callable[[Turn], Awaitable[object]]
    refused: type[Refusal]
    by: str = "TK1"


async def _inmates(turn: Turn, n: int) -> None:
    for number in range(n - len(await people.inmates(turn.tx))):
        await people.add_inmate(turn.tx, Inmate(f"{'ACNZ'[number // 99]}{number % 99:02}", "A", "Furu", "nb"), None)


async def _one_inmate(turn: Turn) -> object:
    return await inmates.add(turn, Inmate("C99", "C", "Gran", "nb", officer=None, escort=1))


async def _staff(turn: Turn, n: int) -> None:
    for number in range(n - len(await people.everybody(turn.tx))):
        new = Person(f"Z{number + 1}", Role.PROVIDER, "Z", "nb", services=frozenset({"nav"}), units=frozenset({"A"}))
        await people.add_person(turn.tx, new)


async def _one_of_staff(turn: Turn) -> object:
    return await staff.add(turn, Role.OFFICER, None, [], ["A"])


async def _sessions(turn: Turn, n: int) -> None:
    others = [each for each in turn.hub.sessions if each.day != DAY]
    full = [replace(MORNING, adviser=f"Z{number}", hours=(Hours(time(20), time(21)),)) for number in range(n)]
    turn.hub = replace(turn.hub, sessions=(*others, *full))


async def _one_session(turn: Turn) -> object:
    return sessions.checked(turn, MORNING)


LIMITS = {
    "inmates": Limit(sizes.MOST["inmates"], _inmates, _one_inmate, InmatesFull),
    "staff": Limit(sizes.MOST["staff"], _staff, _one_of_staff, StaffFull, by="ADM"),
    "sessions": Limit(sizes.MOST_SESSIONS_A_DAY, _sessions, _one_session, SessionsFull),
}
"""What can be added in the chat, and how."""


@asynccontextmanager
async def filled(folder: Path, limit: Limit, there: int) -> AsyncIterator[tuple[RealTurns, Turn]]:
    async with real_turns(folder) as hub, hub.as_adviser(limit.by) as turn:
        await limit.fill(turn, there)
        yield hub, turn


def test_each_limit_of_the_file_is_one_of_the_chat_or_of_what_only_the_file_adds() -> None:
    assert set(sizes.MOST) | {"sessions"} == set(LIMITS) | BY_FILE_ALONE


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
async def test_the_last_one_that_there_is_room_for_is_taken(tmp_path: Path, limit: Limit) -> None:
    async with filled(tmp_path, limit, limit.most - 1) as (_, turn):
        assert await limit.add(turn)


@pytest.mark.parametrize("limit", LIMITS.values(), ids=LIMITS)
async def test_one_more_is_refused_with_how_many_there_is_room_for(tmp_path: Path, limit: Limit) -> None:
    async with filled(tmp_path, limit, limit.most) as (_, turn):
        with pytest.raises(limit.refused) as refused:
            await limit.add(turn)
        assert refused.value.args == (limit.most,)


async def test_whoever_has_left_takes_no_room(tmp_path: Path) -> None:
    async with filled(tmp_path, LIMITS["staff"], sizes.MOST["staff"]) as (_, turn):
        await people.add_person(turn.tx, Person("Z1", Role.NOBODY, "Z", "nb"))
        assert not await room.nobody_more(turn)
        await room.room_for_staff(turn)


async def test_a_full_day_is_not_offered_and_refused_where_it_is_written(tmp_path: Path) -> None:
    async with filled(tmp_path, LIMITS["sessions"], sizes.MOST_SESSIONS_A_DAY) as (_, turn):
        at = await flows.begin(FLOW, turn, **plans.new(turn, turn.hub.prison_of("A")))
        for word in ("nav", "N1", "R2"):
            at = await flows.choose(FLOW, turn, at.desk.step, word)
        offered = await FLOW.questions["day"].offered(at)
        assert (DAY - timedelta(1)).isoformat() in offered
        assert DAY.isoformat() not in offered
        with pytest.raises(SessionsFull):
            await flows.write(FLOW, turn, DAY.isoformat())


async def test_a_session_is_not_in_its_own_way_when_it_is_moved_on_a_full_day(tmp_path: Path) -> None:
    async with filled(tmp_path, LIMITS["sessions"], sizes.MOST_SESSIONS_A_DAY - 1) as (_, turn):
        turn.hub = replace(turn.hub, sessions=(*turn.hub.sessions, MORNING))
        later = replace(MORNING, hours=(Hours(time(8), time(9)),))
        assert sessions.checked(turn, later, MORNING) == later
        with pytest.raises(SessionsFull):
            sessions.checked(turn, replace(later, adviser="N2"))


def test_the_file_and_the_chat_have_the_same_limits() -> None:
    for section, most in sizes.MOST.items():
        assert list(too_large({section: {f"X{number}": {} for number in range(most)}})) == []
        assert len(list(too_large({section: {f"X{number}": {} for number in range(most + 1)}}))) == 1
    day = tuple(replace(MORNING, adviser=f"Z{number}") for number in range(sizes.MOST_SESSIONS_A_DAY))
    assert list(too_many_sessions(replace(demo_hub(), sessions=day))) == []
    assert len(list(too_many_sessions(replace(demo_hub(), sessions=(*day, MORNING))))) == 1


def test_a_name_has_the_room_that_the_file_gives_it() -> None:
    longest = sizes.LONGEST["staff"]
    assert staff.name_typed("å" * longest) == "å" * longest
    with pytest.raises(NotUsable):
        staff.name_typed("å" * (longest + 1))


def test_an_invented_name_has_the_room_that_the_file_gives_it() -> None:
    taken: set[str] = set()
    while len(taken) < sizes.MOST["inmates"]:
        taken |= set(aliases.free(taken, 0))
    assert max(map(len, taken)) <= sizes.LONGEST_ALIAS
