"""What is still worth saying after a silence, by its use: a pile of what has passed helps nobody (F85)."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import calendar
from bot.domain.chat.uses import STANDS, Span, Use
from bot.domain.notices.notices import Notice, is_current
from bot.domain.services import Hub
from bot.domain.slips import talks
from bot.domain.slips.slips import Slip, State
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.timetable.bookings import Booking
from bot.domain.whole import Whole

MOMENT = timedelta(minutes=10)
"""How long the answer to what somebody has just done is worth having."""

WEEK = timedelta(weeks=1)
"""How long somebody hears of a message that was refused for good, where nothing that it is about ever ends."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that a chat has never been shown: its use, and when it was wanted last, in UTC (None: long ago)."""

    use: Use = STANDS
    wanted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """What is so now, as far as it decides what is still of use.

    Slips by their codes: ``open_slips``, those of whose promise ``half`` is over, those whose promise was ``broken``,
    those that are ``waiting``, those of whose talk is ``untold`` how it went, those with ``news`` for their inmates.
    ``theme_nights`` are ahead, ``notices`` are running, ``away`` are the chats that take no
    messages, ``closed`` the screens that take no codes.
    """

    now: datetime
    hub: Hub
    open_slips: Container[str] = ()
    half: Container[str] = ()
    broken: Container[str] = ()
    waiting: Container[str] = ()
    untold: Container[str] = ()
    news: Container[str] = ()
    theme_nights: Container[str] = ()
    notices: Container[str] = ()
    away: Container[str] = ()
    closed: Container[str] = ()

    @property
    def today(self) -> date:
        """Return today's date in the hub."""
        return calendar.today(self.hub, self.now)


def present(
    hub: Hub,
    now: datetime,
    slips: Collection[Slip],
    times: Mapping[str, Booking],
    news: Iterable[Slip],
    theme_nights: Iterable[ThemeNight],
    notices: Iterable[Notice],
) -> Present:
    """Gather what decides it from the slips that are open, their standing times, what has news, what has not ended."""
    waiting = [slip for slip in slips if slip.state is State.WAITING]
    return Present(
        now,
        hub,
        frozenset(slip.code for slip in slips),
        frozenset(slip.code for slip in waiting if half_is_over(slip, now)),
        frozenset(slip.code for slip in waiting if slip.broken),
        frozenset(slip.code for slip in waiting),
        frozenset(slip.code for slip in slips if talks.is_over(slip, times.get(slip.code), now)),
        frozenset(slip.code for slip in news),
        frozenset(str(night.id) for night in theme_nights if night.ends > now),
        frozenset(str(notice.id) for notice in notices if is_current(notice, now)),
    )


def half_is_over(slip: Slip, now: datetime) -> bool:
    """Say whether half of a promise is over and not the whole: only then is it of use to be reminded of it."""
    return slip.half_at is not None and slip.half_at <= now < slip.answer_by


@dataclass(frozen=True, slots=True)
class Undelivered:
    """What did not come through: how many messages were ``refused`` for good, by the person or kiosk they were for.

    Since midnight so many were ``too_late`` to be of use, and so many old ones were ``left``, to be seen for ever.
    """

    refused: tuple[tuple[str, int], ...] = ()
    too_late: int = 0
    left: int = 0


NOTHING = Undelivered()

Rule = Callable[[str, Owed, Present], bool]
"""Says by what its use depends on whether a message is still worth saying."""


def still_worth_saying(owed: Owed, now: Present) -> bool:
    """Say whether a message that never reached a chat is of use when it can."""
    return RULES[owed.use.span](owed.use.of, owed, now)


def still_to_be_told(refused: Owed, now: Present) -> bool:
    """Say whether somebody should hear that a network refused a message for good: while it would be of use."""
    if RULES[refused.use.span] is not _always:
        return still_worth_saying(refused, now)
    return refused.wanted_at is not None and now.now - refused.wanted_at <= WEEK


def _always(_of: str, _owed: Owed, _now: Present) -> bool:
    return True


def _for_a_moment(_of: str, owed: Owed, now: Present) -> bool:
    return owed.wanted_at is not None and now.now - owed.wanted_at <= MOMENT


def _asked_today(_of: str, owed: Owed, now: Present) -> bool:
    return owed.wanted_at is not None and calendar.today(now.hub, owed.wanted_at) == now.today


def _on_its_day(day: str, _owed: Owed, now: Present) -> bool:
    return date.fromisoformat(day) >= now.today


def _before_its_day(day: str, _owed: Owed, now: Present) -> bool:
    return date.fromisoformat(day) > now.today


RULES: Mapping[Span, Rule] = Whole(
    "what is still worth saying after a silence",
    Span,
    {
        Span.STANDS: _always,
        Span.WEEK: _always,
        Span.THEME_NIGHT_PAGE: _always,
        Span.TYPED: _always,
        Span.MOMENT: _for_a_moment,
        Span.ASKED_TODAY: _asked_today,
        Span.DAY: _on_its_day,
        Span.DAY_BEFORE: _before_its_day,
        Span.CARD: lambda code, _owed, now: code in now.open_slips,
        Span.HALF_OF_PROMISE: lambda code, _owed, now: code in now.half,
        Span.BROKEN_PROMISE: lambda code, _owed, now: code in now.broken,
        Span.UNTOLD_TALK: lambda code, _owed, now: code in now.untold,
        Span.WAITING_SLIP: lambda code, _owed, now: code in now.waiting,
        Span.NEWS_FOR_INMATE: lambda code, _owed, now: code in now.news,
        Span.THEME_NIGHT_AHEAD: lambda number, _owed, now: number in now.theme_nights,
        Span.RUNNING_NOTICE: lambda number, _owed, now: number in now.notices,
        Span.SILENT_CHAT: lambda chat, _owed, now: chat in now.away,
        Span.CLOSED_SCREEN: lambda closing, _owed, now: closing in now.closed,
    },
)

CAN_BE_TOO_LATE = tuple(span for span, rule in RULES.items() if rule is not _always)
"""What is dropped where it comes too late, and then stands in the log."""
