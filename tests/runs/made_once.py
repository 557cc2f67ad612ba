"""New databases with tables that the hub's own migrations have made once: some hundred tests begin with an empty one.

The first database of a process is made as every hub's is, and what then stands in its file stands in that of each
later one. Whatever is about the making itself is in ``tests/store``, and makes each anew.
"""

from pathlib import Path

import aiosqlite

from bot.store import database, files

ROOT = Path(__file__).parents[1]
MADE_ANEW = ROOT / "store"
KEPT: list[bytes] = []
"""What stands in a database that was just made, as soon as there was one."""


def choose(test: Path) -> None:
    """Let the databases that are made from now on be those that fit a test in this file."""
    anew = test.is_relative_to(MADE_ANEW)
    vars(database).update(make=files.make if anew else make, connected=files.connected if anew else connected)


def make(path: Path) -> None:
    """Make the file as a hub does, and put the tables in it if they are known."""
    files.make(path)
    for tables in KEPT:
        path.write_bytes(tables)


async def connected(path: Path, *, new: bool) -> aiosqlite.Connection:
    """Open a database as a hub does, and keep what stands in the first new one."""
    connection = await files.connected(path, new=new)
    if new and not KEPT:
        KEPT.append(await connection._execute(connection._conn.serialize))  # type: ignore[no-untyped-call] # the library's own queue
    return connection
