"""One transaction, as whoever writes SQL sees it."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self

import aiosqlite

from bot.domain.refusals import KioskTaken, PaperTyped, Refusal, SlotTaken, Stale
from bot.domain.theme_nights.refusals import NoSeatLeft
from bot.store.kept import WRITES, Answer, Answers, Asked, Kept, Made
from bot.store.statements import Opened, Row, Statement, hop, undo

CONSTRAINTS: dict[str, type[Refusal]] = {
    "claims.resource": SlotTaken,
    "ownerships.slip": Stale,
    "bookings.slip": Stale,
    "slips.paper": PaperTyped,
    "devices.kiosk": KioskTaken,
    "sign_ups.night": NoSeatLeft,
}


Unwritten = dict[tuple[object, ...], Any]


class Transaction:
    """Runs SQL inside the one transaction that is open now.

    Each question is one hop to the database thread. What is written has no answer, and goes with the next question, or
    at the end with the commit: a broken constraint is told then, or where somebody asks for it (``written``). So does
    what somebody knows will be asked here (``expect``), or by whoever comes next (``foresee``).

    Nobody else writes meanwhile: what was read stays as it was until this transaction itself writes to one of its
    tables, and is not asked of the database thread a second time before; of tables that hardly ever change it is
    ``kept`` for the next transactions too. ``accounts_changed`` is set by whatever writes
    accounts or devices, so that the doors of the house follow it. ``unwritten`` is what belongs to rows and must stand
    in no file; it is kept and undone together with them.
    """

    def __init__(
        self, connection: aiosqlite.Connection, unwritten: Unwritten, kept: Kept, within: Opened | None = None
    ) -> None:
        self._connection = connection
        self._within = within
        self._kept = kept
        self._waiting: list[Statement] = []
        self._expected: dict[Asked, Statement] = {}
        self._foreseen: dict[Asked, Statement] = {}
        self._read = Answers()
        self.accounts_changed = False
        self.unwritten = unwritten

    async def rows(self, sql: str, **values: object) -> list[Row]:
        """Run a statement and return its rows; a broken constraint gets its domain name here."""
        if not sql.startswith("SELECT "):
            self._forget(sql)
            return await self._ask(Statement(sql, values))
        return list((await self._answer(sql, values)).rows)

    async def every(self, make: Callable[[Row], Made], sql: str, **values: object) -> list[Made]:
        """Ask, and return what is made of each row: it is made once, and whoever asks again has the same values."""
        return (await self._answer(sql, values)).of(make)

    async def _answer(self, sql: str, values: Mapping[str, object]) -> Answer:
        asked = (sql, *values.items())
        if asked in self._expected:
            await self._ask()
        found = self._known(asked)
        if found is None:
            found = Answer(await self._ask(Statement(sql, values)))
            self._read.add(sql, {asked: found})
        return found

    def _known(self, asked: Asked) -> Answer | None:
        if (found := self._read.get(asked) or self._kept.get(asked)) is None and (found := self._kept.take(asked)):
            self._read.add(str(asked[0]), {asked: found})
        return found

    def expect(self, sql: str, **values: object) -> None:
        """Say that this will be asked soon: it goes with the next question, and is answered when it is asked itself."""
        asked = (sql, *values.items())
        if asked not in self._expected and self._known(asked) is None:
            self._expected[asked] = Statement(sql, values)
            self._waiting.append(self._expected[asked])

    def foresee(self, sql: str, **values: object) -> None:
        """Say that somebody will ask this as soon as this is durable: it goes with the commit.

        The answer is for whoever asks exactly that first, in whatever transaction, unless its table is written before.
        """
        self._foreseen[(sql, *values.items())] = Statement(sql, values)

    def _forget(self, sql: str) -> None:
        """Forget what was read of the table that a statement writes, whatever stands beside it in the question."""
        written = WRITES.match(sql)
        table = written[1] if written else None
        self._kept.forget(table)
        self._read.forget(table)
        for asked in [each for each in self._expected if table is None or table in str(each[0])]:
            del self._expected[asked]

    async def _ask(self, *last: Statement) -> list[Row]:
        """Let everything that waits go to the database thread, and these behind it."""
        waiting, self._waiting = self._waiting, []
        expected, self._expected = self._expected, {}
        try:
            found = await hop(self._connection, [*waiting, *last], self._within)
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        for asked, each in expected.items():
            self._read.add(each.sql, {asked: Answer(each.rows)})
        return found

    async def row(self, sql: str, **values: object) -> Row | None:
        """Return the first row of a statement, or None."""
        found = await self.rows(sql, **values)
        return found[0] if found else None

    async def run(self, sql: str, **values: object) -> None:
        """Run a statement for its effect, with the next question at the latest."""
        self._put_off(Statement(sql, values))

    async def run_many(self, sql: str, values: Iterable[Mapping[str, object]]) -> Statement:
        """Run a statement for each set of values, as ``run`` does; how many rows that ``changed`` is known then."""
        return self._put_off(Statement(sql, list(values)))

    def _put_off(self, statement: Statement) -> Statement:
        if self._within is None:
            message = "nothing is written where one only looks"
            raise RuntimeError(message)
        self._forget(statement.sql)
        self._waiting.append(statement)
        return statement

    async def written(self) -> None:
        """Let everything be written now, so that whoever goes on in spite of a broken constraint hears of it here."""
        if self._waiting:
            await self._ask()

    async def commit(self) -> None:
        """Make it durable; afterwards there is only looking. What was expected and not asked for is not needed."""
        self._waiting = [each for each in self._waiting if each not in self._expected.values()]
        self._expected.clear()
        if self._within and (self._waiting or self._within.begun):
            await self._ask(*self._foreseen.values(), Statement("COMMIT"))
            self._kept.foresee({asked: Answer(each.rows) for asked, each in self._foreseen.items()})
        self._within = None
        self._kept.keep(self._read)

    @asynccontextmanager
    async def part(self) -> AsyncIterator[Self]:
        """Do everything inside, or nothing of it; the rest of the transaction goes on either way.

        A cancellation is left to the transaction, which then undoes everything.
        """
        await self.written()
        before, begins = dict(self.unwritten), Statement("SAVEPOINT part")
        self._waiting.append(begins)
        try:
            yield self
            await self._ask(Statement("RELEASE part"))
        except Exception:  # whatever it was: this part is undone, and it is raised again
            self.unwritten = before
            await self._undo_part(begins)
            raise

    async def _undo_part(self, begins: Statement) -> None:
        self._read.forget(None)
        self._expected.clear()
        has_begun = begins not in self._waiting
        self._waiting.clear()
        if has_begun:
            await undo(self._connection, "ROLLBACK TO part", "RELEASE part")


def _named(error: sqlite3.IntegrityError) -> Exception:
    for column, refusal in CONSTRAINTS.items():
        if column in str(error):
            return refusal()
    return error
