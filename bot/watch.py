"""When the disk fails: the kiosks are covered at once, from memory, and come back when all is as it was."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from telegram.error import TelegramError

from bot.delivery.networks import Network
from bot.delivery.turns import Turns
from bot.faults import place_of
from bot.store import facts, inbox, kiosks
from bot.store.kiosks import Screen
from bot.store.moments import to_text

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
MARGIN = timedelta(seconds=3)
"""So long after its time a kiosk may still be locked by what is due."""


@dataclass
class Watch:
    """Covers kiosks of the house network that cannot be emptied, and takes the covers down when they are locked.

    ``words`` says what stands on a kiosk's cover in its language, ``lock`` locks kiosks in a turn of its own.
    ``holds`` says that what is due must wait: until the disk takes something again, and what people pressed before
    has been done.
    """

    turns: Turns
    house: Network
    words: Callable[[str], str]
    lock: Callable[[Iterable[str]], Awaitable[None]]
    holds: bool = False
    _failing: bool = False
    _trouble: asyncio.Event = field(default_factory=asyncio.Event)
    _screens: dict[str, Screen] = field(default_factory=dict)

    def fails(self) -> None:
        """Learn that the disk did not take something."""
        if not self._failing:
            log.error("The disk takes nothing: the kiosks say so, and come back when it does")
        self._failing = self.holds = True
        self._trouble.set()

    async def run(self) -> None:
        """Look for ever, at once when something fails."""
        while True:
            try:
                await self._look()
            except sqlite3.Error as error:
                self.turns.database.trouble.note(error)
            except TelegramError as error:
                log.info("The kiosks are looked at again in a moment: %s", place_of(error))
            self._trouble.clear()
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._trouble.wait()
            except TimeoutError:
                continue

    async def _look(self) -> None:
        if not self._screens:
            await self._read()
        # From memory, and before the database is asked anything: it may be what does not answer.
        covered = await self._tell(cover=self._down())
        await self._read()
        if self._failing:
            await self._try()
        if self.holds and await self._anything_waits():
            return
        self.holds = False
        if covered:
            await self._bring_back(covered)

    def _down(self) -> list[int]:
        """Return the chats that must be covered: all when the disk fails, else those that were not locked in time."""
        now = self.turns.clock.now()
        late = {kiosk for kiosk, at in self.turns.locks.items() if now >= at + MARGIN}
        return [each.chat_id for each in self._screens.values() if self._failing or each.kiosk in late]

    async def _tell(self, *, cover: Collection[int] = (), lift: Collection[int] = ()) -> list[int]:
        """Cover chats, or take covers down; return what is covered now, by us or because the house cannot write."""
        words = {each.chat_id: self.words(each.language) for each in self._screens.values()}
        told = {"words": json.dumps(words), "cover": json.dumps(list(cover)), "lift": json.dumps(list(lift))}
        return list(await self.house.call("coverChats", **told))

    async def _read(self) -> None:
        async with self.turns.database.reading() as tx:
            self._screens = {each.kiosk: each for each in await kiosks.screens(tx, self.house.name)}

    async def _try(self) -> None:
        """Find out whether the disk takes something again."""
        async with self.turns.database.transaction() as tx:
            await facts.put(tx, "tried", to_text(self.turns.clock.now()))
        self._failing = False

    async def _anything_waits(self) -> bool:
        """Say whether something that was pressed has still to be done, by who pressed it."""
        waiting = await self.house.call("getWebhookInfo")
        async with self.turns.database.reading() as tx:
            return bool(waiting["pending_update_count"]) or bool(await inbox.waiting(tx, 1))

    async def _bring_back(self, covered: Collection[int]) -> None:
        mine = [each for each in self._screens.values() if each.chat_id in covered]
        if left := [each.kiosk for each in mine if not each.rests]:
            await self.lock(left)
        if ready := [each.chat_id for each in mine if each.rests and each.shown]:
            await self._tell(lift=ready)
            log.warning("%s kiosks are back", len(ready))
