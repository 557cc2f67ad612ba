"""A sender at work: rows that want something shown, and a network whose every answer is written down beforehand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from bot.delivery.sender import Sender
from bot.domain.chat.messages import Button, Document, Line, Reader, View
from bot.domain.people import Person, Role
from bot.store import chats as chat_rows
from bot.store import messages, people
from bot.store.database import Database
from tests.delivery.network import ScriptedWire, refusal
from tests.patience import until

KIOSK, ADVISER, OTHER = 101, 201, 202
CARD = "slip:FJ-1"
PATIENCE = 30.0
SHOWN = {"shown": 1, "doubts": 0, "fault": None}
GONE_TO_EDIT = refusal(400, "Bad Request: message to edit not found")
FIXED = refusal(400, "Bad Request: message can't be edited")


@dataclass
class Post:
    """A database, a wire, and the sender between them."""

    database: Database
    wire: ScriptedWire
    sender: Sender

    async def want(self, text: str | None, chat: int = ADVISER, key: str = CARD, *, neutral: bool = False) -> None:
        view = View((Line(text),), ((Button("OK", "ok"),),), neutral) if text is not None else None
        async with self.database.transaction() as tx:
            await messages.want(tx, [messages.wish(Reader("house", chat, "nb", leaves_house=False), key, view, 0)])
        self.sender.wake.set()

    async def hand(self, content: bytes, text: str = "paper", chat: int = ADVISER, key: str = CARD) -> None:
        view = View((Line(text),), ((Button("OK", "ok"),),), document=Document("paper.pdf", content.decode()))
        async with self.database.transaction() as tx:
            reader = Reader("house", chat, "nb", leaves_house=False)
            await messages.want(tx, [messages.wish(reader, key, view, 0, f"stamp of {content!r}")])
        self.sender.wake.set()

    async def rows(self, columns: str = "shown = revision AS shown, doubts, fault") -> list[dict[str, Any]]:
        async with self.database.reading() as tx:
            return [dict(row) for row in await tx.rows(f"SELECT {columns} FROM messages ORDER BY id")]

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        await until(true, "what is to happen in rows")

    async def settled(self) -> None:
        async def quiet() -> bool:
            open_ones = "SELECT id FROM messages WHERE shown <> revision AND fault IS NULL"
            async with self.database.transaction() as tx:
                return not await tx.rows(open_ones)

        await self.until(quiet)

    def has_sent(self, text: str) -> Callable[[], Awaitable[bool]]:
        async def so() -> bool:
            return ("sendMessage", text) in self.wire.told()

        return so

    async def logged(self) -> list[tuple[str, str]]:
        async with self.database.transaction() as tx:
            return [(row["action"], row["about"]) for row in await tx.rows("SELECT * FROM audit ORDER BY id")]

    async def called(self, times: int) -> None:
        async def so_often() -> bool:
            return len(self.wire.calls) >= times

        await self.until(so_often)


@asynccontextmanager
async def running(sender: Sender) -> AsyncIterator[None]:
    task = asyncio.create_task(sender.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def belongs_to_somebody(post: Post, *chats: int) -> None:
    async with post.database.transaction() as tx:
        for chat in chats:
            await people.add_person(tx, Person(f"X{chat}", Role.PROVIDER, "Noen", "nb"))
            await chat_rows.link_person(tx, "house", chat, f"X{chat}")
