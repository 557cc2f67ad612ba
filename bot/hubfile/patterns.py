"""The timetable of hub.yaml: patterns, the days they mean, and advisers who would be in two places."""

from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from bot.domain.services import Hours, Session
from bot.hubfile.faults import checked
from bot.hubfile.pages import Fault, Place
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
    said,
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_TIMETABLE = timedelta(days=731)


def _weeks(value: Any) -> Any:
    return {"odd": range(1, 54, 2), "even": range(2, 54, 2)}.get(value, value) if isinstance(value, str) else value


class Pattern(Part):
    service: ServiceRef = Field(description="service is the key of a service")
    advisers: tuple[PersonRef, ...] = Field(
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
            raise ValueError(
                f"begins a talk every {self.step} minutes, but each lasts {self.minutes}; they would overlap"
            )
        for hours in self.hours:
            if _minutes(hours) < self.minutes:
                raise ValueError(f"{said(hours)} is too short for a talk of {self.minutes} minutes")
        return self

    @model_validator(mode="after")
    def _is_manned(self, info: ValidationInfo) -> Self:
        for adviser in self.advisers:
            scope = known_to(info).scopes.get(adviser, [])
            if self.service not in scope:
                has = ", ".join(scope) or "no service"
                raise ValueError(f"{adviser} does not work for {self.service}; in staff, {adviser} has {has}")
        return self

    @property
    def step(self) -> int:
        """Return the minutes from the start of one talk to the start of the next."""
        return self.every or self.minutes


class Period(Part):
    first: Day = Field(alias="from", description=f"from is the timetable's first day; {DAY_RULE}")
    until: Day = Field(description=f"until is the timetable's last day; {DAY_RULE}")

    @model_validator(mode="after")
    def _is_not_endless(self) -> Self:
        if not timedelta() <= self.until - self.first <= LONGEST_TIMETABLE:
            raise ValueError(f"runs from {self.first} until {self.until}; it runs forward, for at most two years")
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
        for place, pattern in found.items():
            yield from ((place, text) for text in _date_faults(pattern, period))
        yield from _clashes(found, period)


def _date_faults(pattern: Pattern, period: Period) -> Iterator[str]:
    regular = _regular(pattern, period) | set(pattern.dates)
    span = f"the timetable runs from {period.first} until {period.until}"
    yield from (f"{day} lies outside; {span}" for day in pattern.dates if not period.first <= day <= period.until)
    yield from (f"{day} is an exception, but not one of its days" for day in pattern.exceptions if day not in regular)
    if not regular:
        yield f"has no day at all; {span}"


def _clashes(patterns: Mapping[Place, Pattern], period: Period) -> Iterator[Fault]:
    for (_, one), (place, other) in combinations(patterns.items(), 2):
        days = sorted(set(_days(one, period)) & set(_days(other, period)))
        hours = [each for each in other.hours if any(_overlap(each, first) for first in one.hours)]
        if days and hours:
            for adviser in sorted(set(one.advisers) & set(other.advisers)):
                yield place, _in_two_places(adviser, f"{days[0]} {said(hours[0])}", one, other)


def _in_two_places(adviser: str, when: str, one: Pattern, other: Pattern) -> str:
    places = f"{one.service} in {one.room} and {other.service} in {other.room}"
    return f"{adviser} is in two places, {when}: {places}; one of them needs other hours, weeks or an exception"


def _overlap(one: Hours, other: Hours) -> bool:
    return one.opens < other.closes and other.opens < one.closes


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
        for day in _days(each, model):
            if day not in closed:
                for adviser in each.advisers:
                    yield Session(each.service, adviser, each.room, day, each.hours, each.minutes, each.step)
