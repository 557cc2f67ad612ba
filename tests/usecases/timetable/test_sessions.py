"""Adding, moving and cancelling sessions on the real database, also by two coordinators at once."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Person, Role
from bot.domain.refusals import (
    NotAllowed,
    NothingToUndo,
    NotYours,
    OutsideScope,
    SessionClash,
    SessionGone,
    SessionPast,
    SlotUnknown,
    Stale,
)
from bot.domain.services import Hours, Session
from bot.domain.slips.slips import Reason, Slip
from bot.domain.timetable import timetable
from bot.store import people as rows_of_people
from bot.store.moments import to_text
from bot.usecases.slips import offers, slips, talks, undoing
from bot.usecases.timetable import bookings, sessions
from bot.usecases.timetable import timetable as free_times
from bot.usecases.timetable.sessions import Changed, Filled
from tests.hub.real_turns import RealTurns, all_at_once, real_turns

THURSDAY = "nav.N1.R1.2701140800"
FIRST, SECOND, THIRD = "nav.N1.R1.2701140800", "nav.N1.R1.2701140830", "nav.N1.R1.2701140900"
DAY = date(2027, 1, 14)
NOBODY = sessions.seen(())


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as opened:
        yield opened


def session(**changes: Any) -> Session:
    morning = Session("nav", "N1", "R2", date(2027, 1, 20), (Hours(time(9), time(12)),), 30, 30)
    return replace(morning, **changes)


async def booked(hub: RealTurns, inmate: str, slot: str) -> Slip:
    slip = await hub.send(inmate, "nav")
    async with hub.as_adviser("N1") as turn:
        return await bookings.confirm(turn, slip.code, slot, slip.revision)


async def shown(hub: RealTurns, session_id: str = THURSDAY) -> str:
    async with hub.as_adviser("TK1") as turn:
        return sessions.seen((await sessions.one(turn, session_id)).hit(turn.now))


async def cancel(hub: RealTurns, seen: str, session_id: str = THURSDAY, by: str = "TK1") -> Changed:
    async with hub.as_adviser(by) as turn:
        return await sessions.cancel(turn, session_id, Reason.ILL, seen)


async def move(hub: RealTurns, to: Session, seen: str, session_id: str = THURSDAY) -> Changed:
    async with hub.as_adviser("TK1") as turn:
        return await sessions.move(turn, session_id, to, seen)


async def hit_by(hub: RealTurns, to: Session) -> str:
    async with hub.as_adviser("TK1") as turn:
        return sessions.seen(await sessions.hit_by_move(turn, THURSDAY, to))


async def add(hub: RealTurns, new: Session) -> Session:
    async with hub.as_adviser("TK1") as turn:
        return await sessions.add(turn, new)


async def week(hub: RealTurns, person: str = "TK1", prison: str = "-") -> list[Filled]:
    async with hub.as_adviser(person) as turn:
        return await sessions.week(turn, prison, DAY)


def outcomes(results: list[Any]) -> Counter[object]:
    return Counter(type(result) for result in results)


async def domain(hub: RealTurns) -> list[Any]:
    tables = ("slips", "bookings", "claims", "reminders", "sessions", "cancelled_sessions", "ownerships", "audit")
    return [await hub.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables]


async def test_everybody_in_a_cancelled_session_waits_on_with_the_place_in_line_and_a_promise(hub: RealTurns) -> None:
    first, second = await booked(hub, "B01", FIRST), await booked(hub, "B02", SECOND)
    other = await booked(hub, "B03", "nav.N1.R1.2701210800")
    changed = await cancel(hub, await shown(hub))
    assert [(slip.code, held.slot.id) for slip, held in changed.hit] == [(first.code, FIRST), (second.code, SECOND)]
    rows = await hub.rows("SELECT code, state, sent_at, last, last_side, last_actor, news FROM slips ORDER BY code")
    waits = {"state": "waiting", "last": "cancel", "last_side": "adviser", "last_actor": None, "news": 1}
    assert rows[:2] == [{**waits, "code": each.code, "sent_at": to_text(each.sent_at)} for each in (first, second)]
    assert (rows[2]["code"], rows[2]["state"]) == (other.code, "booked")
    assert {row["holder"] for row in await hub.rows("SELECT holder FROM claims")} == {other.code}
    reminders = await hub.rows("SELECT about FROM reminders WHERE kind = 'broken' AND done IS NULL ORDER BY about")
    assert [row["about"] for row in reminders] == [first.code, second.code]


async def test_the_timetable_follows_a_cancelled_session_at_once(hub: RealTurns) -> None:
    slip = await hub.send("B01", "nav")
    await cancel(hub, NOBODY)
    async with hub.as_adviser("N1") as turn:
        assert THURSDAY not in {each.id for each in await sessions_of(turn)}
        free = await free_times.free(turn, "nav", "B01", "B", "N1")
        assert free[0].starts.date() > DAY
        with pytest.raises(SlotUnknown):
            await bookings.confirm(turn, slip.code, FIRST, slip.revision)


async def sessions_of(turn: Any) -> list[Filled]:
    turn.actor = replace(turn.actor, person=replace(turn.person, units=frozenset("ABCN")))
    return await sessions.week(turn, "-", DAY)


async def test_of_two_who_cancel_at_once_one_does_and_the_other_is_told(hub: RealTurns) -> None:
    await booked(hub, "B01", FIRST)
    seen = await shown(hub)
    assert outcomes(await all_at_once(cancel(hub, seen), cancel(hub, seen))) == {Changed: 1, SessionGone: 1}
    assert await hub.rows("SELECT COUNT(*) AS n FROM audit WHERE action = 'session_cancelled'") == [{"n": 1}]
    assert await hub.rows("SELECT COUNT(*) AS n FROM audit WHERE action = 'cancel'") == [{"n": 1}]


async def test_of_a_cancel_and_a_move_at_once_one_is_done(hub: RealTurns) -> None:
    await booked(hub, "B01", FIRST)
    seen = await shown(hub)
    results = await all_at_once(move(hub, session(), seen), cancel(hub, seen))
    assert outcomes(results) == {Changed: 1, SessionGone: 1}


async def test_a_second_cancel_changes_nothing(hub: RealTurns) -> None:
    await booked(hub, "B01", FIRST)
    seen = await shown(hub)
    await cancel(hub, seen)
    rows = await domain(hub)
    for again in (seen, NOBODY):
        with pytest.raises(SessionGone):
            await cancel(hub, again)
    assert await domain(hub) == rows


async def test_who_was_hit_when_the_page_was_shown_must_be_who_is_hit_now(hub: RealTurns) -> None:
    first = await booked(hub, "B01", FIRST)
    seen = await shown(hub)
    await booked(hub, "B02", SECOND)
    rows = await domain(hub)
    with pytest.raises(Stale):
        await cancel(hub, seen)
    with pytest.raises(Stale):
        await move(hub, session(), seen)
    assert await domain(hub) == rows
    async with hub.as_inmate("B01") as turn:
        await slips.withdraw(turn, first.code, first.revision)
    with pytest.raises(Stale):  # as many as before, but not the same
        await cancel(hub, seen)
    assert len((await cancel(hub, await shown(hub))).hit) == 1


async def test_a_talk_that_has_begun_stays_when_its_session_is_cancelled(hub: RealTurns) -> None:
    begun, ahead = await booked(hub, "B01", FIRST), await booked(hub, "B02", THIRD)
    hub.clock.move(timedelta(hours=23, minutes=15))
    changed = await cancel(hub, await shown(hub))
    assert [slip.code for slip, _ in changed.hit] == [ahead.code]
    assert await hub.rows("SELECT slip, outcome FROM bookings ORDER BY slip") == [
        {"slip": begun.code, "outcome": "live"},
        {"slip": ahead.code, "outcome": "released"},
    ]
    async with hub.as_adviser("N1") as turn:
        await talks.hold(turn, begun.code, begun.revision)


async def test_a_session_that_is_over_is_neither_cancelled_nor_moved(hub: RealTurns) -> None:
    hub.clock.move(timedelta(days=2))
    with pytest.raises(SessionPast):
        await cancel(hub, NOBODY)
    with pytest.raises(SessionPast):
        await move(hub, session(), NOBODY)


async def test_an_offer_that_is_held_is_given_back_with_its_session(hub: RealTurns) -> None:
    slip = await booked(hub, "B01", FIRST)
    async with hub.as_adviser("N1") as turn:
        await offers.give(turn, slip.code, THIRD, slip.revision)
    changed = await cancel(hub, await shown(hub))
    assert [held.slot.id for _, held in changed.hit] == [THIRD]
    assert await hub.rows("SELECT state, offered_by, offer_until FROM slips") == [
        {"state": "waiting", "offered_by": None, "offer_until": None}
    ]
    assert await hub.rows("SELECT * FROM claims") == []


async def test_a_room_that_a_cancel_frees_is_free_for_others_at_once(hub: RealTurns) -> None:
    friends = Session("frivillig", "V1", "R1", DAY, (Hours(time(9), time(12)),), 30, 30)
    with pytest.raises(SessionClash):
        await add(hub, friends)
    await cancel(hub, NOBODY)
    with pytest.raises(SessionClash):  # N2 is still there
        await add(hub, friends)
    await cancel(hub, NOBODY, "nav.N2.R1.2701140800")
    await add(hub, friends)


async def test_what_was_cancelled_can_be_added_again_with_other_hours(hub: RealTurns) -> None:
    await cancel(hub, NOBODY)
    again = await add(hub, session(day=DAY, room="R1"))
    assert [each.session for each in await week(hub) if each.id == THURSDAY] == [again]
    await cancel(hub, NOBODY)
    assert [each for each in await week(hub) if each.id == THURSDAY] == []


async def test_an_added_session_has_times_at_once(hub: RealTurns) -> None:
    slip = await hub.send("B01", "nav")
    new = await add(hub, session())
    async with hub.as_adviser("N1") as turn:
        await bookings.confirm(turn, slip.code, timetable.id_of(turn.hub, new), slip.revision)
    assert hub.turns.hub.sessions == tuple(
        sorted(hub.turns.hub.sessions, key=lambda each: (each.day, each.hours[0].opens, each.service, each.adviser))
    )


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (session(adviser="G1"), NotYours),
        (session(day=DAY), SessionClash),
        (session(day=date(2027, 1, 13), hours=(Hours(time(9), time(12)),)), SessionPast),
    ],
)
async def test_a_session_that_cannot_be_is_refused_and_nothing_is_changed(
    hub: RealTurns, new: Session, refusal: type[Exception]
) -> None:
    rows = await domain(hub)
    with pytest.raises(refusal):
        await add(hub, new)
    assert await domain(hub) == rows


async def test_of_two_who_add_the_same_session_at_once_one_does(hub: RealTurns) -> None:
    assert outcomes(await all_at_once(add(hub, session()), add(hub, session()))) == {Session: 1, SessionClash: 1}


async def test_who_loses_a_time_by_a_move_gets_the_one_of_the_same_order_as_an_offer(hub: RealTurns) -> None:
    first, third = await booked(hub, "B01", FIRST), await booked(hub, "B02", THIRD)
    to = session(hours=(Hours(time(9), time(10)),))
    changed = await move(hub, to, await hit_by(hub, to))
    assert changed.offered == 1
    assert await hub.rows(
        "SELECT code, state, offered_by, adviser FROM slips JOIN ownerships ON slip = code AND until IS NULL"
        " ORDER BY code"
    ) == [
        {"code": first.code, "state": "offered", "offered_by": "adviser", "adviser": "N1"},
        {"code": third.code, "state": "waiting", "offered_by": None, "adviser": "N1"},
    ]
    standing = await hub.rows("SELECT slip, slot, outcome FROM bookings WHERE outcome <> 'released'")
    assert standing == [{"slip": first.code, "slot": "nav.N1.R2.2701200800", "outcome": "offered"}]


@pytest.mark.parametrize("elsewhere", [{"service": "gjeld", "adviser": "G1"}, {"adviser": "N2"}])
async def test_a_session_stays_with_its_service_and_its_adviser_wherever_it_is_moved(
    hub: RealTurns, elsewhere: dict[str, str]
) -> None:
    await booked(hub, "B01", FIRST)
    rows = await domain(hub)
    to = session(**elsewhere)
    with pytest.raises(NotYours):
        await move(hub, to, await hit_by(hub, to))
    assert await domain(hub) == rows


async def test_a_move_by_half_an_hour_lets_everybody_move_up_by_one(hub: RealTurns) -> None:
    codes = [(await booked(hub, f"B0{n}", slot)).code for n, slot in enumerate((FIRST, SECOND, THIRD), 1)]
    to = session(day=DAY, room="R2", hours=(Hours(time(9, 30), time(12)),))
    assert (await move(hub, to, await hit_by(hub, to))).offered == 3
    rows = await hub.rows("SELECT slip, starts FROM bookings WHERE outcome = 'offered' ORDER BY slip")
    starts = [f"2027-01-14T{clock}:00.000000+00:00" for clock in ("08:30", "09:00", "09:30")]
    assert [(row["slip"], row["starts"]) for row in rows] == list(zip(codes, starts, strict=True))


async def test_a_time_that_the_moved_session_still_has_stays_booked(hub: RealTurns) -> None:
    kept = await booked(hub, "B01", SECOND)
    lost = await booked(hub, "B02", FIRST)
    to = session(day=DAY, room="R1", hours=(Hours(time(9, 30), time(12)),))
    changed = await move(hub, to, await hit_by(hub, to))
    assert [slip.code for slip, _ in changed.hit] == [lost.code]
    assert (await hub.rows("SELECT state FROM slips WHERE code = :code", code=kept.code)) == [{"state": "booked"}]
    assert changed.offered == 0  # the first of the new times is taken by the other one


async def test_a_person_who_is_elsewhere_at_the_new_time_goes_back_in_line(hub: RealTurns) -> None:
    slip = await booked(hub, "B01", FIRST)
    to_friends = await hub.send("B01", "frivillig")
    await add(hub, Session("frivillig", "V1", "R4", date(2027, 1, 20), (Hours(time(9), time(10)),), 30, 30))
    async with hub.as_adviser("V1") as turn:
        await bookings.confirm(turn, to_friends.code, "frivillig.V1.R4.2701200800", to_friends.revision)
    assert (await move(hub, session(), await hit_by(hub, session()))).offered == 0
    assert await hub.rows("SELECT state FROM slips WHERE code = :code", code=slip.code) == [{"state": "waiting"}]


async def test_a_move_to_too_short_a_notice_offers_nothing(hub: RealTurns) -> None:
    await booked(hub, "B01", FIRST)
    to = session(day=date(2027, 1, 13), hours=(Hours(time(11), time(12)),))
    assert (await move(hub, to, await hit_by(hub, to))).offered == 0


async def test_a_moved_session_cannot_be_undone_slip_by_slip(hub: RealTurns) -> None:
    slip = await booked(hub, "B01", FIRST)
    changed = await move(hub, session(), await hit_by(hub, session()))
    async with hub.as_adviser("TK1") as turn:
        with pytest.raises(NothingToUndo):
            await undoing.undo(turn, slip.code, changed.hit[0][0].revision)


async def coordinator(hub: RealTurns, name: str, units: str) -> None:
    async with hub.turns.begin() as turn:
        await rows_of_people.add_person(
            turn.tx, Person(name, Role.COORDINATOR, name, "nb", frozenset(), frozenset(units))
        )


@pytest.mark.parametrize(
    ("prison", "rooms"), [("NV", {"NR"}), ("FJ", {"R1", "R2", "R4", "CELL"}), ("-", {"NR", "R1", "R2", "R4", "CELL"})]
)
async def test_each_prison_has_its_sessions_and_all_have_them_merged(
    hub: RealTurns, prison: str, rooms: set[str]
) -> None:
    assert {each.session.room for each in await week(hub, prison=prison)} == rooms


async def test_a_coordinator_without_a_prison_sees_nothing_of_it(hub: RealTurns) -> None:
    await coordinator(hub, "TK2", "AB")
    assert "NR" not in {each.session.room for each in await week(hub, "TK2")}
    with pytest.raises(NotAllowed):
        await week(hub, "TK2", "NV")
    with pytest.raises(SessionGone):
        await cancel(hub, NOBODY, "nav.N1.NR.2701150900", by="TK2")
    async with hub.as_adviser("TK2") as turn:
        with pytest.raises(NotYours):
            await sessions.add(turn, session(room="NR"))


async def test_a_wish_for_a_time_that_is_gone_can_still_be_read(hub: RealTurns) -> None:
    slip = await hub.send("B01", "nav")
    await hub.run(f"UPDATE slips SET wish = '{FIRST}'")
    await cancel(hub, NOBODY)
    async with hub.as_adviser("N1") as turn:
        found = await slips.addressed(turn, slip.code)
        assert found.wish == FIRST
        assert timetable.starts_of(FIRST).hour == 8
        assert len(await offers.choices(turn, found)) == 3


async def test_a_coordinator_takes_nothing_from_people_of_other_units_in_a_shared_room(hub: RealTurns) -> None:
    slip = await booked(hub, "B01", FIRST)
    async with hub.turns.begin() as turn:
        coordinator = Person("TK2", Role.COORDINATOR, "TK2", "nb", units=frozenset("A"))
        await rows_of_people.add_person(turn.tx, coordinator)
    seen = await shown(hub)
    with pytest.raises(OutsideScope):
        async with hub.as_adviser("TK2") as turn:
            await sessions.cancel(turn, THURSDAY, Reason.ILL, seen)
    async with hub.turns.begin() as turn:
        found = await slips.find(turn, slip.code)
    assert found == slip
