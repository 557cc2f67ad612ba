"""Adding, changing and sending away those who work at the hub, as far as whoever does it may."""

from dataclasses import dataclass, replace

from bot.domain import subjects
from bot.domain.people import ADVISERS, Person, Role
from bot.domain.refusals import NotUsable, Stale
from bot.domain.slips.slips import Slip
from bot.domain.staff import staff as rules
from bot.domain.timetable.bookings import Booking
from bot.store import bookings, people
from bot.store import chats as chat_rows
from bot.usecases import hub, sizes
from bot.usecases import people as people_cases
from bot.usecases.screen import closings
from bot.usecases.staff import coverage, devices, letting_go, scopes
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff as a page shows them; ``revision`` moves with every change.

    ``accounts`` are the networks on which they have joined, ``talks`` counts what is booked or offered ahead,
    ``inmates`` those whose contact officer they are. The hub cannot be without whoever is ``needed``.
    """

    person: Person
    revision: int
    accounts: tuple[str, ...]
    talks: int
    inmates: int
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of somebody's scope brought about: slips open to colleagues, and times that were theirs."""

    person: Person
    slips: tuple[Slip, ...]
    times: tuple[Booking, ...]


async def members(turn: Turn, role: Role) -> list[Person]:
    """Return the staff with one role, as far as the acting person has them in the list."""
    return [each for each in await people.with_role(turn.tx, role) if rules.sees(turn.person, each)]


async def member(turn: Turn, person: str) -> Member:
    """Return one of the staff, or refuse as ``found`` finds nobody."""
    there = await found(turn, person)
    if there is None:
        raise Stale
    return there


async def found(turn: Turn, person: str) -> Member | None:
    """Return one of the staff; somebody who has left, or was never in the acting person's list, is not there."""
    there = await people.person(turn.tx, person)
    if there is None or there.role is Role.NOBODY or not rules.sees(turn.person, there):
        return None
    return await _member(turn, there)


async def _member(turn: Turn, found: Person) -> Member:
    accounts = dict.fromkeys(reader.network for reader in await chat_rows.addresses_of(turn.tx, found.id))
    ties, revision = await scopes.ties_of(turn, found), await people.revision(turn.tx, found.id)
    needed = scopes.refused(found, None, turn.hub, ties) is not None
    return Member(found, revision, tuple(accounts), len(ties.ahead), len(ties.inmates), needed)


async def _changeable(turn: Turn, person: str, revision: int) -> Person:
    found = await member(turn, person)
    if found.revision != revision:
        raise Stale
    return rules.managed(turn.person, found.person)


async def invite(turn: Turn, person: str) -> str:
    """Make a one-time code for somebody whom the acting person takes care of."""
    found = await member(turn, person)
    return await people_cases.invite(turn, rules.managed(turn.person, found.person).id)


async def next_id(turn: Turn, role: Role, services: list[str], units: list[str]) -> str:
    """Return the id that a new member of staff would get."""
    return rules.next_id(role, services, units, turn.hub, await people.ids(turn.tx))


async def add(turn: Turn, role: Role, name: str | None, services: list[str], units: list[str]) -> Person:
    """Add somebody to the staff, who joins with an invitation; without a typed name the role and id are it."""
    if set(services) - set(turn.hub.services) or set(units) - set(turn.hub.units):
        raise Stale
    scope = rules.with_scope(Person("", role, "", turn.hub.languages[0]), services, units)
    rules.managed(turn.person, scope)
    await sizes.room_for_staff(turn)
    person = await next_id(turn, role, services, units)
    new = replace(scope, id=person, name=name or person)
    await people.add_person(turn.tx, new)
    turn.touch(subjects.person(new.id))
    await turn.note("add_person", new.id, str(role.name))
    await hub.recompose(turn)
    return new


async def with_role(
    turn: Turn, person: str, revision: int, role: Role, services: list[str], units: list[str]
) -> tuple[Person, Person]:
    """Return somebody as they are, and as they would be in another role with its scope."""
    found = await _changeable(turn, person, revision)
    rules.not_oneself(turn.person, found)
    return found, rules.with_scope(replace(found, role=role), services, units)


async def set_role(turn: Turn, person: str, revision: int, role: Role, services: list[str], units: list[str]) -> Change:
    """Give somebody another role with its scope; whatever they did in the old one is done or given to others first."""
    before, after = await with_role(turn, person, revision, role, services, units)
    return await _change(turn, before, after, "role", str(role.name), keep=False)


async def with_service(turn: Turn, person: str, service: str, revision: int) -> tuple[Person, Person]:
    """Return somebody as they are, and as they would be with a service more, or one less."""
    found = await _changeable(turn, person, revision)
    if service not in turn.hub.services or not found.role & ADVISERS:
        raise Stale
    return found, rules.with_scope(found, rules.toggled(found.services, service), found.units)


async def toggle_service(turn: Turn, person: str, service: str, revision: int) -> Change:
    """Let somebody work for a service more, or for one less."""
    before, after = await with_service(turn, person, service, revision)
    return await _change(turn, before, after, "scope", _sign(service, after.services))


async def with_unit(turn: Turn, person: str, unit: str, revision: int) -> tuple[Person, Person]:
    """Return somebody as they are, and as they would be with a unit more, or one less."""
    found = await _changeable(turn, person, revision)
    if unit not in turn.hub.units:
        raise Stale
    units = rules.toggled(found.units, unit)
    return found, rules.managed(turn.person, rules.with_scope(found, found.services, units))


async def toggle_unit(turn: Turn, person: str, unit: str, revision: int) -> Change:
    """Let somebody work with a unit more, or with one less."""
    before, after = await with_unit(turn, person, unit, revision)
    return await _change(turn, before, after, "scope", _sign(unit, after.units))


def _sign(key: str, scope: frozenset[str]) -> str:
    return f"+{key}" if key in scope else f"-{key}"


async def _change(turn: Turn, before: Person, after: Person, action: str, outcome: str, *, keep: bool = True) -> Change:
    """Write a change: talks ahead outside the new scope refuse it, slips taken there are open to colleagues again."""
    rules.may_become(before, after, turn.hub, await scopes.ties_of(turn, before))
    await people.add_person(turn.tx, after)
    turn.touch(subjects.person(after.id))
    opened = await letting_go.slips_of(turn, before, after, anew=not keep)
    await turn.note(action, after.id, outcome)
    await hub.recompose(turn)
    await closings.tell_again(turn)
    opened = _once([*opened, *await coverage.hand_on(turn)])
    turn.outdated[after.id] = await letting_go.messages_of(turn, after, keep=keep)
    return Change(after, tuple(opened), ())


async def revoke(turn: Turn, person: str, revision: int) -> Change:
    """Send somebody away: every account and device at once, what their chats showed is taken away.

    Their talks ahead are cancelled: the place in line stays, there is a promise again, and the inmate is told that the
    adviser could not. Whoever must lose access at once does not keep it because of a booked talk.
    """
    found = await _changeable(turn, person, revision)
    rules.not_oneself(turn.person, found)
    rules.may_become(found, None, turn.hub, await scopes.ties_of(turn, found))
    times = tuple(await bookings.ahead_of(turn.tx, found.id, turn.now))
    gone = replace(found, role=Role.NOBODY, services=frozenset(), units=frozenset())
    # What is cancelled finds its next owner among those who are left.
    await people.add_person(turn.tx, gone)
    await hub.recompose(turn)
    cancelled = [await letting_go.cancel(turn, each) for each in times]
    opened = await letting_go.slips_of(turn, found, gone)
    await devices.end_all_of(turn, person=found.id)
    theirs = [each.id for each in await people.inmates(turn.tx) if each.officer == found.id]
    await people.retire(turn.tx, found.id)
    turn.touch(subjects.person(found.id), *map(subjects.inmate, theirs))
    await turn.note("revoke", found.id)
    await hub.recompose(turn)
    await closings.tell_again(turn)
    return Change(gone, tuple(_once([*cancelled, *opened, *await coverage.hand_on(turn)])), times)


def _once(found: list[Slip]) -> list[Slip]:
    return list({each.code: each for each in found}.values())


def name_typed(text: str) -> str:
    """Return a typed name, or refuse one that is none."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= rules.NAME_LENGTH or not name.isprintable() or name.startswith("/"):
        raise NotUsable
    return name


async def on_record(turn: Turn, person: str) -> Person | None:
    """Return somebody who works or worked at the hub."""
    return await people.person(turn.tx, person)
