"""What a chat holds, as values that know how a bot and how a page read them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

KINDS = ("kiosk", "staff")


class NotThere(Exception):
    """What was named does not exist; the message says what."""


class NotAllowed(Exception):
    """What was asked cannot be right; the message says what would be."""


class Covered(Exception):
    """The screen does not work now, and takes nothing in; the message is what stands on it."""


class BotApiError(Exception):
    """A refusal in the words of the Bot API."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> bytes:
        """The refusal as the real server writes it."""
        parameters = {} if self.retry_after is None else {"parameters": {"retry_after": self.retry_after}}
        told = {"ok": False, "error_code": self.code, "description": self.description, **parameters}
        return json.dumps(told).encode()


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """What a bot uploads with a call."""

    name: str
    content: bytes
    mime_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Chat:
    id: int
    title: str
    kind: str

    def user(self) -> dict[str, Any]:
        """A chat has one user, known by the same number."""
        return {"id": self.id, "is_bot": False, "first_name": self.title}

    def for_bot(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.title}

    def for_page(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None

    def for_bot(self) -> dict[str, str]:
        fields = {"text": self.text, "callback_data": self.data, "url": self.url, "style": self.style}
        return {name: value for name, value in fields.items() if value is not None}

    def for_page(self) -> dict[str, str | None]:
        return {"text": self.text, "data": self.data, "url": self.url, "style": self.style}


Keyboard = tuple[tuple[Button, ...], ...]


def markup(keyboard: Keyboard) -> dict[str, Any]:
    return {"inline_keyboard": [[button.for_bot() for button in row] for row in keyboard]}


@dataclass(frozen=True, slots=True)
class Document:
    file_id: str
    upload: UploadedFile

    def for_bot(self) -> dict[str, Any]:
        named = {"file_name": self.upload.name, "mime_type": self.upload.mime_type}
        return {**named, "file_id": self.file_id, "file_unique_id": self.file_id, "file_size": len(self.upload.content)}

    def for_page(self) -> dict[str, str]:
        return {"file_id": self.file_id, "file_name": self.upload.name}


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``date`` and ``edit_date`` are seconds since 1970, as the Bot API has them.

    A ``passing`` one is in memory alone: a restart ends it. Its ``face`` is what a page draws of it.
    """

    id: int
    sender: Literal["bot", "user"]
    date: int
    text: str
    keyboard: Keyboard = ()
    edit_date: int | None = None
    document: Document | None = None
    passing: bool = False
    face: Mapping[str, Any] | None = None

    def for_bot(self, chat: Chat, bot: Mapping[str, Any]) -> dict[str, Any]:
        told = {"message_id": self.id, "from": bot if self.sender == "bot" else chat.user()}
        told |= {"chat": chat.for_bot(), "date": self.date} | self._content()
        if self.edit_date is not None:
            told["edit_date"] = self.edit_date
        if self.keyboard:
            told["reply_markup"] = markup(self.keyboard)
        return told

    def _content(self) -> dict[str, Any]:
        if self.document is None:
            return {"text": self.text}
        caption = {"caption": self.text} if self.text else {}
        return {"document": self.document.for_bot(), **caption}

    def for_page(self) -> dict[str, Any]:
        drawn = {"face": self.face} if self.face else {}
        return {
            "id": self.id,
            "sender": self.sender,
            "text": self.text,
            "date": self.date,
            "buttons": [[button.for_page() for button in row] for row in self.keyboard],
            "documents": [self.document.for_page()] if self.document else [],
            **drawn,
        }


@dataclass(frozen=True, slots=True)
class Alert:
    """What a press was answered with; it leaves no trace in the chat."""

    id: int
    text: str
    show_alert: bool

    def for_page(self) -> dict[str, Any]:
        return {"id": self.id, "text": self.text, "show_alert": self.show_alert}
