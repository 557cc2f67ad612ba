"""The closed list: the part of the Bot API that this bot uses, and no more."""

import json
import re
import secrets
from dataclasses import replace
from typing import Any

from bot.gateway import together
from bot.gateway.bot_api import own_methods
from bot.gateway.bot_api.parameters import (
    Method,
    array,
    bad,
    caption,
    chat_id,
    content,
    flag,
    integer,
    keyboard,
    mapping,
    message_ids,
    switch,
    text,
    toast,
    units,
    update_kinds,
    upload,
)
from bot.gateway.chats import BotApiError, Document, Keyboard, Message, NotThere, UploadedFile
from bot.gateway.commands import chat_scope, commands_of, menu
from bot.gateway.house import House
from bot.gateway.rooms import Room

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
Told = dict[str, Any]


async def get_me(house: House) -> Told:
    rights = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
    return {**house.me(), **dict.fromkeys(rights, False)}


async def get_updates(house: House, offset: int = 0, limit: int = 100, **waiting: Any) -> list[Told]:
    seconds = waiting.get("timeout", 0)
    return await house.updates.get(offset, min(max(limit, 1), 100), min(max(seconds, 0), 50))


async def delete_webhook(house: House, drop_pending_updates: bool = False) -> bool:
    if drop_pending_updates:
        house.updates.drop_all()
    return True


async def get_webhook_info(house: House) -> Told:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(house.updates)}


async def send_message(house: House, chat_id: int, text: str, **shown: Any) -> Told:
    return await house.add(_open_to_bot(house, chat_id), text, **shown)


async def send_document(house: House, chat_id: int, document: UploadedFile, caption: str = "", **shown: Any) -> Told:
    kept = Document(secrets.token_urlsafe(24), document)
    return await house.add(_open_to_bot(house, chat_id), caption, document=kept, **shown)


async def edit_message_text(
    house: House, chat_id: int, message_id: int, text: str, reply_markup: Keyboard = (), **shown: Any
) -> Told:
    room = _room(house, chat_id)
    message = _own(room, message_id)
    if message.document:
        raise bad("there is no text in the message to edit")
    drawn = replace(message, passing=shown.get("passing", False), face=shown.get("face"))
    return await _edit(house, room, drawn, text, reply_markup)


async def edit_message_caption(
    house: House, chat_id: int, message_id: int, caption: str = "", reply_markup: Keyboard = ()
) -> Told:
    room = _room(house, chat_id)
    message = _own(room, message_id)
    if message.document is None:
        raise bad("there is no caption in the message to edit")
    return await _edit(house, room, message, caption, reply_markup)


async def delete_message(house: House, chat_id: int, message_id: int) -> bool:
    if message_id not in _room(house, chat_id).messages:
        raise bad("message to delete not found")
    return await delete_messages(house, chat_id, [message_id])


async def delete_messages(house: House, chat_id: int, message_ids: list[int]) -> bool:
    room = _room(house, chat_id)
    found = [number for number in dict.fromkeys(message_ids) if number in room.messages]
    # Other networks delete for two days only; here nothing that is dead has to stay.
    if found:
        await house.remove(room, found)
    return True


async def answer_callback_query(house: House, callback_query_id: str, text: str = "", show_alert: bool = False) -> bool:
    if not house.alert(callback_query_id, text, show_alert):
        raise bad(TOO_OLD)
    return True


async def get_file(house: House, file_id: str) -> Told:
    try:
        found = Document(file_id, house.document(file_id)).for_bot()
    except NotThere:
        raise bad("invalid file_id") from None
    told = {name: found[name] for name in ("file_id", "file_unique_id", "file_size")}
    return {**told, "file_path": f"documents/{file_id}"}


async def set_my_commands(house: House, commands: list[Any], scope: object = None, language_code: str = "") -> bool:
    if len(commands) > MOST_COMMANDS:
        raise bad("too many commands specified")
    await _keep_commands(house, json.dumps([_command(one) for one in commands]), scope, language_code)
    return True


async def delete_my_commands(house: House, scope: object = None, language_code: str = "") -> bool:
    await _keep_commands(house, "[]", scope, language_code)
    return True


async def get_my_commands(house: House, scope: object = None, language_code: str = "") -> Any:
    return json.loads(house.notes.get(commands_of(scope, language_code), "[]"))


async def _keep_commands(house: House, commands: str, scope: object, language_code: str) -> None:
    match scope or {"type": "default"}:
        case {"type": "default", **more} if not more:
            await house.note(commands_of(scope, language_code), commands)
        case {"type": "chat", "chat_id": chat, **more} if not more:
            room = _room(house, chat_id(chat))
            await house.note(commands_of(chat_scope(room.chat.id), language_code), commands)
            house.publish("commands", {"chat": room.chat.id, "commands": menu(house.notes, room.chat.id)})
        case _:
            raise bad("a BotCommandScope is of a chat or the default one here")


async def set_chat_menu_button(house: House, chat_id: int = 0, menu_button: object = None) -> bool:
    if chat_id:
        _room(house, chat_id)
    await house.note(f"menu_button {chat_id}", json.dumps(menu_button or {"type": "default"}))
    return True


def _room(house: House, chat_id: int) -> Room:
    try:
        return house.room(chat_id)
    except NotThere:
        raise bad("chat not found") from None


def _open_to_bot(house: House, chat_id: int) -> Room:
    room = _room(house, chat_id)
    if room.blocked:
        raise BotApiError(403, "Forbidden: bot was blocked by the user")
    return room


def _own(room: Room, message_id: int) -> Message:
    message = room.messages.get(message_id)
    if message is None:
        raise bad("message to edit not found")
    if message.sender != "bot":
        raise bad("message can't be edited")
    return message


async def _edit(house: House, room: Room, message: Message, words: str, keyboard: Keyboard) -> Told:
    was = room.messages[message.id]
    if (was.text, was.keyboard, was.passing, was.face) == (words, keyboard, message.passing, message.face):
        raise bad(NOT_MODIFIED)
    return await house.change(room, replace(message, text=words, keyboard=keyboard, edit_date=house.seconds()))


def _command(value: Any) -> dict[str, str]:
    command = mapping(value)
    if set(command) != {"command", "description"}:
        raise bad("a BotCommand has a command and a description")
    name, description = text(command["command"]).removeprefix("/"), text(command["description"]).strip()
    if not COMMAND.fullmatch(name):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= units(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


MOST_COMMANDS = 100
COMMAND = re.compile("[a-z0-9_]{1,32}")
COMMANDS = {"scope": mapping, "language_code": text}
SHOWN = {"reply_markup": keyboard, "passing": switch, "face": mapping}
POLL = {"offset": integer, "limit": integer, "timeout": integer, "allowed_updates": update_kinds}

# What a page cannot keep (silence, protection, previews, parse modes) is not taken, rather than taken and forgotten.
METHODS = {
    "getme": Method(get_me),
    "getupdates": Method(get_updates, takes=POLL),
    "deletewebhook": Method(delete_webhook, takes={"drop_pending_updates": flag}),
    "getwebhookinfo": Method(get_webhook_info),
    "sendmessage": Method(send_message, {"chat_id": chat_id, "text": content}, SHOWN),
    "senddocument": Method(send_document, {"chat_id": chat_id, "document": upload}, {"caption": caption, **SHOWN}),
    "editmessagetext": Method(
        edit_message_text,
        {"text": content, "chat_id": chat_id, "message_id": integer},
        SHOWN,
    ),
    "editmessagecaption": Method(
        edit_message_caption,
        {"chat_id": chat_id, "message_id": integer},
        {"caption": caption, "reply_markup": keyboard},
    ),
    "deletemessage": Method(delete_message, {"chat_id": chat_id, "message_id": integer}),
    "deletemessages": Method(delete_messages, {"chat_id": chat_id, "message_ids": message_ids}),
    "answercallbackquery": Method(
        answer_callback_query, {"callback_query_id": text}, {"text": toast, "show_alert": flag}
    ),
    "getfile": Method(get_file, {"file_id": text}),
    "setmycommands": Method(set_my_commands, {"commands": array}, COMMANDS),
    "deletemycommands": Method(delete_my_commands, takes=COMMANDS),
    "getmycommands": Method(get_my_commands, takes=COMMANDS),
    "setchatmenubutton": Method(set_chat_menu_button, takes={"chat_id": chat_id, "menu_button": mapping}),
    **together.METHODS,
    **own_methods.METHODS,
}
