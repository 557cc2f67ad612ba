"""Every flow of the hub, walked from its table: each question can be answered, gone back from and given up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.chat.flows import kind_of
from bot.domain.notices.notices import Notice, State
from bot.usecases.chat import flows
from bot.usecases.notices import notices
from bot.usecases.theme_nights import theme_nights
from handlers.chat.rows import START
from handlers.flow.questions import Flow
from handlers.tables import FLOWS
from tests.handlers.flow.stage import AtDesk, at_desk
from tests.hub.theme_nights import STARTS, a_draft

BY_TASK = {flow.task: flow for flow in FLOWS}
SESSION = "nav.N1.R1.2701140800"
THEME_NIGHT, NOTICE, LATER = "1", "1", "2"
CHANGES = ("topic_nb", "about_en", "host", "service", "when", "who", "seats", "cap_A", "languages", "interpreter")


@dataclass(frozen=True)
class Beginning:
    """How somebody begins a flow, and which of the choices they take where the first is not the way meant."""

    task: str
    person: str
    data: str
    takes: frozenset[str] = field(default=frozenset())

    def __str__(self) -> str:
        return " ".join([self.data, *sorted(self.takes)])


BEGINNINGS = [
    Beginning("session", "TK1", "session_new:-", frozenset({"nav", "N1", "R2", "2027-01-20"})),
    Beginning("session", "TK1", f"session_move:{SESSION}:-"),
    Beginning("notice", "TK1", "notice_new"),
    Beginning("notice", "TK1", "notice_new", frozenset({"service", "nav"})),
    Beginning("notice", "TK1", f"notice_fix:{NOTICE}"),
    Beginning("arrive", "TK1", "arrive"),
    Beginning("hire", "ADM", "hire", frozenset({"OFFICER"})),
    Beginning("hire", "ADM", "hire", frozenset({"PROVIDER"})),
    Beginning("hire", "ADM", "hire", frozenset({"ADMIN"})),
    Beginning("hire", "ADM", "role:KB-A3:1", frozenset({"DUTY_LEADER"})),
    Beginning("behalf", "KB-A1", "behalf_for:A01"),
    Beginning("paper", "KB-A1", "paper"),
    Beginning("theme_night", "TK1", "night_new"),
    *(
        Beginning("theme_night", "TK1", f"night_edit:{THEME_NIGHT}:{word}")
        for word in (*CHANGES, "opens", "closes", "after")
    ),
    Beginning("night_preview", "TK1", f"night_preview:{THEME_NIGHT}"),
]
TYPED = {"text": "Biblioteket er stengt", "topic": "Jobb og bolig"}
"""What is typed where there is nothing to press."""

NOT_TYPED = {each.name: each.default for each in fields(flows.Question)}["reads"]
NEVER_ADDED = {each.name: each.default for each in fields(flows.Flow)}["adds"]


@asynccontextmanager
async def beginning(folder: Path, how: Beginning) -> AsyncIterator[tuple[AtDesk, Flow]]:
    """Let there be a notice and two theme nights, and somebody who begins."""
    async with at_desk(folder, how.person) as desk:
        maker = AtDesk(desk.walk, desk.tx, "TK1", desk.lines)
        async with maker.turn() as turn:
            week = {"starts": STARTS + timedelta(7), "ends": STARTS + timedelta(7, 5400)}
            await theme_nights.create(turn, a_draft(turn.now, **week, closes=STARTS + timedelta(6)))
            other = await theme_nights.create(turn, a_draft(turn.now))
            await theme_nights.publish(turn, other.id, other.revision)
            texts, until = {"nb": "Vi er her i dag", "en": "We are here today"}, turn.now + timedelta(days=1)
            plain = Notice(0, "FJ", State.PUBLISHED, 0, texts, ("A",), (), turn.now, until, "TK1", turn.now)
            await notices.publish(turn, plain)
        assert await desk.press(how.data) == ""
        yield desk, BY_TASK[how.task]


async def question(desk: AtDesk, flow: Flow) -> str | None:
    """Return what is asked: nothing on the summary, and None where one is done."""
    async with desk.turn() as turn:
        at = await flows.here(flow, turn)
    return at.name if at else None


async def nothing_comes_of(desk: AtDesk, data: str) -> str:
    before = await desk.domain()
    refused = await desk.press(data)
    assert await desk.domain() == before, data
    return refused


async def a_stale_press_changes_nothing(desk: AtDesk, flow: Flow, name: str) -> None:
    """Press what an earlier page had, another page's button, and what no page ever had."""
    step, shown = (await desk.desk()).step, await desk.buttons()
    verbs = ("say", "done", "back") if flow.questions else ("say", "done")
    earlier = [f"{flow.task}_{verb}:{step - 1}" + ("" if verb == "back" else ":-") for verb in verbs]
    early = [f"{flow.task}_done:{step}:-"] if name else []
    for data in (*earlier, *early, f"{flow.task}_say:{step}:nobody-has-this"):
        assert await nothing_comes_of(desk, data) in {"Stale", "OutsideScope", "NotUsable", "NobodyAnswers"}, data
        assert await desk.buttons() == shown, "the present page is shown"


async def a_line_too_early_changes_nothing(desk: AtDesk, flow: Flow, name: str) -> None:
    takes_a_line = flow.questions[kind_of(name)[0]].reads is not NOT_TYPED if name else flow.adds is not NEVER_ADDED
    if not takes_a_line:
        before = await desk.domain()
        await desk.type("en linje for tidlig")
        assert await desk.domain() == before


async def one_can_give_up(desk: AtDesk) -> None:
    async with desk.undone() as elsewhere:
        assert await elsewhere.has_way_out()
        assert await elsewhere.press(START) == ""
        assert ((await elsewhere.desk()).task, (await elsewhere.desk()).draft) == (None, {})


async def one_can_go_back(desk: AtDesk, flow: Flow, asked: list[str]) -> None:
    """Go back as often as something was answered, each time to the question before."""
    async with desk.undone() as elsewhere:
        for name in reversed(asked):
            [back] = await elsewhere.buttons("back")
            assert await elsewhere.press(back) == ""
            assert await question(elsewhere, flow) == name
        assert await elsewhere.buttons("back") == [], "there is nothing before the first question"


async def answer(desk: AtDesk, flow: Flow, name: str, takes: frozenset[str]) -> None:
    """Answer with a button, or with a line where there is none; what is switched on is gone on from."""
    shown = await desk.buttons("say")
    if not shown or kind_of(name)[0] in TYPED:
        assert await desk.type(TYPED[kind_of(name)[0]]) == ""
        return
    meant = [each for each in shown if each.rpartition(":")[2] in takes]
    assert await desk.press((meant or shown)[0]) == ""
    for _ in range(len(shown)):
        if await question(desk, flow) != name:
            return
        assert await desk.press((await desk.buttons("say"))[-1]) == ""
    assert await question(desk, flow) != name


async def to_the_end(desk: AtDesk, flow: Flow, takes: frozenset[str]) -> list[str]:
    """Answer every question, and on each page try everything else that one could do; return what was asked."""
    asked: list[str] = []
    while (name := await question(desk, flow)) is not None:
        await a_stale_press_changes_nothing(desk, flow, name)
        await a_line_too_early_changes_nothing(desk, flow, name)
        await one_can_give_up(desk)
        await one_can_go_back(desk, flow, asked)
        if not name:
            await one_can_finish(desk, flow)
            break
        await answer(desk, flow, name, takes)
        asked.append(name)
    return asked


async def one_can_finish(desk: AtDesk, flow: Flow) -> None:
    """Press the summary's button, and again: what is done is done once."""
    done, before = (await desk.buttons("done"))[-1], await desk.domain()
    assert await desk.press(done) == ""
    after = await desk.domain()
    assert [name for name in after if name != "desks" and after[name] != before[name]], flow.task
    assert await nothing_comes_of(desk, done) == "Stale"


@pytest.mark.parametrize("how", BEGINNINGS, ids=str)
async def test_each_question_can_be_answered_gone_back_from_and_given_up(tmp_path: Path, how: Beginning) -> None:
    async with beginning(tmp_path, how) as (desk, flow):
        await to_the_end(desk, flow, how.takes)


async def test_the_walks_come_to_every_question_of_every_flow(tmp_path: Path) -> None:
    come_to: dict[str, set[str]] = {task: set() for task in BY_TASK}
    for number, how in enumerate(BEGINNINGS):
        (folder := tmp_path / str(number)).mkdir()
        async with beginning(folder, how) as (desk, flow):
            while name := await question(desk, flow):
                come_to[how.task].add(kind_of(name)[0])
                await answer(desk, flow, name, how.takes)
    assert come_to == {task: set(flow.questions) for task, flow in BY_TASK.items()}


def test_no_two_flows_share_a_task() -> None:
    every: list[Any] = [flow.task for flow in FLOWS]
    assert len(every) == len(set(every)) == len({each.task for each in BEGINNINGS})
