"""The door for a hub in the same process: python-telegram-bot asks the house directly, without a socket."""

import asyncio
import json
import logging
from typing import Any

from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.gateway.bot_api.calls import reply
from bot.gateway.chats import NotThere, UploadedFile
from bot.gateway.faults import place_of
from bot.gateway.house import House

log = logging.getLogger(__name__)

QUIET_SECONDS = 60.0
"""For how long a fault is not told again: what is not shown is tried again and again."""

Default = Any  # telegram's marker for "not given": no call here has a network to wait for


class HouseRequest(BaseRequest):
    """Hands calls to a house; polls end when it is shut down."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._polls: set[asyncio.Task[tuple[int, bytes]]] = set()
        self._quiet_until: dict[str, float] = {}

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        for poll in self._polls:
            poll.cancel()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Default, **__: Default
    ) -> tuple[int, bytes]:
        path, _mark, query = url.partition("?")
        name = path.rpartition("/")[2]
        if f"/documents/{name}" in path:
            return self._document(name)
        params = (json.loads(query) if query else {}) | (request_data.parameters if request_data else {})
        try:
            return await self._answer(name, params, request_data)
        except TelegramError:
            raise
        except Exception as fault:
            self._tell(f"{name}: {place_of(fault)}")
            raise

    async def _answer(self, name: str, params: dict[str, Any], data: RequestData | None) -> tuple[int, bytes]:
        if name.lower() == "getupdates":
            return await self._poll(params)
        return await reply(self._house, name, params, _files(data))

    def _tell(self, fault: str) -> None:
        """Log a fault of ours, but not each time: the chat library makes of it a network that cannot be reached."""
        loop_time = asyncio.get_running_loop().time()
        if loop_time >= self._quiet_until.get(fault, 0):
            self._quiet_until[fault] = loop_time + QUIET_SECONDS
            log.error("The house network did not answer %s", fault)

    async def _poll(self, params: dict[str, Any]) -> tuple[int, bytes]:
        poll = asyncio.create_task(reply(self._house, "getUpdates", params))
        self._polls.add(poll)
        try:
            return await poll
        except asyncio.CancelledError:
            if (me := asyncio.current_task()) and me.cancelling():
                raise
            raise NetworkError("The request was shut down.") from None
        finally:
            self._polls.discard(poll)

    def _document(self, file_id: str) -> tuple[int, bytes]:
        try:
            return 200, self._house.document(file_id).content
        except NotThere:
            return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'


def _files(data: RequestData | None) -> dict[str, UploadedFile]:
    if data is None or not data.contains_files:
        return {}
    parts = data.multipart_data
    return {name: UploadedFile(part[0], _content(part[1]), part[2]) for name, part in parts.items()}


def _content(given: Any) -> bytes:
    return given if isinstance(given, bytes) else given.read()
