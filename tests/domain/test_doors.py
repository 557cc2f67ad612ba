"""An answer that is asked of a person is asked until a moment at which that person can reach a screen."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import doors
from tests.hub.real_turns import demo_hub

HUB = demo_hub()


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2027, 1, day, int(hour), int(minute), tzinfo=HUB.zone)


@pytest.mark.parametrize(
    ("unit", "until", "reachable"),
    [
        ("A", at(14, "10:00"), at(14, "10:00")),
        ("A", at(14, "20:00"), at(14, "20:00")),
        ("A", at(14, "12:30"), at(14, "12:00")),
        ("A", at(14, "22:15"), at(14, "20:00")),
        ("A", at(14, "07:00"), at(13, "20:00")),
        ("A", at(14, "08:00"), at(13, "20:00")),
        ("B", at(14, "07:00"), at(13, "22:00")),
        ("B", at(14, "07:05"), at(14, "07:05")),
    ],
)
def test_an_answer_is_asked_until_doors_are_open(unit: str, until: datetime, reachable: datetime) -> None:
    assert doors.reachable_until(HUB, unit, until) == reachable


def test_where_nobody_has_written_down_when_doors_are_open_nothing_is_changed() -> None:
    hub = replace(HUB, units={**HUB.units, "A": replace(HUB.units["A"], doors=())})
    assert doors.reachable_until(hub, "A", at(14, "03:00")) == at(14, "03:00")


@given(st.sampled_from("ABCN"), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_at_every_end_of_an_answer_a_screen_can_be_reached_also_in_summer(unit: str, by: timedelta) -> None:
    until = at(1, "00:00") + by
    end = doors.reachable_until(HUB, unit, until)
    clock = end.astimezone(HUB.zone).time()
    assert any(each.opens < clock <= each.closes for each in HUB.units[unit].doors)
    assert timedelta(0) <= until - end < timedelta(hours=13)
