"""Writing a slip for somebody who does not come to a screen: five taps, with their consent (J14)."""

from collections.abc import Collection
from dataclasses import dataclass

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Build, Line, Reader, View
from bot.domain.people import CARERS, WRITERS, Inmate
from bot.domain.slips.slips import Slip
from bot.domain.subjects import Subject
from bot.usecases.chat import flows
from bot.usecases.chat.flows import At
from bot.usecases.inmates import carers
from bot.usecases.slips import behalf, drafts, slips
from handlers.chat.context import Context
from handlers.chat.inmate_pages import (
    choose_inmate,
    choose_service,
    hidden,
    inside_only,
    named,
    numbers,
    once,
    send_with_topic,
    taken_in_words,
    topic_of,
)
from handlers.chat.lines import command, tap
from handlers.chat.rows import line_by_line, start_button
from handlers.chat.start import Shortcut
from handlers.chat.words import N_, Words, words_to_inmates
from handlers.flow.questions import Flow, Part, Question, Write, finishes, press
from handlers.said import consents
from handlers.said.carers import SENT


async def show_people(_update: Update, context: Context) -> None:
    """Ask for whom the slip is: the first tap."""
    inmates, page = await carers.cared_for(context.turn), int(context.arguments.get("page", 0))

    def write(_: Words) -> View:
        ask = _("Who do you write for?") if inmates else _("Nobody has you as contact officer now.")
        rows = choose_inmate(_, inmates, page, "behalf_for:{}", "behalf_page:{}") if inmates else ()
        return View((Line(ask),), (*rows, (start_button(_),)))

    context.show_for(inside_only(context, write, *numbers(inmates, page)))


async def begin(update: Update, context: Context) -> None:
    """Ask the inmate first, in words to be read aloud: the second tap. The third is their consent."""
    inmate = await carers.somebody(context.turn, context.text("inmate"))
    await FLOW.begin(update, context, inmate=inmate.id)


async def no(_update: Update, context: Context) -> None:
    """End kindly; nothing is kept."""
    await behalf.declined(await flows.at(FLOW, context.turn, context.number("step")))

    def write(_: Words) -> View:
        lines = (Line(_("That is fine. Nothing was written down.")), Line(_("A paper slip counts just as much.")))
        return View(lines, ((start_button(_),),))

    context.show_for(inside_only(context, write))


@dataclass(frozen=True)
class About:
    """Whom the slip is for, the services that have an open one of theirs, and the slip as soon as it is sent."""

    inmate: Inmate
    taken: Collection[str]
    slip: Slip | None


async def _loads(context: Context, at: At) -> About:
    inmate, code = await carers.somebody(context.turn, at.draft["inmate"]), at.draft.get("code")
    taken = await drafts.written_to(context.turn, inmate.id) if at.name == "service" else ()
    return About(inmate, taken, await slips.find(context.turn, code) if code else None)


def _names(at: At) -> frozenset[Subject]:
    code = at.draft.get("code")
    return subjects.named(at.about.inmate.id) | (subjects.slips(code) if code else frozenset())


def _ask_consent(_: Words, at: At) -> list[str]:
    names, inmate = at.turn.hub.name_of(at.turn.person.id), at.about.inmate
    theirs = words_to_inmates(inmate.language, at.turn.hub.zone)
    texts = once((consents.to_write(theirs, names), consents.to_write(_, names)))
    return [named(_, inmate), _("Read this aloud, or show it:"), *texts]


def _ask_service(_: Words, at: At) -> list[str]:
    inmate = at.about.inmate
    asked = _("Who does {number} want to talk to?", number=inmate.id)
    return [asked, taken_in_words(_, inmate, at.about.taken)]


QUESTIONS = {
    "consent": Question(
        asks=_ask_consent,
        choices=lambda _at: {"yes": behalf.CONSENT},
        label=lambda _, _at, _consent: _("👍 Yes, that is fine"),
        style="success",
        more=lambda _, at: ((hidden(_("No"), f"behalf_no:{at.desk.step}"),),),
    ),
    "service": Question(
        asks=_ask_service,
        unoffered=lambda _at, service: service,
        answers=behalf.to_service,
        rows=lambda _, at, _offered: choose_service(_, at.turn.hub, at.about.inmate, at.about.taken, press(at, "{}")),
    ),
}


async def _summary(_context: Context, at: At) -> Write:
    """Send the slip with its topic, the fifth tap; or show what was sent."""
    service, inmate = at.turn.hub.services[at.draft["service"]], at.about.inmate

    def topics(_: Words) -> Part:
        wants = _("{number} wants to talk to {service}.", number=inmate.id, service=_.of(service.name))
        ask = _("What is it about? The button sends the slip.") if service.topics else ""
        readers = _("{readers} can read the slip.", readers=_.of(service.readers))
        return [wants, readers, ask], send_with_topic(_, service, finishes(at, "{}"), topics=True)

    def receipt(_: Words) -> Part:
        code, slip = at.draft["code"], at.about.slip
        lines = [
            _("✅ The slip is sent for {number}. Its number is {code}.", number=inmate.id, code=code),
            _("Answer by {date}.", date=_.day(slip.answer_by)) if slip else "",
            _("{readers} can read the slip.", readers=_.of(service.readers)),
            _("It can be withdrawn at the screen."),
        ]
        return lines, ((hidden(_("✍️ Write another"), "behalf", "primary"), hidden(_("📤 Sent by me"), "sent")),)

    return receipt if "code" in at.draft else topics


async def finish(update: Update, context: Context, at: At, topic: str) -> None:
    """Send it."""
    await behalf.send(at, topic_of(topic))
    await FLOW.show_task(update, context)


async def show_sent(update: Update, context: Context) -> None:
    """List the open slips that one has written for others: code and state, and nothing of what they say."""
    found = await slips.written_by_me(context.turn)
    build = _sent(context, found)
    if update.callback_query:
        context.show_for(build)
    else:
        context.say(update, build)


def _sent(context: Context, found: list[Slip]) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        empty = () if found else (Line(_("No slip that you wrote is open now.")),)
        about = subjects.slips(*(slip.code for slip in found))
        said = [_("{code}: {state}", code=slip.code, state=SENT[slip.state](_, slip)) for slip in found]
        lines = line_by_line(map(Line, said))
        return View((Line(_("📤 Sent by me")), *empty), ((start_button(_),),), entries=lines, name="sent", about=about)

    return build


FLOW = Flow(
    task=behalf.TASK,
    may=CARERS,
    questions=QUESTIONS,
    loads=_loads,
    summary=_summary,
    finish=finish,
    names=_names,
)

FLOWS = [FLOW]

SHORTCUTS = [Shortcut(label=lambda _: _("✍️ Write for somebody"), data="behalf", may=CARERS)]

HANDLERS = [
    tap("behalf", show_people, may=CARERS),
    tap("behalf_page:{page}", show_people, may=CARERS),
    tap("behalf_for:{inmate}", begin, may=CARERS, again=show_people),
    tap("behalf_no:{step}", no, may=CARERS, again=FLOW.show_task),
    *FLOW.lines(),
    tap("sent", show_sent, may=WRITERS),
    *command("/sent", "/sendt", show_sent, may=WRITERS, menu=N_("Slips that I wrote")),
]
