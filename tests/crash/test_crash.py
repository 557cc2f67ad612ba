"""Killed at any moment, a hub loses nothing that it said and does nothing twice."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import httpx
import pytest

from bot import hubfile
from bot.config import Settings
from bot.demo import files
from tests.crash import reference
from tests.crash.processes import Child, Dead, start_hub
from tests.crash.theme_nights import ThemeNightVisit
from tests.crash.visitors import Memory, Visit
from tests.hub import loopback
from tests.hub.real_turns import described
from tests.hub.whole_hub import DoesNotShow
from tests.proving import PROVE
from tests.watches.invariants import Rows

CHAINS = range(8) if PROVE else range(1)
KILLS_AT_RANDOM = 8 if PROVE else 4
LONGEST_VISIT = 20.0
STEP = 0.02
COMMITS, SENDS = 9, 3
AIMED_AT = (
    *("sign in", "send", "send", "begin", "book", "change", "change", "answer", "answer", "leave"),
    *("hand over", "hand over", "behalf"),
)


@dataclass
class Kill:
    """When a hub dies: while it starts, at a moment of a visit, or at a commit, hash or send of a step of it."""

    step: str = ""
    point: str = ""
    nth: int = 0
    after: bool = False
    seconds: float = 0

    @classmethod
    def at_random(cls, random: Random) -> "Kill":
        kind = random.choice(("start", "moment", "moment", "commit", "commit", "commit", "send", "send"))
        if kind in {"start", "moment"}:
            return cls(step=kind, seconds=random.uniform(0, 0.5 if kind == "start" else 1.5))
        nth = random.randint(1, COMMITS if kind == "commit" else SENDS)
        return cls(random.choice(AIMED_AT), kind, nth, random.random() < 0.5)


def at_each_commit(step: str) -> list[Kill]:
    """Before and after each of the commits that a step needs: kept, carried out, shown."""
    return [Kill(step, "commit", nth, after) for nth in (1, 2, 3) for after in (False, True)]


def while_a_pin_is_looked_at() -> list[Kill]:
    """Between the turn that asks for a hash and the one that judges, before and after it is counted."""
    return [Kill("sign in", "count", 1, after) for after in (False, True)]


@dataclass
class Prison:
    """A hub that is killed again and again, in the same process as its house network or in another."""

    settings: Settings
    scratch: Path
    random: Random
    house: Child | None = None
    url: str = ""
    memory: Memory = field(default_factory=Memory)
    visits: type[Visit] = Visit

    async def live_and_die(self, kill: Kill) -> None:
        """Start, check what the last life left, go on using it, and die."""
        hub = await start_hub(self.settings)
        if kill.step == "start":
            await asyncio.sleep(kill.seconds)
        else:
            await self._use(hub, kill)
        await hub.kill()
        await reference.check_rows(reference.of_the_dead(self.settings, self.scratch), self.memory)

    async def _use(self, hub: Child, kill: Kill) -> None:
        async with loopback.client(self.url or await hub.hears()) as http:
            if self.url:
                await hub.hears()
            await self._check_after_start(hub, http)
            visiting = asyncio.create_task(self._visit(hub, http, kill))
            dying = asyncio.create_task(hub.ended())
            seconds = kill.seconds if kill.step == "moment" else LONGEST_VISIT
            await asyncio.wait({visiting, dying}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            await self._stop(hub, visiting, dying)

    async def _stop(self, hub: Child, visiting: asyncio.Task[None], dying: asyncio.Task[None]) -> None:
        hub.process.kill()
        await dying
        visiting.cancel()
        with suppress(asyncio.CancelledError, httpx.HTTPError, Dead):
            await visiting

    async def _visit(self, hub: Child, http: httpx.AsyncClient, kill: Kill) -> None:
        async def arm() -> None:
            await hub.ask("arm", (kill.point, kill.nth, kill.after))

        while True:
            inmate = self.random.choice(PEOPLE)
            rest = partial(self._settled, hub)
            visit = self.visits(http, self.memory, inmate.inmate, inmate.pin, self.random, rest, arm, kill.step)
            for name in visit.steps:
                await visit.take(name)

    async def _check_after_start(self, hub: Child, http: httpx.AsyncClient) -> None:
        await self._settled(hub)

        async def ask(sql: str) -> Rows:
            return list(await hub.ask("rows", sql))

        await reference.check_rows(ask, self.memory)
        await reference.check_presses(ask, self.memory)
        await reference.check_chats(ask, http)

    async def _settled(self, hub: Child) -> None:
        for _ in range(int(LONGEST_VISIT / STEP)):
            if await hub.ask("rows", reference.UNDONE) == reference.SETTLED:
                return
            await asyncio.sleep(STEP)
        raise DoesNotShow("the hub does not come to rest")

    async def last_check(self) -> None:
        """Start once more, check, and stop as one should."""
        hub = await start_hub(self.settings)
        address = await hub.hears()
        async with loopback.client(self.url or address) as http:
            await self._check_after_start(hub, http)
        assert await hub.ask("stop") == "stopped"
        await hub.ended()


PEOPLE = [
    each
    for each in hubfile.read_people(files.PEOPLE, described()).inmates
    if each.inmate.unit == "A" and each.inmate.language in {"nb", "nn"}
]


@pytest.mark.long
@pytest.mark.parametrize("seed", CHAINS)
async def test_killed_while_people_sign_up_and_nights_are_cancelled_a_hub_keeps_its_word(
    settings: Settings, tmp_path: Path, seed: int
) -> None:
    prison = Prison(settings, tmp_path / "dead", Random(2000 + seed), visits=ThemeNightVisit)
    kills = at_each_commit("list")
    prison.random.shuffle(kills)
    kills += at_each_commit("cancel")[2 : 5 if PROVE else 3]  # a night is cancelled once, and there are few
    for kill in kills:
        await prison.live_and_die(kill)
    await prison.last_check()
    assert prison.memory.listed
    assert prison.memory.may_be_cancelled


async def die_often(prison: Prison, step: str) -> None:
    kills = [*at_each_commit(step), *while_a_pin_is_looked_at()]
    kills += [Kill.at_random(prison.random) for _ in range(KILLS_AT_RANDOM)]
    prison.random.shuffle(kills)
    for kill in kills:
        await prison.live_and_die(kill)
    await prison.last_check()
    assert prison.memory.receipts


@pytest.mark.long
@pytest.mark.parametrize("seed", CHAINS)
async def test_killed_with_its_house_network_a_hub_keeps_its_word(
    settings: Settings, tmp_path: Path, seed: int
) -> None:
    await die_often(Prison(settings, tmp_path / "dead", Random(seed)), ("change", "send", "behalf", "book")[seed % 4])


@pytest.mark.long
@pytest.mark.parametrize("seed", CHAINS)
async def test_killed_alone_a_hub_keeps_its_word(apart: tuple[Settings, Child, str], tmp_path: Path, seed: int) -> None:
    settings, house, url = apart
    await die_often(
        Prison(settings, tmp_path / "dead", Random(1000 + seed), house, url),
        ("answer", "hand over", "send", "change")[seed % 4],
    )
