"""Reading what is typed about a theme night: texts, days, hours, numbers, and moments like 18.1. 15.00."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from bot.domain import calendar
from bot.domain.night_plans import kind_of, moment_word
from bot.domain.services import Hub
from handlers.chat.readings import day_of, hours_of

MOMENT = re.compile(r"(\S+?),?\s+(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?", re.ASCII | re.IGNORECASE)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def read(hub: Hub, now: datetime, question: str, text: str) -> Any:
    """Return what was typed as an answer to a question; none where it is no answer to it."""
    kind, _ = kind_of(question)
    today = calendar.today(hub, now)
    return READS[kind](hub, today, " ".join(text.split())) if kind in READS else None


def _day(_hub: Hub, today: date, text: str) -> str | None:
    day = day_of(text, today)
    return day.isoformat() if day else None


def _number(_hub: Hub, _today: date, text: str) -> int | None:
    return int(text) if NUMBER.fullmatch(text) else None


def _moment(hub: Hub, today: date, text: str) -> str | None:
    found = MOMENT.fullmatch(text)
    day = day_of(found[1], today) if found else None
    if found is None or day is None or int(found[2]) not in range(24) or int(found[3] or 0) not in range(60):
        return None
    return moment_word(hub, calendar.at(hub, day, time(int(found[2]), int(found[3] or 0))))


def _text(_hub: Hub, _today: date, text: str) -> str | None:
    return text or None


READS: dict[str, Callable[[Hub, date, str], Any]] = {
    "topic": _text,
    "about": _text,
    "host": _text,
    "day": _day,
    "hours": lambda _hub, _today, text: hours_of(text),
    "seats": _number,
    "cap": _number,
    "opens": _moment,
    "closes": _moment,
}
"""What can be typed; everything else is a button."""
