"""Databases for the tests of rows, and what they are asked."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.store.database import Database
from bot.store.statements import _run

PUT = "INSERT INTO facts (name, value) VALUES (:name, :value)"
LOOK = "SELECT * FROM facts"


async def facts(database: Database) -> dict[str, str]:
    async with database.transaction() as tx:
        return {row["name"]: row["value"] for row in await tx.rows(LOOK)}


async def put(database: Database, name: str, value: str = "") -> None:
    async with database.transaction() as tx:
        await tx.run(PUT, name=name, value=value)


async def hops_of(database: Database, work: Callable[[], Awaitable[None]]) -> list[list[str]]:
    """Return which statements went to the database thread together."""
    connection: Any = database._connection
    whole, hops = connection._execute, []

    async def noted(fn: Callable[..., Any], *args: Any) -> Any:
        if fn is _run:
            hops.append([each.sql for each in args[1]])
        return await whole(fn, *args)

    connection._execute = noted
    await work()
    del connection._execute
    return hops
