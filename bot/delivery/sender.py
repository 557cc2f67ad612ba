"""Making a network's chats look like the rows: who is next, how many at once, and what is written down of it."""

import asyncio
import logging
import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self

from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery.keeping import end_all
from bot.delivery.limits import SECOND
from bot.delivery.networks import Carrier
from bot.delivery.sending import pauses
from bot.delivery.sending.broadcasts import Behind
from bot.delivery.sending.carrying import Carrying, Failed, Fate, Result
from bot.delivery.sending.drawing import Draw, Drawing, NotDrawn
from bot.delivery.sending.going import Facts, who_goes
from bot.delivery.sending.pauses import Pauses
from bot.delivery.sending.settling import Settling
from bot.delivery.sending.silence import Silence, weigh
from bot.delivery.sending.underway import UnderWay, known, raise_unforeseen
from bot.delivery.turns import Turns
from bot.delivery.wire.troubles import silence_of
from bot.faults import place_of
from bot.store import outcomes, showing
from bot.store.database import Database, Transaction
from bot.store.showing import Message

log = logging.getLogger(__name__)

SETTLE_AFTER = 0.05
"""Broadcasts wait for each other for so long, so that their commits do not multiply."""


@dataclass
class Sender:
    """Carries one network's wanted messages out, one at a time to each chat, many chats at once.

    ``draw`` draws what a message carries, ``slowed`` counts how often the network found it too much.
    """

    network: Carrier
    database: Database
    clock: Clock
    draw: Draw
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    slowed: int = 0
    silence: Silence = field(init=False)
    _carrying: Carrying = field(init=False)
    _settling: Settling = field(init=False)
    _running: dict[int, UnderWay] = field(default_factory=dict)
    _behind: Behind = field(init=False)
    _pauses: Pauses = field(default_factory=Pauses)
    _look_at: float = 0
    _settle_at: float = math.inf

    def __post_init__(self) -> None:
        """Know how a single message is carried out, and how that is written down."""
        self.silence, self._settling = Silence(self.clock), Settling(self.network.name, self.clock)
        self._carrying, self._behind = Carrying(self.network, self.clock, Drawing(self.draw)), Behind(self.network)

    @property
    def doubts(self) -> int:
        """Return of how many sends nobody knows what became."""
        return self._settling.doubts

    @classmethod
    def of(cls, turns: Turns, network: Carrier, draw: Draw) -> Self:
        """Return the sender of one of a hub's networks, which weighs what is owed after a silence."""
        sender = cls(network, turns.database, turns.clock, draw)
        sender.silence.weigh = partial(weigh, turns, network.name)
        return sender

    def foresee(self, tx: Transaction, *, behind: bool = True) -> None:
        """Let what is looked for next go with the commit of whatever has been written for the network."""
        facts = self._facts()
        showing.foresee_urgent(tx, self.network.name, facts.enough, facts.aside, facts.failed)
        if behind:
            showing.foresee_behind(tx, self.network.name)

    async def run(self) -> None:
        """Send for ever."""
        if self.network.limits.per_second:
            # What went out just before a crash is not known here; the network has counted it.
            self.network.limits.obey(SECOND, _loop_time())
        try:
            while True:
                try:
                    await self._round()
                except sqlite3.Error as error:
                    self.database.trouble.note(error)
                    await asyncio.sleep(pauses.FIRST_PAUSE)
        finally:
            await end_all(each.task for each in self._running.values())
            self._running.clear()

    async def _round(self) -> None:
        woken = self.wake.is_set()
        self.wake.clear()
        self._behind.owed |= woken
        over = self._to_settle(woken)
        if woken and over and all(each.message.is_behind for each in over):
            # Not even the commit of what a broadcast has sent stands before an answer to a tap.
            await self._start_next(behind=False)
        # A press on what has just been shown may be on its way: what is shown is written before anything else is done.
        while self._to_settle(woken):
            async with self.database.transaction() as tx:
                over = [each for each in self._running.values() if each.is_over]
                await self._settling.settle(tx, known(over))
                self.foresee(tx, behind=self._behind.owed)
            self._settle_at = math.inf
            for each in over:
                del self._running[each.message.chat_id]
            raise_unforeseen(over)
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

    def _under_way(self) -> list[Message]:
        return [each.message for each in self._running.values()]

    async def _start_next(self, *, behind: bool = True) -> None:
        """Let go what may: answers and what is due first, then a few messages of broadcasts where there is room."""
        facts = self._facts()
        async with self.database.reading() as tx:
            self._behind.expect(tx)
            pending = await showing.urgent(tx, self.network.name, facts.enough, facts.aside, facts.failed)
            waits, behind_at = await self._behind.look(tx, facts, self._under_way()) if behind else (False, math.inf)
        limits, now = self.network.limits, _loop_time()
        going = who_goes(pending, facts, limits.room(now), now + limits.until_change(now))
        if (going.now or waits) and await self.silence.weigh_if_due():
            await self._start_next(behind=behind)
            return
        self._look_at = min(going.look_at, behind_at)
        for _ in going.now:
            limits.begin()
        new = [message for message in going.now if self._carrying.is_sent_anew(message)]
        self._start(message for message in going.now if message not in new)
        if new or waits:
            await self._start_new(new, facts, behind=waits)

    def _facts(self) -> Facts:
        """Return what stands in the way, all of it as of one moment."""
        return Facts.of(self._running, self._pauses, self.network.limits, _loop_time())

    async def _start_new(self, new: list[Message], facts: Facts, *, behind: bool) -> None:
        """Note that these are about to be sent, with a few of a broadcast, and let them go."""
        found: list[Message] = []
        try:
            async with self.database.transaction() as tx:
                if behind and (room := self._behind.room(self._under_way(), len(new))):
                    busy = facts.busy | set(self._running) | {message.chat_id for message in new}
                    found = await showing.behind(tx, self.network.name, room, busy, facts.aside)
                anew = [*new, *(each for each in found if self._carrying.is_sent_anew(each))]
                wanted = await outcomes.mark_sending(tx, anew)
        except BaseException:
            # Also where the sender is ended meanwhile, or by a fault of ours: it may be begun again.
            self._give_back(new)
            raise
        # What was changed or taken back while this waited does not go as it was; the rows say what does.
        late = [message for message in new if message.id not in wanted]
        self._give_back(late)
        if late:
            self._look_at = 0
        for _ in found:
            self.network.limits.begin(behind=True)
        self._start([*(message for message in new if message.id in wanted), *found])

    def _give_back(self, messages: Iterable[Message]) -> None:
        for _ in messages:
            self.network.limits.give_back()

    def _start(self, chosen: Iterable[Message]) -> None:
        for message in chosen:
            self._running[message.chat_id] = UnderWay(message, asyncio.create_task(self._carry_out(message)))

    async def _sleep(self) -> None:
        loop_time = _loop_time()
        woken = asyncio.ensure_future(self.wake.wait())
        going = [each.task for each in self._going()]
        if len(going) < len(self._running):
            self._settle_at = min(self._settle_at, loop_time + SETTLE_AFTER)
        until = min(self._look_at, self._settle_at)
        timeout = None if until == math.inf else max(until - loop_time, 0)
        try:
            await asyncio.wait({woken, *going}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    async def _carry_out(self, message: Message) -> Result:
        try:
            result: Result = await self._carrying.show(message)
        except (NotDrawn, TelegramError, AttributeError, KeyError, TypeError, ValueError) as error:
            # The chat library trips over an answer of the wrong shape: what became of the call is then unknown.
            result = self._paused(self._carrying.judge(message, error), error)
        except Exception as error:  # whatever it is: outside the house it ends nothing but this try
            result = self._tripped(message, error)
        finally:
            self.network.limits.end(message.chat_id, _loop_time(), behind=message.is_behind)
        self._note(message, result)
        return result

    def _tripped(self, message: Message, error: Exception) -> Result:
        """Let a message step aside at which our own side trips: the others of a network outside are to go on."""
        if isinstance(error, sqlite3.Error):
            # Where a message goes is read on the way, before anything leaves.
            self.database.trouble.note(error)
            return Failed(message, Fate.LATER, type(error).__name__, reached=False)
        if not self.network.leaves_house:
            raise error
        if (message.id, message.revision) not in self._pauses.failed():
            log.error("Message %s to %s trips the hub: %s", message.id, self.network.name, place_of(error))
        return self._carrying.judge(message, error)

    def _note(self, message: Message, result: Result) -> None:
        """Keep in mind what may be tried again, and when."""
        self.silence.lasts = isinstance(result, Failed) and result.fate in {Fate.LATER, Fate.DOUBT}
        if not self.silence.lasts or not isinstance(result, Failed):
            self._pauses.end(message)
        elif result.pause:
            self._pauses.rest(message.chat_id, result.pause, _loop_time())
        else:
            self._pauses.step_aside(message, _loop_time(), reached=result.reached, stranger=result.stranger)

    def _paused(self, result: Result, error: Exception) -> Result:
        """Add how long a network wants to be left in peace that says so."""
        if isinstance(result, Failed) and isinstance(error, RetryAfter):
            pause = silence_of(error)
            self.slowed += 1
            self.network.limits.obey(pause, _loop_time())
            return replace(result, pause=pause)
        return result


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
