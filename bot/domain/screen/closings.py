"""A kiosk at which many tries were wrong takes no more, until an officer has come and seen."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import OPENERS, UNIT_OPENERS, WRONG_TRIES_BEFORE_PAUSE, Person, Role

LAST_TRY = 20
TRIES_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Closing:
    """A kiosk of a unit that is closed for the ``number``-th time, from ``closed_at`` until ``opened_at`` (UTC)."""

    kiosk: str
    unit: str
    number: int
    closed_at: datetime
    opened_at: datetime | None = None

    @property
    def about(self) -> str:
        """Return what names this closing among all others."""
        return f"{self.kiosk}:{self.number}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a kiosk stands to a number: ``here`` counts its wrong tries within the hour, at whatever number.

    ``wrong`` counts those at this number, which takes a break there until ``pause_until`` (UTC).
    """

    closed: bool
    here: int = 0
    wrong: int = 0
    pause_until: datetime | None = None

    def pauses(self, now: datetime) -> bool:
        """Say whether the number takes a break now."""
        return self.pause_until is not None and now < self.pause_until


def tries_left(wrong: int) -> int:
    """Return how many tries are left before a pause, after so many wrong ones at one number, there or not (J2)."""
    return max(WRONG_TRIES_BEFORE_PAUSE - wrong, 0)


def is_last(wrong: int, guesses: int = 1) -> bool:
    """Say whether the next try closes the kiosk, after so many wrong ones within ``TRIES_WITHIN``.

    The twentieth is not looked at, right or wrong; a try that is two ``guesses`` counts as two. So an attacker has
    nineteen guesses each time somebody opens the kiosk: of at least 9,880 PINs that somebody can have made, 0.1923 %;
    twenty would be 0.2024 %.
    """
    return wrong + guesses >= LAST_TRY


def may_open(person: Person, unit: str) -> bool:
    """Say whether somebody may open the kiosks of a unit: its officers, and every coordinator (J2)."""
    return bool(person.role & OPENERS) or (bool(person.role & UNIT_OPENERS) and unit in person.units)


def keepers(unit: str, people: Sequence[Person], reach: Container[str]) -> list[Person]:
    """Return who is told that a kiosk of a unit has closed: of those whom a message reaches, its officers.

    Where there are none, its coordinators, or else any coordinator. Where a message reaches nobody, those who are told
    once it does.
    """
    return _keepers(unit, [each for each in people if each.id in reach]) or _keepers(unit, people)


def _keepers(unit: str, people: Sequence[Person]) -> list[Person]:
    officers, coordinators = _of(UNIT_OPENERS, unit, people), _of(OPENERS, unit, people)
    return officers or coordinators or [each for each in people if each.role & OPENERS]


def _of(roles: Role, unit: str, people: Iterable[Person]) -> list[Person]:
    return [each for each in people if each.role & roles and unit in each.units]
