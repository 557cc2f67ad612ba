"""Processes forked from one warm parent, so that a start costs little; started, asked, killed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Self

from bot.config import Settings
from tests.crash import child
from tests.hub.warm import WARM

LONGEST_START = 20.0


class Dead(Exception):
    """The process is gone."""


@dataclass
class Child:
    """One process and the pipe to it."""

    process: ForkServerProcess
    pipe: Connection

    @classmethod
    async def start(cls, run: Callable[..., None], *about: Any) -> Self:
        ours, theirs = WARM.Pipe()
        process = WARM.Process(target=run, args=(theirs, *about), daemon=True)
        await asyncio.to_thread(process.start)
        theirs.close()
        return cls(process, ours)

    async def hears(self) -> Any:
        """The next thing it says; Dead where it says nothing any more."""
        if not await asyncio.to_thread(self.pipe.poll, LONGEST_START):
            raise Dead("it says nothing")
        try:
            return self.pipe.recv()
        except (EOFError, ConnectionResetError) as end:
            raise Dead from end

    async def ask(self, what: str, about: Any = None) -> Any:
        try:
            self.pipe.send((what, about))
        except (BrokenPipeError, ConnectionResetError) as end:
            raise Dead from end
        return await self.hears()

    async def ended(self) -> None:
        """Wait until it is gone, however that comes about."""
        await asyncio.to_thread(self.process.join, LONGEST_START)

    async def kill(self) -> None:
        self.process.kill()
        await self.ended()
        assert self.process.exitcode == -9, self.process.exitcode
        self.pipe.close()
        self.process.close()


async def start_hub(settings: Settings) -> Child:
    """Start a hub; the first thing it says is its address, when its doors are open."""
    return await Child.start(child.run_hub, settings)


async def start_house(path: Path, more: range | None = None) -> tuple[Child, str, str]:
    """A house network in a process of its own: its process, its address and its bot's token.

    With ``more`` chats of staff it is as slow as Telegram, and tells on demand what it refused and who has the news.
    """
    house = await (Child.start(child.run_slow_house, path, more) if more else Child.start(child.run_house, path))
    address, token = await house.hears()
    return house, address, token
