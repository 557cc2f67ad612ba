"""A session that a coordinator is putting together, one question after the other, kept as plain words."""

from datetime import date, time
from typing import Any

from bot.domain.chat.flows import GIVEN, Draft
from bot.domain.services import Hours, Session

QUESTIONS = ("service", "adviser", "room", "day", "hours", "minutes")
MINUTES = (30, 45, 60)
EARLIEST, LATEST = time(6), time(22)
SAME = "same"
"""The answer «as before», where a session is moved."""


def moving(session_id: str, session: Session, prison: str) -> dict[str, Any]:
    """Begin to move a session: its service, its adviser and the length of its talks stay."""
    return {
        "prison": prison,
        "moving": session_id,
        "service": session.service,
        "adviser": session.adviser,
        "minutes": session.minutes,
        "every": session.every,
        GIVEN: ["service", "adviser", "minutes"],
    }


def session_of(draft: Draft) -> Session:
    """Return the session that has been put together, as far as a length is said; until then talks are short."""
    minutes = int(draft.get("minutes") or MINUTES[0])
    return Session(
        service=draft["service"],
        adviser=draft["adviser"],
        room=draft["room"],
        day=date.fromisoformat(draft["day"]),
        hours=hours_of(draft["hours"]),
        minutes=minutes,
        every=int(draft.get("every") or minutes),
    )


def word_of(hours: Hours) -> str:
    """Write hours as a word that fits into a button: ``0900-1200``."""
    return f"{hours.opens:%H%M}-{hours.closes:%H%M}"


def hours_of(words: str) -> tuple[Hours, ...]:
    """Read hours that were written as words, with a comma between."""
    return tuple(Hours(*(time(int(each[:2]), int(each[2:])) for each in word.split("-"))) for word in words.split(","))


def possible(opens: time, closes: time) -> bool:
    """Say whether talks can be held in these hours: by day, forward, and on a step of five minutes."""
    return EARLIEST <= opens < closes <= LATEST and not opens.minute % 5 and not closes.minute % 5
