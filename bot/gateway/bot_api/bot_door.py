"""The Bot API over HTTP, for a bot in another process; closed unless it is asked for."""

import asyncio
from contextlib import suppress
from secrets import compare_digest
from typing import Any
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.gateway.bot_api.calls import reply
from bot.gateway.chats import BotApiError, UploadedFile
from bot.gateway.doors import bodies
from bot.gateway.doors.answers import TooLarge, refused_in_words
from bot.gateway.house import House

BOT_BODY = 50 * 1024 * 1024
POLL = "getupdates"
OCTETS = "application/octet-stream"
UNREADABLE = BotApiError(400, "Bad Request: can't parse the body")


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
        method = request.path_params["method"]
        if method.lower() == POLL:
            return await self._poll(request, params)
        return await reply(self._house, method, params, files)

    async def _poll(self, request: Request, params: dict[str, Any]) -> tuple[int, bytes]:
        """Answer a poll; a bot that hangs up meanwhile is gone, and its doors with it."""
        with self._house.threshold.polling():
            answered = asyncio.create_task(reply(self._house, POLL, params))
            hung_up = asyncio.create_task(_hung_up(request))
            try:
                await asyncio.wait({answered, hung_up}, return_when=asyncio.FIRST_COMPLETED)
                if answered.done():
                    return answered.result()
            finally:
                hung_up.cancel()
                answered.cancel()
        self._house.threshold.lose()
        raise ClientDisconnect


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        """Whatever else comes of a request that has been read is nothing to wait for."""


async def _call(request: Request) -> tuple[dict[str, Any], dict[str, UploadedFile]]:
    """Parameters as query, form, multipart or JSON; only files are worth a parser of their own."""
    params: dict[str, Any] = dict(_pairs(request.scope["query_string"]))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        fields, files = await _multipart(request)
        return params | fields, files
    try:
        body = await bodies.body(request, BOT_BODY)
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
        return dict(bodies.parsed(body or b"{}").items())
    except (ValueError, AttributeError):
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


def routes(house: House) -> list[Route]:
    async def told_file(request: Request) -> Response:
        return await refused_in_words(lambda: bot_file(house, request))

    return [Route("/bot{token}/{method}", BotDoor(house)), Route("/file/bot{token}/documents/{file_id}", told_file)]
