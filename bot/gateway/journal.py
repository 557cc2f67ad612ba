"""The house network's file: what was answered is in it, however the process ends."""

import asyncio
import logging
import secrets
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.gateway.schema import APPLICATION_ID, SCHEMA, UPGRADES, VERSION

TIDY_SECONDS = 5.0
OF_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
"""What keeps every write out, rather than one bad write alone."""

Result = TypeVar("Result")
Statement = tuple[str, tuple[object, ...]]
log = logging.getLogger(__name__)


class JournalFault(Exception):
    """The house network's file cannot be used; the message says why and what would be right."""


@dataclass(frozen=True)
class Write:
    """Statements that belong together, and what is true in memory once they are on the disk."""

    statements: tuple[Statement, ...]
    then: Callable[[], None]
    done: asyncio.Future[None]

    def settle(self) -> None:
        try:
            self.then()
        except Exception as error:  # noqa: BLE001, RUF100  whatever it is, its caller shall hear of it, not the others
            self.fail(error)
        else:
            self.succeed()

    def succeed(self) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


class Journal:
    """One connection in one thread; what waits while a commit runs shares the next one."""

    def __init__(self, connection: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self.commits = 0
        self.failed: Callable[[], None] = _nobody_minds
        self._connection = connection
        self._thread = thread
        self._queue: list[Write] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._tidied = 0
        self._writer = asyncio.create_task(self._run())
        self._tidier = asyncio.create_task(self._tidy())

    @classmethod
    async def open(cls, path: Path) -> Self:
        thread = ThreadPoolExecutor(1, "journal")
        try:
            connection = await asyncio.get_running_loop().run_in_executor(thread, _connect, path)
        except JournalFault:
            thread.shutdown()
            raise
        return cls(connection, thread)

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return await self._call(lambda: self._connection.execute(sql).fetchall())

    async def write(self, *statements: Statement, then: Callable[[], None]) -> None:
        """Return when the statements are on the disk and ``then`` has run."""
        await self.queue(*statements, then=then)

    def queue(self, *statements: Statement, then: Callable[[], None]) -> asyncio.Future[None]:
        """Put a write in line; whoever needs not wait for it should ``forget`` the future."""
        if self._closing:
            raise JournalFault("The house network is closed.")
        write = Write(statements, then, asyncio.get_running_loop().create_future())
        self._queue.append(write)
        self._wake.set()
        return write.done

    async def close(self) -> None:
        if self._closing:
            return
        self._closing = True
        self._wake.set()
        self._tidier.cancel()
        await self._writer
        await self._call(self._connection.close)
        self._thread.shutdown()

    async def _run(self) -> None:
        while self._queue or not self._closing:
            await self._wake.wait()
            self._wake.clear()
            batch, self._queue = self._queue, []
            if batch:
                await self._commit(batch)

    async def _commit(self, batch: list[Write]) -> None:
        statements = [statement for write in batch for statement in write.statements]
        try:
            await self._call(lambda: _transact(self._connection, statements))
        except Exception as error:  # noqa: BLE001, RUF100  a writer that ends would leave every caller waiting
            await self._apart(batch, error)
        else:
            self.commits += 1
            for write in batch:
                write.settle()

    async def _apart(self, batch: list[Write], error: Exception) -> None:
        """One bad write must not take its neighbours along."""
        if len(batch) == 1:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in OF_DISK:
                self.failed()
            batch[0].fail(_fault(error))
            return
        for write in batch:
            await self._commit([write])

    async def _tidy(self) -> None:
        """Empty the write-ahead log now and then, so that what was deleted is gone from there as well."""
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            if self._tidied != self.commits:
                self._tidied = self.commits
                await self._call(lambda: _checkpoint(self._connection))

    async def _call(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _nobody_minds() -> None:
    """Nobody is told that something could not be written."""


def forget(done: asyncio.Future[None]) -> None:
    """Let a write come to its end unattended; a failure is logged."""
    done.add_done_callback(_note)


def _note(done: asyncio.Future[None]) -> None:
    if not done.cancelled() and (error := done.exception()):
        log.error("%s (%s)", error, error.__cause__ or type(error).__name__)


def _fault(error: Exception) -> Exception:
    if not isinstance(error, sqlite3.Error):
        return error
    fault = JournalFault("The house network cannot write its file.")
    fault.__cause__ = error
    return fault


def _checkpoint(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        log.warning("The house network's write-ahead log was not emptied: %s", error)


def _transact(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, values in statements:
            connection.execute(sql, values)
        connection.execute("COMMIT")
    finally:
        # after a full disk the database has rolled back by itself
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _connect(path: Path) -> sqlite3.Connection:
    try:
        path.touch(mode=0o600)
        connection = sqlite3.connect(path, timeout=1, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise JournalFault(f"{path} cannot be opened: {error}.") from error
    try:
        _prepare(connection, path)
    except (sqlite3.Error, JournalFault) as error:
        connection.close()
        raise _told(error, path) from error
    return connection


def _told(error: Exception, path: Path) -> JournalFault:
    if isinstance(error, JournalFault):
        return error
    if "locked" in str(error):
        return JournalFault(f"{path} is in use by another process; stop that one first.")
    return JournalFault(f"{path} is not a usable file of the house network: {error}.")


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    changes = _to_be_made(connection, path)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")
    _transact(connection, changes)


def _to_be_made(connection: sqlite3.Connection, path: Path) -> list[Statement]:
    """Return what an empty file needs, or one of an older version; a file of somebody else is left as it is."""
    found = tuple(connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if found == (0, 0) and not tables:
        return [*((sql, ()) for sql in SCHEMA), *_identity()]
    application, version = found
    if application != APPLICATION_ID or version not in {VERSION, *UPGRADES}:
        raise JournalFault(f"{path} belongs to something else or to a newer version; name another file.")
    older = [(sql, ()) for each in range(version, VERSION) for sql in UPGRADES[each]]
    return [*older, (f"PRAGMA user_version = {VERSION}", ())]


def _identity() -> list[Statement]:
    """Who the bot of this file is, and where its update ids begin."""
    epoch = 1_000_000_000 + secrets.randbelow(9_000_000_000)
    return [
        ("INSERT INTO notes VALUES ('epoch', ?)", (str(epoch),)),
        ("INSERT INTO notes VALUES ('token', ?)", (f"{epoch}:{secrets.token_urlsafe(26)}",)),
        ("INSERT INTO sqlite_sequence (name, seq) VALUES ('updates', ?)", (secrets.randbelow(1_000_000_000),)),
    ]
