"""What of somebody's work for the hub can be changed now: pages offer that, and nothing that would be refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.people import Person
from bot.domain.refusals import Refusal
from bot.domain.services import Hub
from bot.domain.staff import staff as rules
from bot.domain.staff.staff import Ties
from bot.store import bookings, people
from bot.usecases.turn import Turn


async def ties_of(turn: Turn, person: Person) -> Ties:
    """Return what ties somebody to their work: talks ahead, their inmates, and who else is there."""
    inmates = [each for each in await people.inmates(turn.tx) if each.officer == person.id]
    ahead = await bookings.ahead_of(turn.tx, person.id, turn.now)
    return Ties(tuple(await people.everybody(turn.tx)), tuple(ahead), tuple(inmates))


async def in_the_way(turn: Turn, before: Person, after: Person | None) -> Refusal | None:
    """Return why somebody cannot become this, or leave, if there is a reason."""
    return refused(before, after, turn.hub, await ties_of(turn, before))


async def possible(turn: Turn, before: Person, after: Person | None) -> None:
    """Refuse a change that cannot be made whatever one answers, before anybody is asked about it."""
    rules.may_become(before, after, turn.hub, await ties_of(turn, before))


def refused(before: Person, after: Person | None, hub: Hub, ties: Ties) -> Refusal | None:
    """Return why somebody with these ties cannot become this, or leave, if there is a reason."""
    return _refused(lambda: rules.may_become(before, after, hub, ties))


@dataclass(frozen=True, slots=True)
class Fixed:
    """The services and units of which somebody keeps what they have now, each with what refuses a change."""

    services: Mapping[str, Refusal]
    units: Mapping[str, Refusal]


async def fixed(turn: Turn, person: Person) -> Fixed:
    """Return what of somebody's work cannot be switched on or off now; refuse whom one does not take care of."""
    rules.managed(turn.person, person)
    ties = await ties_of(turn, person)

    def switch(services: frozenset[str], units: frozenset[str]) -> Refusal | None:
        return _refused(lambda: _switch(turn, person, services, units, ties))

    services = {key: switch(rules.toggled(person.services, key), person.units) for key in turn.hub.services}
    units = {key: switch(person.services, rules.toggled(person.units, key)) for key in turn.hub.units}
    return Fixed(_those(services), _those(units))


def _switch(turn: Turn, person: Person, services: frozenset[str], units: frozenset[str], ties: Ties) -> None:
    after = rules.managed(turn.person, rules.with_scope(person, services, units))
    rules.may_become(person, after, turn.hub, ties)


def _those(found: Mapping[str, Refusal | None]) -> dict[str, Refusal]:
    return {key: refusal for key, refusal in found.items() if refusal}


def _refused(work: Callable[[], None]) -> Refusal | None:
    try:
        work()
    except Refusal as refusal:
        return refusal
    return None
