"""Making a network's chats look like the rows: send, edit, delete, until nothing differs."""

import asyncio
import logging
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.delivery.http import NotSent
from bot.delivery.networks import Network
from bot.domain.messages import SCREEN
from bot.store import messages
from bot.store.database import Database, Transaction
from bot.store.messages import Message, Shown

log = logging.getLogger(__name__)

PARALLEL = 32
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
PLACEHOLDER = "Samtalelapp"
NO_BUTTONS = '{"inline_keyboard": []}'
TOO_OLD = "can't be deleted"


class Fate(Enum):
    """What became of an attempt that did not succeed."""

    LATER = auto()
    DOUBT = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Failed:
    """An attempt that did not succeed; ``why`` names the error's type."""

    message: Message
    fate: Fate
    why: str
    pause: float = 0


Result = Shown | Failed


@dataclass
class Sender:
    """Carries one network's wanted messages out, one at a time to each chat, many chats at once."""

    network: Network
    database: Database
    clock: Clock
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    doubts: int = 0
    _running: dict[int, asyncio.Task[Result]] = field(default_factory=dict)
    _not_before: dict[int, float] = field(default_factory=dict)
    _pauses: dict[int, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Send for ever."""
        try:
            while True:
                try:
                    await self._round()
                except sqlite3.Error:
                    log.exception("The database does not take what was sent; trying again in a moment")
                    await asyncio.sleep(FIRST_PAUSE)
        finally:
            for task in self._running.values():
                task.cancel()

    async def _round(self) -> None:
        done = {chat: task for chat, task in self._running.items() if task.done()}
        results = [task.result() for task in done.values()]
        self.wake.clear()
        if results:
            async with self.database.transaction() as tx:
                await self._settle(tx, results)
        for chat in done:
            del self._running[chat]
        for message in await self._next():
            self._running[message.chat_id] = asyncio.create_task(self._carry_out(message))
        await self._sleep()

    async def _next(self) -> list[Message]:
        async with self.database.reading() as tx:
            chosen = self._choose(
                await messages.pending(tx, self.network.name, len(self._running) + len(self._not_before) + PARALLEL)
            )
        new = [message for message in chosen if message.message_id is None and message.text is not None]
        if new:
            async with self.database.transaction() as tx:
                await messages.mark_sending(tx, new)
        return chosen

    def _choose(self, pending: list[Message]) -> list[Message]:
        loop_time = asyncio.get_running_loop().time()
        free = [
            message
            for message in pending
            if message.chat_id not in self._running and self._not_before.get(message.chat_id, 0) <= loop_time
        ]
        return free[: PARALLEL - len(self._running)]

    async def _sleep(self) -> None:
        loop_time = asyncio.get_running_loop().time()
        self._not_before = {chat: when for chat, when in self._not_before.items() if when > loop_time}
        timeout = min((when - loop_time for when in self._not_before.values()), default=None)
        woken = asyncio.ensure_future(self.wake.wait())
        try:
            await asyncio.wait({woken, *self._running.values()}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    async def _settle(self, tx: Transaction, results: list[Result]) -> None:
        shown = [result for result in results if isinstance(result, Shown)]
        if shown:
            await messages.mark_shown(tx, shown)
        for result in results:
            if isinstance(result, Failed):
                await self._settle_failed(tx, result)

    async def _settle_failed(self, tx: Transaction, failed: Failed) -> None:
        chat = failed.message.chat_id
        if failed.fate is Fate.REFUSED:
            log.warning("%s refuses message %s: %s", self.network.name, failed.message.id, failed.why)
            await messages.mark_fault(tx, failed.message, failed.why)
            return
        if failed.fate is Fate.DOUBT:
            self.doubts += 1
            await messages.mark_doubt(tx, failed.message)
        pause = failed.pause or min(self._pauses.get(chat, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
        self._pauses[chat] = pause
        self._not_before[chat] = asyncio.get_running_loop().time() + pause

    async def _carry_out(self, message: Message) -> Result:
        delay = self.network.limits.wait_for(message.chat_id, asyncio.get_running_loop().time())
        if delay > 0:
            await asyncio.sleep(delay)
        while silence := self.network.limits.silence_left(asyncio.get_running_loop().time()):  # noqa: ASYNC110  loop time
            await asyncio.sleep(silence)
        try:
            shown = await self._show(message)
        except (TelegramError, AttributeError, KeyError, TypeError, ValueError) as error:
            # The chat library trips over an answer of the wrong shape: what became of the call is then unknown.
            return self._judge(message, error)
        self._pauses.pop(message.chat_id, None)
        return shown

    async def _show(self, message: Message) -> Shown:
        if message.text is None:
            return await self._delete(message)
        if message.message_id is None:
            return await self._send(message)
        place = {"chat_id": message.chat_id, "message_id": message.message_id}
        await self.network.call("editMessageText", **place, text=message.text, reply_markup=_markup(message))
        return Shown(message.id, message.revision, message.message_id, None)

    async def _send(self, message: Message) -> Shown:
        # What is personal reaches a kiosk only by editing a message whose id is known, so that it can be wiped.
        if message.key == SCREEN and not message.neutral:
            sent = await self.network.call("sendMessage", chat_id=message.chat_id, text=PLACEHOLDER)
            return Shown(message.id, 0, int(sent["message_id"]), self.clock.now())
        whole = {"text": str(message.text), "reply_markup": _markup(message)}
        sent = await self.network.call("sendMessage", chat_id=message.chat_id, **whole)
        return Shown(message.id, message.revision, int(sent["message_id"]), self.clock.now())

    async def _delete(self, message: Message) -> Shown:
        if message.message_id is not None:
            place = {"chat_id": message.chat_id, "message_id": message.message_id}
            try:
                await self.network.call("deleteMessage", **place)
            except BadRequest as error:
                if TOO_OLD not in str(error):
                    raise
                await self._blank(place)
        return Shown(message.id, message.revision, None, None)

    async def _blank(self, place: Mapping[str, int]) -> None:
        # A message of more than two days ago can only be changed: a neutral word stands where it was.
        with suppress(BadRequest):
            await self.network.call("editMessageText", **place, text=PLACEHOLDER, reply_markup=NO_BUTTONS)

    def _judge(self, message: Message, error: Exception) -> Result:
        if isinstance(error, BadRequest):
            return _judge_bad_request(message, str(error))
        if isinstance(error, RetryAfter):
            pause = float(error._retry_after.total_seconds())
            self.network.limits.obey(pause, asyncio.get_running_loop().time())
            return Failed(message, Fate.LATER, "RetryAfter", pause)
        if isinstance(error, InvalidToken):
            return Failed(message, Fate.LATER, "InvalidToken", LONGEST_PAUSE)
        if isinstance(error, Forbidden):
            return Failed(message, Fate.REFUSED, type(error).__name__)
        sends = message.message_id is None and message.text is not None
        fate = Fate.DOUBT if sends and not isinstance(error, NotSent) else Fate.LATER
        return Failed(message, fate, type(error).__name__)


def _judge_bad_request(message: Message, description: str) -> Result:
    if "not modified" in description:
        return Shown(message.id, message.revision, message.message_id, None)
    if "to delete not found" in description:
        return Shown(message.id, message.revision, None, None)
    if "to edit not found" in description:
        return Shown(message.id, 0, None, None)
    return Failed(message, Fate.REFUSED, description)


def _markup(message: Message) -> str:
    return f'{{"inline_keyboard": {message.buttons or "[]"}}}'
