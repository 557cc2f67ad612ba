"""What the chat refuses, `check` tells: the same rules look at hub.yaml and people.yaml."""

import ast
import inspect
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

import pytest

from bot import languages
from bot.domain.slips import sending
from bot.domain.theme_nights import checks as night_checks
from bot.domain.timetable import bookings, timetable
from bot.hubfile import nights, read_hub, read_people, slips
from tests.hubfile.small import HUB, Change, Faults, changed, told_of_people

TWO_SERVICES = (
    'hours: ["09:00-12:00", "13:00-15:00"]\n      minutes: 30\n',
    'hours: ["09:00-12:00", "13:00-15:00"]\n      minutes: 30\n'
    "    - {service: sos, advisers: [SK1], room: R1, day: thursday, hours: [HOURS], minutes: 30}\n",
)
ROOM = "room: R1\n      day: thursday"

PEOPLE = """\
inmates:
  A01: {alias: Furu, unit: A, language: nb, pin: "4711"}
  A02: {alias: Gran, unit: A, language: nb, pin: "4712"}
  B01: {alias: Lyng, unit: B, language: nb, pin: "4713"}
slips:
  LV-1:
    inmate: A01
    service: nav
    state: booked
    sent: 2027-01-11 10:00
    talk: {adviser: N1, room: R1, starts: 2027-01-14 13:30}
nights:
  - topic: {nb: Kveld, en: Evening}
    host: Lillevik kommune
    service: nav
    room: R3
    starts: 2027-01-14 18:00
    ends: 2027-01-14 19:30
    seats: 8
    units: [A]
    made_by: TK1
    published: 2027-01-11 10:00
    signed_up: [A01, A02]
"""
HOUSE = (
    ("units:\n", 'units:\n  B: {name: Sør, doors: ["08:00-20:00"]}\n  C: {name: Øst, doors: ["08:00-20:00"]}\n'),
    ("exclusive: false}\n", "exclusive: false}\n  R3: {name: {nb: Sal, en: Hall}, units: [A, B], capacity: 20}\n"),
    ("role: provider, services: [nav], units: [A]", "role: provider, services: [nav], units: [A, B, C]"),
    ("services: [sos], units: [A]", "services: [sos], units: [A, B, C]"),
    ("role: coordinator, units: [A]", "role: coordinator, units: [A, B, C]"),
    ("role: admin}\n", "role: admin}\n  KB: {name: {nb: Betjent, en: Officer}, role: officer, units: [A]}\n"),
)


@pytest.fixture
def faults_of(faults_of: Faults) -> Faults:
    """Leave out the file's name, which is the same before each fault."""

    def read(*changes: Change) -> list[str]:
        return [each.removeprefix("hub.yaml, ") for each in faults_of(*changes)]

    return read


@pytest.fixture
def people_faults_of(tmp_path: Path) -> Faults:
    """Reads a people.yaml of a hub with more in it, with some text of either changed."""

    def read(*changes: Change, hub: tuple[Change, ...] = ()) -> list[str]:
        found = told_of_people(tmp_path, changed(PEOPLE, changes), changed(changed(HUB, HOUSE), hub))
        return [each.removeprefix("people.yaml, ") for each in found]

    return read


def test_the_files_that_are_changed_here_are_right(tmp_path: Path) -> None:
    (tmp_path / "hub.yaml").write_text(changed(HUB, HOUSE), "utf-8")
    (tmp_path / "people.yaml").write_text(PEOPLE, "utf-8")
    found = read_people(tmp_path / "people.yaml", read_hub(tmp_path / "hub.yaml"))
    assert [(len(found.inmates), len(found.slips)), [len(each.line) for each in found.nights]] == [(3, 1), [2]]


# ── the timetable ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("hours", ["09:30-10:00", "14:30-16:00", "12:00-13:00"])
def test_two_services_in_one_room_at_one_time(faults_of: Faults, hours: str) -> None:
    assert faults_of((TWO_SERVICES[0], TWO_SERVICES[1].replace("HOURS", f'"{hours}"'))) == [
        f"line 44, timetable.patterns.2: R1 is taken, 2027-01-14 {hours}: nav in R1 and sos in R1; "
        "one of them needs other hours, weeks or an exception, or another room."
    ]


def test_a_room_is_taken_in_a_break_as_well_whichever_stands_first(faults_of: Faults) -> None:
    first = "    - {service: sos, advisers: [SK1], room: R1, day: thursday, hours: [12:00-13:00], minutes: 30}\n"
    assert faults_of(("  patterns:\n", f"  patterns:\n{first}")) == [
        "line 39, timetable.patterns.2: R1 is taken, 2027-01-14 09:00-12:00, 13:00-15:00: sos in R1 and nav in R1; "
        "one of them needs other hours, weeks or an exception, or another room."
    ]


@pytest.mark.parametrize("change", [("exclusive: false", "exclusive: true"), ("room: R1\n", "room: R2\n")])
def test_two_services_share_a_room_only_where_that_is_for_several(tmp_path: Path, change: Change) -> None:
    text = changed(HUB, (change, (TWO_SERVICES[0], TWO_SERVICES[1].replace("HOURS", '"09:00-10:00"'))))
    path = tmp_path / "hub.yaml"
    path.write_text(text.replace("advisers: [SK1], room: R1", "advisers: [SK1], room: R2"), "utf-8")
    assert {each.service for each in read_hub(path).hub.sessions} == {"nav", "sos"}


def test_a_service_in_its_own_way(faults_of: Faults) -> None:
    again = TWO_SERVICES[1].replace("sos", "nav").replace("[SK1]", "[N1]").replace("HOURS", '"10:00-12:30"')
    assert faults_of((TWO_SERVICES[0], again)) == [
        "line 44, timetable.patterns.2: N1 is in two places, 2027-01-14 10:00-12:30: nav in R1 and nav in R1; "
        "one of them needs other hours, weeks or an exception."
    ]


def test_an_adviser_who_stands_twice(faults_of: Faults) -> None:
    assert faults_of(("advisers: [N1]", "advisers: [N1, N1]")) == [
        "line 39, timetable.patterns.1.advisers.2: N1 stands here twice; keep one of the two."
    ]


def test_an_adviser_who_answers_no_slips(faults_of: Faults) -> None:
    told = faults_of(
        ("role: coordinator, units: [A]", "role: officer, services: [nav], units: [A]"),
        ("advisers: [N1]", "advisers: [N1, TK1]"),
    )
    assert told == [
        "line 39, timetable.patterns.1.advisers.2: TK1 does not work for nav; in staff, TK1 answers no slips."
    ]


@pytest.mark.parametrize(
    ("day", "why"),
    [("2027-01-21", "one of the hub's closing days"), ("2027-01-01", "new year's day")],
)
def test_a_session_on_a_closed_day(faults_of: Faults, day: str, why: str) -> None:
    dates = ("day: thursday", f"dates: [2027-01-14, {day}]")
    [told] = faults_of(("from: 2027-01-11", "from: 2027-01-01"), dates)
    assert told.lower() == (
        f"line 41, timetable.patterns.1.dates.2: {day} is {why}, and the hub is closed; it needs another day."
    )


def test_a_pattern_leaves_public_holidays_out_as_the_chat_does(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(changed(HUB, (("until: 2027-02-05", "until: 2027-05-20"),)), "utf-8")
    found = {f"{each.day:%m-%d}" for each in read_hub(path).hub.sessions}
    assert (len(found), found & {"03-25", "05-06", "01-21"}) == (16, set())


# ── the staff, and languages ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("role: coordinator, units", "role: duty_leader, units"),
            "line 27, staff: has no coordinator; a hub has at least one, so give somebody role: coordinator.",
        ),
        (
            ("role: admin}", "role: auditor}"),
            "line 27, staff: has no admin; a hub has at least one, so give somebody role: admin.",
        ),
        (
            ("role: social_adviser, services", "role: officer, services"),
            "line 22, services.sos: takes slips, but nobody in staff works for it; name it in somebody's services.",
        ),
        (
            ("units:\n", 'units:\n  B: {name: Sør, doors: ["08:00-20:00"]}\n'),
            "line 14, services.nav: takes slips, but nobody answers those of unit B; name it in somebody's units.",
        ),
        (
            ("nb: Veileder N1", f"nb: {'V' * 41}"),
            "line 28, staff.N1.name.nb: is 41 characters; a name of the staff has room for 40.",
        ),
        (
            ("languages: [nb, en]", "languages: [nb, en, nb]"),
            "line 4, languages.3: nb stands here twice; keep one of the two.",
        ),
        (
            ("languages: [nb, en]", "languages: [nb, en, pl]"),
            "line 4, languages.3: pl is spoken at no screen: locales/ has no catalogue of it, but of en, nb.",
        ),
        (
            ("triage: sos", 'triage: sos\nstaffing: [{hours: "09:30-12:00", staff: 2}]'),
            "line 6, staffing.1.hours: is 09:30-12:00; hours here are whole, as 09:00-12:00.",
        ),
    ],
)
def test_what_the_chat_would_refuse_of_staff_and_settings(faults_of: Faults, change: Change, told: str) -> None:
    assert told in faults_of(change)


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the hub a catalogue more."""
    for language in (*languages.spoken(), "pl", "xx"):
        path = tmp_path / "locales" / language / "LC_MESSAGES" / "samtalelapp.po"
        path.parent.mkdir(parents=True)
        path.write_text("", "utf-8")
    monkeypatch.setattr(languages, "LOCALES", tmp_path / "locales")


@pytest.mark.usefixtures("polish")
def test_a_new_catalogue_is_all_that_a_language_needs(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(changed(HUB, (("languages: [nb, en]", "languages: [nb, en, pl]"),)), "utf-8")
    assert read_hub(path).hub.languages == ("nb", "en", "pl")
    assert languages.spoken() == ["en", "nb", "pl"]


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
    checks = {"_time_fits", "doors_are_open", "_room_fits", "_times_of_list_fit", "_seats_fit", "publish"}
    refused = raised_in(night_checks, checks) | raised_in(timetable, {"room_is_free"})
    # The list of a night in a file closes by the rule, its seats are a number from 1, and it is empty at first.
    impossible = {"SignUpTimesWrong", "SeatsOutOfBounds", "SeatsTaken"}
    assert {each.__name__ for each in nights.WHERE} == refused - impossible


def test_whatever_the_rules_refuse_of_a_slip_has_its_place_and_what_would_be_right() -> None:
    refused = raised_in(sending, {"send", "forward", "_may_go"}) | raised_in(bookings, {"book"})
    with_holders = {"AlreadyBusy", "SlotTaken"}
    assert {each.__name__ for each in slips.TOLD} == refused - with_holders
