"""One SQLite file, one connection, one durable transaction at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import aiosqlite

from bot.domain.refusals import Refusal
from bot.faults import Lasting
from bot.store.files import connected, is_of_disk, make
from bot.store.statements import Opened, Row, Statement, undo
from bot.store.transaction import Transaction, Unwritten

__all__ = ["Database", "Row", "Statement", "Transaction"]

TIDY_SECONDS = 5.0


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
            tx = Transaction(self._connection, dict(self._unwritten), Opened())
            try:
                yield tx
            except BaseException:
                await _shielded(self._rollback())
                raise
            await self._commit(tx)
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

    async def _commit(self, tx: Transaction) -> None:
        try:
            await _shielded(tx.commit(), undo=self._rollback)
        except (sqlite3.Error, Refusal):
            await _shielded(self._rollback())
            raise

    async def _rollback(self) -> None:
        await undo(self._connection, "ROLLBACK")

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
