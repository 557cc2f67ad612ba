"""A dispatch over a real database, for tests that say themselves what is pressed and what that does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import TypeHandler

from bot.delivery.dispatch import Dispatch
from bot.domain.refusals import Refusal
from bot.running.parts import application_of
from bot.store import facts, inbox
from bot.usecases.turn import Turn
from handlers import tables
from tests.delivery.network import ScriptedWire, network_of
from tests.hub.real_turns import RealTurns, real_turns

KIOSK, ADVISER, STRANGER = 101, 201, 999
EPOCH = "7"
PRESSED = 5


def press(number: int, data: str, chat: int = ADVISER) -> dict[str, Any]:
    sender = {"id": chat, "is_bot": False, "first_name": "x"}
    message = {"message_id": PRESSED, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    query = {"id": f"{number}", "from": sender, "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


def typed(number: int, text: str, chat: int = ADVISER) -> dict[str, Any]:
    sender = {"id": chat, "is_bot": False, "first_name": "x"}
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": sender, "text": text}
    return {"update_id": number, "message": message}


@dataclass
class Desk:
    """A dispatch over a real database, and a wire that hears its toasts."""

    hub: RealTurns
    wire: ScriptedWire
    dispatch: Dispatch

    async def gets(self, *updates: dict[str, Any]) -> None:
        async with self.hub.turns.database.transaction() as tx:
            await inbox.add(tx, "house", EPOCH, updates, self.hub.clock.now())
        await self.dispatch.handle_waiting()
        await asyncio.gather(*self.dispatch.toasts.underway)

    def takes(self, handler: Any) -> None:
        """Let a handler of the test stand in the place of the hub's own."""
        self.dispatch.application.handlers.clear()
        self.dispatch.application.add_handler(TypeHandler(Update, handler))

    async def states(self) -> list[tuple[str, int, bool]]:
        found = await self.hub.rows("SELECT state, tries, payload IS NULL AS forgotten FROM inbox ORDER BY id")
        return [(row["state"], row["tries"], bool(row["forgotten"])) for row in found]

    async def shown(self, chat: int) -> dict[str, str]:
        found = await self.hub.rows("SELECT key, text FROM messages WHERE chat_id = :chat ORDER BY id", chat=chat)
        return {row["key"]: row["text"] for row in found}

    async def audit(self) -> list[dict[str, Any]]:
        return await self.hub.rows("SELECT actor, action, about, outcome FROM audit ORDER BY id")

    async def facts(self) -> list[dict[str, Any]]:
        return await self.hub.rows("SELECT name FROM facts WHERE name <> 'key' ORDER BY name")


@asynccontextmanager
async def at_desk(folder: Path) -> AsyncIterator[Desk]:
    async with real_turns(folder) as hub:
        wire = ScriptedWire()
        network = network_of(wire)
        hub.turns.networks = {"house": network}
        application = application_of(network.bot)
        hub.turns.settle = partial(tables.settled, application)
        await network.connect()
        await application.initialize()

        async def tell(update: Update, turn: Turn, refusal: Refusal, again: Any) -> None:
            await tables.tell_refusal(application, update, turn, refusal, again)

        async def apologise(update: Update, turn: Turn) -> None:
            await tables.apologise(application, update, turn)

        yield Desk(hub, wire, Dispatch(hub.turns, application, tell, apologise, "nb", lambda _turn: "as before"))


async def note(turn: Turn, name: str) -> None:
    await facts.put(turn.tx, name, "x")
    turn.edge.handled = True
