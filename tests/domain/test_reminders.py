"""What is due when, and what comes too late to be of use."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import calendar
from bot.domain import reminders as rules
from bot.domain.people import Inmate
from bot.domain.reminders import Kind, Reminder
from bot.domain.slips import sending
from bot.domain.slips.slips import Draft
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking
from tests.hub.real_turns import demo_hub
from tests.strategies import BOOKABLE, MOMENTS

HUB = demo_hub()
WEDNESDAY = datetime(2027, 1, 13, 9, tzinfo=UTC)
SLIP = sending.send("FJ-1", Draft("nav"), Inmate("A01", "A", "Furu", "nb"), HUB, WEDNESDAY)
THURSDAY = Booking("FJ-1", "A01", "A", timetable.slot_with(HUB, "nav.N1.R1.2701141000"))
MONDAY = Booking("FJ-1", "A01", "A", timetable.slot_with(HUB, "frivillig.V1.R4.2701181700"))


AFTER = [Kind.UNTOLD, Kind.UNTOLD_STILL, Kind.UNTOLD_END]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc] # year, month, day, hour, minute


def test_a_promise_is_watched_at_its_half_and_at_its_end() -> None:
    assert rules.watch(SLIP, WEDNESDAY) == [
        Reminder(Kind.HALF, "FJ-1", utc(2027, 1, 18, 8)),
        Reminder(Kind.BROKEN, "FJ-1", utc(2027, 1, 20, 14)),
    ]


def test_a_talk_is_reminded_of_before_and_on_its_day_and_asked_about_until_somebody_is_to_have_told() -> None:
    assert rules.plan(THURSDAY, HUB, WEDNESDAY) == [
        Reminder(Kind.TOMORROW, "N1/2027-01-14", utc(2027, 1, 13, 14)),
        Reminder(Kind.TODAY, "N1/2027-01-14", utc(2027, 1, 14, 6, 30)),
        Reminder(Kind.BEGINS, "FJ-1", utc(2027, 1, 14, 10)),
        Reminder(Kind.OVER, "FJ-1", utc(2027, 1, 14, 10, 30)),
        Reminder(Kind.UNTOLD, "FJ-1", utc(2027, 1, 15, 8)),
        Reminder(Kind.UNTOLD_STILL, "FJ-1", utc(2027, 1, 19, 8)),
        Reminder(Kind.UNTOLD_END, "FJ-1", utc(2027, 1, 21, 14)),
    ]


def test_a_talk_on_a_monday_is_reminded_of_on_the_friday_before() -> None:
    assert rules.plan(MONDAY, HUB, WEDNESDAY)[0] == Reminder(Kind.TOMORROW, "V1/2027-01-18", utc(2027, 1, 15, 14))


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        (utc(2027, 1, 13, 13, 59), [Kind.TOMORROW, Kind.TODAY, Kind.BEGINS, Kind.OVER, *AFTER]),
        (utc(2027, 1, 13, 14), [Kind.TODAY, Kind.BEGINS, Kind.OVER, *AFTER]),
        (utc(2027, 1, 14, 6, 30), [Kind.BEGINS, Kind.OVER, *AFTER]),
        (utc(2027, 1, 14, 10, 30), AFTER),
        (utc(2027, 1, 19, 8), [Kind.UNTOLD_END]),
    ],
)
def test_only_what_is_still_ahead_is_planned_and_always_the_end(now: datetime, kinds: list[Kind]) -> None:
    assert [reminder.kind for reminder in rules.plan(THURSDAY, HUB, now)] == kinds


@pytest.mark.parametrize(
    ("kind", "now", "too_late"),
    [
        (Kind.TOMORROW, utc(2027, 1, 13, 22, 59), False),
        (Kind.TOMORROW, utc(2027, 1, 13, 23), True),
        (Kind.TODAY, utc(2027, 1, 14, 22, 59), False),
        (Kind.TODAY, utc(2027, 1, 14, 23), True),
    ],
)
def test_a_day_is_not_announced_when_it_has_come_or_gone(kind: Kind, now: datetime, too_late: bool) -> None:
    assert rules.outlived(Reminder(kind, "N1/2027-01-14", WEDNESDAY), HUB, now) is too_late


@pytest.mark.parametrize("kind", sorted(set(Kind).difference(rules.CAN_BE_OUTLIVED)))
def test_everything_else_is_never_too_late(kind: Kind) -> None:
    assert not rules.outlived(Reminder(kind, "FJ-1", WEDNESDAY), HUB, WEDNESDAY + timedelta(days=400))


@given(BOOKABLE, MOMENTS)
def test_a_promise_is_watched_ahead_half_first(service: str, now: datetime) -> None:
    slip = sending.send("FJ-1", Draft(service), Inmate("A01", "A", "Furu", "nb"), HUB, now)
    half, broken = rules.watch(slip, now)
    assert now < half.at < broken.at == slip.answer_by


@given(st.sampled_from(timetable.coming(HUB, "nav", WEDNESDAY)), MOMENTS)
def test_reminders_of_a_talk_are_ahead_in_order_and_on_working_days(slot: timetable.Slot, now: datetime) -> None:
    planned = rules.plan(Booking("FJ-1", "A01", "A", slot), HUB, now)
    times = [reminder.at for reminder in planned]
    assert times == sorted(times)
    assert all(each.at > now or each.kind is Kind.UNTOLD_END for each in planned)
    assert all(calendar.is_working_day(HUB, calendar.today(HUB, at)) for at in times)
