"""Between the hub and its house network: who is let in where."""

import asyncio
import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bot.config import Settings
from bot.delivery.turns import Turns
from bot.domain.refusals import Refusal
from bot.domain.staff.devices import lifetime
from bot.faults import place_of
from bot.gateway.chats import NotThere
from bot.gateway.doors import web
from bot.gateway.doors.answers import CodeRefused
from bot.gateway.doors.board import Board
from bot.gateway.doors.doors import Device, Door, Doors
from bot.gateway.doors.voice import Busy, Voice
from bot.gateway.house import House
from bot.gateway.journal import JournalFault
from bot.listeners import DEMO, KIOSK, STAFF, Listener, hosts, is_secure
from bot.speaking.reading import Reading
from bot.store import chats as chat_rows
from bot.store import devices as rows
from bot.store import theme_nights
from bot.store.database import Transaction
from bot.usecases.opening import HOUSE
from bot.usecases.staff import devices
from bot.voices.speaking import Silent
from handlers.chat.refusals.of_staff import WORDS
from handlers.chat.words import words
from handlers.papers import board

log = logging.getLogger(__name__)

PAGE_LANGUAGES = ("nb", "en")
WEEK = timedelta(days=8)
"""So far around now a week reaches, by whatever clock."""


@dataclass
class Doorkeeper:
    """Keeps the doors and the chats of the house as the hub's accounts and devices are."""

    turns: Turns
    house: House
    broken: asyncio.Event
    reading: Reading
    doors: Doors = field(init=False)
    board: Board = field(init=False)
    _chats: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Make the doors; nobody is let in before the first ``follow``."""
        voice = Voice(self.reading.languages, self.reading.sentences, self._speak)
        self.doors = Doors(self.turns.keys.stamp, self.turns.clock.now, self._redeem, self._end, self._touch, voice)
        self.board = Board(self._week)

    async def follow(self, tx: Transaction) -> None:
        """Let in whom the rows let in, and have a chat for everybody who has an account.

        Where the rows cannot be read, nobody is let in, and the hub is stopped.
        """
        try:
            self.doors.follow({each.stamp: _let_in(each) for each in await rows.open_doors(tx, HOUSE)})
            await self._follow_chats(await chat_rows.chats_on(tx, HOUSE))
        except (sqlite3.Error, JournalFault) as error:
            log.critical("The doors cannot follow the rows and are shut: %s", place_of(error))
            self.doors.follow({})
            self.broken.set()

    async def _follow_chats(self, wanted: Iterable[tuple[int, str, bool]]) -> None:
        titles = {chat_id: (title, KIOSK if kiosk else STAFF) for chat_id, title, kiosk in wanted}
        there = {chat["id"] for chat in self.house.chats()}
        for chat_id in sorted(self._chats - set(titles)):
            if chat_id in there:
                await self.house.close_chat(chat_id)
        for chat_id, (title, kind) in titles.items():
            await self.house.open_chat(chat_id, title, kind)
        self._chats = set(titles)

    async def _redeem(self, code: str, kind: str) -> str:
        try:
            async with self.turns.begin(HOUSE) as turn:
                turn.actor = replace(turn.actor, id=f"{kind} door")
                return await devices.join(turn, code, kiosk=kind == KIOSK)
        except Refusal as refusal:
            await self._note_refusal(kind, refusal)
            raise CodeRefused(self._said(refusal)) from None
        except sqlite3.Error as error:
            raise _cannot_write() from error

    async def _note_refusal(self, kind: str, refusal: Refusal) -> None:
        async with self.turns.begin(HOUSE) as turn:
            turn.actor = replace(turn.actor, id=f"{kind} door")
            await turn.note("refused", "device_join", type(refusal).__name__)

    def _said(self, refusal: Refusal) -> dict[str, str]:
        say, zone = WORDS[type(refusal)], self.turns.hub.zone
        return {language: say(words(language, zone)) for language in PAGE_LANGUAGES}

    async def _end(self, device: int) -> None:
        try:
            async with self.turns.begin(HOUSE) as turn:
                await devices.leave(turn, device)
        except Refusal:
            return  # somebody else has ended it in this moment, which is what was asked
        except sqlite3.Error as error:
            raise _cannot_write() from error

    async def _touch(self, device: int) -> None:
        try:
            async with self.turns.begin(HOUSE) as turn:
                await devices.touch(turn, device)
        except sqlite3.Error as error:
            self.turns.database.trouble.note(error)

    async def _speak(self, message: Mapping[str, Any], number: int, language: str) -> bytes | None:
        spoken = await self.reading.speak(message, number, language)
        if spoken is Silent.BUSY:
            raise Busy
        return spoken if isinstance(spoken, bytes) else None

    async def _week(self, prison: str, languages: str) -> dict[str, Any]:
        """Return what the board of a prison shows now, in each of these languages that has all of it."""
        hub, now = self.turns.hub, self.turns.clock.now()
        prison = prison or hub.prefix
        if prison not in hub.prisons:
            raise NotThere("There is no such prison in this hub.")
        try:
            async with self.turns.database.reading() as tx:
                nights = await theme_nights.between(tx, now - WEEK, now + WEEK)
        except sqlite3.Error as error:
            raise JournalFault("The hub cannot read its file now. Try again in a moment.") from error
        spoken = board.languages(hub, prison, nights, now, languages.split("-"))
        return {
            "pages": [board.board(hub, prison, nights, now, each) for each in spoken],
            "lost": [board.lost(hub, now, each) for each in spoken],
        }

    def site(self, settings: Settings, listener: Listener, also: Sequence[BaseRoute] = ()) -> ASGIApp:
        """Return the web app for a listener: the demo's, open to everybody here, or the door of a kind of device."""
        secure = is_secure(settings, listener)
        bot_api = settings.bot_api and listener.kind != KIOSK
        routes = [
            *self.board.routes(),
            *web.routes(self.house, self.doors.voice, open_client=listener.kind == DEMO, bot_api=bot_api),
            *also,
        ]
        if listener.kind != DEMO:
            cookies_live = lifetime(kiosk=listener.kind == KIOSK)
            routes += Door(self.house, self.doors, listener.kind, cookies_live, secure).routes()
        return site(settings, listener, routes)


def site(settings: Settings, listener: Listener, routes: Sequence[BaseRoute]) -> ASGIApp:
    """Return the web app for a listener with these routes and no others."""
    secure, proxied = is_secure(settings, listener), settings.behind_proxy
    of_one = listener.most // 2 if proxied else None
    return web.site(routes, hosts(settings), secure=secure, proxied=proxied, most_of_one=of_one)


def _let_in(row: rows.OpenDoor) -> Device:
    device = row.device
    return Device(device.id, row.chat_id, KIOSK if device.kiosk else STAFF, device.until)


def _cannot_write() -> JournalFault:
    return JournalFault("The hub cannot write its file now. Try again in a moment.")
