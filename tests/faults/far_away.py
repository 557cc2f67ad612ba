"""A second house that stands in for Telegram: it can be silent, or refuse, as the real one and what lies on the way."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import Receive, Scope, Send

from bot.clock import MachineClock
from bot.delivery.limits import Limits
from bot.delivery.wire.bot_api import TELEGRAM
from bot.gateway.doors import web
from bot.gateway.house import House
from bot.store import chats
from handlers import tables
from tests.gateway.conftest import served_app
from tests.hub import loopback
from tests.hub.whole_hub import Device, WholeHub, whole_hub
from tests.patience import Looks

ADVISER, CHAT = "N1", 7001
BOT_API = "/bot"
Refusal = tuple[int, str]
NO_WAY_THROUGH = "<html>Not through here</html>"


@dataclass
class Outside:
    """While it ``is_silent`` something on the way answers in its place, and nothing reaches it.

    Else it refuses what ``refuses`` says, by the method that is called; None lets it through.
    """

    house: House
    http: httpx.AsyncClient
    address: str = ""
    is_silent: bool = False
    refuses: Callable[[str], Refusal | None] = lambda _method: None
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.app = Starlette(routes=web.routes(self.house, open_client=True, bot_api=True))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        if not path.startswith(BOT_API):
            await self.app(scope, receive, send)
        elif self.is_silent:
            await PlainTextResponse(NO_WAY_THROUGH, 403)(scope, receive, send)
        elif refused := self.refuses(path.rpartition("/")[2]):
            code, why = refused
            said = {"ok": False, "error_code": code, "description": why}
            await JSONResponse(said, code)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    @property
    def device(self) -> Device:
        return Device(self.http, CHAT)

    async def texts(self) -> list[str]:
        return sorted(str(message["text"]) for message in await self.device.messages())

    async def comes_to_hold(self, hub: WholeHub, wanted: Iterable[str]) -> list[str]:
        """Wait until the chat holds this and nothing is on its way; return what it holds, also where it never does."""
        texts = sorted(wanted)
        async for _ in Looks():
            if await self.texts() == texts:
                break
        await hub.settled()
        return await self.texts()


@asynccontextmanager
async def outside(folder: Path) -> AsyncIterator[Outside]:
    house = await House.open(folder / "outside.db", MachineClock().now)
    await house.open_chat(CHAT, ADVISER, "staff")
    async with loopback.client() as http:
        found = Outside(house, http)
        async with served_app(found, house) as address:
            found.address, http.base_url = address, httpx.URL(address)
            yield found
    await house.close()


@asynccontextmanager
async def hub_of(data: Path, there: Outside) -> AsyncIterator[WholeHub]:
    async with whole_hub(data, telegram_token=there.house.token, telegram_api_url=there.address) as hub:
        hub.running.turns.networks[TELEGRAM].limits = Limits()  # what is tried here does not wait for a pace
        yield hub


async def move_out(hub: WholeHub) -> None:
    """Let the adviser have no chat but the one outside, with every card in it."""
    async with hub.running.database.transaction() as tx:
        await tx.run("DELETE FROM accounts WHERE person = :person", person=ADVISER)
        await chats.link_person(tx, TELEGRAM, CHAT, ADVISER)
    async with hub.running.turns.begin() as turn:
        await tables.open_up(hub.running.dispatch.application, turn)
    await hub.settled()
