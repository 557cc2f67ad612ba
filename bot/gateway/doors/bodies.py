"""Reading what is sent: up to a limit, as JSON, and from the hub's own page."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.chats import NotAllowed
from bot.gateway.doors.answers import Elsewhere, TooLarge, TooSlow, refused_in_words

CLIENT_BODY = 64 * 1024
PATIENCE_SECONDS = 10.0


async def body(request: Request, limit: int) -> bytes:
    chunks = []
    async for chunk in request.stream():
        chunks.append(chunk)
        limit -= len(chunk)
        if limit < 0:
            raise TooLarge("The body is too large.")
    return b"".join(chunks)


def check_origin(request: Request) -> None:
    """Refuse what another site's page sends; a browser says where it stands, other programs need not."""
    origin = request.headers.get("origin")
    here = f"{request.scope['scheme']}://{request.headers.get('host', '')}"
    if origin is not None and origin.lower() != here.lower():
        raise Elsewhere("This was sent from another page. Open the hub's own page and try again.")


def parsed(sent: bytes | str) -> Any:
    """What was sent as JSON; ValueError for what is none, or is nested deeper than can be read."""
    try:
        return json.loads(sent)
    except RecursionError:
        raise ValueError("nested too deep") from None


async def _body_in_time(request: Request) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await body(request, CLIENT_BODY)
    except TimeoutError:
        raise TooSlow("The body took too long. Try again.") from None


async def sent_object(request: Request) -> dict[str, Any]:
    """The object in the body; asking for the content type keeps other sites' forms from pressing buttons."""
    check_origin(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise NotAllowed("The body must be sent with Content-Type: application/json.")
    try:
        found = parsed(await _body_in_time(request))
        # Half a surrogate pair, which JSON can carry, can be stored nowhere.
        json.dumps(found, ensure_ascii=False).encode()
    except ValueError:
        raise NotAllowed("The body is not JSON; send an object.") from None
    if not isinstance(found, dict):
        raise NotAllowed("The body must be an object.")
    return found


async def fields(request: Request, **types: type) -> dict[str, Any]:
    """The body's fields, each of its own type."""
    found = await sent_object(request)
    if any(type(found.get(name)) is not kind for name, kind in types.items()):
        wanted = ", ".join(f'"{name}" ({kind.__name__})' for name, kind in types.items())
        raise NotAllowed(f"The body must be an object with {wanted}.")
    return found


def posted(endpoint: Callable[[dict[str, Any]], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Let somebody else's endpoint have the object that was sent, through the same gate."""

    async def answer(request: Request) -> Response:
        async def work() -> Response:
            return await endpoint(await sent_object(request))

        return await refused_in_words(work)

    return answer
