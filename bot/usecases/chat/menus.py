"""Keeping the menu of every chat as its reader's role and language have it."""

from collections.abc import Callable, Iterable

from bot.domain.people import Role
from bot.store import menus as store
from bot.store.menus import EVERY_CHAT, NOTHING, Menu
from bot.usecases.turn import Turn

Written = Callable[[Role, str], str]
"""Writes the commands of a role in a language, as the chat network wants them."""


async def keep(turn: Turn, written: Written) -> None:
    """Let every chat of the staff have its commands, and a chat that is nobody's any more have none."""
    readers = await store.readers(turn.tx)
    shall = {(each.network, each.chat_id): written(each.role, each.language) for each in readers}
    await _want(turn, shall, lambda menu: menu.chat_id != EVERY_CHAT)


async def keep_for_strangers(turn: Turn, networks: Iterable[str], written: str) -> None:
    """Let whoever is not known on these networks have these commands."""
    await _want(turn, {(network, EVERY_CHAT): written for network in networks}, lambda menu: menu.chat_id == EVERY_CHAT)


async def _want(turn: Turn, shall: dict[tuple[str, int], str], ours: Callable[[Menu], bool]) -> None:
    are = {(menu.network, menu.chat_id): menu.wanted for menu in await store.wanted(turn.tx) if ours(menu)}
    gone = dict.fromkeys(are.keys() - shall.keys(), NOTHING)
    changed = [Menu(*place, text) for place, text in (shall | gone).items() if are.get(place, NOTHING) != text]
    if changed:
        await store.want(turn.tx, changed)
