"""Calls of the Bot API, each answered as the real server does."""

import json
from collections.abc import Mapping
from typing import Any

from bot.gateway.bot_api import methods, parameters
from bot.gateway.bot_api.pace import MESSAGES
from bot.gateway.chats import BotApiError, UploadedFile
from bot.gateway.house import House
from bot.gateway.journal import JournalFault

NO_FILES: Mapping[str, UploadedFile] = {}


async def answer(
    house: House, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile] = NO_FILES
) -> Any:
    """Answer one call of the Bot API, or raise BotApiError."""
    found = methods.METHODS.get(method.lower())
    if found is None:
        raise BotApiError(404, "Not Found: method not found")
    try:
        asked = found.read({**params, **files})
        if house.pace and method.lower() in MESSAGES:
            house.pace.take(asked["chat_id"])
        return await found.answer(house, **asked)
    except JournalFault as fault:
        raise parameters.not_written() from fault


async def reply(
    house: House, method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile] = NO_FILES
) -> tuple[int, bytes]:
    """Answer as the real server does, with a status and JSON."""
    try:
        result = await answer(house, method, params, files)
    except BotApiError as error:
        return error.code, error.body()
    return 200, json.dumps({"ok": True, "result": result}, separators=(",", ":")).encode()
