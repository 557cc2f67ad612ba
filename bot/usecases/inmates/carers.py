"""Whom the staff take care of: contact officers their own, the social adviser everybody in the units served (F25)."""

from bot.domain.people import Inmate
from bot.domain.refusals import OutsideScope
from bot.store import people
from bot.usecases.turn import Turn


async def cared_for(turn: Turn) -> list[Inmate]:
    """Return the inmates whom the acting member of staff takes care of, by number."""
    return [each for each in await people.inmates(turn.tx) if turn.person.cares_for(each)]


async def somebody(turn: Turn, number: str) -> Inmate:
    """Return an inmate whom the acting member of staff takes care of; anybody else does not exist (F25)."""
    inmate = await people.inmate(turn.tx, number)
    if inmate is None or not turn.person.cares_for(inmate):
        raise OutsideScope
    return inmate
