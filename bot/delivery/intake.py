"""Receiving: what a network hands over is kept first and confirmed after, so that a crash loses nothing."""

import asyncio
import logging
import math
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery import growing
from bot.delivery.networks import POLL_SECONDS, READ_MARGIN, Carrier, Network
from bot.delivery.secrecy import NO_SECRETS, Secrecy
from bot.delivery.sending.outages import Outage
from bot.delivery.wire.troubles import silence_of
from bot.store import inbox, menus, networks, showing
from bot.store.database import Database, Transaction

log = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SHORTEST_POLL = 1.0
"""How many seconds lie between two polls that bring nothing new, on a server that does not wait until there is."""

POLL_AT_ONCE = 0
PLACE = {"message_id", "date", "chat", "from"}
STALLED_AFTER = POLL_SECONDS + 2 * READ_MARGIN


async def nothing() -> None:
    """Nothing else is to be done."""


def nobody_asks(_tx: Transaction, _network: str, _batch: Sequence[Mapping[str, Any]]) -> None:
    """Nobody knows what will be asked about a batch."""


@dataclass
class Intake:
    """The one loop that asks a network for updates.

    ``foresee`` says what will be asked about a batch as soon as it is kept.
    ``met`` and then ``opening`` are done once the network is there and before it is ``connected``, ``returned`` when it
    had been away.
    """

    network: Network
    database: Database
    clock: Clock
    arrived: Callable[[], None]
    connected: Callable[[], None]
    met: Callable[[], Awaitable[None]] = nothing
    secrecy: Secrecy = NO_SECRETS
    foresee: Callable[[Transaction, str, Sequence[Mapping[str, Any]]], None] = nobody_asks
    opening: Callable[[], Awaitable[None]] = nothing
    returned: Callable[[], Awaitable[None]] = nothing
    ready: bool = False
    brought_news: bool = False
    """Whether the last batch had something that was not here before: else a server may say the same for ever."""
    outage: Outage = field(init=False)
    _used: set[int] = field(default_factory=set)
    _highest: float = math.inf
    """No number above this one is kept: what comes under such a one has not been here before, and is not asked for."""

    def __post_init__(self) -> None:
        """Know nothing of the network yet."""
        self.outage = Outage(self.network.name, self.clock)

    @property
    def good_at(self) -> datetime | None:
        """When the network last answered as it should."""
        return self.outage.good_at

    async def run(self) -> None:
        """Connect, then fetch and keep for ever; a fault is waited out."""
        self.outage.begin()
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
                offset = await self._fetch_slowly(offset)
            except sqlite3.Error as error:
                # Our own disk is asked anew soon: as soon as there is room, what people pressed goes on.
                was_away = True
                self.database.trouble.note(error)
                await asyncio.sleep(FIRST_PAUSE)
            except (TelegramError, TimeoutError) as error:
                was_away = True
                self.outage.note(error)
                if isinstance(error, Conflict):
                    self.network.contest()
                await asyncio.sleep(_wait(error, pause))
                pause = growing.pause(pause, FIRST_PAUSE, LONGEST_PAUSE)
            else:
                # Between two conflicts there are good answers: whoever asks again at once takes the other's updates.
                pause = pause if self.network.is_contested else FIRST_PAUSE

    async def connect(self) -> None:
        """Find out whether the network is the one we knew, and say that it is there."""
        await meet(self.network, self.database)
        await self.met()
        async with self.database.reading() as tx:
            self._highest = await inbox.highest(tx, self.network.name)
        await self.opening()
        self.ready = True
        self.connected()

    async def catch_up(self) -> None:
        """Keep whatever waits at the network now; once it is kept, it is confirmed."""
        offset, highest = await self.fetch(None, POLL_AT_ONCE), -math.inf
        while offset is not None and (self.brought_news or offset > highest):
            highest = max(highest, offset)
            offset = await self.fetch(offset, POLL_AT_ONCE)

    async def _fetch_slowly(self, offset: int | None) -> int | None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        after = await self.fetch(offset)
        if not self.brought_news:
            await asyncio.sleep(max(SHORTEST_POLL - (loop.time() - began), 0))
        return after

    async def fetch(self, offset: int | None, seconds: int = POLL_SECONDS) -> int | None:
        """Wait so long for one batch and keep it; return the offset that will confirm it.

        A poll can stall without a word, so the wait has an end of its own: TimeoutError.
        """
        async with asyncio.timeout(STALLED_AFTER):
            batch = await self.network.updates(offset, seconds)
        self._note_answer()
        self.brought_news = False
        if not batch:
            return offset
        async with self.database.transaction() as tx:
            await self._keep(tx, [self.secrecy.told(lean(update)) for update in batch])
        self._highest = max(self._highest, *(each["update_id"] for each in batch))
        self.arrived()
        # Whoever handles them goes first; asking for more can wait so long.
        await asyncio.sleep(0)
        return int(batch[-1]["update_id"]) + 1

    def _note_answer(self) -> None:
        if self.network.is_contested:
            self.outage.pause()
        else:
            self.outage.end()

    async def _keep(self, tx: Transaction, batch: list[dict[str, Any]]) -> None:
        """Keep a batch, and say which numbers were used before: what came under them now is not handled."""
        numbers = [update["update_id"] for update in batch]
        maybe_used = [number for number in numbers if number <= self._highest]
        used = await inbox.known(tx, self.network.name, self.network.epoch, maybe_used) if maybe_used else set()
        self.brought_news = not used.issuperset(numbers)
        used |= {number for number in numbers if numbers.count(number) > 1}
        if news := used - self._used:
            text = "%s hands over %s updates under numbers that were used before, as %s: they are left out"
            log.warning(text, self.network.name, len(news), min(news))
        # As long as a server goes on with it, each number is told once.
        self._used = used | self._used if used else used
        passing = {update["update_id"] for update in batch if self.secrecy.passes(update)}
        await inbox.add(tx, self.network.name, self.network.epoch, batch, self.clock.now(), passing)
        self.foresee(tx, self.network.name, batch)


async def meet(network: Carrier, database: Database) -> None:
    """Connect to a network; where it starts afresh nothing counts as shown, and what a crash interrupted is doubted."""
    await network.connect()
    async with database.transaction() as tx:
        if await networks.epoch(tx, network.name) != network.epoch:
            await showing.forget_shown(tx, network.name)
            await menus.forget_shown(tx, network.name)
            await networks.save_epoch(tx, network.name, network.epoch)
    await doubt_interrupted(network, database)


async def doubt_interrupted(network: Carrier, database: Database) -> None:
    """Count every send that was under way when the sender stopped: nobody knows what became of it."""
    async with database.transaction() as tx:
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
        return silence_of(error)
    if isinstance(error, Conflict | NetworkError):
        return pause
    return LONGEST_PAUSE
