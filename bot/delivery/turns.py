"""Opening turns: one transaction with the hub's time, and what shall be shown written as rows at its end."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.delivery.wishes import Draft, Way, place_of
from bot.domain.broadcasts import State
from bot.domain.chat.messages import LANE_BROADCAST, LANE_TAP, SCREEN, Reader
from bot.domain.services import Hub
from bot.store import broadcasts, kiosks, messages, subjects
from bot.store import chats as chat_rows
from bot.store.database import Database, Transaction
from bot.store.keys import Keys
from bot.usecases.opening import EMAIL
from bot.usecases.turn import Address, Pad, Turn, Wanted

if TYPE_CHECKING:
    from bot.delivery.networks import Network

log = logging.getLogger(__name__)


def _nobody_looks(_tx: Transaction, _networks: Collection[str]) -> None:
    """Nobody looks for what is written."""


async def _nothing_stands(_turn: Turn) -> None:
    """Nothing stands in any chat yet."""


def _without_words(_language: str, number: int, of: int) -> str:
    return f"{number} / {of}"


@dataclass
class Turns:
    """Everything a turn is made of. ``hub`` is as it is now; ``described`` is what hub.yaml alone says.

    ``settle`` lets everything that stands say at the end of each turn what is true by then, whoever has opened it.
    ``foresee`` lets those look who send what was written for some networks, ``written`` says that it is durable.
    ``count`` says in a language on which sheet one is, of how many. ``locks`` says of each kiosk that is in use when it
    shall be locked, and ``left`` of each that somebody has left since when (in seconds of the event loop), until its
    screen is seen to show that: known here whatever the database can tell.
    """

    database: Database
    clock: Clock
    hub: Hub
    keys: Keys
    networks: "Mapping[str, Network]"
    described: Hub | None = None
    has_doors: bool = False
    settle: Callable[[Turn], Awaitable[None]] = _nothing_stands
    foresee: Callable[[Transaction, Collection[str]], None] = _nobody_looks
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
            turn.edge.leaves_house, turn.edge.link_to = self._leaves_house(network), self._link_to
            turn.has_doors, turn.goes_outside = self.has_doors, self._leaves_house
            turn.edge.called = self.networks[network].username if network in self.networks else ""
            turn.pads = dict(self.pads)
            yield turn
            await self.settle(turn)
            draft = await self._write(turn, lane)
            self.foresee(tx, {network for network, _, _ in draft.about})
            # Before the commit, which may hang: if it fails, the screen is seen to show what it should all the same.
            self._note_left(turn.locks)
        turn.edge.visible |= draft.is_seen
        self.pads, self.hub = turn.pads, turn.hub
        locks = {**self.locks, **turn.locks}
        self.locks = {kiosk: at for kiosk, at in locks.items() if at is not None}
        self.written()

    def _note_left(self, locks: Mapping[str, datetime | None]) -> None:
        loop_time = asyncio.get_running_loop().time()
        self.left |= {kiosk: loop_time for kiosk, at in locks.items() if at is None and kiosk in self.locks}

    async def _write(self, turn: Turn, lane: int) -> Draft:
        for network, chat_id, message_id in turn.edge.forgotten:
            await messages.forget(turn.tx, network, chat_id, message_id)
        addressed = _once(await self._addressed(turn))
        states = await broadcasts.states(
            turn.tx, {each.broadcast for each in turn.edge.wanted if each.broadcast is not None}
        )
        draft = Draft(turn, await subjects.at(turn.tx, {place_of(reader, each) for each, reader in addressed}))
        for each, reader in addressed:
            if not _only_there(each, states) or draft.has(place_of(reader, each), each.page):
                await draft.add(reader, each, _way(each, lane, states), self.count)
        await draft.write()
        turn.edge.visible |= bool(turn.edge.forgotten)
        return draft

    async def _addressed(self, turn: Turn) -> list[tuple[Wanted, Reader]]:
        found = await chat_rows.addresses_of(
            turn.tx, *sorted({each.to.person for each in turn.edge.wanted if each.to.person})
        )
        chats: dict[str | None, list[Reader]] = {}
        for each in found:
            chats.setdefault(each.person, []).append(each)
        return [(each, reader) for each in turn.edge.wanted for reader in await self._readers(turn, each.to, chats)]

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


def _once(addressed: list[tuple[Wanted, Reader]]) -> list[tuple[Wanted, Reader]]:
    """Leave out what would be written anew where something else is wanted."""
    told = {place_of(reader, each) for each, reader in addressed if not each.anew}
    return [(each, reader) for each, reader in addressed if not (each.anew and place_of(reader, each) in told)]


def _only_there(wanted: Wanted, states: Mapping[int, State]) -> bool:
    # What was stopped is corrected where it has been shown, and told to nobody else.
    stopped = wanted.broadcast is not None and states.get(wanted.broadcast) is State.STOPPED
    return wanted.only_there or stopped


def _way(wanted: Wanted, lane: int, states: Mapping[int, State]) -> Way:
    if wanted.broadcast is None:
        return Way(LANE_BROADCAST if wanted.behind else lane)
    paused = states.get(wanted.broadcast) is State.PAUSED
    return Way(LANE_BROADCAST, wanted.key != SCREEN, paused, wanted.broadcast)


def _reader_here(turn: Turn, to: Address) -> Reader:
    actor = turn.actor
    person = actor.person.id if actor.person else None
    return Reader(to.network or turn.network, to.chat_id or turn.chat_id, actor.language, True, person=person)
