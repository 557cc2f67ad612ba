"""Writing a slip for somebody who does not come to a screen: five taps, with their consent (J14)."""

from collections.abc import Awaitable, Callable

from telegram import Update

from bot.domain import subjects
from bot.domain.desks import Desk
from bot.domain.messages import Build, Line, Reader, View
from bot.domain.people import CARERS, WRITERS, Inmate
from bot.domain.slips import Slip
from bot.usecases import behalf, carers, desks, drafts, slips
from handlers.chat.context import Context
from handlers.chat.inmate_pages import (
    choose_inmate,
    choose_service,
    hidden,
    indoors,
    named,
    numbers,
    once,
    private,
    send_with_topic,
    taken_in_words,
    topic_of,
)
from handlers.chat.lines import command, tap
from handlers.chat.rows import line_by_line
from handlers.chat.start import Door, home_button
from handlers.chat.words import N_, Words
from handlers.said.carers import SENT


async def show_people(_update: Update, context: Context) -> None:
    """Ask for whom the slip is: the first tap."""
    inmates, page = await carers.cared_for(context.turn), int(context.arguments.get("page", 0))

    def write(_: Words) -> View:
        ask = _("Who do you write for?") if inmates else _("Nobody has you as contact officer now.")
        rows = choose_inmate(_, inmates, page, "behalf_for:{}", "behalf_page:{}") if inmates else ()
        return View((Line(ask),), (*rows, (home_button(_),)))

    context.show_for(indoors(context, write, *numbers(inmates, page)))


async def begin(_update: Update, context: Context) -> None:
    """Ask the inmate first, in words to be read aloud: the second tap."""
    await _show(context, await behalf.begin(context.turn, context.text("inmate")))


async def yes(_update: Update, context: Context) -> None:
    """Go on with the inmate's consent: the third tap."""
    await _show(context, await behalf.consented(context.turn, context.number("step")))


async def no(_update: Update, context: Context) -> None:
    """End kindly; nothing is kept."""
    await behalf.declined(context.turn, context.number("step"))

    def write(_: Words) -> View:
        lines = (Line(_("That is fine. Nothing was written down.")), Line(_("A paper slip counts just as much.")))
        return View(lines, ((home_button(_),),))

    context.show_for(indoors(context, write))


async def pick_service(_update: Update, context: Context) -> None:
    """Take the service: the fourth tap."""
    await _show(context, await behalf.choose_service(context.turn, context.number("step"), context.text("service")))


async def go_back(_update: Update, context: Context) -> None:
    """Choose the service again."""
    await _show(context, await behalf.go_back(context.turn, context.number("step")))


async def send(_update: Update, context: Context) -> None:
    """Send it: the fifth tap."""
    await behalf.send(context.turn, context.number("step"), topic_of(context))
    await present(_update, context)


async def present(_update: Update, context: Context) -> None:
    """Show where this slip stands; what another task shows is left alone."""
    desk = await desks.mine(context.turn)
    if desk.task == behalf.TASK:
        await _show(context, desk)


async def _show(context: Context, desk: Desk) -> None:
    inmate = await carers.somebody(context.turn, desk.draft["inmate"])
    written, slips = await _page(desk)(context, desk, inmate), [desk.draft["code"]] if "code" in desk.draft else []
    context.show_for(indoors(context, written, inmate.id, slips=slips))


Page = Callable[[Context, Desk, Inmate], Awaitable[Callable[[Words], View]]]


def _page(desk: Desk) -> Page:
    if "code" in desk.draft:
        return _receipt
    if desk.draft.get("service"):
        return _topics
    return _services if "consent" in desk.draft else _consent


async def _consent(context: Context, desk: Desk, inmate: Inmate) -> Callable[[Words], View]:
    names = context.turn.hub.name_of(context.turn.person.id)

    def asked(_: Words) -> str:
        return _("{staff} writes for you. Is that all right? You can say no.", staff=_.of(names))

    def write(_: Words) -> View:
        texts = once((asked(context.words_for(inmate.language)), asked(_)))
        agreed = hidden(_("👍 Yes, that is fine"), f"behalf_yes:{desk.step}", "success")
        rows = ((agreed,), (hidden(_("No"), f"behalf_no:{desk.step}"),), (home_button(_),))
        return View(private(named(_, inmate), _("Read this aloud, or show it:"), *texts), rows)

    return write


async def _services(context: Context, desk: Desk, inmate: Inmate) -> Callable[[Words], View]:
    taken = await drafts.written_to(context.turn, inmate.id)

    def write(_: Words) -> View:
        rows = choose_service(_, context.turn.hub, inmate, taken, f"behalf_to:{{}}:{desk.step}")
        asked = _("Who does {number} want to talk to?", number=inmate.id)
        lines = private(asked, taken_in_words(_, inmate, taken))
        return View(lines, (*rows, (home_button(_),)))

    return write


async def _topics(context: Context, desk: Desk, inmate: Inmate) -> Callable[[Words], View]:
    service = context.turn.hub.services[desk.draft["service"]]

    def write(_: Words) -> View:
        rows = send_with_topic(_, service, f"behalf_send:{{}}:{desk.step}", topics=True)
        back = (hidden(_("⬅️ Back"), f"behalf_back:{desk.step}"), home_button(_))
        lines = private(
            _("{number} wants to talk to {service}.", number=inmate.id, service=_.of(service.name)),
            _("{readers} can read the slip.", readers=_.of(service.readers)),
            _("What is it about? The button sends the slip.") if service.topics else "",
        )
        return View(lines, (*rows, back))

    return write


async def _receipt(context: Context, desk: Desk, inmate: Inmate) -> Callable[[Words], View]:
    slip = await slips.find(context.turn, desk.draft["code"])
    service = context.turn.hub.services[desk.draft["service"]]

    def write(_: Words) -> View:
        promise = _("Answer by {date}.", date=_.day(slip.answer_by)) if slip else ""
        lines = private(
            _("✅ The slip is sent for {number}. Its number is {code}.", number=inmate.id, code=desk.draft["code"]),
            promise,
            _("{readers} can read the slip.", readers=_.of(service.readers)),
            _("It can be withdrawn at the screen."),
        )
        again = (hidden(_("✍️ Write another"), "behalf", "primary"), hidden(_("📤 Sent by me"), "sent"))
        return View(lines, (again, (home_button(_),)))

    return write


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
        return View((Line(_("📤 Sent by me")), *empty), ((home_button(_),),), entries=lines, name="sent", about=about)

    return build


DOORS = [Door(label=lambda _: _("✍️ Write for somebody"), data="behalf", may=CARERS)]

HANDLERS = [
    tap("behalf", show_people, may=CARERS),
    tap("behalf_page:{page}", show_people, may=CARERS),
    tap("behalf_for:{inmate}", begin, may=CARERS, again=show_people),
    tap("behalf_yes:{step}", yes, may=CARERS, again=present),
    tap("behalf_no:{step}", no, may=CARERS, again=present),
    tap("behalf_to:{service}:{step}", pick_service, may=CARERS, again=present),
    tap("behalf_back:{step}", go_back, may=CARERS, again=present),
    tap("behalf_send:{topic}:{step}", send, may=CARERS, again=present),
    tap("sent", show_sent, may=WRITERS),
    *command("/sent", "/sendt", show_sent, may=WRITERS, menu=N_("Slips that I wrote")),
]
