"""Counting wrong tries at a kiosk, closing it to codes, and opening it again (J2)."""

from bot.domain.people import Person
from bot.domain.refusals import NotAllowed, Stale
from bot.domain.screen import closings as rules
from bot.domain.screen.closings import TRIES_WITHIN, Closing, Standing
from bot.domain.subjects import About, Subject
from bot.store import closings as store
from bot.store import people
from bot.usecases.telling.reach import within_reach
from bot.usecases.turn import Turn


async def of_kiosk(turn: Turn) -> Closing | None:
    """Return the acting kiosk's closing; without one, people can sign in there."""
    return await of(turn, turn.session.kiosk)


async def of(turn: Turn, kiosk: str) -> Closing | None:
    """Return a kiosk's closing; without one, people can sign in there."""
    return await store.closing_of(turn.tx, kiosk)


async def standing(turn: Turn, number: str) -> Standing:
    """Return how the acting kiosk stands to a number."""
    return await store.standing(turn.tx, turn.session.kiosk, number, turn.now - TRIES_WITHIN)


async def close(turn: Turn) -> None:
    """Close the acting kiosk."""
    await store.close(turn.tx, turn.session.kiosk, turn.now)
    _touch(turn, turn.session.kiosk, turn.session.unit)
    turn.news.add(Subject(About.KIOSK, turn.session.kiosk))
    await turn.note("close_kiosk", turn.session.kiosk)


def _touch(turn: Turn, kiosk: str, unit: str) -> None:
    turn.touch(Subject(About.KIOSK, kiosk), Subject(About.KIOSKS, unit))


async def count_wrong(turn: Turn, guesses: int) -> None:
    """Count a try that was wrong, at whatever number, as often as it was a guess."""
    for _ in range(guesses):
        await store.add_try(turn.tx, turn.session.kiosk, turn.now)


async def keepers(turn: Turn, unit: str) -> list[Person]:
    """Return who is told that a kiosk of a unit has closed."""
    reach, _ = await within_reach(turn)
    return rules.keepers(unit, await people.everybody(turn.tx), reach)


async def named(turn: Turn, about: str) -> Closing | None:
    """Return the closing with this name, whether the kiosk is open again or not."""
    kiosk, _, number = about.rpartition(":")
    return await store.numbered(turn.tx, kiosk, int(number))


async def tell_again(turn: Turn) -> None:
    """Let every closed kiosk be news to whoever can open it now: those who were told may be gone (J2)."""
    turn.news |= {Subject(About.KIOSK, each.kiosk) for each in await store.closed(turn.tx)}


async def before(turn: Turn, person: Person) -> list[Closing]:
    """Return the closed kiosks that somebody may open."""
    return [each for each in await store.closed(turn.tx) if rules.may_open(person, each.unit)]


async def open_again(turn: Turn, kiosk: str, number: int) -> Closing:
    """Let people sign in at a kiosk again; a press on what was another closing changes nothing."""
    closing = await store.closing_of(turn.tx, kiosk)
    if closing is None or closing.number != number:
        raise Stale
    if not rules.may_open(turn.person, closing.unit):
        raise NotAllowed
    await store.open_again(turn.tx, kiosk, turn.now)
    _touch(turn, kiosk, closing.unit)
    await turn.note("open_kiosk", kiosk)
    return closing
