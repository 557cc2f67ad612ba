"""The wire gives up in time what does not come, uses the proxy it is given, and says in words what is wrong."""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from bot.delivery.networks import Network
from bot.delivery.wire import bot_api, http
from bot.delivery.wire.troubles import Broken, NotSent, NotUnderstood, TurnedAway, in_words
from tests.botapi.breaking import Answer, breaking, broken_off, drip, raw, reset, stall
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.tunnel import USER, Tunnel, tunnelling
from tests.faults.post_office import self_made_certificate
from tests.watches.hushed import CANARY, sings


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.4)
    monkeypatch.setattr(http, "CONNECT_SECONDS", 0.4)
    monkeypatch.setattr(http, "UPLOAD_SECONDS", 0.4)


async def failing(network: Network) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        await network.call("sendMessage", chat_id=1, text=CANARY)
    assert not sings(str(caught.value) + in_words(caught.value))
    return caught.value


@pytest.mark.parametrize(
    ("breaks", "kind", "words"),
    [
        (drip, TimedOut, "no answer in time"),
        (stall, TimedOut, "no answer in time"),
        (reset, Broken, "the connection broke (ServerDisconnectedError)"),
        (broken_off, Broken, "the connection broke (ClientPayloadError)"),
        (raw(b" " * 70_000), NotUnderstood, "the answer does not end (200)"),
    ],
    ids=["drip", "stall", "reset", "broken off", "too long"],
)
async def test_what_does_not_come_is_given_up(
    breaks: Answer, kind: type[NetworkError], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "MOST_BYTES", 65_536)
    async with BotApi().served() as upstream, breaking(upstream) as (proxy, address):
        network = bot_api.over_http("telegram", address, TOKEN)
        proxy.breaks = breaks
        error = await failing(network)
        with pytest.raises(kind):
            await network.send_document(1, "x", '{"inline_keyboard": []}', "x.pdf", b"x")
        await network.disconnect()
    assert (type(error), in_words(error)) == (kind, words)


async def test_nothing_is_sent_and_nothing_opened_once_the_wire_is_closed() -> None:
    server = BotApi()
    async with server.served() as address:
        network = bot_api.over_http("telegram", address, TOKEN)
        await network.connect()
        await network.disconnect()
        assert (type(await failing(network)), len(server.calls)) == (NotSent, 1)


async def test_nobody_there_is_not_sent() -> None:
    network = bot_api.over_http("telegram", "http://127.0.0.1:1", TOKEN)
    error = await failing(network)
    await network.disconnect()
    assert (type(error), str(error)) == (NotSent, "it cannot be reached (ClientConnectorError)")


# ── through a proxy ──


@pytest.fixture
async def tunnel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Tunnel, BotApi]]:
    """A server with a certificate that is trusted here, and a proxy that leads to it whatever the name."""
    files = self_made_certificate(tmp_path / "server.pem")
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(files)
    trusting = ssl.create_default_context(cafile=files)
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusting)
    server = BotApi()
    server.open(1)
    async with server.served(served) as address:
        yield Tunnel(int(address.rpartition(":")[2])), server


async def test_with_a_proxy_everything_goes_through_it_and_it_sees_nothing(tunnel: tuple[Tunnel, BotApi]) -> None:
    through, server = tunnel
    async with tunnelling(through) as proxy:
        network = bot_api.over_http("telegram", "https://localhost:443", TOKEN, proxy)
        await network.connect()
        await network.call("sendMessage", chat_id=1, text=CANARY)
        await network.disconnect()
    assert (server.shown(1), set(through.asked), CANARY.encode() in through.seen) == (
        [CANARY],
        {"localhost:443"},
        False,
    )


async def test_a_proxy_that_asks_for_a_password_is_told_it_or_said_so(tunnel: tuple[Tunnel, BotApi]) -> None:
    through, server = tunnel
    through.asks_for_password = True
    async with tunnelling(through) as proxy:
        without = bot_api.over_http("telegram", "https://localhost:443", TOKEN, proxy)
        error = await failing(without)
        await without.disconnect()
        knowing = bot_api.over_http("telegram", "https://localhost:443", TOKEN, proxy.replace("//", f"//{USER}@"))
        await knowing.call("sendMessage", chat_id=1, text=CANARY)
        await knowing.disconnect()
    assert (type(error), str(error), server.shown(1)) == (
        TurnedAway,
        "the proxy does not connect us (407): it asks for a user and a password",
        [CANARY],
    )


async def test_a_proxy_that_does_not_let_through_or_is_not_there_is_said_so(tunnel: tuple[Tunnel, BotApi]) -> None:
    through, _server = tunnel
    through.allows = False
    told = []
    async with tunnelling(through) as proxy:
        for address in (proxy, "http://127.0.0.1:1"):
            network = bot_api.over_http("telegram", "https://localhost:443", TOKEN, address)
            told.append(str(await failing(network)))
            await network.disconnect()
    assert told == [
        "the proxy does not connect us (403): it does not let the hub through",
        "the proxy cannot be reached",
    ]
