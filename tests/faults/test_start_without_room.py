"""A start without room, or that comes to nothing: it ends in one sentence, and whoever stops it is heard."""

import asyncio
import signal
import sqlite3
from collections.abc import Coroutine
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.commands import serving
from bot.config import Settings
from bot.delivery.sending import pauses
from bot.gateway.journal import JournalFault
from bot.rights import FolderFault
from bot.running import start
from bot.store.files import DatabaseFault
from tests.crash.visitors import KIOSK
from tests.faults.far_away import outside
from tests.hub.forked import Forked
from tests.hub.front_door import ANY_PORT, Said, said, started, started_with_room_for
from tests.hub.real_turns import described
from tests.hub.whole_hub import new_hub, whole_hub
from tests.patience import until

KILOBYTE = 1024
STILL = "The kiosks are not emptied yet, and the doors stay shut"
OPEN = 0
SAYS_SO = {app.FAULTS[each] for each in (DatabaseFault, JournalFault, FolderFault)}


async def opens_or_ends(process: Forked) -> Said:
    """Wait until the hub is open, and stop it then, or until it has ended by itself."""
    line = await asyncio.wait_for(process.stdout.readline(), 90)
    if line:
        process.send_signal(signal.SIGTERM)
    return await said(process)


@pytest.mark.parametrize("room", [4, 24, 112, 144, 160, 176, 192, 2048])
async def test_a_start_on_a_disk_that_is_nearly_full_opens_or_says_so_in_one_sentence(
    tmp_path: Path, room: int
) -> None:
    await new_hub(tmp_path)
    process = await started_with_room_for(room * KILOBYTE, "demo", "--data", tmp_path, *ANY_PORT["demo"])
    ended = await opens_or_ends(process)
    assert ended.code in {OPEN, *SAYS_SO}
    assert "Traceback" not in ended.complaint
    if ended.code != OPEN:
        *_, last = ended.complaint.splitlines()
        assert last.startswith("samtalelapp: ")


# The house takes everything but messages: what a kiosk shall show never comes


async def new_hub_whose_house_takes_no_message(folder: Path) -> None:
    await new_hub(folder)
    async with whole_hub(folder) as hub:
        await hub.settled()
    with closing(sqlite3.connect(folder / "house.db", isolation_level=None)) as house:
        house.execute("CREATE TRIGGER none BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'no messages'); END")


async def test_a_start_in_which_nothing_comes_through_ends_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "LONGEST_WAIT", 0.3)
    await new_hub_whose_house_takes_no_message(tmp_path)
    with pytest.raises(JournalFault, match="the kiosks cannot be emptied"):
        async with app.running(Settings(data=tmp_path, port=0, demo=True)):
            raise AssertionError("it has opened")


async def test_a_house_elsewhere_in_which_nothing_comes_through_is_waited_for_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(start, "LONGEST_WAIT", 0.2)
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.2)
    await new_hub(tmp_path / "hub")
    async with outside(tmp_path) as there:
        for number, kiosk in enumerate(described().kiosks):
            await there.house.open_chat(KIOSK + number, kiosk.id, "kiosk")
        there.refuses = lambda method: (500, "Internal Server Error") if method == "sendMessage" else None
        here = Settings(data=tmp_path / "hub", port=0, demo=True)
        async with app.running(replace(here, house_url=there.address, house_token=there.house.token)) as hub:
            await until(lambda: STILL in caplog.text, "nothing was told")
            assert not hub.is_open.is_set()
            there.refuses = lambda _method: None
            async with asyncio.timeout(30):
                await hub.is_open.wait()
    assert caplog.text.count(STILL) == 1


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
async def test_a_start_that_waits_can_be_stopped(tmp_path: Path, by: signal.Signals) -> None:
    await new_hub_whose_house_takes_no_message(tmp_path)
    process = await started("demo", "--data", tmp_path, *ANY_PORT["demo"])
    async with asyncio.timeout(90):
        while not (tmp_path / "house.db-wal").exists():  # noqa: ASYNC110  another process makes the file
            await asyncio.sleep(0.05)
    process.send_signal(by)
    ended = await said(process)
    assert (ended.code, "is open at" in ended.out, "Traceback" in ended.complaint) == (0, False, False)


async def test_whatever_a_start_waits_for_it_ends_when_it_is_asked_to() -> None:
    ended: list[str] = []

    async def never() -> Any:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("undone")

    stopped = asyncio.Event()
    opening = asyncio.create_task(serving._opened(never(), stopped))
    asyncio.get_running_loop().call_soon(stopped.set)
    assert (await opening, ended) == (None, ["undone"])


async def fails() -> Any:
    raise JournalFault("the sentence")


async def test_what_a_start_ends_with_is_told_also_where_it_was_asked_to_stop() -> None:
    async def told(opening: Coroutine[Any, Any, Any], stopped: asyncio.Event) -> str:
        with pytest.raises(JournalFault) as fault:
            await serving._opened(opening, stopped)
        return str(fault.value)

    assert await told(fails(), asyncio.Event()) == "the sentence"
