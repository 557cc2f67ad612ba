"""How a deed is done in a test: by whom, at which screen, and after what."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.subjects import About
from bot.store import people as rows_of_people
from bot.usecases.screen import kiosks
from bot.usecases.turn import Actor, Turn

Do = Callable[[Turn], Awaitable[object]]
THURSDAY = date(2027, 1, 14)


async def nothing(_turn: Turn) -> None:
    """Needs no preparation."""


@dataclass(frozen=True)
class Deed:
    """One thing that is done, after what must be so ``before`` it; whatever tells of what it ``deletes`` goes too."""

    group: str
    name: str
    do: Do
    before: Do = nothing
    deletes: frozenset[About] = frozenset()


async def by(turn: Turn, who: str) -> Turn:
    """Let somebody of the staff act."""
    person = await rows_of_people.person(turn.tx, who)
    assert person
    turn.actor, turn.place = Actor(person.role, person.id, person.language, person=person), None
    return turn


async def at(turn: Turn, inmate: str, kiosk: str = "K-A") -> Turn:
    """Let an inmate act at a screen."""
    await kiosks.act_for(turn, kiosk)
    turn.change_session(inmate=inmate, draft=None, view="home")
    turn.place = kiosk
    return turn


def later(turn: Turn, **by_: float) -> None:
    """Let time pass for what is done next."""
    turn.now += timedelta(**by_)
