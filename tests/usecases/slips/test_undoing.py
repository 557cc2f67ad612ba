"""Taking a step back on the real database: only what can still stand comes back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.refusals import DayFull, NothingToUndo
from bot.domain.slips.slips import Reason, Slip, State
from bot.domain.slips.undoing import can_take_back
from bot.store import people as rows_of_people
from bot.usecases.hub import recompose
from bot.usecases.slips import offers, slips, talks, undoing
from bot.usecases.timetable import bookings, sessions
from bot.usecases.turn import Turn
from tests.hub.real_turns import RealTurns, real_turns

SESSION = "nav.N1.R1.2701140800"
SLOT, NEXT = "nav.N1.R1.2701140800", "nav.N1.R1.2701140830"
STANDING = "SELECT slot, outcome FROM bookings WHERE outcome IN ('live', 'offered')"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as opened:
        yield opened


async def booked(hub: RealTurns, inmate: str = "B01", slot: str = SLOT) -> Slip:
    slip = await hub.send(inmate, "nav")
    async with hub.as_adviser("N1") as turn:
        return await bookings.confirm(turn, slip.code, slot, slip.revision)


async def cancelled(hub: RealTurns) -> Slip:
    slip = await booked(hub)
    async with hub.as_adviser("N1") as turn:
        return await offers.cancel(turn, slip.code, slip.revision, Reason.ILL)


async def undo(hub: RealTurns, slip: Slip, by: str = "N1") -> Slip:
    async with hub.as_adviser(by) as turn:
        return await undoing.undo(turn, slip.code, slip.revision)


async def with_units(turn: Turn, adviser: str, units: str) -> None:
    person = await rows_of_people.person(turn.tx, adviser)
    assert person
    await rows_of_people.add_person(turn.tx, replace(person, units=frozenset(units)))
    await recompose(turn)


async def test_whoever_only_began_to_answer_has_nothing_to_take_back(hub: RealTurns) -> None:
    slip = await hub.send("B01", "nav")
    async with hub.as_adviser("N1") as turn:
        taken = await slips.own_it(turn, slip.code, slip.revision)
    assert not can_take_back(taken, "N1", hub.clock.now())
    assert taken.last_at == slip.last_at


async def test_a_time_that_has_begun_meanwhile_does_not_come_back(hub: RealTurns) -> None:
    slip = await booked(hub)
    hub.clock.move(timedelta(hours=22, minutes=55))
    async with hub.as_inmate("B01") as turn:
        given_back = await offers.cancel_own(turn, slip.code, slip.revision, Reason.NOT_SAID)
    hub.clock.move(timedelta(minutes=10))
    with pytest.raises(NothingToUndo):
        async with hub.as_inmate("B01") as turn:
            await undoing.undo(turn, given_back.code, given_back.revision)
    assert await hub.rows(STANDING) == []


async def test_an_offer_that_has_ended_meanwhile_does_not_come_back(hub: RealTurns) -> None:
    slip = await booked(hub)
    async with hub.as_inmate("B01") as turn:
        proposed = await offers.propose(turn, slip.code, NEXT, slip.revision)
    hub.clock.move(timedelta(hours=20))
    async with hub.as_adviser("N1") as turn:
        declined = await offers.decline_proposal(turn, proposed.code, proposed.revision)
    hub.clock.move(timedelta(hours=2))
    with pytest.raises(NothingToUndo):
        await undo(hub, declined)


async def test_a_time_does_not_come_back_on_a_day_that_has_become_full(hub: RealTurns) -> None:
    slip = await cancelled(hub)
    async with hub.as_adviser("N1") as turn:
        services = {**turn.hub.services, "nav": replace(turn.hub.services["nav"], daily_cap=1)}
        turn.hub = replace(turn.hub, services=services)
    await booked(hub, "B02", NEXT)
    with pytest.raises(DayFull):
        await undo(hub, slip)


async def test_nothing_comes_back_to_an_adviser_who_works_with_the_unit_no_more(hub: RealTurns) -> None:
    slip = await booked(hub)
    async with hub.as_inmate("B01") as turn:
        given_back = await offers.cancel_own(turn, slip.code, slip.revision, Reason.NOT_SAID)
    async with hub.as_adviser("ADM") as turn:
        await with_units(turn, "N1", "A")
    with pytest.raises(NothingToUndo):
        async with hub.as_inmate("B01") as turn:
            await undoing.undo(turn, given_back.code, given_back.revision)


async def test_that_a_talk_was_held_is_taken_back_although_its_session_is_gone(hub: RealTurns) -> None:
    slip = await booked(hub)
    hub.clock.move(timedelta(hours=23, minutes=5))
    async with hub.as_adviser("N1") as turn:
        held = await talks.hold(turn, slip.code, slip.revision)
    async with hub.as_adviser("TK1") as turn:
        await sessions.cancel(turn, SESSION, Reason.ILL, sessions.seen(()))
    assert (await undo(hub, held)).state is State.BOOKED
    assert await hub.rows(STANDING) == [{"slot": SLOT, "outcome": "live"}]
