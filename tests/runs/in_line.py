"""Statements in line: where a test is not about a database's thread, none is started, and no statement goes there.

What a statement costs in a hub is mostly the way to that thread and back, and a whole run makes millions of such ways.
So does a commit of the house network's file. The connections, the SQL and everything of ours stay what they are; only
what stands between loop and thread is another.
Whoever asks still waits for a future that comes true at a later turn of the loop, so that everybody else goes on
meanwhile, and a task that is cancelled there has asked all the same, as it has with a thread.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

from aiosqlite import core

from bot.gateway import journal

ROOT = Path(__file__).parents[1]
WITH_THREAD = tuple(
    ROOT / each
    for each in (
        "browser",
        "crash",
        "faults",
        "gateway/bot_api/test_contract.py",
        "gateway/test_house.py",
        "gateway/test_kill.py",
        "gateway/test_restart.py",
        "handlers/slips/letters/test_in_trouble.py",
        "journeys/slips/test_j01_happy_path.py",
        "privacy/test_hidden_in_time.py",
        "running",
        "store",
    )
)
"""Whatever is about the threads, about ends in the middle of a statement, or about the hub exactly as people use it."""

Asked = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


class InLine:
    """Takes the place of the queue: does what is asked for at once, and lets the answer come at the next turn."""

    def put_nowait(self, asked: Asked) -> None:
        future, work = asked
        try:
            answer = work()
        except BaseException as error:  # the thread passes on everything as well
            _later(future, core.set_exception, error)
        else:
            _later(future, core.set_result, answer)


def _later(future: asyncio.Future[Any] | None, tell: Callable[..., None], answer: object) -> None:
    if future:
        future.get_loop().call_soon(tell, future, answer)


class NoThread:
    """Takes the place of the thread, which has nothing to do."""

    def __init__(self, **_what: object) -> None:
        pass

    def start(self) -> None:
        pass


class AtOnce:
    """Takes the place of the pool that writes the house network's file."""

    def __init__(self, *_what: object) -> None:
        pass

    def submit(self, work: Callable[..., Any], *given: object) -> asyncio.Future[Any]:
        """Return a future of the loop, which has nothing more to do for it."""
        answer = asyncio.get_running_loop().create_future()
        InLine().put_nowait((answer, partial(work, *given)))
        return answer

    def shutdown(self) -> None:
        pass


def choose(test: Path) -> None:
    """Let the connections that are made from now on be those that fit a test in this file."""
    with_thread = any(test.is_relative_to(each) for each in WITH_THREAD)
    queue, thread = (SimpleQueue, Thread) if with_thread else (InLine, NoThread)
    vars(core).update(SimpleQueue=queue, Thread=thread)
    vars(journal).update(ThreadPoolExecutor=ThreadPoolExecutor if with_thread else AtOnce)
