"""A time to which somebody said no is offered no more for this slip, until that no is taken back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.slips.slips import Reason, Slip, State
from bot.domain.timetable.bookings import Outcome, given_back_as
from bot.store import bookings
from bot.usecases.slips import drafts, offers, slips, undoing
from tests.hub.real_turns import RealTurns, real_turns

WISH = "nav.N1.R1.2701141030"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as opened:
        yield opened


async def offered(hub: RealTurns) -> tuple[Slip, datetime]:
    """Let B01 wish for one time, and N1 offer the first of the others."""
    async with hub.as_inmate("B01") as turn:
        await drafts.begin(turn, "nav")
        drafts.wish(turn, turn.session.step, WISH)
        slip = await drafts.send(turn, turn.session.step)
    async with hub.as_adviser("N1") as turn:
        other = (await offers.choices(turn, slip))[1]
        return await offers.give(turn, slip.code, other.id, slip.revision), other.starts


async def no_to(hub: RealTurns, how: str) -> tuple[Slip, datetime]:
    """Let the inmate have no use for the time that was offered, and return it."""
    slip, starts = await offered(hub)
    async with hub.as_inmate("B01") as turn:
        if how == "no":
            return await offers.decline_own(turn, slip.code, slip.revision), starts
        if how == "cannot come":
            slip = await offers.accept_own(turn, slip.code, slip.revision)
            return await offers.cancel_own(turn, slip.code, slip.revision, Reason.ILL), starts
        other = (await offers.other_times(turn, slip))[0]
        return await offers.propose(turn, slip.code, other.id, slip.revision), starts


async def times_for(hub: RealTurns, slip: Slip) -> tuple[list[datetime], list[datetime]]:
    """Return what the adviser can give, and what the inmate can propose."""
    async with hub.as_adviser("N1") as turn:
        adviser = [each.starts for each in await offers.choices(turn, slip)]
    async with hub.as_inmate("B01") as turn:
        return adviser, [each.starts for each in await offers.other_times(turn, slip)]


@pytest.mark.parametrize("how", ["no", "cannot come", "another time"])
async def test_a_time_that_the_inmate_has_no_use_for_is_offered_by_nobody_again(hub: RealTurns, how: str) -> None:
    slip, no = await no_to(hub, how)
    times = await times_for(hub, slip)
    assert [len(each) for each in times] == [3, 3]
    assert no not in {*times[0], *times[1]}
    async with hub.as_adviser("N1") as turn:
        assert await offers.declined(turn, slip) == {no}


async def test_a_no_that_is_taken_back_is_none(hub: RealTurns) -> None:
    slip, no = await no_to(hub, "no")
    async with hub.as_inmate("B01") as turn:
        slip = await undoing.undo(turn, slip.code, slip.revision)
        assert slip.state is State.OFFERED
        await offers.expire(turn, slip.code)
        slip = await slips.own(turn, slip.code)
    assert [no in each for each in await times_for(hub, slip)] == [True, True]
    async with hub.as_adviser("N1") as turn:
        assert await offers.declined(turn, slip) == frozenset()


@pytest.mark.parametrize("how", ["declined", "cancelled"])
async def test_what_does_not_suit_the_adviser_is_proposed_no_more_and_can_still_be_given(
    hub: RealTurns, how: str
) -> None:
    slip, _first = await no_to(hub, "another time")
    async with hub.as_adviser("N1") as turn:
        [unfit, *_before] = await bookings.every(turn.tx, slip.code)
        if how == "declined":
            slip = await offers.decline_proposal(turn, slip.code, slip.revision)
        else:
            slip = await offers.accept_proposal(turn, slip.code, slip.revision)
            slip = await offers.cancel(turn, slip.code, slip.revision, Reason.ILL)
    assert [unfit.slot.starts in each for each in await times_for(hub, slip)] == [True, False]


async def test_a_session_is_not_moved_to_a_time_that_the_inmate_has_said_no_to(hub: RealTurns) -> None:
    slip, _no = await no_to(hub, "no")
    async with hub.as_adviser("N1") as turn:
        [declined] = await bookings.every(turn.tx, slip.code)
        assert not await offers.can_offer(turn, slip, declined.slot)


async def test_only_the_newest_word_about_a_time_counts(hub: RealTurns) -> None:
    slip, no = await no_to(hub, "no")
    async with hub.as_inmate("B01") as turn:
        [declined] = await bookings.every(turn.tx, slip.code)
    free = replace(declined, outcome=Outcome.RELEASED)
    assert given_back_as([declined, free], Outcome.DECLINED) == {no}
    assert given_back_as([free, declined], Outcome.DECLINED) == frozenset()
