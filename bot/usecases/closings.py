"""Counting wrong tries at a kiosk, closing it to codes, and opening it again (J2)."""

from bot.domain import closings as rules
from bot.domain.closings import TRIES_WITHIN, Closing
from bot.domain.people import Person
from bot.domain.refusals import NotAllowed, Stale
from bot.store import closings as store
from bot.store import people
from bot.usecases.turn import Turn


async def of_kiosk(turn: Turn) -> Closing | None:
    """Return the acting kiosk's closing; without one, people can sign in there."""
    return await store.closing_of(turn.tx, turn.session.kiosk)


async def close_at_last_try(turn: Turn) -> bool:
    """Say whether this try at the acting kiosk is one too many: then it closes, and the try is not looked at."""
    kiosk = turn.session.kiosk
    if not rules.is_last(await store.tries(turn.tx, kiosk, turn.now - TRIES_WITHIN)):
        return False
    await store.close(turn.tx, kiosk, turn.now)
    await turn.note("close_kiosk", kiosk)
    return True


async def count_wrong(turn: Turn) -> None:
    """Count a try that was wrong, at whatever number."""
    await store.add_try(turn.tx, turn.session.kiosk, turn.now)


async def keepers(turn: Turn, unit: str) -> list[Person]:
    """Return who may open the kiosks of a unit."""
    return rules.keepers(unit, await people.everybody(turn.tx))


async def before(turn: Turn, person: Person) -> list[Closing]:
    """Return the closed kiosks that somebody may open."""
    everybody = await people.everybody(turn.tx)
    return [each for each in await store.closed(turn.tx) if person in rules.keepers(each.unit, everybody)]


async def open_again(turn: Turn, kiosk: str, number: int) -> Closing:
    """Let people sign in at a kiosk again; a press on what was another closing changes nothing."""
    closing = await store.closing_of(turn.tx, kiosk)
    if closing is None or closing.number != number:
        raise Stale
    if turn.person not in await keepers(turn, closing.unit):
        raise NotAllowed
    await store.open_again(turn.tx, kiosk, turn.now)
    await turn.note("open_kiosk", kiosk)
    return closing
