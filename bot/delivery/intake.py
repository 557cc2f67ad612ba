"""Receiving: what a network hands over is kept first and confirmed after, so that a crash loses nothing."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery.networks import POLL_SECONDS, READ_MARGIN, Carrier, Network
from bot.delivery.secrecy import NO_SECRETS, Secrecy
from bot.store import inbox, menus, networks, showing
from bot.store.database import Database

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
CRY_OUT_AFTER = timedelta(hours=12)
POLL_AT_ONCE = 0
PLACE = {"message_id", "date", "chat", "from"}
STALLED_AFTER = POLL_SECONDS + 2 * READ_MARGIN


async def nothing() -> None:
    """Nothing else is to be done."""


@dataclass
class Intake:
    """The one loop that asks a network for updates. ``good_at`` is when it last got an answer (for the watchdog).

    ``opening`` is done once the network is there and before it is ``connected``, ``returned`` when it had been away.
    """

    network: Network
    database: Database
    clock: Clock
    arrived: Callable[[], None]
    connected: Callable[[], None]
    good_at: datetime | None = None
    secrecy: Secrecy = NO_SECRETS
    opening: Callable[[], Awaitable[None]] = nothing
    returned: Callable[[], Awaitable[None]] = nothing
    ready: bool = False

    async def run(self) -> None:
        """Connect, then fetch and keep for ever; a fault is waited out."""
        self.good_at = self.clock.now()
        pause = FIRST_PAUSE
        was_away = False
        offset: int | None = None
        while True:
            try:
                if not self.ready:
                    await self.connect()
                elif was_away:
                    await self.returned()
                was_away = False
                offset = await self.fetch(offset)
                pause = FIRST_PAUSE
            except (TelegramError, sqlite3.Error, TimeoutError) as error:
                was_away = True
                self._watch(error)
                await asyncio.sleep(_wait(error, pause))
                pause = min(pause * 2, LONGEST_PAUSE)

    def _watch(self, error: Exception) -> None:
        """Say for how long the network has been silent; Telegram forgets after a day, so cry out in time."""
        silent = self.clock.now() - (self.good_at or self.clock.now())
        level = logging.CRITICAL if silent >= CRY_OUT_AFTER else logging.WARNING
        log.log(level, "No updates from %s for %s: %s", self.network.name, silent, type(error).__name__)

    async def connect(self) -> None:
        """Find out whether the network is the one we knew, and say that it is there."""
        await meet(self.network, self.database)
        await self.opening()
        self.ready = True
        self.connected()

    async def catch_up(self) -> None:
        """Keep whatever waits at the network now; once it is kept, it is confirmed."""
        offset, before = await self.fetch(None, POLL_AT_ONCE), None
        while offset != before:
            before, offset = offset, await self.fetch(offset, POLL_AT_ONCE)

    async def fetch(self, offset: int | None, seconds: int = POLL_SECONDS) -> int | None:
        """Wait so long for one batch and keep it; return the offset that will confirm it.

        A poll can stall without a word, so the wait has an end of its own: TimeoutError.
        """
        async with asyncio.timeout(STALLED_AFTER):
            batch = await self.network.updates(offset, seconds)
        self.good_at = self.clock.now()
        if not batch:
            return offset
        async with self.database.transaction() as tx:
            kept = [self.secrecy.told(lean(update)) for update in batch]
            passing = {update["update_id"] for update in kept if self.secrecy.passes(update)}
            await inbox.add(tx, self.network.name, self.network.epoch, kept, self.clock.now(), passing)
        self.arrived()
        return int(batch[-1]["update_id"]) + 1


async def meet(network: Carrier, database: Database) -> None:
    """Connect to a network; where it starts afresh nothing counts as shown, and what a crash interrupted is doubted."""
    await network.connect()
    async with database.transaction() as tx:
        if await networks.epoch(tx, network.name) != network.epoch:
            await showing.forget_shown(tx, network.name)
            await menus.forget_shown(tx, network.name)
            await networks.save_epoch(tx, network.name, network.epoch)
        doubts = await showing.doubt_interrupted(tx, network.name)
    if doubts:
        log.warning("%s sends on %s were interrupted and are repeated", doubts, network.name)


def lean(update: dict[str, Any]) -> dict[str, Any]:
    """Keep of a pressed message where it stands and not what it says: that is in our own rows, and nobody's to copy."""
    query = update.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if not isinstance(query, dict) or not isinstance(message, dict):
        return update
    return update | {"callback_query": query | {"message": {name: message[name] for name in PLACE & set(message)}}}


def _wait(error: Exception, pause: float) -> float:
    if isinstance(error, RetryAfter):
        return float(error._retry_after.total_seconds())
    if isinstance(error, Conflict | NetworkError):
        return pause
    return LONGEST_PAUSE
