"""One SQLite file, one connection, one durable transaction at a time."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiosqlite

from bot.domain.refusals import KioskTaken, PaperTyped, Refusal, SlotTaken, Stale
from bot.domain.theme_nights.refusals import NoSeatLeft
from bot.faults import Lasting
from bot.store.files import connected, is_of_disk, make

TIDY_SECONDS = 5.0
CONSTRAINTS: dict[str, type[Refusal]] = {
    "claims.resource": SlotTaken,
    "ownerships.slip": Stale,
    "bookings.slip": Stale,
    "slips.paper": PaperTyped,
    "devices.kiosk": KioskTaken,
    "sign_ups.night": NoSeatLeft,
}


WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
"""The one table that a statement writes; one that goes with it by a foreign key is read through it alone."""

Row = Mapping[str, Any]
Unwritten = dict[tuple[object, ...], Any]


class Transaction:
    """Runs SQL inside the one transaction that is open now.

    Nobody else writes meanwhile: what was read stays as it was until this transaction itself writes to one of its
    tables, and is not asked of the database thread a second time before. ``accounts_changed`` is set by whatever writes
    accounts or devices, so that the doors of the house follow it. ``unwritten`` is what belongs to rows and must stand
    in no file; it is kept and undone together with them.
    """

    def __init__(self, connection: aiosqlite.Connection, unwritten: Unwritten) -> None:
        self._connection = connection
        self._read: dict[tuple[object, ...], list[Row]] = {}
        self.accounts_changed = False
        self.unwritten = unwritten

    async def rows(self, sql: str, **values: object) -> list[Row]:
        """Run a statement and return its rows; a broken constraint gets its domain name here."""
        if not sql.startswith("SELECT "):
            self._forget(sql)
            return await self._rows(sql, values)
        asked = (sql, *values.items())
        if asked not in self._read:
            self._read[asked] = await self._rows(sql, values)
        return list(self._read[asked])

    def _forget(self, sql: str) -> None:
        """Forget what was read of the table that a statement writes, whatever stands beside it in the question."""
        written = WRITES.match(sql)
        if written is None:
            self._read.clear()
            return
        self._read = {asked: rows for asked, rows in self._read.items() if written[1] not in str(asked[0])}

    async def _rows(self, sql: str, values: Mapping[str, object]) -> list[Row]:
        try:
            return list(await self._connection.execute_fetchall(sql, values))  # type: ignore[arg-type] # sqlite3.Row reads like a mapping
        except sqlite3.IntegrityError as error:
            raise _named(error) from error

    async def row(self, sql: str, **values: object) -> Row | None:
        """Return the first row of a statement, or None."""
        found = await self.rows(sql, **values)
        return found[0] if found else None

    async def run(self, sql: str, **values: object) -> None:
        """Run a statement for its effect."""
        await self.rows(sql, **values)

    async def run_many(self, sql: str, values: Iterable[Mapping[str, object]]) -> int:
        """Run a statement for each set of values, in one hop to the database thread; return how many rows changed."""
        self._forget(sql)
        try:
            return int((await self._connection.executemany(sql, values)).rowcount)
        except sqlite3.IntegrityError as error:
            raise _named(error) from error

    @asynccontextmanager
    async def part(self) -> AsyncIterator[Self]:
        """Do everything inside, or nothing of it; the rest of the transaction goes on either way.

        A cancellation is left to the transaction, which then undoes everything.
        """
        await self.run("SAVEPOINT part")
        before = dict(self.unwritten)
        try:
            yield self
        except Exception:
            self.unwritten = before
            # On a full disk the whole transaction is gone already, and its commit will say so.
            if self._connection.in_transaction:
                await self.run("ROLLBACK TO part")
                await self.run("RELEASE part")
            raise
        await self.run("RELEASE part")


def _named(error: sqlite3.IntegrityError) -> Exception:
    for column, refusal in CONSTRAINTS.items():
        if column in str(error):
            return refusal()
    return error


async def _nobody_follows(_tx: Transaction) -> None:
    """Nothing depends on accounts and devices yet."""


def _nobody_minds() -> None:
    """Nobody is told yet that the disk takes nothing."""


class Database:
    """The hub's file. Open it with ``create`` or ``open``; use ``transaction`` for everything else.

    ``accounts_changed`` runs after the commit of a transaction that changed accounts or devices, and before anybody
    else can see what was committed. ``failed`` is told each time that the disk does not take a transaction,
    and ``trouble`` by whoever goes on in spite of it.
    """

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self.accounts_changed: Callable[[Transaction], Awaitable[None]] = _nobody_follows
        self.failed: Callable[[], None] = _nobody_minds
        self.trouble = Lasting()
        self._unwritten: Unwritten = {}
        self._connection = connection
        self._turn = asyncio.Lock()

    @classmethod
    async def create(cls, path: Path) -> Self:
        """Make a new database; refuse a path where something stands already."""
        make(path)
        return cls(await connected(path, new=True))

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open an existing database and bring its tables up to date."""
        return cls(await connected(path, new=False))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Do everything inside, or nothing; a cancelled task leaves no transaction open."""
        async with self._turn:
            async with self._whole() as tx:
                yield tx
            if tx.accounts_changed:
                await _shielded(self.accounts_changed(tx))

    @asynccontextmanager
    async def _whole(self) -> AsyncIterator[Transaction]:
        try:
            await _shielded(self._connection.execute("BEGIN IMMEDIATE"), undo=self._rollback)
            tx = Transaction(self._connection, dict(self._unwritten))
            try:
                yield tx
            except BaseException:
                await _shielded(self._rollback())
                raise
            await self._commit()
            self._unwritten = tx.unwritten
            self.trouble.end()
        except sqlite3.OperationalError as error:
            if is_of_disk(error):
                self.failed()
            raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """See the rows between two transactions; for looking only, because nothing here is undone."""
        async with self._turn:
            yield Transaction(self._connection, self._unwritten)

    async def _commit(self) -> None:
        try:
            await _shielded(self._connection.execute("COMMIT"), undo=self._rollback)
        except sqlite3.Error:
            await _shielded(self._rollback())
            raise

    async def _rollback(self) -> None:
        # A full disk makes SQLite roll back by itself; then there is nothing left to undo.
        if self._connection.in_transaction:
            await self._connection.execute("ROLLBACK")

    async def keep_tidy(self) -> None:
        """Empty the write-ahead log now and then, so that what was scrubbed is gone from there as well (J3)."""
        tidied = 0
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            if tidied != self._connection.total_changes:
                tidied = self._connection.total_changes
                # On a full disk the log stays as it is until the next time.
                with suppress(sqlite3.Error):
                    async with self._turn:
                        await _shielded(self._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def close(self) -> None:
        """Wait for the transaction under way and close the file."""
        async with self._turn:
            await self._connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


async def _shielded(work: Awaitable[object], undo: Callable[[], Awaitable[object]] | None = None) -> None:
    """Finish ``work`` even when cancelled meanwhile, then undo it if asked and pass the cancellation on."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await _finished(task)
        if undo is not None:
            await _finished(asyncio.ensure_future(undo()))
        raise


async def _finished(task: asyncio.Future[object]) -> None:
    # Whoever is in a hurry may cancel more than once; the connection must be in order all the same.
    while not task.done():
        with suppress(asyncio.CancelledError, sqlite3.Error):
            await asyncio.shield(task)
