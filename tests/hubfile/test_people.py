"""Faults among the people of a file are told with their place, and a PIN never is."""

from pathlib import Path

import pytest

from bot.demo import files
from bot.hubfile import read_hub, read_people
from tests.hubfile.small import HUB, PEOPLE, Faults


def test_values_are_what_they_look_like(tmp_path: Path) -> None:
    (tmp_path / "hub.yaml").write_text(HUB, encoding="utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    found = read_people(tmp_path / "people.yaml", read_hub(tmp_path / "hub.yaml"))
    assert [each.pin for each in found.inmates] == ["0172", "2102"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("unit: A, language: nb", "unit: B, language: nb"),
            "line 2, inmates.A01.unit: B is not in units; known are A.",
        ),
        (
            ("  A02:", "  B02:"),
            "line 3, inmates.B02: is not a number of unit A; a number is the unit's key and two digits.",
        ),
        (
            ("  A02:", "  A2:"),
            "line 3, inmates.A2: is not a name that can stand here; "
            "a number is the unit's key and two digits from 01, as A01.",
        ),
        (("  A02:", "  A01:"), "line 2, inmates.A01: stands here twice, also on line 3; keep one of the two."),
        (
            ("inmate: A01", "inmate: A09"),
            "line 6, slips.LV-1.inmate: A09 is not in inmates; did you mean A02? known are A01, A02.",
        ),
        (
            ("state: booked", "state: waiting"),
            "line 10, slips.LV-1.talk: is waiting with a talk; a waiting slip has no talk, others do.",
        ),
        (
            ("state: booked", "state: lost"),
            "line 8, slips.LV-1.state: is lost; a state is one of waiting, booked, held.",
        ),
        (
            ("state: booked", "topic: penger\n    state: booked"),
            "line 8, slips.LV-1.topic: topic penger is not one of nav; known are annet.",
        ),
        (
            ("sent: 2027-01-11 10:00", "sent: yesterday"),
            "line 9, slips.LV-1.sent: is yesterday; "
            "sent is when the slip was sent; a moment is written 2027-01-14 09:30, by the clock on the wall.",
        ),
        (("  LV-1:", "  FJ-1:"), "line 5, slips.FJ-1: does not begin with LV-, as the slips of A01's prison do."),
        (
            ("2027-01-14 09:30", "2027-01-21 09:30"),
            "line 10, slips.LV-1.talk.starts: nav has no time on 2027-01-21 09:30 with N1 in R1; "
            "on that day it has none.",
        ),
        (
            ("state: booked", "forwarded_from: sos\n    state: booked"),
            None,
        ),
    ],
)
def test_a_fault_among_people_is_told_with_its_place(
    people_faults_of: Faults, change: tuple[str, str], told: str | None
) -> None:
    extra = ("2027-01-11 10:00", "2027-01-11 10:00\n    foo: bar")
    faults = people_faults_of(change, *([] if told else [extra]))
    assert not told or f"people.yaml, {told}" in faults


def test_two_talks_cannot_need_the_same_room(people_faults_of: Faults) -> None:
    second = """\
  LV-2: {inmate: A02, service: nav, state: booked, sent: 2027-01-11 11:00,
         talk: {adviser: N1, room: R1, starts: 2027-01-14 09:30}}
"""
    assert people_faults_of(("09:30}\n", "09:30}\n" + second)) == [
        "people.yaml, line 12, slips.LV-2.talk: needs adviser:N1 and room:R1 at the same time as LV-1; "
        "it needs another time."
    ]


def test_a_pin_is_never_shown(people_faults_of: Faults) -> None:
    assert people_faults_of(("pin: 2102", "pin: 21-02")) == [
        "people.yaml, line 3, inmates.A02.pin: is not right (it is not shown here); a PIN is four digits, or"
        " six where hub.yaml says pin_digits: 6."
    ]
    assert "2101" not in repr(read_people(files.PEOPLE, read_hub(files.HUB)))
