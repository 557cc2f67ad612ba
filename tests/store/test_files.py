"""A database is opened only where it is a hub's, whole, ours, and nobody else's at the moment."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.files import DatabaseFault, migrations
from tests.store.databases import facts, put

ROOT = Path(__file__).parents[2]


async def fault_of(opening: Awaitable[Database]) -> str:
    with pytest.raises(DatabaseFault) as fault:
        await opening
    return str(fault.value)


def by_hand(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


# What cannot be opened
async def test_a_missing_file_is_told_and_not_made(path: Path) -> None:
    assert await fault_of(Database.open(path)) == f"There is no database at {path}. Make one with: samtalelapp init"
    assert not path.exists()


async def test_what_stands_there_already_is_not_made_anew(path: Path) -> None:
    path.write_text("mine")
    assert await fault_of(Database.create(path)) == (
        f"{path} exists already. A new hub needs a new file; nothing was changed."
    )
    assert path.read_text() == "mine"


async def test_a_newer_schema_is_told_and_left_alone(path: Path) -> None:
    await (await Database.create(path)).close()
    by_hand(path, "PRAGMA user_version = 99")
    before = path.read_bytes()
    known = migrations()[-1][0]
    assert await fault_of(Database.open(path)) == (
        f"{path} was made by a newer Samtalelapp (tables 99, this one knows {known}). Update first."
    )
    assert path.read_bytes() == before


async def test_a_database_of_another_program_is_told_and_left_alone(path: Path) -> None:
    by_hand(path, "CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)")
    before = path.read_bytes()
    assert await fault_of(Database.open(path)) == (
        f"{path} is a database of another program. Name Samtalelapp's own file; nothing was changed."
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"hello, I am no database", bytes(4096), b"SQLite format 3\0" + b"\xff" * 5000])
async def test_what_is_no_database_is_told_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert await fault_of(Database.open(path)) != ""
    assert path.read_bytes() == content


async def test_an_empty_file_is_no_hub(path: Path) -> None:
    path.touch()
    assert await fault_of(Database.open(path)) == (
        f"{path} is empty: no hub was ever made in it. Put the newest backup in its place."
    )
    assert path.stat().st_size == 0


async def test_a_torn_page_is_told_and_left_alone(path: Path) -> None:
    await (await Database.create(path)).close()
    whole = bytearray(path.read_bytes())
    whole[4096:8192] = b"\xa5" * 4096
    path.write_bytes(whole)
    assert "damaged" in await fault_of(Database.open(path))
    assert path.read_bytes() == bytes(whole)


async def test_a_file_cut_short_is_told(path: Path) -> None:
    await (await Database.create(path)).close()
    path.write_bytes(path.read_bytes()[:10000])
    assert "damaged" in await fault_of(Database.open(path))


async def test_a_second_hub_in_the_same_process_is_refused_and_the_first_goes_on(
    database: Database, path: Path
) -> None:
    assert await fault_of(Database.open(path)) == (
        f"Another hub is using {path}. Stop it first; one hub, one database."
    )
    await put(database, "still", "here")
    assert await facts(database) == {"still": "here"}


SECOND_HUB = """
import asyncio, sys
from pathlib import Path
from bot.store.database import Database
from bot.store.files import DatabaseFault

async def main():
    try:
        await Database.open(Path(sys.argv[1]))
    except DatabaseFault as fault:
        print(fault)

asyncio.run(main())
"""


async def test_a_second_hub_in_another_process_is_refused(database: Database, path: Path) -> None:
    await put(database, "first")
    other = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", SECOND_HUB, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout == f"Another hub is using {path}. Stop it first; one hub, one database.\n"
    assert await facts(database) == {"first": ""}


async def test_once_the_first_hub_has_stopped_the_next_may_start(path: Path) -> None:
    await (await Database.create(path)).close()
    async with await Database.open(path) as database:
        assert await facts(database) == {}
