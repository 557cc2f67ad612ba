"""Walks through every page that somebody can reach by pressing, without networks: what was pressed is undone again."""

import json
import logging
import re
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import cache, partial
from typing import Any

from telegram import Update

from bot.delivery.turns import Turns
from bot.demo.files import OPENS
from bot.domain.chat import sheets, tongues
from bot.domain.chat.messages import SCREEN
from bot.domain.people import Role
from bot.domain.refusals import Refusal
from bot.domain.reminders import Kind, Reminder
from bot.hubfile import HubFile
from bot.running.parts import application_of
from bot.store import chats as chat_rows
from bot.store import contents
from bot.store.database import Database, Transaction
from bot.store.keys import Keys
from bot.usecases import opening
from bot.usecases.people import meet
from bot.usecases.screen import kiosks
from bot.usecases.turn import Actor, Turn, current_turn
from handlers import tables
from handlers.chat import lines as table
from handlers.chat.sheets import count
from handlers.tables import HANDLERS
from tests.delivery.network import ScriptedWire, network_of
from tests.hub.real_turns import KEYS, StillClock

FIRST_CHAT = 501
MOST_IN_A_ROW = 8
LONGEST_LABEL = 64
ESCAPED = r"\ufdd"
LEAVES = ("finish", "sheet:", "pad:", "erase", "language:", "doors", "home")
"""What a walk does not press: it would be somebody else's, or stays where it is."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a message, as it stands in its row."""

    network: str
    key: str
    text: str
    rows: list[list[dict[str, str]]]

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for row in self.rows for button in row]


def whole(tx: Transaction, row: Mapping[str, Any]) -> Row:
    """Return a message's row with what it says, also where that stands in memory alone."""
    said = contents.of(tx, row)
    return {**row, "text": said.text, "buttons": said.buttons}


def sheets_of(row: Mapping[str, Any]) -> list[Sheet]:
    """Return all sheets of a message, shown or not."""
    return _sheets(row["network"], row["key"], row["text"], row["buttons"], row["sheets"])


def _sheets(network: str, key: str, text: str, buttons: str, kept: str | None) -> list[Sheet]:
    found = json.loads(kept)["sheets"] if kept else [{"text": text, "buttons": buttons}]
    return [Sheet(network, key, each["text"], json.loads(each["buttons"] or "[]")) for each in found]


def faults_of(sheet: Sheet) -> Iterator[str]:
    """Say what a chat network would refuse, or nobody could read."""
    lines, labels = sheet.text.splitlines(), [button["text"] for button in sheet.buttons]
    if sheets.units(sheet.text) > sheets.LONGEST_TEXT:
        yield f"{sheets.units(sheet.text)} units of text"
    if len(labels) > sheets.MOST_BUTTONS:
        yield f"{len(labels)} buttons"
    yield from (f"{len(row)} buttons in a row" for row in sheet.rows if len(row) > MOST_IN_A_ROW or not row)
    yield from (f"a label of {len(label)}: {label}" for label in labels if len(label) > LONGEST_LABEL)
    yield from (f"an empty line or button in {lines} {labels}" for text in [*lines, *labels] if not text.strip())
    yield from (f"a mark of another language: {text!r}" for text in [*lines, *labels] if tongues.STRAY.search(text))
    if not lines:
        yield "no text"
    yield from (f"unfinished: {text!r}" for text in [*lines, *labels] if re.search(r"[{}]", text))
    sizes = [len(button["callback_data"].encode()) for button in sheet.buttons]
    yield from (f"data of {size} bytes" for size in sizes if not 0 < size <= sheets.LONGEST_DATA)


class Undone(Exception):
    """Takes back what was pressed."""


@dataclass
class Walker:
    """Presses what is shown to one reader, each kind of press once, and looks at every message of every chat."""

    turns: Turns
    application: Any
    chats: dict[str, int]
    faults: list[str] = field(default_factory=list)
    nearest: dict[str, int] = field(default_factory=dict)
    path: str = ""
    depth: int = 5
    pressed: set[str] = field(default_factory=set)
    refusals: dict[tuple[str, str], str] = field(default_factory=dict)
    known: set[tuple[str, ...]] = field(default_factory=set)
    look: Callable[[Sheet], Iterator[str]] = faults_of

    async def walk(self, chat: int) -> None:
        """Begin at the start page of somebody of the staff."""
        self.nearest = {}
        async with self._undone() as tx:
            await self._type(tx, chat, "/start")
            await self._explore(tx, chat, "/start", 0)

    async def walk_at_screen(self, chat: int, inmate: str | None) -> None:
        """Begin at a kiosk, where an inmate is signed in or nobody."""
        self.nearest = {}
        async with self._undone() as tx:
            await self._in_turn(tx, chat, lambda turn: self._stands_there(turn, inmate))
            await self._explore(tx, chat, inmate or "nobody", 0)

    async def do(self, work: Callable[[Turn], Any]) -> dict[str, list[Sheet]]:
        """Let the hub do something, look at all messages, undo it; return every chat's sheets by key."""
        async with self._undone() as tx:
            await self._in_turn(tx, 0, work)
            rows = [whole(tx, row) for row in await tx.rows("SELECT * FROM messages WHERE text IS NOT NULL")]
            self._look_at(rows, "done")
            return {f"{row['network']}/{row['chat_id']}/{row['key']}": sheets_of(row) for row in rows}

    async def job(self, kind: Kind, about: str = "hub") -> dict[str, list[Sheet]]:
        """Let what is due be done."""
        reminder = Reminder(kind, about, self.turns.clock.now())
        return await self.do(lambda turn: tables.run_job(self.application, turn, reminder))

    async def page(self, chat: int, typed: str, *presses: str) -> list[Sheet]:
        """Return all sheets of the page to which a typed command and some presses lead."""
        async with self._undone() as tx:
            await self._type(tx, chat, typed)
            await self._go(tx, chat, presses)
            return sheets_of((await self._rows(tx, chat))[-1])

    async def refused_on(self, chat: int, typed: str, *begins: str) -> dict[str, str]:
        """Press every button of the page to which some presses lead, each alone; return what was refused, and why."""
        async with self._undone() as tx:
            await self._type(tx, chat, typed)
            await self._go(tx, chat, begins)
            return await self._each_of(tx, chat, (await self._rows(tx, chat))[-1])

    async def refused_at(self, chat: int, key: str, data: str) -> dict[str, str]:
        """Press something on a message, shown there or not, and then what the message says after it."""
        async with self._undone() as tx:
            await self._type(tx, chat, "/start")
            await self._press(tx, chat, key, data)
            [row] = [each for each in await self._rows(tx, chat) if each["key"] == key]
            return await self._each_of(tx, chat, row)

    async def _each_of(self, tx: Transaction, chat: int, row: Row) -> dict[str, str]:
        found: dict[str, str] = {}
        for data in _worth_pressing(row):
            await self._try_alone(tx, chat, row["key"], data, found)
        return found

    async def _go(self, tx: Transaction, chat: int, begins: Iterable[str]) -> None:
        """Press one button after the other, named by how its data begins, or with a * in it: the newest that fits."""
        for begin in begins:
            there = [(row["key"], data) for row in await self._rows(tx, chat) for data in _worth_pressing(row)]
            exact = [each for each in there if fnmatchcase(each[1], begin)]
            key, data = (exact or [each for each in there if each[1].startswith(begin)])[-1]
            await self._press(tx, chat, key, data)

    async def _try_alone(self, tx: Transaction, chat: int, key: str, data: str, found: dict[str, str]) -> None:
        async with self._undone(tx) as part:
            try:
                await self._press(part, chat, key, data)
                self.pressed.add(data)
            except Refusal as refusal:
                found[data] = type(refusal).__name__

    # ── pressing ──────────────────────────────────────────────────────────────────────────────────────────────────

    @asynccontextmanager
    async def _undone(self, among: Transaction | None = None) -> AsyncIterator[Transaction]:
        before = self.turns.pads, self.turns.hub
        try:
            async with among.part() if among else self.turns.database.transaction() as tx:
                yield tx
                raise Undone
        except Undone:
            self.turns.pads, self.turns.hub = before

    async def _in_turn(self, tx: Transaction, chat: int, work: Callable[[Turn], Any], network: str = "house") -> Turn:
        async with self.turns.begin(network, chat, among=tx) as turn:
            mark = current_turn.set(turn)
            try:
                await work(turn)
            finally:
                current_turn.reset(mark)
        return turn

    async def _stands_there(self, turn: Turn, inmate: str | None) -> None:
        await meet(turn, "nb")
        turn.change_session(inmate=inmate, draft=None, view="home" if inmate else "welcome")
        await kiosks.keep(turn)
        await self._run(turn, "home" if inmate else "start", SCREEN)

    async def _type(self, tx: Transaction, chat: int, text: str) -> None:
        await self._in_turn(tx, chat, lambda turn: self._met(turn, text, None))

    async def _press(self, tx: Transaction, chat: int, key: str, data: str, network: str = "house") -> None:
        await self._in_turn(tx, chat, lambda turn: self._met(turn, data, key), network)

    async def _met(self, turn: Turn, what: str, key: str | None) -> None:
        await meet(turn, "nb")
        await self._run(turn, what, key)

    async def _run(self, turn: Turn, what: str, key: str | None) -> None:
        turn.pressed = key
        context = tables.context_of(self.application, turn)
        lines = [each for each in HANDLERS if each.pattern and each.pressed is (key is not None)]
        line, match = next((each, found) for each in lines if each.pattern and (found := each.pattern.match(what)))
        context.matches = [match]
        await table.run(line, _update(turn.chat_id, what, pressed=key is not None), context)

    # ── walking ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def _explore(self, tx: Transaction, chat: int, path: str, depth: int) -> None:
        rows = await self._rows(tx, chat)
        self._look_at(rows, path)
        if depth == self.depth:
            return
        # What a page has itself is claimed before its ways are gone, or it would be pressed there once more.
        for key, data in [each for row in rows for each in self._claimed(row, depth)]:
            await self._try(tx, chat, key, data, path, depth)

    def _claimed(self, row: Row, depth: int) -> list[tuple[str, str]]:
        """Return one press of each kind on a message that nobody has pressed so near to the beginning."""
        found = []
        for data in _worth_pressing(row):
            kind = f"{row['key'].partition(':')[0]} {_kind(data, self.turns.hub.services)}"
            if depth < self.nearest.get(kind, self.depth):
                self.nearest[kind] = depth
                found.append((row["key"], data))
        return found

    async def _try(self, tx: Transaction, chat: int, key: str, data: str, path: str, depth: int) -> None:
        async with self._undone(tx) as part:
            self.path = f"{path} → {data}"
            try:
                await self._press(part, chat, key, data)
            except Refusal as refusal:
                self.refusals.setdefault((data.partition(":")[0], type(refusal).__name__), self.path)
                return
            self.pressed.add(data.partition(":")[0])
            await self._explore(part, chat, self.path, depth + 1)

    async def _rows(self, tx: Transaction, chat: int) -> list[Row]:
        rows = await tx.rows(
            "SELECT * FROM messages WHERE network = 'house' AND chat_id = :chat AND text IS NOT NULL ORDER BY id",
            chat=chat,
        )
        return [whole(tx, row) for row in rows]

    def _look_at(self, rows: Any, path: str) -> None:
        for row in rows:
            said = (row["key"], row["text"], str(row["buttons"]), str(row["sheets"]))
            if said not in self.known:
                self.known.add(said)
                found = [fault for sheet in sheets_of(row) for fault in self.look(sheet)] + _marks_in(row)
                self.faults += [f"{path}, {row['key']}: {fault}" for fault in found]


def _marks_in(row: Mapping[str, Any]) -> list[str]:
    """Name the columns in which a mark of another language is left, as it is or as JSON writes it."""
    texts = {name: str(value).lower() for name, value in row.items() if value}
    return [f"a mark in {name}" for name, text in texts.items() if tongues.STRAY.search(text) or ESCAPED in text]


def _worth_pressing(row: Row) -> list[str]:
    return _all_data(row["buttons"], row["sheets"])


@cache
def _all_data(buttons: str, kept: str | None) -> list[str]:
    found = [button["callback_data"] for sheet in _sheets("", "", "", buttons, kept) for button in sheet.buttons]
    return [data for data in dict.fromkeys(found) if not data.startswith(LEAVES)]


def _kind(data: str, services: Collection[str]) -> str:
    """Name a press by what it does: numbers and keys of which there are many make no other press."""
    begin, words = _words_in(data)
    return ":".join([begin, *(each for each in words if each not in services)])


@cache
def _words_in(data: str) -> tuple[str, list[str]]:
    verb, *rest = data.split(":")
    return f"{verb}:{len(rest)}", [each for each in rest if re.fullmatch("[a-z_]{3,}", each)]


def _update(chat: int, what: str, *, pressed: bool) -> Update:
    user = {"id": chat, "is_bot": False, "first_name": "?"}
    message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "from": user, "text": what}
    press = {"id": "1", "from": user, "chat_instance": "1", "data": what, "message": message}
    return Update.de_json({"update_id": 1, **({"callback_query": press} if pressed else {"message": message})}, None)


async def settle_in(database: Database, described: HubFile) -> None:
    """Let everybody of the staff, and every kiosk, have a chat in the house; the staff one outside as well."""
    async with database.transaction() as tx:
        await opening.belong_together(tx, KEYS)
        await opening.take_over(tx, described.staff, [(each.id, each.unit, each.language) for each in described.kiosks])
    async with database.transaction() as tx:
        for number, person in enumerate(described.staff):
            await chat_rows.link_person(tx, "telegram", FIRST_CHAT + number, person.id)


@asynccontextmanager
async def walker(
    database: Database, described: HubFile, keys: Keys = KEYS, now: datetime = OPENS
) -> AsyncIterator[Walker]:
    """Walk through a hub in which everybody has settled in."""
    network = network_of(ScriptedWire())
    outside = network_of(ScriptedWire(), "telegram", leaves_house=True)
    hub = described.hub
    turns = Turns(database, StillClock(now.astimezone(UTC)), hub, keys, {"house": network, "telegram": outside}, hub)
    turns.count = lambda language, number, of: count(hub.zone, language, number, of)
    async with database.reading() as tx:
        rows = await tx.rows("SELECT chat_id, COALESCE(person, kiosk) AS whose FROM accounts WHERE network = 'house'")
    application = application_of(network.bot)
    turns.settle = partial(tables.settled, application)
    walking = Walker(turns, application, {row["whose"]: row["chat_id"] for row in rows})
    ear = _Ear(walking)
    logging.getLogger().addHandler(ear)
    try:
        yield walking
    finally:
        logging.getLogger().removeHandler(ear)


class _Ear(logging.Handler):
    """Hears what the hub logs as an error, and notes which press it was."""

    def __init__(self, walking: Walker) -> None:
        super().__init__(logging.ERROR)
        self._walking = walking

    def emit(self, record: logging.LogRecord) -> None:
        self._walking.faults.append(f"{self._walking.path}: {record.getMessage()}")


def first_of(described: HubFile, role: Role) -> str:
    """Return the first of the staff with a role."""
    return next(each.id for each in described.staff if each.role is role)


def acting(turn: Turn, described: HubFile, person: str) -> None:
    """Let a turn be somebody's of the staff."""
    found = next(each for each in described.staff if each.id == person)
    turn.actor = Actor(found.role, found.id, found.language, person=found)
