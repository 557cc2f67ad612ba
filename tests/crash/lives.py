"""One life of a hub after the other, alone or with its house network in another process, and each ends in a kill."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from bot.config import Settings
from tests.crash.processes import Child, start_house, start_hub
from tests.hub import loopback
from tests.hub.whole_hub import Device

TOGETHER, APART = "in one process", "in two processes"
TOPOLOGIES = (TOGETHER, APART)


@dataclass
class Life:
    """A hub that lives, and what is used to use it."""

    settings: Settings
    hub: Child
    house: Child | None
    http: httpx.AsyncClient

    def device(self, chat: int) -> Device:
        return Device(self.http, chat)

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        return list(await self.hub.ask("rows", sql))

    async def start_again(self) -> None:
        """Kill the hub alone, and start it with the house network that has lived on."""
        await self.hub.kill()
        self.hub = await start_hub(self.settings)
        await self.hub.hears()

    async def kill(self) -> None:
        """Kill whatever lives of it."""
        for child in (self.hub, self.house):
            if child and child.process.is_alive():
                child.process.kill()
                await child.ended()


@asynccontextmanager
async def life(settings: Settings, topology: str, path: Path) -> AsyncIterator[Life]:
    """Start everything, wait until people are let in, and kill it all at the end."""
    house, url = None, ""
    if topology == APART:
        house, url, token = await start_house(path)
        settings = replace(settings, house_url=url, house_token=token)
    hub = await start_hub(settings)
    address = await hub.hears()
    async with loopback.client(url or address) as http:
        living = Life(settings, hub, house, http)
        try:
            yield living
        finally:
            await living.kill()
