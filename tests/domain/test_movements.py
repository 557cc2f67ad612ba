"""Who has an escort: the earliest booked first, never more than there is staff, and no later one takes it away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import movements as rules
from bot.domain.movements import Movement, Tick
from bot.domain.refusals import OtherDay, Refusal, Stale
from bot.domain.timetable.bookings import Booking
from bot.domain.timetable.timetable import Slot
from tests.hub.real_turns import demo_hub
from tests.strategies import STAFFED, movements

HUB = demo_hub()
NOW = datetime(2027, 1, 14, 9, tzinfo=UTC)
STARTS = datetime(2027, 1, 14, 10, tzinfo=UTC)
SLOT = Slot(STARTS, STARTS + timedelta(minutes=30), "nav", "N1", "R1")
WALK = Movement(Booking("FJ-1", "A01", "A", SLOT), "KB-A1", 1, NOW)

WALKS = st.lists(movements(), max_size=12, unique_by=lambda each: each.booking.slip)


def hour(movement: Movement) -> int:
    return rules.hour_of(HUB, movement.booking.slot.starts)


@given(WALKS, STAFFED)
def test_in_no_hour_do_more_walk_along_than_there_are(walks: list[Movement], staff: dict[int, int]) -> None:
    waiting = rules.without_escort(walks, HUB, staff)
    walking = rules.needed_in([each for each in walks if each.booking.slip not in waiting], HUB)
    assert all(needed <= (rules.staff_in(HUB, at, staff) or 0) for at, needed in walking.items())


@given(WALKS, STAFFED)
def test_whoever_waits_could_not_have_walked_with_those_who_came_before(
    walks: list[Movement], staff: dict[int, int]
) -> None:
    waiting = rules.without_escort(walks, HUB, staff)
    for one in (each for each in walks if each.booking.slip in waiting):
        before = [
            each
            for each in walks
            if hour(each) == hour(one)
            and (each.made_at, each.booking.slip) < (one.made_at, one.booking.slip)
            and each.booking.slip not in waiting
        ]
        assert sum(each.escort for each in before) + one.escort > (rules.staff_in(HUB, hour(one), staff) or 0)


@given(WALKS, movements(), STAFFED)
def test_a_later_booking_takes_nobodys_escort(walks: list[Movement], late: Movement, staff: dict[int, int]) -> None:
    late = replace(late, booking=replace(late.booking, slip="FJ-9999"), made_at=NOW + timedelta(days=30))
    alone = rules.without_escort(walks, HUB, staff)
    assert rules.without_escort([*walks, late], HUB, staff) - {"FJ-9999"} == alone
    assert rules.depending_on(late, walks, HUB, staff) == frozenset()


@given(WALKS, st.data(), STAFFED)
def test_those_who_depend_on_a_walk_are_the_ones_for_whom_its_end_changes_something(
    walks: list[Movement], data: st.DataObject, staff: dict[int, int]
) -> None:
    if not walks:
        return
    gone = data.draw(st.sampled_from(walks))
    left = [each for each in walks if each is not gone]
    now, then = rules.without_escort(walks, HUB, staff), rules.without_escort(left, HUB, staff)
    assert rules.depending_on(gone, walks, HUB, staff) == (now - {gone.booking.slip}) ^ then
    assert rules.depending_on(gone, left, HUB, staff) == (now - {gone.booking.slip}) ^ then


@given(WALKS)
def test_who_needs_no_escort_never_waits_and_without_numbers_nobody_does(walks: list[Movement]) -> None:
    free = [replace(each, escort=0) for each in walks]
    assert rules.without_escort(free, HUB, dict.fromkeys(range(24), 0)) == frozenset()
    assert rules.without_escort(walks, replace(HUB, staffing=()), {}) == frozenset()


@pytest.mark.parametrize(("at", "staff"), [(8, 0), (9, 4), (11, 4), (12, 0), (13, 3), (15, 0), (19, 2), (20, 0)])
def test_the_hours_of_hub_yaml_hold_until_the_duty_leader_says_otherwise(at: int, staff: int) -> None:
    assert rules.staff_in(HUB, at, {}) == staff
    assert rules.staff_in(HUB, at, {at: 7}) == 7
    assert rules.staff_in(replace(HUB, staffing=()), at, {}) is None


@pytest.mark.parametrize("found", list(Tick))
def test_a_tick_is_set_changed_and_taken_back(found: Tick) -> None:
    ticked = rules.ticked(WALK, None, found, HUB, NOW)
    other = Tick.LOCKED if found is not Tick.LOCKED else Tick.FETCHED
    assert ticked == replace(WALK, tick=found)
    assert rules.ticked(ticked, found, other, HUB, NOW) == replace(WALK, tick=other)
    assert rules.ticked(ticked, found, None, HUB, NOW) == WALK


@pytest.mark.parametrize(
    ("tick", "seen", "pressed", "now", "refusal"),
    [
        (Tick.FETCHED, None, Tick.FETCHED, NOW, Stale),  # pressed twice
        (Tick.NOT_NOW, None, Tick.LOCKED, NOW, Stale),  # somebody else was quicker
        (None, Tick.FETCHED, None, NOW, Stale),  # taken back twice
        (None, None, None, NOW, Stale),
        (None, None, Tick.FETCHED, NOW + timedelta(days=1), OtherDay),
        (None, None, Tick.FETCHED, NOW - timedelta(days=1), OtherDay),
    ],
)
def test_a_press_on_what_is_not_so_any_more_is_refused(
    tick: Tick | None, seen: Tick | None, pressed: Tick | None, now: datetime, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        rules.ticked(replace(WALK, tick=tick), seen, pressed, HUB, now)


def test_somebody_is_fetched_ten_minutes_before() -> None:
    assert WALK.fetch_at == datetime(2027, 1, 14, 9, 50, tzinfo=UTC)
