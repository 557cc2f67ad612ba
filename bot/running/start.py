"""The order of a start: what was taken in is done, then every kiosk is locked and wiped, then the doors open."""

import asyncio
import json
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.delivery.dispatch import Dispatch
from bot.delivery.intake import Intake
from bot.delivery.networks import Network
from bot.delivery.secrecy import Secrecy
from bot.store import contents, inbox, kiosks, screens, showing
from bot.store.database import Database, Transaction
from bot.usecases.opening import HOUSE

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.02
LONGEST_WAIT = 60.0
"""For how many seconds kiosks may stay as they are at a start, with no message coming through, until that is told."""


async def forget_what_passed(tx: Transaction) -> None:
    """Be done with what was in the memory of the last run alone."""
    await inbox.drop_passed(tx)
    await kiosks.put_pads_away(tx)
    await contents.take_passed_away(tx)


async def take_in_late(dispatch: Dispatch, intake: Intake) -> None:
    """Fetch what a network kept while no hub was there, and let it count as late, whenever it is handled."""
    name = intake.network.name
    dispatch.late[name] = math.inf
    await intake.catch_up()
    async with intake.database.reading() as tx:
        dispatch.late[name] = await inbox.newest(tx, name)


async def when(ready: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Begin a work when something is so."""
    await ready.wait()
    await work()


async def if_set(ready: asyncio.Event, work: Callable[[], Awaitable[None]]) -> None:
    """Do a work only where something is so by now."""
    if ready.is_set():
        await work()


@dataclass
class Start:
    """Opens the house network's doors. ``lock`` writes what every chat shall show now, and first the locked kiosks.

    Before ``locked`` nothing is carried out on the house network, so that no page of somebody's is shown again to
    whoever stands there now. When the hub is ``broken``, the doors stay shut.
    """

    database: Database
    house: Network
    dispatch: Dispatch
    secrecy: Secrecy
    lock: Callable[[], Awaitable[None]]
    broken: asyncio.Event
    inside: bool
    """Whether the house is in this process: no way to it can be down, so that there is nothing to be waited out."""
    locked: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self, catch_up: Callable[[], Awaitable[None]]) -> None:
        """Do what waits, as who pressed it, lock and wipe, and let people in; ``catch_up`` fetches what waits."""
        if not self.locked.is_set():
            await self.house.call("closeDoors")
            await catch_up()
            async with self.database.transaction() as tx:
                await inbox.drop_passed(tx)
            await self.dispatch.catch_up()
            await self.lock()
            await self._wipe()
            self.locked.set()
        await self._let_in(ends=self.inside)

    async def reopen(self) -> None:
        """Let people in again at a house network that was away; what passed was in its memory alone."""
        async with self.database.transaction() as tx:
            await contents.show_passing_again(tx, HOUSE)
        self.dispatch.turns.written()
        await self._let_in()

    async def _wipe(self) -> None:
        """Let nothing stand in the house that no row knows of, and nothing at all at its kiosks."""
        async with self.database.transaction() as tx:
            await screens.forget_shown(tx, HOUSE)
            known = sorted(await showing.shown_on(tx, HOUSE))
        await self.house.call("keepMessages", messages=json.dumps(known))
        async with self.database.transaction() as tx:
            await showing.settle_doubts(tx, HOUSE)

    async def _let_in(self, *, ends: bool = False) -> None:
        """Open the doors when every kiosk is empty; TimeoutError where that comes to nothing and the start ``ends``."""
        loop, last, until = asyncio.get_running_loop(), 0, 0.0
        while waiting := await self._screens_wait():
            if self.broken.is_set():
                return
            if waiting != last:
                last, until = waiting, loop.time() + LONGEST_WAIT
            elif loop.time() > until:
                log.warning("The kiosks are not emptied yet, and the doors stay shut: %s messages wait", waiting)
                until = math.inf
                if ends:
                    raise TimeoutError
            await asyncio.sleep(LOOK_SECONDS)
        await self.house.call("openDoors", passing=self.secrecy.pattern)

    async def _screens_wait(self) -> int:
        async with self.database.reading() as tx:
            return await screens.wait(tx, HOUSE)
