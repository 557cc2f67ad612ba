"""A fault in hub.yaml or people.yaml is told with its place, what is wrong and what would be right."""

from datetime import date, time
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.demo import files
from bot.domain.people import Person, Role
from bot.domain.services import Hours, Session
from bot.hubfile import HubFileFault, KioskPlace, read_hub
from bot.hubfile import model as hub_part
from bot.hubfile import people as people_part
from bot.hubfile.words import Part
from tests.hubfile.small import HUB, Faults, changed


def test_a_hub_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(HUB, encoding="utf-8")
    found = read_hub(path)
    hours = (Hours(time(9), time(12)), Hours(time(13), time(15)))
    days = [date(2027, 1, 14), date(2027, 1, 28), date(2027, 2, 4)]
    assert found.hub.sessions == tuple(Session("nav", "N1", "R1", day, hours, 30, 30) for day in days)
    assert found.kiosks == (KioskPlace("K-A", "A", "nb"),)
    assert found.staff == (
        Person("N1", Role.PROVIDER, "Veileder N1", "nb", frozenset({"nav"}), frozenset("A")),
        Person("SK1", Role.SOCIAL_ADVISER, "Sosialkonsulent SK1", "nb", frozenset({"sos"}), frozenset("A")),
        Person("TK1", Role.COORDINATOR, "Koordinator TK1", "nb", frozenset(), frozenset("A")),
        Person("ADM", Role.ADMIN, "Administrator ADM", "nb"),
    )
    assert found.hub.services["nav"].advisers == ("N1",)
    assert [room.exclusive for room in found.hub.rooms.values()] == [True, False]


def test_closed_days_are_the_hubs_own_and_norways_public_holidays() -> None:
    closed = read_hub(files.HUB).hub.closed_days
    holidays = [date(2027, 3, 25), date(2027, 3, 29), date(2027, 5, 17), date(2031, 12, 25)]
    assert [day in closed for day in [*holidays, date(2027, 1, 14)]] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        ("day: thursday\n      weeks: even", [14, 28]),
        ("day: thursday\n      weeks: odd", [35]),
        ("day: thursday\n      weeks: [2, 5]", [14, 35]),
        ("day: thursday\n      except: [2027-01-28]", [14, 35]),
        ("dates: [2027-01-13, 2027-01-15]", [13, 15]),
        ("day: thursday\n      weeks: [4]\n      dates: [2027-01-16]", [16, 28]),
    ],
)
def test_a_pattern_means_its_days_except_closed_ones(tmp_path: Path, lines: str, days: list[int]) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(changed(HUB, (("day: thursday", lines),)), encoding="utf-8")
    first = date(2026, 12, 31)
    assert [(session.day - first).days for session in read_hub(path).hub.sessions] == days


MAILBOX = ("services: [nav], units: [A]}", "services: [nav], units: [A], email: n1@example.org}")
PHONE = ("prefix: LV\n", 'prefix: LV\nphone: "00 00 01 16"\n')


def test_an_address_and_the_phone_are_read(tmp_path: Path) -> None:
    (tmp_path / "hub.yaml").write_text(changed(HUB, (MAILBOX, PHONE)), encoding="utf-8")
    found = read_hub(tmp_path / "hub.yaml")
    assert (found.mailboxes, found.hub.phone) == ({"N1": "n1@example.org"}, "00 00 01 16")


def test_posters_are_in_the_hubs_languages_unless_it_says_more(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(HUB, "utf-8")
    assert read_hub(path).hub.posters == ("nb", "en")
    more = ("languages: [nb, en]", "languages: [nb, en]\nposters: [nb, ar]"), ("{nb: Rom,", "{nb: Rom, ar: غرفة,")
    path.write_text(changed(HUB, more), "utf-8")
    found = read_hub(path).hub
    assert (found.posters, found.rooms["R1"].name["ar"], found.languages) == (("nb", "ar"), "غرفة", ("nb", "en"))


@pytest.mark.parametrize(
    ("posters", "told"),
    [
        (
            "[nb, xx]",
            "hub.yaml, line 5, posters.2: xx is no language whose dates are known; a language is its code, as nb.",
        ),
        (
            "[nb, norsk]",
            "hub.yaml, line 5, posters.2: is norsk; a language is its code of two or three small letters, as nb.",
        ),
    ],
)
def test_a_language_that_posters_cannot_have(faults_of: Faults, posters: str, told: str) -> None:
    assert faults_of(("languages: [nb, en]", f"languages: [nb, en]\nposters: {posters}")) == [told]


def test_a_person_reads_no_language_of_posters_alone(faults_of: Faults) -> None:
    told = faults_of(
        ("languages: [nb, en]", "languages: [nb, en]\nposters: [nb, ar]"),
        ("{unit: A, language: nb}", "{unit: A, language: ar}"),
    )
    assert told == ["hub.yaml, line 34, kiosks.K-A.language: ar is not in languages; known are nb, en."]


def test_the_staff_may_read_a_language_that_no_screen_speaks(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(changed(HUB, (("role: admin", "role: admin, language: nn"),)), "utf-8")
    staff = read_hub(path).staff
    assert [(each.id, each.language) for each in staff] == [("N1", "nb"), ("SK1", "nb"), ("TK1", "nb"), ("ADM", "nn")]


def test_who_gets_letters_needs_a_phone_number_to_call(faults_of: Faults) -> None:
    assert faults_of(MAILBOX) == [
        "hub.yaml, line 28, staff.N1.email: needs the hub's phone number, by which a letter is answered; "
        "write phone: 00 00 01 16 at the top."
    ]


@pytest.mark.parametrize(
    "address",
    ["n1", "n1@", "'@example.org'", "n1@example", "a b@example.org", "n..1@example.org", '"n1@example.org, x@y.org"'],
)
def test_an_address_that_is_none(faults_of: Faults, address: str) -> None:
    [fault] = faults_of(PHONE, (MAILBOX[0], MAILBOX[1].replace("n1@example.org", address)))
    assert fault.startswith("hub.yaml, line 29, staff.N1.email: is ")
    assert fault.endswith("; an e-mail address is written name@example.org.")


@pytest.mark.parametrize("phone", ["call us", "1", "0047-1", '"22 00 "', '"22 00\\nBcc: x"'])
def test_a_phone_number_that_is_none(faults_of: Faults, phone: str) -> None:
    [fault] = faults_of((PHONE[0], f"prefix: LV\nphone: {phone}\n"))
    assert fault.startswith("hub.yaml, line 3, phone: is ")
    assert fault.endswith("; a phone number is digits and spaces, as 00 00 01 16.")


@pytest.mark.parametrize("text", ["", "- a\n- b", "just words"])
def test_a_file_that_is_no_hub_at_all_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hub.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HubFileFault, match=r"^hub\.yaml, line 1, the whole file: is .*; bot/demo has files that work"):
        read_hub(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: [1, 2", "hub.yaml, line 1: is not YAML that can be read: "),
        (b"a: b: c", "hub.yaml, line 1: is not YAML that can be read: "),
        (b"a: 1\n---\nb: 2\n", "hub.yaml, line 2: is not YAML that can be read: "),
        (b"a: &x [1]\nb: *x\n", r"hub.yaml, line 2: is not YAML that can be read: \*x points to another place"),
        (b"a: &x [*x]\n", r"hub.yaml, line 1: is not YAML that can be read: \*x points to another place"),
        (b"a: \x07", "hub.yaml, line 1: is not YAML that can be read: "),
        (b"a: \xe5", r"hub.yaml, line 1: cannot be read \(it is not UTF-8 text\)"),
    ],
)
def test_a_file_that_is_no_yaml_says_so(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "hub.yaml"
    path.write_bytes(content)
    with pytest.raises(HubFileFault, match=f"^{told}"):
        read_hub(path)


def test_a_file_that_is_not_there_says_where_it_was_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "hub.yaml"
    with pytest.raises(HubFileFault) as fault:
        read_hub(path)
    assert str(fault.value) == f"hub.yaml: cannot be read (No such file or directory); looked for {path}."


def test_every_word_of_the_files_says_what_would_be_right() -> None:
    parts = [part for part in vars(hub_part).values() if _is_part(part)]
    parts += [part for part in vars(people_part).values() if _is_part(part)]
    silent = [
        f"{part.__name__}.{name}"
        for part in parts
        for name, field in part.model_fields.items()
        if not field.description
    ]
    assert (len(parts) > 8, silent) == (True, [])


def _is_part(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel) and value is not Part
