"""The doors over HTTP put together: the page, what the page asks, and the Bot API for a bot in another process."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway import bot_door, client
from bot.gateway.answers import API_HEADERS, error, refused_in_words
from bot.gateway.client import Sight
from bot.gateway.house import House
from bot.gateway.page import ROUTES as PAGE

YEAR_SECONDS = 365 * 24 * 3600
page = PAGE


def routes(house: House, *, open_client: bool, bot_api: bool) -> list[Route]:
    """The doors that stand open to everybody on this machine: the demo's client, the bot's, both or none."""
    opened = bot_door.routes(house) if bot_api else []
    return opened + (_open_client(house) if open_client else [])


def _open_client(house: House) -> list[Route]:
    async def look(_request: Request) -> Sight:
        return Sight(house)

    async def device(_request: Request) -> Response:
        house.threshold.check()
        return client.device(None, joined=True)

    return [*client.routes(look), Route("/client/device", partial(_answer, device))]


async def _answer(endpoint: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    return await refused_in_words(partial(endpoint, request))


def site(opened: Sequence[BaseRoute], hosts: Sequence[str], *, secure: bool = False, proxied: bool = False) -> ASGIApp:
    """A web app with these routes that answers to these host names only, with strict headers on every answer.

    ``secure``: who asks comes over TLS. ``proxied``: a proxy on this machine says so, and whoever has not come
    through it is refused.
    """
    guard = Middleware(Guard, secure=secure, proxied=proxied)
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    return Starlette(routes=list(opened), middleware=[guard, trusted])


class Guard:
    """Puts strict headers on whatever has none of its own, and keeps out who comes around the proxy."""

    def __init__(self, app: ASGIApp, *, secure: bool, proxied: bool) -> None:
        self._app = app
        self._proxied = proxied
        strict = {"Strict-Transport-Security": f"max-age={YEAR_SECONDS}"} if secure else {}
        self._headers = {**API_HEADERS, **strict}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        around = self._proxied and scope["type"] == "http" and scope["scheme"] != "https"
        app = error(403, "This address is for the hub's proxy alone. Use the hub's https address.") if around else None
        await (app or self._app)(scope, receive, with_headers)
