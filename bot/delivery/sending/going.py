"""Who goes now, and when to look again: both from the same facts, so that nobody sleeps while something may go."""

import math
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

from bot.delivery.limits import Limits
from bot.delivery.sending.pauses import Pauses
from bot.store.showing import Message, Place

PARALLEL = 32
"""How many messages may be under way at once, each to another chat."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in the way at one moment, in seconds of the event loop.

    ``running`` chats have a message under way, ``resting`` ones take none until a time; ``aside`` are the messages that
    may be tried again at a time; so many ``slots`` are left for messages under way. What has ``failed`` comes last in
    its chat.
    """

    now: float
    running: AbstractSet[int]
    resting: Mapping[int, float]
    aside: Mapping[Place, float]
    slots: int
    failed: AbstractSet[Place] = frozenset()

    @classmethod
    def of(cls, running: Collection[int], pauses: Pauses, limits: Limits, now: float) -> Self:
        """Return what stands in the way of a network now; ``running`` are the chats with a message under way."""
        pauses.forget_over(now)
        crowded = {chat: now + wait for chat, wait in limits.crowded(now).items()}
        left_in_peace = pauses.of_chats(now)
        resting = {chat: max(crowded.get(chat, 0), left_in_peace.get(chat, 0)) for chat in crowded | left_in_peace}
        slots = max(PARALLEL - len(running), 0)
        return cls(now, frozenset(running), resting, pauses.of_messages(now), slots, pauses.failed())

    @property
    def busy(self) -> set[int]:
        """Return the chats to which nothing may go now."""
        return {*self.running, *self.resting}

    @property
    def enough(self) -> int:
        """Return for how many chats to look: as many as are busy and may be under way together, in round numbers."""
        return PARALLEL * (len(self.busy) // PARALLEL + 2)

    @property
    def ends(self) -> float:
        """Return when the first thing that stands in the way does so no more; what is under way says so itself."""
        return min(*self.resting.values(), *self.aside.values(), math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class Going:
    """What goes now, and the time at which something else may; a time that is over means at once."""

    now: tuple[Message, ...]
    look_at: float


def who_goes(pending: Sequence[Message], facts: Facts, places: float, places_at: float) -> Going:
    """Choose from each chat's first message, in their order.

    ``pending`` was looked up under the same facts: without what stands aside, and for as many chats as are busy and may
    be under way together. The network takes so many ``places`` now, and more at ``places_at``.

    While anything of it is owed and nothing is under way, the time to look again is never infinite.
    """
    busy = facts.busy
    free = [message for message in pending if message.chat_id not in busy]
    chosen = free[: int(min(facts.slots, places, len(free)))]
    waits_for_place = len(chosen) < min(len(free), facts.slots)
    return Going(tuple(chosen), min(facts.ends, places_at if waits_for_place else math.inf))
