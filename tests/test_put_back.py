"""A database, or the chats of the house, put back from an earlier day: noticed, told, and no code is given twice."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.moments import GAP, Older, older
from tests.whole_hub import WholeHub, whole_hub

OLD_DATABASE = "Databasen er fra onsdag 13. januar"
OLD_CHATS = "Det skjermene i huset hadde, er fra onsdag 13. januar"


async def send(hub: WholeHub, number: str, pin: str, service: str = "NAV") -> str:
    await hub["K-A"].sign_in(number, pin)
    code = await hub["K-A"].send_slip(service)
    await hub["K-A"].press("Ferdig", of=code)
    await hub["K-A"].shows("Her kan du be om en samtale")
    return code


async def first_day(folder: Path, backup: Path) -> str:
    """Send a slip, stop, and copy all files as an administrator does."""
    async with whole_hub(folder) as hub:
        code = await send(hub, "A01", "2101")
    shutil.copytree(folder, backup)
    return code


async def second_day(folder: Path) -> str:
    async with whole_hub(folder) as hub:
        return await send(hub, "A02", "2102")


def put_back(folder: Path, backup: Path, name: str) -> None:
    for left in folder.glob(f"{name}*"):
        left.unlink()
    shutil.copy2(backup / name, folder / name)


def number_of(code: str) -> int:
    return int(code.rpartition("-")[2])


@pytest.mark.parametrize(("name", "told"), [("samtalelapp.db", OLD_DATABASE), ("house.db", OLD_CHATS)])
async def test_two_people_never_get_one_code_after_one_file_was_put_back(tmp_path: Path, name: str, told: str) -> None:
    folder, backup = tmp_path / "data", tmp_path / "backup"
    given = [await first_day(folder, backup), await second_day(folder)]
    put_back(folder, backup, name)
    async with whole_hub(folder) as hub:
        notice = await hub["TK1"].shows(told)
        another = await send(hub, "A03", "2103")
        assert number_of(another) > max(map(number_of, given)) + GAP - 1
        assert len({*given, another}) == 3
        # Everything is shown anew, and nothing stands there that no row knows.
        shown = await hub.rows("SELECT chat_id, message_id FROM messages WHERE network = 'house' AND message_id > 0")
        known = {(row["chat_id"], row["message_id"]) for row in shown}
        for device in hub.devices.values():
            mine = {(device.chat, message["id"]) for message in await device.messages()}
            assert mine <= known
        await hub.settled()
    async with whole_hub(folder) as hub:
        await hub["TK1"].shows(told)
        assert [m["id"] for m in await hub["TK1"].messages() if told in m["text"]] == [notice["id"]]
        await hub["TK1"].press("Ta bort", of=told)
        await hub.settled()
        assert told not in await hub["TK1"].everything()


async def test_files_that_belong_together_are_left_in_peace(tmp_path: Path) -> None:
    codes = [await first_day(tmp_path / "data", tmp_path / "backup"), await second_day(tmp_path / "data")]
    async with whole_hub(tmp_path / "data") as hub:
        assert "er fra" not in await hub["TK1"].everything()
        codes.append(await send(hub, "A03", "2103"))
    assert codes == ["FJ-116", "FJ-117", "FJ-118"]


async def test_both_put_back_together_are_of_one_moment(tmp_path: Path) -> None:
    folder, backup = tmp_path / "data", tmp_path / "backup"
    await first_day(folder, backup)
    await second_day(folder)
    for name in ("samtalelapp.db", "house.db"):
        put_back(folder, backup, name)
    async with whole_hub(folder) as hub:
        await hub.settled()
        assert "er fra" not in await hub["TK1"].everything()


async def test_a_press_after_the_chats_were_put_back_is_never_taken_for_an_old_one(tmp_path: Path) -> None:
    folder, backup = tmp_path / "data", tmp_path / "backup"
    await first_day(folder, backup)
    await second_day(folder)
    put_back(folder, backup, "house.db")
    with closing(sqlite3.connect(folder / "samtalelapp.db")) as rows:
        [[highest]] = rows.execute("SELECT MAX(update_id) FROM inbox WHERE network = 'house'").fetchall()
    async with whole_hub(folder) as hub:
        await hub["TK1"].shows(OLD_CHATS)
        await hub.settled()
        await hub["K-A"].press("Avdeling A")
        await hub["K-A"].shows("A○○")
        [row] = await hub.rows("SELECT MAX(update_id) AS n FROM inbox WHERE network = 'house'")
        assert row["n"] > highest


async def test_a_card_of_a_slip_that_is_not_there_says_so_and_has_no_buttons(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        house = hub.running.house
        assert house is not None
        keyboard = {"inline_keyboard": [[{"text": "Svar", "callback_data": "answer:FJ-999"}]]}
        card = await house.answer(
            "sendMessage", {"chat_id": hub["N1"].chat, "text": "FJ-999", "reply_markup": keyboard}
        )
        await hub["N1"].press_raw(card["message_id"], "answer:FJ-999")
        said = await hub["N1"].shows("Lappen FJ-999 finnes ikke her lenger.")
        assert (said["id"], said["buttons"]) == (card["message_id"], [])


@pytest.mark.parametrize(
    ("house", "kept", "latest", "found"),
    [
        (None, None, 0, None), (None, 3, 3, None), (3, 3, 3, None), (3, 3, 4, None), (4, 3, 4, None),
        (5, 3, 4, Older.DATABASE), (1, None, 0, Older.DATABASE), (2, 3, 4, Older.HOUSE),
    ],
)  # fmt: skip
def test_a_crash_between_the_two_is_no_file_that_was_put_back(
    house: int | None, kept: int | None, latest: int, found: Older | None
) -> None:
    assert older(house, kept, latest) is found
