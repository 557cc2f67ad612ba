"""What was pressed while no hub was there opens no pad: whoever pressed it may have gone long ago."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.delivery.limits import Limits
from bot.delivery.wire.bot_api import TELEGRAM
from bot.store import chats as chat_rows
from tests.botapi.server import TOKEN, BotApi
from tests.hub.whole_hub import WholeHub, whole_hub
from tests.patience import until

CHAT = 4711
WELCOME, PAD = "Her kan du be om en samtale", "Nummer: A○○"
SESSION = "SELECT view, trail, inmate, language FROM kiosk_sessions WHERE kiosk = 'K-A'"
RESTS = [{"view": "welcome", "trail": "", "inmate": None, "language": "nb"}]


@asynccontextmanager
async def hub_with(server: BotApi, address: str, data: Path) -> AsyncIterator[WholeHub]:
    """A hub one of whose screens is on a network that hands over what was pressed when it comes back."""
    async with whole_hub(data, telegram_token=TOKEN, telegram_api_url=address) as hub:
        hub.running.turns.networks[TELEGRAM].limits = Limits()
        async with hub.running.database.transaction() as tx:
            if not await chat_rows.has_account(tx, TELEGRAM, kiosk="K-A"):
                await tx.run("DELETE FROM accounts WHERE kiosk = 'K-A'")
                await chat_rows.link_kiosk(tx, TELEGRAM, CHAT, "K-A")
        yield hub


async def shows(server: BotApi, words: str) -> int:
    """Wait until the screen shows it; return the message."""
    await until(lambda: words in "\n".join(server.shown(CHAT)), words)
    return max(server.chats[CHAT].messages)


async def handled(hub: WholeHub, server: BotApi) -> None:
    await until(lambda: not server.updates, "everything fetched")
    await hub.settled()


@pytest.mark.parametrize("pressed", [["unit:A"], ["language:en", "unit:A"], ["here"]])
async def test_a_screen_on_a_network_that_waited_for_the_hub_rests_when_the_hub_is_back(
    tmp_path: Path, pressed: list[str]
) -> None:
    server = BotApi()
    server.open(CHAT)
    async with server.served() as address:
        async with hub_with(server, address, tmp_path) as hub:
            server.says(CHAT, "hei")
            screen = await shows(server, WELCOME)
            await handled(hub, server)
        for data in pressed:
            server.presses(CHAT, screen, data)
        async with hub_with(server, address, tmp_path) as hub:
            await handled(hub, server)
            assert await hub.rows(SESSION) == RESTS
            assert hub.running.turns.pads == {}
            screen = await shows(server, WELCOME)
            assert PAD not in "\n".join(server.shown(CHAT))
            server.presses(CHAT, screen, "unit:A")
            await shows(server, PAD)
