"""A disk that takes nothing: no page of somebody's stays on a kiosk, nothing is lost, and all comes back by itself."""

import asyncio
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import dispatch
from bot.running.watch import LOOK_SECONDS
from tests.faults.disks import Disks, on_disks
from tests.faults.faulty import cannot_read
from tests.hub.real_turns import StillClock
from tests.hub.whole_hub import Device, data_of, whole_hub
from tests.patience import until
from tests.running.test_start import about_to_send

DOWN = "Skjermen virker ikke nå. Skriv på papirlapp. Den teller like mye."
IN_ENGLISH = "The screen is not working now. Use a paper slip. It counts just as much."
HOME = "Hvem vil du snakke med?"
WELCOME = "Her kan du be om en samtale"
FULL = (
    "ERROR bot.faults: The database does not work, and is tried until it does: the disk does not do what it is asked;"
    " look for room on it, and for faults of its own (SQLITE_IOERR_WRITE)"
)
FULL_HOUSE = (
    "ERROR bot.gateway.covers: The house network's file takes nothing: the kiosks say so, and come back when it does"
)
AGAIN = "WARNING bot.faults: The database works again"
OFTEN = 0.1
WHICH = pytest.mark.parametrize("which", ["hub", "house", "both"])


async def is_covered(device: Device) -> None:
    """Wait until nothing but the cover stands there, and see that it is told everywhere."""
    await device.until(lambda message: message.get("cover", False), "a cover")
    assert [message["text"] for message in await device.messages()] == [f"{DOWN}\n\n{IN_ENGLISH}"]
    assert [message["buttons"] for message in await device.messages()] == [[]]
    assert (await device.http.get("/client/device")).json()["down"] is True


async def finish(disks: Disks, kiosk: Device) -> int:
    """Press Ferdig, wherever it stands; return how that was answered."""
    for message in await kiosk.messages():
        for data in data_of(message, "Ferdig"):
            return (await kiosk.press_raw(message["id"], data)).status_code
    return 503


@WHICH
async def test_a_personal_page_goes_when_the_disk_is_full_and_all_comes_back(tmp_path: Path, which: str) -> None:
    async with on_disks(tmp_path) as disks:
        kiosk = disks.devices["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows(HOME)
        await disks.fill(which)
        await finish(disks, kiosk)
        await is_covered(kiosk)
        refused = await kiosk.press_raw(1, "finish")
        assert (refused.status_code, refused.json()["error"]) == (503, f"{DOWN}\n\n{IN_ENGLISH}")
        assert (await kiosk.say("hei")).status_code == 503
        await disks.clear(which)
        await kiosk.shows(WELCOME)
        assert HOME not in await kiosk.everything()
        assert (await kiosk.http.get("/client/device")).json()["down"] is False
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows(HOME)


@WHICH
async def test_what_was_answered_before_the_disk_was_full_is_done_when_it_is_not(tmp_path: Path, which: str) -> None:
    async with on_disks(tmp_path) as disks:
        kiosk = disks.devices["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("NAV", of=HOME)
        await kiosk.press("Hopp over", of="Hva trenger du hjelp til?")
        asked = await kiosk.shows("Skal vi sende denne lappen?")
        await disks.fill(which)
        answered = await kiosk.press_raw(asked["id"], data_of(asked, "Send")[0])
        await is_covered(kiosk)
        await disks.clear(which)
        await kiosk.shows(WELCOME)
        await kiosk.sign_in("A01", "2101")
        if answered.status_code == 200:
            await kiosk.press("Mine samtaler", of=HOME)
            await kiosk.shows("Mine samtaler", "FJ-116")
        else:
            # What could not be taken in was not sent, and what had been begun is kept.
            await kiosk.press("Send", of="Skal vi sende denne lappen?")
            await kiosk.shows("Lappen er sendt. Nummeret er FJ-116.")


@WHICH
async def test_a_screen_that_nobody_uses_says_so_as_well(tmp_path: Path, which: str) -> None:
    async with on_disks(tmp_path) as disks:
        kiosk = disks.devices["K-A"]
        await kiosk.shows(WELCOME)
        await disks.fill(which)
        # It may be covered before anybody presses: the hub writes down what time it is.
        await kiosk.press_raw((await kiosk.messages())[-1]["id"], "unit:A")
        await is_covered(kiosk)
        await disks.clear(which)
        await kiosk.shows(WELCOME)


async def goes_on_failing(disks: Disks, which: str, times: int) -> None:
    """Let people go on writing to the hub until each of the disks has not taken something so often."""
    for _ in range(40 * times):
        if await disks.failures(which) >= times:
            return
        await disks.devices["N1"].say("/idag")
        await asyncio.sleep(OFTEN)
    raise AssertionError(f"only {await disks.failures(which)} times")


@WHICH
async def test_a_disk_that_stays_full_is_told_once_and_once_more_when_it_is_not(tmp_path: Path, which: str) -> None:
    async with on_disks(tmp_path) as disks:
        kiosk = disks.devices["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows(HOME)
        await disks.fill(which)
        await finish(disks, kiosk)
        await is_covered(kiosk)
        await goes_on_failing(disks, which, 6)
        await disks.clear(which)
        await kiosk.shows(WELCOME)
        lines = await disks.log()
    # Kiosks come back one after the other; everything else is told once.
    kinds = Counter(re.sub("[0-9]+", "#", line) for line in lines if "are back" not in line)
    assert {kind: n for kind, n in kinds.items() if n > 1} == {}
    assert [line for line in lines if "Traceback" in line or "\n" in line] == []
    assert [line for line in lines if "The database" in line] == ([] if which == "house" else [FULL, AGAIN])
    assert [line for line in lines if "network's file" in line] == ([] if which == "hub" else [FULL_HOUSE])


async def test_a_database_that_does_not_answer_keeps_no_page_on_the_screen(tmp_path: Path) -> None:
    clock = StillClock()
    async with whole_hub(tmp_path, clock=clock) as hub:
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].shows(HOME)
        async with hub.running.database._turn:
            clock.move(timedelta(seconds=59))
            assert HOME in await hub["K-A"].everything()
            clock.move(timedelta(seconds=5))
            await is_covered(hub["K-A"])
            assert not any(message.get("cover") for message in await hub["N1"].messages())
        await hub["K-A"].shows(WELCOME)
        assert HOME not in await hub["K-A"].everything()


async def test_what_was_pressed_before_something_failed_is_done_before_what_has_become_due_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "PAUSE_AFTER_FAULT", 4 * LOOK_SECONDS)
    clock = StillClock()
    async with whole_hub(tmp_path, clock=clock) as hub:
        await about_to_send(hub["K-A"])
        async with cannot_read(hub.running.database, "slips") as refusals:
            await hub["K-A"].press("Send")
            await until(lambda: refusals.times > 0, "the press is handled")
            # As when the disk does not take a transaction.
            hub.running.database.failed()
            await is_covered(hub["K-A"])
            clock.move(timedelta(minutes=2))
        await hub["K-A"].shows(WELCOME)
        assert [row["inmate"] for row in await hub.rows("SELECT inmate FROM slips WHERE code = 'FJ-116'")] == ["A01"]
