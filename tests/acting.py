"""Acting at a running hub as somebody of the staff, where no button is needed for what a test is about."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.domain.slips import Slip
from bot.store import people
from bot.usecases import slips
from bot.usecases.turn import Actor
from handlers import tables
from handlers.context import Context
from tests.whole_hub import WholeHub


@asynccontextmanager
async def acting(hub: WholeHub, person_id: str) -> AsyncIterator[Context]:
    """Open a turn in which this person acts."""
    await hub.settled()
    async with hub.running.turns.begin() as turn:
        person = await people.person(turn.tx, person_id)
        assert person is not None
        turn.actor = Actor(person.role, person.id, person.language, person=person)
        yield tables.context_of(hub.running.dispatch.application, turn)
    await hub.settled()


async def tell_everybody(context: Context, slip: Slip) -> None:
    """Do what is done after every change of a slip."""
    for follow in tables.FOLLOWERS:
        await follow(context, await slips.facts(context.turn, slip))
