"""Typing in paper slips, one after the other, each with the paper's time (J12)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.flows import Draft, number_in
from bot.domain.people import WRITERS
from bot.domain.refusals import Refusal, Stale
from bot.domain.slips import paper_slips as rules
from bot.domain.slips.slips import Slip
from bot.domain.subjects import Subject
from bot.usecases.chat import flows
from bot.usecases.chat.flows import At
from bot.usecases.slips import paper_slips, slips
from handlers.chat.context import Context
from handlers.chat.inmate_pages import choose_inmate, choose_service, hidden, numbers, send_with_topic, topic_of
from handlers.chat.lines import tap
from handlers.chat.refusals.of_staff import in_words
from handlers.chat.refusals.telling import named_in
from handlers.chat.rows import Rows
from handlers.chat.start import KEY, Shortcut
from handlers.chat.words import Words
from handlers.flow.questions import Flow, Part, Question, Write, finishes, press

TURN = "page-"


async def begin(update: Update, context: Context) -> None:
    """Begin with the first paper; the questions stand in the pressed message."""
    await FLOW.begin(update, context, page=context.turn.pressed or KEY)


async def take_typed(update: Update, context: Context, text: str) -> None:
    """Take a typed number or time off the chat and into the page; what cannot be read is told there."""
    context.forget(update)
    fault: list[Refusal] = []
    try:
        await flows.write(FLOW, context.turn, text)
    except Refusal as refusal:
        # The typed line is to disappear all the same, so the turn goes on; the use case has changed nothing.
        fault = [refusal]
        await context.turn.note("refused", paper_slips.TASK, type(refusal).__name__)
    if at := await flows.here(FLOW, context.turn):
        told = subjects.slips(*(code for each in fault for code in named_in(each)))
        build = await FLOW.page(context, at, lambda _: [in_words(each)(_) for each in fault], told)
        context.show_at(at.draft.get("page", KEY), None, build)


async def _loads(context: Context, at: At) -> Any:
    """Return what the paper before has become, all whose papers they are, or whose this one is."""
    if at.name == "count":
        return await slips.find(context.turn, at.draft["sent"]) if at.draft.get("sent") else None
    if at.name == "inmate":
        return await paper_slips.typed_for(context.turn)
    return await paper_slips.whose(context.turn, at.draft) if at.name == "service" else None


def _names(at: At) -> frozenset[Subject]:
    """Say whom a page names: whose paper it is, all whose it may be, and whose the paper before was, with its slip."""
    of_paper = subjects.named(at.draft["inmate"]) if at.draft.get("inmate") else frozenset()
    if at.name == "inmate":
        return of_paper | subjects.named(*numbers(at.about, at.draft.get("shown", 0)))
    before = at.about if at.name == "count" else None
    return of_paper | (subjects.slips(before.code) | subjects.named(before.inmate) if before else frozenset())


def _known(_: Words, at: At) -> list[str]:
    """Say what has been typed of this paper so far, or what the paper before it has become."""
    draft, hub = at.draft, at.turn.hub
    moment = datetime.fromisoformat(draft["written"]) if draft.get("written") else None
    return [
        *(_became(_, at, at.about) if at.name == "count" and at.about else ()),
        _("Paper {number}", number=_number(draft)) if draft.get("count") else "",
        _("Written {when}", when=_.day_and_time(moment)) if moment else "",
        _("For {number}", number=draft["inmate"]) if draft.get("inmate") else "",
        _("To {service}", service=_.of(hub.services[draft["service"]].name)) if draft.get("service") else "",
    ]


def _became(_: Words, at: At, slip: Slip) -> tuple[str, ...]:
    done = _("✅ {number}: the paper is slip {code} now.", number=slip.inmate, code=slip.code)
    if slip.answer_by > at.turn.now:
        return done, _("Answer by {date}.", date=_.day(slip.answer_by))
    return done, _("The promise is over already. We say sorry, and promise a new date.")


def _number(draft: Draft) -> str:
    return rules.name_of(draft["prison"], draft["count"]) if draft["prison"] else f"P{draft['count']:03}"


def _ask_number(_: Words, at: At) -> list[str]:
    ask = _("📄 Which number is on the next paper?") if at.draft.get("sent") else _("📄 Which number is on it?")
    return [ask, _("Write it here, like this: FJ-P001")]


def _moments(_: Words, at: At, offered: Mapping[str, datetime]) -> Rows:
    said = {"now": _("Now"), "today": _("Earlier today"), "yesterday": _("Yesterday")}
    return tuple((hidden(said.get(word) or _.short_time(at_), press(at, word)),) for word, at_ in offered.items())


def _inmates(_: Words, at: At, _offered: Mapping[str, Any]) -> Rows:
    return choose_inmate(_, at.about, at.draft.get("shown", 0), press(at, "{}"), press(at, f"{TURN}{{}}"))


async def _whose(at: At, word: str) -> dict[str, Any]:
    if word.startswith(TURN):
        return {"shown": number_in(word.removeprefix(TURN))}
    return await paper_slips.by_inmate(at, word)


QUESTIONS = {
    "count": Question(
        asks=_ask_number,
        choices=lambda _at: {"none": (None, 0)},
        label=lambda _, _at, _none: _("No number"),
        reads=paper_slips.number_typed,
        answers=paper_slips.with_number,
    ),
    "written": Question(
        asks=lambda _, _at: [_("When was it written?"), _("Press, or write it like this: 12.1. 17.30")],
        choices=paper_slips.moments,
        rows=_moments,
        reads=paper_slips.time_typed,
        answers=paper_slips.written,
    ),
    "inmate": Question(
        asks=lambda _, _at: [_("Whose paper is it?")],
        unoffered=lambda _at, word: word,
        answers=_whose,
        rows=_inmates,
    ),
    "service": Question(
        asks=lambda _, _at: [_("Who is it for?")],
        unoffered=lambda _at, service: service,
        answers=paper_slips.to_service,
        # Where a slip is open already, whoever types the paper is told so, and its code where it is not silent.
        rows=lambda _, at, _offered: choose_service(_, at.turn.hub, at.about, (), press(at, "{}")),
    ),
}


async def _summary(context: Context, at: At) -> Write:
    service, topics = at.turn.hub.services[at.draft["service"]], paper_slips.asks_topic(context.turn)

    def write(_: Words) -> Part:
        asked = topics and bool(service.topics)
        ask = _("What is it about? The button sends the slip.") if asked else _("Shall we send it?")
        return [ask], send_with_topic(_, service, finishes(at, "{}"), topics=topics)

    return write


async def finish(update: Update, context: Context, at: At, topic: str) -> None:
    """Send it, and ask for the next paper at once."""
    await paper_slips.send(at, topic_of(topic))
    await FLOW.show_task(update, context)


FLOW = Flow(
    task=paper_slips.TASK,
    may=WRITERS,
    questions=QUESTIONS,
    too_early=Stale,
    loads=_loads,
    known=_known,
    summary=_summary,
    finish=finish,
    names=_names,
)

FLOWS = [FLOW]

SHORTCUTS = [Shortcut(label=lambda _: _("📄 Paper slips"), data="paper", may=WRITERS)]

PROMPTS = {paper_slips.TASK: take_typed}

HANDLERS = [tap("paper", begin, may=WRITERS), *FLOW.lines()]
