"""What of somebody's work for the hub can be changed now: pages offer that, and nothing that would be refused."""

from collections.abc import Callable

from bot.domain import staff as rules
from bot.domain.people import Person
from bot.domain.refusals import Refusal
from bot.domain.services import Hub
from bot.domain.staff import Ties
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


async def fixed(turn: Turn, person: Person) -> frozenset[str]:
    """Return the services and units of somebody that cannot be switched on or off now."""
    ties = await ties_of(turn, person)

    def switch(services: frozenset[str], units: frozenset[str]) -> None:
        after = rules.managed(turn.person, rules.with_scope(person, services, units))
        rules.may_become(person, after, turn.hub, ties)

    services = (
        key
        for key in turn.hub.services
        if _refused(lambda key=key: switch(rules.toggled(person.services, key), person.units))  # type: ignore[misc]
    )
    units = (
        key
        for key in turn.hub.units
        if _refused(lambda key=key: switch(person.services, rules.toggled(person.units, key)))  # type: ignore[misc]
    )
    return frozenset((*services, *units))


def _refused(work: Callable[[], None]) -> Refusal | None:
    try:
        work()
    except Refusal as refusal:
        return refusal
    return None
