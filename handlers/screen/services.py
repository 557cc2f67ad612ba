"""The services: what is here, what each of them is, and what one can count on, with or without signing in."""

from datetime import datetime, timedelta

from telegram import Update

from bot.domain import calendar
from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, Line, View
from bot.domain.people import SCREEN, Role
from bot.domain.services import Hub, Service, Session
from bot.domain.subjects import TODAY
from bot.usecases.slips import drafts
from bot.usecases.theme_nights import theme_nights
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, at_sheet, line_by_line, open_page, pairs, screen
from handlers.chat.words import Words
from handlers.said import theme_nights as theme_night_words
from handlers.said.closed_screens import way_in

TILES = 8
WEEK = timedelta(days=7)


def _tiles(hub: Hub, unit: str, at: int, _: Words) -> tuple[Rows, tuple[Button, ...]]:
    """Return one page of services, and the button that shows the next, if there is more than one."""
    shown = [service for service in hub.services.values() if service.key != hub.triage]
    tiles = [tile(hub, service, unit, _, "about") for service in shown[at * TILES : (at + 1) * TILES]]
    pages = -(-len(shown) // TILES)
    more = (Button(_("➡️ More services"), f"here:{at + 1}"),) if at + 1 < pages else ()
    return pairs(tiles), more


def tile(hub: Hub, service: Service, unit: str, _: Words, verb: str) -> Button:
    """Return a service as a button; one that nobody can ask says so, and leads to what it is about."""
    name = f"{service.icon} {_.of(service.name)}"
    if not service.bookable:
        return Button(_("{service} (coming)", service=name), f"about:{service.key}")
    if not hub.is_answered(service.key, unit):
        return Button(_("{service} (nobody now)", service=name), f"about:{service.key}")
    return Button(name, f"{verb}:{service.key}", "primary" if verb == "ask" else None)


async def here(context: Context, argument: str) -> View:
    """Tell what the hub offers and when, without signing in (F16)."""
    _ = context.words
    signed_in = context.turn.session.inmate is not None
    rights = Button(_("⚖️ Your rights"), "rights")
    at = int(argument or 0)
    tiles, more = _tiles(context.turn.hub, context.turn.session.unit, at, _)
    return screen(
        context,
        _("What is here?"),
        _("Today and the next days:"),
        look=Look.READ,
        rows=(*tiles, (*more, rights)),
        back="more" if signed_in else "start",
        entries=line_by_line(await _this_week(context)),
        name="here",
        about={TODAY},
    )


async def _this_week(context: Context) -> list[Line]:
    """Say who comes to the prison of this screen, and which theme nights its unit has."""
    _, hub, now, unit = context.words, context.turn.hub, context.turn.now, context.turn.session.unit
    first, last = calendar.today(hub, now), calendar.today(hub, now + WEEK)
    here = set(hub.units_of(hub.prison_of(unit)))
    found = {
        _line(hub, each, _) for each in hub.sessions if first <= each.day < last and hub.rooms[each.room].units & here
    }
    nights = {
        (each.starts, theme_night_words.line(_, each))
        for each in await theme_nights.coming(context.turn, [unit])
        if each.starts < now + WEEK
    }
    return [line for _when, line in sorted(found | nights, key=lambda each: (each[0], each[1].text))]


def _line(hub: Hub, session: Session, _: Words) -> tuple[datetime, Line]:
    opens = calendar.at(hub, session.day, session.hours[0].opens)
    closes = calendar.at(hub, session.day, session.hours[-1].closes)
    service = hub.services[session.service]
    said = _(
        "{service}: {day}, {opens}–{closes}, {room}",
        service=f"{service.icon} {_.of(service.name)}",
        day=_.day(opens),
        opens=_.time(opens),
        closes=_.time(closes),
        room=_.of(hub.rooms[session.room].name),
    )
    return opens, Line(said)


async def about(context: Context, argument: str) -> View:
    """Tell what a service offers, and honestly whether it can be asked here yet."""
    _ = context.words
    service = context.turn.hub.services[argument]
    signed_in, unit = context.turn.actor.role is Role.INMATE, await drafts.unit(context.turn)
    return screen(
        context,
        f"{service.icon} {_.of(service.name)}",
        _.of(service.about),
        *await _how_to_ask(context, service, unit, signed_in=signed_in),
        look=Look.READ,
        rows=((_ask(context, service, unit),),) if signed_in and service.bookable else (),
        back="home" if signed_in else "here",
    )


def _ask(context: Context, service: Service, unit: str) -> Button:
    """Return the way to a talk; where nobody answers, that is the social adviser's."""
    _, hub = context.words, context.turn.hub
    if hub.is_answered(service.key, unit):
        return Button(_("✍️ Ask for a talk"), f"ask:{service.key}", "primary")
    triage = hub.services[hub.triage]
    return Button(f"{triage.icon} {_.of(triage.name)}", f"ask:{triage.key}", "primary")


async def _how_to_ask(context: Context, service: Service, unit: str, *, signed_in: bool) -> list[str]:
    _ = context.words
    if not service.bookable:
        return [_("You cannot ask for this here yet. Use a paper slip. It counts just as much.")]
    nobody = [] if context.turn.hub.is_answered(service.key, unit) else [_nobody(_)]
    if signed_in:
        return nobody
    return [*nobody, *await way_in(context, _("Go back and press your unit to ask for a talk."))]


def _nobody(_: Words) -> str:
    return _("Nobody answers this now. The social adviser helps you.")


async def rights(context: Context, _argument: str) -> View:
    """Tell what one can count on (F58), and what is kept."""
    _ = context.words
    return screen(
        context,
        _("Your rights"),
        _("Anyone may ask for a talk. You choose yourself."),
        _("You can change your mind any time."),
        _("Each slip gets a date for the answer. If we do not manage, we tell you."),
        _("We keep your number and your language."),
        _("We keep who you want to talk to, and when."),
        _("Only those who are to answer you can read the slip."),
        look=Look.READ,
        back="here",
    )


async def go_home(_update: Update, context: Context) -> None:
    """Go home; a slip that had been begun waits there."""
    await open_page(context, "home")


async def show_here(_update: Update, context: Context) -> None:
    """Show what is here."""
    await open_page(context, "here")


async def turn_here(_update: Update, context: Context) -> None:
    """Show more of what is here."""
    await open_page(context, at_sheet("here", context.number("page")))


async def show_rights(_update: Update, context: Context) -> None:
    """Show what one can count on."""
    await open_page(context, "rights")


async def show_about(_update: Update, context: Context) -> None:
    """Show one service."""
    known = context.text("service") in context.turn.hub.services
    await open_page(context, f"about:{context.text('service')}" if known else "here")


PAGES = {"here": here, "about": about, "rights": rights}

HANDLERS = [
    tap("home", go_home, may=Role.INMATE),
    tap("here", show_here, may=SCREEN),
    tap("here:{page}", turn_here, may=SCREEN),
    tap("rights", show_rights, may=SCREEN),
    tap("about:{service}", show_about, may=SCREEN),
]
