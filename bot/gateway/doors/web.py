"""The doors over HTTP put together: the page, what the page asks, and the Bot API for a bot in another process."""

import logging
from collections import Counter
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

from bot.gateway.bot_api import bot_door
from bot.gateway.doors import client
from bot.gateway.doors.answers import API_HEADERS, error, refused_in_words
from bot.gateway.doors.page import Page
from bot.gateway.doors.sight import Sight
from bot.gateway.doors.voice import Voice
from bot.gateway.faults import place_of
from bot.gateway.house import House

log = logging.getLogger(__name__)

YEAR_SECONDS = 365 * 24 * 3600


def routes(house: House, voice: Voice | None = None, *, open_client: bool, bot_api: bool) -> list[Route]:
    """The doors that stand open to everybody on this machine: the demo's client, the bot's, both or none."""
    opened = bot_door.routes(house) if bot_api else []
    return opened + (_open_client(house, voice or Voice()) if open_client else [])


def _open_client(house: House, voice: Voice) -> list[Route]:
    async def look(_request: Request) -> Sight:
        return Sight(house)

    async def device(_request: Request) -> Response:
        house.threshold.check()
        covers = house.covers
        return client.device(None, voice, house.now(), joined=True, down=bool(covers.down), away=covers.anybodys)

    return [*client.routes(look, voice), Route("/client/device", partial(_answer, device))]


async def _answer(endpoint: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    return await refused_in_words(partial(endpoint, request))


def site(
    opened: Sequence[BaseRoute],
    hosts: Sequence[str],
    *,
    secure: bool = False,
    proxied: bool = False,
    most_of_one: int | None = None,
) -> ASGIApp:
    """A web app with the page and these routes that answers to these host names only, with strict headers everywhere.

    ``secure``: who asks comes over TLS. ``proxied``: a proxy on this machine says so, and whoever has not come
    through it is refused. ``most_of_one``: so many requests of one address are answered at once; none is no limit.
    """
    guard = Middleware(Guard, secure=secure, proxied=proxied)
    crowd = [Middleware(Crowd, most_of_one=most_of_one)] if most_of_one else []
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    return Starlette(routes=[*Page().routes(), *opened], middleware=[guard, *crowd, trusted])


class Crowd:
    """Lets no address have more than its share answered at once, where all come over the connections of one proxy."""

    def __init__(self, app: ASGIApp, *, most_of_one: int) -> None:
        self._app, self._most = app, most_of_one
        self._of: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0] if scope.get("client") else ""
        if self._of[address] >= self._most:
            await error(429, "That was a lot at once. Wait a moment and try again.")(scope, receive, send)
            return
        self._of[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._of -= Counter({address: 1})


class Guard:
    """Puts strict headers on whatever has none of its own, and keeps out who comes around the proxy.

    A fault is logged by its place in the code alone: a whole traceback may quote what somebody has asked or written.
    """

    def __init__(self, app: ASGIApp, *, secure: bool, proxied: bool) -> None:
        self._app = app
        self._proxied = proxied
        strict = {"Strict-Transport-Security": f"max-age={YEAR_SECONDS}"} if secure else {}
        self._headers = {**API_HEADERS, **strict}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        around = self._proxied and scope["type"] == "http" and scope["scheme"] != "https"
        app = error(403, "This address is for the hub's proxy alone. Use the hub's https address.") if around else None
        try:
            await (app or self._app)(scope, receive, with_headers)
        except Exception as fault:
            log.error("A request was not answered: %s", place_of(fault))
            if not begun:
                await error(500, "That did not work. Try again in a moment.")(scope, receive, with_headers)
