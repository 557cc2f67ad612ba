"""What a bot keeps beside its chats, to know whether they belong to its own records, and how both begin anew."""

import json
from typing import Any

from bot.gateway.bot_api.parameters import Method, integer, mapping, text
from bot.gateway.house import House

NOTE = "moment"
NOTHING: dict[str, Any] = {"moment": None, "codes": {}, "at": None}
APART = 1000
"""So far above every number that may have been used the next ones begin."""


async def keep_moment(house: House, **told: Any) -> dict[str, Any]:
    """Keep a moment with what the bot says of it; return what was kept before. Without a moment, only tell."""
    before: dict[str, Any] = json.loads(house.notes.get(NOTE, "null")) or NOTHING
    if "moment" in told:
        await house.note(NOTE, json.dumps({**NOTHING, **told}))
    return before


async def start_afresh(house: House, above: int = 0) -> bool:
    """Take every message away; numbers go on above all that this house or its bot has seen."""
    await house.start_afresh(above + APART)
    return True


METHODS = {
    "keepmoment": Method(keep_moment, takes={"moment": integer, "codes": mapping, "at": text}),
    "startafresh": Method(start_afresh, takes={"above": integer}),
}
