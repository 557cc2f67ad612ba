"""A file that is no YAML, or too much of it, is one sentence with a line; a fault's line is its own line."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.hubfile import HubFileFault, read_hub
from bot.hubfile.yaml_files import DEEPEST, MOST_BYTES
from tests.hubfile.small import PEOPLE, Faults, told

BAD_YAML = "hub.yaml, line {}: is not YAML that can be read: {}; often a colon, a quote or an indent is missing."


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"name: x\nunits: " + b"[" * 5000, 2, f"it is nested more than {DEEPEST} deep"),
        (b"name: x\nunits: " + b"{a: " * 5000, 2, f"it is nested more than {DEEPEST} deep"),
        (b"".join(b" " * n + b"a:\n" for n in range(60)), DEEPEST + 1, f"it is nested more than {DEEPEST} deep"),
        (b"- " * 5000, 1, f"it is nested more than {DEEPEST} deep"),
        (
            b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            2,
            "*a points to another place; write it out",
        ),
        (b"a:\n  b: 1\n\tc: 2\n", 3, "found a tab character that violates indentation"),
        (b"name: x\nprefix: a\0b\n", 2, "a character that may not stand in it"),
        (b"a: 1\nb: \x07\n", 2, "a character that may not stand in it"),
        (b'a: 1\nb: "\\0"\n', 2, "a character that may not stand in it"),
        (b'a: 1\nb: "\\ud800"\n', 2, "found invalid Unicode character escape code"),
        (b'a: 1\n"\\e": x\n', 2, "a character that may not stand in it"),
        (b'a: 1\nb: "\\UFFFFFFFF"\n', 2, "found invalid Unicode character escape code"),
        (b"%YAML 1." + b"1" * 5000 + b"\n---\na: 1\n", 1, "found extremely long version number"),
        (b"a: 1\n? [b, c]\n: 2\n", 2, "a list or a group stands where a name belongs"),
        (b"a: 1\n? {b: c}\n: 2\n", 2, "a list or a group stands where a name belongs"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_file_that_would_be_too_much_is_told_in_one_sentence(
    tmp_path: Path, content: bytes, line: int, what: str
) -> None:
    assert told(tmp_path / "hub.yaml", content) == [BAD_YAML.format(line, what)]


def test_a_file_that_is_not_utf_8_says_on_which_line(tmp_path: Path) -> None:
    assert told(tmp_path / "hub.yaml", "name: x\nprefix: å\n".encode("latin-1")) == [
        "hub.yaml, line 2: cannot be read (it is not UTF-8 text); save it as UTF-8."
    ]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    assert told(tmp_path / "hub.yaml", b"#" * (MOST_BYTES + 1)) == [
        f"hub.yaml: is larger than {MOST_BYTES // 1024} KiB; no hub needs so much."
    ]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(HubFileFault) as fault:
        read_hub(tmp_path)
    assert str(fault.value) == f"{tmp_path.name}: cannot be read (Is a directory); looked for {tmp_path}."


@given(st.one_of(st.binary(max_size=200), st.text("[]{}:-,&*!|>'\"%@`?# \n\tab0\\xuU", max_size=80).map(str.encode)))
@example(b'"\\U99999999"')
@example(b"!<x> a")
@example(b'"a\\nb": 1')
@example(b'"a\\u2028b": 1')
@example(b"name: |\n  a\n  b\n")
@example(b'languages: ["a\\nb"]')
def test_whatever_stands_in_a_file_is_told_and_never_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    faults = told(tmp_path_factory.mktemp("any") / "hub.yaml", content)
    assert [each for each in faults if not each.startswith("hub.yaml, line ") or each.splitlines() != [each]] == []


# ── a fault's line is its own line ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("    promise: 5\n", "    promise:\n      # soon\n      0\n"), "line 19, services.nav.promise"),
        (("    promise: 5\n", "    promise: 5\n    colour:\n      red\n"), "line 18, services.nav.colour"),
        (("[nb, en]", "[\n  nb,\n  en,\n  norsk,\n]"), "line 7, languages.3"),
        (("triage: sos", "triage: sos\nwarn_after_seconds: 60"), "line 6, warn_after_seconds"),
        (
            ("triage: sos", "triage: sos\nlock_after_seconds: 40\nwarn_after_seconds: 40"),
            "line 6, lock_after_seconds",
        ),
        (("nb: Sosialkonsulent,", "nb: Sosialkonsulent i fengslet,"), "line 23, services.sos.name.nb"),
        (("services: [nav], units: [A]}", "services: [nav], units: []}"), "line 28, staff.N1.units"),
        (("until: 2027-02-05", "until: 2062-02-05"), "line 36, timetable.until"),
        (("advisers: [N1]", "advisers: [N1,\n        SK1]"), "line 40, timetable.patterns.1.advisers.2"),
        (("minutes: 30", "minutes: 30\n      every: 20"), "line 44, timetable.patterns.1.every"),
        (
            ('hours: ["09:00-12:00", "13:00-15:00"]\n', 'hours: ["09:00-12:00",\n        "13:00-13:20"]\n'),
            "line 43, timetable.patterns.1.hours.2",
        ),
        (
            ('hours: ["09:00-12:00", "13:00-15:00"]\n', 'hours: ["09:00-12:00",\n        "11:00-15:00"]\n'),
            "line 43, timetable.patterns.1.hours.2",
        ),
        (
            ("day: thursday", "dates:\n        - 2027-01-14\n        - 2028-01-13"),
            "line 43, timetable.patterns.1.dates.2",
        ),
        (
            ("day: thursday", "day: thursday\n      except: [2027-01-14,\n        2027-01-15]"),
            "line 43, timetable.patterns.1.except.2",
        ),
        (("day: thursday", "day: thursday\n      weeks: [7]"), "line 42, timetable.patterns.1.weeks"),
    ],
    ids=lambda value: str(value)[-34:],
)
def test_a_fault_of_hub_yaml_stands_at_its_own_line(faults_of: Faults, change: tuple[str, str], place: str) -> None:
    assert [fault.split(": ")[0] for fault in faults_of(change)] == [f"hub.yaml, {place}"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("state: booked", "topic: penger\n    state: booked"), "line 8, slips.LV-1.topic"),
        (("state: booked", "state: waiting"), "line 10, slips.LV-1.talk"),
        (("2027-01-14 09:30", "2027-01-21 09:30"), "line 10, slips.LV-1.talk.starts"),
        (("inmate: A01", "inmate: A09"), "line 6, slips.LV-1.inmate"),
    ],
)
def test_a_fault_of_people_yaml_stands_at_its_own_line(
    people_faults_of: Faults, change: tuple[str, str], place: str
) -> None:
    assert PEOPLE.startswith("inmates:")
    assert [fault.split(": ")[0] for fault in people_faults_of(change)] == [f"people.yaml, {place}"]


def test_the_line_of_what_is_missing_is_that_of_the_group_it_lacks_in(faults_of: Faults) -> None:
    faults = faults_of(("prefix: LV\n", ""), ("name: Lillevik fengsel", "# a hub\n\nname: Lillevik fengsel"))
    assert [fault.split(": ")[0] for fault in faults] == ["hub.yaml, line 3, prefix"]
