"""The timetable as the coordinator sees it: a week of sessions, and one session."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from telegram import Update

from bot.domain import calendar, subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.people import Person, Role
from bot.domain.services import Session
from bot.domain.subjects import HUB, Subject
from bot.domain.timetable.bookings import Booking, Outcome
from bot.domain.timetable.timetable import starts_of
from bot.usecases.prisons import ALL
from bot.usecases.timetable import plans, sessions
from bot.usecases.timetable.sessions import Filled
from handlers.chat.context import PAGE, Context
from handlers.chat.dates import day_of
from handlers.chat.lines import tap
from handlers.chat.rows import COLUMNS, Rows, in_pairs, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.ways import to_slips, to_week
from handlers.chat.words import Words
from handlers.said.coordinators import switcher
from handlers.timetable.words import session_lines

WEEK, SESSION = "week", "session"


async def show_this_week(_update: Update, context: Context) -> None:
    """Show this week."""
    await open_week(context, context.text("prison"), calendar.today(context.turn.hub, context.turn.now))


async def show_week(_update: Update, context: Context) -> None:
    """Show the week around a day."""
    await open_week(context, context.text("prison"), day_of(context.text("day")))


async def open_week(context: Context, prison: str, day: date) -> None:
    """Show the sessions of the week around a day; a session that was being put together is dropped."""
    await plans.leave(context.turn)
    await show_in_place(context, f"{PAGE}{WEEK}:{prison}:{_monday(day)}")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


async def write(context: Context, person: Person, rest: str) -> Build:
    """Write a week of sessions; ``rest`` is the prison and the Monday."""
    prison, _, monday = rest.partition(":")
    return await _week_of(context, person, prison, day_of(monday))


async def _week_of(context: Context, person: Person, prison: str, monday: date) -> Build:
    with context.turn.seen_by(person):
        return _week(context, person, prison, monday, await sessions.week(context.turn, prison, monday))


def _week(context: Context, person: Person, prison: str, monday: date, found: list[Filled]) -> Build:
    about = {HUB} | subjects.days(monday + timedelta(days=n) for n in range(7))

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        none = [] if found else [Line(_("Nobody is here this week."))]
        entries = _days(context, _, found, prison, reader)
        lines = (_week_title(context, _, monday), *none)
        rows = _ways(context, _, person, prison, monday)
        return View(lines, rows, entries=entries, name=f"{PAGE}{WEEK}:{prison}:{monday}", about=frozenset(about))

    return build


def _week_title(context: Context, _: Words, monday: date) -> Line:
    first, last = (calendar.at(context.turn.hub, day, datetime.min.time()) for day in (monday, monday + timedelta(6)))
    number = monday.isocalendar().week
    return Line(_("📅 Week {number}: {first} to {last}", number=number, first=_.day(first), last=_.day(last)))


def _days(context: Context, _: Words, found: list[Filled], prison: str, reader: Reader) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for _day, of_day in groupby(found, key=lambda each: each.session.day):
        there = list(of_day)
        tiles = [(_session_line(context, _, each), _session_button(context, _, each, prison, reader)) for each in there]
        entries += in_pairs(tiles, (Line(f"▪️ {_.day(there[0].opens)}"),))
    return tuple(entries)


def _session_line(context: Context, _: Words, filled: Filled) -> Line:
    hub, session = context.turn.hub, filled.session
    text = _(
        "{opens}–{closes} · {service} · {adviser} · {room} · {talks} of {slots}",
        opens=_.time(filled.opens),
        closes=_.time(filled.closes),
        service=_.of(hub.services[session.service].name),
        adviser=_.of(hub.name_of(session.adviser)),
        room=_.of(hub.rooms[session.room].name),
        talks=len(filled.talks),
        slots=filled.slots,
    )
    return Line(text, private=True)


def _session_button(context: Context, _: Words, filled: Filled, prison: str, reader: Reader) -> Button:
    # An icon says the service as plainly as its name does.
    icon = "" if reader.leaves_house else f"{context.turn.hub.services[filled.session.service].icon} "
    when = f"{_.week_day(filled.opens)} {_.time(filled.opens)}"
    return Button(f"{icon}{when} {filled.session.adviser}", f"session:{filled.id}:{prison}")


def _ways(context: Context, _: Words, person: Person, prison: str, monday: date) -> Rows:
    before, after = monday - sessions.WEEK, monday + sessions.WEEK
    weeks = (
        Button(_("⬅️ Week before"), f"week:{prison}:{before}"),
        Button(_("➡️ Week after"), f"week:{prison}:{after}"),
    )
    prisons = switcher(context, _, person, prison, lambda each: f"week:{each}:{monday}")
    new = Button(_("➕ New session"), f"session_new:{prison}", "primary")
    poster = Button(_("🖨️ Week poster"), f"week_poster:{prison}:{monday}")
    return (weeks, *prisons, (new, poster), (start_button(_),))


async def show_session(_update: Update, context: Context) -> None:
    """Show one session with its talks."""
    await sessions.one(context.turn, context.text("slot"))
    await show_in_place(context, f"{PAGE}{SESSION}:{context.text('slot')}:{context.text('prison')}")


async def write_session(context: Context, person: Person, rest: str) -> Build:
    """Write one session, or its week where it is gone; ``rest`` is its name and the prison whose week leads back."""
    slot, _, prison = rest.partition(":")
    with context.turn.seen_by(person):
        found = await there(context, prison, slot)
    if found:
        return _session(context, found, prison)
    return await _week_of(context, person, prison, _monday(calendar.today(context.turn.hub, starts_of(slot))))


def _session(context: Context, filled: Filled, prison: str) -> Build:
    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = session_lines(context, _, filled.session)
        taken = _.n_(
            "{n} of {slots} times is taken.", "{n} of {slots} times are taken.", len(filled.talks), slots=filled.slots
        )
        talks = [filled.talks[at : at + COLUMNS] for at in range(0, len(filled.talks), COLUMNS)]
        entries = tuple(_talks(context, _, part) for part in talks)
        rows = (*_changes(context, _, filled, prison), (to_week(_, prison, filled.session.day), start_button(_)))
        return View((*lines, Line(taken)), rows, entries=entries, about=about_session(filled.session))

    return build


def about_session(session: Session) -> frozenset[Subject]:
    """Return what a page says of a session: that it is there, and what is booked in it."""
    return frozenset({HUB} | subjects.days([session.day]))


def _talks(context: Context, _: Words, talks: Sequence[Booking]) -> Entry:
    rows = to_slips(context, [(each.slip, each.unit) for each in talks])
    return Entry(tuple(_talk(_, each) for each in talks), rows, about=subjects.slips(*(each.slip for each in talks)))


def _talk(_: Words, booking: Booking) -> Line:
    time, code, unit = _.time(booking.slot.starts), booking.slip, booking.unit
    if booking.outcome is Outcome.OFFERED:
        return Line(_("{time} · {code} · unit {unit} · offered", time=time, code=code, unit=unit))
    return Line(_("{time} · {code} · unit {unit}", time=time, code=code, unit=unit))


def _changes(context: Context, _: Words, filled: Filled, prison: str) -> Rows:
    now = context.turn.now
    move = [Button(_("🔀 Move"), f"session_move:{filled.id}:{prison}")] if filled.opens > now else []
    cancel = [Button(_("❌ Cancel it"), f"session_off:{filled.id}:{prison}", "danger")] if filled.closes > now else []
    return (tuple(move + cancel),) if move or cancel else ()


async def show_present(update: Update, context: Context) -> None:
    """Show what is there now: the session, or its week where it is gone or over."""
    slot, prison = context.text("slot"), context.text("prison")
    found = await there(context, prison, slot)
    if found is None or found.closes <= context.turn.now:
        await open_week(context, prison, calendar.today(context.turn.hub, starts_of(slot)))
    else:
        await show_in_place(context, f"{PAGE}{SESSION}:{slot}:{prison}")


async def there(context: Context, prison: str, slot: str) -> Filled | None:
    """Return a session of a prison's timetable, as far as it is there."""
    week = await sessions.week(context.turn, prison, calendar.today(context.turn.hub, starts_of(slot)))
    return next((each for each in week if each.id == slot), None)


VIEWS = {
    f"{PAGE}{WEEK}": Living(write, may=Role.COORDINATOR),
    f"{PAGE}{SESSION}": Living(write_session, may=Role.COORDINATOR),
}

SHORTCUTS = [Shortcut(lambda _: _("📅 Timetable"), f"week:{ALL}", Role.COORDINATOR)]

HANDLERS = [
    tap("week:{prison}", show_this_week, may=Role.COORDINATOR),
    tap("week:{prison}:{day}", show_week, may=Role.COORDINATOR),
    tap("session:{slot}:{prison}", show_session, may=Role.COORDINATOR, again=show_present),
]
