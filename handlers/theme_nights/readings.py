"""Reading what is typed about a theme night: texts, numbers, and moments like 18.1. 15.00."""

import re
from datetime import time

from bot.domain import calendar
from bot.domain.theme_nights.plans import moment_word
from bot.usecases.chat.flows import At
from handlers.chat.readings import day_of

MOMENT = re.compile(r"(\S+?),?\s+(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?", re.ASCII | re.IGNORECASE)
NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def text_typed(_at: At, text: str) -> str | None:
    """Read a text as one line."""
    return " ".join(text.split()) or None


def number_typed(_at: At, text: str) -> int | None:
    """Read a number."""
    return int(text) if NUMBER.fullmatch(text) else None


def moment_typed(at: At, text: str) -> str | None:
    """Read a day and a time of day, by the prison's clock."""
    hub, found = at.turn.hub, MOMENT.fullmatch(text)
    day = day_of(found[1], calendar.today(hub, at.turn.now)) if found else None
    if found is None or day is None or int(found[2]) not in range(24) or int(found[3] or 0) not in range(60):
        return None
    return moment_word(hub, calendar.at(hub, day, time(int(found[2]), int(found[3] or 0))))
