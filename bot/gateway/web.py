"""The doors over HTTP: the page, what the page asks, and the Bot API for a bot in another process."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from secrets import compare_digest
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.gateway.chats import BotApiError, NotAllowed, NotThere, UploadedFile
from bot.gateway.events import Event, Reader
from bot.gateway.house import House
from bot.gateway.journal import JournalFault

STATIC = Path(__file__).parent / "static"
SUFFIXES = {".css", ".html", ".js", ".svg"}
CLIENT_BODY = 64 * 1024
BOT_BODY = 50 * 1024 * 1024
PDF = "application/pdf"
OCTETS = "application/octet-stream"
UNREADABLE = BotApiError(400, "Bad Request: can't parse the body")
HEARTBEAT_SECONDS = 10.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
STRICT = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Content-Security-Policy": POLICY}
PAGE_HEADERS = {**STRICT, "Cache-Control": "no-cache"}
API_HEADERS = {**STRICT, "Cache-Control": "no-store"}

Endpoint = Callable[[House, Request], Awaitable[Response]]


class TooLarge(Exception):
    """A body over the limit."""


REFUSALS: dict[type[Exception], int] = {
    NotAllowed: 400,
    ClientDisconnect: 400,
    NotThere: 404,
    TooLarge: 413,
    JournalFault: 503,
}


async def page_file(request: Request) -> Response:
    path = STATIC / request.path_params.get("name", "index.html")
    if path.suffix not in SUFFIXES or not path.is_file():
        return _error(404, "There is no such file; the page is at /.")
    return FileResponse(path, headers=PAGE_HEADERS)


async def chats(house: House, request: Request) -> Response:
    return _json(house.chats())


async def chat(house: House, request: Request) -> Response:
    return _json(house.chat(_chat_id(request)))


async def press(house: House, request: Request) -> Response:
    fields = await _fields(request, message_id=int, data=str)
    await house.press(_chat_id(request), fields["message_id"], fields["data"])
    return _json({"ok": True})


async def say(house: House, request: Request) -> Response:
    fields = await _fields(request, text=str)
    await house.say(_chat_id(request), fields["text"])
    return _json({"ok": True})


async def document(house: House, request: Request) -> Response:
    found = house.document(request.path_params["file_id"])
    where = "inline" if found.mime_type == PDF else "attachment"
    disposition = f"{where}; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {**API_HEADERS, "Content-Disposition": disposition, "Content-Type": found.mime_type}
    return Response(found.content, headers=headers)


async def events(house: House, request: Request) -> Response:
    return StreamingResponse(_stream(house), media_type="text/event-stream", headers=API_HEADERS)


async def _stream(house: House) -> AsyncIterator[bytes]:
    async with house.subscribe() as reader:
        yield Event("hello", {}).frame
        while (frame := await _next_frame(reader)) is not None:
            yield frame


async def _next_frame(reader: Reader) -> bytes | None:
    try:
        return (await asyncio.wait_for(anext(reader), HEARTBEAT_SECONDS)).frame
    except TimeoutError:
        return b":\n\n"
    except StopAsyncIteration:
        return None


def _chat_id(request: Request) -> int:
    given = request.path_params["chat_id"]
    try:
        return int(given)
    except ValueError:
        raise NotThere(f"There is no chat {given!r}; a chat's id is a number.") from None


async def _fields(request: Request, **types: type) -> dict[str, Any]:
    """The body's fields; asking for the content type keeps other sites' forms from pressing buttons."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise NotAllowed("The body must be sent with Content-Type: application/json.")
    try:
        found = json.loads(await _body(request, CLIENT_BODY))
    except (ValueError, RecursionError):
        raise NotAllowed("The body is not JSON; send an object.") from None
    if not isinstance(found, dict) or any(type(found.get(name)) is not kind for name, kind in types.items()):
        wanted = ", ".join(f'"{name}" ({kind.__name__})' for name, kind in types.items())
        raise NotAllowed(f"The body must be an object with {wanted}.")
    return found


async def _body(request: Request, limit: int) -> bytes:
    chunks = []
    async for chunk in request.stream():
        chunks.append(chunk)
        limit -= len(chunk)
        if limit < 0:
            raise TooLarge("The body is too large.")
    return b"".join(chunks)


def _json(content: Any) -> Response:
    return JSONResponse(content, headers=API_HEADERS)


def _error(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status, headers=API_HEADERS)


def _told(house: House, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint whose refusals become sentences."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(house, request)
        except tuple(REFUSALS) as refusal:
            return _error(REFUSALS[type(refusal)], str(refusal) or "The body broke off.")

    return answer


class BotDoor:
    """The Bot API as a bare ASGI app, for it is called thousands of times."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(ClientDisconnect):
            code, body = await self._answer(Request(scope, receive))
            await Response(body, code, media_type="application/json")(scope, receive, send)

    async def _answer(self, request: Request) -> tuple[int, bytes]:
        try:
            _check_token(request, self._house)
            params, files = await _call(request)
        except BotApiError as error:
            return error.code, error.body()
        return await self._house.reply(request.path_params["method"], params, files)


async def _call(request: Request) -> tuple[dict[str, Any], dict[str, UploadedFile]]:
    """Parameters as query, form, multipart or JSON; only files are worth a parser of their own."""
    params: dict[str, Any] = dict(_pairs(request.scope["query_string"]))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        fields, files = await _multipart(request)
        return params | fields, files
    try:
        body = await _body(request, BOT_BODY)
    except TooLarge:
        raise BotApiError(413, "Request Entity Too Large") from None
    return params | (_object(body) if kind == "application/json" else dict(_pairs(body))), {}


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode(), keep_blank_values=True) if encoded else []
    except ValueError:
        raise UNREADABLE from None


def _object(body: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(body or b"{}").items())
    except (ValueError, AttributeError, RecursionError):
        raise UNREADABLE from None


async def _multipart(request: Request) -> tuple[dict[str, Any], dict[str, UploadedFile]]:
    fields: dict[str, Any] = {}
    files: dict[str, UploadedFile] = {}
    try:
        async with request.form() as form:
            for name, value in form.items():
                if isinstance(value, str):
                    fields[name] = value
                else:
                    files[name] = UploadedFile(value.filename or name, await value.read(), value.content_type or OCTETS)
    except HTTPException:
        raise UNREADABLE from None
    return fields, files


async def bot_file(house: House, request: Request) -> Response:
    try:
        _check_token(request, house)
    except BotApiError as error:
        return Response(error.body(), error.code, media_type="application/json")
    return Response(house.document(request.path_params["file_id"]).content, media_type=OCTETS)


def _check_token(request: Request, house: House) -> None:
    if not compare_digest(request.path_params["token"].encode(), house.token.encode()):
        raise BotApiError(401, "Unauthorized")


def routes(house: House, *, open_client: bool, bot_api: bool) -> list[Route]:
    """The doors that are open: the page's, the bot's, both or none."""
    opened = _bot_routes(house) if bot_api else []
    return opened + (_client_routes(house) if open_client else [])


def _bot_routes(house: House) -> list[Route]:
    return [
        Route("/bot{token}/{method}", BotDoor(house)),
        Route("/file/bot{token}/documents/{file_id}", _told(house, bot_file)),
    ]


def _client_routes(house: House) -> list[Route]:
    return [Route(path, _told(house, endpoint), methods=[method]) for method, path, endpoint in CLIENT]


CLIENT: list[tuple[str, str, Endpoint]] = [
    ("GET", "/client/chats", chats),
    ("GET", "/client/chats/{chat_id}", chat),
    ("POST", "/client/chats/{chat_id}/press", press),
    ("POST", "/client/chats/{chat_id}/say", say),
    ("GET", "/client/events", events),
    ("GET", "/client/documents/{file_id}", document),
]

page = [Route("/", page_file), Route("/static/{name}", page_file)]
