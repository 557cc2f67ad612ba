"""Whoever tries again waits twice as long each time, and never longer than the longest pause."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.delivery import growing, intake, keeping, menus
from bot.delivery.growing import Length
from bot.delivery.sending import outages, pauses


def lengths(first: Length, longest: Length) -> Iterator[Length]:
    """Yield one pause after the other, until they grow no more."""
    length = growing.pause(first * 0, first, longest)
    while length < longest:
        yield length
        length = growing.pause(length, first, longest)
    yield length
    assert growing.pause(length, first, longest) == longest


@pytest.mark.parametrize(
    ("first", "longest", "expected"),
    [
        (intake.FIRST_PAUSE, intake.LONGEST_PAUSE, [0.5, 1, 2, 4, 8, 16, 30]),
        (menus.FIRST_PAUSE, menus.LONGEST_PAUSE, [0.5, 1, 2, 4, 8, 16, 30]),
        (keeping.FIRST_PAUSE, keeping.LONGEST_PAUSE, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]),
        (2 * pauses.FIRST_PAUSE, pauses.LONGEST_PAUSE, [1, 2, 4, 8, 16, 30]),
        (pauses.FIRST_PAUSE, pauses.LONGEST_PAUSE / 2, [0.5, 1, 2, 4, 8, 15]),
    ],
    ids=["intake", "menus", "keeping", "a message", "its chat"],
)
def test_a_pause_is_twice_as_long_as_the_one_before(first: float, longest: float, expected: list[float]) -> None:
    assert list(lengths(first, longest)) == expected


def test_a_silent_network_is_told_of_ever_more_rarely() -> None:
    found = list(lengths(outages.FIRST_INTERVAL, outages.LONGEST_INTERVAL))
    assert found == [timedelta(minutes=n) for n in (1, 2, 4, 8, 16, 32, 60)]


def test_after_a_pause_that_somebody_else_named_the_next_is_no_shorter_than_the_first() -> None:
    assert [growing.pause(0.1, 0.5, 30.0), growing.pause(45.0, 0.5, 30.0)] == [0.5, 30.0]
