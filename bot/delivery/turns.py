"""Opening turns: one transaction with the hub's time, and what shall be shown written as rows at its end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.delivery.networks import Network
from bot.domain import sheets
from bot.domain.broadcasts import State
from bot.domain.messages import (
    LANE_BROADCAST,
    LANE_TAP,
    PAGE,
    SCREEN,
    Reader,
    View,
    discreet,
    goes_by_letter,
    takes_letter_back,
)
from bot.domain.services import Hub
from bot.store import broadcasts, clearing, kiosks, letters, messages
from bot.store import chats as chat_rows
from bot.store import sheets as rows_of_sheets
from bot.store.database import Database, Transaction
from bot.store.keys import Keys
from bot.usecases.opening import EMAIL
from bot.usecases.turn import Address, Pad, Turn, Wanted

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a message goes out: in which lane, at most once, held at first, and for which broadcast."""

    lane: int
    once: bool = False
    held: bool = False
    broadcast: int | None = None

    def carrying(self, view: View | None) -> View | None:
        """Let what is told to many bring its broadcast; a screen brings what it says itself."""
        if view is None or self.broadcast is None or not self.once or self.broadcast in view.carries:
            return view
        return replace(view, carries=(*view.carries, self.broadcast))


def _without_words(_language: str, number: int, of: int) -> str:
    return f"{number} / {of}"


@dataclass
class Turns:
    """Everything a turn is made of. ``hub`` is as it is now; ``described`` is what hub.yaml alone says.

    ``count`` says in a language on which sheet one is, of how many. ``locks`` says of each kiosk that is in use when it
    shall be locked, and ``left`` of each that somebody has left since when (in seconds of the event loop), until its
    screen is seen to show that: known here whatever the database can tell.
    """

    database: Database
    clock: Clock
    hub: Hub
    keys: Keys
    networks: Mapping[str, Network]
    described: Hub | None = None
    has_doors: bool = False
    written: Callable[[], None] = lambda: None
    pads: dict[str, Pad] = field(default_factory=dict)
    count: Callable[[str, int, int], str] = _without_words
    locks: dict[str, datetime] = field(default_factory=dict)
    left: dict[str, float] = field(default_factory=dict)

    @asynccontextmanager
    async def begin(
        self, network: str = "", chat_id: int = 0, lane: int = LANE_TAP, among: Transaction | None = None
    ) -> AsyncIterator[Turn]:
        """Open a turn; it commits with its messages at the end, or leaves nothing behind.

        A turn ``among`` others is a part of their transaction: it may fail alone, and is durable when that commits.
        """
        async with among.part() if among else self.database.transaction() as tx:
            turn = Turn(tx, self.clock.now(), self.hub, self.keys, self.described, network=network, chat_id=chat_id)
            turn.leaves_house, turn.link_to = self._leaves_house(network), self._link_to
            turn.has_doors, turn.goes_outside = self.has_doors, self._leaves_house
            turn.called = self.networks[network].username if network in self.networks else ""
            turn.pads = dict(self.pads)
            yield turn
            await self._write(turn, lane)
            # Before the commit, which may hang: if it fails, the screen is seen to show what it should all the same.
            self._note_left(turn.locks)
        self.pads, self.hub = turn.pads, turn.hub
        locks = {**self.locks, **turn.locks}
        self.locks = {kiosk: at for kiosk, at in locks.items() if at is not None}
        self.written()

    def _note_left(self, locks: Mapping[str, datetime | None]) -> None:
        loop_time = asyncio.get_running_loop().time()
        self.left |= {kiosk: loop_time for kiosk, at in locks.items() if at is None and kiosk in self.locks}

    async def _write(self, turn: Turn, lane: int) -> None:
        for network, chat_id, message_id in turn.forgotten:
            await messages.forget(turn.tx, network, chat_id, message_id)
        addressed = await self._addressed(turn)
        states = await broadcasts.states(
            turn.tx, {each.broadcast for each in turn.wanted if each.broadcast is not None}
        )
        places = {_place(reader, each) for each, reader in addressed if _only_there(each, states)}
        there = await messages.there(turn.tx, places)
        wishes: list[dict[str, object]] = []
        for each, reader in addressed:
            if _only_there(each, states) and _place(reader, each) not in there:
                continue
            there.add(_place(reader, each))
            if reader.one_way or each.instead:
                # What was wanted so far comes first: this looks at the rows, or moves one of them away.
                await _want(turn, wishes)
                wishes = []
                turn.visible |= each.instead is not None and _is_here(turn, reader.network, reader.chat_id)
            wishes += await _wishes(turn, reader, each, _way(each, lane, states), self.count)
        await _want(turn, wishes)
        turn.visible |= bool(turn.forgotten)

    async def _addressed(self, turn: Turn) -> list[tuple[Wanted, Reader]]:
        found = await chat_rows.addresses_of(
            turn.tx, *sorted({each.to.person for each in turn.wanted if each.to.person})
        )
        chats: dict[str | None, list[Reader]] = {}
        for each in found:
            chats.setdefault(each.person, []).append(each)
        return [(each, reader) for each in turn.wanted for reader in await self._readers(turn, each.to, chats)]

    async def _readers(self, turn: Turn, to: Address, chats: Mapping[str | None, Sequence[Reader]]) -> list[Reader]:
        if to.person:
            found = chats.get(to.person, ())
        elif to.kiosk:
            found = await kiosks.addresses_of(turn.tx, to.kiosk)
        else:
            found = [_reader_here(turn, to)]
        return [
            replace(reader, leaves_house=self._leaves_house(reader.network), one_way=reader.network == EMAIL)
            for reader in found
        ]

    def _link_to(self, network: str, code: str) -> str | None:
        return self.networks[network].link_to(code) if network in self.networks else None

    def _leaves_house(self, network: str) -> bool:
        return network not in self.networks or self.networks[network].leaves_house


async def _want(turn: Turn, wishes: list[dict[str, object]]) -> None:
    """Write wishes down, those for the turn's own chat apart: whoever pressed is told where nothing changes there."""
    here = [each for each in wishes if _is_here(turn, each["network"], each["chat_id"])]
    turn.visible |= await messages.want(turn.tx, here, turn.now)
    await messages.want(turn.tx, [each for each in wishes if each not in here], turn.now)


def _is_here(turn: Turn, network: object, chat_id: object) -> bool:
    return (network, chat_id) == (turn.network, turn.chat_id)


def _place(reader: Reader, wanted: Wanted) -> messages.Place:
    return reader.network, reader.chat_id, wanted.key


def _only_there(wanted: Wanted, states: Mapping[int, State]) -> bool:
    # What was stopped is corrected where it has been shown, and told to nobody else.
    stopped = wanted.broadcast is not None and states.get(wanted.broadcast) is State.STOPPED
    return wanted.only_there or stopped


def _way(wanted: Wanted, lane: int, states: Mapping[int, State]) -> _Way:
    if wanted.broadcast is None:
        return _Way(lane)
    paused = states.get(wanted.broadcast) is State.PAUSED
    return _Way(LANE_BROADCAST, wanted.key != SCREEN, paused, wanted.broadcast)


def _reader_here(turn: Turn, to: Address) -> Reader:
    actor = turn.actor
    person = actor.person.id if actor.person else None
    return Reader(to.network or turn.network, to.chat_id or turn.chat_id, actor.language, True, person=person)


Count = Callable[[str, int, int], str]


async def _wishes(turn: Turn, reader: Reader, wanted: Wanted, way: _Way, count: Count) -> list[dict[str, object]]:
    if wanted.instead and wanted.only_there and reader.one_way:
        return []  # a letter that has gone out stays where it is
    if wanted.instead and not reader.one_way:
        await clearing.move_down(turn.tx, reader, wanted.key, wanted.instead, turn.now)
    view = way.carrying(wanted.build(reader))
    if reader.one_way:
        return await _letter(turn, reader, wanted.key, view, way)
    view = discreet(view, reader) if view else None
    stamp = turn.keys.stamp(view.document.recipe) if view and view.document else None
    view, cut = await _sheet(turn, reader, wanted.key, view, count) if view else (None, None)
    wish = messages.wish(reader, wanted.key, view, way.lane, stamp, once=way.once, held=way.held)
    # What passes is written nowhere: of a secret that is longer than a message there is its first sheet alone.
    return [{**wish, "sheets": None if wish["passing"] else cut}]


async def _sheet(turn: Turn, reader: Reader, key: str, view: View, count: Count) -> tuple[View, str | None]:
    """Return what a message shows of a view, and all its sheets where they are several: it stays where it was."""
    found = sheets.cut(view, partial(count, reader.language))
    if not found.as_written:
        log.error("A view is longer than a message, and nobody has said how it is cut: %s", key.partition(":")[0])
    if len(found.sheets) == 1:
        return found.sheets[0], None
    name = view.name or (key if key.startswith(PAGE) else "")
    before = await rows_of_sheets.place_of(turn.tx, reader, key)
    at = min(before.at, len(found.sheets) - 1) if before and name and before.name == name else 0
    return found.sheets[at], rows_of_sheets.written(found.sheets, rows_of_sheets.Place(name, at))


async def _letter(turn: Turn, reader: Reader, key: str, view: View | None, way: _Way) -> list[dict[str, object]]:
    before = await letters.posted(turn.tx, reader, key)
    if view and goes_by_letter(view, before):
        return [messages.wish(reader, key, discreet(view, reader), way.lane, once=way.once, held=way.held)]
    return [messages.wish(reader, key, None, way.lane)] if takes_letter_back(view, before) else []
