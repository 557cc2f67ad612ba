"""People in prison, by number alone: listed, added when they arrive, and given a contact officer."""

from bot.domain import subjects
from bot.domain.inmates import aliases
from bot.domain.inmates import inmates as rules
from bot.domain.people import CONTACTS, Inmate, Person
from bot.domain.refusals import NotUsable, NumberTaken, OutsideScope, Stale
from bot.store import people, pins, slips
from bot.usecases import sizes
from bot.usecases.turn import Turn


async def of_unit(turn: Turn, unit: str) -> list[Inmate]:
    """Return everybody in a unit that the acting coordinator serves."""
    rules.within(turn.person, unit)
    return [each for each in await people.inmates(turn.tx) if each.unit == unit]


async def mine(turn: Turn, number: str) -> Inmate:
    """Return somebody of a unit that the acting coordinator serves; whoever is outside does not exist (F25)."""
    found = await people.inmate(turn.tx, number)
    if found is None:
        raise OutsideScope
    rules.within(turn.person, found.unit)
    return found


async def in_need_of_pin_letters(turn: Turn) -> list[Inmate]:
    """Return everybody without a PIN and without a letter in the units that the acting coordinator serves.

    A letter that is out stays good: another one would end it.
    """
    has = await pins.with_pin(turn.tx, turn.hub.pin_digits) | set(await pins.pin_letters(turn.tx, turn.now))
    return [each for each in await people.inmates(turn.tx) if each.id not in has and each.unit in turn.person.units]


async def has_pin(turn: Turn, inmate: Inmate) -> bool:
    """Say whether somebody has set a PIN."""
    return inmate.id in await pins.with_pin(turn.tx, turn.hub.pin_digits)


async def officers(turn: Turn, unit: str) -> list[Person]:
    """Return who may be contact officer in a unit."""
    return [each for each in await people.with_role(turn.tx, CONTACTS) if each.can_be_contact_in(unit)]


async def change_officer(turn: Turn, number: str, officer: str) -> Inmate:
    """Give somebody another contact officer; what the one before was shown of them is taken away."""
    inmate = await mine(turn, number)
    await _is_officer(turn, officer, inmate.unit)
    if inmate.officer == officer:
        return inmate
    await people.change_officer(turn.tx, inmate.id, officer)
    turn.touch(subjects.INMATES, subjects.inmate(inmate.id), subjects.person(officer))
    if inmate.officer:
        theirs = [slip.code for slip in await slips.of_one(turn.tx, inmate.id)]
        turn.touch(subjects.person(inmate.officer))
        turn.hide(inmate.officer, subjects.named(inmate.id) | subjects.slips(*theirs))
    await turn.note("officer", inmate.id, officer)
    return await mine(turn, number)


async def _is_officer(turn: Turn, officer: str, unit: str) -> None:
    if officer not in {each.id for each in await officers(turn, unit)}:
        raise Stale


async def next_number(turn: Turn, unit: str) -> str:
    """Return the lowest free number of a unit."""
    return rules.next_number(unit, await _taken(turn))


async def number_typed(turn: Turn, text: str, unit: str) -> str:
    """Return the number that somebody typed, if it is free."""
    return rules.number_typed(text, unit, await _taken(turn))


async def _taken(turn: Turn) -> set[str]:
    return {each.id for each in await people.inmates(turn.tx)}


async def free_aliases(turn: Turn, page: int) -> list[str]:
    """Return some invented names that nobody has."""
    return aliases.free({each.alias for each in await people.inmates(turn.tx)}, page)


async def add(turn: Turn, inmate: Inmate) -> Inmate:
    """Add a new arrival, without a PIN: the letter brings the first code."""
    rules.within(turn.person, inmate.unit)
    await sizes.room_for_inmate(turn)
    if inmate.id in await _taken(turn):
        raise NumberTaken
    if inmate.alias.split()[0] not in aliases.NAMES or inmate.escort not in rules.ESCORTS:
        raise NotUsable
    if inmate.officer:
        await _is_officer(turn, inmate.officer, inmate.unit)
    await people.add_inmate(turn.tx, inmate, None)
    turn.touch(subjects.INMATES, subjects.inmate(inmate.id))
    if inmate.officer:
        turn.touch(subjects.person(inmate.officer))
    await turn.note("add_inmate", inmate.id)
    return inmate
