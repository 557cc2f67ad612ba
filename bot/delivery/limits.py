"""How fast a network lets a bot speak: so many messages a second in all, and one a second to each chat.

Nothing is reserved ahead: what may go is decided when it is about to go, so that an answer to a tap never stands behind
something that was promised a place before it. A place counts from when a message leaves until a second after it has
been answered. The network sees it at some moment between the two, and so never more than it takes in any second,
however long the way there and back is.
"""

import math
from collections import Counter, deque
from dataclasses import dataclass, field

SECOND = 1.0
KEPT_FREE = 1
"""Places that broadcasts leave to answers while somebody presses; the first one waits until a place is free again."""

TRICKLE = 2
"""How many messages a second broadcasts get at least, as long as a quarter of the places is free."""

QUIET = 0.75

TAPS_GROW = 1.5
"""Broadcasts leave room for as many answers as the last second had, and half as many more."""


@dataclass
class Limits:
    """A network's pace. ``per_second`` 0 means that there is none; times are seconds of the event loop."""

    per_second: int = 0
    per_chat: float = 0
    chat_burst: int = 3
    _under_way: Counter[bool] = field(default_factory=Counter)
    _answered: deque[tuple[float, bool]] = field(default_factory=deque)
    _chats: dict[int, float] = field(default_factory=dict)
    _silent_until: float = 0

    def wait_for(self, chat_id: int, loop_time: float) -> float:
        """Return after how many seconds to look whether a message may go to this chat; 0: now."""
        chat = self._chats.get(chat_id, 0) - self._ahead() - loop_time
        return max(self.silence_left(loop_time), self._until_room(loop_time), chat, 0)

    def crowded(self, loop_time: float) -> dict[int, float]:
        """Return the chats that have had their burst, and for how many seconds they take nothing."""
        self._chats = {chat: until for chat, until in self._chats.items() if until > loop_time}
        waits = {chat: until - self._ahead() - loop_time for chat, until in self._chats.items()}
        return {chat: wait for chat, wait in waits.items() if wait > 0}

    def room_behind(self, loop_time: float) -> float:
        """Return how many messages of broadcasts may go now; infinity where there is no pace."""
        if self.silence_left(loop_time):
            return 0
        if not self.per_second:
            return math.inf
        broadcast, taps = self._taken(loop_time, True), self._taken(loop_time, False)
        most = max(self.per_second - (KEPT_FREE if taps else 0), 1)
        trickle = min(TRICKLE, int(QUIET * self.per_second) - taps)
        share = min(max(most - math.ceil(TAPS_GROW * taps), trickle), most)
        return max(min(share - broadcast, most - taps - broadcast), 0)

    def room(self, loop_time: float) -> float:
        """Return how many messages may go now to chats that are not crowded; infinity where there is no pace."""
        if self.silence_left(loop_time):
            return 0
        if not self.per_second:
            return math.inf
        return max(self.per_second - self._taken(loop_time, True) - self._taken(loop_time, False), 0)

    def until_change(self, loop_time: float) -> float:
        """Return after how many seconds to look for a free place again.

        A place that is under way may be somebody else's, who tells nobody when it is over: then it is a second.
        """
        self._forget(loop_time)
        free = self._answered[0][0] + SECOND - loop_time if self._answered else SECOND
        return max(free, 0) if not self.silence_left(loop_time) else self.silence_left(loop_time)

    def begin(self, *, behind: bool = False) -> None:
        """Take a place: a message leaves now."""
        self._under_way[behind] += 1

    def give_back(self) -> None:
        """Note that a message does not leave after all."""
        self._under_way[False] -= 1

    def end(self, chat_id: int, loop_time: float, *, behind: bool = False) -> None:
        """Note that a message is over, whatever became of it; its place is free a second from now."""
        self._under_way[behind] -= 1
        if self.per_second:
            self._answered.append((loop_time, behind))
        if self.per_chat:
            self._chats[chat_id] = max(self._chats.get(chat_id, 0), loop_time) + 1 / self.per_chat

    def obey(self, retry_after: float, loop_time: float) -> None:
        """Be silent for as long as the network asks."""
        self._silent_until = max(self._silent_until, loop_time + retry_after)

    def silence_left(self, loop_time: float) -> float:
        """Return for how many seconds more the network asks for silence."""
        return max(self._silent_until - loop_time, 0)

    def _ahead(self) -> float:
        # A chat may be ahead of its pace by a short burst; then it waits.
        return (self.chat_burst - 1) / self.per_chat if self.per_chat else 0

    def _until_room(self, loop_time: float) -> float:
        return 0 if self.room(loop_time) else self.until_change(loop_time)

    def _taken(self, loop_time: float, behind: bool) -> int:
        self._forget(loop_time)
        return self._under_way[behind] + sum(each is behind for _, each in self._answered)

    def _forget(self, loop_time: float) -> None:
        while self._answered and self._answered[0][0] + SECOND <= loop_time:
            self._answered.popleft()


TELEGRAM_PER_SECOND = 30
TELEGRAM_PER_CHAT = 1


def telegram() -> Limits:
    """Return the pace that Telegram allows a bot."""
    return Limits(per_second=TELEGRAM_PER_SECOND, per_chat=TELEGRAM_PER_CHAT)
