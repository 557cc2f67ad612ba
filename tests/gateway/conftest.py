"""A house of its own for each test, with a clock that stands still until it is moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp

from bot.gateway.doors.page import Page
from bot.gateway.doors.server import bind, serve
from bot.gateway.doors.web import routes
from bot.gateway.house import House
from tests.hub import loopback

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
KIOSK = 7


@dataclass
class StillClock:
    moment: datetime = field(default=START)

    def now(self) -> datetime:
        return self.moment

    def move(self, by: timedelta) -> None:
        self.moment += by


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
async def house(tmp_path: Path, clock: StillClock) -> AsyncIterator[House]:
    opened = await House.open(tmp_path / "house.db", clock.now)
    await opened.open_chat(KIOSK, "Kiosk A", "kiosk")
    yield opened
    await opened.close()


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """The house behind a real server on a free port; gives the address."""
    app = Starlette(routes=[*routes(house, open_client=True, bot_api=True), *Page().routes()])
    async with served_app(app, house) as address:
        yield address


@asynccontextmanager
async def served_app(app: ASGIApp, house: House) -> AsyncIterator[str]:
    listening = bind("127.0.0.1", 0)
    running = asyncio.create_task(serve(app, listening, house.stop))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture
async def address(house: House) -> AsyncIterator[str]:
    async with served(house) as found:
        yield found


@pytest.fixture
async def client(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with loopback.client(address, timeout=5) as opened:
        yield opened
