"""Whatever was done to a house, memory and file agree: a restart changes nothing."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from bot.gateway.bot_api.calls import answer
from bot.gateway.chats import BotApiError, NotAllowed, NotThere
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, StillClock
from tests.gateway.strategies import DEEDS
from tests.runs import own_loop

Deed = tuple[Any, ...]


async def do(house: House, deed: Deed) -> None:
    kiosk: dict[str, Any] = {"chat_id": KIOSK}
    match deed:
        case ("send", text):
            await answer(house, "sendMessage", kiosk | {"text": text})
        case ("edit", number, text):
            await answer(house, "editMessageText", kiosk | {"message_id": number, "text": text})
        case ("delete", number):
            await answer(house, "deleteMessages", kiosk | {"message_ids": [number + 1]})
        case ("say", text):
            await house.say(KIOSK, text)
        case ("press", number, text):
            await house.press(KIOSK, number, text)
        case ("confirm", step):
            waiting = await answer(house, "getUpdates", {})
            offset = waiting[0]["update_id"] + step if waiting and step > 0 else step
            await answer(house, "getUpdates", {"offset": offset})


async def seen(house: House) -> tuple[Any, ...]:
    return house.chats(), house.chat(KIOSK), await answer(house, "getUpdates", {})


async def live_and_restart(path: Path, deeds: list[Deed]) -> None:
    house = await House.open(path, StillClock().now)
    await house.open_chat(KIOSK, "Kiosk A", "kiosk")
    done = await asyncio.gather(*(do(house, deed) for deed in deeds), return_exceptions=True)
    assert [one for one in done if not isinstance(one, BotApiError | NotAllowed | NotThere | None)] == []
    before = await seen(house)
    await house.close()
    again = await House.open(path, StillClock().now)
    assert await seen(again) == before
    await again.close()


@settings(max_examples=60, deadline=None)
@given(deeds=DEEDS)
def test_a_restart_changes_nothing(deeds: list[Deed]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own_loop.run(live_and_restart(Path(folder) / "house.db", deeds))
