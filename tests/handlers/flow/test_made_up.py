"""A made-up flow, pressed and typed as it comes: nothing is lost, nothing done twice, always a way on and a way out."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.domain.people import Role
from bot.domain.refusals import NotUsable, Stale
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At, also
from handlers.chat import start
from handlers.chat.context import Context
from handlers.chat.inmate_pages import hidden
from handlers.chat.lines import tap
from handlers.chat.rows import START
from handlers.flow.questions import Flow, Question, Write, finishes, press
from tests.handlers.flow.stage import AtDesk, at_desk
from tests.runs import own_loop

PARTS, MOST = ("door", "roof", "wall"), 9
finished: list[dict[str, Any]] = []


def order(said: dict[str, Any]) -> list[str]:
    """Return what is asked, as a person would tell it: why, twice, only of what is red."""
    return ["colour", *(("why_a", "why_b") if said.get("colour") == "red" else ()), "size", "parts"]


def take_size(_at: At, size: int) -> dict[str, Any]:
    if size > MOST:
        raise NotUsable
    return {"size": size}


def mark_parts(at: At, word: str) -> dict[str, Any]:
    return {"parts": at.draft["marked"]} if word == "go" else {"marked": sorted({*at.draft["marked"]} ^ {word})}


def be_loud(at: At, word: str) -> dict[str, Any]:
    if word != "loud":
        raise Stale
    return {"loud": not at.draft.get("loud")}


async def summary(_context: Context, at: At) -> Write:
    return lambda _: (["All of it"], ((hidden("Loud", press(at, "loud")), hidden("Done", finishes(at))),))


async def finish(_update: Update, context: Context, at: At, _word: str) -> None:
    await desks.clear(context.turn)
    finished.append({name: answer for name, answer in at.draft.items() if answer is not None})
    start_page = start.home(context)
    context.show_for(start_page)


FLOW = Flow(
    task="made_up",
    may=Role.COORDINATOR,
    asked=lambda at: order({**at.draft}),
    questions={
        "colour": Question(asks=lambda _, _at: ["Colour?"], choices=lambda _at: ["red", "green"]),
        "why": Question(
            asks=lambda _, at: [f"Why {at.of}?"],
            choices=lambda _at: {"-": ""},
            reads=lambda _at, text: text if text.isalpha() else None,
        ),
        "size": Question(
            asks=lambda _, _at: ["Size?"],
            reads=lambda _at, text: int(text) if text.isdecimal() else None,
            answers=take_size,
        ),
        "parts": Question(
            asks=lambda _, _at: ["Parts?"],
            choices=lambda _at: PARTS,
            unoffered=also("go"),
            answers=mark_parts,
            more=lambda _, at: ((hidden("Go on", press(at, "go")),),),
        ),
    },
    switch=be_loud,
    summary=summary,
    finish=finish,
)


async def begin(update: Update, context: Context) -> None:
    await FLOW.begin(update, context, marked=[])


LINES = [tap("made_up", begin, may=Role.COORDINATOR), *FLOW.lines(), *start.HANDLERS]


@dataclass
class Told:
    """What somebody has said so far, kept beside the hub; ``seen`` are the buttons of every page that ever stood."""

    desk: AtDesk
    said: dict[str, Any] = field(default_factory=dict)
    marked: list[str] = field(default_factory=list)
    loud: bool = False
    seen: list[str] = field(default_factory=list)
    done: int = 0

    @property
    def name(self) -> str:
        return next((each for each in order(self.said) if each not in self.said), "")

    def answered(self, answer: Any) -> None:
        self.said[self.name] = answer

    async def act(self, action: str, nth: int) -> None:
        """Do something, and compare what became of it with what ought to have."""
        before = await self.desk.desk()
        self.seen += await self.desk.buttons()
        changes = await getattr(self, f"_{action}")(nth)
        after = await self.desk.desk()
        assert (after != before) is changes, (action, before, after)
        await self._stands()

    async def _stands(self) -> None:
        desk = await self.desk.desk()
        if desk.task is None:
            assert await self.desk.press("made_up") == ""
            self.said, self.marked, self.loud = {}, [], False
            desk = await self.desk.desk()
        kept = {name: answer for name, answer in desk.draft.items() if answer is not None}
        assert {"loud": False, **kept} == {**self.said, "marked": self.marked, "loud": self.loud}
        assert await self.desk.has_way_out()
        assert bool(await self.desk.buttons("back")) is bool(self.said)
        assert bool(await self.desk.buttons("say")) is (self.name != "size")
        assert bool(await self.desk.buttons("done")) is (not self.name)
        assert len(finished) == self.done

    async def _press(self, nth: int) -> bool:
        shown = await self.desk.buttons("say")
        if not shown:
            return False
        data = shown[nth % len(shown)]
        word = data.rpartition(":")[2]
        assert await self.desk.press(data) == ""
        if self.name == "parts" and word != "go":
            self.marked = sorted({*self.marked} ^ {word})
        elif not self.name:
            self.loud = not self.loud
        else:
            self.answered({"-": "", "go": self.marked}.get(word, word))
        assert await self.desk.press(data) == "Stale"  # pressed twice, it is done once
        return True

    async def _type_what_fits(self, nth: int) -> bool:
        texts = {"why": "because", "size": str(nth % (MOST + 1))}
        kind = self.name.partition("_")[0]
        if kind not in texts:
            assert await self.desk.type("because") == "NotUnderstood"  # one page too early, or too late
            return False
        assert await self.desk.type(texts[kind]) == ""
        self.answered(int(texts[kind]) if kind == "size" else texts[kind])
        return True

    async def _type_what_does_not(self, nth: int) -> bool:
        text = ("10", "12 apes", "?")[nth % 3]
        is_number = self.name == "size" and text == "10"
        assert await self.desk.type(text) == ("NotUsable" if is_number else "NotUnderstood")
        return False

    async def _go_back(self, _nth: int) -> bool:
        desk = await self.desk.desk()
        [data] = await self.desk.buttons("back") or [f"made_up_back:{desk.step}"]
        assert await self.desk.press(data) == ""
        if self.said:
            self.said.popitem()
        return True

    async def _press_an_earlier_page(self, nth: int) -> bool:
        now = await self.desk.buttons()
        gone = [each for each in self.seen if each not in now]
        if gone:
            assert await self.desk.press(gone[nth % len(gone)]) == "Stale"
        return False

    async def _press_what_is_not_there(self, nth: int) -> bool:
        step = (await self.desk.desk()).step
        there = await self.desk.buttons()
        every = [f"made_up_say:{step}:{word}" for word in ("red", "-", "go", "door", "loud", "nothing")]
        forged = [each for each in [*every, f"made_up_done:{step}:-"] if each not in there]
        assert await self.desk.press(forged[nth % len(forged)]) == "Stale"
        return False

    async def _finish(self, _nth: int) -> bool:
        shown = await self.desk.buttons("done")
        if not shown:
            return False
        assert await self.desk.press(shown[0]) == ""
        self.done += 1
        assert finished[-1] == {**self.said, "marked": self.marked, **({"loud": self.loud} if self.loud else {})} or (
            finished[-1] == {**self.said, "marked": self.marked, "loud": False}
        )
        assert await self.desk.press(shown[0]) == "Stale"
        return True

    async def _cancel(self, _nth: int) -> bool:
        assert await self.desk.press(START) == ""
        assert (await self.desk.desk()).draft == {}
        return True


ACTIONS = (
    *("press", "press", "press", "type_what_fits", "type_what_fits", "type_what_does_not", "go_back", "finish"),
    *("press_an_earlier_page", "press_what_is_not_there", "cancel"),
)
DEEDS = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 999)), min_size=5, max_size=40)


class Stage:
    """A desk that every example begins at anew, in one loop; a failing example is not to show the whole hub."""

    def __init__(self, loop: asyncio.Runner, desk: AtDesk) -> None:
        self.loop, self.desk = loop, desk

    def play(self, deeds: list[tuple[str, int]]) -> Told:
        return self.loop.run(self._play(deeds))

    async def _play(self, deeds: list[tuple[str, int]]) -> Told:
        finished.clear()
        async with self.desk.undone() as desk:
            told = Told(desk)
            await told._stands()
            for action, nth in deeds:
                await told.act(action, nth)
        return told


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with own_loop.runner() as loop:
        stack = AsyncExitStack()
        desk = loop.run(stack.enter_async_context(at_desk(tmp_path, "TK1", LINES)))
        desk.walk.application.bot_data.prompts = {FLOW.task: FLOW.take_line}
        yield Stage(loop, desk)
        loop.run(stack.aclose())


# Every example is undone at its end, so that they may share the database.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds=DEEDS)
def test_whatever_is_pressed_and_typed_nothing_is_lost_or_doubled(stage: Stage, deeds: list[tuple[str, int]]) -> None:
    stage.play(deeds)


def test_from_the_first_question_to_the_last_and_done_once(stage: Stage) -> None:
    red = [("press", 0), ("type_what_fits", 0), ("press", 0), ("type_what_fits", 7), ("press", 1), ("press", 3)]
    told = stage.play([*red, ("press", 0), ("finish", 0)])
    said = {"colour": "red", "why_a": "because", "why_b": "", "size": 7, "parts": ["roof"]}
    assert finished == [{**said, "marked": ["roof"], "loud": True}]
    assert told.done == 1
