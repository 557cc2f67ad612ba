"""Menus come to look like the rows, after the messages and whatever the network answers."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import menus as module
from bot.delivery.intake import Intake
from bot.delivery.menus import Menus
from bot.domain.chat.messages import Line, Reader, View
from bot.store import menus, messages
from bot.store.database import Database
from bot.store.menus import EVERY_CHAT, NOTHING, Menu
from tests.delivery.network import BROKEN_OFF, LOST, NEVER_SENT, Answer, ScriptedWire, network_of, refusal
from tests.hub.real_turns import StillClock
from tests.patience import Looks

CHAT, OTHER = 201, 202
HELP = json.dumps([{"command": "hjelp", "description": "Slik virker det"}])


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 0.005)
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)


@dataclass
class Kitchen:
    """A database, a wire, and the menus between them."""

    database: Database
    wire: ScriptedWire
    menus: Menus

    async def want(self, wanted: str, chat: int = CHAT) -> None:
        async with self.database.transaction() as tx:
            await menus.want(tx, [Menu("house", chat, wanted)])

    async def rows(self) -> list[dict[str, Any]]:
        async with self.database.reading() as tx:
            columns = "chat_id, shown = wanted AS shown, fault"
            return [dict(row) for row in await tx.rows(f"SELECT {columns} FROM menus ORDER BY chat_id")]

    async def settled(self) -> None:
        async for _ in Looks():
            if all(row["shown"] or row["fault"] for row in await self.rows()):
                return
        raise AssertionError(await self.rows())


@pytest.fixture
async def kitchen(tmp_path: Path) -> AsyncIterator[Kitchen]:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire = ScriptedWire()
        carried = Menus(network_of(wire), database)
        task = asyncio.create_task(carried.run())
        yield Kitchen(database, wire, carried)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def asked(wire: ScriptedWire) -> list[tuple[str, Any]]:
    return [(call.method, json.loads(call.text or "null")) for call in wire.calls]


def of_chat(chat: int) -> dict[str, object]:
    return {"type": "chat", "chat_id": chat}


async def test_a_menu_is_set_once_and_deleted_when_it_is_wanted_no_more(kitchen: Kitchen) -> None:
    for wanted in (HELP, HELP, NOTHING):
        await kitchen.want(wanted)
        await kitchen.settled()
    assert asked(kitchen.wire) == [("setMyCommands", of_chat(CHAT)), ("deleteMyCommands", of_chat(CHAT))]
    assert await kitchen.rows() == []


async def test_strangers_have_the_menu_of_every_chat(kitchen: Kitchen) -> None:
    await kitchen.want(HELP, EVERY_CHAT)
    await kitchen.settled()
    assert asked(kitchen.wire) == [("setMyCommands", {"type": "default"})]


@pytest.mark.parametrize("fault", [LOST, NEVER_SENT, BROKEN_OFF, (502, b"<html>"), (200, b"{}")])
async def test_what_may_have_been_lost_is_said_again(kitchen: Kitchen, fault: Answer) -> None:
    kitchen.wire.script = [fault, fault]
    await kitchen.want(HELP)
    await kitchen.settled()
    assert (len(kitchen.wire.calls), await kitchen.rows()) == (3, [{"chat_id": CHAT, "shown": 1, "fault": None}])


@pytest.mark.parametrize(
    "answer", [refusal(403, "Forbidden: bot was blocked by the user"), refusal(400, "Bad Request: chat not found")]
)
async def test_a_refused_menu_is_noted_and_not_tried_again_until_it_changes(kitchen: Kitchen, answer: Answer) -> None:
    kitchen.wire.script = [answer]
    await kitchen.want(HELP)
    await kitchen.settled()
    await kitchen.want(HELP, OTHER)
    await kitchen.settled()
    await asyncio.sleep(0.05)
    assert [call.method for call in kitchen.wire.calls] == ["setMyCommands"] * 2
    assert [row["chat_id"] for row in await kitchen.rows() if row["fault"]] == [CHAT]
    await kitchen.want(HELP.replace("hjelp", "help"))
    await kitchen.settled()
    assert [row["shown"] for row in await kitchen.rows()] == [1, 1]


@pytest.mark.filterwarnings("ignore:.*retry_after")  # the chat library trips over its own deprecation
async def test_silence_that_the_network_asks_for_is_kept(kitchen: Kitchen) -> None:
    kitchen.wire.script = [refusal(429, "Too Many Requests", retry_after=1)]
    loop = asyncio.get_running_loop()
    began = loop.time()
    await kitchen.want(HELP)
    await kitchen.want(HELP, OTHER)
    await kitchen.settled()
    assert loop.time() - began >= 1.0


async def test_a_menu_waits_for_the_messages(kitchen: Kitchen) -> None:
    async with kitchen.database.transaction() as tx:
        await messages.want(
            tx, [messages.wish(Reader("house", OTHER, "nb", leaves_house=False), "slip:FJ-1", View((Line("x"),)), 0)]
        )
    await kitchen.want(HELP)
    await asyncio.sleep(0.05)
    assert kitchen.wire.calls == []
    async with kitchen.database.transaction() as tx:
        await tx.run("DELETE FROM messages")
    await kitchen.settled()
    assert len(kitchen.wire.calls) == 1


async def test_on_a_network_that_starts_afresh_menus_are_set_anew(kitchen: Kitchen) -> None:
    await kitchen.want(HELP)
    await kitchen.settled()
    intake = Intake(kitchen.menus.network, kitchen.database, StillClock(), lambda: None, lambda: None)
    await intake.connect()
    await kitchen.settled()
    await intake.connect()
    await asyncio.sleep(0.05)
    assert asked(kitchen.wire) == [("setMyCommands", of_chat(CHAT))] * 2
