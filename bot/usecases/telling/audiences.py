"""Whom an announcement concerns: counted before it is published."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.notices.notices import reads
from bot.domain.people import Inmate, Person
from bot.store import chats as chat_rows
from bot.store import kiosks, people
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom an announcement reaches: screens, staff by person, and how many inmates it is for."""

    kiosks: tuple[str, ...]
    staff: tuple[Person, ...]
    inmates: int


async def concerned(
    turn: Turn, units: tuple[str, ...], groups: tuple[str, ...], is_for: Callable[[Inmate], bool]
) -> Concerned:
    """Count whom something at the screens of some units concerns; ``groups`` are names of roles that are told too."""
    places = await kiosks.units(turn.tx)
    staff = tuple(each for each in await people.everybody(turn.tx) if reads(each, groups, units))
    inmates = sum(is_for(each) for each in await people.inmates(turn.tx))
    return Concerned(tuple(kiosk for kiosk, unit in places.items() if unit in units), staff, inmates)


async def outside(turn: Turn, staff: Sequence[Person]) -> dict[str, int]:
    """Count those who read what they are told outside the house, by network; somebody may read it on two."""
    chats = await chat_rows.addresses_of(turn.tx, *(each.id for each in staff))
    ways = {(each.network, each.person) for each in chats if turn.goes_outside(each.network)}
    return dict(sorted(Counter(network for network, _ in ways).items()))
