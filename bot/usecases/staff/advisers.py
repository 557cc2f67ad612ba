"""Which advisers can answer whom: those of the service who work with the unit, and whom something reaches."""

from bot.store import people
from bot.usecases.telling.reach import within_reach
from bot.usecases.turn import Turn


async def answering(turn: Turn, service: str, unit: str) -> set[str]:
    """Return the advisers of a service who work with a unit."""
    return {each.id for each in await people.answering(turn.tx) if each.answers(service, unit)}


async def still_there(turn: Turn, adviser: str | None, service: str, unit: str) -> str | None:
    """Return an adviser who can answer and can be reached; in place of another any may answer, which is None."""
    if adviser is None or adviser not in await answering(turn, service, unit):
        return None
    reach, _ = await within_reach(turn)
    return adviser if adviser in reach else None
