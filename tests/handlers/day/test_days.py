"""The morning message: at half past seven on working days, to whoever has something, once, and never too late."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.demo.files import OPENS
from bot.store import facts
from bot.store.database import Database
from bot.store.moments import to_text
from tests.hub.whole_hub import WholeHub, whole_hub

HALF_PAST_SEVEN = OPENS + timedelta(hours=21, minutes=30)
DAY = timedelta(days=1)


async def sleep_until(data: Path, moment: datetime) -> None:
    """Let a stopped hub wake up at a moment."""
    async with await Database.open(Settings(data=data).database) as database, database.transaction() as tx:
        await facts.put(tx, facts.CLOCK, to_text(moment))


async def mornings(hub: WholeHub, name: str) -> list[str]:
    await hub.settled()
    return [title for title in await hub[name].titles() if "forflytning" in title]


async def test_it_comes_at_half_past_seven_to_whoever_has_something_and_to_nobody_else(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(HALF_PAST_SEVEN - timedelta(seconds=1))
        assert {name: await mornings(hub, name) for name in ("KB-A2", "VL")} == {"KB-A2": [], "VL": []}
        await hub.to(HALF_PAST_SEVEN)
        assert {name: found for name in hub.devices if (found := await mornings(hub, name))} == {
            "KB-A2": ["🚶 torsdag 14. januar: 2 forflytninger"],
            "KB-A3": ["🚶 torsdag 14. januar: 1 forflytning"],
            "KB-B1": ["🚶 torsdag 14. januar: ingen forflytninger"],  # but two answers to tell
            "VL": ["🚶 torsdag 14. januar: 3 forflytninger"],
        }
        await hub["KB-B1"].shows("🗣️ 2 svar å fortelle")


async def test_a_page_that_was_opened_before_comes_to_the_bottom_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["KB-A2"].say("/idag")
        await hub["KB-A2"].press("Neste dag")
        await hub["KB-A2"].shows("torsdag 14. januar")
        await hub.to(HALF_PAST_SEVEN)
        await hub.settled()
        assert await hub["KB-A2"].titles() == ["🚶 torsdag 14. januar: 2 forflytninger"]  # yesterday's is gone


async def test_no_morning_on_days_when_the_hub_does_not_work(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(HALF_PAST_SEVEN + 5 * DAY)  # Thursday, Friday, the weekend, Monday and Tuesday
        rows = await hub.rows("SELECT at FROM reminders WHERE kind = 'morning'")
        assert rows == [{"at": "2027-01-20T06:30:00.000000+00:00"}]
        # Of the weekend none was made, and those of the days before are gone.
        assert await mornings(hub, "KB-B1") == ["🚶 tirsdag 19. januar: 5 forflytninger"]


@pytest.mark.parametrize("hours", [0, 3])
async def test_after_an_outage_it_comes_late_on_the_same_day_and_once(tmp_path: Path, hours: int) -> None:
    async with whole_hub(tmp_path):
        pass
    late = HALF_PAST_SEVEN + timedelta(hours=hours, minutes=10)
    await sleep_until(tmp_path, late)
    for _again in range(2):
        async with whole_hub(tmp_path) as hub:
            await hub.to(late + timedelta(minutes=1))
            assert await mornings(hub, "KB-A2") == ["🚶 torsdag 14. januar: 2 forflytninger"]


async def test_after_a_longer_outage_what_has_outlived_its_day_is_dropped_and_today_still_comes(tmp_path: Path) -> None:
    async with whole_hub(tmp_path):
        pass
    await sleep_until(tmp_path, HALF_PAST_SEVEN + DAY + timedelta(minutes=10))
    async with whole_hub(tmp_path) as hub:
        await hub.advance(5)
        assert await mornings(hub, "KB-B1") == ["🚶 fredag 15. januar: ingen forflytninger"]
        assert await hub.audit("hub") == [("hub", "dropped", "hub", "morning")]
        rows = await hub.rows("SELECT at FROM reminders WHERE kind = 'morning'")
        assert rows == [{"at": "2027-01-18T06:30:00.000000+00:00"}]


async def test_a_new_hub_says_good_morning_only_the_next_morning(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.advance(60)
        assert [name for name in hub.devices if await mornings(hub, name)] == []
        assert await hub.rows("SELECT kind, at FROM reminders WHERE about = 'hub' ORDER BY kind") == [
            {"kind": "morning", "at": "2027-01-14T06:30:00.000000+00:00"},
            {"kind": "night", "at": "2027-01-14T03:00:00.000000+00:00"},
        ]
