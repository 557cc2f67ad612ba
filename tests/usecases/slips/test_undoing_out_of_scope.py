"""Taking a step back when whoever had the slip may not answer it any more."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.refusals import NothingToUndo
from bot.domain.slips.slips import Slip
from bot.usecases.slips import offers, slips, undoing
from bot.usecases.staff import staff
from tests.hub.real_turns import RealTurns, real_turns

OWNER = "SELECT adviser FROM ownerships WHERE slip = 'FJ-1' AND until IS NULL"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as opened:
        yield opened


async def withdrawn_and_out_of_scope(hub: RealTurns, *, booked: bool) -> Slip:
    """B01 takes back what N1 had; then N1 does not work with unit B any more."""
    slip = await hub.send("B01", "nav")
    async with hub.as_adviser("N1") as turn:
        slip = await slips.own_it(turn, slip.code, slip.revision)
        if booked:
            slot = (await offers.choices(turn, slip))[0]
            slip = await offers.give(turn, slip.code, slot.id, slip.revision)
    async with hub.as_inmate("B01") as turn:
        slip = await slips.withdraw(turn, slip.code, slip.revision)
    async with hub.as_adviser("ADM") as turn:
        await staff.toggle_unit(turn, "N1", "B", (await staff.member(turn, "N1")).revision)
    return slip


async def test_a_slip_that_comes_back_is_open_to_colleagues_where_its_adviser_may_not_answer(hub: RealTurns) -> None:
    slip = await withdrawn_and_out_of_scope(hub, booked=False)
    async with hub.as_inmate("B01") as turn:
        await undoing.undo(turn, slip.code, slip.revision)
    assert await hub.rows(OWNER) == [{"adviser": None}]


async def test_a_time_with_an_adviser_who_may_not_answer_does_not_come_back(hub: RealTurns) -> None:
    slip = await withdrawn_and_out_of_scope(hub, booked=True)
    async with hub.as_inmate("B01") as turn:
        with pytest.raises(NothingToUndo):
            await undoing.undo(turn, slip.code, slip.revision)
    assert await hub.rows(OWNER) == []
