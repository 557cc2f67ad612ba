"""How a door answers: strict headers on everything, and each refusal as a sentence with its status."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from bot.gateway.chats import Covered, NotAllowed, NotThere
from bot.gateway.doors.threshold import NotReady
from bot.gateway.journal import JournalFault

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
STRICT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE_HEADERS = {**STRICT, "Cache-Control": "no-cache"}
API_HEADERS = {**STRICT, "Cache-Control": "no-store"}


class TooLarge(Exception):
    """A body over the limit."""


class TooSlow(Exception):
    """A body that does not come to its end in time."""


class Elsewhere(Exception):
    """Another site's page asks; the message says what to do."""


class NotJoined(Exception):
    """The browser that asks is no device of the hub, or is none any more."""


class JoinedAlready(Exception):
    """A device of the hub wants to become another one."""


class CodeRefused(Exception):
    """A device code does not fit; ``said`` has the reason in the languages that the page shows."""

    def __init__(self, said: Mapping[str, str]) -> None:
        super().__init__(next(iter(said.values())))
        self.said = dict(said)


class TooMany(Exception):
    """More was asked than anybody can press; in ``seconds`` there is room again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("That was a lot at once. Wait a moment and try again.")
        self.seconds = seconds


REFUSALS: dict[type[Exception], int] = {
    NotAllowed: 400,
    ClientDisconnect: 400,
    NotJoined: 401,
    CodeRefused: 403,
    Elsewhere: 403,
    NotThere: 404,
    TooSlow: 408,
    JoinedAlready: 409,
    TooLarge: 413,
    TooMany: 429,
    JournalFault: 503,
    Covered: 503,
    NotReady: 503,
}
A_MOMENT = "1"
"""Seconds after which it is worth asking again whether the hub is ready."""


def told(content: Any) -> Response:
    return JSONResponse(content, headers=API_HEADERS)


def error(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status, headers=API_HEADERS)


async def refused_in_words(work: Callable[[], Awaitable[Response]]) -> Response:
    """Answer, or say in a sentence why not."""
    try:
        return await work()
    except CodeRefused as refusal:
        return JSONResponse({"error": str(refusal), "said": refusal.said}, REFUSALS[CodeRefused], headers=API_HEADERS)
    except TooMany as refusal:
        answer = error(REFUSALS[TooMany], str(refusal))
        answer.headers["Retry-After"] = str(max(1, round(refusal.seconds + 0.5)))
        return answer
    except tuple(REFUSALS) as refusal:
        answer = error(REFUSALS[type(refusal)], str(refusal) or "The body broke off.")
        if isinstance(refusal, NotReady):
            answer.headers["Retry-After"] = A_MOMENT
        return answer
