"""One suite for every network: what a bot relies on is the same in the house and on Telegram."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
    Message,
)
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.delivery.wire.http import HttpRequest
from bot.gateway.bot_api.request import HouseRequest
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, served
from tests.patience import until

TOKEN = os.environ.get("SAMTALELAPP_TEST_TELEGRAM_TOKEN", "")
CHAT = os.environ.get("SAMTALELAPP_TEST_TELEGRAM_CHAT", "")
NETWORKS = ["in process", "over HTTP", "as the hub does", *(["Telegram"] if TOKEN and CHAT else [])]


@dataclass(frozen=True)
class Network:
    bot: Bot
    chat: int


async def in_process(house: House) -> AsyncIterator[Network]:
    async with Bot(house.token, request=HouseRequest(house), get_updates_request=HouseRequest(house)) as bot:
        yield Network(bot, KIOSK)


async def over_http(house: House) -> AsyncIterator[Network]:
    async with served(house) as address:
        polls = HTTPXRequest(connection_pool_size=4)
        base, files = f"{address}/bot", f"{address}/file/bot"
        async with Bot(house.token, base_url=base, base_file_url=files, get_updates_request=polls) as bot:
            yield Network(bot, KIOSK)


async def as_the_hub_does(house: House) -> AsyncIterator[Network]:
    async with served(house) as address:
        base, files = f"{address}/bot", f"{address}/file/bot"
        ours, polls = HttpRequest(4), HttpRequest(4)
        async with Bot(house.token, base_url=base, base_file_url=files, request=ours, get_updates_request=polls) as bot:
            yield Network(bot, KIOSK)


async def telegram(_: House) -> AsyncIterator[Network]:
    async with Bot(TOKEN, get_updates_request=HTTPXRequest(connection_pool_size=4)) as bot:
        yield Network(bot, int(CHAT))


DOORS = {
    "in process": in_process,
    "over HTTP": over_http,
    "as the hub does": as_the_hub_does,
    "Telegram": telegram,
}


@pytest.fixture(params=NETWORKS)
async def network(request: pytest.FixtureRequest, house: House) -> AsyncIterator[Network]:
    async for opened in DOORS[request.param](house):
        yield opened


def button(data: str = "take:1", **more: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Ta den", callback_data=data, **more)]])


async def edit(network: Network, number: int, text: str, markup: InlineKeyboardMarkup | None = None) -> Message:
    edited = await network.bot.edit_message_text(text, network.chat, number, reply_markup=markup)
    assert isinstance(edited, Message)
    return edited


async def caption(network: Network, number: int, words: str, markup: InlineKeyboardMarkup | None = None) -> Message:
    edited = await network.bot.edit_message_caption(network.chat, number, caption=words, reply_markup=markup)
    assert isinstance(edited, Message)
    return edited


async def refusal(call: Awaitable[object]) -> tuple[str, str]:
    with pytest.raises(TelegramError) as caught:
        await call
    return type(caught.value).__name__, str(caught.value)


async def test_the_bot_is_a_bot_whose_id_begins_its_token(network: Network) -> None:
    me = await network.bot.get_me()
    assert (me.is_bot, str(me.id)) == (True, network.bot.token.partition(":")[0])


async def test_a_sent_message_comes_back_as_it_stands_in_the_chat(network: Network) -> None:
    sent = await network.bot.send_message(network.chat, "  Hei på deg \n", reply_markup=button())
    assert (sent.chat.id, sent.chat.type, sent.text, sent.from_user and sent.from_user.id, sent.reply_markup) == (
        network.chat,
        "private",
        "Hei på deg",
        network.bot.id,
        button(),
    )


async def test_message_ids_rise(network: Network) -> None:
    first, second = [await network.bot.send_message(network.chat, text) for text in ("en", "to")]
    assert first.message_id < second.message_id


async def test_an_edit_changes_text_and_buttons(network: Network) -> None:
    sent = await network.bot.send_message(network.chat, "før", reply_markup=button())
    edited = await edit(network, sent.message_id, "etter")
    assert (edited.message_id, edited.text, edited.reply_markup) == (sent.message_id, "etter", None)
    assert edited.edit_date is not None


async def test_an_edit_that_changes_nothing_is_refused(network: Network) -> None:
    sent = await network.bot.send_message(network.chat, "likt", reply_markup=button())
    assert await refusal(edit(network, sent.message_id, "likt", button())) == (
        "BadRequest",
        "Message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
    )


async def test_an_edit_of_other_buttons_only_is_a_change(network: Network) -> None:
    sent = await network.bot.send_message(network.chat, "likt", reply_markup=button("a"))
    edited = await edit(network, sent.message_id, "likt", button("b"))
    assert edited.reply_markup == button("b")


async def test_what_was_deleted_can_neither_be_edited_nor_deleted(network: Network) -> None:
    sent = await network.bot.send_message(network.chat, "borte")
    assert await network.bot.delete_message(network.chat, sent.message_id) is True
    assert await refusal(edit(network, sent.message_id, "her?")) == ("BadRequest", "Message to edit not found")
    deletion = network.bot.delete_message(network.chat, sent.message_id)
    assert await refusal(deletion) == ("BadRequest", "Message to delete not found")


async def test_deleting_many_skips_what_is_not_there(network: Network) -> None:
    ids = [(await network.bot.send_message(network.chat, text)).message_id for text in ("en", "to")]
    assert await network.bot.delete_messages(network.chat, [*ids, ids[-1] + 1000]) is True
    assert await refusal(edit(network, ids[0], "her?")) == ("BadRequest", "Message to edit not found")


async def test_more_than_a_hundred_deletions_are_refused(network: Network) -> None:
    deletion = network.bot.delete_messages(network.chat, list(range(1, 102)))
    assert await refusal(deletion) == ("BadRequest", "Too many message identifiers specified")


async def test_a_chat_must_be_there(network: Network) -> None:
    assert await refusal(network.bot.send_message(999_999_999_999, "Hei")) == ("BadRequest", "Chat not found")


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_a_message_without_text_is_refused(network: Network, text: str) -> None:
    assert await refusal(network.bot.send_message(network.chat, text)) == ("BadRequest", "Message text is empty")


async def test_a_message_of_4096_code_units_is_the_longest(network: Network) -> None:
    assert (await network.bot.send_message(network.chat, "x" * 4096)).text == "x" * 4096
    too_long = network.bot.send_message(network.chat, "🐟" * 2048 + "x")
    assert await refusal(too_long) == ("BadRequest", "Message is too long")


async def test_button_data_has_at_most_64_bytes(network: Network) -> None:
    longest = await network.bot.send_message(network.chat, "Velg", reply_markup=button("ø" * 32))
    assert longest.reply_markup == button("ø" * 32)
    too_long = network.bot.send_message(network.chat, "Velg", reply_markup=button("x" + "ø" * 32))
    assert await refusal(too_long) == ("BadRequest", "Button_data_invalid")


async def test_a_button_that_does_nothing_is_refused(network: Network) -> None:
    nothing = InlineKeyboardMarkup([[InlineKeyboardButton("Ta den")]])
    assert await refusal(network.bot.send_message(network.chat, "Velg", reply_markup=nothing)) == (
        "BadRequest",
        "Can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
    )


async def test_styled_and_linked_buttons_are_kept(network: Network) -> None:
    styled = InlineKeyboardButton("Nei", callback_data="no", style="danger")
    linked = InlineKeyboardButton("Les", url="https://example.org/")
    markup = InlineKeyboardMarkup([[styled], [linked]])
    assert (await network.bot.send_message(network.chat, "Velg", reply_markup=markup)).reply_markup == markup


async def test_a_press_that_nobody_made_cannot_be_answered(network: Network) -> None:
    assert await refusal(network.bot.answer_callback_query("1234567890", "Hei")) == (
        "BadRequest",
        "Query is too old and response timeout expired or query id is invalid",
    )


async def test_a_document_can_be_fetched_as_it_was_sent(network: Network) -> None:
    content = bytes(range(256)) * 9 + b"\r\n--\r\n"
    sent = await network.bot.send_document(network.chat, content, caption="Lapp", filename="lapp æ.pdf")
    assert sent.document
    file = await network.bot.get_file(sent.document.file_id)
    name, kind = sent.document.file_name, sent.document.mime_type
    assert (sent.caption, name, kind, bytes(await file.download_as_bytearray())) == (
        "Lapp",
        "lapp æ.pdf",
        "application/pdf",
        content,
    )


async def test_a_document_has_no_text_to_edit(network: Network) -> None:
    sent = await network.bot.send_document(network.chat, b"x", filename="x.txt")
    assert await refusal(edit(network, sent.message_id, "etter")) == (
        "BadRequest",
        "There is no text in the message to edit",
    )


async def test_what_stands_beside_a_document_can_be_changed(network: Network) -> None:
    sent = await network.bot.send_document(network.chat, b"x", filename="x.txt", caption="før", reply_markup=button())
    edited = await caption(network, sent.message_id, "etter", button("b"))
    assert (edited.caption, edited.reply_markup, edited.document) == ("etter", button("b"), sent.document)
    assert await refusal(caption(network, sent.message_id, "etter", button("b"))) == (
        "BadRequest",
        "Message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
    )


async def test_a_text_has_no_caption_to_edit(network: Network) -> None:
    sent = await network.bot.send_message(network.chat, "før")
    assert await refusal(caption(network, sent.message_id, "etter")) == (
        "BadRequest",
        "There is no caption in the message to edit",
    )


async def test_a_deleted_document_has_nothing_to_edit(network: Network) -> None:
    sent = await network.bot.send_document(network.chat, b"x", filename="x.txt")
    assert await network.bot.delete_message(network.chat, sent.message_id) is True
    assert await refusal(caption(network, sent.message_id, "etter")) == ("BadRequest", "Message to edit not found")


async def test_a_second_poller_ends_the_first(network: Network, house: House) -> None:
    older = asyncio.create_task(refusal(network.bot.get_updates(timeout=20)))
    await until(lambda: house.updates._poll is not None, "a poll that waits")
    newer = asyncio.create_task(network.bot.get_updates(timeout=1))
    assert await older == (
        "Conflict",
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    assert await newer == ()


async def test_commands_are_kept_for_each_language(network: Network) -> None:
    english, norwegian = [BotCommand("help", "Help")], [BotCommand("help", "Hjelp")]
    assert await network.bot.set_my_commands(english) is True
    assert await network.bot.set_my_commands(norwegian, language_code="nb") is True
    kept = (await network.bot.get_my_commands(), await network.bot.get_my_commands(language_code="nb"))
    assert kept == (tuple(english), tuple(norwegian))


async def test_a_chat_has_commands_of_its_own_until_they_are_deleted(network: Network) -> None:
    of_chat, help_only = BotCommandScopeChat(network.chat), [BotCommand("help", "Hjelp")]
    own = [BotCommand("idag", "Dagens samtaler"), BotCommand("a" * 32, "x" * 256)]
    assert await network.bot.set_my_commands(help_only) is True
    assert await network.bot.set_my_commands(own, scope=of_chat) is True
    kept = (await network.bot.get_my_commands(scope=of_chat), await network.bot.get_my_commands())
    assert kept == (tuple(own), tuple(help_only))
    assert [await network.bot.delete_my_commands(scope=of_chat) for _ in range(2)] == [True, True]
    assert (await network.bot.get_my_commands(scope=of_chat), await network.bot.delete_my_commands()) == ((), True)


async def test_commands_of_a_chat_that_is_not_there_are_refused(network: Network) -> None:
    nowhere = network.bot.set_my_commands([BotCommand("help", "Hjelp")], scope=BotCommandScopeChat(999_999_999_999))
    assert await refusal(nowhere) == ("BadRequest", "Chat not found")


@pytest.mark.parametrize("name", ["Idag", "i-dag", "få"])
async def test_a_command_has_small_letters_digits_and_underscores(network: Network, name: str) -> None:
    setting = network.bot.set_my_commands([BotCommand(name, "Dagens samtaler")])
    assert await refusal(setting) == ("BadRequest", "Bot_command_invalid")


async def test_a_menu_button_can_be_set(network: Network) -> None:
    assert await network.bot.set_chat_menu_button(network.chat, MenuButtonCommands()) is True


async def test_there_is_no_webhook(network: Network) -> None:
    assert await network.bot.delete_webhook() is True
    assert (await network.bot.get_webhook_info()).url == ""


async def test_a_method_that_nobody_knows_is_not_found(network: Network) -> None:
    assert await refusal(network.bot.do_api_request("sendPigeon")) == (
        "EndPointNotFound",
        "Endpoint 'sendPigeon' not found in Bot API",
    )
