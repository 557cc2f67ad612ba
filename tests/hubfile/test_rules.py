"""What the chat refuses, `check` tells: the same rules look at hub.yaml and people.yaml."""

from pathlib import Path

import pytest

from bot import languages
from bot.hubfile import read_hub, read_people
from tests.hubfile.house import HOUSE, PEOPLE
from tests.hubfile.small import HUB, Change, Faults, changed

TWO_SERVICES = (
    'hours: ["09:00-12:00", "13:00-15:00"]\n      minutes: 30\n',
    'hours: ["09:00-12:00", "13:00-15:00"]\n      minutes: 30\n'
    "    - {service: sos, advisers: [SK1], room: R1, day: thursday, hours: [HOURS], minutes: 30}\n",
)
ROOM = "room: R1\n      day: thursday"


@pytest.fixture
def faults_of(faults_of: Faults) -> Faults:
    """Leave out the file's name, which is the same before each fault."""

    def read(*changes: Change) -> list[str]:
        return [each.removeprefix("hub.yaml, ") for each in faults_of(*changes)]

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
            ("role: admin", "role: admin, language: pl"),
            "line 31, staff.ADM.language: pl has no words for the staff: locales/ has those of en, nb, nn.",
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
    for language in ("nb", "en", "pl", "xx"):
        path = tmp_path / "locales" / language / "LC_MESSAGES" / "inmates.po"
        path.parent.mkdir(parents=True)
        path.write_text("", "utf-8")
    monkeypatch.setattr(languages, "LOCALES", tmp_path / "locales")


@pytest.mark.usefixtures("polish")
def test_a_new_catalogue_is_all_that_a_language_needs(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(changed(HUB, (("languages: [nb, en]", "languages: [nb, en, pl]"),)), "utf-8")
    assert read_hub(path).hub.languages == ("nb", "en", "pl")
    assert languages.spoken() == ["en", "nb", "pl"]
