"""What passes is in the house's memory alone, and its doors open and close with their bot."""

import asyncio
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.gateway.bot_api.calls import answer
from bot.gateway.chats import UploadedFile
from bot.gateway.doors import threshold
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, StillClock
from tests.gateway.test_house import poll, refusal, send
from tests.patience import until

STAFF = 8
PAD = {"inline_keyboard": [[{"text": "1", "callback_data": "pad:x"}]]}
PAPER = UploadedFile("brev.pdf", b"%PDF 4821", "application/pdf")

DRAWN = re.compile(rb"[0-9]{8,}(?::[\w-]{35})?")
"""The house's token, and where its updates begin: drawn by chance, so that any digits may stand in them."""


def written(folder: Path) -> bytes:
    """Return what its files tell of anybody."""
    return DRAWN.sub(b"", b"".join(path.read_bytes() for path in sorted(folder.glob("house.db*"))))


async def killed(house: House, folder: Path, clock: StillClock) -> House:
    """The house as it is after a kill at this moment: its files as they are, opened anew."""
    there = folder / "killed"
    there.mkdir(exist_ok=True)
    for file in folder.glob("house.db*"):
        shutil.copyfile(file, there / file.name)
    return await House.open(there / "house.db", clock.now)


async def test_a_passing_message_is_shown_and_stands_in_no_file(
    house: House, tmp_path: Path, clock: StillClock
) -> None:
    sent = await send(house, "Nummer: A01", reply_markup=PAD, passing=True)
    edited = await send(house, "Velkommen")
    await answer(
        house, "editMessageText", {"chat_id": KIOSK, "message_id": edited, "text": "Kode: 4821", "passing": "true"}
    )
    file = {"chat_id": KIOSK, "caption": "Kode 4821", "passing": True}
    await answer(house, "sendDocument", file, {"document": PAPER})
    shown = [each["text"] for each in house.chat(KIOSK)["messages"]]
    assert shown == ["Nummer: A01", "Kode: 4821", "Kode 4821"]
    assert re.findall(rb"A01|4821|pad:", written(tmp_path)) == []
    again = await killed(house, tmp_path, clock)
    assert again.chat(KIOSK)["messages"] == []
    await again.open_chat(KIOSK, "Kiosk A", "kiosk")
    assert await send(again) > sent + 2
    await again.close()


async def test_a_message_that_passes_no_more_is_in_the_file_again(
    house: House, tmp_path: Path, clock: StillClock
) -> None:
    number = await send(house, "Nummer: A01", passing=True)
    place = {"chat_id": KIOSK, "message_id": number}
    await answer(house, "editMessageText", {**place, "text": "Velkommen"})
    again = await killed(house, tmp_path, clock)
    assert [each["text"] for each in again.chat(KIOSK)["messages"]] == ["Velkommen"]
    await again.close()


async def test_a_press_on_what_passes_says_so_is_not_written_and_its_number_never_comes_again(
    house: House, tmp_path: Path, clock: StillClock
) -> None:
    number = await send(house, "Nummer: A01", reply_markup=PAD, passing=True)
    lasting = await send(house, "Hei")
    await house.press(KIOSK, lasting, "yes")
    await house.press(KIOSK, number, "pad:x")
    await house.say(KIOSK, "A01 4821")
    first, pressed, typed = await poll(house)
    assert [each.get("passing") for each in (first, pressed, typed)] == [None, True, True]
    assert re.findall(rb"A01|4821|pad:", written(tmp_path)) == []
    again = await killed(house, tmp_path, clock)
    await again.press(KIOSK, lasting, "no")
    numbers = [each["update_id"] for each in await poll(again)]
    assert numbers == [first["update_id"], typed["update_id"] + 1]
    await again.close()


async def test_what_begins_as_the_bot_says_passes_wherever_it_is_pressed_or_typed(house: House, tmp_path: Path) -> None:
    await house.open_chat(STAFF, "N1", "staff")
    await answer(house, "openDoors", {"passing": r"pad:|(?i:/start)\s+\S"})
    late = await send(house, "Velkommen")
    await house.press(KIOSK, late, "pad:late")
    await house.say(STAFF, "  /START kode-4821")
    await house.say(STAFF, "/start")
    assert [each.get("passing") for each in await poll(house)] == [True, True, None]
    assert re.findall(rb"4821|pad:", written(tmp_path)) == []


@pytest.mark.parametrize("value", ["yes", "1", 1, [], "True"])
async def test_whether_something_passes_is_not_guessed(house: House, value: Any) -> None:
    said = {"chat_id": KIOSK, "text": "x", "passing": value}
    assert await refusal(house, "sendMessage", **said) == (400, "Bad Request: a Boolean was expected")


@pytest.mark.parametrize(
    ("method", "params"),
    [("openDoors", {"passing": "("}), ("keepMessages", {"messages": [[1]]}), ("keepMessages", {"messages": "x"})],
)
async def test_the_houses_own_methods_are_as_strict(house: House, method: str, params: dict[str, Any]) -> None:
    assert (await refusal(house, method, **params))[0] == 400


async def test_only_known_messages_stay_and_what_people_typed_to_staff(house: House) -> None:
    await house.open_chat(STAFF, "N1", "staff")
    known, _stray = await send(house), await send(house)
    card = (await answer(house, "sendMessage", {"chat_id": STAFF, "text": "FJ-1"}))["message_id"]
    await answer(house, "sendMessage", {"chat_id": STAFF, "text": "FJ-1"})
    for chat in (KIOSK, STAFF):
        await house.say(chat, "typed")
    await answer(house, "keepMessages", {"messages": [[KIOSK, known], [STAFF, card]]})
    left = {chat: [each["text"] for each in house.chat(chat)["messages"]] for chat in (KIOSK, STAFF)}
    assert left == {KIOSK: ["Hei"], STAFF: ["FJ-1", "typed"]}


async def test_while_the_doors_are_shut_everybody_is_told_to_wait_a_moment(
    house: House, client: httpx.AsyncClient
) -> None:
    number = await send(house, "Skal vi sende dette?")
    await answer(house, "closeDoors", {})
    asked = [
        await client.get("/client/device"),
        await client.get("/client/chats"),
        await client.get(f"/client/chats/{KIOSK}"),
        await client.get("/client/events"),
        await client.post(f"/client/chats/{KIOSK}/press", json={"message_id": number, "data": "yes"}),
        await client.post(f"/client/chats/{KIOSK}/say", json={"text": "Hei"}),
    ]
    told = {(each.status_code, each.headers["Retry-After"], each.json()["error"]) for each in asked}
    assert told == {(503, "1", "Et øyeblikk. / One moment.")}
    assert await poll(house) == []
    await answer(house, "openDoors", {})
    assert (await client.get("/client/chats")).status_code == 200


async def test_who_listens_hears_nothing_more_when_the_doors_shut(house: House, client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/client/events") as events:
        lines = events.aiter_lines()
        assert await anext(lines) == "event: hello"
        await answer(house, "closeDoors", {})
        await send(house, "Skal vi sende dette?")
        assert [line async for line in lines if "sende" in line] == []


async def test_when_its_bot_hangs_up_a_house_shuts_its_doors_until_it_is_back(
    house: House, client: httpx.AsyncClient
) -> None:
    await answer(house, "openDoors", {})
    polling = asyncio.create_task(client.post(f"/bot{house.token}/getUpdates", json={"timeout": 30}))
    await until(lambda: house.threshold._polls == 1, "a poll that waits")
    polling.cancel()
    await until(lambda: not house.threshold.is_open, "doors that are shut")
    assert (await client.get("/client/chats")).status_code == 503
    await client.post(f"/bot{house.token}/getUpdates", json={})
    assert (await client.get("/client/chats")).status_code == 200


async def test_a_bot_that_asks_no_more_is_gone_after_a_while(
    house: House, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threshold, "LONGEST_SILENCE", 0.01)
    await client.post(f"/bot{house.token}/getUpdates", json={})
    await answer(house, "openDoors", {})
    await client.post(f"/bot{house.token}/getUpdates", json={})
    await until(lambda: not house.threshold.is_open, "doors that are shut")


async def test_a_house_whose_doors_nobody_minds_stays_open(house: House, client: httpx.AsyncClient) -> None:
    polling = asyncio.create_task(client.post(f"/bot{house.token}/getUpdates", json={"timeout": 30}))
    await until(lambda: house.threshold._polls == 1, "a poll that waits")
    polling.cancel()
    await until(lambda: not house.threshold._polls, "a poll that has gone")
    assert (await client.get("/client/chats")).status_code == 200


async def test_a_number_in_the_file_only_rises(house: House, tmp_path: Path) -> None:
    passing, lasting = await send(house, "x", passing=True), await send(house)
    await asyncio.gather(house.press(KIOSK, lasting, "a"), house.press(KIOSK, passing, "b"))
    last = (await poll(house))[-1]["update_id"]
    file = shutil.copyfile(tmp_path / "house.db", tmp_path / "copy.db")
    shutil.copyfile(tmp_path / "house.db-wal", tmp_path / "copy.db-wal")
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'updates'").fetchone() == (last,)
    connection.close()
