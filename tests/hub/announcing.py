"""A made-up announcement to staff and kiosks in a hub that runs, begun as its coordinator begins one."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.domain.chat.messages import Line, View, once_for_all
from bot.domain.chat.uses import Span, Use
from bot.running.parts import Running
from bot.store import chats
from bot.store.moments import to_text
from bot.usecases import people
from bot.usecases.telling import broadcasts
from bot.usecases.turn import Turn
from handlers.chat.context import Context
from handlers.tables import context_of
from handlers.telling import broadcasts as pages
from tests.hub.whole_hub import WholeHub

ABOUT, NEWS, CORRECTED = "notice:0", "Det er åpent hus på torsdag.", "Det er åpent hus på fredag."
KEY = ABOUT
TODAY, A_WHILE = timedelta(hours=12), timedelta(hours=1)
THERE_IS_ONE = (
    "INSERT INTO notices (id, prison, state, revision, texts, urgent, units, staff, starts, ends, made_by, made_at)"
    " VALUES (0, 'FJ', 'published', 1, '{\"nb\": \"En beskjed til mange\"}', 0, '[]', '[]', :at, :ends, 'TK1', :at)"
    " ON CONFLICT DO NOTHING"
)
"""What the announcement is about: a notice of today that is for no unit; the next ones are numbered from 1."""


async def something_to_tell(turn: Turn) -> None:
    await turn.tx.run(THERE_IS_ONE, at=to_text(turn.now - A_WHILE), ends=to_text(turn.now + TODAY))


@asynccontextmanager
async def at_the_desk_of(hub: Running, who: str = "TK1") -> AsyncIterator[Context]:
    """A turn in which the coordinator acts, as if a button had been pressed."""
    async with hub.database.reading() as tx:
        [chat] = [each.chat_id for each in await chats.addresses_of(tx, who) if each.network == "house"]
    async with hub.turns.begin("house", chat) as turn:
        await people.meet(turn, "nb")
        yield context_of(hub.dispatch.application, turn)


@asynccontextmanager
async def at_the_desk(hub: WholeHub) -> AsyncIterator[Context]:
    """The same, of a hub for tests."""
    async with at_the_desk_of(hub.running) as context:
        yield context


def tell(context: Context, number: int, staff: Sequence[str], text: str = NEWS) -> None:
    build = once_for_all(lambda _: View((Line(text),)))
    for each in staff:
        context.broadcast(number, each, KEY, Use(Span.RUNNING_NOTICE, "0"), build)


async def tell_all(context: Context, staff: Sequence[str]) -> int:
    """Begin to tell them, without a page of it."""
    await something_to_tell(context.turn)
    number = await broadcasts.begin(context.turn, ABOUT, staff, [])
    tell(context, number, staff)
    return number


async def announce(hub: WholeHub, staff: Sequence[str], kiosks: Sequence[str] = (), *, paused: bool = False) -> int:
    """Begin to tell them; the page of it stands in the coordinator's chat."""
    async with at_the_desk(hub) as context:
        await something_to_tell(context.turn)
        number = await broadcasts.begin(context.turn, ABOUT, staff, kiosks)
        tell(context, number, staff)
        if paused:
            await broadcasts.pause(context.turn, number)
        await pages.show(context, number)
    return number
