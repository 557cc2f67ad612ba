"""What can change in the hub, by name: views say what they are about, use cases what they touched."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class About(StrEnum):
    """What a subject is. An id is what the hub calls it by: a code, a number, a date."""

    SLIP = "slip"
    """One slip with its time, its walk and its promise, by its code."""
    INMATE = "inmate"
    """One inmate: who they are, and everything that is theirs, by number."""
    NAMED = "named"
    """That an inmate is named, by number: it changes with nothing, and goes when somebody may see it no more."""
    PERSON = "person"
    """One of the staff: what they do for the hub and who is theirs, by id."""
    THEME_NIGHT = "night"
    """One theme night and how full it is, by number."""
    ANNOUNCED = "announced"
    """What the staff are told of a theme night, by number: who signs up changes nothing of it."""
    LIST = "list"
    """The list of a theme night, person by person, by the night's number; it goes sooner than the night."""
    SEAT = "seat"
    """One sign-up, by night and inmate."""
    NOTICE = "notice"
    """One notice, by number."""
    BROADCAST = "broadcast"
    """How far something has come that is told to many, by number."""
    DAY = "day"
    """Everybody's walks and escorts of a date."""
    TALKS = "talks"
    """One adviser's talks of a date, by adviser and date."""
    QUEUE = "queue"
    """Which slips of a unit are open, and what each of them needs, by unit."""
    AHEAD = "ahead"
    """How much one adviser has ahead, by id."""
    UNIT = "unit"
    """What stands on the screens of a unit for everybody."""
    PRISON = "prison"
    """What is planned for a prison: its theme nights and notices."""
    KIOSK = "kiosk"
    """One screen: whether it takes codes."""
    KIOSKS = "kiosks"
    """Which screens of a unit are closed."""
    INMATES = "inmates"
    """Who lives in the prisons, and who of them has a PIN or a letter; it has no id."""
    DEVICES = "devices"
    """Which browsers have joined; it has no id."""
    UNDELIVERED = "undelivered"
    """What did not come through; it has no id."""
    TODAY = "today"
    """What day it is; it has no id."""
    HUB = "hub"
    """The hub itself: its settings, its timetable, and who answers what; it has no id."""


class Subject(NamedTuple):
    """Something that can change, and what is shown of it with it."""

    kind: About
    id: str = ""

    def __str__(self) -> str:
        """Return its name, as rows have it."""
        return f"{self.kind}:{self.id}"


HUB = Subject(About.HUB)
INMATES, DEVICES = Subject(About.INMATES), Subject(About.DEVICES)
UNDELIVERED, TODAY = Subject(About.UNDELIVERED), Subject(About.TODAY)


def read(name: str) -> Subject:
    """Read a subject's name; the opposite of ``str``."""
    kind, _, rest = name.partition(":")
    return Subject(About(kind), rest)


def slip(code: str) -> Subject:
    """Name a slip."""
    return Subject(About.SLIP, code)


def inmate(number: str) -> Subject:
    """Name an inmate."""
    return Subject(About.INMATE, number)


def named(*numbers: str) -> frozenset[Subject]:
    """Say who is named, for a view that tells it."""
    return frozenset(Subject(About.NAMED, each) for each in numbers)


def slips(*codes: str) -> frozenset[Subject]:
    """Name several slips, for a view that lists them."""
    return frozenset(map(slip, codes))


def queues(units: Iterable[str]) -> frozenset[Subject]:
    """Name what is open in units."""
    return frozenset(Subject(About.QUEUE, each) for each in units)


def days(dates: Iterable[date]) -> frozenset[Subject]:
    """Name the walks and talks of dates."""
    return frozenset(Subject(About.DAY, str(each)) for each in dates)


def person(person_id: str) -> Subject:
    """Name one of the staff."""
    return Subject(About.PERSON, person_id)
