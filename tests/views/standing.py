"""What stands in the chats of the staff: every view opened once, and what is read in it after something was done."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.delivery.turns import Turns
from bot.domain.chat.uses import STANDS
from bot.domain.subjects import About, Subject
from bot.store import people
from bot.store.database import Row, Transaction
from bot.usecases.hashing import Hashes, Question, Uncounted
from bot.usecases.turn import Turn
from handlers import tables
from handlers.chat.context import PAGE, Context
from handlers.chat.views import written
from tests.hub.whole_hub import WholeHub
from tests.views.deeds.doing import Deed, Do
from tests.views.seen import Said, Views, views

AT = "opened at "
"""What the keys begin with of messages in which a page was opened: as on a start page, their keys do not say which."""


COUNTED: dict[Question, asyncio.Future[bool | str]] = {}


Result = TypeVar("Result")

Known = dict[Do, Views]
"""All views after what is done before a deed."""


class UndoneError(Exception):
    """Takes a deed back, so that the next one finds the prison as it was."""


@dataclass
class Done:
    """All views before and after a deed, what stood afterwards in the chats in which they were open, and what it said.

    ``touched`` is what the deed said that has changed, and ``hidden`` what somebody may see no more.
    """

    before: Views = field(default_factory=dict)
    after: Views = field(default_factory=dict)
    stood: dict[str, Said] = field(default_factory=dict)
    touched: set[Subject] = field(default_factory=set)
    hidden: dict[str, set[Subject]] = field(default_factory=dict)
    deletes: frozenset[About] = frozenset()

    def changed(self) -> list[str]:
        """Return the views that say something else after it."""
        return [name for name, seen in self.before.items() if name in self.after and self.after[name].said != seen.said]

    def unheard(self) -> list[str]:
        """Return the views that changed and are about nothing that was touched, hidden from them, or deleted."""
        return [name for name in self.changed() if not self._heard(name)]

    def _heard(self, name: str) -> bool:
        about, who = self.before[name].about, name.partition(":")[0]
        return bool(
            about & (self.touched | self.hidden.get(who, set())) or self.deletes & {each.kind for each in about}
        )

    def untrue(self) -> list[str]:
        """Return the views that changed, and do not say so where they were open."""
        return [name for name in self.changed() if name in self.stood and self.stood[name] != self.after[name].said]


@asynccontextmanager
async def turn_in(turns: Turns, tx: Transaction, now: datetime | None = None) -> AsyncIterator[Turn]:
    """Begin a turn that is undone together with the others of its transaction."""
    async with turns.begin(among=tx) as turn:
        turn.now, turn.hashes = now or turn.now, Hashes(COUNTED)
        yield turn


async def open_all(hub: WholeHub, found: Views) -> None:
    """Open every view of the staff that there is, each page in a message of its own."""
    async with hub.running.turns.begin() as turn:
        context = context_in(hub, turn)
        for name in found:
            if "@" not in name:
                await _open(context, *name.split(": ", 1))


async def _open(context: Context, who: str, what: str) -> None:
    person = await people.person(context.turn.tx, who)
    build = await written(context, person, what) if person else None
    assert build
    context.tell(who, f"{AT}{what}" if what.startswith(PAGE) else what, STANDS, build)


async def counted(hub: WholeHub, do: Callable[[], Awaitable[Result]]) -> Result:
    """Do this; hashes that it needs are counted outside of turns, as in a hub, and then it is done again."""
    while True:
        try:
            return await do()
        except Uncounted as uncounted:
            answer: asyncio.Future[bool | str] = asyncio.Future()
            answer.set_result(uncounted.question.count(hub.running.turns.keys))
            COUNTED[uncounted.question] = answer


@asynccontextmanager
async def taken_back(hub: WholeHub) -> AsyncIterator[Transaction]:
    """Open a transaction of which nothing stays."""
    turns = hub.running.turns
    kept = turns.pads, turns.hub, turns.locks
    try:
        async with hub.running.database.transaction() as tx:
            yield tx
            raise UndoneError
    except UndoneError:
        pass
    finally:
        turns.pads, turns.hub, turns.locks = kept


async def play(hub: WholeHub, deed: Deed, known: Known) -> Done:
    """Do something, look at everything, and take it back."""
    return await counted(hub, lambda: _play(hub, deed, known))


async def _play(hub: WholeHub, deed: Deed, known: Known) -> Done:
    turns, done = hub.running.turns, Done(deletes=deed.deletes)
    async with taken_back(hub) as tx:
        now = (await turn_of(turns, tx, deed.before)).now
        if deed.before not in known:
            async with turn_in(turns, tx, now) as turn:
                known[deed.before] = await views(context_in(hub, turn))
        done.before = known[deed.before]
        did = await turn_of(turns, tx, deed.do, now)
        done.touched, done.hidden = did.touched, did.hidden
        async with turn_in(turns, tx, did.now) as turn:
            done.after = await views(context_in(hub, turn))
            done.stood = await _stands(turn, done.changed())
    return done


async def turn_of(turns: Turns, tx: Transaction, do: Do, now: datetime | None = None) -> Turn:
    """Do this in a turn of its own, to its end."""
    async with turn_in(turns, tx, now) as turn:
        await do(turn)
        turn.place = None
    return turn


def context_in(hub: WholeHub, turn: Turn) -> Context:
    return tables.context_of(hub.running.dispatch.application, turn)


async def _stands(turn: Turn, names: list[str]) -> dict[str, Said]:
    """Return what these views say where they are open; one that is not open, or was taken away, says nothing."""
    found: dict[str, Said] = {}
    for name in names:
        who, _, what = name.partition(": ")
        row = await turn.tx.row(
            "SELECT m.text, m.buttons, m.sheets FROM messages m JOIN accounts a ON a.network = m.network"
            " AND a.chat_id = m.chat_id WHERE a.person = :who AND m.network = 'house' AND m.key IN (:key, :at)"
            " AND m.text IS NOT NULL",
            who=who,
            key=what,
            at=f"{AT}{what}",
        )
        if row:
            found[name] = said_in(row)
    return found


def said_in(row: Row) -> Said:
    """Return what stands in a message, on each of its sheets."""
    sheets = json.loads(row["sheets"])["sheets"] if row["sheets"] else [row]
    return tuple((each["text"], each["buttons"]) for each in sheets)
