"""Typing in paper slips, one after the other, each with the paper's time (J12)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from bot.domain import paper_slips as rules
from bot.domain.desks import Desk
from bot.domain.messages import Build, Button, Line, View
from bot.domain.people import WRITERS
from bot.domain.refusals import Refusal
from bot.domain.slips import Slip
from bot.usecases import desks, paper_slips, slips
from handlers.chat.context import Context
from handlers.chat.inmate_pages import (
    choose_inmate,
    choose_service,
    hidden,
    indoors,
    private,
    send_with_topic,
    topic_of,
)
from handlers.chat.lines import tap
from handlers.chat.refusals import in_words
from handlers.chat.start import KEY, Door, home_button
from handlers.chat.words import Words
from handlers.slips.changes import changed

Write = Callable[[Words], View]


async def begin(_update: Update, context: Context) -> None:
    """Begin with the first paper."""
    await _go_on(context, await paper_slips.begin(context.turn, context.turn.pressed or KEY))


async def no_number(_update: Update, context: Context) -> None:
    """Take a paper that has no number."""
    await _go_on(context, await paper_slips.choose_number(context.turn, context.number("step"), None, 0))


async def pick_time(_update: Update, context: Context) -> None:
    """Take one of the times on the buttons."""
    desk = await desks.at(context.turn, paper_slips.TASK, context.number("step"))
    moment = _moment(context, desk, context.text("word"))
    await _go_on(context, await paper_slips.choose_time(context.turn, desk.step, moment))


def _moment(context: Context, desk: Desk, word: str) -> datetime:
    now, zone = context.turn.now, context.turn.hub.zone
    if word == "last" and "written_last" in desk.draft:
        return datetime.fromisoformat(desk.draft["written_last"])
    if word == "yesterday":
        return rules.yesterday(now, zone)
    return now if word == "now" else rules.earlier_today(now, zone)


async def turn_page(_update: Update, context: Context) -> None:
    """Show more people."""
    await _go_on(context, await desks.at(context.turn, paper_slips.TASK, context.number("step")))


async def pick_inmate(_update: Update, context: Context) -> None:
    """Take whose paper it is."""
    await _go_on(context, await paper_slips.choose_inmate(context.turn, context.number("step"), context.text("inmate")))


async def pick_service(_update: Update, context: Context) -> None:
    """Take whom the paper is for."""
    await _go_on(
        context, await paper_slips.choose_service(context.turn, context.number("step"), context.text("service"))
    )


async def go_back(_update: Update, context: Context) -> None:
    """Ask the last question again."""
    await _go_on(context, await paper_slips.go_back(context.turn, context.number("step")))


async def send(_update: Update, context: Context) -> None:
    """Send it, and ask for the next paper at once."""
    slip = await paper_slips.send(context.turn, context.number("step"), topic_of(context.text("topic")))
    await changed(context, slip)
    await present(_update, context)


async def present(_update: Update, context: Context) -> None:
    """Show where the typing stands; what another task shows is left alone."""
    desk = await desks.mine(context.turn)
    if desk.task == paper_slips.TASK:
        await _go_on(context, desk)


async def take_typed(update: Update, context: Context, text: str) -> None:
    """Take a typed number or time off the chat and into the page; what cannot be read is told there."""
    context.forget(update)
    desk, fault = await desks.mine(context.turn), None
    try:
        desk = await paper_slips.take_typed(context.turn, text)
    except Refusal as refusal:
        # The typed line is to disappear all the same, so the turn goes on; the use case has changed nothing.
        fault = refusal
        await context.turn.note("refused", paper_slips.TASK, type(refusal).__name__)
    context.show_at(desk.draft.get("page", KEY), await _build(context, desk, fault))


async def _go_on(context: Context, desk: Desk) -> None:
    context.show_for(await _build(context, desk))


async def _build(context: Context, desk: Desk, fault: Refusal | None = None) -> Build:
    question, known = await PAGES[paper_slips.asked(desk.draft)](context, desk), await _known(context, desk)

    def whole(_: Words) -> View:
        view = question(_)
        why = private(in_words(fault)(_)) if fault else ()
        return View((*why, *known(_), *view.lines), (*view.rows, _ways_out(_, desk)))

    return indoors(context, whole)


def _ways_out(_: Words, desk: Desk) -> tuple[Button, ...]:
    back = (hidden(_("⬅️ Back"), f"paper_back:{desk.step}"),) if desk.draft.get("count") is not None else ()
    return (*back, home_button(_))


async def _known(context: Context, desk: Desk) -> Callable[[Words], tuple[Line, ...]]:
    """Say what has been typed of this paper so far, or what the paper before it has become."""
    draft, hub = desk.draft, context.turn.hub
    sent = await slips.find(context.turn, draft["sent"]) if draft.get("sent") and draft.get("count") is None else None

    def write(_: Words) -> tuple[Line, ...]:
        return private(
            *(_became(context, _, sent) if sent else ()),
            _("Paper {number}", number=_number(draft)) if draft.get("count") else "",
            _("Written {when}", when=_.day_and_time(_written(draft))) if draft.get("written") else "",
            _("For {number}", number=draft["inmate"]) if draft.get("inmate") else "",
            _("To {service}", service=_.of(hub.services[draft["service"]].name)) if draft.get("service") else "",
        )

    return write


def _became(context: Context, _: Words, slip: Slip) -> tuple[str, ...]:
    done = _("✅ {number}: the paper is slip {code} now.", number=slip.inmate, code=slip.code)
    if slip.answer_by > context.turn.now:
        return done, _("Answer by {date}.", date=_.day(slip.answer_by))
    return done, _("The promise is over already. We say sorry, and promise a new date.")


def _number(draft: Mapping[str, Any]) -> str:
    return rules.name_of(draft["prison"], draft["count"]) if draft["prison"] else f"P{draft['count']:03}"


def _written(draft: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(draft["written"])


async def _ask_number(_context: Context, desk: Desk) -> Write:
    def write(_: Words) -> View:
        ask = _("📄 Which number is on the next paper?") if desk.draft.get("sent") else _("📄 Which number is on it?")
        rows = ((hidden(_("No number"), f"paper_none:{desk.step}"),),)
        return View(private(ask, _("Write it here, like this: FJ-P001")), rows)

    return write


async def _ask_time(_context: Context, desk: Desk) -> Write:
    def write(_: Words) -> View:
        last = desk.draft.get("written_last")
        choices = {
            **({"last": _.short_time(datetime.fromisoformat(last))} if last else {}),
            "now": _("Now"),
            "today": _("Earlier today"),
            "yesterday": _("Yesterday"),
        }
        rows = tuple((hidden(words, f"paper_at:{word}:{desk.step}"),) for word, words in choices.items())
        lines = private(_("When was it written?"), _("Press, or write it like this: 12.1. 17.30"))
        return View(lines, rows)

    return write


async def _ask_inmate(context: Context, desk: Desk) -> Write:
    inmates, page = await paper_slips.typed_for(context.turn), int(context.arguments.get("page", 0))

    def write(_: Words) -> View:
        rows = choose_inmate(_, inmates, page, f"paper_for:{{}}:{desk.step}", f"paper_page:{{}}:{desk.step}")
        return View(private(_("Whose paper is it?")), rows)

    return write


async def _ask_service(context: Context, desk: Desk) -> Write:
    inmate = await paper_slips.whose(context.turn, desk.draft)

    def write(_: Words) -> View:
        # Where a slip is open already, whoever types the paper is told so, and its code where it is not silent.
        rows = choose_service(_, context.turn.hub, inmate, (), f"paper_to:{{}}:{desk.step}")
        return View(private(_("Who is it for?")), rows)

    return write


async def _ask_topic(context: Context, desk: Desk) -> Write:
    service, topics = context.turn.hub.services[desk.draft["service"]], paper_slips.asks_topic(context.turn)

    def write(_: Words) -> View:
        asked = topics and bool(service.topics)
        ask = _("What is it about? The button sends the slip.") if asked else _("Shall I send it?")
        return View(private(ask), send_with_topic(_, service, f"paper_send:{{}}:{desk.step}", topics=topics))

    return write


PAGES: dict[str | None, Callable[[Context, Desk], Awaitable[Write]]] = {
    "count": _ask_number,
    "written": _ask_time,
    "inmate": _ask_inmate,
    "service": _ask_service,
    None: _ask_topic,
}

DOORS = [Door(label=lambda _: _("📄 Paper slips"), data="paper", may=WRITERS)]

PROMPTS = {paper_slips.TASK: take_typed}

HANDLERS = [
    tap("paper", begin, may=WRITERS),
    tap("paper_none:{step}", no_number, may=WRITERS, again=present),
    tap("paper_at:{word}:{step}", pick_time, may=WRITERS, again=present),
    tap("paper_page:{page}:{step}", turn_page, may=WRITERS, again=present),
    tap("paper_for:{inmate}:{step}", pick_inmate, may=WRITERS, again=present),
    tap("paper_to:{service}:{step}", pick_service, may=WRITERS, again=present),
    tap("paper_back:{step}", go_back, may=WRITERS, again=present),
    tap("paper_send:{topic}:{step}", send, may=WRITERS, again=present),
]
