"""A chat network whose every answer is written down beforehand: the one seam at which tests stand in."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.delivery.limits import Limits
from bot.delivery.networks import Network
from bot.delivery.wire import answers
from bot.delivery.wire.troubles import NotSent

Answer = tuple[int, Any] | Exception
ME = {"id": 7, "is_bot": True, "first_name": "Samtalelapp", "username": "samtalelapp_bot"}
LOST, NEVER_SENT, BROKEN_OFF = TimedOut(), NotSent("no connection"), NetworkError("reset")


@dataclass(frozen=True)
class Call:
    """What the hub asked of the network."""

    method: str
    chat_id: int | None
    message_id: int | None
    text: str | None
    document: bytes | None = None


@dataclass
class ScriptedWire(BaseRequest):
    """Answers as it was told to, else as a network that works; ``held`` makes everybody wait.

    ``answers`` says what certain calls are answered, whenever they come; None leaves them to the rest.
    """

    calls: list[Call] = field(default_factory=list)
    script: list[Answer] = field(default_factory=list)
    updates: list[Answer] = field(default_factory=list)
    offsets: list[int | None] = field(default_factory=list)
    held: asyncio.Event | None = None
    before: Callable[[Call], None] = lambda _call: None
    answers: Callable[[Call], Answer | None] = lambda _call: None
    _message: int = 0

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        path, _mark, query = url.partition("?")
        name = path.rpartition("/")[2]
        asked = (json.loads(query) if query else {}) | (request_data.json_parameters if request_data else {})
        if name == "getMe":
            return 200, _ok(ME)
        if name == "getUpdates":
            return await self._poll(asked)
        chat_id, message_id = (int(asked[place]) if place in asked else None for place in ("chat_id", "message_id"))
        words = asked.get("text", asked.get("caption")) or asked.get("scope")
        status, answer = await self._answer(Call(name, chat_id, message_id, words, _file(request_data)))
        return status, answers.read(name, status, answer)  # as HttpRequest does

    async def _poll(self, asked: dict[str, str]) -> tuple[int, bytes]:
        self.offsets.append(int(asked["offset"]) if "offset" in asked else None)
        if not self.updates:
            await asyncio.Event().wait()
        return _sent(self.updates.pop(0))

    async def _answer(self, call: Call) -> tuple[int, bytes]:
        self.calls.append(call)
        self.before(call)
        if self.held:
            await self.held.wait()
        if answer := self.answers(call):
            return _sent(answer)
        if self.script:
            return _sent(self.script.pop(0))
        self._message += call.method in {"sendMessage", "sendDocument"}
        return 200, _ok(self._result(call))

    def _result(self, call: Call) -> Any:
        if call.method in {"deleteMessage", "answerCallbackQuery", "setMyCommands", "deleteMyCommands"}:
            return True
        number = call.message_id or self._message
        return {"message_id": number, "date": 1, "chat": {"id": call.chat_id, "type": "private"}, "text": call.text}

    def told(self) -> list[tuple[str, str | None]]:
        """What the network was asked, in short."""
        return [(call.method, call.text) for call in self.calls]


def _file(data: RequestData | None) -> bytes | None:
    if data is None or not data.contains_files:
        return None
    content = data.multipart_data["document"][1]
    return content if isinstance(content, bytes) else content.read()


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _sent(answer: Answer) -> tuple[int, bytes]:
    if isinstance(answer, Exception):
        raise answer
    code, body = answer
    if isinstance(body, bytes):
        return code, body
    if code == 200:
        return code, _ok(body)
    return code, json.dumps({"ok": False, "error_code": code, **body}).encode()


def refusal(code: int, description: str, **parameters: Any) -> Answer:
    return code, {"description": description} | ({"parameters": parameters} if parameters else {})


def network_of(wire: ScriptedWire, name: str = "house", *, leaves_house: bool = False) -> Network:
    bot = ExtBot("7:x", base_url="http://wire.invalid/bot", request=wire, get_updates_request=wire)
    return Network(name, bot, wire, leaves_house=leaves_house, limits=Limits())
