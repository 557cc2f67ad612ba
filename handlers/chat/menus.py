"""The menu of commands in a chat, made from the handler tables: whatever may be typed there, in the reader's words."""

import json
from collections.abc import Iterable
from functools import cache, partial
from typing import TYPE_CHECKING

from bot.domain.people import Role
from bot.usecases.chat import menus
from handlers.chat.context import Context
from handlers.chat.words import Words

if TYPE_CHECKING:
    from handlers.chat.lines import Line

Command = tuple[str, str]


def commands_for(lines: Iterable["Line"], role: Role, _: Words) -> list[Command]:
    """Return the commands of a role, each with its description, in the order of the tables.

    A command with a name in the reader's language is told by that name, and every other by the name for everybody.
    """
    found: dict[str, Command] = {}
    for line in lines:
        if line.menu and _stands_in_menu(line, role) and _told_in(line, _.language):
            found[line.menu] = (line.what.split()[0].removeprefix("/"), _(line.menu))
    return list(found.values())


def _told_in(line: "Line", language: str) -> bool:
    return not line.languages or language in line.languages


def _stands_in_menu(line: "Line", role: Role) -> bool:
    # What even a stranger may is how one joins; everybody else has done that.
    return bool(line.may & role) and bool(line.may & Role.STRANGER) is (role is Role.STRANGER)


async def settle(context: Context) -> None:
    """Let every menu say what is true now: at the end of a turn that changed somebody, and when the hub starts."""
    await menus.keep(context.turn, cache(partial(_commands, context)))


async def greet_strangers(context: Context, networks: Iterable[str]) -> None:
    """Let strangers see how to join, in the hub's first language; a stranger's own is not known."""
    language = context.turn.hub.languages[0]
    await menus.keep_for_strangers(context.turn, networks, _commands(context, Role.STRANGER, language))


def _commands(context: Context, role: Role, language: str) -> str:
    lines = context.bot_data.lines
    told = commands_for(lines, role, context.words_for(language))
    return json.dumps([{"command": name, "description": text} for name, text in told], ensure_ascii=False)
