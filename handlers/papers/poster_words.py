"""What hangs on walls, in the words of posters: a theme night, a week, and the board. No names, nothing about anybody.

These sentences stand in a catalogue of their own, because more languages have it than the screens speak.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.documents.posters import Row, ThemeNightPage, WeekPage
from bot.domain import calendar
from bot.domain.services import Hub
from bot.domain.theme_nights.theme_nights import State, ThemeNight
from bot.domain.timetable import timetable
from handlers.chat.words import Words

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a week: its date, how it is called, and what there is, in order."""

    date: date
    name: str
    rows: tuple[Row, ...]


def capital(sentence: str) -> str:
    """Begin a line with a capital letter, where the script has them."""
    return sentence[:1].upper() + sentence[1:]


# ── a theme night ─────────────────────────────────────────────────────────────────────────────────────────────────


def theme_night_page(_: Words, hub: Hub, night: ThemeNight, now: datetime) -> ThemeNightPage:
    """Say what the poster of a theme night says when it is printed now."""
    return ThemeNightPage(
        language=_.language,
        kind=_("Theme night"),
        topic=_.of(night.topic),
        day=capital(_.day(night.starts)),
        time=_("From {starts} to {ends}", starts=_.time(night.starts), ends=_.time(night.ends)),
        facts=tuple(_facts(_, hub, night)),
        about=_.of(night.about),
        sign_up=_("Sign up at the screen"),
        until=_until(_, night, now),
        foot=_.apart(prison_name(hub, night.prison)),
    )


def _facts(_: Words, hub: Hub, night: ThemeNight) -> Iterable[tuple[str, str]]:
    yield _("Place"), _.of(hub.rooms[night.room].name)
    if night.host:
        yield _("With"), _.apart(night.host)
    yield _("For"), _invited(_, hub, night)
    if night.interpreter:
        yield _("Interpreter"), capital(_.name_of(night.interpreter))


def _invited(_: Words, hub: Hub, night: ThemeNight) -> str:
    everybody = set(night.units) >= set(hub.units_of(night.prison))
    if night.women:
        who = _("Women") if everybody else _("Women in unit {units}", units=_.all_of(night.units))
    else:
        who = _("Everybody") if everybody else _("Everybody in unit {units}", units=_.all_of(night.units))
    if not night.languages:
        return who
    speak = _.one_of(_.name_of(each) for each in night.languages)
    return _("{who} speaking {languages}", who=who, languages=speak)


def _until(_: Words, night: ThemeNight, now: datetime) -> str:
    closes = _.day_and_time(night.closes)
    if night.opens is None or night.opens <= now:
        return _("At the latest {time}", time=closes)
    return _("From {opens}, at the latest {closes}", opens=_.day_and_time(night.opens), closes=closes)


def prison_name(hub: Hub, prison: str) -> str:
    """Return what a prison is called; it is called so in every language."""
    return hub.prisons.get(prison, hub.name)


# ── a week ────────────────────────────────────────────────────────────────────────────────────────────────────────


def week_page(_: Words, hub: Hub, prison: str, monday: date, nights: Iterable[ThemeNight]) -> WeekPage:
    """Say what the poster of a week says."""
    return WeekPage(
        language=_.language,
        title=week_title(_, monday),
        dates=dates_of(_, hub, monday),
        days=tuple((day.name, day.rows) for day in days_of(_, hub, prison, monday, nights)),
        nothing=_("Nobody is here this week."),
        call=how_to_ask(_),
        foot=_.apart(prison_name(hub, prison)),
    )


def week_title(_: Words, monday: date) -> str:
    """Say which week it is."""
    return _("Week {number}", number=monday.isocalendar().week)


def dates_of(_: Words, hub: Hub, monday: date) -> str:
    """Say from when to when a week is."""
    first, last = (calendar.at(hub, day, time()) for day in (monday, monday + WEEK - timedelta(days=1)))
    return capital(_("{first} to {last}", first=_.day(first), last=_.day(last)))


def how_to_ask(_: Words) -> str:
    """Say what to do for a talk."""
    return _("Want to talk to somebody? Send a slip at the screen.")


def days_of(_: Words, hub: Hub, prison: str, monday: date, nights: Iterable[ThemeNight]) -> list[Day]:
    """Return the days of a week on which there is something; what was cancelled is not there."""
    rows = [_opening(_, hub, each) for each in timetable.openings(hub, prison, monday)]
    rows += [_theme_night(_, hub, each) for each in in_week(hub, prison, monday, nights)]
    days = sorted({calendar.today(hub, starts) for starts, _row in rows})
    return [_day(_, hub, day, rows) for day in days]


def in_week(hub: Hub, prison: str, monday: date, nights: Iterable[ThemeNight]) -> list[ThemeNight]:
    """Return the theme nights of a prison that take place in a week."""
    return [
        each
        for each in nights
        if each.prison == prison
        and each.state is State.PUBLISHED
        and monday <= calendar.today(hub, each.starts) < monday + WEEK
    ]


def day_name(_: Words, hub: Hub, day: date) -> str:
    """Call a day by its name and date."""
    return capital(_.day(calendar.at(hub, day, time(12))))


def _day(_: Words, hub: Hub, day: date, rows: list[tuple[datetime, Row]]) -> Day:
    of_day = sorted((each for each in rows if calendar.today(hub, each[0]) == day), key=lambda each: each[0])
    return Day(day, day_name(_, hub, day), tuple(row for _starts, row in of_day))


def _opening(_: Words, hub: Hub, opening: timetable.Opening) -> tuple[datetime, Row]:
    name, room = hub.services[opening.service].name, hub.rooms[opening.room].name
    return opening.opens, Row(_span(_, opening.opens, opening.closes), _.of(name), _.of(room))


def _theme_night(_: Words, hub: Hub, night: ThemeNight) -> tuple[datetime, Row]:
    what = _("Theme night: {topic}", topic=_.of(night.topic))
    return night.starts, Row(_span(_, night.starts, night.ends), what, _.of(hub.rooms[night.room].name), marked=True)


def _span(_: Words, starts: datetime, ends: datetime) -> str:
    return _.apart(f"{_.time(starts)}–{_.time(ends)}")


# ── the board ─────────────────────────────────────────────────────────────────────────────────────────────────────


def today_mark(_: Words) -> str:
    """Mark the day that is today."""
    return _("Today")


def nobody_today(_: Words) -> str:
    """Say that nobody can be met today."""
    return _("Nobody is here today.")


def out_of_touch(_: Words, now: datetime) -> str:
    """Say that what stands there is from a while ago."""
    return _("This screen is out of touch. So the plan was at {time}.", time=_.time(now))
