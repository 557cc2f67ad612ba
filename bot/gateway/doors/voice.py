"""What the page hears: a sentence of a message that stands in a chat it may see, and never words of its own.

Who speaks is the hub's to say; the house network knows neither voices nor languages.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway.chats import NotThere
from bot.gateway.doors.answers import API_HEADERS, TooMany, told
from bot.gateway.doors.sight import Sight, chat_of

WAV = "audio/wav"
NOT_SPOKEN = "This is not read aloud here."
LANGUAGE_LENGTH, MOST_DIGITS = 3, 18
A_MOMENT = 1.0

Told = Mapping[str, Any]
"""A message as the page is told it."""


class Busy(Exception):
    """So much is being spoken that this must wait."""


def _no_languages() -> Sequence[str]:
    return ()


def _no_sentences(_message: Told) -> Sequence[Mapping[str, Any]]:
    return ()


async def _nothing(_message: Told, _number: int, _language: str) -> bytes | None:
    return None


@dataclass(frozen=True)
class Voice:
    """What the hub gives: the ``languages`` with a voice, which ``sentences`` a message has, and one of them as a WAV.

    ``speak`` takes a message, the number of a sentence and a language, which is "" for the sentence's own. It returns
    None where nothing is spoken, and raises Busy.
    """

    languages: Callable[[], Sequence[str]] = _no_languages
    sentences: Callable[[Told], Sequence[Mapping[str, Any]]] = _no_sentences
    speak: Callable[[Told, int, str], Awaitable[bytes | None]] = _nothing

    async def tell(self, sight: Sight, request: Request) -> Response:
        """Tell which sentences a message has, in the order in which they are read."""
        message = _message(sight, request)
        return told({"sentences": await asyncio.to_thread(self.sentences, message)})

    async def say(self, sight: Sight, request: Request) -> Response:
        """Speak one sentence of a message, for as long as somebody waits for it and the message stands there."""
        sight.listen()
        message, number = _message(sight, request), _number(request, "number")
        language = request.query_params.get("language", "")[:LANGUAGE_LENGTH]
        try:
            spoken = await _while_asked(request, self.speak(message, number, language))
        except Busy:
            raise TooMany(A_MOMENT) from None
        if _message(sight, request)["text"] != message["text"]:
            raise NotThere("The message has changed meanwhile.")
        if spoken is None:
            raise NotThere(NOT_SPOKEN)
        return Response(spoken, headers=API_HEADERS, media_type=WAV)


def _message(sight: Sight, request: Request) -> dict[str, Any]:
    """Return the message that is asked for, as it stands now."""
    chat_id, message_id = chat_of(sight, request), _number(request, "message_id")
    sight.house.covers.check(chat_id)
    if (found := sight.house.room(chat_id).messages.get(message_id)) is None:
        raise NotThere(f"There is no message {message_id} in chat {chat_id}; it may have been deleted.")
    return found.for_page()


def _number(request: Request, name: str) -> int:
    given = str(request.path_params[name])
    if not (given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS):
        raise NotThere(NOT_SPOKEN)
    return int(given)


async def _while_asked(request: Request, speaking: Awaitable[bytes | None]) -> bytes | None:
    """Speak until it is done, or until whoever asked has gone away."""
    work, gone = asyncio.ensure_future(speaking), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        return await work if work.done() else None
    finally:
        for each in (work, gone):
            each.cancel()
            with suppress(asyncio.CancelledError, Busy):
                await each


async def _gone(request: Request) -> None:
    heard = ""
    while heard != "http.disconnect":
        heard = (await request.receive())["type"]


Endpoint = Callable[[Sight, Request], Coroutine[Any, Any, Response]]


def endpoints(voice: Voice) -> list[tuple[str, str, Endpoint]]:
    """Return what a page can ask of a voice."""
    message = "/client/chats/{chat_id}/messages/{message_id}/voice"
    return [("GET", message, voice.tell), ("GET", f"{message}/{{number}}", voice.say)]
