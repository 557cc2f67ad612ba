"""A prison on the real database for the state machine: opened, closed and opened again, read after every step."""

from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from bot import jobs
from bot.clock import MovableClock
from bot.delivery.turns import Turns
from bot.demo.files import OPENS
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import Refusal
from bot.domain.slips.slips import Slip, State
from bot.jobs import Jobs
from bot.running.parts import application_of
from bot.store import people
from bot.store import slips as rows_of_slips
from bot.store.database import Database
from bot.usecases import hub, opening
from handlers import tables
from tests.delivery.network import ScriptedWire, network_of
from tests.hub.real_turns import INMATES, KEYS, RealTurns, StillClock, demo_hub, described, people_it
from tests.runs import own_loop
from tests.watches.invariants import Rows

ESCORTED = (
    replace(INMATES[0], officer="KB-B1", escort=1),
    replace(INMATES[1], officer="KB-B2", escort=2),
    Inmate("A01", "A", "Furu", "nb", "KB-A1", 1),
    Inmate("N01", "N", "Myr", "nb", "KB-N1", 1),
)
KIOSKS = {"A": "K-A", "B": "K-B", "N": "K-N"}
KEPT = (
    *("slips", "ownerships", "bookings", "claims", "ticks", "capacity", "sessions", "cancelled_sessions", "settings"),
    *("people", "inmates", "accounts", "desks", "counters", "audit", "theme_nights", "sign_ups", "notices"),
)
"""The tables that are the same when the hub is opened again."""

READ = {
    **{table: f"SELECT * FROM {table} ORDER BY 1, 2" for table in KEPT},
    "reminders": "SELECT * FROM reminders WHERE kind NOT LIKE 'idle%' ORDER BY kind, about",
}

Result = TypeVar("Result")


def frozen() -> Any:
    return OPENS


class Prison(RuleBasedStateMachine):
    """Four people of three units in two prisons; ``known`` are their slips and ``staff`` who works there, as read."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = own_loop.runner()
        self.folder = TemporaryDirectory()
        self.stack = AsyncExitStack()
        self.known: dict[str, Slip] = {}
        self.sent: set[str] = set()
        self.staff: list[Person] = []
        self.as_started = False
        self.run(self._open())

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.loop.run(work)

    @property
    def path(self) -> Path:
        return Path(self.folder.name) / "hub.db"

    async def _open(self) -> None:
        self.clock = MovableClock(OPENS, machine=frozen)
        async with await Database.create(self.path) as database:
            await people_it(database, tuple(described().staff), ESCORTED)
        await self._start()

    async def _start(self) -> None:
        """Start as the hub starts."""
        database = await self.stack.enter_async_context(await Database.open(self.path))
        places = [(place.id, place.unit, place.language) for place in described().kiosks]
        async with database.transaction() as tx:
            await opening.take_over(tx, described().staff, places)
            now = await hub.composed(tx, demo_hub())
        network = network_of(ScriptedWire())
        turns = Turns(database, self.clock, now, KEYS, {"house": network}, demo_hub())
        self.hub = RealTurns(turns, StillClock())
        self.application = application = application_of(network.bot)
        turns.settle = partial(tables.settled, application)
        self.jobs = Jobs(turns.begin, partial(tables.run_job, application), self.clock, database)
        async with turns.begin() as turn:
            await jobs.plan_days(turn)
            await tables.open_up(application, turn)
        await self.jobs.tick()
        await self._read_again()

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    @precondition(lambda self: not self.as_started)
    @rule()
    def start_again(self) -> None:
        self.run(self._start_again())
        self.as_started = True

    async def _start_again(self) -> None:
        before, composed = await self._kept(), self.hub.turns.hub
        await self.stack.aclose()
        await self._start()
        assert self.hub.turns.hub == composed
        assert await self._kept() == before

    async def _kept(self) -> dict[str, Rows]:
        async with self.hub.turns.database.reading() as tx:
            found = {table: [dict(row) for row in await tx.rows(sql)] for table, sql in READ.items()}
        found["audit"] = [row for row in found["audit"] if row["action"] != "lock"]
        return found

    # Who does what to which slip

    def slips_in(self, *states: State) -> list[Slip]:
        return [slip for slip in self.known.values() if slip.state in (states or State)]

    def any_slip(self, data: st.DataObject, *states: State) -> Slip:
        return data.draw(st.sampled_from(self.slips_in(*states)))

    def with_role(self, role: Role) -> list[Person]:
        return [each for each in self.staff if each.role in role]

    def as_adviser(self, data: st.DataObject, work: Any, *states: State) -> None:
        """Let an adviser of a slip do something to it, or the coordinator whom one has called."""
        slip = self.any_slip(data, *states)
        own = [each for each in self.staff if each.answers(slip.service, slip.unit)]
        mine = [each for each in own if each.id == slip.adviser] or own
        who = data.draw(st.sampled_from([*mine, *own, *self.with_role(Role.COORDINATOR)]))
        self.run(self.try_as(who.id, partial(work, slip=slip)))

    def as_inmate(self, data: st.DataObject, work: Any, *states: State) -> None:
        slip = self.any_slip(data, *states)
        self.run(self.attempt(self.hub.as_inmate(slip.inmate, KIOSKS[slip.unit]), partial(work, slip=slip)))

    def as_officer(self, data: st.DataObject, work: Any, *states: State) -> None:
        """Let a slip's inmate's contact officer do something, or the social adviser, or somebody whom it is not for."""
        slip = self.any_slip(data, *states)
        carers = self.with_role(Role.OFFICER | Role.SOCIAL_ADVISER)
        own = [each for each in carers if each.cares_for(self.inmates[slip.inmate])]
        who = data.draw(st.sampled_from([*own, *own, *carers]))
        self.run(self.try_as(who.id, partial(work, slip=slip)))

    async def try_as(self, who: str, work: Any) -> bool:
        return await self.attempt(self.hub.as_adviser(who), work)

    async def attempt(self, opening_turn: Any, work: Any) -> bool:
        """Do something that may be refused; then do what is due, and read everything again."""
        done = False
        with suppress(Refusal):
            async with opening_turn as turn:
                await work(turn)
            done = True
        await self.jobs.tick()
        await self._read_again()
        return done

    async def _read_again(self) -> None:
        self.as_started = False
        async with self.hub.turns.database.transaction() as tx:
            codes = [row["code"] for row in await tx.rows("SELECT code FROM slips ORDER BY code")]
            self.known = {code: slip for code in codes if (slip := await rows_of_slips.get(tx, code))}
            self.staff = [each for each in await people.everybody(tx) if each.role is not Role.NOBODY]
            self.inmates = {each.id: each for each in await people.inmates(tx)}
