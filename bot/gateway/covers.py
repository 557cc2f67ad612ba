"""What stands on a screen that does not work now: it hides whatever was there, in memory, whatever the disk does."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.gateway.chats import Covered
from bot.gateway.rooms import Room

log = logging.getLogger(__name__)

COVER = 0
"""The number of a cover among a chat's messages; no message has it."""

WORDS = (
    "Skjermen virker ikke nå. Skriv på papirlapp. Den teller like mye.\n\n"
    "The screen is not working now. Use a paper slip. It counts just as much."
)
"""What is said where the bot has given no words for it."""


class Covers:
    """Which chats are covered, and with which words. ``publish`` tells their pages, past what is hidden."""

    def __init__(self, publish: Callable[[str, Mapping[str, Any]], None]) -> None:
        self.words: dict[int, str] = {}
        self._down: set[int] = set()
        self._publish = publish
        self._told = False

    def __contains__(self, chat: object) -> bool:
        return chat in self._down

    @property
    def down(self) -> list[int]:
        """The chats that are covered now."""
        return sorted(self._down)

    @property
    def anybodys(self) -> str | None:
        """What stands on the cover of the first chat for which there are words, if the bot has given any."""
        return next(iter(self.words.values()), None)

    def check(self, chat: int) -> None:
        """Refuse whoever presses or reads where a cover stands."""
        if chat in self:
            raise Covered(self._said(chat))

    def put_over_kiosks(self, rooms: Iterable[Room]) -> None:
        """Where nothing can be written, a kiosk would show what nobody can finish any more; the log says it once."""
        if not self._told:
            log.error("The house network's file takes nothing: the kiosks say so, and come back when it does")
        self._told = True
        for room in rooms:
            if room.chat.kind == "kiosk":
                self.put(room)

    def put(self, room: Room) -> None:
        chat = room.chat.id
        if chat in self:
            return
        self._down.add(chat)
        room.alert = None
        self._publish("deleted", {"chat": chat, "ids": list(room.messages)})
        self._publish("chat", {"chat": chat, "message": self._message(chat)})

    def lift(self, room: Room) -> None:
        chat = room.chat.id
        if chat not in self:
            return
        self._down.discard(chat)
        self._told = False
        self._publish("deleted", {"chat": chat, "ids": [COVER]})
        for message in room.messages.values():
            self._publish("chat", {"chat": chat, "message": message.for_page()})

    def over(self, room: Room) -> dict[str, Any]:
        """What the page is given: the chat, or no more than the cover."""
        if room.chat.id not in self:
            return room.for_page()
        return {**room.chat.for_page(), "messages": [self._message(room.chat.id)], "alert": None}

    def _message(self, chat: int) -> dict[str, Any]:
        bare: dict[str, Any] = {"id": COVER, "sender": "bot", "date": 0, "buttons": [], "documents": []}
        return {**bare, "text": self._said(chat), "cover": True}

    def _said(self, chat: int) -> str:
        return self.words.get(chat, WORDS)
