"""Wrong PINs bring pauses that grow, and then stay."""

from datetime import timedelta

import pytest

from bot.domain.people import ADVISERS, SCREEN, STAFF, Role, pause_after


@pytest.mark.parametrize(("wrong", "minutes"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 5), (5, 10), (6, 10), (100, 10)])
def test_the_third_wrong_try_pauses_one_minute_then_five_then_ten(wrong: int, minutes: int) -> None:
    assert pause_after(wrong) == (timedelta(minutes=minutes) if minutes else None)


def test_nobody_at_a_screen_is_staff_and_no_stranger_is_either() -> None:
    assert (SCREEN & STAFF, Role.STRANGER & (SCREEN | STAFF)) == (Role.NOBODY, Role.NOBODY)
    assert ADVISERS & STAFF == ADVISERS
