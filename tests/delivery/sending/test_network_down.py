"""Telegram answers oddly, breaks, or is shared with another hub: the house needs nobody, and all is well afterwards."""

import asyncio
import gc
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import intake, keeping, menus, networks
from bot.delivery.keeping import end_all
from bot.delivery.limits import Limits
from bot.delivery.sending import pauses
from bot.delivery.wire import answers
from bot.delivery.wire.bot_api import TELEGRAM
from bot.store import chats as chat_rows
from tests.botapi.breaking import NO_ANSWERS, ODD, Breaking, breaking
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.tunnel import USER, Tunnel, tunnelling
from tests.hub.front_door import opened
from tests.hub.whole_hub import WholeHub, new_hub, whole_hub
from tests.patience import until
from tests.watches.hushed import sings

ADVISER, STRANGER = 7002, 7009
UNKNOWN = "Hei! Jeg kjenner ikke denne kontoen ennå."
pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after")  # the chat library trips over its own deprecation


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (intake, pauses, menus, keeping):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
        monkeypatch.setattr(module, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(intake, "SHORTEST_POLL", 0.05)
    monkeypatch.setattr(answers, "MOST_SILENCE", 1)
    monkeypatch.setattr(answers, "SOME_SILENCE", 1)


@dataclass
class Town:
    """A hub, Telegram, what stands between them, and what the event loop complained of."""

    hub: WholeHub
    server: BotApi
    proxy: Breaking

    async def until(self, so: Callable[[], object]) -> None:
        await until_true(so)

    async def slip(self) -> str:
        kiosk = self.hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        code = await kiosk.send_slip("NAV")
        await kiosk.press("Ferdig")
        await kiosk.shows("Her kan du be om en samtale")
        return code

    async def shown_outside(self, words: str, chat: int = ADVISER) -> None:
        """Wait for words of the bot in a chat, on a message or on its buttons."""
        await self.until(lambda: words in str([each for each in self.messages(chat) if each["from"]["is_bot"]]))

    def messages(self, chat: int) -> list[dict[str, Any]]:
        return list(self.server.chats[chat].messages.values()) if chat in self.server.chats else []


async def until_true(so: Callable[[], object]) -> None:
    await until(lambda: bool(so()), "what is to happen on the wire")


@asynccontextmanager
async def hub_at(data: Path, address: str) -> AsyncIterator[WholeHub]:
    async with whole_hub(data, telegram_token=TOKEN, telegram_api_url=address) as hub:
        hub.running.turns.networks[TELEGRAM].limits = Limits()
        yield hub


@asynccontextmanager
async def town(data: Path, breaks: Any = None) -> AsyncIterator[Town]:
    server = BotApi()
    server.open(ADVISER)
    async with server.served() as upstream, breaking(upstream) as (proxy, address):
        proxy.breaks = breaks or proxy.breaks
        async with hub_at(data, address) as hub:
            async with hub.running.database.transaction() as tx:
                await tx.run("DELETE FROM accounts WHERE person = 'N2'")
                await chat_rows.link_person(tx, TELEGRAM, ADVISER, "N2")
            yield Town(hub, server, proxy)


async def test_a_telegram_that_does_not_say_who_it_is_keeps_nobody_from_the_house(tmp_path: Path) -> None:
    kinds = [*NO_ANSWERS, *(name for name in ODD if name not in NO_ANSWERS and "too many" not in name)]
    left = [ODD[name] for name in kinds]

    async def one_after_the_other(asked: Any) -> Any:
        return await (left.pop() if left else ODD["null"])(asked)

    async with town(tmp_path, one_after_the_other) as here:
        code = await here.slip()
        await here.hub["N1"].shows(code, "Sett tid")
        await here.until(lambda: not left)
        here.proxy.let_through()
        await here.shown_outside(code)
        assert (here.hub.running.broken.is_set(), here.server.unheard) == (False, [])


@pytest.mark.parametrize("kind", ["HTML with 502", "true", "cut", "reset", "a token that is refused and quoted"])
async def test_while_telegram_answers_oddly_presses_count_and_no_task_is_left_with_an_error(
    tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    complaints: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: complaints.append(str(what["message"])))
    async with town(tmp_path) as here:
        code = await here.slip()
        await here.shown_outside(code)
        here.proxy.only = frozenset({"answercallbackquery", "editmessagetext"})
        here.proxy.breaks = ODD[kind]
        [card] = [number for number, each in here.server.chats[ADVISER].messages.items() if code in each["text"]]
        rows = here.server.chats[ADVISER].messages[card]["reply_markup"]["inline_keyboard"]
        here.server.presses(ADVISER, card, rows[0][0]["callback_data"])
        await here.until(lambda: set(here.proxy.broken) == here.proxy.only)
        await here.hub["N1"].shows(code, "En kollega har tatt lappen")
        here.proxy.let_through()
        await here.shown_outside("kl.")
        here.proxy.breaks = ODD[kind]
        assert not here.hub.running.broken.is_set()
    gc.collect()
    assert (complaints, sings(caplog.text)) == ([], False)


async def test_a_fault_of_ours_on_telegram_does_not_end_the_house_and_is_over_when_it_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with town(tmp_path) as here:
        await here.until(lambda: "getupdates" in here.proxy.asked)
        network = here.hub.running.turns.networks[TELEGRAM]
        network.limits = None  # type: ignore[assignment]  # the fault: the sender cannot ask for its pace
        code = await here.slip()
        await here.hub["N1"].shows(code, "Sett tid")
        await here.until(lambda: caplog.text.count("A part of telegram has stopped; again in") >= 3)
        assert not here.hub.running.broken.is_set()
        network.limits = Limits()
        await here.shown_outside(code)
    assert "AttributeError at " in caplog.text


async def test_beside_another_hub_with_the_same_token_only_who_is_known_here_is_answered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town(tmp_path) as here:
        here.server.says(STRANGER, "hei")
        await here.shown_outside(UNKNOWN, STRANGER)
        other = asyncio.create_task(here.server.answer("getUpdates", {"timeout": "50"}))
        await here.until(lambda: "another program asks with the same token" in caplog.text)
        await end_all([other])
        before = here.server.shown(STRANGER)
        here.server.says(STRANGER, "er det noen der?")
        here.server.says(ADVISER, "/lapper")
        await here.shown_outside("venter på deg")
        await here.hub.settled()
        assert here.server.shown(STRANGER) == before
        monkeypatch.setattr(networks.Network, "is_contested", False)
        here.server.says(STRANGER, "og nå?")
        await here.until(lambda: len(here.server.shown(STRANGER)) > len(before))


async def test_two_hubs_with_one_token_both_say_so_and_neither_answers_a_stranger(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = BotApi()
    async with (
        server.served() as address,
        hub_at(tmp_path / "one", address) as one,
        hub_at(tmp_path / "other", address) as other,
    ):
        hubs = (one, other)
        await until_true(lambda: all(hub.running.turns.networks[TELEGRAM].is_contested for hub in hubs))
        for _ in range(6):
            server.says(STRANGER, "er det noen der?")
        await until_true(lambda: not server.updates)
        for hub in hubs:
            await hub.settled()
        taken = [each["state"] for hub in hubs for each in await hub.rows("SELECT state FROM inbox")]
        assert (len(taken) >= 6, set(taken), server.shown(STRANGER)) == (True, {"done"}, [])
        assert [hub.running.broken.is_set() for hub in hubs] == [False, False]
    told = re.findall("No updates from telegram for [0-9:]+: another program asks with the same token", caplog.text)
    assert len(told) == len(hubs)


async def test_telegram_itself_is_asked_through_the_proxy_that_the_environment_names(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    through = Tunnel(port=0, allows=False)
    async with tunnelling(through) as proxy:
        environment = {"SAMTALELAPP_TELEGRAM_TOKEN": TOKEN, "HTTPS_PROXY": proxy.replace("//", f"//{USER}@")}
        async with opened("run", "--data", tmp_path, **environment) as hub:
            await until_true(lambda: through.asked)
            ended = await hub.interrupt()
    assert (set(through.asked), ended.code) == ({"api.telegram.org:443"}, 0)
    assert "the proxy does not connect us (403): it does not let the hub through" in ended.complaint
    assert not sings(ended.out + ended.complaint)
