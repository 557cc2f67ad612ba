"""What the chat would refuse of slips, theme nights and persons, a file may not say either."""

import ast
import inspect
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

import pytest

from bot.domain.slips import sending
from bot.domain.theme_nights import checks as theme_night_checks
from bot.domain.timetable import bookings, timetable
from bot.hubfile import slips, theme_nights
from tests.hubfile.house import HOUSE, PEOPLE
from tests.hubfile.small import HUB, Change, Faults, changed, told_of_people


@pytest.fixture
def people_faults_of(tmp_path: Path) -> Faults:
    """Reads a people.yaml of a hub with more in it, with some text of either changed."""

    def read(*changes: Change, hub: tuple[Change, ...] = ()) -> list[str]:
        found = told_of_people(tmp_path, changed(PEOPLE, changes), changed(changed(HUB, HOUSE), hub))
        return [each.removeprefix("people.yaml, ") for each in found]

    return read


# ── people.yaml ───────────────────────────────────────────────────────────────────────────────────────────────────────
SECOND_SLIP = """\
  LV-2: {inmate: A02, service: nav, state: booked, sent: 2027-01-11 11:00,
         talk: {adviser: N1, room: R1, starts: 2027-01-14 WHEN}}
"""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("service: nav\n    state: booked\n", "service: tom\n    state: booked\n"),
            "line 8, slips.LV-1.service: takes no slips; a service that does has bookable: true in hub.yaml.",
        ),
        (
            ("state: booked", "forwarded_from: nav\n    state: booked"),
            "line 9, slips.LV-1.forwarded_from: is the service that has the slip now; "
            "leave it out, or name another one.",
        ),
        (
            ("sent: 2027-01-11 10:00", "sent: 2027-01-14 14:00"),
            "line 11, slips.LV-1.talk.starts: is not after the slip was sent; a talk is later than its slip.",
        ),
        (
            ("inmate: A01", "inmate: B01"),
            "line 11, slips.LV-1.talk: cannot be reached: "
            "the doors of unit B are locked then, or the room is for others.",
        ),
        (
            ("nights:", f"{SECOND_SLIP.replace('WHEN', '14:30')}nights:"),
            "line 13, slips.LV-2.talk: is one more than the daily cap of nav on that date; it needs another day.",
        ),
        (
            ("nights:", "  LV-2: {inmate: A01, service: nav, state: waiting, sent: 2027-01-11 11:00}\nnights:"),
            "line 12, slips.LV-2.service: is open with nav at the same time as LV-1; one slip is enough.",
        ),
    ],
)
def test_a_slip_that_the_chat_would_refuse(people_faults_of: Faults, change: Change, told: str) -> None:
    no_slips = (
        "  sos:\n",
        "  tom:\n    name: {nb: Tom, en: Empty}\n    icon: 🌱\n    about: {nb: a, en: a}\n    promise: 2\n  sos:\n",
    )
    capped = ("promise: 5\n    bookable", "promise: 5\n    daily_cap: 1\n    bookable")
    assert people_faults_of(change, hub=(no_slips, capped)) == [told]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("published: 2027-01-11 10:00", "published: 2027-01-14 18:00"),
            "starts: cannot take place: A theme night begins later than now; it starts after it was published",
        ),
        (
            ("ends: 2027-01-14 19:30", "ends: 2027-01-14 18:00"),
            "ends: cannot take place: A theme night ends after it begins; it ends later than it starts",
        ),
        (
            ("starts: 2027-01-14 18:00\n    ends: 2027-01-14", "starts: 2027-01-21 18:00\n    ends: 2027-01-21"),
            "starts: cannot take place: The hub is closed on that date; "
            "it needs a date that is no public holiday and no closing day",
        ),
        (
            ("ends: 2027-01-14 19:30", "ends: 2027-01-14 20:30"),
            "starts: cannot take place: The inmate's unit has its doors locked during the slot; "
            "the doors of unit A are to be open all the time, on one date",
        ),
        (
            ("made_by: TK1", "made_by: TK1\n    women: true"),
            "women: cannot take place: Nobody may come to the theme night as it is written; "
            "a night for women is for a unit with women: true",
        ),
        (
            ("units: [A]", "units: [A, C]"),
            "room: cannot take place: Some of the units may not use the room; "
            "the room's units are to have C among them",
        ),
        (
            ("units: [A]", "units: [A, B]"),
            "units: cannot take place: These units may not be in the room at the same time (F38); "
            "the room's together is to have A, B in one group",
        ),
        (
            ("seats: 8", "seats: 21"),
            "seats: cannot take place: The room has not place for so many; there is place for 20",
        ),
        (
            (
                "starts: 2027-01-14 18:00\n    ends: 2027-01-14 19:30",
                "starts: 2027-01-14 14:00\n    ends: 2027-01-14 15:30",
            ),
            "room: cannot take place: Something else takes place in the room at that time; "
            "it needs another room or time, and no cell",
        ),
        (
            ("room: R3", "room: CELL"),
            "room: cannot take place: Something else takes place in the room at that time; "
            "it needs another room or time, and no cell",
        ),
        (
            ("topic: {nb: Kveld, en: Evening}", "topic: {nb: Kveld, pl: Wieczór}"),
            "topic: cannot take place: A text is missing in one of the hub's languages; "
            "the topic is to stand in en too",
        ),
        (
            ("made_by: TK1", "made_by: KB"),
            "made_by: KB is no coordinator of LV; a coordinator who works there publishes it",
        ),
        (("units: [A]", "units: [A, N]"), "units.2: N is a unit of another prison than A; a night is for one prison"),
        (("units: [A]", "units: [A, A]"), "units.2: A stands here twice; keep one of the two"),
        (
            ("signed_up: [A01, A02]", "signed_up: [A01, A01]"),
            "signed_up.2: A01 cannot be on the list: This person is on the list already",
        ),
        (
            ("signed_up: [A01, A02]", "signed_up: [B01]"),
            "signed_up.1: B01 cannot be on the list: The theme night is for others: another unit, or another language",
        ),
        (
            ("topic: {nb: Kveld", f"topic: {{nb: {'K' * 61}"),
            "topic.nb: is " + "K" * 61 + "; a text here is one line of 1 to 60 characters",
        ),
        (("seats: 8", "seats: 8\n    caps: {A: 0}"), "caps.A: is 0; caps say how many of a unit may come, as {A: 8}"),
        (
            ("seats: 8", "seats: 8\n    languages: [xx]"),
            "languages.1: xx is no language whose dates are known; a language is its code, as nb",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_theme_night_that_the_chat_would_refuse(people_faults_of: Faults, change: Change, told: str) -> None:
    more = (
        (
            "capacity: 20}",
            "capacity: 20, together: [[A], [B]]}\n  CELL: {name: {nb: Celle, en: Cell}, units: [A], cell: true}",
        ),
        ("prefix: LV\n", "prefix: LV\nprisons: {NV: Nordvik}\n"),
        ("units:\n", 'units:\n  N: {name: Nord, doors: ["08:00-20:00"], prison: NV}\n'),
        ("services: [nav], units: [A, B, C]", "services: [nav], units: [A, B, C, N]"),
        ("services: [sos], units: [A, B, C]", "services: [sos], units: [A, B, C, N]"),
        ("      day: thursday\n", "      day: thursday\n      exceptions: []\n".replace("exceptions", "except")),
        (
            "      minutes: 30\n",
            "      minutes: 30\n    - {service: sos, advisers: [SK1], room: R3, day: thursday,\n"
            '       hours: ["14:00-15:00"], minutes: 30}\n',
        ),
    )
    [fault] = people_faults_of(change, hub=more)
    where, _, text = fault.partition(", ")
    assert (where.startswith("line "), text) == (True, f"nights.1.{told}.")


def test_a_seat_for_somebody_who_has_a_talk_then(people_faults_of: Faults) -> None:
    at_the_talk = (
        "starts: 2027-01-14 18:00\n    ends: 2027-01-14 19:30",
        "starts: 2027-01-14 13:50\n    ends: 2027-01-14 15:00",
    )
    assert people_faults_of(at_the_talk) == [
        "line 23, nights.1.signed_up.1: A01 cannot be on the list: This person is somewhere else at that time (LV-1)."
    ]


def test_two_nights_in_one_room_at_one_time(people_faults_of: Faults) -> None:
    night = PEOPLE.partition("nights:\n")[2]
    assert people_faults_of((night, night + night.replace("18:00", "19:29").replace("19:30", "20:00"))) == [
        "line 27, nights.2.room: cannot take place: Something else takes place in the room at that time; "
        "it needs another room or time, and no cell."
    ]


def test_a_seat_at_two_nights_at_one_time(people_faults_of: Faults) -> None:
    night = PEOPLE.partition("nights:\n")[2].replace("room: R3", "room: R2")
    assert people_faults_of((night.replace("R2", "R3"), night.replace("R2", "R3") + night)) == [
        "line 34, nights.2.signed_up.1: A01 cannot be on the list: "
        "This person is somewhere else at that time (the night of 2027-01-14 18:00).",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ('pin: "4711"', 'pin: "4711", officer: N1'),
            "line 2, inmates.A01.officer: N1 is no officer of unit A; "
            "a contact officer is one who works with the unit.",
        ),
        (
            ('pin: "4713"', 'pin: "4713", officer: KB'),
            "line 4, inmates.B01.officer: KB is no officer of unit B; "
            "a contact officer is one who works with the unit.",
        ),
        (
            ("  B01:", "  B00:"),
            "line 4, inmates.B00: is not a name that can stand here; "
            "a number is the unit's key and two digits from 01, as A01.",
        ),
        (
            ("B, language: nb", "B, language: xx"),
            "line 4, inmates.B01.language: xx is no language whose dates are known; a language is its code, as nb.",
        ),
    ],
)
def test_a_person_whom_the_chat_would_refuse(people_faults_of: Faults, change: Change, told: str) -> None:
    assert people_faults_of(change) == [told]


def raised_in(module: ModuleType, functions: Collection[str]) -> set[str]:
    """Return the refusals that these functions raise, by name."""
    tree = ast.parse(inspect.getsource(module))
    bodies = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name in functions]
    assert len(bodies) == len(functions)
    raised = [each.exc for body in bodies for each in ast.walk(body) if isinstance(each, ast.Raise)]
    called = [each.func if isinstance(each, ast.Call) else each for each in raised]
    return {each.id for each in called if isinstance(each, ast.Name)}


def test_whatever_the_rules_refuse_of_a_night_has_its_place_and_what_would_be_right() -> None:
    checks = {"_time_fits", "units_are_open", "_room_fits", "_times_of_list_fit", "_seats_fit", "publish"}
    refused = raised_in(theme_night_checks, checks) | raised_in(timetable, {"room_is_free"})
    # The list of a night in a file closes by the rule, its seats are a number from 1, and it is empty at first.
    impossible = {"SignUpTimesWrong", "SeatsOutOfBounds", "SeatsTaken"}
    assert {each.__name__ for each in theme_nights.WHERE} == refused - impossible


def test_whatever_the_rules_refuse_of_a_slip_has_its_place_and_what_would_be_right() -> None:
    refused = raised_in(sending, {"send", "forward", "_may_go"}) | raised_in(bookings, {"book"})
    with_holders = {"AlreadyBusy", "SlotTaken"}
    assert {each.__name__ for each in slips.TOLD} == refused - with_holders
