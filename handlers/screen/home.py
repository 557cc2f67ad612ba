"""Home: one's own talks first, then whom one can talk to, and behind one more button everything else (F160)."""

from telegram import Update

from bot.domain import calendar
from bot.domain.chat.looks import Look, Place
from bot.domain.chat.messages import Button, Entry, Line, View
from bot.domain.people import Role
from bot.domain.services import Hub, Service
from bot.domain.subjects import TODAY
from bot.domain.timetable.bookings import Booking
from bot.usecases.slips import drafts, slips
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import standings
from bot.usecases.timetable import bookings
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, open_page, pairs, row_by_row, screen
from handlers.screen.posted import posted
from handlers.screen.services import tile

TILES = 12
"""So many services stand on home itself: what a hand sees without scrolling."""


async def home(context: Context, _argument: str) -> View:
    """Ask the open question: whom do you want to talk to."""
    _ = context.words
    hub, unit = context.turn.hub, await drafts.unit(context.turn)
    standings.expect_news(context.turn)
    bookings.expect_next_own(context.turn)
    mine, notices = await _mine(context), await posted(context)
    asked, _others = _services(hub, unit)
    unsure = Button(_("❓ I don't know"), f"ask:{hub.triage}", "primary")
    tiles = [*(tile(hub, each, unit, _, "ask") for each in asked), unsure]
    unsent, to_unsent = _unsent(context)
    ways = [await _theme_nights(context), *notices.buttons, Button(_("📂 More"), "more")]
    return screen(
        context,
        _("Who do you want to talk to?"),
        *unsent,
        *notices.lines,
        rows=(*to_unsent, *pairs([*tiles, *ways])),
        look=Look.HOME,
        carries=await broadcasts.carried(context.turn, notices.abouts),
        entries=(mine,),
        about={TODAY},
    )


def _unsent(context: Context) -> tuple[list[str], Rows]:
    """Say that a slip was begun and is not sent, with the way to where it was left."""
    _ = context.words
    if context.turn.session.draft is None:
        return [], ()
    go_on = Button(_("📝 Go on with the slip"), "resume", "primary", place=Place.WIDE)
    return [_("You have a slip that is not sent.")], ((go_on,),)


async def _mine(context: Context) -> Entry:
    """Return the way to one's own talks, with the next of them and what is new."""
    _, news = context.words, await slips.news(context.turn)
    label = _.n_("📋 My talks ({n} new)", "📋 My talks ({n} new)", news) if news else _("📋 My talks")
    coming = await bookings.next_own(context.turn)
    said = (Line(_next(context, coming)),) if coming else ()
    return Entry(said, ((Button(label, "mine", place=Place.WIDE),),))


def _next(context: Context, booking: Booking) -> str:
    _, hub, starts = context.words, context.turn.hub, booking.slot.starts
    service, time = _.of(hub.services[booking.slot.service].name), _.time(starts)
    days = (calendar.today(hub, starts) - calendar.today(hub, context.turn.now)).days
    if days == 0:
        return _("Today at {time}: {service}", time=time, service=service)
    if days == 1:
        return _("Tomorrow at {time}: {service}", time=time, service=service)
    return _("{when}: {service}", when=_.day_and_time(starts), service=service)


async def _theme_nights(context: Context) -> Button:
    _, news = context.words, await standings.news(context.turn)
    label = _.n_("🎟️ Theme nights ({n} new)", "🎟️ Theme nights ({n} new)", news) if news else _("🎟️ Theme nights")
    return Button(label, "nights")


def _services(hub: Hub, unit: str) -> tuple[list[Service], list[Service]]:
    """Return the services that stand on home, and all others."""
    there = [each for each in hub.services.values() if each.key != hub.triage]
    asked = [each for each in there if hub.is_answered(each.key, unit)][:TILES]
    return asked, [each for each in there if each not in asked]


async def more(context: Context, _argument: str) -> View:
    """Show everything else that a screen has for who is signed in."""
    _, hub, unit = context.words, context.turn.hub, await drafts.unit(context.turn)
    _asked, others = _services(hub, unit)
    ways = [
        Button(_("ℹ️ What is here?"), "here"),
        Button(_("⚖️ Your rights"), "rights"),
        Button(_("🔑 Change my code"), "new_pin"),
    ]
    return screen(
        context,
        _("More"),
        _("Other services:") if others else "",
        rows=pairs(ways),
        back="home",
        look=Look.LIST,
        entries=row_by_row(pairs([tile(hub, each, unit, _, "ask") for each in others])),
        name="more",
    )


async def show_more(_update: Update, context: Context) -> None:
    """Open the page with everything else."""
    await open_page(context, "more")


PAGES = {"home": home, "more": more}

HANDLERS = [tap("more", show_more, may=Role.INMATE)]
