"""What is told to many while the house network's file takes nothing: it comes once, and nobody doubts it."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.clock import machine_now
from bot.delivery.sending.carrying import NOT_WRITTEN
from bot.delivery.wire import answers
from bot.gateway.bot_api.calls import reply
from bot.gateway.house import House
from tests.faults.faulty import fails, hub_with_house, takes_nothing
from tests.hub.announcing import NEWS, at_the_desk, tell_all
from tests.hub.whole_hub import WholeHub
from tests.patience import until
from tests.privacy.test_hidden_in_time import APART

KIOSK = 7
WHY = pytest.mark.parametrize(
    ("why", "code"),
    [
        ("database or disk is full", sqlite3.SQLITE_FULL),
        ("disk I/O error", sqlite3.SQLITE_IOERR_WRITE),
        ("unable to open database file", sqlite3.SQLITE_CANTOPEN),
        ("attempt to write a readonly database", sqlite3.SQLITE_READONLY),
        ("NOT NULL constraint failed: messages.text", sqlite3.SQLITE_CONSTRAINT),
        ("Noe annet: [11] «øde»", sqlite3.SQLITE_CORRUPT),
    ],
)


async def comes_once_and_in_no_doubt(hub: WholeHub) -> None:
    await hub["N1"].shows(NEWS)
    await hub.settled()
    assert (await hub["N1"].everything()).count(NEWS) == 1
    assert await hub.rows("SELECT doubts, fault FROM messages WHERE key = 'notice:0' AND text IS NOT NULL") == [
        {"doubts": 0, "fault": None}
    ]


@APART
async def test_what_is_told_to_many_comes_once_after_the_file_of_the_house_took_nothing(
    tmp_path: Path, apart: bool
) -> None:
    async with hub_with_house(tmp_path, apart=apart) as (hub, house):
        await hub.settled()
        async with takes_nothing(house.journal) as refusals:
            async with at_the_desk(hub) as context:
                await tell_all(context, ["N1"])
            await until(lambda: refusals.times > 0, "the house is asked to show it")
        await comes_once_and_in_no_doubt(hub)


@WHY
async def test_it_comes_whatever_keeps_the_file_of_a_house_in_another_process_from_being_written(
    tmp_path: Path, why: str, code: int
) -> None:
    async with hub_with_house(tmp_path, apart=True) as (hub, house):
        await hub.settled()
        async with fails(house.journal, why, code) as refusals:
            async with at_the_desk(hub) as context:
                await tell_all(context, ["N1"])
            await until(lambda: refusals.times > 0, "the house is asked to show it")
        await comes_once_and_in_no_doubt(hub)


@asynccontextmanager
async def house_in(folder: Path) -> AsyncIterator[House]:
    house = await House.open(folder / "house.db", machine_now)
    await house.open_chat(KIOSK, "Kiosk A", "kiosk")
    yield house
    await house.close()


async def refused(house: House) -> str:
    """Return how the hub reads that the house has not shown a message."""
    status, body = await reply(house, "sendMessage", {"chat_id": KIOSK, "text": "Hei"})
    return str(json.loads(answers.read("sendMessage", status, body))["description"])


@WHY
async def test_that_something_was_not_written_is_said_in_the_words_that_the_hub_knows(
    tmp_path: Path, why: str, code: int
) -> None:
    async with house_in(tmp_path) as house, fails(house.journal, why, code):
        assert await refused(house) == NOT_WRITTEN


async def test_a_house_that_is_closing_says_in_the_same_words_that_it_has_not_written(tmp_path: Path) -> None:
    async with house_in(tmp_path) as house:
        await house.close()
        assert await refused(house) == NOT_WRITTEN
