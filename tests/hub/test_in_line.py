"""What stands in for the database's thread: others go on while somebody asks, and each test gets what it is about."""

import asyncio
import threading
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.hub import in_line

HERE = Path(__file__)


async def threads_of(folder: Path) -> int:
    """Open a database, and return how many threads it has begun."""
    before = set(threading.enumerate())
    async with await Database.create(folder / "hub.db"):
        return len(set(threading.enumerate()) - before)


async def test_no_thread_is_begun_where_a_test_is_not_about_it(tmp_path: Path) -> None:
    assert await threads_of(tmp_path) == 0


@pytest.mark.parametrize("about_it", in_line.WITH_THREAD, ids=lambda path: path.name)
async def test_whatever_is_about_the_thread_has_it(tmp_path: Path, about_it: Path) -> None:
    assert about_it.exists()
    in_line.choose(about_it if about_it.is_file() else about_it / "test_it.py")
    assert await threads_of(tmp_path) == 1


async def test_everybody_else_goes_on_while_somebody_asks(tmp_path: Path) -> None:
    steps, seen = [0], [0]

    async def go_on() -> None:
        while True:
            steps[0] += 1
            await asyncio.sleep(0)

    async with await Database.create(tmp_path / "hub.db") as database, database.reading() as tx:
        going = asyncio.create_task(go_on())
        for number in range(3):
            await tx.rows(f"SELECT {number} AS n")
            seen.append(steps[0])
        going.cancel()
    assert seen == sorted(set(seen))


async def test_what_was_asked_is_done_although_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    async with await Database.create(tmp_path / "hub.db") as database, database.transaction() as tx:
        asking = asyncio.create_task(tx.rows("INSERT INTO facts (name, value) VALUES ('asked', 'x') RETURNING name"))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.wait({asking})
        assert asking.cancelled()
        assert await tx.row("SELECT value FROM facts WHERE name = 'asked'") is not None
