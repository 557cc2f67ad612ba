"""Drawing what a message carries just before it is sent: outside of every transaction, and in a thread."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.faults import place_of
from bot.store.showing import Message

Draw = Callable[[str], bytes]
"""Draws a file from its recipe. It may take seconds."""


class NotDrawn(Exception):
    """What a message carries cannot be drawn: nothing of it has left, and trying again would not help."""


@dataclass(frozen=True)
class Drawing:
    """Draws one file at a time: drawing is work for the processor, of which kiosks need the rest."""

    draw: Draw
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, message: Message) -> bytes | None:
        """Return the bytes of what a message carries, or raise NotDrawn; None where it carries nothing."""
        if message.recipe is None:
            return None
        async with self._one_at_a_time:
            try:
                return await asyncio.to_thread(self.draw, message.recipe)
            except Exception as error:  # whatever drawing trips over, it is this message's fault alone
                raise NotDrawn(place_of(error)) from None
