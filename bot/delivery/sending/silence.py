"""After a silence, what is owed is weighed anew before anything goes: whether the hub was down or the network."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery.turns import Turns
from bot.domain.chat.messages import LANE_DUE
from bot.usecases.chat import owed

log = logging.getLogger(__name__)

WEIGHED_EVERY = timedelta(minutes=1)


async def _nothing_to_weigh() -> None:
    """Everything that is owed is sent."""


@dataclass
class Silence:
    """Whether the last try reached the network; before the first one nobody knows how long it was silent."""

    clock: Clock
    weigh: Callable[[], Awaitable[None]] = _nothing_to_weigh
    lasts: bool = True
    _weighed_at: datetime | None = None

    async def weigh_if_due(self) -> bool:
        """Weigh what is owed, unless that was done just now; say whether it was."""
        now = self.clock.now()
        if not self.lasts or (self._weighed_at is not None and abs(now - self._weighed_at) < WEIGHED_EVERY):
            return False
        await self.weigh()
        self._weighed_at = now
        return True


async def weigh(turns: Turns, network: str) -> None:
    """Drop what is owed on a network and is of no use any more, and say how much that was."""
    async with turns.begin(lane=LANE_DUE) as turn:
        dropped = await owed.weigh(turn, network)
    if dropped:
        log.warning("%s was silent: %s messages came too late to be of use and are not sent", network, dropped)
