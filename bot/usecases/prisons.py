"""Which units somebody looks at who serves one to three prisons: those of one prison, or of all at once (F110)."""

from bot.domain.people import Person
from bot.domain.refusals import NotAllowed
from bot.usecases.turn import Turn

ALL = "-"


def units_at(turn: Turn, person: Person, prison: str) -> frozenset[str]:
    """Return the units of a prison that are within somebody's scope, or of all; a prison outside it is refused."""
    if prison == ALL:
        return person.units
    units = person.units & set(turn.hub.units_of(prison))
    if not units:
        raise NotAllowed
    return units
