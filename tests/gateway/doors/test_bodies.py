"""Whatever is sent to a door of the house is read through one gate: what cannot be read is one sentence and a 4xx."""

import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.demo.routes import Demo
from bot.gateway.bot_api import bot_door, parameters
from bot.gateway.doors import client, doors
from tests.hub.whole_hub import WholeHub, whole_hub

DEEP = 20_000
KINDS = {
    "lists": b"[" * DEEP,
    "groups": b'{"a":' * 12_000,
    "closed lists": b'{"a": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "half a character": b'{"text": "\\ud800", "data": "\\ud800", "message_id": 1, "code": "\\ud800", "to": "\\ud800"}',
    "not UTF-8": b'{"a": "\xff"}',
    "a number without end": b'{"advance_seconds": ' + b"9" * 5000 + b"}",
    "cut in the middle": b'{"a": ',
    "nothing": b"",
}
POSTS = ["/demo/clock", "/client/chats/201/press", "/client/chats/201/say"]


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path, bot_api=True) as hub:
        yield hub


async def sent(http: httpx.AsyncClient, path: str, content: bytes, kind: str = "application/json") -> httpx.Response:
    return await http.post(path, content=content, headers={"Content-Type": kind})


def test_every_door_that_takes_something_stands_here() -> None:
    named = {path.replace("201", "{chat_id}") for path in POSTS}
    there = {path for method, path, _ in client.CLIENT if method == "POST"} | {"/demo/clock"}
    assert named == there
    # What else reads JSON is the Bot API's door and the two posts of a device's door; all go through the gate.
    for module in (client, doors, bot_door, parameters, inspect.getmodule(Demo)):
        assert module is not None
        assert [each for each in ("json.loads", ".json()") if each in inspect.getsource(module)] == []


@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS)
async def test_what_cannot_be_read_is_one_sentence(hub: WholeHub, content: bytes) -> None:
    for path in POSTS:
        answer = await sent(hub.http, path, content)
        assert (answer.status_code, list(answer.json())) == (400, ["error"]), path
        assert answer.json()["error"].startswith("The body is not JSON")


async def test_what_is_too_large_is_not_read(hub: WholeHub) -> None:
    for path in POSTS:
        answer = await sent(hub.http, path, b" " * (64 * 1024) + b"{}")
        assert (answer.status_code, answer.json()) == (413, {"error": "The body is too large."})


@pytest.mark.parametrize("path", POSTS)
async def test_a_form_of_another_page_moves_nothing(hub: WholeHub, path: str) -> None:
    before = hub.running.clock.now()
    assert (await sent(hub.http, path, b'{"advance_seconds": 86400}', "text/plain")).status_code == 400
    other = {"Origin": "http://elsewhere.example", "Content-Type": "application/json"}
    answer = await hub.http.post(path, content=b'{"advance_seconds": 86400}', headers=other)
    assert answer.status_code == 403
    assert (hub.running.clock.now() - before).total_seconds() < 3600


@pytest.mark.parametrize("content", KINDS.values(), ids=KINDS)
async def test_the_bot_api_says_in_its_own_words_that_it_cannot_read(hub: WholeHub, content: bytes) -> None:
    house = hub.running.house
    assert house is not None
    answer = await sent(hub.http, f"/bot{house.token}/sendMessage", content)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


async def test_a_parameter_that_is_nested_too_deep_is_refused(hub: WholeHub) -> None:
    house = hub.running.house
    assert house is not None
    form = {"chat_id": "201", "text": "hei", "reply_markup": "[" * DEEP}
    answer = await hub.http.post(f"/bot{house.token}/sendMessage", data=form)
    assert (answer.status_code, answer.json()["description"]) == (
        400,
        "Bad Request: can't parse a parameter as JSON",
    )
