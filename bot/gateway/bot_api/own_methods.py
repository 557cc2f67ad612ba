"""What the house network is asked beyond the Bot API: nobody else's doors open and close with their bot."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from bot.gateway.bot_api.parameters import Method, array, bad, chat_id, integer, mapping, text
from bot.gateway.chats import NotThere
from bot.gateway.house import House
from bot.gateway.rooms import Room

LIFT = "INSERT INTO notes VALUES ('lifted', CAST(? AS TEXT)) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
"""Notes when covers were taken down."""


async def close_doors(house: House) -> bool:
    """Show nothing to anybody until ``openDoors``; what has been taken in still waits for the bot."""
    house.threshold.close()
    return True


async def open_doors(house: House, passing: re.Pattern[str] | None = None) -> bool:
    """Let people in; what they press or type and begins like ``passing`` stays in memory alone."""
    house.threshold.open(passing)
    return True


async def keep_messages(house: House, messages: set[tuple[int, int]]) -> bool:
    """Take away every message of the bot's, and whatever stands at a kiosk, that is not among these.

    What was under way comes first, and nothing that was said for a moment stays.
    """
    await house.journal.write(then=lambda: None)
    for room in house.rooms():
        room.alert = None
        there = room.messages.values()
        its = [each.id for each in there if each.sender == "bot" or room.chat.kind == "kiosk"]
        if strays := [number for number in its if (room.chat.id, number) not in messages]:
            await house.remove(room, strays)
    return True


def places(value: Any) -> set[tuple[int, int]]:
    """Messages, each as the pair of its chat and its number."""
    found = [array(each) for each in array(value)]
    if any(len(each) != 2 for each in found):
        raise bad("a message is [chat_id, message_id] here")
    return {(integer(chat), integer(number)) for chat, number in found}


def pattern(value: Any) -> re.Pattern[str]:
    """A regular expression."""
    try:
        return re.compile(text(value))
    except re.error:
        raise bad("passing must be a regular expression") from None


async def cover_chats(
    house: House,
    words: Mapping[int, str] | None = None,
    cover: Iterable[int] = (),
    lift: Iterable[int] = (),
) -> list[int]:
    """Keep the words for covers, put some up, take some down; return which chats are covered now.

    Nothing of the putting up is written: it must work when nothing can be. A cover goes with something that is written,
    so that it stays for as long as nothing can be; JournalFault says so.
    """
    house.covers.words.update(words or {})
    _each(house, cover, house.covers.put)
    if down := set(lift) & set(house.covers.down):
        await house.journal.write((LIFT, (house.seconds(),)), then=lambda: _each(house, down, house.covers.lift))
    return house.covers.down


def _each(house: House, chats: Iterable[int], change: Callable[[Room], None]) -> None:
    for chat in chats:
        with suppress(NotThere):
            change(house.room(chat))


def _words(value: Any) -> dict[int, str]:
    return {chat_id(chat): text(said) for chat, said in mapping(value).items()}


def _chats(value: Any) -> list[int]:
    return [chat_id(each) for each in array(value)]


METHODS = {
    "closedoors": Method(close_doors),
    "opendoors": Method(open_doors, takes={"passing": pattern}),
    "coverchats": Method(cover_chats, takes={"words": _words, "cover": _chats, "lift": _chats}),
    "keepmessages": Method(keep_messages, {"messages": places}),
}
