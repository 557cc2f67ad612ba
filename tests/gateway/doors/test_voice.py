"""A page hears sentences of messages that stand in a chat it may see; nothing else is spoken, and nothing is stored."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.gateway.bot_api.calls import answer
from bot.gateway.doors.voice import Busy, Voice
from bot.gateway.doors.web import routes
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, served_app
from tests.hub import loopback
from tests.patience import until


@dataclass
class Speaker:
    """The hub's part: says what it is asked, and can be held back."""

    asked: list[tuple[str, int, str]] = field(default_factory=list)
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)
    ended: bool = False
    busy: bool = False

    def sentences(self, message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return [{"text": line, "line": at} for at, line in enumerate(message["text"].split("\n"))]

    async def speak(self, message: Mapping[str, Any], number: int, language: str) -> bytes | None:
        self.asked.append((message["text"], number, language))
        if self.busy:
            raise Busy
        try:
            await self.may_go_on.wait()
        except asyncio.CancelledError:
            self.ended = True
            raise
        lines = message["text"].split("\n")
        return f"WAV of {lines[number]}".encode() if number < len(lines) else None


@asynccontextmanager
async def heard(house: House, speaker: Speaker) -> AsyncIterator[httpx.AsyncClient]:
    voice = Voice(lambda: ["nb", "so"], speaker.sentences, speaker.speak)
    app = Starlette(routes=[*routes(house, voice, open_client=True, bot_api=True)])
    async with served_app(app, house) as address, loopback.client(address, timeout=5) as client:
        yield client


@pytest.fixture
def speaker() -> Speaker:
    found = Speaker()
    found.may_go_on.set()
    return found


async def send(house: House, text: str) -> int:
    return int((await answer(house, "sendMessage", {"chat_id": KIOSK, "text": text}))["message_id"])


def path(message: int | str, chat: int | str = KIOSK) -> str:
    return f"/client/chats/{chat}/messages/{message}/voice"


async def test_a_page_is_told_the_languages_the_sentences_and_one_of_them_as_sound(
    house: House, speaker: Speaker
) -> None:
    number = await send(house, "Hei\nVelkommen")
    async with heard(house, speaker) as client:
        device = (await client.get("/client/device")).json()
        listed = (await client.get(path(number))).json()
        one = await client.get(f"{path(number)}/1")
        other = await client.get(f"{path(number)}/0?language=so")
    there = {"door": None, "joined": True, "down": False}
    assert device == {**there, "voices": ["nb", "so"], "now": house.now().isoformat()}
    assert listed == {"sentences": [{"text": "Hei", "line": 0}, {"text": "Velkommen", "line": 1}]}
    assert (one.content, one.headers["content-type"], one.headers["cache-control"]) == (
        b"WAV of Velkommen",
        "audio/wav",
        "no-store",
    )
    assert other.status_code == 200
    assert speaker.asked == [("Hei\nVelkommen", 1, ""), ("Hei\nVelkommen", 0, "so")]


async def test_what_is_not_there_is_not_spoken(house: House, speaker: Speaker) -> None:
    number = await send(house, "Hei")
    await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": await send(house, "Borte")})
    asked = [
        *(f"{path(number)}/{n}" for n in ("7", "-1", "x", "1" * 30, "²")),
        f"{path(number + 1)}/0",
        f"{path('x')}/0",
        f"{path(number, 99)}/0",
        f"{path(number, 'x')}/0",
        path(number + 1),
    ]
    async with heard(house, speaker) as client:
        assert {each: (await client.get(each)).status_code for each in asked} == dict.fromkeys(asked, 404)
        assert (await client.post(f"{path(number)}/0", json={"text": "free words"})).status_code == 405
    assert speaker.asked == [("Hei", 7, "")]


async def test_a_message_that_goes_or_changes_while_it_is_spoken_is_not_heard(house: House, speaker: Speaker) -> None:
    speaker.may_go_on.clear()
    gone, changed = await send(house, "Borte"), await send(house, "Før")
    async with heard(house, speaker) as client:
        asked = [asyncio.ensure_future(client.get(f"{path(each)}/0")) for each in (gone, changed)]
        await until(lambda: len(speaker.asked) == 2, "both are being spoken")
        await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": gone})
        await answer(house, "editMessageText", {"chat_id": KIOSK, "message_id": changed, "text": "Etter"})
        speaker.may_go_on.set()
        assert [each.status_code for each in await asyncio.gather(*asked)] == [404, 404]


async def test_who_goes_away_is_not_spoken_to_any_longer(house: House, speaker: Speaker) -> None:
    speaker.may_go_on.clear()
    number = await send(house, "Hei")
    async with heard(house, speaker) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(f"{path(number)}/0", timeout=0.3)
        await until(lambda: speaker.ended, "it has ended")


async def test_a_covered_screen_says_nothing(house: House, speaker: Speaker) -> None:
    number = await send(house, "Hei")
    async with heard(house, speaker) as client:
        house.covers.put_over_kiosks([house.room(KIOSK)])
        assert [(await client.get(f"{path(number)}{end}")).status_code for end in ("", "/0")] == [503, 503]
    assert speaker.asked == []


async def test_where_too_much_is_spoken_a_page_is_told_when_to_ask_again(house: House, speaker: Speaker) -> None:
    speaker.busy = True
    number = await send(house, "Hei")
    async with heard(house, speaker) as client:
        told = await client.get(f"{path(number)}/0")
    assert (told.status_code, told.headers["retry-after"]) == (429, "2")


async def test_a_house_whose_hub_has_no_voices_says_so(client: httpx.AsyncClient, house: House) -> None:
    number = await send(house, "Hei")
    assert (await client.get("/client/device")).json()["voices"] == []
    assert (await client.get(path(number))).json() == {"sentences": []}
    assert (await client.get(f"{path(number)}/0")).status_code == 404
