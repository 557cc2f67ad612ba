"""What stands in for the databases' threads: others go on while somebody asks, and each test gets what it is about."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.gateway.journal import Journal
from bot.store.database import Database
from tests.runs import in_line

A_NOTE = ("INSERT OR REPLACE INTO notes VALUES ('asked', 'x')", ())


async def threads_of(folder: Path) -> tuple[int, int]:
    """Open a hub's database and a house network's file, and return how many threads each of them has begun."""
    before = threading.active_count()
    async with await Database.create(folder / "hub.db"):
        of_hub = threading.active_count() - before
        house = await Journal.open(folder / "house.db")
        of_house = threading.active_count() - before - of_hub
        await house.close()
    return of_hub, of_house


async def test_no_thread_is_begun_where_a_test_is_not_about_it(tmp_path: Path) -> None:
    assert await threads_of(tmp_path) == (0, 0)


@pytest.mark.parametrize("about_it", in_line.WITH_THREAD, ids=lambda path: path.name)
async def test_whatever_is_about_the_thread_has_it(tmp_path: Path, about_it: Path) -> None:
    assert about_it.exists()
    in_line.choose(about_it if about_it.is_file() else about_it / "test_it.py")
    assert await threads_of(tmp_path) == (1, 1)


async def somebody_else_goes_on(ask: Callable[[int], Awaitable[object]]) -> bool:
    """Ask three times; say whether another task has had its turn each time."""
    steps, seen = [0], [0]

    async def go_on() -> None:
        while True:
            steps[0] += 1
            await asyncio.sleep(0)

    going = asyncio.create_task(go_on())
    for number in range(3):
        await ask(number)
        seen.append(steps[0])
    going.cancel()
    return seen == sorted(set(seen))


async def test_everybody_else_goes_on_while_somebody_asks(tmp_path: Path) -> None:
    async with await Database.create(tmp_path / "hub.db") as database, database.reading() as tx:
        assert await somebody_else_goes_on(lambda number: tx.rows(f"SELECT {number} AS n"))


async def test_everybody_else_goes_on_while_the_house_writes(tmp_path: Path) -> None:
    house = await Journal.open(tmp_path / "house.db")
    assert await somebody_else_goes_on(lambda number: house.rows(f"SELECT {number}"))
    assert await somebody_else_goes_on(lambda _: house.write(A_NOTE, then=lambda: None))
    await house.close()


async def test_what_the_house_was_asked_is_written_although_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    house = await Journal.open(tmp_path / "house.db")
    writing = asyncio.create_task(house.write(A_NOTE, then=lambda: None))
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.wait({writing})
    assert writing.cancelled()
    assert await house.rows("SELECT count(*) FROM notes WHERE name = 'asked'") == [(1,)]
    await house.close()


async def test_what_was_asked_is_done_although_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    async with await Database.create(tmp_path / "hub.db") as database, database.transaction() as tx:
        asking = asyncio.create_task(tx.rows("INSERT INTO facts (name, value) VALUES ('asked', 'x') RETURNING name"))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.wait({asking})
        assert asking.cancelled()
        assert await tx.row("SELECT value FROM facts WHERE name = 'asked'") is not None
