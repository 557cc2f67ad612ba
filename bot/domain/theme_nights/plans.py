"""A theme night that is put together or changed, one question after the other, kept as plain words (F53)."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain import calendar
from bot.domain.chat.flows import Draft, kind_of
from bot.domain.refusals import DayClosed, TextTooLong
from bot.domain.services import Hub
from bot.domain.theme_nights.checks import suits, units_are_open
from bot.domain.theme_nights.refusals import EndsTooEarly, NightPast, NobodyInvited, RoomNotForUnits, SeatsOutOfBounds
from bot.domain.theme_nights.theme_nights import State, ThemeNight, usual_closing
from bot.domain.timetable.plans import hours_of

LONGEST = {"topic": 60, "host": 40, "about": 300}
"""So many characters have room on a screen."""

NONE = "-"
"""The answer «no», «none» or «later», where there is one."""

MAY_BE_NONE = ("topic", "about", "host", "cap", "interpreter", "opens", "after")
"""The questions to which there is one."""

ALL, WOMEN, DONE = "ALL", "WOMEN", "DONE"
MINE, THEIRS = "MINE", "THEIRS"
USUAL_HOURS = ("1700-1830", "1800-1930", "1800-2000", "1300-1430")
SEATS = (6, 8, 10, 12, 15, 20, 30)
SUGGESTED = 4
DAYS, AHEAD = 14, 40
MOMENT = "%Y-%m-%dT%H%M"
SEVERAL = frozenset({"units", "languages"})
"""What is marked one by one, and then gone on from."""

FLIPS = frozenset({"women", "lottery"})
"""What one tap switches on or off."""

GROUPS: Mapping[str, tuple[str, ...]] = {"when": ("day", "hours"), "who": ("units", "room", "seats")}
"""What is asked together when it is changed, because the one depends on the other."""

FIRST = "nb"
"""The language that every text of the hub stands in."""


def to_ask(hub: Hub, prisons: Collection[str]) -> list[str]:
    """Return the questions of a new night; everything else has a good default."""
    which = ["prison"] if len(prisons) > 1 else []
    topics = [f"topic_{language}" for language in hub.languages]
    return [*which, *topics, "host", "service", "day", "hours", "units", "room", "seats"]


def known(draft: Draft, name: str) -> Any:
    """Return what has been said, or what a night that is being changed says."""
    return draft[name] if draft.get(name) is not None else draft.get("kept", {}).get(name)


def days(hub: Hub, now: datetime) -> list[str]:
    """Return the next days on which the hub is open."""
    ahead = (calendar.today(hub, now) + timedelta(number) for number in range(1, AHEAD))
    return [day.isoformat() for day in ahead if day not in hub.closed_days][:DAYS]


def rooms(hub: Hub, units: Collection[str]) -> list[str]:
    """Return the rooms in which these units can be together, those for many first."""
    found = [room for room in hub.rooms.values() if suits(room, units)]
    return [room.key for room in sorted(found, key=lambda room: -(room.capacity or 0))]


def seats(hub: Hub, room: str) -> list[str]:
    """Return how many seats there could be: all that a room has first."""
    most = hub.rooms[room].capacity
    fewer = [each for each in reversed(SEATS) if most is None or each < most]
    return [str(each) for each in ([most] if most else []) + fewer][:SUGGESTED]


def women_of(hub: Hub, units: Iterable[str]) -> list[str]:
    """Return the units for women among these."""
    return [unit for unit in units if hub.units[unit].women]


def moment_word(hub: Hub, moment: datetime) -> str:
    """Write a moment by the prison's clock, short enough for a button."""
    return moment.astimezone(hub.zone).strftime(MOMENT)


def moment_of(hub: Hub, word: str) -> datetime:
    """Read a moment by the prison's clock."""
    return datetime.strptime(word, MOMENT).replace(tzinfo=hub.zone)


def span(hub: Hub, day: str, hours: str) -> tuple[datetime, datetime]:
    """Return from when to when a night is."""
    at, on = hours_of(hours)[0], date.fromisoformat(day)
    return calendar.at(hub, on, at.opens), calendar.at(hub, on, at.closes)


def check(draft: Draft, name: str, said: Any, hub: Hub, now: datetime) -> None:
    """Refuse an answer at once that cannot be, before the next question."""
    kind, _ = kind_of(name)
    if kind in LONGEST and len(said) > LONGEST[kind]:
        raise TextTooLong(LONGEST[kind])
    if kind in CHECKS:
        CHECKS[kind]({**draft, name: said}, hub, now)


def _check_day(draft: Draft, hub: Hub, now: datetime) -> None:
    day = date.fromisoformat(draft["day"])
    if day < calendar.today(hub, now):
        raise NightPast
    if day in hub.closed_days:
        raise DayClosed


def _check_hours(draft: Draft, hub: Hub, now: datetime) -> None:
    starts, ends = span(hub, known(draft, "day"), draft["hours"])
    if starts <= now:
        raise NightPast
    if ends <= starts:
        raise EndsTooEarly


def _check_units(draft: Draft, hub: Hub, _now: datetime) -> None:
    units = draft["units"]
    if not units:
        raise NobodyInvited
    units_are_open(hub, units, *span(hub, known(draft, "day"), known(draft, "hours")))
    if not rooms(hub, units):
        raise RoomNotForUnits(", ".join(units))


def _check_cap(draft: Draft, _hub: Hub, _now: datetime) -> None:
    if any(each == 0 for name, each in draft.items() if name.startswith("cap_")):
        raise SeatsOutOfBounds


Check = Callable[[Draft, Hub, datetime], None]
CHECKS: Mapping[str, Check] = {"day": _check_day, "hours": _check_hours, "units": _check_units, "cap": _check_cap}


def theme_night_of(draft: Draft, hub: Hub, person: str, now: datetime) -> ThemeNight:
    """Return the night that has been put together."""
    starts, ends = span(hub, draft["day"], draft["hours"])
    topic = {language: draft[f"topic_{language}"] for language in hub.languages if draft[f"topic_{language}"]}
    return ThemeNight(
        id=0,
        prison=draft["prison"],
        state=State.DRAFT,
        revision=1,
        service=draft["service"],
        topic=topic,
        about={},
        host=draft["host"],
        room=draft["room"],
        starts=starts,
        ends=ends,
        seats=draft["seats"],
        units=tuple(draft["units"]),
        closes=usual_closing(hub, starts, now),
        made_by=person,
        made_at=now,
        caps={},
        women=bool(draft.get("women")),
    )


def closings(night: ThemeNight, hub: Hub, now: datetime) -> list[str]:
    """Return when a list usually closes: the working day before, the same day at noon, when the night begins."""
    noon = calendar.at(hub, calendar.today(hub, night.starts), time(12))
    found = {usual_closing(hub, night.starts, now), noon, night.starts}
    return [moment_word(hub, each) for each in sorted(found) if now < each <= night.starts]


def openings(night: ThemeNight, hub: Hub, now: datetime) -> list[str]:
    """Return when a list could open: on the next working mornings before it closes."""
    today = calendar.today(hub, now)
    mornings = (
        calendar.at(hub, calendar.working_day_after(hub, today, n), calendar.START_OF_DAY) for n in range(1, 1 + DAYS)
    )
    return [moment_word(hub, each) for each in mornings if each < night.closes][:SUGGESTED]
