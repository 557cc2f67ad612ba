"""What a pressed button is answered with for a moment, once what the press brought about is durable."""

import asyncio
import logging
from dataclasses import dataclass, field

from telegram import Update
from telegram.error import TelegramError

from bot.delivery.keeping import end_all
from bot.delivery.turns import Turns
from bot.faults import place_of
from bot.usecases.turn import Turn

log = logging.getLogger(__name__)

ALERT_LENGTH = 200
PAGE_FIRST = 0.002
"""So many seconds later than its page a toast goes, so that it is not in the way: what one waits for is the page."""


@dataclass
class Toasts:
    """Those that are due, and those that are under way."""

    turns: Turns
    _due: list[tuple[str, Update, Turn]] = field(default_factory=list)
    underway: set[asyncio.Task[None]] = field(default_factory=set)

    def add(self, network: str, update: Update, turn: Turn) -> None:
        """Keep what is to be shown until the turn is durable."""
        self._due.append((network, update, turn))

    def forget(self) -> None:
        """Let nothing be due: it has not happened, or whoever pressed may be gone."""
        self._due.clear()

    def show(self) -> None:
        """Take the waiting sign off the pressed buttons, now that what they brought about is durable."""
        for network, update, turn in self._due:
            if update.callback_query:
                task = asyncio.create_task(self._toast(network, update.callback_query.id, turn.edge.alert))
                self.underway.add(task)
                task.add_done_callback(self._is_over)
        self._due.clear()

    async def end(self) -> None:
        """End those that are under way."""
        await end_all(self.underway)

    def _is_over(self, task: asyncio.Task[None]) -> None:
        self.underway.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("A toast was not shown: %s", place_of(error))

    async def _toast(self, network: str, query: str, text: str | None) -> None:
        await asyncio.sleep(PAGE_FIRST)
        try:
            words = {"text": text[:ALERT_LENGTH], "show_alert": "true"} if text else {}
            await self.turns.networks[network].call("answerCallbackQuery", callback_query_id=query, **words)
        except TelegramError as error:
            log.info("A toast was not shown: %s", type(error).__name__)
