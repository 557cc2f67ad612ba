"""The house network itself: chats in memory, every change in the file before it is answered."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

from bot.gateway import commands, rooms, typed
from bot.gateway.bot_api import parameters
from bot.gateway.bot_api.pace import Pace
from bot.gateway.chats import (
    KINDS,
    Alert,
    Chat,
    Document,
    Keyboard,
    Message,
    NotAllowed,
    NotThere,
    UploadedFile,
)
from bot.gateway.covers import Covers
from bot.gateway.doors.threshold import Threshold
from bot.gateway.events import Events, Reader, Wants, everything
from bot.gateway.journal import Journal, JournalFault, Statement
from bot.gateway.presses import Presses
from bot.gateway.rooms import Room, Rooms
from bot.gateway.updates import Updates

OPEN_CHAT = (
    "INSERT INTO chats VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind"
)


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
        self._rooms = Rooms(self.publish)
        self.presses = Presses(now)
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
            self.presses.reopen(update)
        self._rooms.fill(await rooms.load(self.journal))

    async def close(self) -> None:
        """End streams and polls, and the file when all that was asked is in it."""
        self.stop()
        await self.journal.close()

    def stop(self) -> None:
        """End streams and polls at once, so that a server can stop."""
        self._events.stop()
        self.updates.stop()

    # the bot's side

    def me(self) -> dict[str, Any]:
        return {"id": self.epoch, "is_bot": True, "first_name": "Samtalelapp", "username": "samtalelapp_bot"}

    def now(self) -> datetime:
        return self._now()

    def seconds(self) -> int:
        return int(self._now().timestamp())

    def room(self, chat_id: int) -> Room:
        return self._rooms.of(chat_id)

    async def add(
        self,
        room: Room,
        text: str,
        reply_markup: Keyboard = (),
        document: Document | None = None,
        passing: bool = False,
        face: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Add a message of the bot's; of a passing one the file has no more than the number."""
        self._last_message += 1
        message = Message(self._last_message, "bot", self.seconds(), text, reply_markup, None, document, passing, face)
        await self.journal.write(*rooms.insertion(room.chat.id, message), then=lambda: self._rooms.show(room, message))
        return self.told(room, message)

    async def change(self, room: Room, message: Message) -> dict[str, Any]:
        """Put a message in the place of the one with its id, unless that is gone when its turn comes."""

        def changed() -> None:
            if message.id not in room.messages:
                raise parameters.bad("message to edit not found")
            self._rooms.show(room, message)

        await self.journal.write(rooms.change(message), then=changed)
        return self.told(room, message)

    async def remove(self, room: Room, ids: Iterable[int]) -> None:
        await self.journal.write(*rooms.deletion(list(ids)), then=lambda: self._rooms.hide(room, ids))

    async def start_afresh(self, above: int) -> None:
        """Take every message away, and let the numbers of messages and updates go on above this."""
        self._last_message = max(self._last_message, above)
        deletions: list[Statement] = [("DELETE FROM messages", ())]
        deletions += [("UPDATE sqlite_sequence SET seq = ? WHERE name = 'messages'", (self._last_message,))]
        deletions += [self.updates.go_on_above(above)]
        await self.journal.write(*deletions, then=self._rooms.empty)

    def rooms(self) -> list[Room]:
        return list(self._rooms)

    async def note(self, name: str, value: str) -> None:
        sql = "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        await self.journal.write((sql, (name, value)), then=lambda: self.notes.update({name: value}))

    def alert(self, query: str, text: str, show_alert: bool) -> bool:
        """Answer a press; False when it is unknown, answered already or too old."""
        chat_id = self.presses.take(query)
        if chat_id is None:
            return False
        if text and (room := self._rooms.get(chat_id)):
            self._last_alert += 1
            room.alert = Alert(self._last_alert, text, show_alert)
            self.publish("alert", {"chat": chat_id, "alert": room.alert.for_page()})
        return True

    def told(self, room: Room, message: Message) -> dict[str, Any]:
        return message.for_bot(room.chat, self.me())

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
        self.covers.put_over_kiosks(self._rooms)

    def chats(self) -> list[dict[str, Any]]:
        return [room.chat.for_page() for room in self._rooms]

    def chat(self, chat_id: int) -> dict[str, Any]:
        menu = [] if chat_id in self.covers else commands.menu(self.notes, chat_id)
        return {**self.covers.over(self.room(chat_id)), "commands": menu}

    def document(self, file_id: str) -> UploadedFile:
        for room in self._rooms.with_document(file_id):
            self.covers.check(room.chat.id)
        return self._rooms.document(file_id)

    def block(self, chat_id: int, blocked: bool = True) -> None:
        self.room(chat_id).blocked = blocked

    async def open_chat(self, chat_id: int, title: str, kind: str) -> None:
        """Make sure of a chat with this title and kind."""
        if kind not in KINDS:
            raise NotAllowed(f"A chat is one of {', '.join(KINDS)}, not {kind!r}.")
        chat = Chat(chat_id, title, kind)
        if (room := self._rooms.get(chat_id)) and room.chat == chat:
            return
        await self.journal.write((OPEN_CHAT, (chat_id, title, kind)), then=lambda: self._rooms.open(chat))

    async def close_chat(self, chat_id: int) -> None:
        """Take a chat and everything in it away, for a device or a person that is here no more."""
        room, menu = self.room(chat_id), commands.commands_of(commands.chat_scope(chat_id))
        deletions = [
            ("DELETE FROM messages WHERE chat = ?", (chat_id,)),
            ("DELETE FROM chats WHERE id = ?", (chat_id,)),
            ("DELETE FROM notes WHERE name = ?", (menu,)),
        ]
        await self.journal.write(*deletions, then=lambda: self._close(room))

    def _close(self, room: Room) -> None:
        self._rooms.close(room)
        self.notes.pop(commands.commands_of(commands.chat_scope(room.chat.id)), None)
        self.publish("chats", {})

    async def press(self, chat_id: int, message_id: int, data: str) -> None:
        """Press a button; the data may be one that no button has, for a forged press must reach the hub."""
        room = self.room(chat_id)
        self.covers.check(chat_id)
        if message_id not in room.messages:
            raise NotThere(f"There is no message {message_id} in chat {chat_id}; it may have been deleted.")
        typed.check_data(data)
        room.alert = None
        query = str(secrets.randbits(63))
        body = {"id": query, "from": room.chat.user(), "chat_instance": str(chat_id), "data": data}
        body["message"] = self.told(room, room.messages[message_id])
        passing = room.messages[message_id].passing or self.threshold.passes(data)
        then = partial(self.presses.expect, query, chat_id)
        await self.updates.add({"callback_query": body}, then=then, passing=passing)

    async def say(self, chat_id: int, text: str) -> None:
        """Write in the chat as its user."""
        room = self.room(chat_id)
        self.covers.check(chat_id)
        said = typed.line(text)
        self._last_message += 1
        passing = self.threshold.passes(said) or room.is_secret
        message = Message(self._last_message, "user", self.seconds(), said, passing=passing)
        insertion, then = rooms.insertion(chat_id, message), partial(self._rooms.show, room, message)
        await self.updates.add({"message": self.told(room, message)}, *insertion, then=then, passing=passing)

    async def receive(self, update: Mapping[str, Any]) -> None:
        """Queue an update as it stands; its own ``update_id``, if it has one, stays."""
        await self.updates.add(update)
