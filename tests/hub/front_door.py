"""The front door as people open it: a command in a process of its own, and a hub that it has started."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.hub import loopback
from tests.hub.devices import join
from tests.hub.forked import NO_END, Asked, Forked
from tests.hub.whole_hub import Device

PATIENCE = 90.0
STOPS_WITHIN, TRIES = 2.0, 3
ANY_PORT = {"demo": ["--port", "0"], "run": ["--staff", "127.0.0.1:0", "--kiosks", "127.0.0.1:0"]}


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    complaint: str


async def started(*arguments: str | Path, **environment: str) -> Forked:
    return await started_with_room_for(NO_END, *arguments, **environment)


async def started_with_room_for(size: int, *arguments: str | Path, **environment: str) -> Forked:
    """Begin a command where no file may grow beyond so many bytes, as on a disk that is nearly full."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("SAMTALELAPP_")}
    return await Forked.begin(Asked([*map(str, arguments)], known | environment, size))


async def said(process: Forked) -> Said:
    try:
        out, complaint = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode is not None
    return Said(process.returncode, out.decode(), complaint.decode())


async def run(*arguments: str | Path, **environment: str) -> Said:
    return await said(await started(*arguments, **environment))


async def addresses_of(process: Forked) -> list[str]:
    while line := (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode():
        if found := re.findall(r"https?://[^\s,]+", line):
            return [str(each) for each in found]
    raise AssertionError((await said(process)).complaint)


@dataclass
class Open:
    """A hub that a command has opened."""

    process: Forked
    addresses: list[str]
    http: httpx.AsyncClient
    more: AsyncExitStack
    ended: Said | None = None
    seconds: float = 0

    async def device(self, title: str) -> Device:
        chats = (await self.http.get("/client/chats")).raise_for_status().json()
        return Device(self.http, next(chat["id"] for chat in chats if chat["title"] == title))

    async def kiosk(self, code: str) -> Device:
        """Open a browser at the kiosks' door and join with this code."""
        http = await self.more.enter_async_context(loopback.client(self.addresses[1], timeout=PATIENCE))
        (await join(http, code)).raise_for_status()
        return Device(http, (await http.get("/client/chats")).json()[0]["id"])

    async def interrupt(self) -> Said:
        """Press Ctrl-C; note how long it took."""
        before = asyncio.get_running_loop().time()
        self.process.send_signal(signal.SIGINT)
        self.ended = await said(self.process)
        self.seconds = asyncio.get_running_loop().time() - before
        return self.ended


@asynccontextmanager
async def opened(*arguments: str | Path, **environment: str) -> AsyncIterator[Open]:
    process = await started(*arguments, *ANY_PORT[str(arguments[0])], **environment)
    try:
        addresses = await addresses_of(process)
        async with loopback.client(addresses[0], timeout=PATIENCE) as http, AsyncExitStack() as more:
            yield Open(process, addresses, http, more)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def stops_soon(hub: Open, *arguments: str | Path, **environment: str) -> bool:
    """Say whether a hub that was interrupted ended in time; a busy machine is slow once, and a slow end always."""
    seconds = [hub.seconds]
    while min(seconds) >= STOPS_WITHIN and len(seconds) < TRIES:
        async with opened(*arguments, **environment) as again:
            await again.interrupt()
        seconds.append(again.seconds)
    return min(seconds) < STOPS_WITHIN


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
