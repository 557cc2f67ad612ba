"""What the page asks: chats, presses, typed words, documents, and one stream of events."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.gateway.doors.answers import API_HEADERS, refused_in_words, told
from bot.gateway.doors.bodies import fields
from bot.gateway.doors.sight import Sight, chat_of
from bot.gateway.doors.voice import Voice, endpoints
from bot.gateway.events import Event, Reader
from bot.gateway.journal import JournalFault

HEARTBEAT_SECONDS = 10.0
PDF = "application/pdf"


Look = Callable[[Request], Awaitable[Sight]]
Endpoint = Callable[[Sight, Request], Awaitable[Response]]


def device(door: str | None, voice: Voice, now: datetime, *, joined: bool, down: bool, away: str | None) -> Response:
    """Tell a page what it is: a device of the kiosks' or the staff's door, or one that sees everything.

    ``down``: what it can see does not work now. ``away``: what it shall say while the hub is not there. And in which
    languages it can be read to, and what time it is here.
    """
    there = {"door": door, "joined": joined, "down": down, **({"away": away} if away else {})}
    return told({**there, "voices": list(voice.languages()), "now": now.isoformat()})


async def chats(sight: Sight, request: Request) -> Response:
    return told(sight.chats())


async def chat(sight: Sight, request: Request) -> Response:
    return told(sight.house.chat(chat_of(sight, request)))


async def press(sight: Sight, request: Request) -> Response:
    sight.act()
    found = await fields(request, message_id=int, data=str)
    chat_id = chat_of(sight, request)
    await _taken(sight, chat_id, sight.house.press(chat_id, found["message_id"], found["data"]))
    return told({"ok": True})


async def say(sight: Sight, request: Request) -> Response:
    sight.act()
    found = await fields(request, text=str)
    chat_id = chat_of(sight, request)
    await _taken(sight, chat_id, sight.house.say(chat_id, found["text"]))
    return told({"ok": True})


async def _taken(sight: Sight, chat_id: int, taking: Awaitable[None]) -> None:
    try:
        await taking
    except JournalFault:
        # At a screen that has just been covered because of it, the cover says what to do instead.
        sight.house.covers.check(chat_id)
        raise


async def document(sight: Sight, request: Request) -> Response:
    found = sight.document(request.path_params["file_id"])
    where = "inline" if found.mime_type == PDF else "attachment"
    disposition = f"{where}; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {**API_HEADERS, "Content-Disposition": disposition, "Content-Type": found.mime_type}
    return Response(found.content, headers=headers)


async def events(sight: Sight, request: Request) -> Response:
    return StreamingResponse(_stream(sight), media_type="text/event-stream", headers=API_HEADERS)


async def _stream(sight: Sight) -> AsyncIterator[bytes]:
    async with sight.watch() as reader:
        frame: bytes | None = Event("hello", {}).frame
        # While we wait, the device may be ended, or the doors shut: what has happened since is none of its business.
        while sight.joined and sight.house.threshold.is_open and frame is not None:
            yield frame
            frame = await _next_frame(reader)
    if not sight.joined:
        yield Event("ended", {}).frame


async def _next_frame(reader: Reader) -> bytes | None:
    try:
        return (await asyncio.wait_for(anext(reader), HEARTBEAT_SECONDS)).frame
    except TimeoutError:
        return b":\n\n"
    except StopAsyncIteration:
        return None


def routes(look: Look, voice: Voice) -> list[Route]:
    """The client API; ``look`` finds out what each request may see, or refuses."""
    asked = [*CLIENT, *endpoints(voice)]
    return [Route(path, _answering(look, endpoint), methods=[method]) for method, path, endpoint in asked]


def _answering(look: Look, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async def work() -> Response:
            sight = await look(request)
            sight.house.threshold.check()
            return await endpoint(sight, request)

        return await refused_in_words(work)

    return answer


CLIENT: list[tuple[str, str, Endpoint]] = [
    ("GET", "/client/chats", chats),
    ("GET", "/client/chats/{chat_id}", chat),
    ("POST", "/client/chats/{chat_id}/press", press),
    ("POST", "/client/chats/{chat_id}/say", say),
    ("GET", "/client/events", events),
    ("GET", "/client/documents/{file_id}", document),
]
