"""The rules of one-time codes, and of making a PIN."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import pins as rules
from bot.domain.pins import Choice, PinCode

NOW = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
CODE = PinCode("A17", "stamp", NOW + timedelta(minutes=5), "KB-A2")


@pytest.mark.parametrize(
    ("stamp", "after", "opens"),
    [("stamp", 0, True), ("stamp", 299, True), ("stamp", 300, False), ("other", 0, False), ("", 0, False)],
)
def test_a_code_is_good_for_its_time_and_for_nothing_else(stamp: str, after: int, opens: bool) -> None:
    assert CODE.opens(stamp, NOW + timedelta(seconds=after)) is opens


def test_the_third_wrong_try_ends_it() -> None:
    twice = CODE.missed().missed()
    assert (twice.wrong, twice.dead, twice.opens("stamp", NOW)) == (2, False, True)
    assert (twice.missed().dead, twice.missed().opens("stamp", NOW)) == (True, False)


DIGITS = st.text(alphabet="0123456789", min_size=4, max_size=4)


@given(DIGITS, DIGITS)
def test_only_the_same_four_digits_twice_are_a_pin(first: str, second: str) -> None:
    assert rules.choose("", first, is_code=False) is Choice.ONCE_MORE
    assert rules.choose(first, second, is_code=False) is (Choice.DONE if first == second else Choice.DIFFERENT)
    assert rules.choose(first, second, is_code=True) is Choice.THE_CODE


def test_twenty_wrong_tries_are_alarming() -> None:
    assert [rules.alarming(tries) for tries in (0, 19, 20, 21)] == [False, False, True, True]
