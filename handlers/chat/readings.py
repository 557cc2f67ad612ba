"""Reading days and hours as people type them: 14.1., 14.01.2027, 09.00-12.00, 9-12."""

import re
from datetime import date, time

from bot.domain import calendar
from bot.domain.services import Hours
from bot.domain.timetable.plans import possible, word_of
from bot.usecases.chat.flows import At

DAY = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?", re.ASCII)
CLOCK = r"(\d{1,2})(?:[.:]?(\d{2}))?"
HOURS = re.compile(rf"(?:kl\.? *)?{CLOCK} *[-–] *{CLOCK}", re.ASCII | re.IGNORECASE)


def day_of(text: str, today: date) -> date | None:
    """Return the day that somebody typed; without a year it is the nearest such day, ahead or behind."""
    found = DAY.fullmatch(text)
    if found is None:
        return _date(*_parts(text))
    day, month, year = found.groups()
    if year:
        return _date(int(year), int(month), int(day))
    near = [each for year in (today.year, today.year + 1) if (each := _date(year, int(month), int(day)))]
    return min(near, key=lambda each: abs(each - today), default=None)


def day_typed(at: At, text: str) -> str | None:
    """Return the day that somebody typed as an answer, as a word."""
    found = day_of(text, calendar.today(at.turn.hub, at.turn.now))
    return found.isoformat() if found else None


def _parts(text: str) -> tuple[int, int, int]:
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
    return (int(found[1]), int(found[2]), int(found[3])) if found else (0, 0, 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def hours_of(text: str) -> str | None:
    """Return the hours that somebody typed, as a word; none where talks cannot be held then."""
    found = HOURS.fullmatch(text)
    opens, closes = (_time(found[1], found[2]), _time(found[3], found[4])) if found else (None, None)
    if opens is None or closes is None or not possible(opens, closes):
        return None
    return word_of(Hours(opens, closes))


def _time(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None
