"""What stands on the way to a Bot API server and breaks its answers: each kind by a name, quoting what was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.botapi.server import listening

DRIP_SECONDS = 0.05
HTML_OF = (200, 400, 401, 403, 404, 407, 413, 429, 500, 502, 503)
Answer = Callable[["Asked"], Awaitable[web.StreamResponse]]


@dataclass
class Asked:
    """One request, and the server that could answer it."""

    request: web.Request
    body: bytes
    upstream: str
    http: aiohttp.ClientSession

    @property
    def quoted(self) -> str:
        """Return what was asked as an error page quotes it: the address with its token, and the words."""
        return f"{self.request.url} {self.body.decode(errors='replace')} {dict(self.request.query)}"

    async def answered(self) -> tuple[int, bytes]:
        """Ask the server."""
        kind = {"Content-Type": self.request.headers.get("Content-Type", "")}
        url = self.upstream + self.request.path_qs
        async with self.http.post(url, data=self.body, headers=kind) as response:
            return response.status, await response.read()


async def faithful(asked: Asked) -> web.StreamResponse:
    """Hand the answer on as it is."""
    status, body = await asked.answered()
    return web.Response(body=body, status=status, content_type="application/json")


def html(status: int) -> Answer:
    """Answer with a page of one's own, and let nothing through."""

    async def answer(asked: Asked) -> web.StreamResponse:
        page = f"<html><h1>{status}</h1>{asked.quoted}</html>"
        return web.Response(text=page, status=status, content_type="text/html")

    return answer


def raw(body: str | bytes, status: int = 200) -> Answer:
    """Answer with these bytes, and let nothing through."""

    async def answer(_asked: Asked) -> web.StreamResponse:
        content = body.encode() if isinstance(body, str) else body
        return web.Response(body=content, status=status, content_type="application/json")

    return answer


def refused(status: int, **more: Any) -> Answer:
    """Answer as a Bot API server would that quotes what it was asked."""

    async def answer(asked: Asked) -> web.StreamResponse:
        body = {"ok": False, "error_code": status, "description": f"Bad Request: what is {asked.quoted}?", **more}
        return web.json_response(body, status=status)

    return answer


def elsewhere(status: int, address: str) -> Answer:
    """Send the caller to another server."""

    async def answer(asked: Asked) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": address + asked.request.path_qs})

    return answer


async def cut(asked: Asked) -> web.StreamResponse:
    """Hand on all of the answer but its end, as if that were all."""
    status, body = await asked.answered()
    return web.Response(body=body[:-9], status=status, content_type="application/json")


async def broken_off(asked: Asked) -> web.StreamResponse:
    """Hand on half of the answer, then hang up."""
    _status, body = await asked.answered()
    response = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await response.prepare(asked.request)
    await response.write(body[: len(body) // 2])
    return _hang_up(asked, response)


async def reset(asked: Asked) -> web.StreamResponse:
    """Hang up without a word."""
    return _hang_up(asked, web.Response())


async def drip(asked: Asked) -> web.StreamResponse:
    """Hand the answer on a byte at a time, and never come to its end."""
    response = web.StreamResponse(headers={"Content-Length": "1000000"})
    await response.prepare(asked.request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(DRIP_SECONDS)


async def stall(_asked: Asked) -> web.StreamResponse:
    """Say nothing, for ever."""
    await asyncio.Event().wait()
    raise AssertionError


def _hang_up(asked: Asked, response: web.StreamResponse) -> web.StreamResponse:
    assert asked.request.transport
    asked.request.transport.abort()
    return response


NO_ANSWERS = {
    "an empty object": raw("{}"),
    "an ok without a result": raw('{"ok": true}'),
    "an ok that is a word": raw('{"ok": "yes", "result": true}'),
    "true": raw("true"),
    "a list": raw("[]"),
    "null": raw("null"),
    "nothing": raw(""),
    "no UTF-8": raw(b'{"ok": true, "result": "\xff\xfe"}'),
    "an ok that is false": raw('{"ok": false, "description": "CANARY"}'),
    "an ok with a status that is none": raw('{"ok": true, "result": true}', 500),
    "a list with 500": raw("[]", 500),
    "many brackets": raw("[" * 100_000),
    "many brackets in a result": raw('{"ok":true,"result":' + "[" * 900 + "]" * 900 + "}"),
    "a long number": raw('{"ok":true,"result":' + "9" * 5_000 + "}"),
    "no number": raw('{"ok":true,"result":NaN}'),
}
"""Answers of which no Bot API server would give any, whatever it was asked."""

ODD: dict[str, Answer] = {
    **{f"HTML with {status}": html(status) for status in HTML_OF},
    **NO_ANSWERS,
    "a result of another kind": raw('{"ok":true,"result":{"id":"x","message_id":[],"date":1e99,"chat":7}}'),
    "cut": cut,
    "broken off": broken_off,
    "reset": reset,
    "a refusal that quotes": refused(400),
    "a ban that quotes": refused(403),
    "a token that is refused and quoted": refused(401),
    "a fault that quotes": refused(500),
    "too many, and no word of when": refused(429),
    "too many until the end of days": refused(429, parameters={"retry_after": 10**15}),
    "too many until some day": refused(429, parameters={"retry_after": "CANARY"}),
    "too many until before": refused(429, parameters={"retry_after": -5}),
    "parameters that are none": refused(429, parameters=["CANARY"]),
    "a chat that has moved": refused(400, parameters={"migrate_to_chat_id": "CANARY"}),
    "a status that is none": raw("CANARY", 799),
}
"""Everything odd that comes at once."""


@dataclass
class Breaking:
    """A proxy that is faithful until it is told otherwise; ``only`` these methods are broken, or all."""

    upstream: str
    http: aiohttp.ClientSession
    breaks: Answer = faithful
    only: frozenset[str] = frozenset()
    asked: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    async def over_http(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        method = request.match_info["method"].lower()
        self.asked.append(method)
        asked = Asked(request, await request.read(), self.upstream, self.http)
        if self.breaks is faithful or (self.only and method not in self.only):
            return await faithful(asked)
        self.broken.append(method)
        return await self.breaks(asked)

    def let_through(self) -> None:
        """Break nothing any more."""
        self.breaks = faithful


@asynccontextmanager
async def breaking(upstream: str) -> AsyncIterator[tuple[Breaking, str]]:
    """Stand before a server; give the proxy and its address."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        proxy = Breaking(upstream, http)
        async with listening(proxy.over_http, "/bot{token}/{method}") as address:
            yield proxy, address
