"""The timetable of hub.yaml: patterns, the days they mean, and advisers who would be in two places."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from bot.domain.services import Hours, Session
from bot.domain.timetable.timetable import clash
from bot.hubfile.closing import closed_days, closed_in
from bot.hubfile.faults import WrongAt, checked
from bot.hubfile.words import (
    DAY_RULE,
    Day,
    Known,
    Part,
    PersonRef,
    RoomRef,
    ServiceRef,
    Talks,
    Week,
    by,
    count,
    in_order,
    known_to,
    once,
    said,
)
from bot.hubfile.yaml_files import Fault, Place, entries

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_TIMETABLE = timedelta(days=731)


def _weeks(value: Any) -> Any:
    return {"odd": range(1, 54, 2), "even": range(2, 54, 2)}.get(value, value) if isinstance(value, str) else value


class Pattern(Part):
    service: ServiceRef = Field(description="service is the key of a service")
    advisers: Annotated[tuple[PersonRef, ...], AfterValidator(once)] = Field(
        min_length=1, description="advisers are a list of keys from staff, as [N1, N2]"
    )
    room: RoomRef = Field(description="room is the key of a room")
    day: Annotated[int, by(DAYS.index)] | None = Field(
        None, description=f"a day of the week is one of {', '.join(DAYS)}"
    )
    weeks: Annotated[tuple[Week, ...], BeforeValidator(_weeks)] = Field(
        tuple(range(1, 54)), min_length=1, description="weeks are odd, even, or a list of ISO week numbers, as [2, 4]"
    )
    dates: tuple[Day, ...] = Field((), description="dates are a list of days, as [2027-01-14, 2027-02-04]")
    exceptions: tuple[Day, ...] = Field(
        (), alias="except", description="exceptions are a list of days, as [2027-01-14]"
    )
    hours: Annotated[tuple[Talks, ...], AfterValidator(in_order)] = Field(
        min_length=1, description='hours stand in a list, as ["09:00-12:00", "13:00-15:00"]'
    )
    minutes: int = count(5, 240, "a talk lasts a multiple of 5 minutes", multiple_of=5)
    every: int | None = count(5, 240, "talks begin every so many minutes, a multiple of 5", multiple_of=5, default=None)

    @model_validator(mode="after")
    def _makes_slots(self) -> Self:
        if self.day is None and not self.dates:
            raise ValueError("says no day; it has a day of the week (day: thursday), or dates, or both")
        if self.step < self.minutes:
            text = f"begins a talk every {self.step} minutes, but each lasts {self.minutes}; they would overlap"
            raise WrongAt(text, "every")
        for number, hours in enumerate(self.hours):
            if _minutes(hours) < self.minutes:
                raise WrongAt(f"{said(hours)} is too short for a talk of {self.minutes} minutes", "hours", number)
        return self

    @model_validator(mode="after")
    def _is_manned(self, info: ValidationInfo) -> Self:
        for number, adviser in enumerate(self.advisers):
            scope = known_to(info).scopes.get(adviser, [])
            if self.service not in scope:
                text = f"{adviser} does not work for {self.service}; in staff, {adviser} {_answers(scope)}"
                raise WrongAt(text, "advisers", number)
        return self

    @property
    def step(self) -> int:
        """Return the minutes from the start of one talk to the start of the next."""
        return self.every or self.minutes


def _answers(scope: Sequence[str]) -> str:
    return f"has {', '.join(scope)}" if scope else "answers no slips"


class Period(Part):
    first: Day = Field(alias="from", description=f"from is the timetable's first day; {DAY_RULE}")
    until: Day = Field(description=f"until is the timetable's last day; {DAY_RULE}")

    @model_validator(mode="after")
    def _is_not_endless(self) -> Self:
        if not timedelta() <= self.until - self.first <= LONGEST_TIMETABLE:
            text = f"runs from {self.first} until {self.until}; it runs forward, for at most two years"
            raise WrongAt(text, "until")
        return self


class Timetable(Period):
    patterns: tuple[Pattern, ...] = Field(description="patterns are a list; each begins with - and a service")


def timetable_faults(data: Any, known: Known) -> Iterator[Fault]:
    """Look at those patterns that can be read, so that a fault in one does not hide the clashes of others."""
    raw = data.get("timetable") if isinstance(data, dict) else None
    raw = raw if isinstance(raw, dict) else {}
    period, _ = checked(Period, {name: raw.get(name) for name in ("from", "until")}, known)
    lines = raw.get("patterns")
    patterns = lines if isinstance(lines, list) else []
    readable = ((number, checked(Pattern, each, known)[0]) for number, each in enumerate(patterns))
    found: dict[Place, Pattern] = {("timetable", "patterns", number): each for number, each in readable if each}
    if period:
        closed = closed_days(closed_in(data))
        for place, pattern in found.items():
            yield from ((place + where, text) for where, text in _date_faults(pattern, period, closed))
        yield from _clashes(found, period, closed, _exclusive(data))


def _exclusive(data: Any) -> set[str]:
    """Return the rooms in which there is one talk at a time, as far as the rooms can be read."""
    found = entries(data, "rooms")
    return {key for key, room in found if not (isinstance(room, dict) and room.get("exclusive") == "false")}


def _date_faults(pattern: Pattern, period: Period, closed: Mapping[date, str]) -> Iterator[Fault]:
    regular = _regular(pattern, period) | set(pattern.dates)
    span = f"the timetable runs from {period.first} until {period.until}"
    for number, day in enumerate(pattern.dates):
        if not period.first <= day <= period.until:
            yield ("dates", number), f"{day} lies outside; {span}"
        elif day in closed and day not in pattern.exceptions:
            yield ("dates", number), f"{day} is {closed[day]}, and the hub is closed; it needs another day"
    for number, day in enumerate(pattern.exceptions):
        if day not in regular:
            yield ("except", number), f"{day} is an exception, but not one of its days"
    if not regular:
        yield ("weeks",), f"has no day at all; {span}"


def _clashes(
    patterns: Mapping[Place, Pattern], period: Period, closed: Container[date], exclusive: Container[str]
) -> Iterator[Fault]:
    by_day: defaultdict[date, list[tuple[Place, Session]]] = defaultdict(list)
    for place, pattern in patterns.items():
        for session in _sessions_of(pattern, period, closed):
            by_day[session.day].append((place, session))
    seen: set[tuple[Place, Place, str]] = set()
    for day in sorted(by_day):
        for (first, one), (place, other) in combinations(by_day[day], 2):
            both = (first, place, other.adviser if one.adviser == other.adviser else "")
            if both not in seen and clash(one, other, exclusive):
                seen.add(both)
                yield place, _in_the_way(one, other)


def _in_the_way(one: Session, other: Session) -> str:
    when = f"{other.day} {', '.join(map(said, other.hours))}"
    places = f"{one.service} in {one.room} and {other.service} in {other.room}"
    mend = "one of them needs other hours, weeks or an exception"
    if one.adviser == other.adviser:
        return f"{other.adviser} is in two places, {when}: {places}; {mend}"
    return f"{other.room} is taken, {when}: {places}; {mend}, or another room"


def _minutes(hours: Hours) -> int:
    return (hours.closes.hour - hours.opens.hour) * 60 + hours.closes.minute - hours.opens.minute


def _regular(pattern: Pattern, period: Period) -> set[date]:
    days = (period.first + timedelta(number) for number in range((period.until - period.first).days + 1))
    return {day for day in days if day.weekday() == pattern.day and day.isocalendar().week in pattern.weeks}


def _days(pattern: Pattern, period: Period) -> list[date]:
    return sorted((_regular(pattern, period) | set(pattern.dates)) - set(pattern.exceptions))


def sessions(model: Timetable, closed: Container[date]) -> Iterator[Session]:
    """Return each adviser's session on each day of a pattern on which the hub is open."""
    for each in model.patterns:
        yield from _sessions_of(each, model, closed)


def _sessions_of(pattern: Pattern, period: Period, closed: Container[date]) -> Iterator[Session]:
    for day in _days(pattern, period):
        if day not in closed:
            for adviser in pattern.advisers:
                yield Session(pattern.service, adviser, pattern.room, day, pattern.hours, pattern.minutes, pattern.step)
