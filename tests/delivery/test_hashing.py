"""What is slow to count is counted between two turns: its chat waits for it and keeps its order, and no other does."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from telegram import Update

from bot.delivery import foreseen
from bot.delivery.dispatch import Dispatch
from bot.store import inbox
from bot.store.keys import Keys
from bot.usecases.hashing import Fits, Question
from handlers.chat.context import Context
from tests.delivery.desk import ADVISER, EPOCH, KIOSK, Desk, at_desk, note, press
from tests.hub.real_turns import KEYS

PATIENCE = 30.0
PIN = "7391"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_desk(tmp_path) as made:
        yield made


@dataclass(frozen=True)
class Slow:
    """A question that is answered when a test lets it, with an answer or an error."""

    go: Event = field(default_factory=Event, hash=False, compare=False)
    error: Exception | None = field(default=None, hash=False, compare=False)

    def count(self, _keys: Keys) -> bool:
        assert self.go.wait(PATIENCE)
        if self.error:
            raise self.error
        return True


def asks(desk: Desk, question: Question, *those: str) -> list[str]:
    """Let what those buttons do need an answer, and note whatever is pressed; return the first tries as they come."""
    begun: list[str] = []

    async def handle(_update: Update, context: Context) -> None:
        query = _update.callback_query
        assert query
        assert query.data
        begun.append(query.data)
        await note(context.turn, query.data)
        if query.data in those:
            context.turn.hashes.answer(question)

    desk.takes(handle)
    return begun


async def noted(desk: Desk) -> list[str]:
    return [row["name"] for row in await desk.facts()]


async def in_order(desk: Desk) -> list[str]:
    """Return what was done, in the order in which it was."""
    rows = await desk.hub.rows("SELECT name FROM facts WHERE name <> 'key' ORDER BY rowid")
    return [row["name"] for row in rows]


async def counted(desk: Desk) -> None:
    async with asyncio.timeout(PATIENCE):
        while await desk.dispatch.hashing.next_is_over():
            await desk.dispatch.handle_waiting()


async def test_while_a_hash_is_counted_its_chat_waits_and_every_other_has_its_turns(desk: Desk) -> None:
    question = Slow()
    asks(desk, question, "last digit")
    await desk.gets(press(1, "last digit", KIOSK))
    await desk.gets(press(2, "finish", KIOSK), press(3, "other", ADVISER))
    assert await noted(desk) == ["other"]
    assert await desk.states() == [("waiting", 0, False), ("waiting", 0, False), ("done", 0, True)]
    question.go.set()
    await counted(desk)
    assert await in_order(desk) == ["other", "last digit", "finish"]
    assert desk.dispatch.counts == {"done": 3, "refused": 0, "failed": 0, "quarantined": 0}


async def test_an_update_that_needs_a_hash_leaves_those_alone_with_which_it_shares_a_commit(desk: Desk) -> None:
    question = Slow()
    question.go.set()
    begun = asks(desk, question, "last digit")
    others = [press(number, f"other {number}", ADVISER) for number in (2, 3, 4)]
    await desk.gets(press(1, "last digit", KIOSK), *others, press(5, "finish", KIOSK))
    await counted(desk)
    assert begun == ["last digit", "other 2", "other 3", "other 4", "last digit", "finish"], "each once, and in order"
    assert await in_order(desk) == ["other 2", "other 3", "other 4", "last digit", "finish"]


async def test_a_count_that_ends_in_an_error_is_a_failure_of_its_update_which_is_set_aside(desk: Desk) -> None:
    question = Slow(error=MemoryError())
    question.go.set()
    begun = asks(desk, question, "last digit")
    await desk.gets(press(1, "last digit", KIOSK))
    await counted(desk)
    assert begun == ["last digit"] * 6, "three tries, each of which asks"
    assert (await desk.states(), await noted(desk)) == ([("quarantined", 3, False)], [])
    assert "screen" in await desk.shown(KIOSK), "it is said"


async def test_a_hub_that_ends_while_it_counts_has_done_nothing_and_does_it_once_after(desk: Desk) -> None:
    question, dispatch = Slow(), desk.dispatch
    asks(desk, question, "last digit")
    await desk.gets(press(1, "last digit", KIOSK))
    question.go.set()
    await dispatch.hashing.end()
    assert (await desk.states(), await noted(desk)) == ([("waiting", 0, False)], [])
    desk.dispatch = Dispatch(
        dispatch.turns, dispatch.application, dispatch.tell, dispatch.apologise, "nb", dispatch.unchanged
    )
    await desk.dispatch.catch_up()
    assert (await desk.states(), await noted(desk)) == ([("done", 0, True)], ["last digit"])


async def test_a_batch_that_is_undone_takes_no_answer_along(desk: Desk) -> None:
    question = Slow()
    question.go.set()
    asks(desk, question, "last digit")
    await desk.gets(press(1, "last digit", KIOSK))
    assert await desk.dispatch.hashing.next_is_over()
    await add(desk, press(2, "other", ADVISER))

    async with desk.hub.turns.database.transaction():
        batch = asyncio.create_task(desk.dispatch.handle_waiting())
        await asyncio.sleep(0)
        batch.cancel()
    await asyncio.wait([batch])
    assert await noted(desk) == []
    await desk.dispatch.handle_waiting()
    await counted(desk)
    assert sorted(await noted(desk)) == ["last digit", "other"]


async def add(desk: Desk, *updates: dict[str, Any]) -> None:
    async with desk.hub.turns.database.transaction() as tx:
        await inbox.add(tx, "house", EPOCH, updates, desk.hub.clock.now())


@dataclass(frozen=True)
class ListeningKeys(Keys):
    """The keys, which note what they compare with."""

    compared: list[str] = field(default_factory=list)

    def pin_matches(self, pin: str, hashed: str) -> bool:
        self.compared.append(hashed)
        return super().pin_matches(pin, hashed)


def test_a_number_that_nobody_has_takes_a_hash_as_well_and_no_pin_is_right() -> None:
    keys = ListeningKeys(KEYS.secret)
    hashed = keys.hash_pin(PIN)
    found = [Fits(pin, each).count(keys) for pin, each in ((PIN, hashed), ("7392", hashed), (PIN, None))]
    assert (found, keys.compared) == ([True, False, False], [hashed, hashed, keys.dummy_hash])


def test_a_question_does_not_tell_the_pin_to_whoever_logs_it() -> None:
    assert PIN not in repr(Fits(PIN, "hash"))


async def test_what_comes_in_when_a_count_is_over_lets_its_chat_go_on_no_sooner(desk: Desk) -> None:
    hashing, question, place = desk.dispatch.hashing, Slow(), ("house", KIOSK)
    hashing.begin(1, place, question)
    question.go.set()
    assert await hashing.next_is_over()
    async with desk.hub.turns.database.transaction() as tx:
        foreseen.by_turns(hashing, tx, "house", [])
    assert hashing.waits(2, place)
    hashing.aside()
    assert not hashing.waits(3, place)
