"""How fast a network lets a bot speak: so many messages a second in all, and one a second to each chat."""

from dataclasses import dataclass, field


@dataclass
class Limits:
    """A network's pace. ``per_second`` 0 means that there is none; times are seconds of the event loop."""

    per_second: float = 0
    per_chat: float = 0
    chat_burst: int = 3
    _next: float = 0
    _chats: dict[int, float] = field(default_factory=dict)
    _blocked_until: float = 0

    def wait_for(self, chat_id: int, loop_time: float) -> float:
        """Return how many seconds a message to this chat has to wait, and count it as sent then."""
        when = max(loop_time, self._blocked_until)
        if self.per_second:
            when = max(when, self._next)
            self._next = when + 1 / self.per_second
        if self.per_chat:
            when = max(when, self._in_chat(chat_id, when))
        return when - loop_time

    def _in_chat(self, chat_id: int, when: float) -> float:
        # A chat may be ahead of its pace by a short burst; then it waits.
        ahead = (self.chat_burst - 1) / self.per_chat
        free_at = max(self._chats.get(chat_id, 0) - ahead, 0)
        self._chats[chat_id] = max(self._chats.get(chat_id, 0), when) + 1 / self.per_chat
        return free_at

    def obey(self, retry_after: float, loop_time: float) -> None:
        """Be silent for as long as the network asks."""
        self._blocked_until = max(self._blocked_until, loop_time + retry_after)

    def silence_left(self, loop_time: float) -> float:
        """Return for how many seconds more the network asks for silence."""
        return max(self._blocked_until - loop_time, 0)


TELEGRAM_PER_SECOND = 30
TELEGRAM_PER_CHAT = 1


def telegram() -> Limits:
    """Return the pace that Telegram allows a bot."""
    return Limits(per_second=TELEGRAM_PER_SECOND, per_chat=TELEGRAM_PER_CHAT)
