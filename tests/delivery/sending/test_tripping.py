"""Our own side trips while a message is carried out: that message waits, and nothing else is the worse for it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.delivery.sender import Sender
from bot.delivery.sending import pauses
from bot.delivery.wire.letters import LetterNetwork
from bot.domain.chat.messages import Line, Reader, View
from bot.store import messages
from bot.store.database import Database
from tests.delivery.wire.test_letters import ADDRESSES, ONE, OTHER, SENT, Post, address_of, sending, smtp_of
from tests.faults.post_office import post_office
from tests.hub.real_turns import StillClock
from tests.patience import until


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.1)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with post_office() as office, sending(tmp_path / "hub.db", office, smtp_of(office)) as post:
        yield post


def of_the_disk() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_IOERR, "SQLITE_IOERR"
    return error


async def test_an_address_that_cannot_be_read_waits_and_is_no_disk_that_takes_nothing(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    failures, looked_up = [], []

    async def read(chat_id: int) -> str | None:
        looked_up.append(chat_id)
        if looked_up.count(chat_id) <= 2:
            raise of_the_disk()
        return ADDRESSES[chat_id]

    post.database.failed = lambda: failures.append("failed")
    post.network.address_of = read
    await post.want("one")
    await post.want("two", OTHER)
    await post.settled()
    assert sorted(post.office.told()) == ["one\n", "two\n"]
    assert (await post.rows(), post.sender.doubts, failures) == ([SENT, SENT], 0, [])
    assert caplog.text.count("The database does not work") == 1


async def test_a_letter_at_which_our_own_code_trips_waits_and_the_others_go(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    async def trip(chat_id: int) -> str | None:
        if chat_id == ONE:
            tries.append(chat_id)
            raise RuntimeError
        return ADDRESSES[chat_id]

    post.network.address_of = trip
    await post.want("one")
    await until(lambda: len(tries) >= 3, "it was not tried again")
    await post.want("two", OTHER)
    await until(lambda: post.office.told() == ["two\n"], "the other one did not go")
    post.network.address_of = address_of
    await post.settled()
    assert post.office.told() == ["two\n", "one\n"]
    lines = [record.getMessage() for record in caplog.records if "trips the hub" in record.getMessage()]
    assert [line.partition(": RuntimeError at ")[0] for line in lines] == ["Message 1 to email trips the hub"]


async def test_a_fault_of_ours_in_the_house_ends_its_sender_when_everything_else_is_written_down(
    tmp_path: Path,
) -> None:
    failures, both = [], asyncio.Barrier(2)

    async def trip(chat_id: int) -> str | None:
        await both.wait()
        if chat_id == ONE:
            raise RuntimeError
        return None

    async with post_office() as office, await Database.create(tmp_path / "hub.db") as database:
        database.failed = lambda: failures.append("failed")
        sender = Sender(
            replace(LetterNetwork(smtp_of(office), StillClock(), trip), leaves_house=False),
            database,
            StillClock(),
            draw=str.encode,
        )
        async with database.transaction() as tx:
            wanted = [Reader("email", chat, "nb", leaves_house=False) for chat in (ONE, OTHER)]
            await messages.want(tx, [messages.wish(each, "slip:FJ-1", View((Line("x"),)), 0) for each in wanted])
        with pytest.raises(RuntimeError):
            await sender.run()
        async with database.transaction() as tx:
            rows = [(row["fault"], row["sending"]) for row in await tx.rows("SELECT * FROM messages ORDER BY id")]
    assert (rows, failures) == ([(None, 1), ("Forbidden", 0)], [])
