"""The parts of a hub that speak to a network outside, at work: a strict server, what breaks before it, real rows."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.delivery.intake import Intake
from bot.delivery.keeping import end_all
from bot.delivery.limits import Limits
from bot.delivery.menus import Menus
from bot.delivery.networks import Network
from bot.delivery.sender import Sender
from bot.delivery.wire import bot_api
from bot.domain.chat.messages import Button, Document, Line, Reader, View
from bot.running.start import when
from bot.store import menus as wanted_menus
from bot.store import messages
from bot.store.database import Database
from bot.store.menus import Menu
from tests.botapi.breaking import Breaking, breaking
from tests.botapi.server import TOKEN, BotApi
from tests.hub.real_turns import StillClock
from tests.patience import Looks

NAME = "telegram"
SECRET = TOKEN.partition(":")[2]
WORDS = "CANARYword that somebody wrote"
NEW, OLD, GONE, PAPER = 501, 502, 503, 504
"""Chats: one that gets its first message, one whose message is changed, one whose is deleted, one that gets a file."""

HELP = json.dumps([{"command": "hjelp", "description": "CANARYmenu"}])
EVERY_METHOD = {
    *("getme", "getupdates", "sendmessage", "senddocument", "editmessagetext"),
    *("deletemessage", "answercallbackquery", "setmycommands"),
}


@dataclass
class Outside:
    """What the hub's parts are made of here. ``going`` are the parts that run."""

    server: BotApi
    proxy: Breaking
    network: Network
    database: Database
    sender: Sender
    going: dict[str, asyncio.Task[None]]

    async def want(self, words: str | None, chat: int, *, document: bytes | None = None) -> None:
        """Say what a chat shall show."""
        paper = Document("paper.pdf", document.decode()) if document else None
        view = View((Line(words),), ((Button("OK", "ok"),),), document=paper) if words else None
        reader = Reader(NAME, chat, "nb", leaves_house=False)
        async with self.database.transaction() as tx:
            stamp = f"stamp of {document!r}" if document else None
            await messages.want(tx, [messages.wish(reader, "slip:FJ-1", view, 0, stamp)])
        self.sender.wake.set()

    async def want_menu(self, wanted: str, chat: int) -> None:
        """Say which menu a chat shall have."""
        async with self.database.transaction() as tx:
            await wanted_menus.want(tx, [Menu(NAME, chat, wanted)])

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        async with self.database.reading() as tx:
            return [dict(row) for row in await tx.rows(sql)]

    async def until(self, so: Callable[[], Awaitable[bool]]) -> None:
        """Wait until something is so; a part that has ended ends the wait."""
        async for _ in Looks():
            if await so() or self.ended:
                return
        raise AssertionError(await self.rows("SELECT * FROM messages"))

    @property
    def ended(self) -> list[str]:
        """Name the parts that run no more."""
        return [name for name, task in self.going.items() if task.done()]

    async def settled(self) -> None:
        """Wait until every chat shows what it shall, or is known to refuse it."""

        async def quiet() -> bool:
            undone = "SELECT id FROM messages WHERE shown <> revision AND fault IS NULL"
            menu = "SELECT chat_id FROM menus WHERE fault IS NULL AND (shown IS NULL OR shown <> wanted)"
            return not await self.rows(undone) and not await self.rows(menu)

        await self.until(quiet)


@asynccontextmanager
async def outside(folder: Path, **through: Any) -> AsyncIterator[Outside]:
    """Let the parts run against a server behind a proxy that is faithful until it is told otherwise."""
    server = BotApi(token=TOKEN)
    for chat in (NEW, OLD, GONE, PAPER):
        server.open(chat)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(await Database.create(folder / "hub.db"))
        proxy, address = await stack.enter_async_context(breaking(await stack.enter_async_context(server.served())))
        network = bot_api.over_http(NAME, address, TOKEN)
        network.limits = Limits()
        stack.push_async_callback(network.disconnect)
        made = Outside(server, proxy, network, database, Sender(network, database, StillClock(), draw=str.encode), {})
        proxy.breaks = through.get("breaks", proxy.breaks)
        ready = asyncio.Event()
        works: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "intake": Intake(network, database, StillClock(), lambda: None, ready.set).run,
            "sender": partial(when, ready, made.sender.run),
            "menus": partial(when, ready, Menus(network, database).run),
        }
        made.going.update({name: asyncio.create_task(work()) for name, work in works.items()})
        stack.push_async_callback(end_all, made.going.values())
        yield made
