"""What stands in which queue of the coordinator's day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import today
from bot.domain.people import Person, Role
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable.bookings import Booking
from bot.domain.timetable.timetable import Slot
from tests.hub.real_turns import demo_hub

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
SLIP = Slip(
    "FJ-1", "A01", "A", "nav", None, None, None, State.WAITING, NOW, NOW + timedelta(days=7), half_at=NOW + timedelta(3)
)
N1 = Person("N1", Role.PROVIDER, "N1", "nb", frozenset({"nav"}), frozenset("ABC"))
TK1 = Person("TK1", Role.COORDINATOR, "TK1", "nb", frozenset({"nav"}), frozenset("ABC"))


def test_a_promise_with_time_left_is_not_about_to_break() -> None:
    assert not today.breaking(SLIP, HUB, NOW)


@pytest.mark.parametrize(("day", "minute", "near"), [(14, 0, True), (14, 1, False), (13, 0, True), (15, 0, False)])
def test_a_promise_that_ends_within_one_working_day_is_about_to_break(day: int, minute: int, near: bool) -> None:
    slip = replace(SLIP, answer_by=datetime(2027, 1, day, 14, minute, tzinfo=UTC))
    assert today.breaking(slip, HUB, NOW) is near


def test_one_working_day_over_a_weekend_is_monday() -> None:
    friday, monday = datetime(2027, 1, 15, 9, tzinfo=UTC), datetime(2027, 1, 18, 14, tzinfo=UTC)
    assert today.breaking(replace(SLIP, answer_by=monday, half_at=None), HUB, friday)
    assert not today.breaking(replace(SLIP, answer_by=monday + timedelta(1), half_at=None), HUB, friday)


@pytest.mark.parametrize(
    ("adviser", "revision", "near"),
    [(None, 1, True), (None, 3, True), ("N1", 1, True), ("N1", 2, False)],
    ids=["nobody", "sent on", "met last time", "begun"],
)
def test_half_over_and_nobody_has_begun(adviser: str | None, revision: int, near: bool) -> None:
    slip = replace(SLIP, half_at=NOW, adviser=adviser, revision=revision)
    assert today.breaking(slip, HUB, NOW) is near
    assert not today.breaking(slip, HUB, NOW - timedelta(seconds=1))


@pytest.mark.parametrize("state", [each for each in State if each is not State.WAITING])
def test_only_what_waits_can_break(state: State) -> None:
    assert not today.breaking(replace(SLIP, state=state, answer_by=NOW), HUB, NOW)


@pytest.mark.parametrize("state", State)
def test_a_broken_promise_stands_there_until_there_is_a_time(state: State) -> None:
    assert today.broken(replace(SLIP, state=state, broken=1)) is (state in {State.WAITING, State.OFFERED})
    assert not today.broken(replace(SLIP, state=state))
    assert not today.breaking(replace(SLIP, state=state, broken=1, answer_by=NOW), HUB, NOW)


@pytest.mark.parametrize(
    ("person", "taken_by", "without"),
    [
        (N1, None, False),
        (N1, "N1", False),
        (N1, "N2", True),
        (replace(N1, units=frozenset("B")), None, True),
        (replace(N1, services=frozenset({"gjeld"})), None, True),
        (TK1, None, True),
        (None, None, True),
    ],
)
def test_a_slip_without_an_owner_is_one_that_nobody_can_answer(
    person: Person | None, taken_by: str | None, without: bool
) -> None:
    assert today.ownerless(replace(SLIP, adviser=taken_by), [person] if person else []) is without


@pytest.mark.parametrize("state", [State.ANSWERED, State.NOT_HELD, State.HELD])
def test_what_waits_for_the_inmate_needs_no_owner(state: State) -> None:
    assert not today.ownerless(replace(SLIP, state=state), [])


def test_a_talk_is_untold_once_it_is_over() -> None:
    slot = Slot(NOW - timedelta(minutes=30), NOW, "nav", "N1", "R1")
    booked, booking = replace(SLIP, state=State.BOOKED), Booking("FJ-1", "A01", "A", slot)
    assert today.untold(booked, booking, NOW)
    assert not today.untold(booked, booking, NOW - timedelta(seconds=1))
    assert not today.untold(replace(booked, state=State.HELD), booking, NOW)
