"""Making a network's chats look like the rows: who is next, how many at once, and what is written down of it."""

import asyncio
import logging
import math
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery.carrying import Carrying, Failed, Fate, Result
from bot.delivery.keeping import end_all
from bot.delivery.limits import SECOND
from bot.delivery.networks import Carrier
from bot.store import accounts as accounts_rows
from bot.store import broadcasts, showing
from bot.store.database import Database, Transaction
from bot.store.showing import Message, Shown
from bot.usecases import accounts

log = logging.getLogger(__name__)

PARALLEL = 32
BEHIND_PARALLEL = 8
BEHIND_AT_ONCE = 4
BEHIND_EVERY = 0.1
SETTLE_AFTER = 0.05
TOGETHER = 0.015
"""Broadcasts go out a few at a time, so that their commits do not multiply; taps find the wire and the rows free."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A message that is being carried out, and by what."""

    message: Message
    task: asyncio.Task[Result]

    @property
    def is_over(self) -> bool:
        """Say whether the network has answered, or never will."""
        return self.task.done()


@dataclass
class Sender:
    """Carries one network's wanted messages out, one at a time to each chat, many chats at once.

    ``doubts`` counts the sends of which nobody knows what became, ``slowed`` how often the network found it too much.
    """

    network: Carrier
    database: Database
    clock: Clock
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    doubts: int = 0
    slowed: int = 0
    _carrying: Carrying = field(init=False)
    _running: dict[int, UnderWay] = field(default_factory=dict)
    _not_before: dict[int, float] = field(default_factory=dict)
    _pauses: dict[int, float] = field(default_factory=dict)
    _room_at: float = math.inf
    _behind_waits: bool = True
    _behind_from: float = 0
    _settle_at: float = math.inf

    def __post_init__(self) -> None:
        """Know how a single message is carried out."""
        self._carrying = Carrying(self.network, self.clock)

    async def run(self) -> None:
        """Send for ever."""
        if self.network.limits.per_second:
            # What went out just before a crash is not known here; the network has counted it.
            self.network.limits.obey(SECOND, _loop_time())
        try:
            while True:
                try:
                    await self._round()
                except sqlite3.Error:
                    log.exception("The database does not take what was sent; trying again in a moment")
                    await asyncio.sleep(FIRST_PAUSE)
        finally:
            await end_all(each.task for each in self._running.values())
            self._running.clear()

    async def _round(self) -> None:
        woken = self.wake.is_set()
        self.wake.clear()
        self._behind_waits |= woken
        over = self._to_settle(woken)
        if woken and over and all(each.message.is_behind for each in over):
            # Not even the commit of what a broadcast has sent stands before an answer to a tap.
            await self._start_next(behind=False)
        # A press on what has just been shown may be on its way: what is shown is written before anything else is done.
        while self._to_settle(woken):
            async with self.database.transaction() as tx:
                over = [each for each in self._running.values() if each.is_over]
                await self._settle(tx, over)
            self._settle_at = math.inf
            for each in over:
                del self._running[each.message.chat_id]
        await self._start_next()
        await self._sleep()

    def _to_settle(self, woken: bool) -> list[UnderWay]:
        """Return what is over; broadcasts wait for each other for a moment, but for no tap."""
        over = [each for each in self._running.values() if each.is_over]
        last = not any(each.message.is_behind for each in self._going())
        ripe = woken or last or self._settle_at <= _loop_time()
        return over if ripe or any(not each.message.is_behind for each in over) else []

    def _going(self) -> list[UnderWay]:
        return [each for each in self._running.values() if not each.is_over]

    async def _start_next(self, *, behind: bool = True) -> None:
        """Let go what may: answers and what is due first, then a few messages of broadcasts where there is room."""
        look, busy = behind and self._may_look_behind(), self._busy()
        async with self.database.reading() as tx:
            pending = await showing.urgent(tx, self.network.name, len(busy) + PARALLEL)
            waits = look and bool(await showing.behind(tx, self.network.name, 1, busy))
        if look:
            self._note_look(waits, bool(busy))
        chosen = self._with_room([message for message in pending if message.chat_id not in busy])
        new = [message for message in chosen if self._carrying.is_sent_anew(message)]
        self._start(message for message in chosen if message not in new)
        if new or waits:
            await self._start_new(new, behind=waits)

    async def _start_new(self, new: list[Message], *, behind: bool) -> None:
        """Note that these are about to be sent, with a few of a broadcast, and let them go."""
        found: list[Message] = []
        try:
            async with self.database.transaction() as tx:
                if behind and (room := self._room_behind(len(new))):
                    busy = self._busy() | {message.chat_id for message in new}
                    found = await showing.behind(tx, self.network.name, room, busy)
                await showing.mark_sending(tx, [*new, *(each for each in found if self._carrying.is_sent_anew(each))])
        except sqlite3.Error:
            for _ in new:
                self.network.limits.give_back()
            raise
        for _ in found:
            self.network.limits.begin(behind=True)
        self._start([*new, *found])

    def _busy(self) -> set[int]:
        loop_time = _loop_time()
        waiting = {chat for chat, when in self._not_before.items() if when > loop_time}
        return {*self._running, *waiting, *self.network.limits.crowded(loop_time)}

    def _may_look_behind(self) -> bool:
        return self._behind_waits and _loop_time() >= self._behind_from and self._room_behind() > 0

    def _room_behind(self, others: int = 0) -> int:
        """Return how many messages of broadcasts may go now, with so many others about to go."""
        under_way = sum(each.message.is_behind for each in self._running.values())
        free = min(BEHIND_PARALLEL - under_way, PARALLEL - len(self._running) - others)
        return int(max(min(self.network.limits.room_behind(_loop_time()), BEHIND_AT_ONCE, free), 0))

    def _note_look(self, waits: bool, busy: bool) -> None:
        self._behind_waits = waits or busy
        at_once = waits and not self.network.limits.per_second
        self._behind_from = 0 if at_once else _loop_time() + BEHIND_EVERY

    def _with_room(self, free: list[Message]) -> list[Message]:
        """Return what may go now, and note when the rest may."""
        self._room_at = math.inf
        chosen: list[Message] = []
        for message in free[: max(PARALLEL - len(self._running), 0)]:
            loop_time = _loop_time()
            if wait := self.network.limits.wait_for(message.chat_id, loop_time):
                self._room_at = min(self._room_at, loop_time + wait)
                continue
            self.network.limits.begin()
            chosen.append(message)
        return chosen

    def _start(self, chosen: Iterable[Message]) -> None:
        for message in chosen:
            self._running[message.chat_id] = UnderWay(message, asyncio.create_task(self._carry_out(message)))

    async def _sleep(self) -> None:
        loop_time = _loop_time()
        self._not_before = {chat: when for chat, when in self._not_before.items() if when > loop_time}
        woken = asyncio.ensure_future(self.wake.wait())
        going = [each.task for each in self._going()]
        if len(going) < len(self._running):
            self._settle_at = min(self._settle_at, loop_time + SETTLE_AFTER)
        until = min(self._next_look(loop_time), self._settle_at) - loop_time
        timeout = None if until == math.inf else max(until, 0)
        try:
            await asyncio.wait({woken, *going}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    def _next_look(self, loop_time: float) -> float:
        """Return when something may go that may not go now."""
        limits = self.network.limits
        crowded = [loop_time + wait for wait in limits.crowded(loop_time).values()]
        behind = math.inf
        if self._behind_waits:
            room = limits.room_behind(loop_time)
            # What left together has its places back nearly together: one waits for the last of them.
            free_at = loop_time if room >= 1 else loop_time + limits.until_change(loop_time) + TOGETHER
            behind = max(self._behind_from, free_at)
        return min(*self._not_before.values(), *crowded, self._room_at, behind, math.inf)

    async def _settle(self, tx: Transaction, over: list[UnderWay]) -> None:
        results = {each.message.chat_id: each.task.result() for each in over}
        shown = [result for result in results.values() if isinstance(result, Shown)]
        if shown:
            await showing.mark_shown(tx, shown)
        await broadcasts.mark_shown(tx, [each.message for each in over if _was_seen(each)], self.clock.now())
        for result in results.values():
            if isinstance(result, Failed):
                await self._settle_failed(tx, result)
        await self._settle_reach(tx, results)

    async def _settle_reach(self, tx: Transaction, results: Mapping[int, Result]) -> None:
        """Note which chats take no messages any more, and which do again; only what was sent anew proves that."""
        for chat in [chat for chat, each in results.items() if isinstance(each, Failed) and each.fate is Fate.AWAY]:
            await accounts.lose(tx, self.network.name, chat, self.clock.now())
        sent = {chat for chat, each in results.items() if isinstance(each, Shown) and each.sent_at}
        for chat in sent & await accounts_rows.all_away(tx, self.network.name) if sent else ():
            await accounts.regain(tx, self.network.name, chat, self.clock.now())

    async def _settle_failed(self, tx: Transaction, failed: Failed) -> None:
        chat = failed.message.chat_id
        if failed.fate in {Fate.REFUSED, Fate.AWAY}:
            log.warning("%s refuses message %s: %s", self.network.name, failed.message.id, failed.why)
            await showing.mark_fault(tx, failed.message, failed.why)
            return
        if failed.fate is Fate.DOUBT:
            self.doubts += 1
            await showing.mark_doubt(tx, failed.message)
        else:
            await showing.mark_not_sent(tx, failed.message)
        pause = failed.pause or min(self._pauses.get(chat, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
        self._pauses[chat] = pause
        self._not_before[chat] = _loop_time() + pause

    async def _carry_out(self, message: Message) -> Result:
        try:
            shown = await self._carrying.show(message)
        except (TelegramError, AttributeError, KeyError, TypeError, ValueError) as error:
            # The chat library trips over an answer of the wrong shape: what became of the call is then unknown.
            return self._paused(self._carrying.judge(message, error), error)
        finally:
            self.network.limits.end(message.chat_id, _loop_time(), behind=message.is_behind)
        self._pauses.pop(message.chat_id, None)
        return shown

    def _paused(self, result: Result, error: Exception) -> Result:
        """Add how long a network wants to be left in peace that says so, or that does not know us."""
        if isinstance(result, Failed) and isinstance(error, RetryAfter):
            pause = float(error._retry_after.total_seconds())
            self.slowed += 1
            self.network.limits.obey(pause, _loop_time())
            return replace(result, pause=pause)
        if isinstance(result, Failed) and isinstance(error, InvalidToken):
            return replace(result, pause=LONGEST_PAUSE)
        return result


def _loop_time() -> float:
    return asyncio.get_running_loop().time()


def _was_seen(each: UnderWay) -> bool:
    """Say whether a chat shows a message now, and with it the broadcasts that it brings."""
    result, message = each.task.result(), each.message
    return isinstance(result, Shown) and result.revision == message.revision and result.message_id is not None
