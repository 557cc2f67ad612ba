"""Making the menus of a network's chats look like the rows; it never goes before a message."""

import asyncio
import json
import logging
import sqlite3
from dataclasses import dataclass, field

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.delivery import growing
from bot.delivery.networks import Network
from bot.delivery.wire.troubles import silence_of
from bot.store import menus, showing
from bot.store.database import Database
from bot.store.menus import EVERY_CHAT, NOTHING, Menu

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
MESSAGES_FIRST = 30
"""How many looks a menu waits at most for messages that are still to be shown."""


@dataclass
class Menus:
    """Carries one network's wanted menus out, one at a time; saying the same again does no harm."""

    network: Network
    database: Database
    _pauses: dict[int, float] = field(default_factory=dict)
    _not_before: dict[int, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Look now and then for menus that are not as wanted, for ever."""
        while True:
            try:
                for menu in await self._pending():
                    await self._after_messages()
                    await self._carry_out(menu)
            except sqlite3.Error as error:
                self.database.trouble.note(error)
            await asyncio.sleep(LOOK_EVERY)

    async def _pending(self) -> list[Menu]:
        now = asyncio.get_running_loop().time()
        async with self.database.reading() as tx:
            found = await menus.pending(tx, self.network.name)
        return [menu for menu in found if self._not_before.get(menu.chat_id, 0) <= now]

    async def _after_messages(self) -> None:
        for _ in range(MESSAGES_FIRST):
            async with self.database.reading() as tx:
                if not await showing.anything_waits(tx, self.network.name):
                    return
            await asyncio.sleep(LOOK_EVERY)

    async def _carry_out(self, menu: Menu) -> None:
        loop, limits = asyncio.get_running_loop(), self.network.limits
        # One chat that is nobody's stands for all menus, so that no menu takes the place of a message.
        while wait := limits.wait_for(EVERY_CHAT, loop.time()):  # noqa: ASYNC110  loop time
            await asyncio.sleep(min(wait, LOOK_EVERY))
        limits.begin()
        try:
            await self._show(menu)
        except (Forbidden, BadRequest) as error:
            # A chat that is not there any more shows no menu either.
            await (self._mark_shown(menu) if menu.wanted == NOTHING else self._note_refusal(menu, str(error)))
        except (TelegramError, AttributeError, KeyError, TypeError, ValueError) as error:
            # The chat library trips over an answer of the wrong shape; asking again does no harm.
            self._postpone(menu, error)
        else:
            await self._mark_shown(menu)
        finally:
            limits.end(EVERY_CHAT, loop.time())

    async def _mark_shown(self, menu: Menu) -> None:
        self._pauses.pop(menu.chat_id, None)
        async with self.database.transaction() as tx:
            await menus.mark_shown(tx, menu)

    async def _show(self, menu: Menu) -> None:
        scope = _scope(menu.chat_id)
        if menu.wanted == NOTHING:
            await self.network.call("deleteMyCommands", scope=scope)
        else:
            await self.network.call("setMyCommands", commands=menu.wanted, scope=scope)

    async def _note_refusal(self, menu: Menu, why: str) -> None:
        log.warning("%s refuses a menu: %s", self.network.name, why)
        async with self.database.transaction() as tx:
            await menus.mark_fault(tx, menu, why)

    def _postpone(self, menu: Menu, error: Exception) -> None:
        loop_time = asyncio.get_running_loop().time()
        pause = growing.pause(self._pauses.get(menu.chat_id, 0), FIRST_PAUSE, LONGEST_PAUSE)
        if isinstance(error, RetryAfter):
            pause = silence_of(error)
            self.network.limits.obey(pause, loop_time)
        self._pauses[menu.chat_id] = pause
        self._not_before[menu.chat_id] = loop_time + pause


def _scope(chat_id: int) -> str:
    return json.dumps({"type": "default"} if chat_id == EVERY_CHAT else {"type": "chat", "chat_id": chat_id})
