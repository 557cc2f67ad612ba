"""Who is who: persons with one role and a scope, and the rules of signing in."""

import json
from collections.abc import Callable, Collection, Set
from dataclasses import dataclass
from datetime import timedelta
from enum import Flag, auto
from functools import reduce
from operator import or_

from bot.domain.whole import Whole

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What a role is.

    Ids of its people begin with its ``prefix``, and in some roles with the ``unit`` as well; without one they
    begin as those of the service do. ``at_screen`` are those who stand at a kiosk, ``works`` who is of the staff.
    Who ``cares`` does so for all of a unit; a ``contact``, for those alone whose contact officer it is. Who plans
    theme nights and approves none proposes them. Who ``opens_own_kiosks`` hears of a closed one before those who open
    all. Who ``hears_of_chats`` is told where messages reach nobody; who ``follows_up``, where a promise is broken.
    """

    works: bool = True
    at_screen: bool = False
    prefix: str = ""
    unit_in_id: bool = False
    managed_by: Role = Role.ADMIN
    never_without: bool = False
    needs_units: bool = True
    advises: bool = False
    answers_by_phone: bool = False
    cares: bool = False
    contact: bool = False
    writes_for_inmates: bool = False
    takes_in: bool = False
    opens_own_kiosks: bool = False
    opens_all_kiosks: bool = False
    plans_theme_nights: bool = False
    approves_theme_nights: bool = False
    announces: bool = False
    follows_up: bool = False
    hears_of_chats: bool = False
    sees_lists: bool = False
    sees_settings: bool = False
    changes_settings: bool = False
    changes_roles: bool = False
    hears_notices: bool = False
    has_a_day: bool = False


_BOTH = Role.ADMIN | Role.COORDINATOR

DUTIES: Whole[Role, Duties] = Whole(
    "what a role is",
    Role,
    {
        Role.OFFICER: Duties(
            prefix="KB",
            unit_in_id=True,
            managed_by=_BOTH,
            cares=True,
            contact=True,
            writes_for_inmates=True,
            opens_own_kiosks=True,
            sees_lists=True,
            hears_notices=True,
            has_a_day=True,
        ),
        Role.PROVIDER: Duties(
            managed_by=_BOTH, advises=True, plans_theme_nights=True, hears_notices=True, has_a_day=True
        ),
        Role.SOCIAL_ADVISER: Duties(
            prefix="SK",
            managed_by=_BOTH,
            advises=True,
            cares=True,
            writes_for_inmates=True,
            follows_up=True,
            sees_lists=True,
            hears_notices=True,
            has_a_day=True,
        ),
        Role.DUTY_LEADER: Duties(prefix="VL", hears_notices=True, has_a_day=True),
        Role.ADMIN: Duties(
            prefix="ADM",
            never_without=True,
            needs_units=False,
            sees_settings=True,
            changes_settings=True,
            changes_roles=True,
        ),
        Role.COORDINATOR: Duties(
            prefix="TK",
            never_without=True,
            answers_by_phone=True,
            writes_for_inmates=True,
            takes_in=True,
            opens_all_kiosks=True,
            plans_theme_nights=True,
            approves_theme_nights=True,
            announces=True,
            hears_of_chats=True,
            sees_lists=True,
            sees_settings=True,
            has_a_day=True,
        ),
        Role.AUDITOR: Duties(prefix="REV", needs_units=False),
        Role.KIOSK: Duties(works=False, at_screen=True),
        Role.INMATE: Duties(works=False, at_screen=True),
        Role.STRANGER: Duties(works=False),
    },
)
"""Rows stand in the order in which a notice names its groups, and a hub what it lacks."""


def _those(has: Callable[[Duties], bool]) -> tuple[Role, ...]:
    return tuple(role for role, duties in DUTIES.items() if has(duties))


def _any(has: Callable[[Duties], bool]) -> Role:
    return reduce(or_, _those(has), Role.NOBODY)


STAFF = _any(lambda each: each.works)
SCREEN = _any(lambda each: each.at_screen)
ADMINS = _any(lambda each: each.works and not each.needs_units)
ADVISERS = _any(lambda each: each.advises)
ANSWERERS = _any(lambda each: each.advises or each.answers_by_phone)
BY_PHONE = _any(lambda each: each.answers_by_phone)
CARERS = _any(lambda each: each.cares)
CONTACTS = _any(lambda each: each.contact)
WRITERS = _any(lambda each: each.writes_for_inmates)
RECEIVERS = _any(lambda each: each.takes_in)
UNIT_OPENERS = _any(lambda each: each.opens_own_kiosks)
OPENERS = _any(lambda each: each.opens_all_kiosks)
PLANNERS = _any(lambda each: each.plans_theme_nights)
APPROVERS = _any(lambda each: each.approves_theme_nights)
PROPOSERS = PLANNERS & ~APPROVERS
ANNOUNCERS = _any(lambda each: each.announces)
FOLLOWERS = _any(lambda each: each.follows_up)
CHAT_KEEPERS = _any(lambda each: each.hears_of_chats)
LISTERS = _any(lambda each: each.sees_lists)
SETTINGS_READERS = _any(lambda each: each.sees_settings)
SETTERS = _any(lambda each: each.changes_settings)
ROLE_CHANGERS = _any(lambda each: each.changes_roles)
WITH_A_DAY = _any(lambda each: each.has_a_day)
MANAGERS = reduce(or_, (each.managed_by for each in DUTIES.values() if each.works))

READERS = _those(lambda each: each.hears_notices)
"""The groups of the staff that a notice, or the news of a theme night, can go to."""

NEVER_WITHOUT = _those(lambda each: each.never_without)


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
        # Everybody of the staff is asked for each slip on a page: what most of them lack comes first.
        return service in self.services and unit in self.units and self.role in ADVISERS

    def has_answered(self, services: Set[str], unit: str) -> bool:
        """Say whether a slip of this unit, which one of these services has or had, is within the scope."""
        return unit in self.units and not self.services.isdisjoint(services) and self.role in ADVISERS

    def cares_for(self, inmate: "Inmate") -> bool:
        """Say whether this person may write for an inmate and tell answers: the contact officer, or the social adviser.

        An inmate outside the scope does not exist for an officer (F25).
        """
        if self.role & CONTACTS:
            return inmate.officer == self.id
        return bool(self.role & CARERS) and inmate.unit in self.units

    def can_be_contact_in(self, unit: str) -> bool:
        """Say whether this person may be the contact officer of somebody in a unit."""
        return bool(self.role & CONTACTS) and unit in self.units

    @property
    def scope(self) -> str:
        """Write down role and scope: an invitation is good only for those it was made for."""
        services, units = sorted(self.services), sorted(self.units)
        return json.dumps({"role": self.role.name, "services": services, "units": units})


@dataclass(frozen=True, slots=True)
class Inmate:
    """A person in prison, known by the number of the unit and a language; the alias never leaves the hub.

    ``officer`` is the contact officer; ``escort`` how many of the staff walk along to a talk (F59);
    ``interpreter`` says that a talk needs one (F115). At a screen they may have chosen a ``screen_language``.
    """

    id: str
    unit: str
    alias: str
    language: str
    officer: str | None = None
    escort: int = 0
    interpreter: bool = False
    screen_language: str | None = None

    def spoken(self, languages: Collection[str], otherwise: str) -> str:
        """Return in which of the languages of the screens one speaks to them: chosen at one, on record, or none."""
        return next((each for each in (self.screen_language, self.language) if each in languages), None) or otherwise


def pause_after(wrong: int) -> timedelta | None:
    """Return the pause that the ``wrong``-th wrong try brings: 1, 5, then at most 10 minutes (J2), or none."""
    if wrong < WRONG_TRIES_BEFORE_PAUSE:
        return None
    return PAUSES[min(wrong - WRONG_TRIES_BEFORE_PAUSE, len(PAUSES) - 1)]
