"""What people are told when its time has come: promises, tomorrow's and today's talks."""

from collections.abc import Callable
from datetime import date

from telegram import Update

from bot.domain import calendar
from bot.domain.bookings import Booking
from bot.domain.messages import Line, Reader, View
from bot.domain.owed import half_is_over
from bot.domain.reminders import Kind, about_day
from bot.usecases import bookings, cards, slips
from handlers.chat.context import Context
from handlers.chat.rows import line_by_line, refresh_inmate
from handlers.chat.words import Words
from handlers.papers import letters
from handlers.slips.cards import refresh_cards
from handlers.slips.promises import end, end_key, half, half_key


async def remind_half(context: Context, code: str) -> None:
    """Remind whoever owns a slip when half of its promise is over (F125)."""
    slip = await slips.unanswered(context.turn, code)
    if slip is None or not half_is_over(slip, context.turn.now):
        return  # after an outage the promise may have broken meanwhile, and that is told by itself
    facts = await cards.facts(context.turn, slip)
    for person in facts.owners():
        context.bring_to(person, half_key(code), half(context, facts, due=True))


async def break_promise(context: Context, code: str) -> None:
    """At the end of a promise that was not kept: the owner, the social adviser and the inmate are told (F136)."""
    slip = await slips.break_promise(context.turn, code)
    if slip is None:
        return
    card = await refresh_cards(context, slip)
    for person in card.facts.told_of_breach():
        context.bring_to(person, end_key(code), end(context, card.facts))
    await refresh_inmate(context, slip)


async def talk_over(context: Context, code: str) -> None:
    """After the talk: the card asks whether it took place, and so does the inmate's page."""
    slip = await slips.find(context.turn, code)
    if slip:
        await refresh_cards(context, slip)
        await refresh_inmate(context, slip)


async def remind_tomorrow(context: Context, about: str) -> None:
    """The afternoon before: the adviser's next day of talks, if there still is one."""
    await _tell_day(context, about, Kind.TOMORROW, only_there=False)


async def remind_today(context: Context, about: str) -> None:
    """The same morning: today's list in one message."""
    await _tell_day(context, about, Kind.TODAY, only_there=False)


async def refresh_days(context: Context, booking: Booking) -> None:
    """Where an adviser has been told of a day already, let the list say what is true now."""
    about = about_day(booking, context.turn.hub)
    for kind in (Kind.TOMORROW, Kind.TODAY):
        await _tell_day(context, about, kind, only_there=True)


async def todays_list(update: Update, context: Context) -> None:
    """Show the acting adviser's talks of today below everything else."""
    context.say(update, await todays_talks(context))


async def todays_talks(context: Context) -> Callable[[Reader], View | None]:
    """Write the acting adviser's talks of today."""
    day = calendar.today(context.turn.hub, context.turn.now)
    return _day(context, await bookings.of_day(context.turn, context.turn.person.id, day), Kind.TODAY, day)


async def _tell_day(context: Context, about: str, kind: Kind, *, only_there: bool) -> None:
    adviser, _, text = about.partition("/")
    day = date.fromisoformat(text)
    talks = await bookings.of_day(context.turn, adviser, day)
    if talks or only_there:
        build = _day(context, talks, kind, day, due=not only_there)
        context.tell(adviser, f"{kind}:{text}", build, only_there=only_there)


def _day(
    context: Context, talks: list[Booking], kind: Kind, day: date, *, due: bool = True
) -> Callable[[Reader], View | None]:
    def build(reader: Reader) -> View | None:
        _ = context.words_for(reader.language)
        date_in_words = _.day(calendar.at(context.turn.hub, day, calendar.END_OF_DAY))
        title, lines = _day_title(_, kind, date_in_words, len(talks)), [_talk(context, _, each) for each in talks]
        if reader.one_way:
            return letters.day(_, context.turn.hub, [title, *lines], due=due) if talks else None
        return View((Line(title),), entries=line_by_line(map(Line, lines)), name=f"{kind}:{day}")

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
    Kind.OVER: talk_over,
    Kind.TOMORROW: remind_tomorrow,
    Kind.TODAY: remind_today,
}
