"""What messages are about: found by it, taken away by it, and gone with them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.chat.messages import SCREEN, Line, View
from bot.domain.subjects import About, Subject, inmate, named, read, slip, slips
from bot.store import subjects
from bot.usecases.turn import Address, Wanted
from tests.hub.real_turns import KEYS, RealTurns, real_turns

N1, KIOSK = 201, 102
SUBJECTS = "SELECT m.key, s.subject FROM message_subjects s JOIN messages m ON m.id = s.message ORDER BY 1, 2"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as turns:
        yield turns


async def want(hub: RealTurns, key: str, *about: Subject, chat: int = N1, anew: bool = False, text: str = "x") -> None:
    async with hub.turns.begin() as turn:
        view = View((Line(text),), about=frozenset(about))
        turn.edge.wanted.append(Wanted(Address("house", chat), key, lambda _: view, anew=anew))


async def standing(hub: RealTurns, *about: Subject) -> tuple[list[str], list[str]]:
    """Return the keys of what stands about these in chats of the staff, and the kiosks on whose screens it does."""
    async with hub.turns.database.reading() as tx:
        found = await subjects.standing(tx, KEYS, about)
    return [f"{person.id} {key}" for person, key, _page in found.pages], [each.kiosk for each in found.screens]


async def test_a_message_is_found_by_each_thing_that_it_is_about(hub: RealTurns) -> None:
    await want(hub, "list", slip("FJ-1"), slip("FJ-2"))
    await want(hub, SCREEN, slip("FJ-2"), inmate("B01"), chat=KIOSK)
    assert await standing(hub, slip("FJ-1")) == (["N1 list"], [])
    assert await standing(hub, slip("FJ-2")) == (["N1 list"], ["K-B"])
    assert await standing(hub, slip("FJ-1"), slip("FJ-2")) == (["N1 list"], ["K-B"])
    assert await standing(hub, inmate("B01")) == ([], ["K-B"])
    assert await standing(hub, slip("FJ-11")) == ([], [])
    assert await standing(hub) == ([], [])


async def test_a_message_that_says_something_else_is_about_something_else(hub: RealTurns) -> None:
    await want(hub, "list", slip("FJ-1"), slip("FJ-2"))
    await want(hub, "list", slip("FJ-2"), slip("FJ-3"))
    assert await hub.rows(SUBJECTS) == [
        {"key": "list", "subject": "slip:FJ-2"},
        {"key": "list", "subject": "slip:FJ-3"},
    ]
    await want(hub, "list")
    assert await hub.rows(SUBJECTS) == []


async def test_what_is_taken_away_stands_nowhere_and_what_is_about_others_stays(hub: RealTurns) -> None:
    await want(hub, "list", slip("FJ-1"), slip("FJ-2"))
    await want(hub, "card", slip("FJ-1"), *named("B01"))
    await want(hub, "other", slip("FJ-11"))
    async with hub.turns.database.transaction() as tx:
        await subjects.take_away(tx, slips("FJ-1"), besides=["list"])
    assert await hub.rows("SELECT key FROM messages ORDER BY key") == [{"key": "list"}, {"key": "other"}]
    async with hub.turns.database.transaction() as tx:
        await subjects.take_away(tx, slips("FJ-2"), "N2")
    assert await standing(hub, slip("FJ-2")) == (["N1 list"], [])
    async with hub.turns.database.transaction() as tx:
        await subjects.take_away(tx, slips("FJ-2"), "N1")
    assert await hub.rows(SUBJECTS) == [{"key": "other", "subject": "slip:FJ-11"}]


async def test_everything_of_somebody_is_listed_with_what_it_is_about(hub: RealTurns) -> None:
    await want(hub, "card", slip("FJ-1"), *named("B01"))
    await want(hub, "said")
    async with hub.turns.database.reading() as tx:
        assert await subjects.of_person(tx, "N1") == {
            "card": frozenset({slip("FJ-1"), Subject(About.NAMED, "B01")}),
            "said": frozenset(),
        }


@pytest.mark.parametrize("first", [True, False])
async def test_what_is_written_anew_gives_way_to_what_a_turn_shows_there(hub: RealTurns, first: bool) -> None:
    shown, anew = View((Line("shown"),)), View((Line("anew"),), about=slips("FJ-1"))
    both = [
        Wanted(Address("house", N1), "card", lambda _: shown),
        Wanted(Address("house", N1), "card", lambda _: anew, anew=True),
    ]
    async with hub.turns.begin() as turn:
        turn.edge.wanted.extend(both if first else reversed(both))
    assert await hub.rows("SELECT key, text FROM messages") == [{"key": "card", "text": "shown"}]
    assert await standing(hub, slip("FJ-1")) == ([], [])


async def test_a_hub_with_more_slips_than_a_question_takes_values_finds_what_it_looks_for(hub: RealTurns) -> None:
    every = [slip(f"FJ-{number}") for number in range(40_000)]
    await want(hub, "first", every[0])
    await want(hub, "last", every[-1])
    assert await standing(hub, *every) == (["N1 first", "N1 last"], [])
    places = {("house", N1, f"key {number}") for number in range(40_000)}
    async with hub.turns.database.transaction() as tx:
        known = await subjects.at(tx, {*places, ("house", N1, "last")})
        await subjects.take_away(tx, every)
    assert known == subjects.At({("house", N1, "last"): ""}, {("house", N1, "last"): frozenset({str(every[-1])})})
    assert await standing(hub, *every) == ([], [])


def test_a_subject_is_read_as_it_is_written() -> None:
    for each in (slip("FJ-1"), Subject(About.TALKS, "N1/2027-01-14"), Subject(About.HUB), Subject(About.SEAT, "3/A01")):
        assert read(str(each)) == each
