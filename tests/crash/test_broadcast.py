"""Killed in the middle of telling hundreds, at Telegram's pace: everybody is shown it once, and no tap waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import founding
from bot.config import Settings
from bot.demo import files
from bot.domain.people import Person, Role
from bot.store import chats as chat_rows
from bot.store import people
from bot.store.database import Database
from tests.crash.processes import Child, start_house, start_hub
from tests.hub import loopback
from tests.hub.whole_hub import Device
from tests.proving import PROVE

MANY = 1000 if PROVE else 320
"""At Telegram's pace a thousand take more than half a minute, of which nobody learns more than of ten seconds."""

CHATS = range(5001, 5001 + MANY)
STAFF = [f"P{chat}" for chat in CHATS]
LONGEST = 90.0
STEP = 0.1
LEFT = "SELECT COUNT(*) AS n FROM messages WHERE shown <> revision AND fault IS NULL"
DOUBTS = "SELECT chat_id, doubts FROM messages WHERE carries IS NOT NULL AND fault = 'doubt' ORDER BY chat_id"
SHOWN = "SELECT COUNT(*) AS n FROM broadcast_targets WHERE shown_at IS NOT NULL"
AT_ONCE = 14
"""How many of a broadcast's messages at most are shown between a tap and its answer: half a second's."""


@dataclass
class Slow:
    """A house network at Telegram's pace, in a process of its own."""

    house: Child
    http: httpx.AsyncClient

    async def told(self) -> tuple[int, dict[int, int]]:
        """How often it was too much, and how often each chat shows the news."""
        refused, chats = await self.house.ask("tell")
        return refused, chats

    async def until_shown(self, n: int) -> None:
        async with asyncio.timeout(LONGEST):
            while sum((await self.told())[1].values()) < n:  # noqa: ASYNC110  in another process
                await asyncio.sleep(STEP)

    async def tap(self, label: str, then: str) -> int:
        """Press at a kiosk; return how many others were shown the news until that was answered."""
        kiosk = Device(self.http, next(each["id"] for each in await self._chats() if each["title"] == "K-A"))
        before = sum((await self.told())[1].values())
        await kiosk.press(label)
        await kiosk.shows(then)
        return sum((await self.told())[1].values()) - before

    async def _chats(self) -> list[dict[str, Any]]:
        return list((await self.http.get("/client/chats")).raise_for_status().json())


@asynccontextmanager
async def crowded_prison(folder: Path) -> AsyncIterator[tuple[Settings, Slow]]:
    settings = Settings(data=folder / "hub", port=0, demo=True, house_paced=True)
    await founding.create(settings, files.HUB, files.PEOPLE)
    async with await Database.open(settings.database) as database, database.transaction() as tx:
        for person, chat in zip(STAFF, CHATS, strict=True):
            await people.add_person(tx, Person(person, Role.PROVIDER, person, "nb", frozenset({"helse"})))
            await chat_rows.link_person(tx, "house", chat, person)
    house, url, token = await start_house(folder / "house.db", CHATS)
    async with loopback.client(url) as http:
        yield replace(settings, house_url=url, house_token=token), Slow(house, http)
    await house.kill()


async def rest(hub: Child) -> None:
    async with asyncio.timeout(LONGEST):
        while (await hub.ask("rows", LEFT))[0]["n"]:  # noqa: ASYNC110  in another process
            await asyncio.sleep(STEP)


@pytest.mark.long
async def test_everybody_is_told_once_though_the_hub_dies_in_between_and_nothing_is_too_much(tmp_path: Path) -> None:
    async with crowded_prison(tmp_path) as (settings, slow):
        hub = await start_hub(settings)
        await hub.hears()
        await rest(hub)
        assert await hub.ask("announce", STAFF) == 1
        await slow.until_shown(MANY // 4)
        assert await slow.tap("Avdeling A", "A○○") <= AT_ONCE
        await hub.ask("arm", ("send", 30, True))
        await hub.ended()
        assert MANY // 4 < sum((await slow.told())[1].values()) < MANY * 9 // 10, "it dies in the middle"

        hub = await start_hub(settings)
        await hub.hears()
        await slow.until_shown(MANY * 6 // 10)
        assert await slow.tap("Avdeling A", "A○○") <= AT_ONCE
        await rest(hub)
        refused, chats = await slow.told()
        doubts = await hub.ask("rows", DOUBTS)
        shown = (await hub.ask("rows", SHOWN))[0]["n"]
        assert await hub.ask("stop") == "stopped"
        await hub.ended()
    assert refused == 0
    assert {chat: n for chat, n in chats.items() if n != 1} == {}
    assert (doubts, shown) == ([], len(CHATS))
