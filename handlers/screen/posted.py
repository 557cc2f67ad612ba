"""Notices on the pages where one begins: a line each on the welcome and on home, and the way to all of them (F40)."""

from dataclasses import dataclass

from bot.domain.chat.messages import Button, Line
from bot.domain.notices.notices import name_of
from bot.usecases.notices import notices
from handlers.chat.context import Context
from handlers.said.notices import line

LINES = 3
"""So many notices stand on the welcome and on home themselves."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What stands of notices on a screen: their lines, the way to all of them, and what they are about."""

    lines: tuple[Line, ...] = ()
    buttons: tuple[Button, ...] = ()
    abouts: tuple[str, ...] = ()


async def posted(context: Context) -> Posted:
    """Return what a screen that greets, or asks where to go, shows of the notices of its unit."""
    _ = context.words
    found = await notices.at_unit(context.turn, context.turn.session.unit)
    if not found:
        return Posted()
    more = len(found) - LINES
    rest = [_.n_("… and {n} more", "… and {n} more", more)] if more > 0 else []
    lines = (*(line(_, each) for each in found[:LINES]), *map(Line, rest))
    return Posted(lines, (Button(_("📣 Notices"), "notices"),), tuple(name_of(each.id) for each in found[:LINES]))
