"""What watches every turn of the run sees whatever holds the one transaction, and is not startled by what may be."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.reminders import Kind, Reminder
from bot.jobs import Jobs
from bot.store import facts, reminders
from bot.usecases.turn import Turn
from tests.hub.real_turns import RealTurns, real_turns
from tests.watches import held, slow_turns
from tests.watches.held import A_HOP, MOST, Measure, Watch
from tests.watches.slow_turns import SLOW, Act


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path, ()) as made:
        yield made


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Look apart at what is done here on purpose, so that the run does not fail of it."""
    apart = Watch("here")
    monkeypatch.setattr(held, "WATCH", apart)
    return apart


@pytest.mark.parametrize(("told", "act"), SLOW.items())
async def test_whatever_is_waited_for_in_a_turn_but_the_database_is_told_with_its_place(
    hub: RealTurns, watch: Watch, told: str, act: Act
) -> None:
    async with hub.turns.begin() as turn:
        await act(turn)
    line = act.__code__.co_firstlineno
    [found] = dict.fromkeys(watch.found)
    what, _, place = found.partition(" at tests/watches/slow_turns.py:")
    assert (what, int(place) in range(line + 1, line + 4)) == (f"here: {told}", True)


async def test_what_draws_in_a_thread_is_waited_for_as_well(hub: RealTurns, watch: Watch) -> None:
    async with hub.turns.begin() as turn:
        await slow_turns.lets_a_thread_draw(turn)
    assert [each.partition(" at ")[0] for each in watch.found] == ["here: awaits Future"]


@pytest.mark.parametrize("act", SLOW.values())
async def test_a_look_at_the_rows_holds_the_database_as_a_turn_does(hub: RealTurns, watch: Watch, act: Act) -> None:
    async with hub.turns.begin() as turn:
        kept = turn
    async with hub.turns.database.reading():
        await act(kept)
    assert watch.found


@pytest.mark.parametrize("act", SLOW.values())
async def test_before_and_after_a_turn_and_beside_it_anything_may_be_slow(
    hub: RealTurns, watch: Watch, act: Act
) -> None:
    async with hub.turns.begin() as turn:
        beside = asyncio.create_task(_run(act, turn))
        await facts.put(turn.tx, "asked", "x")
    await act(turn)
    await beside
    assert watch.found == []


async def _run(act: Act, turn: Turn) -> None:
    await act(turn)


async def test_a_turn_that_asks_too_often_is_told_with_how_often(
    hub: RealTurns, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def do(turn: Turn, _reminder: Reminder) -> None:
        for number in range(MOST.once):
            await facts.get(turn.tx, f"{number}")

    jobs = Jobs(hub.turns.begin, do, hub.clock, hub.turns.database)
    for most in (MOST, Measure(2 * MOST.once)):
        monkeypatch.setitem(held.WALKS, "_run", most)
        async with hub.turns.begin() as turn:
            await reminders.put(turn.tx, [Reminder(Kind.IDLE_LOCK, "K-A", turn.now)])
        await jobs.tick()
    [told] = watch.found
    assert told.startswith("here: _run asks the database ")
    assert told.endswith(f" times for 0 messages, and may {MOST.once} times")


async def test_a_turn_that_runs_too_much_is_told_with_how_much(hub: RealTurns, watch: Watch) -> None:
    async def do(turn: Turn, _reminder: Reminder) -> None:
        for number in range(A_HOP * MOST.once):
            await facts.put(turn.tx, f"{number}", "")

    jobs = Jobs(hub.turns.begin, do, hub.clock, hub.turns.database)
    async with hub.turns.begin() as turn:
        await reminders.put(turn.tx, [Reminder(Kind.IDLE_LOCK, "K-A", turn.now)])
    await jobs.tick()
    [told] = watch.found
    assert told.startswith("here: _run runs ")
    assert told.endswith(f" statements for 0 messages, and may {A_HOP * MOST.once}")


def test_a_process_that_a_test_forks_says_what_it_has_found_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    Watch(process=0).tell("open at bot/app.py:1")
    ours = Watch("a test")
    ours.read(f"something else\n{capfd.readouterr().err}")
    assert ours.found == ["a test: open at bot/app.py:1"]
