"""Somebody of the staff in the middle of a flow, on the real database: each press and each line is a turn."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from telegram import Update

from bot.domain.chat.desks import Desk
from bot.domain.refusals import Refusal
from bot.store import desks
from bot.store.database import Database, Transaction
from bot.usecases.people import meet
from bot.usecases.turn import Turn, current_turn
from handlers import tables
from handlers.chat import lines as table
from handlers.chat.lines import Line
from handlers.chat.rows import START
from handlers.day.explaining import LAST
from tests.hub.real_turns import KEYS, described, people_it
from tests.hub.walks import Sheet, Walker, sheets_of, walker, whole
from tests.hub.whole_hub import ITS_OWN
from tests.model.prison import ESCORTED

Rows = dict[str, list[dict[str, Any]]]


class Undone(Exception):
    """Takes back what was pressed."""


@dataclass(frozen=True)
class AtDesk:
    """Presses and types as one person; what cannot be done is told, as the hub tells it, and returned by its name."""

    walk: Walker
    tx: Transaction
    person: str
    lines: Sequence[Line]
    updates: Iterator[int] = field(default_factory=lambda: count(1))

    async def press(self, data: str, key: str = "home") -> str:
        """Press a button, whether it is shown or not."""
        [line] = [each for each in self.lines if each.pressed and each.pattern and each.pattern.match(data)]
        return await self._turn(line, _update(next(self.updates), self._chat, data, pressed=True), data, key)

    async def type(self, text: str) -> str:
        """Type a line that is no command."""
        return await self._turn(LAST, _update(next(self.updates), self._chat, text, pressed=False), text, None)

    async def desk(self) -> Desk:
        return await desks.get(self.tx, KEYS, self.person)

    async def page(self) -> Sheet:
        """Return the page at which the desk is: the newest with its buttons, or the newest of all."""
        rows = await self.tx.rows(
            "SELECT * FROM messages WHERE network = 'house' AND chat_id = :chat AND text IS NOT NULL ORDER BY id",
            chat=self._chat,
        )
        desk, shown = await self.desk(), [sheet for row in rows for sheet in sheets_of(whole(self.tx, row))]
        own = [each for each in shown if any(_is_of(desk, button["callback_data"]) for button in each.buttons)]
        return (own or shown)[-1]

    async def buttons(self, verb: str = "") -> list[str]:
        """Return what the buttons of this page send that belong to the flow."""
        desk = await self.desk()
        data = [button["callback_data"] for button in (await self.page()).buttons]
        return [each for each in data if _is_of(desk, each) and each.startswith(f"{desk.task}_{verb}")]

    async def has_way_out(self) -> bool:
        return START in [button["callback_data"] for button in (await self.page()).buttons]

    async def domain(self) -> Rows:
        """Return every row that says something about the prison; of the desks those on which there is something."""
        names = [row["name"] for row in await self.tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = sorted(set(names) - ITS_OWN - {"typed_lines"})
        rows = {name: [dict(row) for row in await self.tx.rows(f"SELECT * FROM {name} ORDER BY 1, 2")] for name in kept}
        return {name: [row for row in found if row.get("task", "") is not None] for name, found in rows.items()}

    @asynccontextmanager
    async def undone(self) -> AsyncIterator["AtDesk"]:
        """Let something happen that has not happened afterwards."""
        turns = self.walk.turns
        before = turns.pads, turns.hub
        try:
            async with self.tx.part() as tx:
                yield replace(self, tx=tx)
                raise Undone
        except Undone:
            turns.pads, turns.hub = before

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        async with self.walk.turns.begin("house", self._chat, among=self.tx) as turn:
            await meet(turn, "nb")
            mark = current_turn.set(turn)
            try:
                yield turn
            finally:
                current_turn.reset(mark)

    @property
    def _chat(self) -> int:
        return self.walk.chats[self.person]

    async def _turn(self, line: Line, update: Update, what: str, key: str | None) -> str:
        again = None
        try:
            async with self.turn() as turn:
                context = tables.context_of(self.walk.application, turn)
                turn.pressed, match = key, line.pattern.match(what) if line.pattern else None
                context.matches = [match] if match else None
                try:
                    await table.run(line, update, context)
                finally:
                    again = turn.edge.again
        except Refusal as refusal:
            async with self.turn() as turn:
                turn.pressed = key
                await tables.tell_refusal(self.walk.application, update, turn, refusal, again)
            return type(refusal).__name__
        return ""


def _is_of(desk: Desk, data: str) -> bool:
    verb, _, rest = data.partition(":")
    return bool(desk.task) and verb.startswith(f"{desk.task}_") and rest.split(":")[0] == str(desk.step)


def _update(number: int, chat: int, what: str, *, pressed: bool) -> Update:
    user = {"id": chat, "is_bot": False, "first_name": "?"}
    message = {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "from": user, "text": what}
    press = {"id": "1", "from": user, "chat_instance": "1", "data": what, "message": message}
    came = {"callback_query": press} if pressed else {"message": message}
    return Update.de_json({"update_id": number, **came}, None)


@asynccontextmanager
async def at_desk(folder: Path, person: str, lines: Sequence[Line] = tables.HANDLERS) -> AsyncIterator[AtDesk]:
    """Let somebody be at their desk in the demo's prison; nothing of it is kept."""
    async with await Database.create(folder / "hub.db") as database:
        await people_it(database, tuple(described().staff), ESCORTED)
        async with walker(database, described()) as walk, database.transaction() as tx:
            yield AtDesk(walk, tx, person, lines)
