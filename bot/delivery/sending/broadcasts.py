"""What is told to many goes behind everything else: whether there is any, how much of it may go, and when."""

import asyncio
import math
from collections.abc import Collection
from dataclasses import dataclass

from bot.delivery.networks import Carrier
from bot.delivery.sending.going import PARALLEL, Facts
from bot.store import showing
from bot.store.database import Transaction
from bot.store.showing import Message

BEHIND_PARALLEL = 8
BEHIND_AT_ONCE = 4
BEHIND_EVERY = 0.1
TOGETHER = 0.015
"""Broadcasts go out a few at a time, so that their commits do not multiply; taps find the wire and the rows free."""


@dataclass
class Behind:
    """Where broadcasts stand on one network. ``owed`` says that there may be some; whoever writes rows sets it."""

    network: Carrier
    owed: bool = True
    _not_before: float = 0

    def expect(self, tx: Transaction) -> None:
        """Say that it will be asked for, where it may be owed."""
        if self.owed:
            showing.expect_behind(tx, self.network.name)

    async def look(self, tx: Transaction, facts: Facts, under_way: Collection[Message]) -> tuple[bool, float]:
        """Say whether a message of a broadcast may go, and when to look for one again.

        What stands in its chat's way is among the facts, or is urgent and goes itself: that has its own time.
        """
        if not self.owed:
            return False, math.inf
        if facts.now < self._not_before:
            return False, self._not_before
        if not self.room(under_way):
            return False, self._room_at(under_way)
        self.owed = await showing.any_behind(tx, self.network.name)
        waits = self.owed and bool(await showing.behind(tx, self.network.name, 1, facts.busy, facts.aside))
        at_once = waits and not self.network.limits.per_second
        self._not_before = 0 if at_once else facts.now + BEHIND_EVERY
        return waits, self._not_before if waits else math.inf

    def room(self, under_way: Collection[Message], others: int = 0) -> int:
        """Return how many may go now, with so many others about to go."""
        room = self.network.limits.room_behind(_loop_time())
        return int(max(min(room, BEHIND_AT_ONCE, _free(under_way, others)), 0))

    def _room_at(self, under_way: Collection[Message]) -> float:
        if _free(under_way) <= 0:
            return math.inf
        # What left together has its places back nearly together: one waits for the last of them.
        loop_time = _loop_time()
        return loop_time + self.network.limits.until_change(loop_time) + TOGETHER


def _free(under_way: Collection[Message], others: int = 0) -> int:
    behind = sum(message.is_behind for message in under_way)
    return min(BEHIND_PARALLEL - behind, PARALLEL - len(under_way) - others)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
