"""The house network itself: chats in memory, every change in the file before it is answered."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

from bot.gateway import methods, parameters, rooms
from bot.gateway.chats import (
    KINDS,
    Alert,
    BotApiError,
    Chat,
    Document,
    Keyboard,
    Message,
    NotAllowed,
    NotThere,
    UploadedFile,
)
from bot.gateway.covers import Covers
from bot.gateway.events import Events, Reader, Wants, everything
from bot.gateway.journal import Journal, JournalFault, Statement
from bot.gateway.pace import MESSAGES, Pace
from bot.gateway.rooms import Room
from bot.gateway.threshold import Threshold
from bot.gateway.updates import Updates

QUERY_LIVES = timedelta(minutes=15)
OPEN_CHAT = (
    "INSERT INTO chats VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind"
)
NO_FILES: Mapping[str, UploadedFile] = {}


class House:
    """Open it with ``House.open``; ``now`` tells the time (aware, UTC). With a ``pace`` it may be too much for it."""

    def __init__(self, journal: Journal, now: Callable[[], datetime], notes: dict[str, str], token: str | None) -> None:
        self.epoch = int(notes["epoch"])
        self.token = token or notes["token"]
        self.notes = notes
        self.journal = journal
        self.updates = Updates(journal, {}, 0)
        self.pace: Pace | None = None
        self._now = now
        self._rooms: dict[int, Room] = {}
        self._documents: dict[str, Document] = {}
        self._queries: dict[str, tuple[int, datetime]] = {}
        self._events = Events()
        self.covers = Covers(self._events.publish)
        self.threshold = Threshold(self._events.end_all)
        journal.failed = self._cover_kiosks
        self._last_message = 0
        # milliseconds, so that numbers go on increasing after a restart
        self._last_alert = int(now().timestamp() * 1000)

    @classmethod
    async def open(cls, path: Path, now: Callable[[], datetime], token: str | None = None) -> Self:
        """Open the file, or create it; JournalFault says in a sentence why that cannot be."""
        journal = await Journal.open(path)
        try:
            house = cls(journal, now, dict(await journal.rows("SELECT name, value FROM notes")), token)
            await house._load()
        except sqlite3.Error as error:
            await journal.close()
            raise JournalFault(f"{path} cannot be read: {error}; bring back a backup or name another file.") from error
        return house

    async def _load(self) -> None:
        last = dict(await self.journal.rows("SELECT name, seq FROM sqlite_sequence"))
        self._last_message = last["messages"]
        updates = await self.journal.rows("SELECT id, body FROM updates ORDER BY id")
        waiting = {number: json.loads(body) for number, body in updates}
        self.updates = Updates(self.journal, waiting, last["updates"])
        for update in waiting.values():
            self._reopen(update)
        self._rooms = await rooms.load(self.journal)
        messages = (message for room in self._rooms.values() for message in room.messages.values())
        self._documents = {each.document.file_id: each.document for each in messages if each.document}

    def _reopen(self, update: Mapping[str, Any]) -> None:
        """A press that nobody has fetched yet can still be answered."""
        match update:
            case {"callback_query": {"id": str(query), "from": {"id": int(chat_id)}}}:
                self._queries[query] = (chat_id, self._now())

    async def close(self) -> None:
        """End streams and polls, and the file when all that was asked is in it."""
        self.stop()
        await self.journal.close()

    def stop(self) -> None:
        """End streams and polls at once, so that a server can stop."""
        self._events.stop()
        self.updates.stop()

    # the bot's side

    async def answer(self, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile] = NO_FILES) -> Any:
        """Answer one call of the Bot API, or raise BotApiError."""
        found = methods.METHODS.get(method.lower())
        if found is None:
            raise BotApiError(404, "Not Found: method not found")
        try:
            asked = found.read({**params, **files})
            if self.pace and method.lower() in MESSAGES:
                self.pace.take(asked["chat_id"])
            return await found.answer(self, **asked)
        except JournalFault as fault:
            raise parameters.not_written() from fault

    async def reply(
        self, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile] = NO_FILES
    ) -> tuple[int, bytes]:
        """Answer as the real server does, with a status and JSON."""
        try:
            result = await self.answer(method, params, files)
        except BotApiError as error:
            return error.code, error.body()
        return 200, json.dumps({"ok": True, "result": result}, separators=(",", ":")).encode()

    def me(self) -> dict[str, Any]:
        return {"id": self.epoch, "is_bot": True, "first_name": "Samtalelapp", "username": "samtalelapp_bot"}

    def now(self) -> datetime:
        return self._now()

    def seconds(self) -> int:
        return int(self._now().timestamp())

    def room(self, chat_id: int) -> Room:
        if chat_id not in self._rooms:
            raise rooms.no_chat(chat_id)
        return self._rooms[chat_id]

    async def add(
        self,
        room: Room,
        text: str,
        reply_markup: Keyboard = (),
        document: Document | None = None,
        passing: bool = False,
    ) -> dict[str, Any]:
        """Add a message of the bot's; of a passing one the file has no more than the number."""
        self._last_message += 1
        message = Message(self._last_message, "bot", self.seconds(), text, reply_markup, None, document, passing)
        await self.journal.write(*rooms.insertion(room.chat.id, message), then=lambda: self._show(room, message))
        return self.told(room, message)

    async def change(self, room: Room, message: Message) -> dict[str, Any]:
        """Put a message in the place of the one with its id, unless that is gone when its turn comes."""

        def changed() -> None:
            if message.id not in room.messages:
                raise parameters.bad("message to edit not found")
            self._show(room, message)

        await self.journal.write(rooms.change(message), then=changed)
        return self.told(room, message)

    async def remove(self, room: Room, ids: Iterable[int]) -> None:
        await self.journal.write(*rooms.deletion(list(ids)), then=lambda: self._hide(room, ids))

    async def keep_only(self, known: Collection[tuple[int, int]]) -> None:
        """Take everything away that the bot does not know of: what it sent, and at a kiosk what was typed as well.

        What was under way comes first, and nothing that was said for a moment stays.
        """
        await self.journal.write(then=lambda: None)
        for room in self._rooms.values():
            room.alert = None
            messages = room.messages.values()
            its = [each.id for each in messages if each.sender == "bot" or room.chat.kind == "kiosk"]
            if strays := [number for number in its if (room.chat.id, number) not in known]:
                await self.remove(room, strays)

    async def start_afresh(self, above: int) -> None:
        """Take every message away, and let the numbers of messages and updates go on above this."""
        self._last_message = max(self._last_message, above)
        deletions: list[Statement] = [("DELETE FROM messages", ())]
        deletions += [("UPDATE sqlite_sequence SET seq = ? WHERE name = 'messages'", (self._last_message,))]
        deletions += [self.updates.go_on_above(above)]
        await self.journal.write(*deletions, then=self._empty)

    def _empty(self) -> None:
        for room in self._rooms.values():
            self._hide(room, list(room.messages))

    async def note(self, name: str, value: str) -> None:
        sql = "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        await self.journal.write((sql, (name, value)), then=lambda: self.notes.update({name: value}))

    async def set_menu(self, room: Room, name: str, commands: str) -> None:
        """Keep a chat's commands, and show them on its page."""
        await self.note(name, commands)
        self.publish("commands", {"chat": room.chat.id, "commands": self._menu(room.chat.id)})

    def _menu(self, chat_id: int) -> Any:
        return json.loads(self.notes.get(methods.commands_of(methods.chat_scope(chat_id)), "[]"))

    def alert(self, query: str, text: str, show_alert: bool) -> bool:
        """Answer a press; False when it is unknown, answered already or too old."""
        chat_id, since = self._queries.pop(query, (0, self._now() - 2 * QUERY_LIVES))
        if self._now() - since > QUERY_LIVES:
            return False
        if text and (room := self._rooms.get(chat_id)):
            self._last_alert += 1
            room.alert = Alert(self._last_alert, text, show_alert)
            self.publish("alert", {"chat": chat_id, "alert": room.alert.for_page()})
        return True

    def told(self, room: Room, message: Message) -> dict[str, Any]:
        return message.for_bot(room.chat, self.me())

    def _show(self, room: Room, message: Message) -> None:
        room.messages[message.id] = message
        if message.document:
            self._documents[message.document.file_id] = message.document
        self.publish("chat", {"chat": room.chat.id, "message": message.for_page()})

    def _hide(self, room: Room, ids: Iterable[int]) -> None:
        gone = [room.messages.pop(number) for number in ids if number in room.messages]
        for document in filter(None, (message.document for message in gone)):
            del self._documents[document.file_id]
        if gone:
            self.publish("deleted", {"chat": room.chat.id, "ids": [message.id for message in gone]})

    # the page's side

    def subscribe(self, wants: Wants = everything) -> AbstractAsyncContextManager[Reader]:
        return self._events.subscribe(wants)

    @property
    def readers(self) -> int:
        return len(self._events)

    def publish(self, kind: str, data: Mapping[str, Any]) -> None:
        if data.get("chat") not in self.covers:
            self._events.publish(kind, data)

    def _cover_kiosks(self) -> None:
        self.covers.put_over_kiosks(self._rooms.values())

    def chats(self) -> list[dict[str, Any]]:
        return [room.chat.for_page() for room in self._rooms.values()]

    def chat(self, chat_id: int) -> dict[str, Any]:
        commands = [] if chat_id in self.covers else self._menu(chat_id)
        return {**self.covers.over(self.room(chat_id)), "commands": commands}

    def document(self, file_id: str) -> UploadedFile:
        for room in self._rooms.values():
            if any(each.document and each.document.file_id == file_id for each in room.messages.values()):
                self.covers.check(room.chat.id)
        if file_id not in self._documents:
            raise NotThere("There is no such document; it may have been deleted with its message.")
        return self._documents[file_id].upload

    def block(self, chat_id: int, blocked: bool = True) -> None:
        self.room(chat_id).blocked = blocked

    async def open_chat(self, chat_id: int, title: str, kind: str) -> None:
        """Make sure of a chat with this title and kind."""
        if kind not in KINDS:
            raise NotAllowed(f"A chat is one of {', '.join(KINDS)}, not {kind!r}.")
        chat = Chat(chat_id, title, kind)
        if chat_id in self._rooms and self._rooms[chat_id].chat == chat:
            return
        await self.journal.write((OPEN_CHAT, (chat_id, title, kind)), then=lambda: self._open(chat))

    async def close_chat(self, chat_id: int) -> None:
        """Take a chat and everything in it away, for a device or a person that is here no more."""
        room, menu = self.room(chat_id), methods.commands_of(methods.chat_scope(chat_id))
        deletions = [
            ("DELETE FROM messages WHERE chat = ?", (chat_id,)),
            ("DELETE FROM chats WHERE id = ?", (chat_id,)),
            ("DELETE FROM notes WHERE name = ?", (menu,)),
        ]
        await self.journal.write(*deletions, then=lambda: self._close(room))

    def _close(self, room: Room) -> None:
        self._hide(room, list(room.messages))
        self._rooms.pop(room.chat.id, None)
        self.notes.pop(methods.commands_of(methods.chat_scope(room.chat.id)), None)
        self.publish("chats", {})

    def _open(self, chat: Chat) -> None:
        self._rooms.setdefault(chat.id, Room(chat)).chat = chat
        self.publish("chats", {})

    async def press(self, chat_id: int, message_id: int, data: str) -> None:
        """Press a button; the data may be one that no button has, for a forged press must reach the hub."""
        room = self.room(chat_id)
        self.covers.check(chat_id)
        if message_id not in room.messages:
            raise NotThere(f"There is no message {message_id} in chat {chat_id}; it may have been deleted.")
        if not 1 <= len(_stored(data).encode()) <= 64:
            raise NotAllowed("A button's data has 1 to 64 bytes.")
        room.alert = None
        query = str(secrets.randbits(63))
        body = {"id": query, "from": room.chat.user(), "chat_instance": str(chat_id), "data": data}
        body["message"] = self.told(room, room.messages[message_id])
        passing = room.messages[message_id].passing or self.threshold.passes(data)
        then = partial(self._expect, query, chat_id)
        await self.updates.add({"callback_query": body}, then=then, passing=passing)

    def _expect(self, query: str, chat_id: int) -> None:
        """Remember a press that can be answered, and forget those that cannot any more."""
        now = self._now()
        while self._queries and now - next(iter(self._queries.values()))[1] > QUERY_LIVES:
            del self._queries[next(iter(self._queries))]
        self._queries[query] = (chat_id, now)

    async def say(self, chat_id: int, text: str) -> None:
        """Write in the chat as its user."""
        room = self.room(chat_id)
        self.covers.check(chat_id)
        said = _stored(text).strip()
        if not said or parameters.units(said) > 4096:
            raise NotAllowed("A message has 1 to 4096 characters.")
        self._last_message += 1
        passing = self.threshold.passes(said) or room.is_secret
        message = Message(self._last_message, "user", self.seconds(), said, passing=passing)
        insertion, then = rooms.insertion(chat_id, message), partial(self._show, room, message)
        await self.updates.add({"message": self.told(room, message)}, *insertion, then=then, passing=passing)

    async def receive(self, update: Mapping[str, Any]) -> None:
        """Queue an update as it stands; its own ``update_id``, if it has one, stays."""
        await self.updates.add(update)


def _stored(text: str) -> str:
    try:
        return parameters.text(text)
    except BotApiError:
        raise NotAllowed("Half a surrogate pair is not text; send whole characters.") from None
