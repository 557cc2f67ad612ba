"""Whatever stands still or goes wrong: no page of somebody's stays on a kiosk, and no cover goes too soon."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.gateway.covers import COVER
from bot.gateway.events import Event
from bot.gateway.house import House
from tests.faults.faulty import (
    database_hangs,
    database_hangs_at_a_commit,
    house_hangs,
    hub_with_house,
    takes_nothing,
)
from tests.faults.test_full_disk import HOME, WELCOME, is_covered
from tests.hub.whole_hub import WholeHub, data_of, whole_hub
from tests.patience import Looks, until

IN_TIME, LONG_AFTER = timedelta(seconds=30), timedelta(minutes=10)
APART = pytest.mark.parametrize("apart", [False, True], ids=["within", "apart"])


async def signed_in(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].shows(HOME)
    await hub.settled()


def go_on(hub: WholeHub, by: timedelta) -> None:
    """Move the clock alone, and leave it to the hub what comes of it."""
    clock = hub.running.clock
    clock.set(clock.now() + by)  # type: ignore[attr-defined] # the demo's clock


async def is_looked_at(house: House) -> None:
    """Wait until the hub has looked at the kiosks once more: it gives the words for covers each time."""
    house.covers.words.clear()
    await until(lambda: bool(house.covers.words), "the hub looks at the kiosks")


async def comes_back(hub: WholeHub) -> None:
    await hub["K-A"].shows(WELCOME)
    assert HOME not in await hub["K-A"].everything()
    assert (await hub["K-A"].http.get("/client/device")).json()["down"] is False
    await signed_in(hub)


@APART
async def test_a_database_that_hangs_before_a_kiosk_is_to_be_locked_keeps_no_page_there(
    tmp_path: Path, apart: bool
) -> None:
    async with hub_with_house(tmp_path, apart=apart) as (hub, house):
        await signed_in(hub)
        async with database_hangs(hub.running.database):
            await is_looked_at(house)
            go_on(hub, IN_TIME)
            await is_looked_at(house)
            assert HOME in await hub["K-A"].everything()
            go_on(hub, LONG_AFTER)
            await is_covered(hub["K-A"])
            assert not any(message.get("cover") for message in await hub["N1"].messages())
        await comes_back(hub)


@pytest.mark.parametrize(("others", "what"), [([], "UPDATE kiosk_sessions"), (["N1", "N2"], "SAVEPOINT part")])
async def test_a_commit_that_hangs_after_who_stood_there_has_finished_keeps_no_page_there(
    tmp_path: Path, others: list[str], what: str
) -> None:
    async with whole_hub(tmp_path) as hub:
        await signed_in(hub)
        home = await hub["K-A"].shows(HOME)
        async with database_hangs_at_a_commit(hub.running.database, what) as standstill:
            async with hub.running.database._turn:
                # Whatever comes while the first one waits to be kept is fetched together.
                for other in others:
                    await hub[other].say("/idag")
                await hub["K-A"].press_raw(home["id"], data_of(home, "Ferdig")[0])
            await until(standstill.reached.is_set, "the commit")
            await is_covered(hub["K-A"])
        await comes_back(hub)


async def test_a_house_that_hangs_when_a_kiosk_is_locked_keeps_no_page_there(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await signed_in(hub)
        assert hub.running.house is not None
        async with house_hangs(hub.running.house):
            go_on(hub, timedelta(seconds=61))
            await is_covered(hub["K-A"])
        await comes_back(hub)


async def test_a_screen_that_is_written_afresh_before_it_was_seen_emptied_is_covered_no_longer_than_that(
    tmp_path: Path,
) -> None:
    async with whole_hub(tmp_path) as hub:
        await signed_in(hub)
        assert hub.running.house is not None
        async with house_hangs(hub.running.house):
            go_on(hub, timedelta(seconds=61))
            await is_covered(hub["K-A"])
            go_on(hub, timedelta(days=1))
            await has_a_fresh_screen(hub)
        await comes_back(hub)


async def has_a_fresh_screen(hub: WholeHub) -> None:
    """Wait until the night has taken a kiosk's screen for one that is to be deleted, and wants a new one."""
    chat = hub["K-A"].chat
    fresh = "SELECT 1 FROM messages WHERE chat_id = :chat AND key = 'screen' AND message_id IS NULL"
    async for _ in Looks():
        if await hub.rows(fresh, chat=chat):
            return
    raise AssertionError("the night writes no fresh screen")


async def test_a_fault_of_ours_while_a_kiosk_is_emptied_covers_it_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def goes_wrong(*_: object) -> None:
        raise RuntimeError(HOME)

    async with whole_hub(tmp_path) as hub:
        await signed_in(hub)
        with monkeypatch.context() as fault:
            fault.setattr(House, "change", goes_wrong)
            await hub["K-A"].press("Ferdig")
            await is_covered(hub["K-A"])
        await comes_back(hub)
        assert not hub.running.broken.is_set()
    told = [record.getMessage() for record in caplog.records]
    [fault_of_ours] = [each for each in told if each.startswith("The house network did not answer editMessageText")]
    assert f"RuntimeError at {__file__}:" in fault_of_ours
    assert HOME not in "\n".join(told)
    assert told.count("1 kiosks do not show in time what they should: they say that they do not work") == 1


def is_lift(event: Event) -> bool:
    return event.kind == "deleted" and event.data["ids"] == [COVER]


@APART
async def test_a_cover_stays_while_the_file_of_the_house_takes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, apart: bool
) -> None:
    async with hub_with_house(tmp_path, apart=apart) as (hub, house):
        kiosk = hub["K-A"]
        welcome = await kiosk.shows(WELCOME)
        await hub.settled()
        async with house.subscribe(is_lift) as lifts:
            async with takes_nothing(house.journal) as refusals:
                assert (await kiosk.press_raw(welcome["id"], "unit:A")).status_code == 503
                await is_covered(kiosk)
                gone = asyncio.ensure_future(anext(lifts))
                for _ in range(3):
                    await is_looked_at(house)
                await until(lambda: refusals.times > 3 or gone.done(), "the hub tries to take the cover away")
                assert not gone.done()
            await gone
        await kiosk.shows(WELCOME)
        await signed_in(hub)
    told = [record.getMessage() for record in caplog.records]
    assert [each for each in told if each.endswith("are back")] == ["4 kiosks are back"]
    assert len([each for each in told if "takes nothing" in each]) == 1
