"""A database with tables that were made once is in nothing another than one that was made by itself."""

from pathlib import Path

from bot.store import files
from bot.store.database import Database
from tests.runs import made_once

PRAGMAS = ("user_version", "application_id", "journal_mode", "page_size", "auto_vacuum", "encoding", "quick_check")


async def stands_in(path: Path) -> list[list[tuple[object, ...]]]:
    """Make a database and return its tables and what SQLite says of its file."""
    async with await Database.create(path) as database, database.reading() as tx:
        asked = ["SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name", *(f"PRAGMA {p}" for p in PRAGMAS)]
        asked += [
            f"SELECT * FROM {row['name']}"
            for row in await tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return [[tuple(row) for row in await tx.rows(each)] for each in asked]


async def test_tables_that_were_made_once_are_those_that_each_hub_makes(tmp_path: Path) -> None:
    first, again = await stands_in(tmp_path / "first.db"), await stands_in(tmp_path / "again.db")
    made_once.choose(made_once.MADE_ANEW)
    assert made_once.KEPT
    assert first == again == await stands_in(tmp_path / "anew.db")
    rights = {path.stat().st_mode for path in tmp_path.glob("*.db")}
    assert len(rights) == 1


async def test_a_hub_that_makes_its_tables_itself_begins_with_an_empty_file(tmp_path: Path) -> None:
    made_once.choose(made_once.MADE_ANEW / "test_files.py")
    files.make(tmp_path / "hub.db")
    assert (tmp_path / "hub.db").read_bytes() == b""
