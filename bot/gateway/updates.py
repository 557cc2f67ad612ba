"""The queue a bot polls: in order, at most one poller, gone when confirmed."""

import asyncio
import json
from collections.abc import Callable, Mapping
from itertools import islice, takewhile
from typing import Any

from bot.gateway.chats import BotApiError
from bot.gateway.journal import Journal, Statement, forget

PASSING = {"passing": True}
USED_UP = "UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'updates'"
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    def __init__(self, journal: Journal, waiting: dict[int, dict[str, Any]], last: int) -> None:
        self._journal = journal
        self._waiting = waiting
        self._last = last
        self._poll: asyncio.Future[None] | None = None
        self._stopped = False

    def __len__(self) -> int:
        return len(self._waiting)

    async def add(
        self,
        body: Mapping[str, Any],
        *also: Statement,
        then: Callable[[], None] = lambda: None,
        passing: bool = False,
    ) -> None:
        """Queue an update, in one commit with what else belongs to it.

        Of a passing one, which says so to the bot, only the number is written: it must not come again.
        """
        number, update = self._numbered({**body, **PASSING} if passing else body)
        written = ("INSERT INTO updates (id, body) VALUES (?, ?)", (number, json.dumps(update)))
        row = (USED_UP, (number,)) if passing else written

        def arrived() -> None:
            then()
            self._waiting[number] = update
            self._wake()

        await self._journal.write(*also, row, then=arrived)

    def _numbered(self, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        self._last += 1
        return self._last, {"update_id": self._last, **body}

    async def get(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        """The oldest updates from ``offset`` on, waiting up to ``seconds`` for the first; ends an older wait."""
        if self._stopped:
            raise BotApiError(500, "Internal Server Error: the house network is stopping")
        self._end_older()
        first = self._confirm(offset)
        if seconds and not self._from(first, limit):
            await self._wait(seconds)
        return self._from(first, limit)

    def go_on_above(self, number: int) -> Statement:
        """Let the next update have a higher number than this; return what must be written for it."""
        self._last = max(self._last, number)
        return "UPDATE sqlite_sequence SET seq = ? WHERE name = 'updates'", (self._last,)

    def drop_all(self) -> None:
        self._forget_below(self._last + 1)

    def stop(self) -> None:
        self._stopped = True
        self._wake()

    def _from(self, first: int, limit: int) -> list[dict[str, Any]]:
        return list(islice((update for number, update in self._waiting.items() if number >= first), limit))

    def _confirm(self, offset: int) -> int:
        """Drop what the offset confirms; one far in the future confirms nothing, as on the real server."""
        if offset < 0:
            kept = list(self._waiting)[offset:]
            offset = kept[0] if kept else 0
        if not 0 < offset <= self._last + 11:
            return 0
        self._forget_below(offset)
        return offset

    def _forget_below(self, offset: int) -> None:
        gone = list(takewhile(lambda number: number < offset, self._waiting))
        if not gone:
            return
        for number in gone:
            del self._waiting[number]
        # Nobody waits for this commit: a bot must bear seeing an update twice after a kill, and the next commit,
        # which is soon, holds it.
        deletion = ("DELETE FROM updates WHERE id <= ?", (gone[-1],))
        forget(self._journal.queue(deletion, then=lambda: None))

    async def _wait(self, seconds: int) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def _wake(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def _end_older(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(BotApiError(409, CONFLICT))
