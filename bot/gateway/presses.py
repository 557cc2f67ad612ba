"""Presses that the bot can still answer: each once, and for a quarter of an hour."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

QUERY_LIVES = timedelta(minutes=15)


class Presses:
    """Kept in memory; ``now`` tells the time (aware, UTC)."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._queries: dict[str, tuple[int, datetime]] = {}

    def reopen(self, update: Mapping[str, Any]) -> None:
        """A press that nobody has fetched yet can still be answered."""
        match update:
            case {"callback_query": {"id": str(query), "from": {"id": int(chat_id)}}}:
                self._queries[query] = (chat_id, self._now())

    def expect(self, query: str, chat_id: int) -> None:
        """Remember a press that can be answered, and forget those that cannot any more."""
        now = self._now()
        while self._queries and now - next(iter(self._queries.values()))[1] > QUERY_LIVES:
            del self._queries[next(iter(self._queries))]
        self._queries[query] = (chat_id, now)

    def take(self, query: str) -> int | None:
        """Return the chat of a press and forget it; none where it is unknown, answered already or too old."""
        chat_id, since = self._queries.pop(query, (0, self._now() - 2 * QUERY_LIVES))
        return None if self._now() - since > QUERY_LIVES else chat_id
