"""A hub as `samtalelapp run` runs it, and browsers that join it with a code, as people's do."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from bot import app
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.files import OPENS
from bot.domain.staff.devices import Device as Listed
from bot.doorkeeper import Doorkeeper
from bot.running.parts import Running
from bot.usecases.staff import devices
from tests.hub import loopback
from tests.hub.whole_hub import UNSHOWN, Device, DoesNotShow, Rows, new_hub
from tests.patience import Looks

ANY = ("127.0.0.1", 0)


@dataclass(frozen=True, repr=False)  # whoever writes down what a fixture gave would write down all of it
class RealHub:
    """A running hub with its two doors, and whoever opens a browser at them."""

    running: Running
    clock: MovableClock
    browsers: AsyncExitStack

    @property
    def doorkeeper(self) -> Doorkeeper:
        """Return who lets people in."""
        assert self.running.doorkeeper
        return self.running.doorkeeper

    async def browser(self, door: str, **options: Any) -> httpx.AsyncClient:
        """Open a browser of its own, with no cookie yet, at the kiosks' or the staff's door."""
        address = self.running.kiosk_address if door == "kiosk" else self.running.address
        return await self.browsers.enter_async_context(loopback.client(address, timeout=10, **options))

    async def code(self, owner: str) -> str:
        """Make a device code, as a coordinator does."""
        async with self.running.turns.begin() as turn:
            invite = devices.invite_kiosk if owner.startswith("K-") else devices.invite_person
            return await invite(turn, owner)

    async def joined(self, owner: str, **options: Any) -> Device:
        """Return a browser that has joined as a kiosk or as somebody of the staff."""
        http = await self.browser("kiosk" if owner.startswith("K-") else "staff", **options)
        (await join(http, await self.code(owner))).raise_for_status()
        [chat] = (await http.get("/client/chats")).raise_for_status().json()
        assert chat["title"] == owner
        return Device(http, chat["id"])

    async def listed(self) -> list[Listed]:
        """Return the devices that are let in."""
        async with self.running.turns.begin() as turn:
            return await devices.every(turn)

    async def end(self, owner: str) -> None:
        """End the device of a kiosk or a person."""
        [device] = [each for each in await self.listed() if each.owner == owner]
        async with self.running.turns.begin() as turn:
            await devices.end(turn, device.id)

    async def rows(self, sql: str, **values: object) -> Rows:
        """Read the hub's database, between two turns."""
        async with self.running.database.reading() as tx:
            return [dict(row) for row in await tx.rows(sql, **values)]

    async def audit(self) -> list[tuple[str, str, str, str]]:
        """Return what the log says about devices: who, what, about whom, and how it went."""
        rows = await self.rows("SELECT actor, action, about, outcome FROM audit ORDER BY id")
        found = [(row["actor"], row["action"], row["about"], row["outcome"]) for row in rows]
        return [each for each in found if "device" in each[1] + each[2]]

    async def later(self, by: timedelta) -> None:
        """Let time pass, with everything that is due meanwhile."""
        await self.running.jobs.move_clock(self.clock, self.clock.now() + by)

    async def settled(self) -> None:
        """Wait until every update is done and every chat shows what it shall."""
        undone = "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'waiting') + COUNT(*) AS n FROM messages"
        house = self.running.house
        async for _ in Looks():
            if (house is None or not len(house.updates)) and not (await self.rows(f"{undone} WHERE {UNSHOWN}"))[0]["n"]:
                return
        raise DoesNotShow("the hub does not come to rest")


async def join(http: httpx.AsyncClient, code: str) -> httpx.Response:
    """Write a code in a browser."""
    return await http.post("/client/join", json={"code": code})


@asynccontextmanager
async def real_hub(data: Path, **settings: Any) -> AsyncIterator[RealHub]:
    """Run a hub in a folder as ``run`` does; only its clock stands, at the demo's day."""
    asked = Settings(data=data, **{"staff": ANY, "kiosks": ANY, **settings})
    if not asked.database.exists():
        await new_hub(data)
    clock = MovableClock(OPENS, lambda: OPENS)
    async with app.running(asked, clock) as running, AsyncExitStack() as browsers:
        yield RealHub(running, clock, browsers)
