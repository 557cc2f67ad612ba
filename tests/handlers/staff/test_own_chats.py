"""A browser that has joined sees one chat, and no other."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.gateway.bot_api.calls import answer
from bot.gateway.chats import UploadedFile
from bot.gateway.doors.limits import Buckets
from tests.hub.devices import RealHub, real_hub
from tests.hub.listening import listening
from tests.proving import PROVE

UNLIMITED = 10.0**9
HOUR = timedelta(hours=1)
GUESSES = 10_000 if PROVE else 2_000


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealHub]:
    async with real_hub(tmp_path) as running:
        yield running


async def test_without_a_cookie_there_is_nothing_but_the_page(hub: RealHub) -> None:
    for door in ("kiosk", "staff"):
        http = await hub.browser(door)
        reads = ["/client/chats", "/client/chats/101", "/client/events", "/client/documents/x"]
        answers = [await http.get(path) for path in reads]
        answers += [await http.post("/client/chats/201/say", json={"text": "hei"})]
        assert {answer.status_code for answer in answers} == {401}
        assert len({answer.json()["error"] for answer in answers}) == 1
        assert [(await http.get(path)).status_code for path in ("/", "/demo", "/client", "/bot1:x/getMe")] == [
            200,
            404,
            404,
            404,
        ]
        assert (await http.post("/demo/clock", json={"advance_seconds": 60})).status_code == 404


async def test_another_chat_is_answered_as_one_that_does_not_exist(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("G1")
    message = (await other.shows("Sett tid"))["id"]
    for chat in (other.chat, 987654):
        answers = [
            await adviser.http.get(f"/client/chats/{chat}"),
            await adviser.http.post(f"/client/chats/{chat}/press", json={"message_id": message, "data": "start"}),
            await adviser.http.post(f"/client/chats/{chat}/say", json={"text": "/idag"}),
        ]
        words = f"There is no chat {chat}; GET /client/chats lists those there are."
        assert [(each.status_code, each.json()) for each in answers] == [(404, {"error": words})] * 3


async def test_thousands_of_guesses_from_one_device_reach_nothing_and_tell_nothing(hub: RealHub) -> None:
    """Reads, presses and texts with guessed chats, messages and documents, from an adviser's cookie."""
    hub.doorkeeper.doors.presses = Buckets(UNLIMITED, UNLIMITED)
    kiosk, adviser, other = await hub.joined("K-A"), await hub.joined("N1"), await hub.joined("G1")
    assert hub.running.house
    sent = await answer(
        hub.running.house, "sendDocument", {"chat_id": other.chat, "document": _file("canary.txt", b"KANARIFUGL")}
    )
    hub.running.turns.hub = replace(hub.running.turns.hub, warn_after=HOUR, lock_after=2 * HOUR)
    await kiosk.sign_in("A01", "2101")
    await other.shows("FJ-107")
    await hub.settled()
    before = await everything(hub)
    rng = random.Random(17)
    own = {message["id"] for message in await adviser.messages()}
    secrets = [sent["document"]["file_id"].encode(), b"KANARIFUGL", b"FJ-107", b"A01"]

    async def guess() -> int:
        chat = rng.choice([kiosk.chat, other.chat, rng.randrange(90, 320), rng.getrandbits(60), -rng.getrandbits(9)])
        chat = chat if chat != adviser.chat else other.chat
        message, data = rng.randrange(1, 400), rng.choice(["start", "finish", "unit:A", "card:FJ-107", "x" * 9])
        document = rng.choice([sent["document"]["file_id"], str(rng.getrandbits(64))])
        ways = [
            ("GET", f"/client/chats/{chat}", None),
            ("POST", f"/client/chats/{chat}/press", {"message_id": message, "data": data}),
            ("POST", f"/client/chats/{chat}/say", {"text": f"/start {rng.getrandbits(64)}"}),
            ("GET", f"/client/documents/{document}", None),
        ]
        if message not in own:
            ways.append(("POST", f"/client/chats/{adviser.chat}/press", {"message_id": message, "data": data}))
        method, path, body = rng.choice(ways)
        async with quick.request(method, path, json=body) as answer:
            content = await answer.read()
        assert not [secret for secret in secrets if secret in content]
        return answer.status

    async def guesses(n: int) -> Counter[int]:
        return Counter([await guess() for _ in range(n)])

    # The client of the other tests would take twice as long to ask as the hub to answer.
    cookie = "; ".join(f"{name}={value}" for name, value in adviser.http.cookies.items())
    async with aiohttp.ClientSession(str(adviser.http.base_url), headers={"Cookie": cookie}) as quick:
        found = sum(await asyncio.gather(*(guesses(GUESSES // 10) for _ in range(10))), Counter[int]())
    assert found == {404: GUESSES}
    await hub.settled()
    assert await everything(hub) == before


def _file(name: str, content: bytes) -> UploadedFile:
    return UploadedFile(name, content, "text/plain")


async def everything(hub: RealHub) -> tuple[str, object]:
    assert hub.running.house
    # Menus come after messages, in their own time.
    chats = [{**hub.running.house.chat(chat["id"]), "commands": None} for chat in hub.running.house.chats()]
    return json.dumps(chats), await hub.rows("SELECT * FROM inbox ORDER BY id")


async def test_the_stream_tells_of_the_own_chat_alone(hub: RealHub) -> None:
    kiosk, adviser, other = await hub.joined("K-A"), await hub.joined("N1"), await hub.joined("G1")
    stream = listening(adviser)
    async with stream as heard:
        await kiosk.sign_in("A01", "2101")
        code = await kiosk.send_slip("NAV")
        await other.say("/idag")
        await other.shows("ingen samtaler")
        await adviser.shows(code)
        await adviser.say("/idag")
        await adviser.shows("ingen samtaler")
        await hub.settled()
        await adviser.say("det siste")
        await stream.hears("det siste")
    told = [json.loads(data) for kind, data in heard if kind in {"chat", "deleted"}]
    assert {each["chat"] for each in told} == {adviser.chat}
    # The chat's own menu comes sooner or later.
    assert {kind for kind, _data in heard} - {"commands"} == {"hello", "chat", "deleted"}
    assert code in json.dumps(told)


async def test_a_document_is_for_its_own_chat(hub: RealHub) -> None:
    adviser, other = await hub.joined("N1"), await hub.joined("G1")
    assert hub.running.house
    upload = {"chat_id": adviser.chat, "document": _file("lapp.txt", b"bare til N1")}
    number = (await answer(hub.running.house, "sendDocument", upload))["document"]["file_id"]
    own, foreign = [await each.http.get(f"/client/documents/{number}") for each in (adviser, other)]
    none = await other.http.get("/client/documents/none")
    assert (own.content, own.headers["cache-control"]) == (b"bare til N1", "no-store")
    assert (foreign.status_code, foreign.content) == (none.status_code, none.content) == (404, none.content)
