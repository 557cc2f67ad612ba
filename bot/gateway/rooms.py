"""A chat with what is in it, and how its messages stand in the file: a passing one as no more than its number."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.gateway.bot_api import parameters
from bot.gateway.chats import Alert, Chat, Document, Message, NotThere, UploadedFile, markup
from bot.gateway.journal import Journal, Statement

PASSES = ""
"""What stands in the place of a keyboard where a message is in memory alone."""


@dataclass
class Room:
    """A chat with what is in it now."""

    chat: Chat
    messages: dict[int, Message] = field(default_factory=dict)
    alert: Alert | None = None
    blocked: bool = False

    @property
    def is_secret(self) -> bool:
        """Say whether a kiosk shows what passes: whatever is typed there then may be a code."""
        return self.chat.kind == "kiosk" and any(message.passing for message in self.messages.values())

    def for_page(self) -> dict[str, Any]:
        messages = [message.for_page() for message in self.messages.values()]
        alert = self.alert.for_page() if self.alert else None
        return {**self.chat.for_page(), "messages": messages, "alert": alert}


def no_chat(chat_id: int) -> NotThere:
    """Say that a chat does not exist, in the same words whether it does or is only somebody else's."""
    return NotThere(f"There is no chat {chat_id}; GET /client/chats lists those there are.")


class Rooms:
    """Every chat of the house by its number, and the documents in them; ``publish`` tells the pages."""

    def __init__(self, publish: Callable[[str, Mapping[str, Any]], None]) -> None:
        self._rooms: dict[int, Room] = {}
        self._documents: dict[str, Document] = {}
        self._publish = publish

    def __iter__(self) -> Iterator[Room]:
        return iter(self._rooms.values())

    def fill(self, rooms: dict[int, Room]) -> None:
        self._rooms = rooms
        messages = (message for room in self for message in room.messages.values())
        self._documents = {each.document.file_id: each.document for each in messages if each.document}

    def of(self, chat_id: int) -> Room:
        if chat_id not in self._rooms:
            raise no_chat(chat_id)
        return self._rooms[chat_id]

    def get(self, chat_id: int) -> Room | None:
        return self._rooms.get(chat_id)

    def with_document(self, file_id: str) -> list[Room]:
        return [
            room
            for room in self
            if any(each.document and each.document.file_id == file_id for each in room.messages.values())
        ]

    def document(self, file_id: str) -> UploadedFile:
        if file_id not in self._documents:
            raise NotThere("There is no such document; it may have been deleted with its message.")
        return self._documents[file_id].upload

    def show(self, room: Room, message: Message) -> None:
        room.messages[message.id] = message
        if message.document:
            self._documents[message.document.file_id] = message.document
        self._publish("chat", {"chat": room.chat.id, "message": message.for_page()})

    def hide(self, room: Room, ids: Iterable[int]) -> None:
        gone = [room.messages.pop(number) for number in ids if number in room.messages]
        for document in filter(None, (message.document for message in gone)):
            del self._documents[document.file_id]
        if gone:
            self._publish("deleted", {"chat": room.chat.id, "ids": [message.id for message in gone]})

    def empty(self) -> None:
        for room in self:
            self.hide(room, list(room.messages))

    def open(self, chat: Chat) -> None:
        self._rooms.setdefault(chat.id, Room(chat)).chat = chat
        self._publish("chats", {})

    def close(self, room: Room) -> None:
        self.hide(room, list(room.messages))
        self._rooms.pop(room.chat.id, None)


def insertion(chat_id: int, message: Message) -> list[Statement]:
    columns = (message.id, chat_id, message.sender, message.date, *_written(message))
    inserted: list[Statement] = [("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, NULL, ?)", columns)]
    if (document := message.document) and not message.passing:
        file = (document.file_id, message.id, document.upload.name, document.upload.mime_type, document.upload.content)
        inserted.append(("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", file))
    return inserted


def change(message: Message) -> Statement:
    sql = "UPDATE messages SET text = ?, keyboard = ?, face = ?, edit_date = ? WHERE id = ?"
    return sql, (*_written(message), message.edit_date, message.id)


def deletion(ids: list[int]) -> list[Statement]:
    return [("DELETE FROM messages WHERE id = ?", (number,)) for number in ids]


def _written(message: Message) -> tuple[str, str, str | None]:
    if message.passing:
        return PASSES, PASSES, None
    return message.text, json.dumps(markup(message.keyboard)), json.dumps(message.face) if message.face else None


async def load(journal: Journal) -> dict[int, Room]:
    """Read every chat with its messages; of those that passed nothing is left but that their numbers are used up."""
    await journal.write(("DELETE FROM messages WHERE keyboard = ?", (PASSES,)), then=lambda: None)
    chats = await journal.rows("SELECT id, title, kind FROM chats ORDER BY id")
    rooms = {row[0]: Room(Chat(*row)) for row in chats}
    files = await journal.rows("SELECT message, file_id, name, content, mime_type FROM documents")
    held = {file[0]: Document(file[1], UploadedFile(*file[2:])) for file in files}
    columns = "chat, id, sender, date, text, edit_date, keyboard, face"
    for chat_id, *row, rows, drawn in await journal.rows(f"SELECT {columns} FROM messages ORDER BY id"):  # noqa: S608  no input
        number, sender, date, text, edited = row
        shown = (parameters.keyboard(rows), edited, held.get(number))
        face = json.loads(drawn) if drawn else None
        message = Message(number, sender, date, text, *shown, face=face)
        rooms[chat_id].messages[number] = message
    return rooms
