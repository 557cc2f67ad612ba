"""Time that jumps: a loop whose clock moves to the next timer as soon as nobody has anything to do until then."""

import asyncio
import selectors
import sqlite3
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from bot.store.database import Database

T = TypeVar("T")
LEAST_STEP = 1e-9
MOST_ROUNDS_AT_ONCE = 20_000


class NobodyWillEverDoAnything(Exception):
    """Every task waits, and no timer will ever wake one."""


class RunsInPlace(Exception):
    """Somebody always has something to do, and time stands still."""


class _Selector(selectors.DefaultSelector):
    """Jumps instead of waiting."""

    loop: "JumpingLoop"

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or timeout == 0:
            self.loop.go_round()
            return ready
        if timeout is None:
            raise NobodyWillEverDoAnything
        self.loop.jump(timeout)
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop in which an hour takes no time. Nothing in it may use a thread or a socket."""

    def __init__(self) -> None:
        self._moment = 1000.0
        self._rounds = 0
        selector = _Selector()
        super().__init__(selector)
        selector.loop = self

    def time(self) -> float:
        return self._moment

    def jump(self, seconds: float) -> None:
        self._moment += max(seconds, LEAST_STEP)
        self._rounds = 0

    def go_round(self) -> None:
        self._moment += LEAST_STEP
        self._rounds += 1
        if self._rounds > MOST_ROUNDS_AT_ONCE:
            raise RunsInPlace


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run something to its end in a loop of its own."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(work)


@dataclass
class InlineConnection:
    """The hub's driver without its thread: SQLite is the real one, and each hop takes as long as ``takes`` says.

    ``under_way`` counts the hops for which somebody waits.
    """

    raw: sqlite3.Connection
    takes: Callable[[], float]
    under_way: int = 0

    @property
    def _conn(self) -> sqlite3.Connection:
        return self.raw

    async def _execute(self, work: Callable[..., Any], *asked: Any) -> Any:
        self.under_way += 1
        try:
            if seconds := self.takes():
                await asyncio.sleep(seconds)
            return work(*asked)
        finally:
            self.under_way -= 1

    @property
    def in_transaction(self) -> bool:
        return self.raw.in_transaction


@contextmanager
def database_that_takes(takes: Callable[[], float]) -> Generator[tuple[Database, InlineConnection], None, None]:
    """Open a new hub's database in memory."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    try:
        raw.deserialize(_new_hub())
        raw.row_factory = sqlite3.Row
        connection = InlineConnection(raw, takes)
        yield Database(connection), connection  # type: ignore[arg-type]  # of the driver it has what the hub uses
    finally:
        raw.close()


@cache
def _new_hub() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hub.db"
        asyncio.run(_create(path))
        source, plain = sqlite3.connect(path), sqlite3.connect(":memory:")
        source.execute("PRAGMA journal_mode = DELETE")  # a database in memory has no log of its own
        source.backup(plain)
        source.close()
        made = plain.serialize()
        plain.close()
        return made


async def _create(path: Path) -> None:
    async with await Database.create(path):
        pass
