"""How many connections may be open at one door, so that a crowd at one door closes no other, and no file is missing."""

import asyncio
import logging
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

if sys.platform != "win32":
    import resource

log = logging.getLogger(__name__)

MOST = 512
"""So many at once no door of a prison needs: a kiosk or a browser has one stream, and a few requests for a moment."""
LEAST = 16
MOST_LEAVING = 8
OWN_FILES = 256
"""So many files and connections of its own the hub has at most: databases, Telegram, letters, and a margin."""
PATIENCE_SECONDS = 10.0
TELL_AFTER_SECONDS = 1.0
TELL_AGAIN_SECONDS = 60.0


def most(doors: int) -> int:
    """Return how many connections each of so many doors may have open, given what this process may open."""
    if sys.platform == "win32":
        return MOST
    files, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return MOST
    return max(LEAST, min(MOST, (files - min(OWN_FILES, files // 2)) // doors))


@dataclass(eq=False)
class Visit:
    """One connection, from the moment it is there: who it is from, and ``cut``, which ends it at once."""

    address: str
    cut: Callable[[], None]


@dataclass
class Gate:
    """Who is at the door of this ``name``: at most ``most`` connections, and half as many of one address.

    Where it is full, whoever has stood there longest without asking for anything makes room; whoever is being
    answered never does. ``patience`` are the seconds in which a visitor must have asked. ``one_address``: all come
    from a proxy, which counts for itself.
    """

    name: str = "house"
    most: int = MOST
    patience: float = PATIENCE_SECONDS
    one_address: bool = False
    _open: set[Visit] = field(default_factory=set)
    _of: Counter[str] = field(default_factory=Counter)
    _waiting: dict[Visit, None] = field(default_factory=dict)
    _leaving: set[Visit] = field(default_factory=set)
    _left: asyncio.Event = field(default_factory=asyncio.Event)
    _ended: Counter[str] = field(default_factory=Counter)
    _tells_at: float = 0.0

    @property
    def here(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def enter(self, visit: Visit) -> bool:
        """Count a visitor in, who has not asked for anything yet; False where everybody else is being answered."""
        if not (self._has_room_for(visit.address) and self._has_room()):
            self._note(visit)
            return False
        self._open.add(visit)
        self._of[visit.address] += 1
        self._waiting[visit] = None
        return True

    def _has_room_for(self, address: str) -> bool:
        if self.one_address or self._of[address] < self.most // 2:
            return True
        return self._send_away(next((each for each in self._waiting if each.address == address), None))

    def _has_room(self) -> bool:
        return self.here < self.most or self._send_away(next(iter(self._waiting), None))

    def _send_away(self, oldest: Visit | None) -> bool:
        if oldest is None:
            return False
        self._note(oldest)
        self.leave(oldest)
        self._leaving.add(oldest)
        oldest.cut()
        return True

    async def settled(self) -> None:
        """Wait until not too many are leaving, for until they have left they have files open."""
        while len(self._leaving) > MOST_LEAVING:
            self._left.clear()
            await self._left.wait()

    def awaits(self, visit: Visit) -> bool:
        """Say whether a visitor still has a place."""
        return visit in self._open

    def ask(self, visit: Visit) -> None:
        """Note that a visitor has asked and is being answered."""
        self._waiting.pop(visit, None)

    def wait(self, visit: Visit) -> None:
        """Note that a visitor has been answered and stays, as browsers do."""
        if visit in self._open:
            self._waiting[visit] = None

    def leave(self, visit: Visit) -> None:
        """Count a visitor out; who was sent away has left already."""
        self._leaving.discard(visit)
        self._left.set()
        if visit in self._open:
            self._open.remove(visit)
            self._waiting.pop(visit, None)
            self._of -= Counter({visit.address: 1})

    def _note(self, visit: Visit) -> None:
        self._ended[visit.address] += 1
        if self._ended.total() == 1:
            loop = asyncio.get_running_loop()
            self._tells_at = max(loop.time() + TELL_AFTER_SECONDS, self._tells_at + TELL_AGAIN_SECONDS)
            loop.call_at(self._tells_at, self._tell)

    def _tell(self) -> None:
        address, _times = self._ended.most_common(1)[0]
        told = "The %s door is crowded, so %d connections were ended to make room; most of them came from %s"
        log.warning(told, self.name, self._ended.total(), address)
        self._ended.clear()
