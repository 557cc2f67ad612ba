"""A small town that is told something: staff, screens, and a network whose every answer is written down."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.delivery.limits import Limits
from bot.delivery.sender import Sender
from bot.delivery.turns import Turns
from bot.domain.broadcasts import Progress
from bot.domain.chat.messages import SCREEN, Line, View, once_for_all
from bot.domain.people import Person, Role
from bot.store import chats, kiosks, people, showing
from bot.store.database import Database
from bot.usecases.telling import broadcasts
from bot.usecases.turn import Actor, Address, Turn, Wanted
from tests.delivery.network import ScriptedWire, network_of, refusal
from tests.delivery.sender.post import running
from tests.hub.announcing import something_to_tell
from tests.hub.real_turns import KEYS, StillClock, demo_hub
from tests.patience import until

COORDINATOR = Person("TK1", Role.COORDINATOR, "Koordinator", "nb", units=frozenset("A"))
KIOSK_CHAT, FIRST_CHAT = 101, 1000
NEWS, CORRECTED = "NAV er her torsdag", "NAV er her fredag"
KEY = "notice:0"
BLOCKED = refusal(403, "Forbidden: bot was blocked by the user")


def chat_of(person: str) -> int:
    return FIRST_CHAT + int(person[1:])


@dataclass
class Town:
    """Members of the staff with a chat each, a kiosk, and a sender that runs only while it is asked to."""

    turns: Turns
    wire: ScriptedWire
    sender: Sender
    staff: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def turn(self, lane: int = 0) -> AsyncIterator[Turn]:
        async with self.turns.begin(lane=lane) as turn:
            turn.actor = Actor(Role.COORDINATOR, "TK1", "nb", person=COORDINATOR)
            yield turn

    async def begin(self, *, kiosk: bool = False) -> int:
        async with self.turn() as turn:
            await something_to_tell(turn)
            number = await broadcasts.begin(turn, KEY, self.staff, ["K-A"] if kiosk else [])
            self.tell(turn, number, NEWS)
        return number

    def tell(self, turn: Turn, number: int, text: str | None) -> None:
        view = View((Line(text),)) if text else None
        build = once_for_all(lambda _: view)
        turn.edge.wanted += [Wanted(Address(person=each), KEY, build, broadcast=number) for each in self.staff]

    async def correct(self, number: int, text: str | None = CORRECTED) -> None:
        async with self.turn() as turn:
            self.tell(turn, number, text)

    async def want(self, person: str, text: str, lane: int = 0) -> None:
        async with self.turn(lane) as turn:
            turn.edge.wanted.append(Wanted(Address(person=person), f"card:{text}", lambda _: View((Line(text),))))

    async def screen(self, text: str, *, broadcast: int | None = None, carries: tuple[int, ...] = ()) -> None:
        view = View((Line(text),), neutral=True, carries=carries)
        async with self.turn() as turn:
            turn.edge.wanted.append(Wanted(Address(kiosk="K-A"), SCREEN, lambda _: view, broadcast=broadcast))

    async def do(self, what: Callable[[Turn, int], Awaitable[Any]], number: int) -> None:
        async with self.turn() as turn:
            await what(turn, number)

    async def progress(self, number: int) -> Progress:
        async with self.turn() as turn:
            return await broadcasts.progress(turn, number)

    async def until(self, true: Callable[[], bool]) -> None:
        await until(true, "what is to happen on the wire")

    async def rest(self) -> None:
        """Let everything go that may."""
        async with running(self.sender):
            await self.quiet()

    async def quiet(self) -> None:
        """Wait until nothing is to go any more, and nothing is under way."""
        await until(self._is_quiet, "quiet")

    async def _is_quiet(self) -> bool:
        async with self.turns.database.reading() as tx:
            waits = await showing.anything_waits(tx, "house")
            return not waits and not await tx.rows("SELECT id FROM messages WHERE sending > 0")

    def texts(self, person: str) -> list[str | None]:
        return [call.text for call in self.wire.calls if call.chat_id == chat_of(person)]


@asynccontextmanager
async def town_of(folder: Path, staff: int, limits: Limits | None = None) -> AsyncIterator[Town]:
    async with await Database.create(folder / "hub.db") as database:
        wire, clock = ScriptedWire(), StillClock()
        network = network_of(wire)
        network.limits = limits or Limits()
        sender = Sender(network, database, clock, draw=str.encode)
        turns = Turns(database, clock, demo_hub(), KEYS, {"house": network}, written=sender.wake.set)
        town = Town(turns, wire, sender, [f"P{number}" for number in range(staff)])
        async with database.transaction() as tx:
            await people.add_person(tx, COORDINATOR)
            for each in town.staff:
                await people.add_person(tx, Person(each, Role.PROVIDER, each, "nb"))
                await chats.link_person(tx, "house", chat_of(each), each)
            await kiosks.add(tx, "K-A", "A", "nb")
            await chats.link_kiosk(tx, "house", KIOSK_CHAT, "K-A")
        yield town


def whole(town: Town) -> Progress:
    return Progress(0, 0, len(town.staff), len(town.staff), 0)
