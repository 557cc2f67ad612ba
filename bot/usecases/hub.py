"""The hub as it is now: what hub.yaml says, with the staff, the sessions and the settings that were changed since."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain import languages as rules_of_languages
from bot.domain.people import ADVISERS, Person
from bot.domain.services import Hub, Service, Session
from bot.domain.staff import coverage
from bot.domain.subjects import HUB
from bot.domain.timetable import timetable as rules
from bot.store import languages, people, settings, timetable
from bot.store.database import Transaction
from bot.usecases.turn import Turn


async def composed(tx: Transaction, described: Hub) -> Hub:
    """Return the hub that hub.yaml and the database make together."""
    staff = await people.everybody(tx)
    changed = _in_order(described, _read(await settings.every(tx)))
    sessions = await _sessions(tx, described)
    services = {key: _with_advisers(service, staff) for key, service in described.services.items()}
    sessions = tuple(each for each in sessions if each.adviser in services[each.service].advisers)
    names = {person.id: described.names.get(person.id) or {"nb": person.name, "en": person.name} for person in staff}
    unread = rules_of_languages.unread(described.by_machine, await languages.signed(tx))
    hub = replace(described, services=services, sessions=sessions, names={**described.names, **names}, **changed)
    return replace(hub, by_machine=unread)


async def recompose(turn: Turn) -> Hub:
    """Let the rest of this turn, and every later one, see what has been changed in it."""
    turn.hub = await composed(turn.tx, turn.described or turn.hub)
    turn.touch(HUB)
    return turn.hub


def _read(values: Mapping[str, str]) -> dict[str, Any]:
    readers: dict[str, Callable[[str], Any]] = {
        "retention_days": int,
        "coordinator_reads": lambda value: value == "1",
        "lock_after": lambda value: timedelta(seconds=int(value)),
        "warn_after": lambda value: timedelta(seconds=int(value)),
    }
    return {name: readers[name](value) for name, value in values.items()}


def _in_order(described: Hub, changed: dict[str, Any]) -> dict[str, Any]:
    """Leave the times of an idle screen as hub.yaml has them, where what was changed does not fit them any more."""
    both = {"warn_after": described.warn_after, "lock_after": described.lock_after}
    times = {name: changed.get(name, value) for name, value in both.items()}
    return changed if times["warn_after"] < times["lock_after"] else {**changed, **both}


async def _sessions(tx: Transaction, described: Hub) -> tuple[Session, ...]:
    cancelled, added = await timetable.cancelled(tx), await timetable.added(tx)
    regular = [each for each in described.sessions if rules.id_of(described, each) not in cancelled]
    added = [each for each in added if each.service in described.services and each.room in described.rooms]
    return tuple(
        sorted([*regular, *added], key=lambda each: (each.day, each.hours[0].opens, each.service, each.adviser))
    )


def _with_advisers(service: Service, staff: list[Person]) -> Service:
    advisers = tuple(each.id for each in staff if service.key in each.services and each.role & ADVISERS)
    return replace(service, advisers=advisers, units=coverage.units_of(service.key, staff))
