"""Opening turns: one transaction with the hub's time, and what shall be shown written as rows at its end."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.clock import Clock
from bot.delivery.networks import Network
from bot.domain.messages import Reader, View, discreet, goes_by_letter, takes_letter_back
from bot.domain.services import Hub
from bot.store import kiosks, messages, people
from bot.store.database import Database, Transaction
from bot.store.keys import Keys
from bot.usecases.opening import EMAIL
from bot.usecases.turn import Address, Pad, Turn, Wanted

LANE_TAP = 0
LANE_DUE = 1


@dataclass
class Turns:
    """Everything a turn is made of. ``hub`` is as it is now; ``described`` is what hub.yaml alone says."""

    database: Database
    clock: Clock
    hub: Hub
    keys: Keys
    networks: Mapping[str, Network]
    described: Hub | None = None
    has_doors: bool = False
    written: Callable[[], None] = lambda: None
    pads: dict[str, Pad] = field(default_factory=dict)

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
            turn.has_doors = self.has_doors
            turn.pads = dict(self.pads)
            yield turn
            await self._write(turn, lane)
        self.pads, self.hub = turn.pads, turn.hub
        self.written()

    async def _write(self, turn: Turn, lane: int) -> None:
        for network, chat_id, message_id in turn.forgotten:
            await messages.forget(turn.tx, network, chat_id, message_id)
        chats = await people.addresses_of(turn.tx, *sorted({each.to.person for each in turn.wanted if each.to.person}))
        addressed = [(each, reader) for each in turn.wanted for reader in await self._readers(turn, each.to, chats)]
        there = await messages.there(turn.tx, {_place(reader, each) for each, reader in addressed if each.only_there})
        wishes: list[dict[str, object]] = []
        for each, reader in addressed:
            if each.only_there and _place(reader, each) not in there:
                continue
            there.add(_place(reader, each))
            if reader.one_way or each.instead:
                # What was wanted so far comes first: this looks at the rows, or moves one of them away.
                await messages.want(turn.tx, wishes)
                wishes = []
            wishes += await _wishes(turn, reader, each, lane)
        await messages.want(turn.tx, wishes)

    async def _readers(self, turn: Turn, to: Address, chats: Sequence[Reader]) -> list[Reader]:
        if to.person:
            found = [each for each in chats if each.person == to.person]
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


def _place(reader: Reader, wanted: Wanted) -> messages.Place:
    return reader.network, reader.chat_id, wanted.key


def _reader_here(turn: Turn, to: Address) -> Reader:
    actor = turn.actor
    person = actor.person.id if actor.person else None
    return Reader(to.network or turn.network, to.chat_id or turn.chat_id, actor.language, True, person=person)


async def _wishes(turn: Turn, reader: Reader, wanted: Wanted, lane: int) -> list[dict[str, object]]:
    if wanted.instead:
        await messages.move_down(turn.tx, reader, wanted.key, wanted.instead)
    view = wanted.build(reader)
    if reader.one_way:
        return await _letter(turn, reader, wanted.key, view, lane)
    view = discreet(view, reader) if view else None
    stamp = turn.keys.stamp(view.document.content.hex()) if view and view.document else None
    return [messages.wish(reader, wanted.key, view, lane, stamp)]


async def _letter(turn: Turn, reader: Reader, key: str, view: View | None, lane: int) -> list[dict[str, object]]:
    before = await messages.posted(turn.tx, reader, key)
    if view and goes_by_letter(view, before):
        return [messages.wish(reader, key, discreet(view, reader), lane)]
    return [messages.wish(reader, key, None, lane)] if takes_letter_back(view, before) else []
