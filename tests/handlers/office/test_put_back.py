"""A database, or the chats of the house, put back from an earlier day: noticed, told, and no code is given twice."""

import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.domain.together import GAP, Older, gap, older
from bot.gateway.bot_api.calls import answer
from tests.crash.lives import TOGETHER, TOPOLOGIES
from tests.crash.processes import start_house
from tests.faults.far_away import hub_of, move_out, outside
from tests.hub.whole_hub import WholeHub, data_of, whole_hub
from tests.runs.once import made_once

OLD_DATABASE = "Databasen er fra onsdag 13. januar"
OLD_CHATS = "Det skjermene i huset hadde, er fra onsdag 13. januar"
LOST_CHATS = "Det skjermene i huset hadde, er borte."


async def send(hub: WholeHub, number: str, pin: str, service: str = "NAV") -> str:
    await hub["K-A"].sign_in(number, pin)
    code = await hub["K-A"].send_slip(service)
    await hub["K-A"].press("Ferdig", of=code)
    await hub["K-A"].shows("Her kan du be om en samtale")
    return code


@asynccontextmanager
async def alive(folder: Path, topology: str) -> AsyncIterator[WholeHub]:
    """A hub with its house network in the same process, or in one of its own that is killed in the end."""
    folder.mkdir(0o700, exist_ok=True)
    if topology == TOGETHER:
        async with whole_hub(folder) as hub:
            yield hub
        return
    house, url, token = await start_house(folder / "house.db")
    try:
        async with whole_hub(folder, house_url=url, house_token=token) as hub:
            yield hub
    finally:
        await house.kill()


async def live_two_days(made: Path, topology: str) -> None:
    """Send a slip, stop, and copy all files as an administrator does; then send another one."""
    folder = made / "data"
    made.mkdir()
    async with alive(folder, topology) as hub:
        codes = [await send(hub, "A01", "2101")]
    shutil.copytree(folder, made / "backup")
    async with alive(folder, topology) as hub:
        codes.append(await send(hub, "A02", "2102"))
    (made / "codes").write_text(" ".join(codes), "utf-8")


async def two_days(tmp_path: Path, topology: str = TOGETHER) -> tuple[Path, Path, list[str]]:
    """Return a folder with two days in it, a backup of the first, and the code that each of them gave."""
    lived = await made_once(tmp_path, f"two days {topology}", partial(live_two_days, topology=topology))
    folder, backup = (Path(shutil.copytree(lived / name, tmp_path / name)) for name in ("data", "backup"))
    return folder, backup, (lived / "codes").read_text("utf-8").split()


def lose(folder: Path, name: str) -> None:
    for left in folder.glob(f"{name}*"):
        left.unlink()


def put_back(folder: Path, backup: Path, name: str) -> None:
    lose(folder, name)
    for kept in backup.glob(f"{name}*"):
        shutil.copy2(kept, folder / kept.name)


def number_of(code: str) -> int:
    return int(code.rpartition("-")[2])


async def shows_what_it_knows(hub: WholeHub) -> None:
    """See that everything is shown anew, and that nothing stands there that no row knows."""
    await hub.settled()
    shown = await hub.rows("SELECT chat_id, message_id FROM messages WHERE network = 'house' AND message_id > 0")
    known = {(row["chat_id"], row["message_id"]) for row in shown}
    stands = {(each.chat, message["id"]) for each in hub.devices.values() for message in await each.messages()}
    assert stands == known


@pytest.mark.parametrize("topology", TOPOLOGIES)
@pytest.mark.parametrize(("name", "told"), [("samtalelapp.db", OLD_DATABASE), ("house.db", OLD_CHATS)])
async def test_two_people_never_get_one_code_after_one_file_was_put_back(
    tmp_path: Path, name: str, told: str, topology: str
) -> None:
    folder, backup, given = await two_days(tmp_path, topology)
    put_back(folder, backup, name)
    async with alive(folder, topology) as hub:
        notice = await hub["TK1"].shows(told)
        another = await send(hub, "A03", "2103")
        assert number_of(another) > max(map(number_of, given)) + GAP
        assert len({*given, another}) == 3
        await shows_what_it_knows(hub)
    async with alive(folder, topology) as hub:
        await hub["TK1"].shows(told)
        assert [m["id"] for m in await hub["TK1"].messages() if told in m["text"]] == [notice["id"]]
        await hub["TK1"].press("Ta bort", of=told)
        await hub["TK1"].loses(told)


@pytest.mark.parametrize("topology", TOPOLOGIES)
@pytest.mark.parametrize("is_old", [True, False])
async def test_where_the_chats_are_lost_no_code_is_given_twice_whether_or_not_the_database_is_old(
    tmp_path: Path, topology: str, is_old: bool
) -> None:
    folder, backup, given = await two_days(tmp_path, topology)
    lose(folder, "house.db")
    if is_old:
        put_back(folder, backup, "samtalelapp.db")
    async with alive(folder, topology) as hub:
        notice = await hub["TK1"].shows(LOST_CHATS, OLD_DATABASE)
        another = await send(hub, "A03", "2103")
        assert number_of(another) >= number_of(given[0 if is_old else 1]) + GAP
        assert len({*given, another}) == 3
        await shows_what_it_knows(hub)
    async with alive(folder, topology) as hub:
        await hub["TK1"].shows(LOST_CHATS)
        assert [m["id"] for m in await hub["TK1"].messages() if LOST_CHATS in m["text"]] == [notice["id"]]


async def test_files_that_belong_together_are_left_in_peace(tmp_path: Path) -> None:
    _folder, _backup, codes = await two_days(tmp_path)
    async with whole_hub(tmp_path / "data") as hub:
        assert "er fra" not in await hub["TK1"].everything()
        codes.append(await send(hub, "A03", "2103"))
    assert codes == ["FJ-116", "FJ-117", "FJ-118"]


async def test_both_put_back_together_are_of_one_moment(tmp_path: Path) -> None:
    folder, backup, _codes = await two_days(tmp_path)
    for name in ("samtalelapp.db", "house.db"):
        put_back(folder, backup, name)
    async with whole_hub(folder) as hub:
        await hub.settled()
        assert "er fra" not in await hub["TK1"].everything()


async def test_a_press_after_the_chats_were_put_back_is_never_taken_for_an_old_one(tmp_path: Path) -> None:
    folder, backup, _codes = await two_days(tmp_path)
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
        card = await answer(
            house, "sendMessage", {"chat_id": hub["N1"].chat, "text": "FJ-999", "reply_markup": keyboard}
        )
        await hub["N1"].press_raw(card["message_id"], "answer:FJ-999")
        said = await hub["N1"].shows("Lappen FJ-999 finnes ikke her lenger.")
        assert (said["id"], said["buttons"]) == (card["message_id"], [])


async def test_a_card_outside_of_a_slip_that_an_old_database_does_not_know_says_so_and_has_no_buttons(
    tmp_path: Path,
) -> None:
    folder, backup = tmp_path / "data", tmp_path / "backup"
    async with outside(tmp_path) as there:
        async with hub_of(folder, there) as hub:
            await move_out(hub)
        shutil.copytree(folder, backup)
        async with hub_of(folder, there) as hub:
            code = await send(hub, "A01", "2101")
            card = await there.device.shows(code)
        put_back(folder, backup, "samtalelapp.db")
        async with hub_of(folder, there) as hub:
            await hub["TK1"].shows(OLD_DATABASE)
            await there.device.press_raw(card["id"], data_of(card, "Sett tid")[0])
            said = await there.device.shows(f"Lappen {code} finnes ikke her lenger.")
            assert (said["id"], said["buttons"]) == (card["id"], [])


@pytest.mark.parametrize(
    ("house", "kept", "latest", "found"),
    [
        (None, None, 0, None), (None, None, 1, None), (None, 3, 3, Older.LOST), (3, 3, 3, None), (3, 3, 4, None),
        (4, 3, 4, None), (5, 3, 4, Older.DATABASE), (1, None, 0, Older.DATABASE), (2, 3, 4, Older.HOUSE),
        (1, None, 1, None),
    ],
)  # fmt: skip
def test_a_crash_between_the_two_is_no_file_that_was_put_back(
    house: int | None, kept: int | None, latest: int, found: Older | None
) -> None:
    assert older(house, kept, latest) is found


@pytest.mark.parametrize(
    ("found", "since", "above"),
    [
        (Older.DATABASE, timedelta(days=14), 100), (Older.HOUSE, timedelta(days=14), 100), (Older.LOST, None, 100),
        (Older.LOST, timedelta(hours=23), 100), (Older.LOST, timedelta(days=14), 1500),
        (Older.LOST, timedelta(days=-14), 100),
    ],
)  # fmt: skip
def test_the_older_a_database_may_be_of_which_nobody_knows_more_the_higher_the_codes_go_on(
    found: Older, since: timedelta | None, above: int
) -> None:
    now = datetime(2027, 1, 28, 9, tzinfo=UTC)
    assert gap(found, now - since if since is not None else None, now) == above
