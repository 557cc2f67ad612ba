"""Days and hours as people type them."""

from datetime import date

import pytest

from handlers.chat.readings import day_of, hours_of

TODAY = date(2027, 1, 13)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14.1.", date(2027, 1, 14)),
        ("14.1", date(2027, 1, 14)),
        ("14/1", date(2027, 1, 14)),
        ("13.1.", TODAY),
        ("12.1.", date(2027, 1, 12)),
        ("14.01.2027", date(2027, 1, 14)),
        ("12.01.2027", date(2027, 1, 12)),
        ("2027-02-04", date(2027, 2, 4)),
        ("29.2.", date(2028, 2, 29)),
        ("31.4.", None),
        ("2027-13-01", None),
        ("0.0.", None),
        ("torsdag", None),
        ("", None),
        ("1٤.1.", None),
    ],
)
def test_a_day_is_read(typed: str, day: date | None) -> None:
    assert day_of(typed, TODAY) == day


def test_a_day_without_a_year_is_the_nearest() -> None:
    assert day_of("4.1.", date(2026, 12, 28)) == date(2027, 1, 4)
    assert day_of("21.12.", date(2026, 12, 28)) == date(2026, 12, 21)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("09.00-12.00", "0900-1200"),
        ("09:00–12:30", "0900-1230"),
        ("9-12", "0900-1200"),
        ("0900 - 1200", "0900-1200"),
        ("kl. 9-12.05", "0900-1205"),
        ("12-9", None),
        ("9-9", None),
        ("09.02-12.00", None),
        ("05.55-12.00", None),
        ("09.00-22.05", None),
        ("09.00-25.00", None),
        ("09.60-12.00", None),
        ("hele dagen", None),
    ],
)
def test_hours_are_read(typed: str, word: str | None) -> None:
    assert hours_of(typed) == word
