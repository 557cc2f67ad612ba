"""Anything in any order, as it comes in a prison: after every step the rows still fit together.

The use cases, the database and what is due are the real ones; time jumps, and people press what they see.
"""

import asyncio
import os
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.app import _application
from bot.clock import MovableClock
from bot.demo.files import OPENS
from bot.domain.refusals import Refusal
from bot.domain.slips import EXTENSIONS, Reason, Slip, State
from bot.jobs import Jobs
from bot.usecases import offers, slips
from handlers import tables
from tests import invariants
from tests.delivery.wire import ScriptedWire, network_of
from tests.real_turns import INMATES, RealTurns, demo_hub, real_turns
from tests.strategies import TAKES_SLIPS

PROVE = bool(os.environ.get("SAMTALELAPP_PROVE"))
FEW = INMATES[:4]
STAFF = {"nav": ("N1", "N2", "N3"), "gjeld": ("G1",), "bolig": ("H1",), "frivillig": ("V1",), "sos": ("SK1",)}
JUMPS = (timedelta(minutes=20), timedelta(hours=3), timedelta(days=1), timedelta(days=4))
ENDED = {State.HELD, State.WITHDRAWN, State.CLOSED}

Result = TypeVar("Result")


def frozen() -> Any:
    return OPENS


class Prison(RuleBasedStateMachine):
    """Slips of four people, and everything that staff and time do to them."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.folder = TemporaryDirectory()
        self.known: dict[str, Slip] = {}
        self.told: set[str] = set()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.loop.run(work)

    @initialize()
    def open(self) -> None:
        self.run(self._open())

    async def _open(self) -> None:
        self.hub: RealTurns = await self.stack.enter_async_context(real_turns(Path(self.folder.name), FEW))
        network = network_of(ScriptedWire())
        self.hub.turns.networks = {"house": network}
        self.clock = self.hub.turns.clock = MovableClock(OPENS, machine=frozen)
        application = _application(network.bot)
        self.jobs = Jobs(
            self.hub.turns.begin, partial(tables.run_job, application), self.clock, self.hub.turns.database
        )

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    # What people do

    @rule(inmate=st.sampled_from(FEW), service=TAKES_SLIPS)
    def send(self, inmate: Any, service: str) -> None:
        slip = self.run(self.hub.send(inmate.id, service))
        assert slip.code not in self.known
        self.known[slip.code] = slip

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def begin_to_answer(self, data: st.DataObject) -> None:
        self._as_staff(data, lambda turn, slip: slips.own_it(turn, slip.code, slip.revision))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def take_over(self, data: st.DataObject) -> None:
        self._as_staff(data, lambda turn, slip: slips.take(turn, slip.code, slip.revision))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def set_time(self, data: st.DataObject) -> None:
        async def first_or_another(turn: Any, slip: Slip) -> None:
            slots = await offers.choices(turn, slip)
            if slots:
                await offers.give(turn, slip.code, data.draw(st.sampled_from(slots)).id, slip.revision)

        self._as_staff(data, first_or_another)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def propose(self, data: st.DataObject) -> None:
        async def another(turn: Any, slip: Slip) -> None:
            slots = await offers.other_times(turn, slip)
            if slots:
                await offers.propose(turn, slip.code, data.draw(st.sampled_from(slots)).id, slip.revision)

        self._as_inmate(data, another)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), yes=st.booleans(), inmate=st.booleans())
    def answer_a_proposal(self, data: st.DataObject, yes: bool, inmate: bool) -> None:
        if inmate:
            deed: Any = offers.accept_own if yes else offers.decline_own
            self._as_inmate(data, lambda turn, slip: deed(turn, slip.code, slip.revision))
        else:
            deed = offers.accept_proposal if yes else offers.decline_proposal
            self._as_staff(data, lambda turn, slip: deed(turn, slip.code, slip.revision))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), reason=st.sampled_from(Reason), inmate=st.booleans())
    def cancel(self, data: st.DataObject, reason: Reason, inmate: bool) -> None:
        if inmate:
            self._as_inmate(data, lambda turn, slip: offers.cancel_own(turn, slip.code, slip.revision, reason))
        else:
            self._as_staff(data, lambda turn, slip: offers.cancel(turn, slip.code, slip.revision, reason))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), days=st.sampled_from(EXTENSIONS))
    def ask_for_more_time(self, data: st.DataObject, days: int) -> None:
        self._as_staff(data, lambda turn, slip: slips.extend(turn, slip.code, slip.revision, days))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def answer_without_a_meeting(self, data: st.DataObject) -> None:
        self._as_staff(data, lambda turn, slip: slips.answer(turn, slip.code, slip.revision, "letter"))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), inmate=st.booleans())
    def take_back(self, data: st.DataObject, inmate: bool) -> None:
        undo: Any = lambda turn, slip: slips.undo(turn, slip.code, slip.revision)  # noqa: E731  one of two hands it on
        (self._as_inmate if inmate else self._as_staff)(data, undo)

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def answer_by_phone(self, data: st.DataObject) -> None:
        async def any_time(turn: Any, slip: Slip) -> None:
            slots = await offers.choices(turn, slip)
            if slots:
                await offers.give(turn, slip.code, data.draw(st.sampled_from(slots)).id, slip.revision)

        slip = self._any(data)
        self.run(self._try(self.hub.as_adviser("TK1"), any_time, slip))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), service=TAKES_SLIPS)
    def send_on(self, data: st.DataObject, service: str) -> None:
        self._as_staff(data, lambda turn, slip: slips.forward(turn, slip.code, slip.revision, service))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def hold(self, data: st.DataObject) -> None:
        self._as_staff(data, lambda turn, slip: slips.hold(turn, slip.code, slip.revision))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), reason=st.sampled_from(Reason))
    def miss(self, data: st.DataObject, reason: Reason) -> None:
        self._as_staff(data, lambda turn, slip: slips.miss(turn, slip.code, slip.revision, reason))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def ask_again(self, data: st.DataObject) -> None:
        self._as_inmate(data, lambda turn, slip: slips.ask_again(turn, slip.code, slip.revision))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def let_be(self, data: st.DataObject) -> None:
        self._as_inmate(data, lambda turn, slip: slips.close(turn, slip.code, slip.revision))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        self._as_inmate(data, lambda turn, slip: slips.withdraw(turn, slip.code, slip.revision))

    @precondition(lambda self: self.known)
    @rule(data=st.data(), revision=st.integers(0, 99))
    def press_what_is_stale(self, data: st.DataObject, revision: int) -> None:
        slip = self._any(data)
        if revision == slip.revision:
            return
        self._as_staff(data, lambda turn, slip: slips.take(turn, slip.code, revision))
        assert self.run(self._slip(slip.code)) == slip

    @rule(by=st.sampled_from(JUMPS))
    def time_passes(self, by: timedelta) -> None:
        self.run(self.jobs.move_clock(self.clock, self.clock.now() + by))
        self.run(self._read_again())

    def _any(self, data: st.DataObject) -> Slip:
        slip: Slip = data.draw(st.sampled_from(list(self.known.values())))
        return slip

    def _as_staff(self, data: st.DataObject, work: Any) -> None:
        slip = self._any(data)
        who = data.draw(st.sampled_from(STAFF[slip.service]))
        self.run(self._try(self.hub.as_adviser(who), work, slip))

    def _as_inmate(self, data: st.DataObject, work: Any) -> None:
        slip = self._any(data)
        self.run(self._try(self.hub.as_inmate(slip.inmate), work, slip))

    async def _try(self, opening: Any, work: Any, slip: Slip) -> None:
        with suppress(Refusal):
            async with opening as turn:
                await work(turn, slip)
        await self.jobs.tick()
        await self._read_again()

    async def _slip(self, code: str) -> Slip:
        async with self.hub.turns.begin() as turn:
            found = await slips.find(turn, code)
        assert found
        return found

    async def _read_again(self) -> None:
        self.known = {code: await self._slip(code) for code in self.known}

    # What is always true

    @invariant()
    def everything_fits_together(self) -> None:
        if hasattr(self, "jobs"):
            self.run(invariants.check(self.hub.rows, demo_hub()))

    @invariant()
    def every_slip_is_there_once(self) -> None:
        if hasattr(self, "jobs"):
            found = self.run(self.hub.rows("SELECT code FROM slips"))
            assert sorted(row["code"] for row in found) == sorted(self.known)

    @invariant()
    def a_promise_never_lies_in_the_past(self) -> None:
        late = [slip for slip in self.known.values() if slip.state is State.WAITING]
        assert all(slip.answer_by > self.clock.now() for slip in late)

    @invariant()
    def nobody_is_reminded_of_what_has_ended(self) -> None:
        if not hasattr(self, "jobs"):
            return
        rows = self.run(self.hub.rows("SELECT key FROM messages WHERE key LIKE 'reminder:%'"))
        keys = {row["key"] for row in rows}
        for key in keys - self.told:
            assert self.known[key.split(":")[1]].state not in ENDED
        self.told |= keys

    @invariant()
    def nothing_that_is_due_is_left_undone(self) -> None:
        if hasattr(self, "jobs"):
            late = self.run(self.hub.rows("SELECT * FROM reminders WHERE done IS NULL"))
            now = self.clock.now().isoformat(timespec="microseconds")
            assert [row for row in late if row["at"] <= now] == []


TestAPrison = Prison.TestCase
TestAPrison.settings = settings(
    max_examples=400 if PROVE else 25,
    stateful_step_count=60 if PROVE else 30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, *((Phase.shrink,) if PROVE else ())),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
