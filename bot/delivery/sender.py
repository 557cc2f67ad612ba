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
from bot.delivery.networks import Carrier
from bot.domain.messages import SCREEN
from bot.store import accounts as accounts_rows
from bot.store import messages
from bot.store.database import Database, Transaction
from bot.store.messages import Message, Shown
from bot.usecases import accounts

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
    AWAY = auto()


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

    network: Carrier
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
                await self._settle_reach(tx, dict(zip(done, results, strict=True)))
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
        new = [message for message in chosen if self._is_sent_anew(message)]
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

    async def _settle_reach(self, tx: Transaction, results: Mapping[int, Result]) -> None:
        """Note which chats take no messages any more, and which do again; only what was sent anew proves that."""
        for chat in [chat for chat, each in results.items() if isinstance(each, Failed) and each.fate is Fate.AWAY]:
            await accounts.lose(tx, self.network.name, chat, self.clock.now())
        sent = {chat for chat, each in results.items() if isinstance(each, Shown) and each.sent_at}
        for chat in sent & await accounts_rows.all_away(tx, self.network.name) if sent else ():
            await accounts.regain(tx, self.network.name, chat, self.clock.now())

    async def _settle_failed(self, tx: Transaction, failed: Failed) -> None:
        chat = failed.message.chat_id
        if failed.fate in {Fate.REFUSED, Fate.AWAY}:
            log.warning("%s refuses message %s: %s", self.network.name, failed.message.id, failed.why)
            await messages.mark_fault(tx, failed.message, failed.why)
            return
        if failed.fate is Fate.DOUBT:
            self.doubts += 1
            await messages.mark_doubt(tx, failed.message)
        else:
            await messages.mark_not_sent(tx, failed.message)
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
        if message.text is None or message.is_lost:
            return await self._delete(message)
        if message.message_id is None:
            return await self._send(message)
        if message.has_other_document:
            await self._delete(message)
            return _gone(message)
        place = {"chat_id": message.chat_id, "message_id": message.message_id, **self._as_letter(message)}
        method, words = ("editMessageCaption", "caption") if message.shown_document else ("editMessageText", "text")
        await self.network.call(method, **place, **{words: message.text}, reply_markup=_markup(message))
        return _as_wanted(message)

    async def _send(self, message: Message) -> Shown:
        # What is personal reaches a kiosk only by editing a message whose id is known, so that it can be wiped.
        if message.key == SCREEN and not message.neutral:
            sent = await self.network.call("sendMessage", chat_id=message.chat_id, text=PLACEHOLDER)
            return Shown(message.id, 0, int(sent["message_id"]), self.clock.now())
        if message.document is not None:
            sent_as = await self.network.send_document(
                message.chat_id, str(message.text), _markup(message), str(message.document_name), message.document
            )
            return Shown(message.id, message.revision, sent_as, self.clock.now(), message.document_stamp)
        whole = {"text": str(message.text), "reply_markup": _markup(message), **self._as_letter(message)}
        sent = await self.network.call("sendMessage", chat_id=message.chat_id, **whole)
        return Shown(message.id, message.revision, int(sent["message_id"]), self.clock.now())

    def _is_sent_anew(self, message: Message) -> bool:
        return message.is_new or (self.network.one_way and message.text is not None)

    def _as_letter(self, message: Message) -> dict[str, str | int]:
        # A letter is known by what it is made of, so that one that comes twice is seen to be the same.
        if not self.network.one_way:
            return {}
        return {"row": message.id, "revision": message.revision, "key": message.key}

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
        if self._refuses_chat(error):
            return Failed(message, Fate.AWAY, type(error).__name__)
        if isinstance(error, BadRequest):
            return _judge_bad_request(message, str(error))
        if isinstance(error, RetryAfter):
            pause = float(error._retry_after.total_seconds())
            self.network.limits.obey(pause, asyncio.get_running_loop().time())
            return Failed(message, Fate.LATER, "RetryAfter", pause)
        if isinstance(error, InvalidToken):
            return Failed(message, Fate.LATER, "InvalidToken", LONGEST_PAUSE)
        fate = Fate.DOUBT if self._is_sent_anew(message) and not isinstance(error, NotSent | Forbidden) else Fate.LATER
        return Failed(message, fate, type(error).__name__)

    def _refuses_chat(self, error: Exception) -> bool:
        """Say whether it is the chat that takes no messages: blocked, deactivated, never begun, or not there.

        A 403 in other words than the network's own comes from something on the way, as a proxy. In the house a chat
        is there as soon as the hub has opened it.
        """
        if isinstance(error, Forbidden):
            return self.network.one_way or str(error).startswith("Forbidden:")
        return self.network.leaves_house and isinstance(error, BadRequest) and "chat not found" in str(error).lower()


def _judge_bad_request(message: Message, description: str) -> Result:
    if "not modified" in description:
        return _as_wanted(message)
    if "to delete not found" in description or (message.text is None and "chat not found" in description.lower()):
        return _gone(message)
    if "to edit not found" in description:
        return _gone(message)
    return Failed(message, Fate.REFUSED, description)


def _as_wanted(message: Message) -> Shown:
    return Shown(message.id, message.revision, message.message_id, None, message.document_stamp)


def _gone(message: Message) -> Shown:
    """Return what is so when the chat has the message no more; what is wanted after all is sent anew."""
    return Shown(message.id, message.revision if message.text is None else 0, None, None)


def _markup(message: Message) -> str:
    return f'{{"inline_keyboard": {message.buttons or "[]"}}}'
