"""Counting what turns have asked for: outside of every transaction, while all chats but the asking one go on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.delivery.keeping import end_all
from bot.store.keys import Keys
from bot.usecases.hashing import Hashes, Question

Place = tuple[str, int]
"""A chat: its network and its number there."""

Counting = asyncio.Task[bool | str]


@dataclass(frozen=True)
class _Asked:
    """What is counted for a chat, and the updates of it that wait for that: they keep their order."""

    counting: Counting
    updates: set[int]


@dataclass
class Hashing:
    """What is being counted, and what is known for an update until it is done. ``over`` is called after each count.

    It lives in memory alone, and so does every PIN in it: after a crash nothing of the update has happened.
    """

    keys: Keys
    over: Callable[[], None]
    _asked: dict[Place, _Asked] = field(default_factory=dict)
    _known: dict[int, dict[Question, Counting]] = field(default_factory=dict)

    def begin(self, update: int, place: Place, question: Question) -> None:
        """Count what an update needs; until it has had its turn again, its chat waits."""
        counting = asyncio.create_task(asyncio.to_thread(question.count, self.keys))
        counting.add_done_callback(lambda _: self.over())
        self._known.setdefault(update, {})[question] = counting
        self._asked[place] = _Asked(counting, {update})

    def waits(self, update: int, place: Place) -> bool:
        """Say whether an update has to wait because an earlier one of its chat does."""
        if place in self._asked:
            self._asked[place].updates.add(update)
        return place in self._asked

    def aside(self) -> set[int]:
        """Return the updates that wait now; where the count is over, they have their turn next."""
        self._asked = {place: each for place, each in self._asked.items() if not each.counting.done()}
        return self.to_be_aside()

    def to_be_aside(self) -> set[int]:
        """Return the updates that ``aside`` would; whoever only foresees it lets no chat go on before its turn."""
        return set().union(*(each.updates for each in self._asked.values() if not each.counting.done()))

    def known(self, update: int) -> Hashes:
        """Return what has been counted for an update."""
        return Hashes(self._known.get(update, {}))

    def forget(self, update: int) -> None:
        """Be done with an update."""
        self._known.pop(update, None)

    async def next_is_over(self) -> bool:
        """Wait until something is counted; False where nothing is."""
        counting = [each.counting for each in self._asked.values()]
        if counting:
            await asyncio.wait(counting, return_when=asyncio.FIRST_COMPLETED)
        return bool(counting)

    async def end(self) -> None:
        """End what is under way."""
        await end_all(each.counting for each in self._asked.values())
        self._asked.clear()
        self._known.clear()
