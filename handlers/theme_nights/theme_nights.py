"""Theme nights as those who plan them use them: opened, copied, proposed, declined; and what is due."""

from collections.abc import Callable
from dataclasses import dataclass

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.people import PLANNERS, Person, Role
from bot.domain.refusals import Stale
from bot.domain.reminders import Kind
from bot.domain.theme_nights.theme_nights import State, ThemeNight, can_be_declined, can_be_dropped
from bot.usecases.chat import desks
from bot.usecases.theme_nights import sign_ups, theme_nights
from handlers.chat.context import PAGE, Context
from handlers.chat.lines import tap
from handlers.chat.start import Shortcut
from handlers.chat.views import Living
from handlers.chat.ways import THEME_NIGHT
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.theme_nights import overview, pages
from handlers.theme_nights.news import tell_planners, tell_proposer
from handlers.theme_nights.overview import NIGHTS, open_theme_nights
from handlers.theme_nights.pages import about_night, open_theme_night, theme_night_ways
from handlers.theme_nights.steps import show_aside, write_step

SURE = "night_sure"


async def show_theme_nights(_update: Update, context: Context) -> None:
    """Show all nights; what was being put together is dropped."""
    await desks.clear(context.turn)
    await open_theme_nights(context)


async def show_theme_night(_update: Update, context: Context) -> None:
    """Show one night; what was being changed is dropped."""
    await desks.clear(context.turn)
    await open_theme_night(context, context.number("number"))


async def show_again(_update: Update, context: Context) -> None:
    """Show the pressed night as it is now."""
    await open_theme_night(context, context.number("number"))


async def copy(_update: Update, context: Context) -> None:
    """Make the same theme night once more, as a draft."""
    night = await theme_nights.copy(context.turn, context.number("number"))
    await open_theme_night(context, night.id)


# ── proposals and drafts ──────────────────────────────────────────────────────────────────────────────────────────


async def propose(_update: Update, context: Context) -> None:
    """Hand a draft to the coordinators, and tell them."""
    night = await theme_nights.propose(context.turn, context.number("number"), context.number("revision"))
    await tell_planners(context, night)
    await open_theme_night(context, night.id)
    context.alert(context.words("Thank you! The coordinator looks at it."))


async def ask_sure(update: Update, context: Context) -> None:
    """Ask once before a draft is deleted, or a proposal declined."""
    night, word = await theme_nights.one(context.turn, context.number("number")), context.text("word")
    if word not in ASKED:
        raise Stale
    await show_aside(update, context, f"{PAGE}{SURE}:{night.id}:{word}:{night.revision}")


async def write_sure(context: Context, person: Person, rest: str) -> Build:
    """Write that question, or the night where somebody has changed it since: of that nobody has been asked.

    ``rest`` is the night, what is asked, and the revision that was seen.
    """
    number, word, revision = rest.split(":")

    def stands(night: ThemeNight) -> bool:
        return night.revision == int(revision) and ASKED[word].may(night, person)

    async def sure(night: ThemeNight) -> Build:
        return _sure(context, night, word)

    return await write_step(context, person, int(number), stands, sure)


def _sure(context: Context, night: ThemeNight, word: str) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        question, yes = ASKED[word].words(_)
        button = Button(yes, f"night_{word}:{night.id}:{night.revision}", "danger")
        rows = ((button,), theme_night_ways(_, night.id))
        return View((Line(question), say.line(_, night)), rows, about=about_night(night.id))

    return build


def _ask_drop(_: Words) -> tuple[str, str]:
    return _("Shall this theme night be deleted?"), _("🗑️ Yes, delete it")


def _ask_decline(_: Words) -> tuple[str, str]:
    return _("Shall we say no to this proposal? We thank kindly."), _("🙏 Yes, not this time")


@dataclass(frozen=True)
class Asked:
    """What is asked once more before it is done: of which night, by whom, and in which words."""

    may: Callable[[ThemeNight, Person], bool]
    words: Callable[[Words], tuple[str, str]]


ASKED = {"drop": Asked(can_be_dropped, _ask_drop), "decline": Asked(can_be_declined, _ask_decline)}


async def drop(_update: Update, context: Context) -> None:
    """Delete a draft, or take one's own proposal back."""
    night = await theme_nights.one(context.turn, context.number("number"))
    await theme_nights.drop(context.turn, night.id, context.number("revision"))
    context.show_for(_said(context, _deleted))


def _deleted(_: Words) -> str:
    return _("The theme night is deleted.")


def _said(context: Context, sentence: Callable[[Words], str]) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        return View((Line(sentence(_)),), ((Button(_("⬅️ Theme nights"), "all_nights"),),))

    return build


async def decline(_update: Update, context: Context) -> None:
    """Say no to a proposal, kindly."""
    night = await theme_nights.decline(context.turn, context.number("number"), context.number("revision"))
    await tell_proposer(context, night)
    context.show_for(_said(context, _declined))


def _declined(_: Words) -> str:
    return _("The proposal is declined, with our thanks.")


# ── what the clock does ───────────────────────────────────────────────────────────────────────────────────────────


async def list_opens(context: Context, about: str) -> None:
    """Let every screen say that the list is open; who was at the theme night before finds the news there (F41)."""
    night = await theme_nights.time_has_come(context.turn, int(about))
    if night and night.state is State.PUBLISHED:
        await sign_ups.tell_of_next(context.turn, night)


async def list_closes(context: Context, about: str) -> None:
    """Draw the seats, where they are drawn, and let every screen say that the list is closed."""
    await sign_ups.close_list(context.turn, int(about))
    await theme_nights.time_has_come(context.turn, int(about))


async def theme_night_goes_on(context: Context, about: str) -> None:
    """Let the pages say that the door is open, that a theme night has begun, that it is over."""
    await theme_nights.time_has_come(context.turn, int(about))


SHORTCUTS = [
    Shortcut(lambda _: _("🎟️ Theme nights"), "all_nights", Role.COORDINATOR),
    Shortcut(lambda _: _("🎟️ Propose a night"), "all_nights", Role.PROVIDER),
]

VIEWS = {
    f"{PAGE}{NIGHTS}": Living(overview.write),
    THEME_NIGHT: Living(pages.write),
    f"{PAGE}{SURE}": Living(write_sure, may=PLANNERS),
}

JOBS = {
    Kind.LIST_OPENS: list_opens,
    Kind.LIST_CLOSES: list_closes,
    Kind.DOOR_OPENS: theme_night_goes_on,
    Kind.THEME_NIGHT_BEGINS: theme_night_goes_on,
    Kind.THEME_NIGHT_OVER: theme_night_goes_on,
}

HANDLERS = [
    tap("all_nights", show_theme_nights, may=PLANNERS),
    tap("night_page:{number}", show_theme_night, may=PLANNERS, again=show_theme_nights),
    tap("night_copy:{number}", copy, may=PLANNERS, again=show_theme_nights),
    tap("night_propose:{number}:{revision}", propose, may=Role.PROVIDER, again=show_again),
    tap("night_sure:{number}:{word}", ask_sure, may=PLANNERS, again=show_again),
    tap("night_drop:{number}:{revision}", drop, may=PLANNERS, again=show_again),
    tap("night_decline:{number}:{revision}", decline, may=Role.COORDINATOR, again=show_again),
]
