"""A message that is longer than one: which sheet is shown, and that the place is kept when it is written anew."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.chat.messages import Button, Entry, Line, View
from bot.domain.refusals import Stale
from bot.domain.subjects import slip, slips
from bot.store import subjects
from bot.store.showing import urgent
from bot.usecases.chat import sheets
from bot.usecases.turn import Address, Wanted
from tests.hub.real_turns import RealTurns, real_turns

CHAT = 201
KEY = "walks"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as turns:
        yield turns


def _entry(code: str) -> Entry:
    return Entry((Line(code),), ((Button("✅", f"tick:{code}"),),), about=slips(code))


def list_of(n: int, name: str = "walks") -> View:
    entries = tuple(_entry(f"FJ-{number:03}") for number in range(n))
    return View((Line("Today"),), ((Button("Back", "doors"),),), entries=entries, name=name)


async def want(hub: RealTurns, view: View | None, key: str = KEY) -> None:
    async with hub.turns.begin("house", CHAT) as turn:
        turn.edge.wanted.append(Wanted(Address("house", CHAT), key, lambda _: view))


async def turn_to(hub: RealTurns, number: int, key: str = KEY) -> None:
    async with hub.turns.begin("house", CHAT) as turn:
        turn.pressed = key
        await sheets.turn_to(turn, number)


async def shown(hub: RealTurns, key: str = KEY) -> str:
    [row] = await hub.rows("SELECT text FROM messages WHERE key = :key", key=key)
    return str(row["text"])


async def test_the_first_sheet_is_shown_and_a_press_turns_to_another(hub: RealTurns) -> None:
    await want(hub, list_of(80))
    assert "FJ-000" in await shown(hub)
    assert "FJ-079" not in await shown(hub)
    await turn_to(hub, 2)
    assert "FJ-079" in await shown(hub)
    async with hub.turns.database.reading() as tx:
        [message] = await urgent(tx, "house", 9)
    assert message.revision == 2


async def test_what_is_written_anew_stays_where_its_reader_is(hub: RealTurns) -> None:
    await want(hub, list_of(80))
    await turn_to(hub, 1)
    before = await shown(hub)
    await want(hub, list_of(81))
    assert await shown(hub) == before
    await want(hub, list_of(40))  # now there are only two sheets
    assert "FJ-039" in await shown(hub)
    await want(hub, list_of(3))
    assert "FJ-000" in await shown(hub)


async def test_another_list_in_the_same_message_begins_at_its_beginning(hub: RealTurns) -> None:
    await want(hub, list_of(80, "one"), "said:1")
    await turn_to(hub, 1, "said:1")
    await want(hub, list_of(90, "another"), "said:1")
    assert "FJ-000" in await shown(hub, "said:1")


async def test_sheets_that_nobody_looks_at_change_without_the_chat_being_asked_to(hub: RealTurns) -> None:
    await want(hub, list_of(80))
    [before] = await hub.rows("SELECT revision FROM messages")
    await want(hub, list_of(81))
    assert await hub.rows("SELECT revision FROM messages") == [before]
    await turn_to(hub, 2)
    assert "FJ-080" in await shown(hub)


async def test_a_sheet_that_is_not_there_is_refused(hub: RealTurns) -> None:
    await want(hub, list_of(80))
    for number in (3, 99):
        with pytest.raises(Stale):
            await turn_to(hub, number)
    await want(hub, list_of(2))
    with pytest.raises(Stale):
        await turn_to(hub, 0)


async def test_what_is_taken_away_leaves_no_sheet_behind(hub: RealTurns) -> None:
    await want(hub, list_of(80))
    async with hub.turns.database.transaction() as tx:
        await tx.run("UPDATE messages SET message_id = 7, shown = revision")
        await subjects.take_away(tx, [slip("FJ-079")])  # it stands on the last sheet alone
    assert await hub.rows("SELECT text, buttons, sheets FROM messages") == [
        {"text": None, "buttons": None, "sheets": None}
    ]


async def test_what_nobody_has_said_how_to_cut_is_shown_and_told_as_a_fault(
    hub: RealTurns, caplog: pytest.LogCaptureFixture
) -> None:
    await want(hub, View(tuple(Line(f"line {number} ".ljust(90, ".")) for number in range(60)), about=slips("FJ-1")))
    assert "line 0 " in await shown(hub)
    await turn_to(hub, 2)
    assert "line 59 " in await shown(hub)
    told = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert told == ["A view is longer than a message, and nobody has said how it is cut; it is about: slip"]
