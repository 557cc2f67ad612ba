"""What the house network is asked beyond the Bot API: nobody else's doors open and close with their bot."""

import re
from typing import TYPE_CHECKING, Any

from bot.gateway.parameters import Method, array, bad, integer, text

if TYPE_CHECKING:
    from bot.gateway.house import House


async def close_doors(house: "House") -> bool:
    """Show nothing to anybody until ``openDoors``; what has been taken in still waits for the bot."""
    house.threshold.close()
    return True


async def open_doors(house: "House", passing: re.Pattern[str] | None = None) -> bool:
    """Let people in; what they press or type and begins like ``passing`` stays in memory alone."""
    house.threshold.open(passing)
    return True


async def keep_messages(house: "House", messages: set[tuple[int, int]]) -> bool:
    """Take away every message of the bot's, and whatever stands at a kiosk, that is not among these."""
    await house.keep_only(messages)
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


METHODS = {
    "closedoors": Method(close_doors),
    "opendoors": Method(open_doors, takes={"passing": pattern}),
    "keepmessages": Method(keep_messages, {"messages": places}),
}
