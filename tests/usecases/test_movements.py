"""What was found at the door belongs to one walk: a time that is given back takes it along."""

from pathlib import Path

from bot.domain.movements import Tick
from bot.domain.slips.slips import Reason
from bot.store import movements
from bot.usecases.slips import offers
from bot.usecases.timetable import bookings
from tests.hub.real_turns import RealTurns, real_turns

SLOT = "nav.N1.R1.2701140800"


async def booked(hub: RealTurns, revision: int) -> int:
    async with hub.as_adviser("N1") as turn:
        slip = await bookings.confirm(turn, "FJ-1", SLOT, revision)
        return slip.revision


async def test_a_tick_goes_with_the_time_that_is_given_back(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        slip = await hub.send("B01", "nav")
        revision = await booked(hub, slip.revision)
        async with hub.as_adviser("KB-B1") as turn:
            walk = await movements.of_slip(turn.tx, "FJ-1")
            assert walk
            await movements.tick(turn.tx, walk, Tick.NOT_NOW, "KB-B1", turn.now)
        async with hub.as_adviser("N1") as turn:
            given_back = await offers.cancel(turn, "FJ-1", revision, Reason.ILL)
        assert await hub.rows("SELECT * FROM ticks") == []
        await booked(hub, given_back.revision)
        async with hub.turns.begin() as turn:
            again = await movements.of_slip(turn.tx, "FJ-1")
        assert again
        assert again.tick is None
