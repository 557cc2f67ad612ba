"""A table that cannot be read for a while ends no part of the hub: each goes on by itself when it can be read again."""

from pathlib import Path

import pytest

from tests.faults.faulty import cannot_read
from tests.hub.whole_hub import whole_hub
from tests.patience import until

READ_BY = {
    "counters": "keeping the moment",
    "inbox": "taking in and handling",
    "kiosk_sessions": "watching the kiosks",
    "menus": "showing menus",
    "messages": "sending",
    "reminders": "doing what is due",
}


@pytest.mark.parametrize("table", READ_BY)
async def test_a_table_that_cannot_be_read_for_a_while_ends_no_part_of_the_hub(tmp_path: Path, table: str) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.settled()
        async with cannot_read(hub.running.database, table) as refusals:
            await hub["N1"].say("/idag")
            hub.running.turns.written()
            # The second time is one that somebody has tried again.
            await until(lambda: refusals.times > 1 or hub.running.broken.is_set(), f"nobody reads {table}")
            assert not hub.running.broken.is_set()
        await hub["N1"].shows("onsdag 13. januar: ingen samtaler")
        await hub["K-A"].sign_in("A01", "2101")
        assert await hub["K-A"].send_slip("NAV") == "FJ-116"
        assert not hub.running.broken.is_set()
