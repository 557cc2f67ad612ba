"""What of a theme night can be changed: one button for each, and the texts and seats there are several of."""

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, View
from bot.domain.people import APPROVERS
from bot.domain.refusals import Stale
from bot.domain.theme_nights.edits import can_change
from bot.domain.theme_nights.theme_nights import State, ThemeNight, cap_of
from bot.usecases.theme_nights import plans as cases
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import Context
from handlers.chat.inmate_pages import inside_only
from handlers.chat.rows import mark, pairs, short
from handlers.chat.words import Words
from handlers.said import theme_nights as say
from handlers.theme_nights.pages import aside, theme_night_ways


async def edit(update: Update, context: Context) -> None:
    """Show what of a night can be changed."""
    aside(update, context, await edit_page(context, context.number("number")))


async def edit_page(context: Context, number: int) -> Build:
    """Write what of a night can be changed."""
    night = await theme_nights.one(context.turn, number)
    _may_change(context, night)

    def write(_: Words) -> View:
        asked = [
            Button(label, f"night_edit:{night.id}:{word}")
            for word, label in _words_of(_).items()
            if word in MENUS or can_change(night, word)
        ]
        rows = pairs([*asked, *_flips(_, night)])
        return View(
            (Line(say.headline(_, night)), Line(_("What shall be changed?"))), (*rows, theme_night_ways(_, night.id))
        )

    return inside_only(context, write)


def _may_change(context: Context, night: ThemeNight) -> None:
    states = {State.DRAFT, State.PROPOSED}
    if context.turn.person.role & APPROVERS:
        states |= {State.PUBLISHED}
    if night.state not in states:
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
        "cap": _("⚖️ Seats per unit"),
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
    _may_change(context, night)
    languages = await cases.languages(context.turn, night.prison)

    def write(_: Words) -> View:
        if word == "cap":
            ask, tiles = _("Seats for which unit?"), [_cap(context, _, night, unit) for unit in night.units]
        else:
            ask, tiles = _("In which language?"), [_text(_, night, word, each) for each in languages]
        return View((Line(say.headline(_, night)), Line(ask)), (*pairs(tiles), theme_night_ways(_, night.id)))

    aside(update, context, inside_only(context, write))


def _cap(context: Context, _: Words, night: ThemeNight, unit: str) -> Button:
    label = _("Unit {unit}: {most}", unit=unit, most=cap_of(night, context.turn.hub, unit))
    return Button(label, f"night_edit:{night.id}:cap_{unit}")


def _text(_: Words, night: ThemeNight, word: str, language: str) -> Button:
    there = (night.topic if word == "topic" else night.about).get(language)
    return Button(short(mark(bool(there), _.name_of(language))), f"night_edit:{night.id}:{word}_{language}")
