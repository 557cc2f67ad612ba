"""What of a theme night can be changed: one button for each, and the texts and seats there are several of."""

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, View
from bot.domain.people import APPROVERS, PLANNERS, Person
from bot.domain.refusals import Stale
from bot.domain.subjects import INMATES
from bot.domain.theme_nights.edits import can_change
from bot.domain.theme_nights.theme_nights import State, ThemeNight, cap_of
from bot.usecases.theme_nights import plans as cases
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import PAGE, Context
from handlers.chat.inmate_pages import inside_only
from handlers.chat.rows import mark, pairs, short
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.theme_nights.pages import about_night, theme_night_ways
from handlers.theme_nights.steps import show_aside, write_step

EDIT, MENU = "night_edit", "night_menu"


async def edit(update: Update, context: Context) -> None:
    """Show what of a night can be changed."""
    _refuse_others(context, await theme_nights.one(context.turn, context.number("number")))
    await show_edits(update, context, context.number("number"))


async def show_edits(update: Update, context: Context, number: int) -> None:
    """Show it in the pressed message, or below the night's page."""
    await show_aside(update, context, f"{PAGE}{EDIT}:{number}")


async def write(context: Context, person: Person, rest: str) -> Build:
    """Write what of a night can be changed, or the night where nothing can be any more."""

    async def edits(night: ThemeNight) -> Build:
        return _edits(context, night)

    return await write_step(context, person, int(rest), lambda night: _may_change(person, night), edits)


def _edits(context: Context, night: ThemeNight) -> Build:
    def build(_: Words) -> View:
        asked = [
            Button(label, f"night_edit:{night.id}:{word}")
            for word, label in _words_of(_).items()
            if word in MENUS or can_change(night, word)
        ]
        lines = Line(say.headline(_, night)), Line(_("What shall be changed?"))
        rows = (*pairs([*asked, *_flips(_, night)]), theme_night_ways(_, night.id))
        return View(lines, rows, about=about_night(night.id))

    return inside_only(context, build)


def _may_change(person: Person, night: ThemeNight) -> bool:
    published = {State.PUBLISHED} if person.role & APPROVERS else set()
    return night.state in {State.DRAFT, State.PROPOSED} | published


def _refuse_others(context: Context, night: ThemeNight) -> None:
    if not _may_change(context.turn.person, night):
        raise Stale


def _words_of(_: Words) -> dict[str, str]:
    return {
        "topic": _("🏷️ Topic"),
        "about": _("📝 About it"),
        "host": _("🎤 Who comes"),
        "service": _("🧭 Service"),
        "when": _("📅 Day and hours"),
        "who": _("👥 Units and room"),
        "seats": _("🪑 Seats"),
        "cap": _("➗ Seats per unit"),
        "languages": _("🗣️ Languages"),
        "interpreter": _("🗣️ Interpreter"),
        "opens": _("🔓 List opens"),
        "after": _("🔓 After an evening"),
        "closes": _("🔒 List closes"),
    }


def _flips(_: Words, night: ThemeNight) -> list[Button]:
    if night.state is State.PUBLISHED:
        return []
    data = f"night_flip:{night.id}:{night.revision}"
    women = Button(mark(night.women, _("For women")), f"{data}:women")
    return [women, Button(mark(night.lottery, _("Draw the seats")), f"{data}:lottery")]


MENUS = frozenset({"topic", "about", "cap"})
"""What there is one of for each language, or each unit."""


async def menu(update: Update, context: Context, word: str) -> None:
    """Show in which languages a text stands, or which units have seats of their own."""
    night = await theme_nights.one(context.turn, context.number("number"))
    _refuse_others(context, night)
    await show_aside(update, context, f"{PAGE}{MENU}:{night.id}:{word}")


async def write_menu(context: Context, person: Person, rest: str) -> Build:
    """Write that, or the night where nothing of it can be changed any more; ``rest`` is the night and what it is."""
    number, _, word = rest.partition(":")

    async def menu(night: ThemeNight) -> Build:
        return _menu(context, night, word, await cases.languages(context.turn, night.prison))

    return await write_step(context, person, int(number), lambda night: _may_change(person, night), menu)


def _menu(context: Context, night: ThemeNight, word: str, languages: list[str]) -> Build:
    def build(_: Words) -> View:
        if word == "cap":
            ask, tiles = _("Seats for which unit?"), [_cap(context, _, night, unit) for unit in night.units]
        else:
            ask, tiles = _("In which language?"), [_text(_, night, word, each) for each in languages]
        rows = (*pairs(tiles), theme_night_ways(_, night.id))
        return View((Line(say.headline(_, night)), Line(ask)), rows, about=about_night(night.id) | {INMATES})

    return inside_only(context, build)


def _cap(context: Context, _: Words, night: ThemeNight, unit: str) -> Button:
    label = _("Unit {unit}: {most}", unit=unit, most=cap_of(night, context.turn.hub, unit))
    return Button(label, f"night_edit:{night.id}:cap_{unit}")


def _text(_: Words, night: ThemeNight, word: str, language: str) -> Button:
    there = (night.topic if word == "topic" else night.about).get(language)
    return Button(short(mark(bool(there), _.name_of(language))), f"night_edit:{night.id}:{word}_{language}")


VIEWS = {f"{PAGE}{EDIT}": Living(write, may=PLANNERS), f"{PAGE}{MENU}": Living(write_menu, may=PLANNERS)}
