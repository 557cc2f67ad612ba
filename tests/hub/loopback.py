"""Clients of a hub on this machine that cost little: tests ask thousands of times."""

import json
import ssl
import sys
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from bot.gateway.doors import web
from bot.gateway.house import House

TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""To read the world's certificates takes longer than to start a hub."""


if not find_spec("sniffio"):
    # The client looks for it at every request, through all folders there are, until it is told that there is none.
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # the documented way to say so


def client(address: str = "", **options: Any) -> httpx.AsyncClient:
    """Return a client of what is not encrypted; whoever tries TLS gives its own ``verify``.

    It lets a connection go sooner than the server does: otherwise a question may meet its end on a busy machine.
    """
    given = {"verify": TRUSTS_NOBODY, "limits": httpx.Limits(keepalive_expiry=1.0), **options}
    return httpx.AsyncClient(base_url=address, **given)


async def post(house: House, path: str, body: dict[str, Any]) -> httpx.Response:
    """Post to the routes of a house in this process, as a page of the demo does, and without a wire."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "scheme": "http",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")],
    }
    for route in _routes(house):
        match, found = route.matches(scope)
        if match is Match.FULL:
            return await _answer(route, {**scope, **found}, json.dumps(body).encode())
    raise LookupError(path)


@lru_cache(maxsize=4)
def _routes(house: House) -> list[Route]:
    return web.routes(house, open_client=True, bot_api=False)


async def _answer(route: Route, scope: dict[str, Any], body: bytes) -> httpx.Response:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    answer: Response = await route.endpoint(Request(scope, receive))
    return httpx.Response(answer.status_code, headers=dict(answer.headers), content=bytes(answer.body))
