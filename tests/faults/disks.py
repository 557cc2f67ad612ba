"""A hub and its house network on disks that can be made full, and empty again, while they run."""

import asyncio
import logging
import resource
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx

from bot import app, logs
from bot.clock import machine_now
from bot.config import Settings
from bot.gateway.house import House
from tests.crash import child
from tests.crash.processes import Child
from tests.hub import loopback
from tests.hub.whole_hub import Device, new_hub

NOTHING, PLENTY = 0, resource.RLIM_INFINITY
LOG, FAILURES = "log", "failures"


class Lines(logging.Handler):
    """Keeps the lines of a process's log, as they would be written down."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(self.format(record))


@dataclass
class Answers:
    """What a process tells of itself: its log, and how often its disk has not taken something."""

    pipe: Connection
    lines: Lines
    failures: int = 0

    def counting(self, failed: Callable[[], None]) -> Callable[[], None]:
        def count() -> None:
            self.failures += 1
            failed()

        return count

    def give(self) -> None:
        """Let the files of this process grow no further than is asked, as on a disk without room; or tell something."""
        asked = self.pipe.recv()
        if asked == LOG:
            self.pipe.send(self.lines.kept)
        elif asked == FAILURES:
            self.pipe.send(self.failures)
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, (asked, PLENTY))
            self.pipe.send(asked)


def _answers(pipe: Connection) -> Answers:
    logs.begin()
    lines = Lines()
    logging.getLogger().addHandler(lines)
    answers = Answers(pipe, lines)
    asyncio.get_running_loop().add_reader(pipe.fileno(), answers.give)
    return answers


def run_hub(pipe: Connection, settings: Settings) -> None:
    asyncio.run(_hub(pipe, settings))


async def _hub(pipe: Connection, settings: Settings) -> None:
    async with app.running(settings) as hub:
        await hub.is_open.wait()
        hub.database.failed = _answers(pipe).counting(hub.database.failed)
        pipe.send(hub.address)
        await asyncio.Event().wait()


def run_house(pipe: Connection, path: Path) -> None:
    asyncio.run(_house(pipe, path))


async def _house(pipe: Connection, path: Path) -> None:
    house = await House.open(path, machine_now)
    house.journal.failed = _answers(pipe).counting(house.journal.failed)
    await child._serve(pipe, house)


@dataclass
class Disks:
    """Where the pages are, and the processes by what fills up with them."""

    http: httpx.AsyncClient
    processes: dict[str, Child]
    devices: dict[str, Device]

    async def fill(self, which: str) -> None:
        for each in self._of(which):
            await each.ask_for(NOTHING)

    async def clear(self, which: str) -> None:
        for each in self._of(which):
            await each.ask_for(PLENTY)

    async def log(self) -> list[str]:
        """Return what both processes have logged."""
        return [line for each in self._of("both") for line in await each.tells(LOG)]

    async def failures(self, which: str) -> int:
        """Return how often each of these disks has not taken something, at least."""
        return min([int(await each.tells(FAILURES)) for each in self._of(which)])

    def _of(self, which: str) -> list["Growing"]:
        found = list(self.processes) if which == "both" else [which]
        return [Growing(self.processes[name]) for name in found]


@dataclass
class Growing:
    child: Child

    async def ask_for(self, size: int) -> None:
        assert await self.tells(size) == size

    async def tells(self, what: int | str) -> Any:
        self.child.pipe.send(what)
        return await self.child.hears()


@asynccontextmanager
async def on_disks(folder: Path) -> AsyncIterator[Disks]:
    """Run a demo prison with its house network in a process of its own, so that either disk can be full alone."""
    await new_hub(folder)
    house = await Child.start(run_house, folder / "house.db")
    address, token = await house.hears()
    settings = Settings(data=folder, port=0, demo=True, house_url=address, house_token=token)
    hub = await Child.start(run_hub, settings)
    try:
        await hub.hears()
        async with loopback.client(address, timeout=20) as http:
            chats = (await http.get("/client/chats")).raise_for_status().json()
            devices = {chat["title"]: Device(http, chat["id"]) for chat in chats}
            yield Disks(http, {"hub": hub, "house": house}, devices)
    finally:
        await hub.kill()
        await house.kill()
