"""Everything that is done to theme nights: drafts, proposals, publishing, changing, cancelling (F34, F53)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.people import APPROVERS, PROPOSERS, Inmate, Person
from bot.domain.refusals import Stale
from bot.domain.reminders import OF_A_THEME_NIGHT
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights import checks as theme_night_checks
from bot.domain.theme_nights import tallies
from bot.domain.theme_nights import theme_nights as rules
from bot.domain.theme_nights.refusals import NightGone, SignUpTimesWrong
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.tallies import Tally
from bot.domain.theme_nights.theme_nights import Move, State, ThemeNight, Why
from bot.domain.timetable import timetable
from bot.store import claims, people, reminders, sign_ups
from bot.store import theme_nights as store
from bot.usecases.telling import audiences
from bot.usecases.telling.audiences import Concerned
from bot.usecases.theme_nights import seats
from bot.usecases.turn import Turn

STAYS_LISTED = timedelta(days=30)
WHEN_PUBLISHED = frozenset({"topic", "about", "host", "seats", "caps", "closes", "interpreter"})
"""What can still be changed when everybody has seen a night; anything else would break a promise."""


async def one(turn: Turn, number: int, person: Person | None = None) -> ThemeNight:
    """Return a night that somebody plans, or refuse: the coordinator's units, or a proposal of one's own."""
    night = await store.get(turn.tx, number)
    if night is None or not _plans(turn, person or turn.person, night):
        raise NightGone
    return night


def _plans(turn: Turn, person: Person, night: ThemeNight) -> bool:
    if person.role & APPROVERS:
        own_draft = night.state is not State.DRAFT or night.made_by == person.id
        return night.prison in turn.hub.prisons_of(person.units) and own_draft
    return bool(person.role & PROPOSERS) and night.made_by == person.id


async def planned(turn: Turn, person: Person) -> list[ThemeNight]:
    """Return the nights that somebody plans, the earliest first; those of the last weeks among them."""
    found = await store.ending_after(turn.tx, turn.now - STAYS_LISTED)
    return [night for night in found if _plans(turn, person, night)]


async def proposals(turn: Turn, person: Person, units: Collection[str]) -> list[ThemeNight]:
    """Return the proposals that wait for a coordinator, in the prisons of some of these units."""
    prisons = turn.hub.prisons_of(units)
    found = await planned(turn, person)
    return [night for night in found if night.state is State.PROPOSED and night.prison in prisons]


async def planners(turn: Turn, night: ThemeNight) -> list[Person]:
    """Return the coordinators who plan a night."""
    return [each for each in await people.with_role(turn.tx, APPROVERS) if _plans(turn, each, night)]


async def before(turn: Turn, night: ThemeNight) -> list[ThemeNight]:
    """Return the published nights at whose end the list of this one could open (F41)."""
    found = await store.ending_after(turn.tx, turn.now)
    return [
        each
        for each in found
        if each.state is State.PUBLISHED
        and each.id != night.id
        and each.ends < night.closes
        and each.prison == night.prison
    ]


async def coming(turn: Turn, units: Collection[str]) -> list[ThemeNight]:
    """Return the published nights for some of these units that are not over, the earliest first."""
    found = await store.ending_after(turn.tx, turn.now)
    return [night for night in found if night.state is State.PUBLISHED and set(units).intersection(night.units)]


async def find(turn: Turn, number: int) -> ThemeNight | None:
    """Return a night, for the hub's own work."""
    return await store.get(turn.tx, number)


async def time_has_come(turn: Turn, number: int) -> ThemeNight | None:
    """Return a night of which something is so now that was not before, by the clock alone."""
    night = await store.get(turn.tx, number)
    if night:
        touch(turn, night)
    return night


def touch(turn: Turn, night: ThemeNight) -> None:
    """Say that a night has changed: on its pages and lists, in the planners' overview, on the screens of its units."""
    of_night = (About.THEME_NIGHT, About.ANNOUNCED, About.LIST)
    turn.touch(*(Subject(kind, str(night.id)) for kind in of_night), Subject(About.PRISON, night.prison))
    if night.state in {State.PUBLISHED, State.CANCELLED}:
        turn.touch(*(Subject(About.UNIT, unit) for unit in night.units))


async def create(turn: Turn, night: ThemeNight) -> ThemeNight:
    """Keep a draft, or a copy of another night; everything that has been said so far must be possible."""
    if night.prison not in turn.hub.prisons_of(turn.person.units) or night.service not in turn.hub.services:
        raise NightGone
    theme_night_checks.checked(night, turn.hub, turn.now)
    night = replace(night, id=await store.add(turn.tx, night))
    touch(turn, night)
    await turn.note("night_created", night.holder)
    return night


async def change(turn: Turn, number: int, revision: int, **changes: Any) -> tuple[ThemeNight, tuple[SignUp, ...]]:
    """Change what is said of a night; return it, and who has the offer of a seat because of it."""
    night = rules.as_shown(await one(turn, number), revision)
    if night.state is State.PUBLISHED:
        _approves(turn)
        if not WHEN_PUBLISHED.issuperset(changes):
            raise Stale
    changed = rules.moved(night, Move.CHANGE, **changes)
    line = await sign_ups.of_theme_night(turn.tx, number)
    theme_night_checks.checked(changed, turn.hub, turn.now, tallies.tally(line).by_unit)
    if changed.state is State.PUBLISHED:
        _texts_stay(night, changed)
    await _keep(turn, changed, "night_changed")
    await seats.close_up(turn, changed)
    return changed, await seats.fill(turn, changed)


def _approves(turn: Turn) -> None:
    # A provider's proposal is the coordinator's from when it is published.
    if not turn.person.role & APPROVERS:
        raise NightGone


def _texts_stay(before: ThemeNight, after: ThemeNight) -> None:
    if any(not after.topic.get(language) for language in before.topic):
        raise Stale


async def publish(turn: Turn, number: int, revision: int) -> ThemeNight:
    """Let everybody see a night; its room is taken from now on."""
    published = await publishable(turn, number, revision)
    await claims.take(turn.tx, published.holder, [f"room:{published.room}"], published.starts, published.ends)
    await _keep(turn, published, "night_published")
    return published


async def publishable(turn: Turn, number: int, revision: int) -> ThemeNight:
    """Return a night as it will be when it is published, or refuse what is in the way; nothing is written."""
    night = rules.as_shown(await one(turn, number), revision)
    _approves(turn)
    published = theme_night_checks.publish(await _opened_after(turn, night), turn.hub, turn.now)
    await room_is_free(turn, published.room, published.starts, published.ends)
    return published


async def _opened_after(turn: Turn, night: ThemeNight) -> ThemeNight:
    if night.after is None:
        return night
    before = await store.get(turn.tx, night.after)
    if before is None or before.state is not State.PUBLISHED or before.ends >= night.closes:
        raise SignUpTimesWrong
    return replace(night, opens=before.ends)


async def room_is_free(turn: Turn, room: str, starts: datetime, ends: datetime) -> None:
    """Refuse a room that is somebody's cell, or in which there is something else at that time."""
    held = bool(await claims.holders(turn.tx, f"room:{room}", starts, ends))
    timetable.room_is_free(turn.hub, room, starts, ends, held=held)


async def propose(turn: Turn, number: int, revision: int) -> ThemeNight:
    """Hand a provider's draft to the coordinator."""
    night = rules.as_shown(await one(turn, number), revision)
    proposed = rules.moved(theme_night_checks.checked(night, turn.hub, turn.now), Move.PROPOSE)
    await _keep(turn, proposed, "night_proposed")
    return proposed


async def decline(turn: Turn, number: int, revision: int) -> ThemeNight:
    """Say no to a proposal, kindly."""
    night = rules.as_shown(await one(turn, number), revision)
    _approves(turn)
    declined = rules.moved(night, Move.DECLINE)
    await _keep(turn, declined, "night_declined")
    return declined


async def drop(turn: Turn, number: int, revision: int) -> None:
    """Delete a draft, or take one's own proposal back."""
    night = rules.as_shown(await one(turn, number), revision)
    if not rules.can_be_dropped(night, turn.person):
        raise Stale
    await store.delete(turn.tx, number)
    touch(turn, night)
    await turn.note("night_dropped", night.holder)


async def cancel(turn: Turn, number: int, revision: int, why: Why) -> tuple[ThemeNight, tuple[SignUp, ...]]:
    """Let a night not take place; return it, and everybody who had counted on it (F37)."""
    night = rules.as_shown(await one(turn, number), revision)
    _approves(turn)
    cancelled = rules.cancel(night, why, turn.now)
    called_off = await seats.call_off(turn, cancelled)
    await claims.give_back(turn.tx, night.holder)
    await _keep(turn, cancelled, "night_cancelled", str(why))
    return cancelled, called_off


async def copy(turn: Turn, number: int) -> ThemeNight:
    """Make a draft of the same theme night once more: last month's again, or a second one for those who wait."""
    night = rules.copied(await one(turn, number), turn.hub, turn.person.id, turn.now)
    night = replace(night, id=await store.add(turn.tx, night))
    touch(turn, night)
    await turn.note("night_copied", night.holder)
    return night


async def _keep(turn: Turn, night: ThemeNight, action: str, outcome: str = "done") -> None:
    await store.save(turn.tx, night)
    touch(turn, night)
    await reminders.replace(turn.tx, str(night.id), OF_A_THEME_NIGHT, rules.due_of(night, turn.hub, turn.now))
    await turn.note(action, night.holder, outcome)


async def concerned(turn: Turn, night: ThemeNight, groups: tuple[str, ...]) -> Concerned:
    """Count whom a night concerns before it is published; ``groups`` are names of roles."""
    return await audiences.concerned(turn, night.units, groups, lambda inmate: rules.invites(night, turn.hub, inmate))


async def invited(turn: Turn, night: ThemeNight) -> list[Inmate]:
    """Return everybody whom a night is for, by number."""
    return [each for each in await people.inmates(turn.tx) if rules.invites(night, turn.hub, each)]


async def tally(turn: Turn, night: ThemeNight) -> Tally:
    """Count a night's list; one that is deleted was counted before."""
    kept = await store.tally_of(turn.tx, night.id)
    return kept or tallies.tally(await sign_ups.of_theme_night(turn.tx, night.id))
