"""Signing others up for a theme night and taking them off its list: with consent, or from a typed paper list (J14)."""

from collections.abc import Callable, Iterable
from functools import partial

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Button, Reader, View
from bot.domain.chat.uses import MOMENT
from bot.domain.people import LISTERS, Inmate
from bot.domain.refusals import Stale
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.sign_ups import OPEN, State, of
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.usecases.chat import desks
from bot.usecases.theme_nights import joining, sign_ups
from handlers.chat.context import Context
from handlers.chat.inmate_pages import (
    choose_inmate,
    hidden,
    inside_only,
    named,
    numbers,
    once,
    page_of,
    private,
)
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, start_button
from handlers.chat.views import open_view
from handlers.chat.words import Words
from handlers.said import consents
from handlers.theme_nights.joined import became, results
from handlers.theme_nights.lists import of_states, title

KEY = "list_task"
"""The message in which this is done: it is no living page, so that nobody else's tap writes over it."""


def show_list_button(_: Words, number: int) -> Button:
    """Return the way back to a night's list."""
    return hidden(_("📋 Show the list"), f"night_list:{number}")


def _ways_out(_: Words, number: int) -> tuple[Button, ...]:
    return (show_list_button(_, number), start_button(_))


def _page(
    context: Context,
    night: ThemeNight,
    lines: Callable[[Words], list[str]],
    rows: Callable[[Words], Rows],
    who: Iterable[str] = (),
) -> None:
    about = _about(night, who)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return inside(reader, _, title(_, night), lines(_), (*rows(_), _ways_out(_, night.id)), about=about)

    open_view(context, KEY, MOMENT, build)


def _about(night: ThemeNight, who: Iterable[str]) -> frozenset[Subject]:
    return subjects.named(*who) | {Subject(About.LIST, str(night.id))}


async def choose(_update: Update, context: Context) -> None:
    """Ask who shall be signed up."""
    await _choose(context, context.number("number"), int(context.arguments.get("page", 0)))


async def _choose(context: Context, number: int, page: int) -> None:
    night, inmates = await joining.not_yet(context.turn, number)
    _page(
        context,
        night,
        lambda _: [_("Who wants to come?") if inmates else _("Everybody whom it is for is on the list.")],
        lambda _: choose_inmate(_, inmates, page, f"join_for:{number}:{{}}", f"join_page:{number}:{{}}"),
        numbers(inmates, page),
    )


async def begin(_update: Update, context: Context) -> None:
    """Ask the inmate first, in words to be read aloud."""
    await joining.begin(context.turn, context.number("number"), context.text("inmate"))
    await present(_update, context)


async def present(_update: Update, context: Context) -> None:
    """Show the question as it stands; what another task shows is left alone."""
    desk = await desks.mine(context.turn)
    if desk.task == joining.TASK:
        night, inmate = await joining.asked(context.turn, desk)
        _consent(context, night, inmate, desk.step)


def _consent(context: Context, night: ThemeNight, inmate: Inmate, step: int) -> None:
    names = context.turn.hub.name_of(context.turn.person.id)
    asked = partial(consents.to_sign_up, staff=names, night=night)

    def write(_: Words) -> View:
        texts = once((*asked(context.words_to_inmates(inmate.language)), *asked(_)))
        agreed = hidden(_("👍 Yes, that is fine"), f"join_yes:{step}", "success")
        back = hidden(_("⬅️ Back"), f"join_back:{step}")
        rows = ((agreed,), (hidden(_("No"), f"join_no:{step}"),), (back, start_button(_)))
        said = private(named(_, inmate), _("Read this aloud, or show it:"), *texts)
        return View(said, rows, about=_about(night, [inmate.id]))

    open_view(context, KEY, MOMENT, inside_only(context, write))


async def yes(_update: Update, context: Context) -> None:
    """Sign somebody up who has said yes."""
    step = await joining.consented(context.turn, context.number("step"))
    found = await sign_ups.the_list(context.turn, step.night.id)
    again = f"join_for:{step.night.id}"
    _page(
        context,
        step.night,
        lambda _: [became(_, found, step.mine), _("It can be withdrawn at the screen.")],
        lambda _: ((hidden(_("✍️ One more"), again, "primary"),),),
        [step.mine.inmate],
    )


async def no(_update: Update, context: Context) -> None:
    """End kindly; nothing is kept."""
    number = await joining.declined(context.turn, context.number("step"))
    night = (await sign_ups.the_list(context.turn, number)).night
    _page(context, night, lambda _: [_("That is fine. Nothing was written down.")], lambda _: ())


async def back(_update: Update, context: Context) -> None:
    """Ask once more who shall be signed up, on the page from which one came; nothing is kept."""
    number, inmate = await joining.left(context.turn, context.number("step"))
    _night, inmates = await joining.not_yet(context.turn, number)
    await _choose(context, number, page_of(inmates, inmate))


async def begin_paper(_update: Update, context: Context) -> None:
    """Ask for the numbers of a paper list."""
    night = await joining.begin_paper(context.turn, context.number("number"))
    _page(context, night, _how, lambda _: ())


def _how(_: Words) -> list[str]:
    first = _("📄 Write the numbers in the order of the paper.")
    return [first, _("All in one line, like this: A01 A05 B03")]


async def take_typed(update: Update, context: Context, text: str) -> None:
    """Take a line of numbers off the chat, and say for each what became of it."""
    context.forget(update)
    typed = await joining.take_typed(context.turn, text)
    night = typed.found.night

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [*results(_, typed), _("Write the next numbers, or show the list.")]
        about = _about(night, (number for number, _done in typed.done))
        return inside(reader, _, title(_, night), lines, (_ways_out(_, night.id),), about=about)

    context.show_at(KEY, MOMENT, build)


async def choose_off(_update: Update, context: Context) -> None:
    """Ask who shall be taken off the list."""
    number, page = context.number("number"), int(context.arguments.get("page", 0))
    found = await sign_ups.the_list(context.turn, number)
    inmates = [found.inmates[each.inmate] for each in of_states(found.line, OPEN - {State.CAME})]
    _page(
        context,
        found.night,
        lambda _: [_("Who cannot come?") if inmates else _("Nobody is on this list yet.")],
        lambda _: choose_inmate(_, inmates, page, f"unseat:{number}:{{}}", f"unseat_page:{number}:{{}}"),
        numbers(inmates, page),
    )


async def ask_off(_update: Update, context: Context) -> None:
    """Ask once before a place is given to the next."""
    found = await sign_ups.the_list(context.turn, context.number("number"))
    mine = of(found.line, context.text("inmate"))
    if mine is None or mine.state not in OPEN:
        raise Stale
    yes_data = f"unseat:{mine.night}:{mine.inmate}:{mine.revision}"
    _page(
        context,
        found.night,
        lambda _: [became(_, found, mine), _("Shall the place go to the next in line?")],
        lambda _: ((hidden(_("✋ Yes, take off"), yes_data, "danger"),),),
        [mine.inmate],
    )


async def take_off(_update: Update, context: Context) -> None:
    """Take somebody off the list; the place goes to the next."""
    number, inmate = context.number("number"), context.text("inmate")
    step = await sign_ups.withdraw(context.turn, number, context.number("revision"), inmate)
    _page(
        context,
        step.night,
        lambda _: [_("{number} is off the list.", number=inmate), _("A free place goes to the next in line.")],
        lambda _: (),
        [inmate],
    )


PROMPTS = {joining.PAPER: take_typed}

HANDLERS = [
    tap("join_for:{number}", choose, may=LISTERS),
    tap("join_page:{number}:{page}", choose, may=LISTERS),
    tap("join_for:{number}:{inmate}", begin, may=LISTERS, again=choose),
    tap("join_yes:{step}", yes, may=LISTERS, again=present),
    tap("join_no:{step}", no, may=LISTERS, again=present),
    tap("join_back:{step}", back, may=LISTERS, again=present),
    tap("join_paper:{number}", begin_paper, may=LISTERS),
    tap("unseat:{number}", choose_off, may=LISTERS),
    tap("unseat_page:{number}:{page}", choose_off, may=LISTERS),
    tap("unseat:{number}:{inmate}", ask_off, may=LISTERS, again=choose_off),
    tap("unseat:{number}:{inmate}:{revision}", take_off, may=LISTERS, again=choose_off),
]
