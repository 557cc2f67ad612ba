"""Who may stand at a door, how long, and that whoever is being answered is never sent away."""

import asyncio
import logging
import resource
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.gateway.doors import bodies, gate, server, web
from bot.gateway.doors.gate import Gate, Visit
from bot.gateway.house import House
from tests.gateway.doors.test_doors import certificate
from tests.patience import until

SECRET = "kanarifugl"
BEGUN = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Word: " + SECRET.encode()
WHOLE = b"GET /static/app.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SHORT = 0.2


def nothing() -> None:
    """Nothing goes on by itself."""


async def test_one_address_has_no_more_than_half_of_the_places_also_where_all_of_it_is_being_answered() -> None:
    door_of_eight = Gate(most=8)
    crowd = [Visit("10.0.0.9", nothing) for _ in range(5)]
    came_in = []
    for each in crowd:
        came_in.append(door_of_eight.enter(each))
        door_of_eight.ask(each)
    assert came_in == [True] * 4 + [False]
    assert [door_of_eight.enter(Visit(f"10.0.0.{n}", nothing)) for n in range(4)] == [True] * 4
    behind_a_proxy = Gate(most=8, one_address=True)
    assert all(behind_a_proxy.enter(Visit("10.0.0.9", nothing)) for _ in range(8))


@asynccontextmanager
async def door(
    app: ASGIApp, at: Gate, *, tls: ssl.SSLContext | None = None, proxied: bool = False
) -> AsyncIterator[int]:
    """An app behind a gate on a free port."""
    listening = server.bind("127.0.0.1", 0)
    port = listening.getsockname()[1]
    serving = asyncio.create_task(server.serve(app, listening, nothing, tls=tls, proxied=proxied, gate=at))
    yield port
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


def whole_site(house: House) -> ASGIApp:
    return web.site(web.routes(house, open_client=True, bot_api=False), ["127.0.0.1"])


async def visitor(
    port: int, said: bytes, address: str = "127.0.0.1"
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    writer.write(said)
    return reader, writer


async def until_cut(reader: asyncio.StreamReader) -> bytes:
    """Return what comes until the connection ends, however it does."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def until_empty(at: Gate) -> None:
    await until(lambda: at.here == 0, "nobody here")


@pytest.mark.parametrize("said", [b"", b"G", BEGUN, WHOLE + BEGUN])
async def test_whoever_has_not_asked_in_time_is_cut(house: House, said: bytes) -> None:
    at = Gate(patience=SHORT)
    async with door(whole_site(house), at) as port:
        reader, writer = await visitor(port, said)
        answered = await until_cut(reader)
        assert answered.startswith(b"HTTP/1.1 200") if said.startswith(WHOLE) else answered == b""
        writer.close()
        await until_empty(at)


async def test_a_byte_now_and_then_gives_no_more_time(house: House) -> None:
    at = Gate(patience=SHORT)
    async with door(whole_site(house), at) as port:
        reader, writer = await visitor(port, b"")
        cut = asyncio.create_task(until_cut(reader))
        sent = 0
        while not cut.done():
            writer.write(BEGUN[sent % len(BEGUN) :][:1])
            sent += 1
            await asyncio.wait({cut}, timeout=SHORT / 10)
        assert 0 < sent < 1000
        writer.close()


async def test_half_a_greeting_of_tls_is_cut_too(house: House, tmp_path: Path) -> None:
    files = certificate(tmp_path)
    tls, at = server.tls(files["certificate"], files["key_file"]), Gate(patience=SHORT)
    async with door(whole_site(house), at, tls=tls) as port:
        for said in (b"", b"\x16\x03\x01\x02\x00\x01", BEGUN + b"\r\n\r\n"):
            reader, writer = await visitor(port, said)
            await until_cut(reader)
            writer.close()
        await until_empty(at)
        trusting = ssl.create_default_context(cafile=files["certificate"])
        async with httpx.AsyncClient(verify=trusting) as http:
            assert (await http.get(f"https://127.0.0.1:{port}/")).status_code == 200


async def test_a_stream_of_events_lives_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.gateway.doors.client.HEARTBEAT_SECONDS", 3 * SHORT)
    at = Gate(patience=SHORT, most=4)
    async with (
        door(whole_site(house), at) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
        http.stream("GET", "/client/events") as stream,
    ):
        lines = stream.aiter_lines()
        assert await anext(lines) == "event: hello"
        others = [await visitor(port, BEGUN, f"127.0.0.{number}") for number in range(2, 12)]
        for reader, writer in others:
            await until_cut(reader)
            writer.close()
        while await anext(lines) != ":":
            pass


async def test_a_body_that_does_not_come_is_answered_in_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", SHORT)
    head = b"POST /client/chats/7/say HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    at = Gate(patience=SHORT)
    async with door(whole_site(house), at) as port:
        reader, writer = await visitor(port, head + b'Content-Length: 20\r\n\r\n{"text": ')
        assert (await until_cut(reader)).startswith(b"HTTP/1.1 408")
        writer.close()
        await until_empty(at)


@asynccontextmanager
async def answering(
    proxied: bool = False, most_of_one: int | None = None
) -> AsyncIterator[tuple[ASGIApp, asyncio.Event]]:
    """A site whose /slow is answered only when the event is set."""
    now = asyncio.Event()

    async def slow(_request: Request) -> Response:
        await now.wait()
        return Response("at last")

    yield web.site([Route("/slow", slow)], ["127.0.0.1"], proxied=proxied, most_of_one=most_of_one), now
    now.set()


async def test_whoever_is_being_answered_is_never_sent_away_and_nobody_else_comes_in(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "TELL_AFTER_SECONDS", 0.0)
    at = Gate("kiosk", most=4)
    asked = WHOLE.replace(b"/static/app.js", b"/slow")
    async with answering() as (app, now), door(app, at) as port:
        inside = [await visitor(port, asked, f"127.0.0.{number}") for number in (2, 2, 3, 3)]
        await until(lambda: at.here == 4 and not at._waiting, "four inside")
        for number in (2, 4):
            reader, writer = await visitor(port, asked, f"127.0.0.{number}")
            assert await until_cut(reader) == b""
            writer.close()
        now.set()
        for reader, writer in inside:
            assert (await reader.readline()) == b"HTTP/1.1 200 OK\r\n"
            writer.close()
        await until_empty(at)
        reader, writer = await visitor(port, WHOLE)
        assert (await reader.readline()) == b"HTTP/1.1 200 OK\r\n"
        writer.close()
    told = [record.getMessage() for record in caplog.records if record.name == "bot.gateway.doors.gate"]
    assert told == [
        "The kiosk door is crowded, so 1 connections were ended to make room; most of them came from 127.0.0.2"
    ]


async def test_behind_a_proxy_an_address_is_the_one_that_the_proxy_names() -> None:
    at = Gate(one_address=True, most=4)
    async with (
        answering(proxied=True, most_of_one=2) as (app, now),
        door(app, at, proxied=True) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers={"X-Forwarded-Proto": "https"}) as http,
    ):

        def ask(path: str, address: str) -> asyncio.Task[httpx.Response]:
            return asyncio.create_task(http.get(path, headers={"X-Forwarded-For": address}))

        waiting = [ask("/slow", "10.0.0.7") for _ in range(2)]
        await until(lambda: at.here == 2 and not at._waiting, "two inside")
        assert (await ask("/", "10.0.0.7")).status_code == 429
        assert (await ask("/", "10.0.0.8")).status_code == 200
        now.set()
        assert [answer.status_code for answer in await asyncio.gather(*waiting)] == [200, 200]
        assert (await ask("/", "10.0.0.7")).status_code == 200


async def test_a_fault_leaves_its_place_in_the_log_and_no_word(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(request: Request) -> Response:
        raise ValueError(request.query_params["word"])

    site = web.site([Route("/broken", broken)], ["127.0.0.1"])
    async with door(site, Gate()) as port, httpx.AsyncClient() as http:
        answer = await http.get(f"http://127.0.0.1:{port}/broken?word={SECRET}")
        assert (answer.status_code, "default-src 'none'" in answer.headers["content-security-policy"]) == (500, True)
        reader, writer = await visitor(port, b"\0" + BEGUN + b"\r\n\r\n")
        assert b"400" in await until_cut(reader)
        writer.close()
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert [text.partition(" at ")[0] for text in told] == ["A request was not answered: ValueError"]
    assert SECRET not in caplog.text


async def test_files_of_the_page_are_not_asked_for_without_end(house: House) -> None:
    async with door(whole_site(house), Gate()) as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        answers = Counter[int]()
        while 429 not in answers and answers.total() < 5000:
            some = await asyncio.gather(*(http.get("/static/text.js") for _ in range(50)))
            answers.update(each.status_code for each in some)
        assert set(answers) == {200, 429}
        assert answers[200] >= 1000


@given(files=st.integers(64, 5000), doors=st.integers(1, 3))
def test_all_doors_together_leave_the_hub_the_files_it_needs(files: int, doors: int) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, before[1]))
    try:
        each = gate.most(doors)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert gate.LEAST <= each <= gate.MOST
    assert each == gate.LEAST or each * doors <= files - min(gate.OWN_FILES, files // 2)


@given(st.lists(st.tuples(st.sampled_from(("enter", "ask", "wait", "leave")), st.integers(0, 11)), max_size=60))
async def test_a_gate_counts_whatever_comes(steps: list[tuple[str, int]]) -> None:
    at, cut = Gate(most=6), set[Visit]()
    visits = [Visit(str(number % 3), lambda: None) for number in range(12)]
    for visit in visits:
        visit.cut = lambda visit=visit: cut.add(visit)  # type: ignore[misc]
    for step, number in steps:
        visit = visits[number]
        if step == "enter" and visit not in at._open and visit not in at._leaving:
            answered = at._open - set(at._waiting)
            at.enter(visit)
            assert answered <= at._open, "whoever is being answered stays"
        elif step != "enter":
            getattr(at, step)(visit)
        assert at.here == at._of.total() <= 6
        assert max(at._of.values(), default=0) <= 3
        assert set(at._waiting) <= at._open
        assert at._leaving <= cut
