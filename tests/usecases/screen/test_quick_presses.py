"""Who is quick presses a message before its number is known to the hub: it is known by its button."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.chat.messages import SCREEN, Button, Line, Reader, View
from bot.store import messages, outcomes, showing
from bot.usecases import people
from tests.hub.real_turns import FIRST_KIOSK, RealTurns, real_turns

WELCOME = View((Line("Hei!"),), ((Button("Avdeling A", "unit:A"),),), neutral=True)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as opened:
        yield opened


async def pressed(hub: RealTurns, data: str) -> str | None:
    async with hub.turns.begin("house", FIRST_KIOSK) as turn:
        await people.meet(turn, "nb", 7, data=data)
        return turn.pressed


async def test_a_message_on_its_way_is_known_by_its_button_and_by_no_other(hub: RealTurns) -> None:
    async with hub.turns.database.transaction() as tx:
        reader = Reader("house", FIRST_KIOSK, "nb", leaves_house=False)
        await messages.want(tx, [messages.wish(reader, SCREEN, WELCOME, 0)])
    assert await pressed(hub, "unit:A") is None, "nothing is on its way yet"
    async with hub.turns.database.transaction() as tx:
        [message] = await showing.urgent(tx, "house", 1)
        await outcomes.mark_sending(tx, [message])
    assert [await pressed(hub, data) for data in ("unit:A", "unit:B", "finish")] == [SCREEN, None, None]
    async with hub.turns.database.transaction() as tx:
        await outcomes.mark_shown(tx, [showing.Shown(message.id, message.revision, 9, hub.clock.now())])
    assert await pressed(hub, "unit:A") is None, "it has another number than the one that was pressed"
