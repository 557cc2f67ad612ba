"""A hub and its house network on disks that can be made full, and empty again, while they run."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

from bot import app
from bot.clock import machine_now
from bot.config import Settings
from bot.gateway.house import House
from tests.crash import child
from tests.crash.processes import Child
from tests.whole_hub import Device, new_hub

NOTHING, PLENTY = 0, resource.RLIM_INFINITY


def _let_grow(pipe: Connection) -> None:
    """Let the files of this process grow no further than is asked, as on a disk that has no more room."""
    size = pipe.recv()
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, PLENTY))
    pipe.send(size)


def run_hub(pipe: Connection, settings: Settings) -> None:
    asyncio.run(_hub(pipe, settings))


async def _hub(pipe: Connection, settings: Settings) -> None:
    async with app.running(settings) as hub:
        asyncio.get_running_loop().add_reader(pipe.fileno(), _let_grow, pipe)
        await hub.is_open.wait()
        pipe.send(hub.address)
        await asyncio.Event().wait()


def run_house(pipe: Connection, path: Path) -> None:
    asyncio.run(_house(pipe, path))


async def _house(pipe: Connection, path: Path) -> None:
    house = await House.open(path, machine_now)
    asyncio.get_running_loop().add_reader(pipe.fileno(), _let_grow, pipe)
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

    def _of(self, which: str) -> list["Growing"]:
        found = list(self.processes) if which == "both" else [which]
        return [Growing(self.processes[name]) for name in found]


@dataclass
class Growing:
    child: Child

    async def ask_for(self, size: int) -> None:
        self.child.pipe.send(size)
        assert await self.child.hears() == size


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
        async with httpx.AsyncClient(base_url=address, timeout=20) as http:
            chats = (await http.get("/client/chats")).raise_for_status().json()
            devices = {chat["title"]: Device(http, chat["id"]) for chat in chats}
            yield Disks(http, {"hub": hub, "house": house}, devices)
    finally:
        await hub.kill()
        await house.kill()
