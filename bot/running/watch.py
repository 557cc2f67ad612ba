"""When something fails: the kiosks are covered in time, from memory, and come back when all is as it was."""

import asyncio
import json
import logging
import math
import sqlite3
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from telegram.error import TelegramError

from bot.delivery.networks import Network
from bot.delivery.turns import Turns
from bot.faults import place_of
from bot.store import facts, inbox, kiosks
from bot.store.kiosks import Screen
from bot.store.moments import to_text

log = logging.getLogger(__name__)

Left = tuple[str, float]
"""A kiosk that somebody has left, and since when, in seconds of the event loop."""

LOOK_SECONDS = 1.0
MARGIN = timedelta(seconds=3)
"""So long after its time a kiosk may still be locked by what is due."""

AGAIN_SECONDS = 30.0
"""A covered screen whose welcome is refused as well is written anew no more often than that."""

LOOKS = 3
"""So often a screen that somebody has left may be looked at without showing that: on a busy machine looks wait too."""


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
    _covered: set[str] = field(default_factory=set)
    _looks: dict[Left, int] = field(default_factory=dict)
    _awaited: dict[Left, Screen] = field(default_factory=dict)
    _locked: dict[str, float] = field(default_factory=dict)

    @classmethod
    async def of(
        cls,
        turns: Turns,
        house: Network,
        words: Callable[[str], str],
        lock: Callable[[Iterable[str]], Awaitable[None]],
    ) -> Self:
        """Return a watch that knows the screens before anybody is let in: later the database may not answer."""
        watch = cls(turns, house, words, lock)
        await watch._read()
        return watch

    def fails(self) -> None:
        """Learn that the disk did not take something."""
        if not self._failing:
            log.error("The disk takes nothing: the kiosks say so, and come back when it does")
        self._failing = self.holds = True
        self._trouble.set()

    async def cover(self) -> None:
        """Cover for ever what must be hidden, at once when something fails.

        From memory, and in a loop of its own: the database may be what does not answer.
        """
        while True:
            self._trouble.clear()
            try:
                await self._tell(cover=self._to_cover())
            except TelegramError as error:
                log.info("The kiosks are covered in a moment: %s", place_of(error))
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._trouble.wait()

    async def bring_back(self) -> None:
        """Take covers down for ever, when all is as it was."""
        while True:
            try:
                await self._look()
            except sqlite3.Error as error:
                self.turns.database.trouble.note(error)
            except TelegramError as error:
                log.info("The kiosks are looked at again in a moment: %s", place_of(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> None:
        await self._read()
        if self._failing:
            await self._try()
        if self.holds and await self._anything_waits():
            return
        self.holds = False
        if covered := await self._tell():
            await self._bring_back(covered)

    def _to_cover(self) -> list[int]:
        """Return the chats to cover: all when the disk fails, else those that were not locked, or emptied, in time."""
        self._looks = {left: self._looks.get(left, 0) + 1 for left in self.turns.left.items()}
        late = self._late()
        if new := late - self._covered:
            log.error("%s kiosks do not show in time what they should: they say that they do not work", len(new))
        self._covered = late
        return [each.chat_id for each in self._screens.values() if self._failing or each.kiosk in late]

    def _late(self) -> set[str]:
        """Return the kiosks that were not locked in time, and those that may still show who has left them."""
        now, left = self.turns.clock.now(), self.turns.left
        in_use = {kiosk for kiosk, at in self.turns.locks.items() if now >= at + MARGIN}
        not_emptied = {kiosk for (kiosk, at), times in self._looks.items() if left.get(kiosk) == at and times > LOOKS}
        return (in_use | not_emptied) & set(self._screens)

    async def _tell(self, *, cover: Collection[int] = (), lift: Collection[int] = ()) -> list[int]:
        """Cover chats, or take covers down; return what is covered now, by us or because the house cannot write."""
        words = {each.chat_id: self.words(each.language) for each in self._screens.values()}
        told = {"words": json.dumps(words), "cover": json.dumps(list(cover)), "lift": json.dumps(list(lift))}
        return list(await self.house.call("coverChats", **told))

    async def _read(self) -> None:
        async with self.turns.database.reading() as tx:
            self._screens = {each.kiosk: each for each in await kiosks.screens(tx, self.house.name)}
            self._forget_emptied()

    def _forget_emptied(self) -> None:
        """Be done with the kiosks that were left and show by now what they should have shown then, or later."""
        left = [each for each in self.turns.left.items() if each[0] in self._screens]
        awaited = {each: self._wanted_of(each) for each in left}
        self._awaited = {
            each: wants for each, wants in awaited.items() if self._screens[each[0]].shows < wants.revision
        }
        self.turns.left = dict(self._awaited.keys())

    def _wanted_of(self, left: Left) -> Screen:
        """Return what a screen is awaited to show; a message that was begun afresh since counts its own revisions."""
        now = self._screens[left[0]]
        known = self._awaited.get(left, now)
        return known if known.message == now.message else now

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
        if left := [each.kiosk for each in mine if not each.rests or self._is_to_write_anew(each)]:
            await self.lock(left)
            self._locked |= dict.fromkeys(left, asyncio.get_running_loop().time())
        ready = [each.chat_id for each in mine if each.rests and each.shown and each.kiosk not in self._late()]
        if ready and not self._failing:
            await self._tell(lift=ready)
            log.warning("%s kiosks are back", len(ready))
            # What has failed meanwhile is covered again at once.
            self._trouble.set()

    def _is_to_write_anew(self, screen: Screen) -> bool:
        """Say whether a screen would stay as it is: under a cover nobody can press, and so let it be written."""
        last = self._locked.get(screen.kiosk, -math.inf)
        return screen.stuck and last + AGAIN_SECONDS <= asyncio.get_running_loop().time()
