"""A house network that finds too much what Telegram finds too much, for rehearsals without Telegram."""

import asyncio
import math
from collections import deque
from dataclasses import dataclass, field

from bot.gateway.chats import BotApiError

PER_SECOND = 30
CHAT_BURST = 3
SECOND = 1.0
MESSAGES = {"sendmessage", "senddocument", "editmessagetext", "editmessagecaption"}
"""The methods that count; pressed buttons, menus and deletions are answered whatever the pace."""


@dataclass
class Pace:
    """Refuses the thirty-first message of any second, and a chat's next one before its second after a short burst.

    ``refused`` counts what was refused.
    """

    refused: int = 0
    _taken: deque[float] = field(default_factory=deque)
    _chats: dict[int, float] = field(default_factory=dict)

    def take(self, chat_id: int) -> None:
        """Count a message to a chat, or refuse it as Telegram does: 429, with the seconds to wait."""
        now = asyncio.get_running_loop().time()
        while self._taken and self._taken[0] + SECOND <= now:
            self._taken.popleft()
        chat = self._chats.get(chat_id, 0) - (CHAT_BURST - 1) * SECOND - now
        everybody = self._taken[0] + SECOND - now if len(self._taken) >= PER_SECOND else 0
        if (wait := max(chat, everybody)) > 0:
            self.refused += 1
            seconds = math.ceil(wait)
            raise BotApiError(429, f"Too Many Requests: retry after {seconds}", seconds)
        self._taken.append(now)
        self._chats[chat_id] = max(self._chats.get(chat_id, 0), now) + SECOND
