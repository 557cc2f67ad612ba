"""The board: this week's timetable and theme nights for a big screen, as plain data with finished sentences."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from babel import Locale

from bot.domain import calendar
from bot.domain.services import Hub
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.languages import WALLS
from handlers.chat.words import NORWEGIAN, Words, words_on_walls
from handlers.papers import poster_words
from handlers.papers.missing_words import of_week
from handlers.papers.poster_words import Day


def languages(
    hub: Hub, prison: str, nights: Iterable[ThemeNight], now: datetime, asked: Collection[str] = ()
) -> list[str]:
    """Return in which languages the board takes turns: the hub's, or those of its posters that were asked for.

    One in which a text of this week is missing is left out, so that no language is half spoken.
    """
    monday, there = _monday(hub, now), list(nights)
    wanted = [each for each in hub.posters if each in asked] or hub.languages
    return [each for each in wanted if not of_week(hub, prison, monday, there, each)] or [NORWEGIAN]


def board(hub: Hub, prison: str, nights: Iterable[ThemeNight], now: datetime, language: str) -> dict[str, Any]:
    """Return the week around now in one language, with nothing about anybody; what was cancelled is not in it."""
    _ = _words(hub, language)
    monday = _monday(hub, now)
    return {
        "language": language,
        "direction": Locale.parse(language).text_direction,
        "prison": _.apart(poster_words.prison_name(hub, prison)),
        "title": poster_words.week_title(_, monday),
        "dates": poster_words.dates_of(_, hub, monday),
        "days": _days(_, hub, poster_words.days_of(_, hub, prison, monday, nights), now),
        "ask": poster_words.how_to_ask(_),
    }


def lost(hub: Hub, now: datetime, language: str) -> str:
    """Return what is said later, where the hub is silent: that the board shows how the week was planned by now."""
    return poster_words.out_of_touch(_words(hub, language), now)


def _words(hub: Hub, language: str) -> Words:
    return words_on_walls(language, hub.zone) or Words(NORWEGIAN, hub.zone, WALLS)


def _monday(hub: Hub, now: datetime) -> date:
    today = calendar.today(hub, now)
    return today - timedelta(days=today.weekday())


def _days(_: Words, hub: Hub, found: list[Day], now: datetime) -> list[dict[str, Any]]:
    today = calendar.today(hub, now)
    there = {day.date for day in found}
    empty = [] if today in there else [Day(today, poster_words.day_name(_, hub, today), ())]
    return [_as_data(_, each, each.date == today) for each in sorted([*found, *empty], key=lambda day: day.date)]


def _as_data(_: Words, day: Day, is_today: bool) -> dict[str, Any]:
    return {
        "name": day.name,
        "today": poster_words.today_mark(_) if is_today else "",
        "rows": [asdict(row) for row in day.rows],
        "nothing": "" if day.rows else poster_words.nobody_today(_),
    }
