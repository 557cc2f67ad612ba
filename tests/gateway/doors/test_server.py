"""The end of a server: nobody is waited for who has been answered, everybody else for a moment."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.gateway.doors import server
from tests.hub import loopback


class Slow:
    """Answers when it is told to, and not at once."""

    def __init__(self) -> None:
        self.asked, self.may_answer, self.given_up = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if Request(scope).url.path == "/quick":
            return await PlainTextResponse("at once")(scope, receive, send)
        self.asked.set()
        try:
            await self.may_answer.wait()
            for _ in range(20):
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.given_up.set()
            raise
        return await PlainTextResponse("at last")(scope, receive, send)


def serving(app: ASGIApp, on_stop: Callable[[], None]) -> tuple[asyncio.Task[None], str]:
    listening = server.bind("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    return asyncio.create_task(server.serve(app, listening, on_stop)), address


async def test_whoever_is_being_answered_at_the_end_has_the_whole_answer() -> None:
    slow = Slow()
    running, address = serving(slow, slow.may_answer.set)
    async with loopback.client(address) as http:
        asking = asyncio.create_task(http.get("/slow"))
        await slow.asked.wait()
        running.cancel()
        await asyncio.wait({running})
        assert ((await asking).text, slow.given_up.is_set()) == ("at last", False)


async def test_what_is_never_answered_holds_up_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PARTING_SECONDS", 0.05)
    slow, at_the_end = Slow(), asyncio.Event()
    running, address = serving(slow, at_the_end.set)
    async with loopback.client(address) as http:
        asking = asyncio.create_task(http.get("/slow"))
        await slow.asked.wait()
        running.cancel()
        await asyncio.wait({running})
        await asyncio.sleep(0)
        assert (at_the_end.is_set(), slow.given_up.is_set()) == (True, True)
        slow.may_answer.set()
        asking.cancel()
        await asyncio.wait({asking})


async def test_an_end_waits_for_nobody_who_has_been_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LOOK_SECONDS", 0)
    monkeypatch.setattr(server, "PARTING_SECONDS", 3600)
    monkeypatch.setattr(server, "DATE_SECONDS", 3600)
    slow = Slow()
    running, address = serving(slow, slow.may_answer.set)
    async with loopback.client(address) as http:
        answer = await http.get("/quick")
        assert (answer.text, "date" in answer.headers) == ("at once", True)
        running.cancel()
        await asyncio.wait({running})
    assert running.cancelled()
