"""A guided flow at somebody's desk: a table of questions, answered one by one, gone back from, and then finished.

Pressing an earlier page, another task or what is not offered is refused here for every flow, and changes nothing.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import isawaitable
from typing import Any, TypeVar, cast

from bot.domain.chat import flows as rules
from bot.domain.chat.desks import Desk
from bot.domain.chat.flows import Draft
from bot.domain.refusals import NotUnderstood, Refusal, Stale
from bot.usecases.chat import desks
from bot.usecases.turn import Turn

Found = TypeVar("Found")
Choices = Mapping[str, Any] | Sequence[str]
"""The words on the buttons of a question, each with what it means where that is something else than the word."""

Changes = dict[str, Any]


@dataclass(frozen=True)
class At:
    """Where somebody is in a flow: at the question ``name``, or at the summary where that is empty.

    ``about`` is what the page needs beside the draft; whoever writes the page has loaded it.
    """

    flow: "Flow"
    turn: Turn
    desk: Desk
    name: str = ""
    about: Any = None

    @property
    def draft(self) -> Draft:
        """Return what has been answered so far."""
        return self.desk.draft

    @property
    def kind(self) -> str:
        """Return what the question asks."""
        return rules.kind_of(self.name)[0]

    @property
    def of(self) -> str:
        """Return of which language or unit it is asked, where there is one question for each."""
        return rules.kind_of(self.name)[1]


def _refuse(_at: At, _word: str) -> Any:
    raise Stale


def also(*words: str) -> Callable[[At, str], str]:
    """Let a question have buttons beside its choices: these words are answers too, and nothing else is."""
    return lambda at, word: word if word in words else _refuse(at, word)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What can be answered to a question, and what follows from it.

    ``choices`` are its buttons, and ``unoffered`` judges a pressed word that is none of them (any more). ``reads``
    returns what a typed line means, or None where it is no answer. ``answers`` checks an answer and returns what it
    changes of the draft; the question is asked on as long as it has not been answered itself.
    """

    choices: Callable[[At], Choices | Awaitable[Choices]] = lambda _at: ()
    unoffered: Callable[[At, str], Any] = _refuse
    reads: Callable[[At, str], Any] = lambda _at, _text: None
    answers: Callable[[At, Any], Changes | Awaitable[Changes]] = lambda at, answer: {at.name: answer}

    async def offered(self, at: At) -> Mapping[str, Any]:
        """Return the words that can be pressed now, with what they mean."""
        found = await _there(self.choices(at))
        return found if isinstance(found, Mapping) else dict(zip(found, found, strict=True))


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A table of questions by their kinds; ``asked`` names those of a draft, in their order.

    On the summary ``switch`` judges what is pressed, and ``adds`` what is typed: each returns what changes of the
    draft. A line that is typed where none is asked for is refused with ``too_early``. ``is_there`` says whether what
    is changed has not gone meanwhile.
    """

    task: str
    questions: Mapping[str, Question]
    asked: Callable[[At], Iterable[str]] = lambda at: at.flow.questions
    switch: Callable[[At, str], Changes] = _refuse
    adds: Callable[[At, str], Changes | None] = lambda _at, _text: None
    too_early: type[Refusal] = NotUnderstood
    is_there: Callable[[At], bool | Awaitable[bool]] = lambda _at: True


async def begin(flow: Flow, turn: Turn, **draft: Any) -> At:
    """Begin with the first question; whatever was begun before is dropped."""
    return _stand(flow, turn, await desks.begin(turn, flow.task, **draft))


async def here(flow: Flow, turn: Turn) -> At | None:
    """Return where the acting person is in a flow; nowhere where they are in the middle of something else."""
    desk = await desks.mine(turn)
    return _stand(flow, turn, desk) if desk.task == flow.task else None


async def stands(found: At) -> bool:
    """Say whether there is still anything to go on with."""
    return await _there(found.flow.is_there(found))


async def at(flow: Flow, turn: Turn, step: int) -> At:
    """Return where the pressed page stands, or refuse a button of an earlier one."""
    return _stand(flow, turn, await desks.at(turn, flow.task, step))


async def at_end(flow: Flow, turn: Turn, step: int) -> At:
    """Return where the pressed summary stands, or refuse where something is still to be asked."""
    found = await at(flow, turn, step)
    if found.name:
        raise Stale
    return found


async def choose(flow: Flow, turn: Turn, step: int, word: str) -> At:
    """Take what was pressed: an answer to the question, or a switch of the summary."""
    found = await at(flow, turn, step)
    if not found.name:
        return await _go_on(found, flow.switch(found, word))
    question = flow.questions[found.kind]
    offered = await question.offered(found)
    answer = offered[word] if word in offered else await _there(question.unoffered(found, word))
    return await _go_on(found, await _there(question.answers(found, answer)))


async def write(flow: Flow, turn: Turn, text: str) -> At:
    """Take what was typed, if the present question, or the summary, asks for such a line."""
    found = await here(flow, turn)
    if found is None:
        raise Stale
    changes = await _written(found, text)
    if changes is None:
        raise flow.too_early
    return await _go_on(found, changes)


async def _written(found: At, text: str) -> Changes | None:
    if not found.name:
        return found.flow.adds(found, text)
    question = found.flow.questions[found.kind]
    answer = await _there(question.reads(found, text))
    return None if answer is None else await _there(question.answers(found, answer))


async def back(flow: Flow, turn: Turn, step: int) -> At:
    """Take the last answer back."""
    found = await at(flow, turn, step)
    return await _go_on(found, {**rules.taken_back(flow.asked(found), found.draft)})


def has_way_back(found: At) -> bool:
    """Say whether something has been answered that can be taken back."""
    return bool(rules.last_of(found.flow.asked(found), found.draft))


def _stand(flow: Flow, turn: Turn, desk: Desk) -> At:
    found = At(flow, turn, desk)
    return replace(found, name=rules.next_of(flow.asked(found), desk.draft))


async def _go_on(found: At, changes: Changes) -> At:
    desk = await desks.go_on(found.turn, found.flow.task, found.desk.step, **changes)
    return _stand(found.flow, found.turn, desk)


async def _there(found: Found | Awaitable[Found]) -> Found:
    return cast("Found", await found) if isawaitable(found) else found
