"""A second house that stands in for Telegram: it can be silent, or refuse, as the real one and what lies on the way."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from bot.clock import MachineClock
from bot.delivery.bot_api import TELEGRAM
from bot.gateway import web
from bot.gateway.house import House
from bot.store import people
from handlers import tables
from tests.gateway.conftest import served_app
from tests.whole_hub import Device, WholeHub, whole_hub

ADVISER, CHAT = "N1", 7001
BOT_API = "/bot"
Refusal = tuple[int, str]
BAD_GATEWAY = (502, "Bad Gateway")


@dataclass
class Outside:
    """Refuses what ``refuses`` says, by the method that is called; None lets it through."""

    house: House
    http: httpx.AsyncClient
    address: str = ""
    refuses: Callable[[str], Refusal | None] = lambda _method: None
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.app = Starlette(routes=web.routes(self.house, open_client=True, bot_api=True))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        refused = self.refuses(path.rpartition("/")[2]) if path.startswith(BOT_API) else None
        if refused:
            code, why = refused
            said = {"ok": False, "error_code": code, "description": why}
            await JSONResponse(said, code)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def silent(self, silent: bool = True) -> None:
        """Let nothing through, or everything again."""
        self.refuses = lambda _method: BAD_GATEWAY if silent else None

    @property
    def device(self) -> Device:
        return Device(self.http, CHAT)

    async def texts(self) -> list[str]:
        return [str(message["text"]) for message in await self.device.messages()]


@asynccontextmanager
async def outside(folder: Path) -> AsyncIterator[Outside]:
    house = await House.open(folder / "outside.db", MachineClock().now)
    await house.open_chat(CHAT, ADVISER, "staff")
    async with httpx.AsyncClient() as http:
        found = Outside(house, http)
        async with served_app(found, house) as address:
            found.address, http.base_url = address, httpx.URL(address)
            yield found
    await house.close()


@asynccontextmanager
async def hub_of(data: Path, there: Outside) -> AsyncIterator[WholeHub]:
    async with whole_hub(data, telegram_token=there.house.token, telegram_api_url=there.address) as hub:
        yield hub


async def move_out(hub: WholeHub) -> None:
    """Let the adviser have no chat but the one outside, with every card in it."""
    async with hub.running.database.transaction() as tx:
        await tx.run("DELETE FROM accounts WHERE person = :person", person=ADVISER)
        await people.link_person(tx, TELEGRAM, CHAT, ADVISER)
    async with hub.running.turns.begin() as turn:
        await tables.open_up(hub.running.dispatch.application, turn)
    await hub.settled()
