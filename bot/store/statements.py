"""Statements on their way to the database thread: as many as wait go there together, in their order."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiosqlite

Row = Mapping[str, Any]


@dataclass(eq=False, slots=True)
class Statement:
    """One statement with its values, or with many sets of them; ``changed`` counts the rows once it has been run."""

    sql: str
    values: Mapping[str, object] | Sequence[Mapping[str, object]] = ()
    changed: int = 0

    def run(self, connection: sqlite3.Connection) -> list[Row]:
        """Run it where the database is, and return its rows; many sets of values have none."""
        many = isinstance(self.values, list)
        cursor = (connection.executemany if many else connection.execute)(self.sql, self.values)
        self.changed = cursor.rowcount
        return cursor.fetchall()


@dataclass(slots=True)
class Opened:
    """Whether a transaction has begun; only the database thread changes it."""

    begun: bool = False


async def hop(
    connection: aiosqlite.Connection, statements: Sequence[Statement], within: Opened | None = None
) -> list[Row]:
    """Run statements in one hop to the database thread, and return the rows of the last.

    ``within`` a transaction, which begins with the first of them.
    """
    return await connection._execute(_run, connection._conn, statements, within)  # type: ignore[no-untyped-call,no-any-return] # the library's own queue


def _run(connection: sqlite3.Connection, statements: Sequence[Statement], within: Opened | None) -> list[Row]:
    if within:
        _be_within(connection, within)
    found: list[Row] = []
    for each in statements:
        found = each.run(connection)
    return found


def _be_within(connection: sqlite3.Connection, within: Opened) -> None:
    if within.begun and not connection.in_transaction:
        # A full disk makes SQLite roll back by itself: whoever goes on in spite of that writes no half.
        message = "the transaction is over"
        raise sqlite3.OperationalError(message)
    if not within.begun:
        connection.execute("BEGIN IMMEDIATE")
        within.begun = True


async def undo(connection: aiosqlite.Connection, *statements: str) -> None:
    """Undo a transaction, or a part of it, if one is open; whether it is, the database thread says, in its turn."""
    await connection._execute(_undo, connection._conn, statements)  # type: ignore[no-untyped-call] # the library's own queue


def _undo(connection: sqlite3.Connection, statements: Sequence[str]) -> None:
    # On a full disk it is gone already.
    for each in statements:
        if connection.in_transaction:
            connection.execute(each)
