"""What people are told when its time has come: promises, tomorrow's and today's talks."""

from dataclasses import replace
from datetime import date

from telegram import Update

from bot.domain import calendar, subjects
from bot.domain.chat.messages import Build, Line, Reader, View
from bot.domain.chat.owed import half_is_over
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person
from bot.domain.reminders import Kind
from bot.domain.subjects import About, Subject
from bot.domain.timetable.bookings import Booking
from bot.domain.whole import Whole
from bot.usecases.slips import cards, slips
from bot.usecases.timetable import bookings
from handlers.chat.context import Context
from handlers.chat.rows import line_by_line
from handlers.chat.views import Living
from handlers.chat.words import Words
from handlers.slips import letters
from handlers.slips.promises import end, end_key, half, half_key


async def remind_half(context: Context, code: str) -> None:
    """Remind whoever owns a slip when half of its promise is over (F125)."""
    slip = await slips.unanswered(context.turn, code)
    if slip is None or not half_is_over(slip, context.turn.now):
        return  # after an outage the promise may have broken meanwhile, and that is told by itself
    await slips.time_has_come(context.turn, code)
    facts = await cards.facts(context.turn, slip)
    for person in facts.owners():
        context.bring_to(person, half_key(code), Use(Span.HALF_OF_PROMISE, code), half(context, facts, due=True))


async def break_promise(context: Context, code: str) -> None:
    """At the end of a promise that was not kept: the owner, the social adviser and the inmate are told (F136)."""
    slip = await slips.break_promise(context.turn, code)
    if slip is None:
        return
    facts = await cards.facts(context.turn, slip)
    for person in facts.told_of_breach():
        context.bring_to(person, end_key(code), Use(Span.BROKEN_PROMISE, code), end(context, facts))


async def talk_goes_on(context: Context, code: str) -> None:
    """When a talk begins nothing is moved any more; after it the card and the inmate's page ask how it went."""
    await slips.time_has_come(context.turn, code)


async def remind_tomorrow(context: Context, about: str) -> None:
    """The afternoon before: the adviser's next day of talks, if there still is one."""
    await _tell_day(context, about, Kind.TOMORROW)


async def remind_today(context: Context, about: str) -> None:
    """The same morning: today's list in one message."""
    await _tell_day(context, about, Kind.TODAY)


async def write_tomorrow(context: Context, person: Person, rest: str) -> Build:
    """Where an adviser has been told of tomorrow already, let the list say what is true now."""
    return await _anew(context, person, rest, Kind.TOMORROW)


async def write_today(context: Context, person: Person, rest: str) -> Build:
    """Where an adviser has been told of today already, let the list say what is true now."""
    return await _anew(context, person, rest, Kind.TODAY)


async def _anew(context: Context, person: Person, rest: str, kind: Kind) -> Build:
    day = date.fromisoformat(rest)
    talks = await bookings.of_day(context.turn, person.id, day)
    return _day(context, person.id, talks, kind, day, due=False)


async def show_today(update: Update, context: Context) -> None:
    """Show the acting adviser's talks of today below everything else."""
    context.say(update, await todays_talks(context))


async def todays_talks(context: Context) -> Build:
    """Write the acting adviser's talks of today."""
    day, adviser = calendar.today(context.turn.hub, context.turn.now), context.turn.person.id
    return _day(context, adviser, await bookings.of_day(context.turn, adviser, day), Kind.TODAY, day)


LISTS = (Kind.TOMORROW, Kind.TODAY)
SPANS: Whole[Kind, Span] = Whole(
    "how long a list of talks is of use", LISTS, {Kind.TOMORROW: Span.DAY_BEFORE, Kind.TODAY: Span.DAY}
)
"""How long a list of a date is of use: what was said the day before is said anew on the date."""


async def _tell_day(context: Context, about: str, kind: Kind) -> None:
    adviser, _, text = about.partition("/")
    day = date.fromisoformat(text)
    if talks := await bookings.of_day(context.turn, adviser, day):
        context.tell(adviser, f"{kind}:{text}", Use(SPANS[kind], text), _day(context, adviser, talks, kind, day))


def _day(context: Context, adviser: str, talks: list[Booking], kind: Kind, day: date, *, due: bool = True) -> Build:
    about = subjects.slips(*(each.slip for each in talks)) | {Subject(About.TALKS, f"{adviser}/{day}")}

    def build(reader: Reader) -> View | None:
        _ = context.words_for(reader.language)
        date_in_words = _.day(calendar.at(context.turn.hub, day, calendar.END_OF_DAY))
        title, lines = _day_title(_, kind, date_in_words, len(talks)), [_talk(context, _, each) for each in talks]
        if reader.one_way:
            letter = letters.day(_, context.turn.hub, [title, *lines], due=due)
            return replace(letter, about=about) if talks else None
        return View((Line(title),), entries=line_by_line(map(Line, lines)), name=f"{kind}:{day}", about=about)

    return build


def _day_title(_: Words, kind: Kind, date_in_words: str, n: int) -> str:
    if n == 0:
        return _("📅 {date}: no talks.", date=date_in_words)
    if kind is Kind.TODAY:
        return _.n_("☀️ Today, {date}: {n} talk", "☀️ Today, {date}: {n} talks", n, date=date_in_words)
    return _.n_("📅 Reminder for {date}: {n} talk", "📅 Reminder for {date}: {n} talks", n, date=date_in_words)


def _talk(context: Context, _: Words, booking: Booking) -> str:
    slot = booking.slot
    room = _.of(context.turn.hub.rooms[slot.room].name)
    return _(
        "{time} · {code} · unit {unit} · {room}",
        time=_.time(slot.starts),
        code=booking.slip,
        unit=booking.unit,
        room=room,
    )


JOBS = {
    Kind.HALF: remind_half,
    Kind.BROKEN: break_promise,
    Kind.BEGINS: talk_goes_on,
    Kind.OVER: talk_goes_on,
    Kind.TOMORROW: remind_tomorrow,
    Kind.TODAY: remind_today,
}

VIEWS = {str(Kind.TOMORROW): Living(write_tomorrow), str(Kind.TODAY): Living(write_today)}
