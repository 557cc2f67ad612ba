"""The strict server itself is as the documentation has it, where a hub can notice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.botapi.server import CONFLICT, DELETABLE, NOT_MODIFIED, QUERY_LIVES, TOO_OLD, WEBHOOK, BotApi

CHAT = 501


@pytest.fixture
def server() -> BotApi:
    made = BotApi()
    made.open(CHAT)
    return made


@pytest.fixture
async def ask(server: BotApi) -> AsyncIterator[Any]:
    async with server.served() as address, aiohttp.ClientSession() as http:

        async def asking(method: str, token: str = server.token, **fields: Any) -> Any:
            async with http.post(f"{address}/bot{token}/{method}", data=fields) as response:
                body = await response.json()
                assert response.status == body.get("error_code", 200)
                return body["result"] if body["ok"] else body["description"]

        yield asking


@pytest.mark.parametrize(
    ("method", "fields", "told"),
    [
        ("sendMessage", {"chat_id": CHAT, "text": "x" * 4097}, "Bad Request: message is too long"),
        ("sendMessage", {"chat_id": CHAT, "text": "🙂" * 2049}, "Bad Request: message is too long"),
        ("sendMessage", {"chat_id": CHAT, "text": " \n"}, "Bad Request: message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "x"}, "Bad Request: chat not found"),
        ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": CHAT, "text": "x", "colour": "red"}, "Bad Request: unknown parameter"),
        ("editMessageText", {"chat_id": CHAT, "message_id": 9, "text": "x"}, "Bad Request: message to edit not found"),
        ("deleteMessage", {"chat_id": CHAT, "message_id": 9}, "Bad Request: message to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "7"}, f"Bad Request: {TOO_OLD}"),
        ("sendPoll", {}, "Not Found: method not found"),
        ("getMe", {"token": "1:wrong"}, "Unauthorized"),
    ],
)
async def test_what_the_documentation_does_not_allow_is_refused(ask: Any, method: str, fields: Any, told: str) -> None:
    assert await ask(method, **fields) == told


@pytest.mark.parametrize(
    ("data", "told"), [("", "BUTTON_DATA_INVALID"), ("æ" * 33, "BUTTON_DATA_INVALID"), ("æ" * 32, None)]
)
async def test_a_button_carries_one_to_sixty_four_bytes(ask: Any, data: str, told: str | None) -> None:
    markup = f'{{"inline_keyboard": [[{{"text": "x", "callback_data": "{data}"}}]]}}'
    answer = await ask("sendMessage", chat_id=CHAT, text="x", reply_markup=markup)
    assert (answer if told else answer["message_id"]) == (f"Bad Request: {told}" if told else 1)


async def test_a_message_is_sent_edited_once_and_deleted_within_two_days(server: BotApi, ask: Any) -> None:
    assert (await ask("SENDMESSAGE", chat_id=CHAT, text="x"))["message_id"] == 1
    place = {"chat_id": CHAT, "message_id": 1}
    assert await ask("editMessageText", **place, text="x") == f"Bad Request: {NOT_MODIFIED}"
    assert (await ask("editMessageText", **place, text="y"))["text"] == "y"
    server.now += DELETABLE + 1
    assert await ask("deleteMessage", **place) == "Bad Request: message can't be deleted for everyone"
    server.now -= DELETABLE
    assert await ask("deleteMessage", **place) is True


async def test_offsets_confirm_and_negative_ones_keep_the_last(server: BotApi, ask: Any) -> None:
    for number in range(5):
        server.says(CHAT, f"{number}")
    ids = [each["update_id"] for each in await ask("getUpdates", limit=0)]
    assert (ids, len(await ask("getUpdates", limit=1000))) == ([1], 5)
    assert [each["update_id"] for each in await ask("getUpdates", offset=3)] == [3, 4, 5]
    assert [each["update_id"] for each in await ask("getUpdates", offset=-1)] == [5]
    assert [each["update_id"] for each in await ask("getUpdates")] == [5]


async def test_a_second_poller_ends_the_first_and_a_webhook_both(server: BotApi) -> None:
    first = asyncio.create_task(server.answer("getUpdates", {"timeout": "50"}))
    await asyncio.sleep(0)
    second = asyncio.create_task(server.answer("getUpdates", {"timeout": "50"}))
    with pytest.raises(Exception, match="terminated by other") as ended:
        await first
    assert str(ended.value) == CONFLICT
    server.says(CHAT, "x")
    assert len(await second) == 1
    server.webhook = True
    with pytest.raises(Exception, match="webhook is active") as ended:
        await server.answer("getUpdates", {})
    assert str(ended.value) == WEBHOOK


async def test_a_press_can_be_answered_once_for_a_quarter_of_an_hour(server: BotApi, ask: Any) -> None:
    server.says(CHAT, "x")
    first, second = server.presses(CHAT, 1, "x"), server.presses(CHAT, 1, "x")
    assert await ask("answerCallbackQuery", callback_query_id=first) is True
    assert await ask("answerCallbackQuery", callback_query_id=first) == f"Bad Request: {TOO_OLD}"
    server.now += QUERY_LIVES + 1
    assert await ask("answerCallbackQuery", callback_query_id=second) == f"Bad Request: {TOO_OLD}"


async def test_too_many_requests_and_a_blocked_bot_are_refused_in_the_real_words(server: BotApi, ask: Any) -> None:
    server.slow_down = [{"retry_after": 1}]
    assert await ask("sendMessage", chat_id=CHAT, text="x") == "Too Many Requests: retry after 1"
    server.chats[CHAT].blocked = True
    assert await ask("sendMessage", chat_id=CHAT, text="x") == "Forbidden: bot was blocked by the user"
