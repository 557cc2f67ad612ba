"""Turns of the real hub on a real database, without networks: what tests of use cases and rows stand on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from bot import hubfile
from bot.delivery.turns import Turns
from bot.demo.files import HUB, OPENS
from bot.domain.people import Inmate, Person
from bot.domain.services import Hub
from bot.domain.slips.slips import Slip
from bot.hubfile import HubFile
from bot.store import people as rows_of_people
from bot.store.database import Database
from bot.store.keys import Keys
from bot.usecases import opening, people
from bot.usecases.hashing import Hashes, Question, Uncounted
from bot.usecases.screen import kiosks
from bot.usecases.slips import drafts
from bot.usecases.turn import Actor, Turn

KEYS = Keys(bytes(range(32)))
INMATES = tuple(Inmate(f"B{number:02}", "B", "Lyng", "nb") for number in range(100))
FIRST_KIOSK = 101
T = TypeVar("T")


@dataclass
class StillClock:
    """Stands still until it is moved."""

    moment: datetime = field(default_factory=lambda: OPENS.astimezone(UTC))

    def now(self) -> datetime:
        return self.moment

    def move(self, by: timedelta) -> None:
        self.moment += by


@cache
def described() -> HubFile:
    return hubfile.read_hub(HUB)


def demo_hub() -> Hub:
    return described().hub


@dataclass(frozen=True, repr=False)
class RealTurns:
    """Opens turns as a kiosk or an adviser does; the clock stands still."""

    turns: Turns
    clock: StillClock

    @asynccontextmanager
    async def as_inmate(self, inmate: str, kiosk: str = "K-B") -> AsyncIterator[Turn]:
        """A turn of somebody who is signed in at a kiosk."""
        async with self.turns.begin() as turn:
            await kiosks.act_for(turn, kiosk)
            if turn.session.inmate != inmate:
                turn.change_session(inmate=inmate, draft=None, view="home")
            yield turn
            await kiosks.keep(turn)

    @asynccontextmanager
    async def at_chat(self, chat_id: int) -> AsyncIterator[Turn]:
        """A turn of whoever uses a chat of the house, as a press begins one."""
        async with self.turns.begin("house", chat_id) as turn:
            await people.meet(turn, "nb")
            yield turn
            if turn.actor.session:
                await kiosks.keep(turn)

    @asynccontextmanager
    async def as_adviser(self, adviser: str) -> AsyncIterator[Turn]:
        """A turn of somebody who works at the hub."""
        async with self.turns.begin() as turn:
            person = await rows_of_people.person(turn.tx, adviser)
            assert person
            turn.actor = Actor(person.role, person.id, person.language, person=person)
            yield turn

    async def send(self, inmate: str, service: str) -> Slip:
        async with self.as_inmate(inmate) as turn:
            await drafts.begin(turn, service)
            return await drafts.send(turn, turn.session.step)

    async def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        async with self.turns.database.reading() as tx:
            return [dict(row) for row in await tx.rows(sql, **values)]

    async def run(self, sql: str) -> None:
        async with self.turns.database.transaction() as tx:
            await tx.run(sql)


async def people_it(database: Database, staff: tuple[Person, ...], inmates: tuple[Inmate, ...]) -> None:
    """Fill a new database; nobody has a PIN, for hashing one takes long on purpose."""
    places = [(place.id, place.unit, place.language) for place in described().kiosks]
    async with database.transaction() as tx:
        await opening.belong_together(tx, KEYS)
        await opening.take_over(tx, staff, places)
        for inmate in inmates:
            await rows_of_people.add_inmate(tx, inmate, None)


@asynccontextmanager
async def real_turns(folder: Path, inmates: tuple[Inmate, ...] = INMATES) -> AsyncIterator[RealTurns]:
    async with await Database.create(folder / "hub.db") as database:
        await people_it(database, tuple(described().staff), inmates)
        clock = StillClock()
        yield RealTurns(Turns(database, clock, demo_hub(), KEYS, {}, demo_hub()), clock)


async def counted(work: Callable[[Hashes], Awaitable[T]]) -> T:
    """Do what needs a hash as the dispatch does: begin, and begin anew when it is known."""
    known: dict[Question, asyncio.Future[bool | str]] = {}
    while True:
        try:
            return await work(Hashes(known))
        except Uncounted as uncounted:
            known[uncounted.question] = asyncio.ensure_future(asyncio.to_thread(uncounted.question.count, KEYS))
            await asyncio.wait(known.values())


async def all_at_once(*works: Any) -> list[Any]:
    """Run everything at the same time; return each result or what was raised."""
    return await asyncio.gather(*works, return_exceptions=True)
