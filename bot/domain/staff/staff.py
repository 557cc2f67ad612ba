"""Who of the staff may be added, changed and sent away, and by whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.domain.people import (
    ADMINS,
    ADVISERS,
    DUTIES,
    FOLLOWERS,
    MANAGERS,
    NEVER_WITHOUT,
    STAFF,
    Inmate,
    Person,
    Role,
)
from bot.domain.refusals import (
    HasInmates,
    LastOfKind,
    NoFreeNumber,
    NotAllowed,
    NotYourself,
    OutsideScope,
    ScopeEmpty,
    TalksAhead,
)
from bot.domain.services import Hub
from bot.domain.sizes import LONGEST
from bot.domain.timetable.bookings import Booking

ROLES = tuple(STAFF)
WITHOUT_UNITS = ADMINS
ID_LENGTH = 6
NAME_LENGTH = LONGEST["staff"]


def role_called(word: str) -> Role:
    """Return the role that a button or the log names; one that is none is nobody's."""
    return next((role for role in ROLES if str(role.name) == word), Role.NOBODY)


def roles_of(by: Person) -> tuple[Role, ...]:
    """Return the roles that somebody may give."""
    return tuple(role for role in ROLES if by.role in DUTIES[role].managed_by)


def sees(by: Person, whom: Person) -> bool:
    """Say whether somebody has this member of staff in the list: a coordinator, where a unit is shared."""
    return _manages_everywhere(by) or (bool(by.role & MANAGERS) and bool(whom.units & by.units))


def manages(by: Person, whom: Person) -> bool:
    """Say whether somebody may change this member of staff: a coordinator, where every unit is their own."""
    return _manages_everywhere(by) or (whom.role in roles_of(by) and whom.units <= by.units)


def _manages_everywhere(by: Person) -> bool:
    return bool(by.role & MANAGERS & WITHOUT_UNITS)


def units_within(by: Person, hub: Hub) -> list[str]:
    """Return the units that somebody may give to others, or take from them."""
    return [key for key in hub.units if _manages_everywhere(by) or key in by.units]


def managed(by: Person, whom: Person) -> Person:
    """Refuse whom somebody may not change."""
    if not manages(by, whom):
        raise NotAllowed if sees(by, whom) else OutsideScope
    return whom


def not_oneself(by: Person, whom: Person) -> None:
    """Nobody changes their own role or sends themselves away."""
    if by.id == whom.id:
        raise NotYourself


def still_somebody(staff: Iterable[Person], before: Person, after: Person | None, hub: Hub) -> None:
    """Refuse a change after which nobody could do what the hub cannot be without.

    That is an administrator, a coordinator, and in every unit somebody at the service where slips end that have no
    better place (F24).
    """
    others = [each for each in staff if each.id != before.id]
    then = [*others, after] if after else others
    if before.role in lacking(then):
        raise LastOfKind
    lost = unanswered(hub.triage, hub.units, then)
    if set(lost) - set(unanswered(hub.triage, hub.units, [*others, before])):
        raise LastOfKind


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties somebody to their work: everybody of the ``staff``, talks ``ahead`` with them, their ``inmates``."""

    staff: tuple[Person, ...]
    ahead: tuple[Booking, ...]
    inmates: tuple[Inmate, ...]


def may_become(before: Person, after: Person | None, hub: Hub, ties: Ties) -> None:
    """Refuse a change, or somebody's leaving, that leaves the hub without what it needs or their work undone.

    Talks outside the new scope are moved or cancelled first, and inmates get another contact officer; whoever leaves
    is not kept by them.
    """
    still_somebody(ties.staff, before, after, hub)
    if after is None:
        return
    if any(not after.answers(each.slot.service, each.unit) for each in ties.ahead):
        raise TalksAhead
    if any(not after.can_be_contact_in(each.unit) for each in ties.inmates):
        raise HasInmates


def lacking(staff: Collection[Person]) -> list[Role]:
    """Return the roles that a hub cannot be without and nobody of these has."""
    return [role for role in NEVER_WITHOUT if all(each.role is not role for each in staff)]


def unanswered(service: str, units: Iterable[str], staff: Collection[Person]) -> list[str]:
    """Return the units whose slips to a service nobody of these answers."""
    return [unit for unit in units if not any(each.answers(service, unit) for each in staff)]


def needs_units(role: Role) -> bool:
    """Say whether somebody with this role works with one unit at least."""
    return role not in WITHOUT_UNITS


def needs_services(role: Role) -> bool:
    """Say whether somebody with this role works for one service at least: those who answer slips."""
    return role in ADVISERS


def own_services(role: Role, hub: Hub) -> list[str]:
    """Return the services that come with a role: who follows up answers where slips end that have no better place."""
    return [hub.triage] if role & FOLLOWERS else []


def chooses_services(role: Role) -> bool:
    """Say whether services are chosen for somebody with this role, where none come with it."""
    return needs_services(role) and not role & FOLLOWERS


def with_scope(whom: Person, services: Collection[str], units: Collection[str]) -> Person:
    """Return somebody with another scope, or refuse an empty one where the role needs one."""
    if (needs_services(whom.role) and not services) or (needs_units(whom.role) and not units):
        raise ScopeEmpty
    return replace(whom, services=frozenset(services), units=frozenset(units))


def toggled(scope: frozenset[str], key: str) -> frozenset[str]:
    """Return a scope with this key in it or out of it, whichever it was not."""
    return scope ^ {key}


def next_id(role: Role, services: Iterable[str], units: Iterable[str], hub: Hub, taken: Collection[str]) -> str:
    """Return the next free id of a role: N4, KB-A4, TK2. One that was ever used is never used again."""
    prefix = _prefix(role, sorted(services), sorted(units), hub)
    numbers = [_number(each, prefix) for each in taken]
    found = f"{prefix}{max(numbers, default=0) + 1}"
    if len(found) > ID_LENGTH:
        raise NoFreeNumber
    return found


def _number(person: str, prefix: str) -> int:
    rest = person.removeprefix(prefix)
    if not person.startswith(prefix) or not (rest == "" or (rest.isascii() and rest.isdigit())):
        return 0
    return int(rest or 1)


def _prefix(role: Role, services: list[str], units: list[str], hub: Hub) -> str:
    duties = DUTIES[role]
    if duties.unit_in_id:
        return f"{duties.prefix}-{units[0]}" if len(units[0]) == 1 else f"{duties.prefix}{units[0]}"
    if duties.prefix:
        return duties.prefix
    colleagues = hub.services[services[0]].advisers
    prefixes = [each.rstrip("0123456789") for each in colleagues]
    return next((each for each in prefixes if each), services[0][0].upper())
