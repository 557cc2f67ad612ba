"""What is one's own at the kiosk: every slip and every theme night, each with its state in plain words (F126)."""

from collections.abc import Iterable

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, Entry, Line, View
from bot.domain.people import Role
from bot.domain.slips.slips import Slip
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.timetable.bookings import Booking
from bot.usecases.slips import slips
from bot.usecases.theme_nights import standings
from bot.usecases.theme_nights.standings import Standing
from bot.usecases.timetable import bookings
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import open_page, screen
from handlers.chat.words import Words
from handlers.said import theme_nights as theme_night_words
from handlers.said.slips import service_name
from handlers.screen.slip_lines import line_in_words


async def show_mine(_update: Update, context: Context) -> None:
    """Show one's own slips."""
    await open_page(context, "mine")


async def mine(context: Context, _argument: str) -> View:
    """List one's own slips, each with its state in plain words."""
    _ = context.words
    standings.expect_mine(context.turn)
    found = await slips.mine(context.turn)
    codes = [slip.code for slip in found]
    bookings.expect_newest_of(context.turn, codes)
    invited = await standings.mine(context.turn)
    times = await bookings.newest_of(context.turn, codes)
    lines = [Line(_one_line(context, slip, times.get(slip.code))) for slip in found] + [
        _theme_night_line(context, each) for each in invited
    ]
    buttons = [Button(_marked(_, slip, service_name(context, slip)), f"slip:{slip.code}") for slip in found]
    buttons += [_to_theme_night(context, each, [other.night for other in invited]) for each in invited]
    empty = "" if lines else _("You have no slips now. You can send one any time.")
    entries = tuple(Entry((line,), ((button,),)) for line, button in zip(lines, buttons, strict=True))
    about = {
        *subjects.slips(*codes),
        *(_theme_night(each) for each in invited),
    }
    return screen(
        context,
        _("📋 My talks"),
        empty,
        look=Look.LIST,
        back="home",
        entries=entries,
        name="mine",
        about=about,
    )


def _theme_night(standing: Standing) -> Subject:
    return Subject(About.THEME_NIGHT, str(standing.night.id))


def _theme_night_line(context: Context, standing: Standing) -> Line:
    _ = context.words
    return theme_night_words.line(_, standing.night, *theme_night_words.standing(context, _, standing)[:1])


def _to_theme_night(context: Context, standing: Standing, among: Iterable[ThemeNight]) -> Button:
    bell = "🔔" if standing.mine and standing.mine.news else "🎟️"
    return theme_night_words.tile(context.words, standing.night, bell, among=among)


def _marked(_: Words, slip: Slip, service: str) -> str:
    if slip.news:
        return _("🔔 {code} · {service} (new)", code=slip.code, service=service)
    return _("{code} · {service}", code=slip.code, service=service)


def _one_line(context: Context, slip: Slip, booking: Booking | None) -> str:
    _ = context.words
    return _("{code}: {state}", code=slip.code, state=line_in_words(context, slip, booking))


PAGES = {"mine": mine}

HANDLERS = [tap("mine", show_mine, may=Role.INMATE)]
