"""What holds the one transaction, in every turn of the whole run: nothing is awaited there but the database.

While a transaction is open everybody else who presses waits. So nothing slow happens in one: no network, no sleep, no
thread, no file, no hash and no drawing, and no more questions to the database than ``held.MOST`` says. No clock is
asked: what counts is what was awaited and how often, on a busy machine as on an idle one.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any

import uvloop
from telegram import Update
from telegram.ext import Application

from bot.delivery.turns import Turns
from bot.delivery.updates import about
from bot.domain.reminders import Reminder
from bot.store.database import Database, Transaction
from bot.store.keys import Keys
from bot.usecases.turn import Turn
from handlers import tables

ROOT = Path(__file__).parents[2]
OURS = tuple(f"{ROOT / each}/" for each in ("bot", "handlers", "tests"))
SLOW_EVENTS = {"open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen"}
"""What Python itself tells of whoever waits without awaiting."""
MARK = "held in a process of a test: "
"""What a line begins with in which a process that a test has forked says what it has found."""


@dataclass(frozen=True)
class Measure:
    """In how many hops a turn may ask the database: ``once``, and ``each`` time for each message it wants.

    Beside that ``typed`` times for each word of a typed line. So many statements may go with a hop as ``A_HOP`` says.
    """

    once: int
    each: int = 1
    typed: int = 0


A_HOP = 3
"""How many statements a turn may run for each hop that it may make."""

MOST = Measure(24)
"""For a turn that answers somebody or does one thing that is due, and lets everybody see what has changed."""

WALKS: dict[str, Measure] = {
    "_open_up": Measure(60, 2),  # a hub that starts writes the cards of every open slip
    "message": Measure(40, typed=3),  # a typed line may be the numbers of a whole list
    "job morning": Measure(32),  # whoever has a day is brought its page
    "job night": Measure(45),  # what is over is forgotten, and every free screen is made anew
    "night_off": Measure(30, 2),  # everybody in line loses a seat, and whoever looks on sees it
    "revoke": Measure(45),  # whoever is left without anybody finds somebody
    "scope_service": Measure(40),
    "scope_unit": Measure(40),
}
"""The turns that go through many rows, each with a measure of its own."""

UNWATCHED = {"_fill", "_stopped"}
"""The turns that fill a new hub, and that bring one up to date which does not run: nobody is there who could wait."""


@dataclass
class Hold:
    """A transaction, or a look at the rows, that is open now in a task; ``asking`` says that the database works."""

    task: asyncio.Task[Any] | None
    asking: bool = False


@dataclass
class Counted:
    """A turn: what it does, how often it has asked the database, with how many statements, and how much was typed."""

    name: str
    asked: int = 0
    statements: int = 0
    typed: int = 0


@dataclass
class Watch:
    """Notes what is found, with the test in which it was; a process that was forked says it on stderr."""

    during: str = ""
    found: list[str] = field(default_factory=list)
    process: int = field(default_factory=os.getpid)

    def tell(self, what: str) -> None:
        """Note one thing that holds a transaction."""
        if os.getpid() == self.process:
            self.found.append(f"{self.during}: {what}")
        else:
            sys.stderr.write(f"{MARK}{what}\n")

    def read(self, text: str) -> None:
        """Note what forked processes have said."""
        told = [line.removeprefix(MARK) for line in text.splitlines() if line.startswith(MARK)]
        self.found += [f"{self.during}: {each}" for each in told]


HOLD: ContextVar[Hold | None] = ContextVar("hold", default=None)
TURN: ContextVar[Counted | None] = ContextVar("turn that is counted", default=None)
WATCH = Watch()


# ── who waits, and where ──────────────────────────────────────────────────────────────────────────────────────────


def _holds() -> bool:
    """Say whether this very task holds a transaction; what a task began for others does not hold it."""
    hold = HOLD.get()
    if hold is None or hold.asking:
        return False
    try:
        return hold.task is asyncio.current_task()
    except RuntimeError:
        return False  # in a thread, for which somebody else waits


def _tell_of(what: str, frame: FrameType | None) -> None:
    # A test may hold a transaction on purpose, in a line of its own; what tests stand on may not, nor may fakes.
    if frame is None or not Path(frame.f_code.co_filename).name.startswith("test_"):
        WATCH.tell(f"{what} at {_place(frame)}")


def _place(frame: FrameType | None) -> str:
    return f"{Path(frame.f_code.co_filename).relative_to(ROOT)}:{frame.f_lineno}" if frame else "?"


def _waiting(awaited: Any) -> FrameType | None:
    """Return the innermost line of ours that waits."""
    found = None
    while awaited is not None:
        frames = (getattr(awaited, name, None) for name in ("cr_frame", "gi_frame", "ag_frame"))
        frame = next((each for each in frames if each), None)
        if frame and frame.f_code.co_filename.startswith(OURS):
            found = frame
        inner = (getattr(awaited, name, None) for name in ("cr_await", "gi_yieldfrom", "ag_await"))
        awaited = next((each for each in inner if each is not None), None)
    return found


def _calling(frame: FrameType | None) -> FrameType | None:
    """Return the innermost line of ours that has called this; the watch itself is none."""
    while frame and (not frame.f_code.co_filename.startswith(OURS) or frame.f_code.co_filename == __file__):
        frame = frame.f_back
    return frame


def _reads_code(frame: FrameType | None) -> bool:
    """Say whether Python reads a module, as it does once in a process."""
    while frame and not frame.f_code.co_filename.startswith(OURS):
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


# ── what is watched ───────────────────────────────────────────────────────────────────────────────────────────────


class Watched(Coroutine[Any, Any, Any]):
    """A task's coroutine, looked at whenever it waits for something."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def send(self, value: Any) -> Any:
        return self._looked_at(self._inner.send(value))

    def throw(self, *error: Any) -> Any:
        return self._looked_at(self._inner.throw(*error))

    def close(self) -> None:
        self._inner.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        """Be awaited as what it stands for."""
        awaited: Generator[Any, Any, Any] = self._inner.__await__()
        return awaited

    def __getattr__(self, name: str) -> Any:
        """Look like what it stands for."""
        return getattr(self._inner, name)

    def _looked_at(self, waits_for: Any) -> Any:
        if _holds():
            _tell_of(f"awaits {type(waits_for).__name__}", _waiting(self._inner))
        return waits_for


def _creating(create: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(create)
    def watched(loop: asyncio.AbstractEventLoop, awaited: Any, **named: Any) -> Any:
        return create(loop, Watched(awaited), **named)

    return watched


def _hear(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in SLOW_EVENTS and _holds() and not _reads_code(sys._getframe(1)):
        _tell_of(event, _calling(sys._getframe(1)))


def _slow(work: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(work)
    def watched(*arguments: Any) -> Any:
        if _holds():
            _tell_of(work.__name__, _calling(sys._getframe(1)))
        return work(*arguments)

    return watched


def _opening(opens: Callable[[Database], Any]) -> Callable[[Database], Any]:
    @wraps(opens)
    @asynccontextmanager
    async def watched(database: Database) -> AsyncIterator[Transaction]:
        async with opens(database) as tx:
            with _set(HOLD, Hold(asyncio.current_task())):
                yield tx

    return watched


@contextmanager
def _set(variable: ContextVar[Any], value: Any) -> Iterator[None]:
    before = variable.get()
    variable.set(value)
    try:
        yield
    finally:
        variable.set(before)


def _asking(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    async def watched(*arguments: Any, **named: Any) -> Any:
        hold, turn = HOLD.get(), TURN.get()
        if turn:
            turn.asked += 1
            turn.statements += len(arguments[0]._waiting) + len(arguments) - 1
        if hold is None:
            return await ask(*arguments, **named)
        hold.asking = True
        try:
            return await ask(*arguments, **named)
        finally:
            hold.asking = False

    return watched


# ── how often a turn asks ─────────────────────────────────────────────────────────────────────────────────────────


def _counting(begin: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(begin)
    @asynccontextmanager
    async def watched(*arguments: Any, **named: Any) -> AsyncIterator[Turn]:
        opener = _calling(sys._getframe(1))
        counted = Counted(opener.f_code.co_name if opener else "?")
        with _set(TURN, counted):
            async with begin(*arguments, **named) as turn:
                yield turn
            if opener and not _is_of_tests(opener):
                _measure(counted, len(turn.edge.wanted))

    return watched


def _is_of_tests(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(OURS[-1])


def _measure(turn: Counted, wanted: int) -> None:
    measure = WALKS.get(turn.name, MOST)
    most = measure.once + measure.each * wanted + measure.typed * turn.typed
    if turn.asked > most and turn.name not in UNWATCHED:
        WATCH.tell(f"{turn.name} asks the database {turn.asked} times for {wanted} messages, and may {most} times")
    if turn.statements > A_HOP * most and turn.name not in UNWATCHED:
        WATCH.tell(f"{turn.name} runs {turn.statements} statements for {wanted} messages, and may {A_HOP * most}")


def _naming(process: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(process)
    async def watched(application: Any, update: Any) -> Any:
        if (turn := TURN.get()) and isinstance(update, Update):
            text = update.message.text if update.message else None
            turn.name, turn.typed = about(update), len((text or "").split())
        return await process(application, update)

    return watched


def _naming_job(run: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run)
    async def watched(application: Any, turn: Turn, reminder: Reminder) -> Any:
        if counted := TURN.get():
            counted.name = f"job {reminder.kind}"
        return await run(application, turn, reminder)

    return watched


def begin() -> None:
    """Watch from now on, in this process and in those that it forks."""
    watching: list[tuple[Any, str, Callable[..., Any]]] = [
        (Database, "_whole", _opening),
        (Database, "reading", _opening),
        (Transaction, "_ask", _asking),
        (Transaction, "_undo_part", _asking),
        (time, "sleep", _slow),
        (Keys, "hash_pin", _slow),
        (Keys, "pin_matches", _slow),
        (Turns, "begin", _counting),
        (Application, "process_update", _naming),
        (tables, "run_job", _naming_job),
        (asyncio.BaseEventLoop, "create_task", _creating),
        (uvloop.Loop, "create_task", _creating),
    ]
    for place, name, watched in watching:
        setattr(place, name, watched(getattr(place, name)))
    sys.addaudithook(_hear)
