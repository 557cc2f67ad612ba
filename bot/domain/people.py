"""Who is who: persons with one role and a scope, and the rules of signing in."""

import json
from dataclasses import dataclass
from datetime import timedelta
from enum import Flag, auto

INVITE_LIFETIME = timedelta(minutes=15)
PIN_CODE_LIFETIME = timedelta(minutes=5)
PIN_LETTER_LIFETIME = timedelta(days=14)
WRONG_TRIES_WITH_CODE = 3
WRONG_TRIES_BEFORE_PAUSE = 3
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=10))
PIN_LENGTHS = (4, 6)
NUMBER_LENGTH = 2


class Role(Flag):
    """What somebody is to the hub; combine with ``|`` to say who may."""

    NOBODY = 0
    KIOSK = auto()
    INMATE = auto()
    PROVIDER = auto()
    SOCIAL_ADVISER = auto()
    OFFICER = auto()
    COORDINATOR = auto()
    DUTY_LEADER = auto()
    ADMIN = auto()
    AUDITOR = auto()
    STRANGER = auto()


ADMINS = Role.ADMIN | Role.AUDITOR
CARERS = Role.OFFICER | Role.SOCIAL_ADVISER
SCREEN = Role.KIOSK | Role.INMATE
STAFF = (
    Role.PROVIDER | Role.SOCIAL_ADVISER | Role.OFFICER | Role.COORDINATOR | Role.DUTY_LEADER | Role.ADMIN | Role.AUDITOR
)
ADVISERS = Role.PROVIDER | Role.SOCIAL_ADVISER
ANSWERERS = ADVISERS | Role.COORDINATOR


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the hub; ``services`` and ``units`` are the scope of the role."""

    id: str
    role: Role
    name: str
    language: str
    services: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def answers(self, service: str, unit: str) -> bool:
        """Say whether a slip of this service and unit is within the scope."""
        return self.role in ADVISERS and service in self.services and unit in self.units

    def cares_for(self, inmate: "Inmate") -> bool:
        """Say whether this person may write for an inmate and tell answers: the contact officer, or the social adviser.

        An inmate outside the scope does not exist for an officer (F25).
        """
        if self.role is Role.OFFICER:
            return inmate.officer == self.id
        return self.role is Role.SOCIAL_ADVISER and inmate.unit in self.units

    def can_be_contact_in(self, unit: str) -> bool:
        """Say whether this person may be the contact officer of somebody in a unit."""
        return self.role is Role.OFFICER and unit in self.units

    @property
    def scope(self) -> str:
        """Write down role and scope: an invitation is good only for those it was made for."""
        services, units = sorted(self.services), sorted(self.units)
        return json.dumps({"role": self.role.name, "services": services, "units": units})


@dataclass(frozen=True, slots=True)
class Inmate:
    """A person in prison, known by the number of the unit and a language; the alias never leaves the hub.

    ``officer`` is the contact officer; ``escort`` how many of the staff walk along to a talk (F59);
    ``interpreter`` says that a talk needs one (F115).
    """

    id: str
    unit: str
    alias: str
    language: str
    officer: str | None = None
    escort: int = 0
    interpreter: bool = False


def pause_after(wrong: int) -> timedelta | None:
    """Return the pause that the ``wrong``-th wrong try brings: 1, 5, then at most 10 minutes (J2), or none."""
    if wrong < WRONG_TRIES_BEFORE_PAUSE:
        return None
    return PAUSES[min(wrong - WRONG_TRIES_BEFORE_PAUSE, len(PAUSES) - 1)]
