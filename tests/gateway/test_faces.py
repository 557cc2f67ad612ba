"""How a message is drawn: kept beside it, told to pages, and to nobody else."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.gateway.bot_api.calls import answer
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, START
from tests.gateway.test_house import send


async def test_how_a_message_is_drawn_is_told_to_pages_alone_and_can_be_changed(house: House) -> None:
    number = await send(house, face={"look": "home"})
    assert [each["face"] for each in house.chat(KIOSK)["messages"]] == [{"look": "home"}]
    place = {"chat_id": KIOSK, "message_id": number}
    told = await answer(house, "editMessageText", {**place, "text": "Hei", "face": {"look": "list"}})
    assert "face" not in told
    assert [each["face"] for each in house.chat(KIOSK)["messages"]] == [{"look": "list"}]
    await answer(house, "editMessageText", {**place, "text": "Hei igjen"})
    assert ["face" in each for each in house.chat(KIOSK)["messages"]] == [False]


async def test_how_a_message_is_drawn_stands_in_the_file_and_a_file_from_before_is_brought_along(
    tmp_path: Path,
) -> None:
    path = tmp_path / "house.db"
    house = await House.open(path, lambda: START)
    await house.open_chat(KIOSK, "Kiosk A", "kiosk")
    await house.close()
    with closing(sqlite3.connect(path)) as before:
        before.execute("ALTER TABLE messages DROP COLUMN face")
        before.execute("PRAGMA user_version = 1")
    house = await House.open(path, lambda: START)
    await send(house, face={"look": "home"})
    await house.close()
    house = await House.open(path, lambda: START)
    assert [each["face"] for each in house.chat(KIOSK)["messages"]] == [{"look": "home"}]
    await house.close()
