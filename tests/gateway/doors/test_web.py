"""What a page gets over HTTP, and what it is told when it asks wrongly."""

import asyncio
import json
import re
import time
from typing import Any

import httpx
import pytest

from bot.gateway.bot_api.calls import answer
from bot.gateway.covers import WORDS
from bot.gateway.doors import client as client_api
from bot.gateway.doors import page
from bot.gateway.doors.server import PortTaken, bind
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, START, served
from tests.patience import until

NOW, LONG = int(START.timestamp()), 30
MARKUP = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes", "style": "success"}]]}


async def send(house: House, text: str = "Hei") -> int:
    sent = await answer(house, "sendMessage", {"chat_id": KIOSK, "text": text, "reply_markup": MARKUP})
    return int(sent["message_id"])


async def test_a_page_finds_its_chats(client: httpx.AsyncClient) -> None:
    answer = await client.get("/client/chats")
    assert (answer.json(), answer.headers["cache-control"], answer.headers["x-content-type-options"]) == (
        [{"id": KIOSK, "title": "Kiosk A", "kind": "kiosk"}],
        "no-store",
        "nosniff",
    )


async def test_a_page_sees_messages_with_buttons(client: httpx.AsyncClient, house: House) -> None:
    number = await send(house)
    button = {"text": "Ja", "data": "yes", "url": None, "style": "success"}
    message = {"id": number, "sender": "bot", "text": "Hei", "date": NOW, "buttons": [[button]], "documents": []}
    assert (await client.get(f"/client/chats/{KIOSK}")).json() == {
        "id": KIOSK,
        "title": "Kiosk A",
        "kind": "kiosk",
        "messages": [message],
        "alert": None,
        "commands": [],
    }


async def test_a_press_and_words_reach_the_bot(client: httpx.AsyncClient, house: House) -> None:
    number = await send(house)
    press = await client.post(f"/client/chats/{KIOSK}/press", json={"message_id": number, "data": "yes"})
    say = await client.post(f"/client/chats/{KIOSK}/say", json={"text": "Hei"})
    assert (press.json(), say.json()) == ({"ok": True}, {"ok": True})
    updates = await answer(house, "getUpdates", {})
    assert [next(key for key in update if key != "update_id") for update in updates] == ["callback_query", "message"]


WRONG: list[tuple[str, Any, int]] = [
    ("7/press", {"message_id": 99, "data": "yes"}, 404),
    ("8/press", {"message_id": 1, "data": "yes"}, 404),
    ("x/say", {"text": "Hei"}, 404),
    ("7/press", {"message_id": "1", "data": "yes"}, 400),
    ("7/press", {"message_id": True, "data": "yes"}, 400),
    ("7/press", {"message_id": 1}, 400),
    ("7/press", {"message_id": 1, "data": ""}, 400),
    ("7/press", {"message_id": 1, "data": "ø" * 33}, 400),
    ("7/press", [], 400),
    ("7/say", {"text": "  "}, 400),
    ("7/say", {"text": "x" * 4097}, 400),
    ("7/say", {"text": "x" * 70_000}, 413),
]


async def test_a_wrong_request_is_told_what_is_wrong(client: httpx.AsyncClient, house: House) -> None:
    await send(house)
    answers = [await client.post(f"/client/chats/{path}", json=body) for path, body, _ in WRONG]
    assert [answer.status_code for answer in answers] == [status for _, _, status in WRONG]
    assert {tuple(answer.json()) for answer in answers} == {("error",)}
    assert await answer(house, "getUpdates", {}) == []


async def test_what_is_not_text_in_json_is_refused(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    bodies = [b"{", b"\xff", b'{"text": "\\ud800"}', b"[" * 60_000]
    answers = [await client.post(f"/client/chats/{KIOSK}/say", content=body, headers=headers) for body in bodies]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 400]


async def test_another_sites_form_cannot_press(client: httpx.AsyncClient) -> None:
    answer = await client.post(f"/client/chats/{KIOSK}/say", content=b'{"text": "Hei"}')
    assert answer.json() == {"error": "The body must be sent with Content-Type: application/json."}


@pytest.mark.parametrize(("kind", "where"), [("application/pdf", "inline"), ("text/html", "attachment")])
async def test_a_document_has_its_name_and_only_a_pdf_opens_in_the_browser(
    client: httpx.AsyncClient, house: House, kind: str, where: str
) -> None:
    door = f"/bot{house.token}/sendDocument"
    files = {"document": ("lapp æ.pdf", b"%PDF\r\n--x", kind)}
    sent = (await client.post(door, data={"chat_id": str(KIOSK)}, files=files)).json()["result"]["document"]
    [message] = (await client.get(f"/client/chats/{KIOSK}")).json()["messages"]
    assert message["documents"] == [{"file_id": sent["file_id"], "file_name": "lapp æ.pdf"}]
    answer = await client.get(f"/client/documents/{sent['file_id']}")
    assert (answer.content, answer.headers["content-disposition"], answer.headers["content-type"]) == (
        b"%PDF\r\n--x",
        f"{where}; filename*=UTF-8''lapp%20%C3%A6.pdf",
        kind,
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert (await client.get("/client/documents/none")).status_code == 404


async def test_a_page_is_told_what_to_say_while_the_hub_is_away(client: httpx.AsyncClient, house: House) -> None:
    told = [(await client.get("/client/device")).json().get("away")]
    await answer(house, "coverChats", {"words": json.dumps({KIOSK: "Papirlapp.\n\nPaper slip."})})
    told.append((await client.get("/client/device")).json().get("away"))
    assert told == [None, "Papirlapp.\n\nPaper slip."]


async def test_the_pages_worker_is_told_what_to_keep_and_in_which_version(client: httpx.AsyncClient) -> None:
    answer = await client.get("/worker.js")
    first, second, _rest = answer.text.split("\n", 2)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    assert "worker-src 'self'" in answer.headers["content-security-policy"]
    kept = json.loads(first.removeprefix("const KEPT = ").rstrip(";"))
    assert kept == page.kept()
    assert [(await client.get(path)).status_code for path in kept] == [200] * len(kept)
    assert re.fullmatch('const VERSION = "[0-9a-f]{16}";', second)


def test_the_worker_keeps_the_page_and_what_it_asks_for_and_nothing_that_the_hub_says() -> None:
    endings = {path.rpartition(".")[2] for path in page.kept()}
    assert endings == {"/", "css", "js", "svg"}
    assert [path for path in page.kept() if path != "/" and not path.startswith("/static/")] == []


async def events(lines: Any, count: int) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    kind = ""
    while len(found) < count:
        line = await anext(lines)
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        if line.startswith("data: "):
            found.append((kind, json.loads(line.removeprefix("data: "))))
    return found


async def test_the_stream_tells_what_happens(client: httpx.AsyncClient, house: House) -> None:
    async with client.stream("GET", "/client/events") as stream:
        lines = stream.aiter_lines()
        assert await events(lines, 1) == [("hello", {})]
        number = await send(house)
        await house.press(KIOSK, number, "yes")
        query = (await answer(house, "getUpdates", {}))[0]["callback_query"]["id"]
        await answer(house, "answerCallbackQuery", {"callback_query_id": query, "text": "Takk"})
        await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": number})
        house.publish("clock", {"now": "08:00"})
        heard = await events(lines, 4)
    alert = heard[1][1]["alert"]
    button = {"text": "Ja", "data": "yes", "url": None, "style": "success"}
    message = {"id": number, "sender": "bot", "text": "Hei", "date": NOW, "buttons": [[button]], "documents": []}
    assert heard == [
        ("chat", {"chat": KIOSK, "message": message}),
        ("alert", {"chat": KIOSK, "alert": {"id": alert["id"], "text": "Takk", "show_alert": False}}),
        ("deleted", {"chat": KIOSK, "ids": [number]}),
        ("clock", {"now": "08:00"}),
    ]


async def test_stopping_takes_no_time_with_streams_and_polls_open(house: House) -> None:
    async with httpx.AsyncClient(timeout=5) as client:
        async with served(house) as address:
            stream = await client.send(client.build_request("GET", f"{address}/client/events"), stream=True)
            poll = asyncio.create_task(client.get(f"{address}/bot{house.token}/getUpdates?timeout={LONG}"))
            await anext(stream.aiter_lines())
            await until(lambda: house.threshold._polls == 1, "a poll that waits")
            began = time.monotonic()
        assert time.monotonic() - began < LONG / 2
        assert (await poll).json() == {"ok": True, "result": []}
        await stream.aclose()


async def test_a_page_that_does_not_read_does_not_hold_up_the_house(client: httpx.AsyncClient, house: House) -> None:
    async with client.stream("GET", "/client/events") as stream:
        lines = stream.aiter_lines()
        await events(lines, 1)
        for _ in range(10_000):
            house.publish("clock", {"text": "x" * 1000})
            if _ % 50 == 0:
                await asyncio.sleep(0)
        assert (await client.get("/client/chats")).status_code == 200
        while (await events(lines, 1))[0][0] != "reload":
            pass


async def test_the_page_has_strict_headers(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert (await client.get("/static/..%2fpage.py")).status_code == 404
    assert (await client.get("/static/none.js")).status_code == 404


CALLS: list[dict[str, Any]] = [
    {"params": {"chat_id": KIOSK, "text": "Hei"}},
    {"data": {"chat_id": KIOSK, "text": "Hei"}},
    {"json": {"chat_id": KIOSK, "text": "Hei"}},
    {"files": {"chat_id": (None, str(KIOSK)), "text": (None, "Hei")}},
]


async def test_the_bot_api_takes_query_form_json_and_multipart(client: httpx.AsyncClient, house: House) -> None:
    answers = [(await client.post(f"/bot{house.token}/sendmessage", **call)).json() for call in CALLS]
    assert [(answer["ok"], answer["result"]["text"]) for answer in answers] == [(True, "Hei")] * 4


async def test_the_bot_api_refuses_with_its_own_words(client: httpx.AsyncClient, house: House) -> None:
    async def refusal(path: str, content: bytes = b"", kind: str = "application/json") -> tuple[int, dict[str, Any]]:
        answer = await client.post(path, content=content, headers={"Content-Type": kind})
        return answer.status_code, answer.json()

    door = f"/bot{house.token}"
    assert [
        await refusal("/bot1:wrong/getMe"),
        await refusal(f"{door}/sendPigeon"),
        await refusal(f"{door}/getMe", b"{"),
        await refusal(f"{door}/getMe", b"[]"),
        await refusal(f"{door}/getMe", b"x", "multipart/form-data"),
    ] == [
        (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}),
        (404, {"ok": False, "error_code": 404, "description": "Not Found: method not found"}),
        *[(400, {"ok": False, "error_code": 400, "description": "Bad Request: can't parse the body"})] * 3,
    ]


async def test_a_taken_port_is_said_in_a_sentence() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port} cannot be used .*; choose another port."):
            bind("127.0.0.1", port)


async def test_a_page_that_leaves_is_forgotten(client: httpx.AsyncClient, house: House) -> None:
    async with client.stream("GET", "/client/events") as stream:
        await events(stream.aiter_lines(), 1)
        assert house.readers == 1
    await until(lambda: house.readers == 0, "a reader who has gone")


async def test_a_quiet_stream_has_a_heartbeat(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_api, "HEARTBEAT_SECONDS", 0.05)
    async with client.stream("GET", "/client/events") as stream:
        lines = stream.aiter_lines()
        await events(lines, 1)
        assert [await anext(lines) for _ in range(3)] == ["", ":", ""]


async def test_a_full_disk_is_said_and_changes_nothing(client: httpx.AsyncClient, house: House) -> None:
    [[pages]] = await house.journal.rows("PRAGMA page_count")
    await house.journal.rows(f"PRAGMA max_page_count = {pages}")
    text = "x" * 4096
    says = [await client.post(f"/client/chats/{KIOSK}/say", json={"text": text}) for _ in range(20)]
    sent = await client.post(f"/bot{house.token}/sendMessage", json={"chat_id": KIOSK, "text": text})
    taken = [answer for answer in says if answer.status_code == 200]
    assert (says[-1].status_code, sent.status_code) == (503, 500)
    assert sent.json()["description"] == "Internal Server Error: The house network cannot write its file"
    assert (says[-1].json()["error"], house.chat(KIOSK)["messages"][0]["cover"]) == (WORDS, True)
    assert len(house.room(KIOSK).messages) == len(taken) == len(await answer(house, "getUpdates", {}))
    await house.journal.rows("PRAGMA max_page_count = 10000")
    assert (await client.post(f"/client/chats/{KIOSK}/say", json={"text": text})).status_code == 503
    lifted = await client.post(f"/bot{house.token}/coverChats", json={"lift": [KIOSK]})
    assert lifted.json()["result"] == []
    assert (await client.post(f"/client/chats/{KIOSK}/say", json={"text": text})).json() == {"ok": True}
