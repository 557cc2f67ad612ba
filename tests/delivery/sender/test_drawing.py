"""What a message carries is drawn when it is sent: nobody waits for that but its own chat, and nothing is kept."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, current_thread, main_thread

import pytest

from bot.delivery.sender import Sender
from bot.store.database import Database
from tests.delivery.network import Call, ScriptedWire, network_of
from tests.delivery.sender.post import ADVISER, CARD, KIOSK, OTHER, PATIENCE, SHOWN, Post, running
from tests.hub.real_turns import StillClock

ANOTHER = "paper:2"


@dataclass
class Easel:
    """Draws as a test wants it to; ``go`` lets it end, and what it does at once is counted."""

    drawn: list[str] = field(default_factory=list)
    spoiled: str = ""
    go: Event = field(default_factory=Event)
    most: int = 0
    _now: int = 0
    _lock: Lock = field(default_factory=Lock)

    def draw(self, recipe: str) -> bytes:
        with self._lock:
            self.drawn.append(recipe)
            self._now += 1
            self.most = max(self.most, self._now)
        assert current_thread() is not main_thread()
        assert self.go.wait(PATIENCE)
        with self._lock:
            self._now -= 1
        if recipe == self.spoiled:
            raise ZeroDivisionError(recipe)
        return recipe.encode()


@dataclass
class Studio(Post):
    """A post whose papers are drawn on an easel."""

    easel: Easel = field(default_factory=Easel)

    async def draws(self, times: int = 1) -> None:
        async def so() -> bool:
            return len(self.easel.drawn) >= times

        await self.until(so)


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire, easel = ScriptedWire(), Easel()
        post = Studio(database, wire, Sender(network_of(wire), database, StillClock(), easel.draw), easel)
        async with running(post.sender):
            yield post
            easel.go.set()


async def test_while_a_paper_is_drawn_rows_are_written_and_every_other_chat_gets_its_messages(studio: Studio) -> None:
    await studio.hand(b"%PDF 1")
    await studio.draws()
    await studio.want("for a kiosk", chat=KIOSK, neutral=True)
    await studio.until(studio.has_sent("for a kiosk"))
    assert [call.document for call in studio.wire.calls] == [None]
    studio.easel.go.set()
    await studio.settled()
    assert studio.wire.calls[-1] == Call("sendDocument", ADVISER, None, "paper", b"%PDF 1")


async def test_papers_are_drawn_one_at_a_time(studio: Studio) -> None:
    for number, chat in enumerate((ADVISER, OTHER, KIOSK)):
        await studio.hand(b"%%PDF %d" % number, chat=chat)
    await studio.draws()
    studio.easel.go.set()
    await studio.settled()
    assert (len(studio.easel.drawn), studio.easel.most) == (3, 1)


async def test_a_paper_that_cannot_be_drawn_is_the_fault_of_its_message_alone(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    studio.easel.spoiled = "CANARY of a paper"
    studio.easel.go.set()
    await studio.hand(b"CANARY of a paper")
    await studio.settled()
    await studio.hand(b"%PDF 2", key=ANOTHER)
    await studio.want("for somebody else", chat=OTHER)
    await studio.settled()
    assert studio.easel.drawn == ["CANARY of a paper", "%PDF 2"], "what failed is not tried again"
    assert {(call.chat_id, call.document) for call in studio.wire.calls} == {(ADVISER, b"%PDF 2"), (OTHER, None)}
    assert await studio.rows() == [{"shown": 0, "doubts": 0, "fault": "undrawn"}, SHOWN, SHOWN]
    [told] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "cannot be drawn: ZeroDivisionError at " in told
    assert "CANARY" not in told


async def test_what_could_not_be_drawn_gives_way_to_what_is_wanted_next_in_its_place(studio: Studio) -> None:
    studio.easel.spoiled = "%PDF 1"
    studio.easel.go.set()
    for content in (b"%PDF 1", b"%PDF 2"):
        await studio.hand(content)
        await studio.settled()
    assert [call.document for call in studio.wire.calls] == [b"%PDF 2"]
    assert await studio.rows() == [SHOWN]


async def test_a_hub_that_ends_while_it_draws_draws_anew_and_sends_once(tmp_path: Path) -> None:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire, easel = ScriptedWire(), Easel()

        def post() -> Studio:
            return Studio(database, wire, Sender(network_of(wire), database, StillClock(), easel.draw), easel)

        before, after = post(), post()
        async with running(before.sender):
            await before.hand(b"%PDF 1")
            await before.draws()
        easel.go.set()
        async with running(after.sender):
            await after.settled()
        assert easel.drawn == ["%PDF 1"] * 2
        assert wire.calls == [Call("sendDocument", ADVISER, None, "paper", b"%PDF 1")]
        assert await after.rows("recipe, shown = revision AS shown") == [{"recipe": None, "shown": 1}]


async def test_a_paper_that_is_taken_back_while_it_is_drawn_does_not_stay(studio: Studio) -> None:
    await studio.hand(b"%PDF 1")
    await studio.draws()
    await studio.want(None, key=CARD)
    studio.easel.go.set()
    await studio.settled()
    assert (await studio.rows(), [method for method, _ in studio.wire.told()]) == (
        [],
        ["sendDocument", "deleteMessage"],
    )
