"""Working days, promises, and the two nights on which clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given

from bot.domain import calendar
from tests.hub.real_turns import demo_hub
from tests.strategies import DATES, MOMENTS, PROMISES

HUB = demo_hub()
OSLO = HUB.zone


def oslo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)  # type: ignore[arg-type, misc] # year, month, day, hour, minute


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 1), False),  # New Year
        (date(2027, 1, 9), False),  # Saturday
        (date(2027, 1, 10), False),  # Sunday
        (date(2027, 1, 11), True),
        (date(2027, 3, 24), True),
        (date(2027, 3, 25), False),  # Maundy Thursday
        (date(2027, 3, 26), False),  # Good Friday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2027, 3, 30), True),
        (date(2027, 5, 6), False),  # Ascension
        (date(2027, 5, 17), False),  # Constitution Day, and Whit Monday in this year
        (date(2028, 5, 1), False),  # Labour Day
        (date(2028, 12, 25), False),
        (date(2028, 12, 26), False),
        (date(2028, 12, 27), True),
    ],
)
def test_the_hub_works_on_no_weekend_and_no_public_holiday(day: date, works: bool) -> None:
    assert calendar.is_working_day(HUB, day) is works


def test_day_one_of_a_promise_is_the_next_working_day() -> None:
    assert calendar.answer_by(HUB, oslo(2027, 1, 13, 10), 1) == oslo(2027, 1, 14, 15)
    assert calendar.answer_by(HUB, oslo(2027, 1, 15, 23, 59), 1) == oslo(2027, 1, 18, 15)
    assert calendar.answer_by(HUB, oslo(2027, 1, 16, 0, 1), 1) == oslo(2027, 1, 18, 15)


def test_easter_does_not_count() -> None:
    wednesday = oslo(2027, 3, 24, 12)
    assert [calendar.answer_by(HUB, wednesday, days).date() for days in (1, 2, 5)] == [
        date(2027, 3, 30),
        date(2027, 3, 31),
        date(2027, 4, 5),
    ]


@pytest.mark.parametrize(("promise", "half"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (10, 5)])
def test_half_of_a_promise_rounds_up(promise: int, half: int) -> None:
    monday = oslo(2027, 1, 11, 10)
    expected = calendar.at(HUB, calendar.working_day_after(HUB, monday.date(), half), time(9))
    assert calendar.half_of(HUB, monday, promise) == expected


def test_a_promise_of_five_days_has_its_half_on_the_third() -> None:
    assert calendar.half_of(HUB, oslo(2027, 1, 11, 10), 5) == oslo(2027, 1, 14, 9)


def test_a_promise_over_a_change_of_clocks_ends_at_three_by_the_wall_clock() -> None:
    before_spring = calendar.answer_by(HUB, oslo(2028, 3, 24, 12), 1)
    before_autumn = calendar.answer_by(HUB, oslo(2026, 10, 23, 12), 1)
    assert [each.astimezone(UTC) for each in (before_spring, before_autumn)] == [
        datetime(2028, 3, 27, 13, tzinfo=UTC),
        datetime(2026, 10, 26, 14, tzinfo=UTC),
    ]


def test_today_is_the_date_on_the_prisons_wall() -> None:
    assert calendar.today(HUB, datetime(2027, 1, 13, 23, 30, tzinfo=UTC)) == date(2027, 1, 14)
    assert calendar.today(HUB, datetime(2027, 7, 13, 22, 30, tzinfo=UTC)) == date(2027, 7, 14)


def test_the_working_day_before_a_monday_is_a_friday() -> None:
    assert calendar.working_day_before(HUB, date(2027, 1, 18)) == date(2027, 1, 15)
    assert calendar.working_day_before(HUB, date(2027, 3, 30)) == date(2027, 3, 24)


@given(MOMENTS, PROMISES)
def test_a_promise_ends_on_a_working_day_and_its_half_comes_first(now: datetime, promise: int) -> None:
    ends, half = calendar.answer_by(HUB, now, promise), calendar.half_of(HUB, now, promise)
    assert now < half < ends
    assert calendar.is_working_day(HUB, ends.date())
    assert (ends.time(), half.time()) == (time(15), time(9))


@given(MOMENTS, PROMISES)
def test_a_longer_promise_ends_exactly_one_working_day_later(now: datetime, promise: int) -> None:
    shorter, longer = (calendar.answer_by(HUB, now, days).date() for days in (promise, promise + 1))
    between = [shorter + timedelta(days=n) for n in range(1, (longer - shorter).days + 1)]
    assert [day for day in between if calendar.is_working_day(HUB, day)] == [longer]


@given(DATES)
def test_the_working_day_before_is_undone_by_the_one_after(day: date) -> None:
    before = calendar.working_day_before(HUB, day)
    assert before < day <= calendar.working_day_after(HUB, before, 1)
