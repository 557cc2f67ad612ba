"""How long a message is of use: whoever makes it says so, and no rule reads it out of the message's key."""

from enum import StrEnum
from typing import NamedTuple


class Span(StrEnum):
    """For how long. Where it is about one thing, that is named beside it: a code, a number, a date."""

    STANDS = "stands"
    """As long as it stands there: it says what is true now, or is taken away when its own time is over."""
    MOMENT = "moment"
    """The answer of a moment: what was typed or pressed is answered, and the next day nobody needs it."""
    TYPED = "typed"
    """A line that somebody typed themselves: until the next answer, and no longer than that one."""
    ASKED_TODAY = "asked_today"
    """On the day on which it was asked for; then it says what is true on another."""
    DAY = "day"
    """Until a date is over."""
    DAY_BEFORE = "day_before"
    """Before a date: on it, another message says the same."""
    WEEK = "week"
    """For a week."""
    CARD = "card"
    """While a slip is open, and a week for those who answer it, by its code."""
    HALF_OF_PROMISE = "half_of_promise"
    """While half of a slip's promise is over, and not the whole, by its code."""
    BROKEN_PROMISE = "broken_promise"
    """While a slip waits whose promise was broken, by its code."""
    UNTOLD_TALK = "untold_talk"
    """Until somebody tells how a slip's talk went, by its code."""
    WAITING_SLIP = "waiting_slip"
    """While a slip waits for an answer, by its code."""
    NEWS_FOR_INMATE = "news_for_inmate"
    """Until an inmate has been told what is new of their slip, by its code."""
    THEME_NIGHT_AHEAD = "theme_night_ahead"
    """Until a theme night is over, by its number."""
    THEME_NIGHT_PAGE = "theme_night_page"
    """A week longer than a theme night, by its number: what became of it is read there."""
    RUNNING_NOTICE = "running_notice"
    """While a notice runs, by its number."""
    SILENT_CHAT = "silent_chat"
    """While a chat takes no messages, by what the hub calls that."""
    CLOSED_SCREEN = "closed_screen"
    """While a screen takes no codes, by what the hub calls that."""


OF_A_SLIP = frozenset(
    {
        Span.CARD,
        Span.HALF_OF_PROMISE,
        Span.BROKEN_PROMISE,
        Span.UNTOLD_TALK,
        Span.WAITING_SLIP,
        Span.NEWS_FOR_INMATE,
    }
)
"""Those that a slip's code stands beside."""


class Use(NamedTuple):
    """How long a message is of use, and what decides it."""

    span: Span
    of: str = ""

    def __str__(self) -> str:
        """Return it as rows have it."""
        return f"{self.span}:{self.of}"

    @property
    def slip(self) -> str | None:
        """Return the code of the one slip that it is about, if it is about one."""
        return self.of if self.span in OF_A_SLIP else None


STANDS, MOMENT, TYPED = Use(Span.STANDS), Use(Span.MOMENT), Use(Span.TYPED)


def read(written: str) -> Use:
    """Read what stands in a row; the opposite of ``str``."""
    span, _, of = written.partition(":")
    return Use(Span(span), of)
