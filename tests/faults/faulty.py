"""Files of a hub in this process that answer nothing, take nothing, or cannot be read: put in at SQLite itself."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

from bot import app
from bot.clock import machine_now
from bot.config import Settings
from bot.delivery.keeping import end_all
from bot.gateway.house import House
from bot.gateway.journal import Journal
from bot.store.database import Database
from tests.crash import child
from tests.hub import loopback
from tests.hub.whole_hub import Device, WholeHub, new_hub, whole_hub
from tests.patience import until

NO_ANSWER = 7
"""What no authorizer may say: SQLite then fails as with a disk, and not as with a statement that nobody may run."""


@dataclass
class Standstill:
    """A thread that does nothing from when it is ``reached`` until it is let go."""

    reached: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    is_due: bool = False

    def wait(self) -> None:
        if threading.current_thread() is threading.main_thread():
            message = "the whole test would stand still: its file belongs to in_line.WITH_THREAD"
            raise RuntimeError(message)
        self.reached.set()
        self.over.wait()

    @asynccontextmanager
    async def lasting(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            self.over.set()


@asynccontextmanager
async def database_hangs(database: Database) -> AsyncIterator[None]:
    """Let the disk of the hub's database answer nothing."""
    standstill = Standstill()
    async with standstill.lasting():
        hanging = asyncio.create_task(database._connection._execute(standstill.wait))  # type: ignore[no-untyped-call] # the library's own queue
        await until(standstill.reached.is_set, "the database's thread stands still")
        yield
    await hanging


@asynccontextmanager
async def database_hangs_at_a_commit(database: Database, what: str) -> AsyncIterator[Standstill]:
    """Let the disk answer nothing as soon as a statement that begins like this is to be durable."""
    standstill = Standstill()

    def look(sql: str) -> None:
        if sql.startswith(what):
            standstill.is_due = True
        if sql == "COMMIT" and standstill.is_due:
            standstill.wait()

    await database._connection.set_trace_callback(look)
    async with standstill.lasting():
        yield standstill
    await database._connection.set_trace_callback(None)  # type: ignore[arg-type] # so is a callback taken back


@asynccontextmanager
async def house_hangs(house: House) -> AsyncIterator[None]:
    """Let the disk of the house network's file answer nothing."""
    standstill = Standstill()
    async with standstill.lasting():
        house.journal._thread.submit(standstill.wait)
        yield


@dataclass
class Refusals:
    """How often a file has not taken something."""

    times: int = 0


@asynccontextmanager
async def takes_nothing(journal: Journal) -> AsyncIterator[Refusals]:
    """Let a house network's file take nothing, and count what it does not take."""
    refusals, failed = Refusals(), journal.failed

    def count() -> None:
        refusals.times += 1
        failed()

    journal.failed = count
    await journal.rows("PRAGMA query_only = 1")
    try:
        yield refusals
    finally:
        await journal.rows("PRAGMA query_only = 0")
        journal.failed = failed


class Broken:
    """A connection at which nothing that is to be written can be begun, for a reason in SQLite's own words."""

    def __init__(self, raw: sqlite3.Connection, why: str, code: int, refusals: Refusals) -> None:
        self.raw, self.why, self.code, self.refusals = raw, why, code, refusals

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql != "BEGIN IMMEDIATE":
            return self.raw.execute(sql, *values)
        self.refusals.times += 1
        error = sqlite3.OperationalError(self.why)
        error.sqlite_errorcode = self.code
        raise error

    @property
    def in_transaction(self) -> bool:
        return self.raw.in_transaction


@asynccontextmanager
async def fails(journal: Journal, why: str, code: int) -> AsyncIterator[Refusals]:
    """Let a house network's file fail for this reason, and count how often."""
    refusals, whole = Refusals(), journal._connection
    journal._connection = Broken(whole, why, code, refusals)  # type: ignore[assignment] # it has what a write uses
    try:
        yield refusals
    finally:
        journal._connection = whole


@asynccontextmanager
async def cannot_read(database: Database, table: str) -> AsyncIterator[Refusals]:
    """Let whatever reads a table of the hub's database fail, and count that; what is kept of it is read anew."""
    refusals = Refusals()

    def allow(action: int, name: str | None, *_: str | None) -> int:
        if action != sqlite3.SQLITE_READ or name != table:
            return sqlite3.SQLITE_OK
        refusals.times += 1
        return NO_ANSWER

    connection = database._connection
    await connection._execute(connection._conn.set_authorizer, allow)  # type: ignore[no-untyped-call] # as above
    database._kept.forget(table)
    try:
        yield refusals
    finally:
        await connection._execute(connection._conn.set_authorizer, None)  # type: ignore[no-untyped-call] # as above


@asynccontextmanager
async def hub_with_house(folder: Path, *, apart: bool) -> AsyncIterator[tuple[WholeHub, House]]:
    """Run a whole hub with its house network within, or behind a socket, as one in another process is."""
    if not apart:
        async with whole_hub(folder) as hub:
            assert hub.running.house is not None
            yield hub, hub.running.house
        return
    await new_hub(folder)
    house = await House.open(folder / "apart.db", machine_now)
    async with _served(house) as address, loopback.client(address) as http:
        settings = Settings(data=folder, port=0, demo=True, house_url=address, house_token=house.token)
        async with app.running(settings) as running:
            await running.is_open.wait()
            yield WholeHub(running, http, {chat["title"]: Device(http, chat["id"]) for chat in house.chats()}), house
    await house.close()


@asynccontextmanager
async def _served(house: House) -> AsyncIterator[str]:
    ours, theirs = Pipe()
    serving = asyncio.create_task(child._serve(theirs, house))
    await until(ours.poll, "the house is served")
    address, _token = ours.recv()
    try:
        yield address
    finally:
        await end_all([serving])
