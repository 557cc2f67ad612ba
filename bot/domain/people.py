"""Who is who: persons with one role and a scope, and the rules of signing in."""

import json
from dataclasses import dataclass
from datetime import timedelta
from enum import Flag, auto

INVITE_LIFETIME = timedelta(minutes=15)
WRONG_TRIES_BEFORE_PAUSE = 3
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=10))
PIN_LENGTH = 4
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


SCREEN = Role.KIOSK | Role.INMATE
STAFF = (
    Role.PROVIDER | Role.SOCIAL_ADVISER | Role.OFFICER | Role.COORDINATOR | Role.DUTY_LEADER | Role.ADMIN | Role.AUDITOR
)
ADVISERS = Role.PROVIDER | Role.SOCIAL_ADVISER


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
        return service in self.services and unit in self.units

    @property
    def scope(self) -> str:
        """Write down role and scope: an invitation is good only for those it was made for."""
        services, units = sorted(self.services), sorted(self.units)
        return json.dumps({"role": self.role.name, "services": services, "units": units})


@dataclass(frozen=True, slots=True)
class Inmate:
    """A person in prison, known by the number of the unit and a language; the alias never leaves the hub."""

    id: str
    unit: str
    alias: str
    language: str


def pause_after(wrong: int) -> timedelta | None:
    """Return the pause that the ``wrong``-th wrong try brings: 1, 5, then at most 10 minutes (J2), or none."""
    if wrong < WRONG_TRIES_BEFORE_PAUSE:
        return None
    return PAUSES[min(wrong - WRONG_TRIES_BEFORE_PAUSE, len(PAUSES) - 1)]
