"""What is still worth saying after a silence, by the kind of message: a pile of what has passed helps nobody (F85)."""

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import calendar
from bot.domain.chat.messages import PAGE, SCREEN, STRAY, WAS
from bot.domain.notices.notices import Notice, is_current
from bot.domain.reminders import AFTER_A_TALK
from bot.domain.services import Hub
from bot.domain.slips import talks
from bot.domain.slips.slips import Slip, State
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.timetable.bookings import Booking

MOMENT = timedelta(minutes=10)
"""How long the answer to what somebody has just done is worth having."""

WEEK = timedelta(weeks=1)
"""How long somebody hears of a message that was refused for good, where nothing that it is about ever ends."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that a chat has never been shown: its key, and when it was wanted last, in UTC (None: long ago)."""

    key: str
    wanted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """What is so now, as far as it decides what is still of use.

    Slips by their codes: ``open_slips``, those of whose promise ``half`` is over, those whose promise was ``broken``,
    those that are ``waiting``, those of whose talk is ``untold`` how it went, those with ``news`` for their inmates.
    ``nights`` are ahead, ``notices`` are running, ``away`` are the chats that take no
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
    nights: Container[str] = ()
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
    nights: Iterable[ThemeNight],
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
        frozenset(str(night.id) for night in nights if night.ends > now),
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
"""Says by what stands behind the kind in its key whether a message is still worth saying."""


def still_worth_saying(owed: Owed, now: Present) -> bool:
    """Say whether a message that never reached a chat is of use when it can; one of no known kind always is."""
    kind, _, about = owed.key.partition(":")
    return RULES[kind](about, owed, now) if kind in RULES else True


def still_to_be_told(refused: Owed, now: Present) -> bool:
    """Say whether somebody should hear that a network refused a message for good: while it would be of use."""
    if RULES.get(refused.key.partition(":")[0], _always) is not _always:
        return still_worth_saying(refused, now)
    return refused.wanted_at is not None and now.now - refused.wanted_at <= WEEK


def _always(_about: str, _owed: Owed, _now: Present) -> bool:
    return True


def _for_a_moment(_about: str, owed: Owed, now: Present) -> bool:
    return owed.wanted_at is not None and now.now - owed.wanted_at <= MOMENT


def _promise(about: str, _owed: Owed, now: Present) -> bool:
    code, _, which = about.partition(":")
    if which in AFTER_A_TALK:
        return code in now.untold
    return code in (now.half if which == "half" else now.broken)


def _news(about: str, _owed: Owed, now: Present) -> bool:
    what, _, number = about.partition(":")
    return number in now.nights if what == "night" else what in now.news


def _todays(about: str, owed: Owed, now: Present) -> bool:
    # A list of a day, or the page of the day on which it was asked for.
    if about:
        return about >= now.today.isoformat()
    return owed.wanted_at is not None and calendar.today(now.hub, owed.wanted_at) == now.today


def _page(about: str, _owed: Owed, now: Present) -> bool:
    # A page about a day ends in its date; all others say what is true now.
    day = _date(about.rpartition(":")[2])
    return day is None or day >= now.today


def _session(about: str, _owed: Owed, now: Present) -> bool:
    _service, _, rest = about.partition(":")
    day = _date(rest.partition(":")[0])
    return day is None or day >= now.today


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


RULES: Mapping[str, Rule] = {
    "slip": lambda about, _owed, now: about in now.open_slips,
    "reminder": _promise,
    "unheard": lambda about, _owed, now: about in now.waiting,
    "news": _news,
    "today": _todays,
    "tomorrow": lambda about, _owed, now: about > now.today.isoformat(),
    "morning": _todays,
    PAGE.removesuffix(":"): _page,
    "session": _session,
    "night": lambda about, _owed, now: about in now.nights,
    "proposal": lambda about, _owed, now: about in now.nights,
    "notice": lambda about, _owed, now: about in now.notices,
    "unreachable": lambda about, _owed, now: about in now.away,
    "closed": lambda about, _owed, now: about in now.closed,
    "said": _for_a_moment,
    "list_task": _for_a_moment,
    "pause": _for_a_moment,
    # These are taken away when their own time is over.
    "pin": _always,
    "code": _always,
    "paper": _always,
    # From when on something may be lost is of use until somebody has read it.
    "put_back": _always,
    # These say what is true now, or take something away.
    SCREEN: _always,
    "home": _always,
    STRAY.removesuffix(":"): _always,
    WAS.removesuffix(":"): _always,
}
"""The rule of each kind of message, by the first word of its key."""
