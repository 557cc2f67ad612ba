"""Nobody and nothing is in two places, and the kindest reason is told first."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import AlreadyBusy, DayFull, Refusal, SlotHasStarted, SlotTaken, UnitClosed
from bot.domain.services import Hours
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable import bookings as rules
from bot.domain.timetable.bookings import Booking, Claim, Day
from bot.domain.timetable.timetable import Slot
from tests.hub.real_turns import demo_hub
from tests.strategies import ASKED, FIRST, slots

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
SLOT = Slot(datetime(2027, 1, 14, 8, tzinfo=UTC), datetime(2027, 1, 14, 8, 30, tzinfo=UTC), "nav", "N1", "R1")
SLIP = Slip("FJ-1", "A01", "A", "nav", None, None, None, State.WAITING, NOW, NOW + timedelta(days=5))
NOTHING = Day(frozenset())


def taken(resource: str, slot: Slot = SLOT) -> frozenset[Claim]:
    return frozenset((resource, cell) for cell in rules.cells(slot.starts, slot.ends))


def later(slot: Slot, minutes: int) -> Slot:
    by = timedelta(minutes=minutes)
    return replace(slot, starts=slot.starts + by, ends=slot.ends + by)


def test_a_free_slot_becomes_a_booking() -> None:
    assert rules.book(SLIP, SLOT, NOTHING, HUB, NOW) == Booking("FJ-1", "A01", "A", SLOT)


@pytest.mark.parametrize(
    ("slot", "day", "refusal"),
    [
        (replace(SLOT, starts=NOW), NOTHING, SlotHasStarted),
        (replace(SLOT, starts=NOW - timedelta(days=1)), NOTHING, SlotHasStarted),
        (replace(SLOT, room="R7"), NOTHING, UnitClosed),
        (later(SLOT, 180), NOTHING, UnitClosed),  # unit A has its doors locked from 12 to 13
        (SLOT, Day(taken("person:A01")), AlreadyBusy),
        (SLOT, Day(taken("room:R1")), SlotTaken),
        (SLOT, Day(taken("adviser:N1")), SlotTaken),
        (SLOT, Day(taken("person:A01") | taken("room:R1")), AlreadyBusy),
        (SLOT, Day(frozenset(), full=True), DayFull),
        (SLOT, Day(taken("room:R1"), full=True), SlotTaken),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(slot: Slot, day: Day, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.book(SLIP, slot, day, HUB, NOW)
    assert rules.fits("A01", "A", slot, day, HUB) is (refusal is SlotHasStarted)


def test_what_others_have_at_the_same_time_disturbs_nobody() -> None:
    others = taken("person:A02") | taken("room:R2") | taken("adviser:N2")
    assert rules.book(SLIP, SLOT, Day(others), HUB, NOW).slot == SLOT


def test_one_talk_may_begin_when_another_ends() -> None:
    before, after = later(SLOT, -30), later(SLOT, 30)
    neighbours = taken("room:R1", before) | taken("room:R1", after)
    assert rules.book(SLIP, SLOT, Day(neighbours), HUB, NOW).slot == SLOT


def test_one_cell_in_common_is_too_much() -> None:
    with pytest.raises(SlotTaken):
        rules.book(SLIP, SLOT, Day(taken("room:R1", later(SLOT, 25))), HUB, NOW)


def test_a_cell_that_is_only_touched_is_taken_whole() -> None:
    starts = datetime(2027, 1, 14, 8, 4, tzinfo=UTC)
    assert len(rules.cells(starts, starts + timedelta(minutes=2))) == 2


def test_a_room_that_several_can_use_is_not_claimed() -> None:
    assert rules.resources(HUB, "A01", SLOT) == ("person:A01", "adviser:N1", "room:R1")
    assert rules.resources(HUB, "A01", replace(SLOT, room="CELL")) == ("person:A01", "adviser:N1")


def test_doors_are_open_up_to_the_very_minute() -> None:
    unit = replace(HUB.units["A"], doors=(Hours(time(9), time(9, 30)),))
    hub = replace(HUB, units={**HUB.units, "A": unit})
    assert rules.book(SLIP, SLOT, NOTHING, hub, NOW).slot == SLOT
    with pytest.raises(UnitClosed):
        rules.book(SLIP, later(SLOT, 1), NOTHING, hub, NOW)


def test_the_wish_is_offered_first_and_no_time_twice() -> None:
    times = [later(SLOT, minutes) for minutes in (0, 30, 60, 90)]
    twin = replace(times[0], adviser="N2")
    assert rules.choices(times[2], [times[0], twin, *times[1:]]) == [times[2], times[0], times[1]]
    assert rules.choices(None, times) == times[:3]


def test_a_wish_that_is_not_free_any_more_is_not_offered() -> None:
    times = [later(SLOT, minutes) for minutes in (30, 60)]
    assert rules.choices(SLOT, times) == times
    assert rules.choices(SLOT, []) == []


def booked_in_turn(asked: list[tuple[Slip, Slot]]) -> list[Booking]:
    """Whatever the rules let through, one after the other, as the use case does it."""
    claims: set[Claim] = set()
    booked = []
    for slip, slot in asked:
        try:
            booking = rules.book(slip, slot, Day(frozenset(claims)), HUB, FIRST - timedelta(days=1))
        except Refusal:
            continue
        booked.append(booking)
        resources = rules.resources(HUB, slip.inmate, slot)
        claims |= {(each, cell) for each in resources for cell in rules.cells(slot.starts, slot.ends)}
    return booked


def overlap(one: Booking, other: Booking) -> bool:
    return one.slot.starts < other.slot.ends and other.slot.starts < one.slot.ends


def shares(one: Booking, other: Booking) -> bool:
    room = one.slot.room == other.slot.room and HUB.rooms[one.slot.room].exclusive
    return one.inmate == other.inmate or one.slot.adviser == other.slot.adviser or room


@given(ASKED)
def test_no_person_adviser_or_exclusive_room_is_ever_in_two_places(asked: list[tuple[Slip, Slot]]) -> None:
    booked = booked_in_turn(asked)
    clashes = [
        (one, other)
        for number, one in enumerate(booked)
        for other in booked[:number]
        if overlap(one, other) and shares(one, other)
    ]
    assert clashes == []


@given(ASKED)
def test_nothing_is_refused_without_something_in_its_way(asked: list[tuple[Slip, Slot]]) -> None:
    booked = booked_in_turn(asked)
    for slip, slot in asked:
        wanted = Booking(slip.code, slip.inmate, slip.unit, slot)
        blocked = any(overlap(wanted, each) and shares(wanted, each) for each in booked)
        reachable = rules.fits(slip.inmate, slip.unit, slot, NOTHING, HUB)
        assert wanted in booked or blocked or not reachable


@given(slots(), slots())
def test_two_slots_have_a_cell_in_common_exactly_where_they_overlap(one: Slot, other: Slot) -> None:
    common = set(rules.cells(one.starts, one.ends)) & set(rules.cells(other.starts, other.ends))
    assert bool(common) is (one.starts < other.ends and other.starts < one.ends)


@given(st.lists(slots()), st.none() | slots())
def test_choices_are_at_most_three_different_times(free: list[Slot], wish: Slot | None) -> None:
    chosen = rules.choices(wish, free)
    starts = [slot.starts for slot in chosen]
    assert len(starts) == len(set(starts)) == min(rules.CHOICES, len({slot.starts for slot in free}))
    if wish in free:
        assert chosen[0] == wish
