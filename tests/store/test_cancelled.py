"""Cancelled at whatever moment, a turn is whole or not there, and leaves the connection in order."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from bot.store.database import Database
from bot.store.statements import _run
from tests.store.databases import PUT, facts, put

LOOK = "SELECT * FROM facts"


def waits_for(fn: Callable[..., Any], args: tuple[Any, ...], statement: str) -> bool:
    """Say whether a hop to the database thread takes this statement there."""
    return fn is _run and any(each.sql == statement for each in args[1])


async def looked_and_put(database: Database, name: str) -> None:
    async with database.transaction() as tx:
        await tx.rows(LOOK)
        await tx.run(PUT, name=name, value="")
        await tx.written()
        await tx.run(PUT, name=f"{name} too", value="")


async def reached(database: Database, statement: str, cancels: int) -> None:
    """Cancel a turn that writes while the connection is busy with a statement; once or more often."""
    connection: Any = database._connection
    there, go_on = asyncio.Event(), asyncio.Event()
    whole = connection._execute

    async def held_up(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if waits_for(fn, args, statement):
            there.set()
            await go_on.wait()
        return await whole(fn, *args, **kwargs)

    connection._execute = held_up
    turn = asyncio.create_task(looked_and_put(database, "cancelled"))
    await there.wait()
    for _ in range(cancels):
        turn.cancel()
        await run_on()
    go_on.set()
    with suppress(asyncio.CancelledError):
        await turn
    assert turn.cancelled()
    del connection._execute


async def run_on() -> None:
    """Let every task run until it waits for something outside the loop."""
    for _ in range(20):
        await asyncio.sleep(0)


async def usable(database: Database) -> dict[str, str]:
    assert not database._connection.in_transaction
    await put(database, "after")
    return await facts(database)


@pytest.mark.parametrize("cancels", [1, 2, 3])
async def test_cancelled_while_it_begins_a_turn_leaves_no_transaction_open(database: Database, cancels: int) -> None:
    await reached(database, LOOK, cancels)
    assert await usable(database) == {"after": ""}


@pytest.mark.parametrize("cancels", [1, 2, 3])
async def test_cancelled_during_commit_a_turn_is_whole(database: Database, cancels: int) -> None:
    await reached(database, "COMMIT", cancels)
    assert await usable(database) == {"cancelled": "", "cancelled too": "", "after": ""}


@pytest.mark.parametrize("cancels", [1, 2, 3])
async def test_cancelled_inside_a_turn_leaves_nothing_behind(database: Database, cancels: int) -> None:
    await reached(database, PUT, cancels)
    assert await usable(database) == {"after": ""}


async def test_cancelled_while_the_thread_begins_a_turn_leaves_no_transaction_open(database: Database) -> None:
    standing, go_on = threading.Event(), threading.Event()

    def stand_still() -> None:
        standing.set()
        go_on.wait()

    connection: Any = database._connection
    hanging = asyncio.create_task(connection._execute(stand_still))
    await asyncio.to_thread(standing.wait)
    turn = asyncio.create_task(looked_and_put(database, "cancelled"))
    await run_on()
    turn.cancel()
    await run_on()
    go_on.set()
    await hanging
    with suppress(asyncio.CancelledError):
        await turn
    assert await usable(database) == {"after": ""}


async def test_cancelled_while_it_waits_for_its_turn_a_task_leaves_the_others_alone(database: Database) -> None:
    async with database.transaction() as tx:
        waiting = asyncio.create_task(put(database, "waiting"))
        await run_on()
        waiting.cancel()
        await tx.run(PUT, name="first", value="")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await usable(database) == {"first": "", "after": ""}


async def test_cancelled_at_any_moment_a_turn_is_whole_or_not_there(database: Database) -> None:
    for number in range(60):
        turn = asyncio.create_task(put(database, f"{number}"))
        for _ in range(number % 12):
            await asyncio.sleep(0)
        await asyncio.sleep(number % 5 / 5000)
        turn.cancel()
        with suppress(asyncio.CancelledError):
            await turn
        assert not database._connection.in_transaction
    assert "after" in await usable(database)


async def test_a_commit_that_fails_while_its_turn_is_cancelled_is_undone(database: Database) -> None:
    connection: Any = database._connection
    whole = connection._execute
    there, go_on = asyncio.Event(), asyncio.Event()

    async def failing(fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if waits_for(fn, args, "COMMIT"):
            there.set()
            await go_on.wait()
            raise sqlite3.OperationalError("disk I/O error")
        return await whole(fn, *args, **kwargs)

    connection._execute = failing
    turn = asyncio.create_task(put(database, "lost"))
    await there.wait()
    turn.cancel()
    await run_on()
    go_on.set()
    with suppress(asyncio.CancelledError):
        await turn
    del connection._execute
    assert await usable(database) == {"after": ""}


async def test_cancelled_while_it_looks_a_task_leaves_the_connection_usable(database: Database) -> None:
    looks = asyncio.Event()

    async def look() -> None:
        async with database.reading() as tx:
            await tx.rows("SELECT * FROM facts")
            looks.set()
            await asyncio.Event().wait()

    looking = asyncio.create_task(look())
    await looks.wait()
    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking
    assert await usable(database) == {"after": ""}
