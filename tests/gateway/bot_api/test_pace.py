"""The house network may be as slow as Telegram: what is too much is refused with 429 and counted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import machine_now
from bot.gateway.bot_api.calls import answer, reply
from bot.gateway.bot_api.pace import CHAT_BURST, PER_SECOND, Pace
from bot.gateway.chats import BotApiError
from bot.gateway.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = await House.open(tmp_path / "house.db", machine_now)
    for chat in range(1, PER_SECOND + 2):
        await house.open_chat(chat, f"S{chat}", "staff")
    yield house
    await house.close()


async def send(house: House, chat: int) -> int:
    return int((await answer(house, "sendMessage", {"chat_id": chat, "text": "x"}))["message_id"])


async def test_without_a_pace_nothing_is_too_much(house: House) -> None:
    for _ in range(PER_SECOND + 1):
        await send(house, 1)


async def test_the_thirty_first_message_of_a_second_is_refused_as_telegram_refuses(house: House) -> None:
    house.pace = Pace()
    for chat in range(1, PER_SECOND + 1):
        await send(house, chat)
    code, body = await reply(house, "sendMessage", {"chat_id": PER_SECOND + 1, "text": "x"})
    told = b'{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1", '
    assert (code, body) == (429, told + b'"parameters": {"retry_after": 1}}')
    assert house.pace.refused == 1


async def test_a_chat_takes_a_short_burst_of_messages_and_edits(house: House) -> None:
    house.pace = Pace()
    message = await send(house, 1)
    for number in range(CHAT_BURST - 1):
        await answer(house, "editMessageText", {"chat_id": 1, "message_id": message, "text": f"{number}"})
    with pytest.raises(BotApiError, match="Too Many Requests"):
        await answer(house, "editMessageText", {"chat_id": 1, "message_id": message, "text": "y"})
    await send(house, 2)


async def test_what_is_no_message_has_no_pace(house: House) -> None:
    house.pace = Pace()
    for _ in range(PER_SECOND * 2):
        await answer(house, "getMe", {})
        await answer(house, "getMyCommands", {})
    assert house.pace.refused == 0
