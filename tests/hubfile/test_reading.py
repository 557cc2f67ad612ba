"""A fault in hub.yaml or people.yaml is told with its place, what is wrong and what would be right."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.demo import files
from bot.domain import sizes
from bot.domain.people import Person, Role
from bot.domain.services import Hours, Session
from bot.hubfile import HubFileFault, KioskPlace, limits, read_hub, read_people
from bot.hubfile import model as hub_part
from bot.hubfile import people as people_part
from bot.hubfile.words import Part
from tests.hub import largest
from tests.hubfile.small import HUB, PEOPLE, Faults, changed


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


KEY = "of the letters A to Z and a to z, digits, - and _, the first no - or _"
HOURS = "hours are written 09:00-12:00, on whole five minutes, the earlier time first, between 06:00 and 22:00"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("promise: 5", "promise: 0"),
            "line 17, services.nav.promise: is 0; a promise is a whole number of working days from 1 to 60.",
        ),
        (
            ("    promise: 5\n", ""),
            "line 13, services.nav.promise: is missing; a promise is a whole number of working days from 1 to 60.",
        ),
        (
            ("promise: 5", "promise:"),
            "line 17, services.nav.promise: is empty; a promise is a whole number of working days from 1 to 60.",
        ),
        (
            ("promise: 5", "promise: soon"),
            "line 17, services.nav.promise: is soon; a promise is a whole number of working days from 1 to 60.",
        ),
        (
            ("bookable: true", "bookabel: true"),
            "line 18, services.nav.bookabel: is not known here; did you mean bookable? "
            "known are name, icon, about, promise, bookable, topics, silent, daily_cap, readers.",
        ),
        (
            ("bookable: true", "bookable: yes"),
            "line 18, services.nav.bookable: is yes; "
            "bookable is true where slips can be sent to the service, false otherwise.",
        ),
        (
            ("{nb: Noe annet, en: Something else}", "{nb: Noe annet}"),
            "line 21, services.nav.topics.annet: has no text in en; every text stands in nb and en at least.",
        ),
        (
            ("annet: {nb: Noe annet, en: Something else}", "annet:"),
            "line 21, services.nav.topics.annet: is empty; "
            "a topic has a name in nb and en, as {nb: Noe annet, en: Something else}.",
        ),
        (
            ("en: Something else", 'en: ""'),
            "line 21, services.nav.topics.annet.en: is empty; a topic's name stands on a button: 1 to 24 characters.",
        ),
        (
            ("en: Something else", "ne: Something else"),
            "line 21, services.nav.topics.annet.ne: ne is not in languages or posters; known are nb, en.",
        ),
        (
            ("nb: Sosialkonsulent,", "nb: Sosialkonsulent i fengslet,"),
            "line 23, services.sos.name.nb: «💬 Sosialkonsulent i fengslet» is 28 characters; "
            "icon and name have room for 24.",
        ),
        (
            ("    readers: {nb: Veilederne, en: The advisers}\n", ""),
            "line 13, services.nav: is bookable without readers; who will see the slip is said before it is sent.",
        ),
        (("      room: R1", "      room: R9"), None),
        (("advisers: [N1]", "advisers: [N1, N7]"), None),
        (("- service: nav", "- service: nva"), None),
        (("triage: sos", "triage: sso"), None),
        (("{unit: A, language: nb}", "{unit: B, language: nb}"), None),
        (
            ("advisers: [N1]", "advisers: [SK1]"),
            "line 39, timetable.patterns.1.advisers.1: SK1 does not work for nav; in staff, SK1 has sos.",
        ),
        (
            ("services: [sos]", "services: [nav]"),
            "line 22, services.sos: takes slips, but nobody in staff works for it; name it in somebody's services.",
        ),
        (
            ("role: provider, services: [nav]", "role: boss, services: [nav]"),
            "line 28, staff.N1.role: is boss; a role is one of provider, social_adviser, officer, coordinator,"
            " duty_leader, admin, auditor.",
        ),
        (
            ('"09:00-12:00"', '"09:02-12:00"'),
            f"line 42, timetable.patterns.1.hours.1: is 09:02-12:00; {HOURS}.",
        ),
        (
            ('"09:00-12:00"', '"01:30-03:30"'),
            f"line 42, timetable.patterns.1.hours.1: is 01:30-03:30; {HOURS}.",
        ),
        (
            ('"13:00-15:00"', '"13:00-22:30"'),
            f"line 42, timetable.patterns.1.hours.2: is 13:00-22:30; {HOURS}.",
        ),
        (
            ('"13:00-15:00"', '"25:00-26:00"'),
            f"line 42, timetable.patterns.1.hours.2: is 25:00-26:00; {HOURS}.",
        ),
        (
            ('"13:00-15:00"', '"11:00-15:00"'),
            "line 42, timetable.patterns.1.hours.2: 11:00-15:00 begins before 09:00-12:00 is over; "
            "hours stand in order, apart.",
        ),
        (
            ('["08:00-20:00"]', '["20:00-08:00"]'),
            "line 8, units.A.doors.1: is 20:00-08:00; "
            "doors are written 09:00-12:00, on whole five minutes, the earlier time first.",
        ),
        (
            ("minutes: 30", "minutes: 33"),
            "line 43, timetable.patterns.1.minutes: is 33; a talk lasts a multiple of 5 minutes from 5 to 240.",
        ),
        (
            ("minutes: 30", "minutes: 30\n      every: 20"),
            "line 44, timetable.patterns.1.every: begins a talk every 20 minutes, but each lasts 30; "
            "they would overlap.",
        ),
        (
            ("minutes: 30", "minutes: 150"),
            "line 42, timetable.patterns.1.hours.2: 13:00-15:00 is too short for a talk of 150 minutes.",
        ),
        (
            ("day: thursday", "day: torsdag"),
            "line 41, timetable.patterns.1.day: is torsdag; a day of the week is one of "
            "monday, tuesday, wednesday, thursday, friday, saturday, sunday.",
        ),
        (
            ("      day: thursday\n", ""),
            "line 38, timetable.patterns.1: says no day; it has a day of the week (day: thursday), or dates, or both.",
        ),
        (
            ("day: thursday", "dates: [2027-01-14, 2028-01-13]"),
            "line 41, timetable.patterns.1.dates.2: 2028-01-13 lies outside; "
            "the timetable runs from 2027-01-11 until 2027-02-05.",
        ),
        (
            ("day: thursday", "day: thursday\n      except: [2027-01-15]"),
            "line 42, timetable.patterns.1.except.1: 2027-01-15 is an exception, but not one of its days.",
        ),
        (
            ("day: thursday", "day: thursday\n      weeks: [7]"),
            "line 42, timetable.patterns.1.weeks: has no day at all; "
            "the timetable runs from 2027-01-11 until 2027-02-05.",
        ),
        (
            ("day: thursday", "day: thursday\n      weeks: [2, 54]"),
            "line 42, timetable.patterns.1.weeks.2: is 54; a week is its ISO number, from 1 to 53.",
        ),
        (
            ("until: 2027-02-05", "until: 2062-02-05"),
            "line 36, timetable.until: runs from 2027-01-11 until 2062-02-05; it runs forward, for at most two years.",
        ),
        (("from: 2027-01-11", "from: 11.01.2027"), None),
        (("prefix: LV", "prefix: Lv"), None),
        (("zone: Europe/Oslo", "zone: Europe"), None),
        (("languages: [nb, en]", "languages: [nb, en, norsk]"), None),
        (("closed: [2027-01-21]", "closed: 2027-01-21"), None),
        (
            ("triage: sos", "triage: sos\nwarn_after_seconds: 60"),
            "line 6, warn_after_seconds: lock_after_seconds is not after warn_after_seconds; the warning comes first.",
        ),
        (
            ("  sos:", "  sosialkons:"),
            f"line 22, services.sosialkons: is not a name that can stand here; the key of a service is 1 to 9 {KEY}.",
        ),
        (("  R2:", "  ROOM-2:"), None),
        (("  K-A:", "  K.A:"), None),
        (("      annet:", "      noe:annet:"), None),
        (("  A: {name", "  AAA: {name"), None),
        (("  N1: {", "  N1VEILEDER: {"), None),
    ],
)
def test_a_fault_is_told_with_its_place(faults_of: Faults, change: tuple[str, str], told: str | None) -> None:
    faults = faults_of(change)
    if told:
        assert f"hub.yaml, {told}" in faults
    assert all(fault.startswith("hub.yaml, line ") and fault.endswith(".") for fault in faults)


def test_unknown_names_are_told_with_the_nearest_known_one(faults_of: Faults) -> None:
    changes = [("- service: nav", "- service: nva"), ("      room: R1", "      room: R11"), ("[N1]", "[N7]")]
    assert faults_of(*changes) == [
        "hub.yaml, line 38, timetable.patterns.1.service: nva is not in services; did you mean nav? "
        "known are nav, sos.",
        "hub.yaml, line 39, timetable.patterns.1.advisers.1: N7 is not in staff; known are N1, SK1, TK1, ADM.",
        "hub.yaml, line 40, timetable.patterns.1.room: R11 is not in rooms; did you mean R1? known are R1, R2.",
    ]


def test_an_adviser_cannot_be_in_two_places_but_two_can_share_a_room(faults_of: Faults) -> None:
    second = """\
    - {service: nav, advisers: [N1], room: R2, dates: [2027-01-14], hours: ["11:30-13:00"], minutes: 30}
"""
    assert faults_of(("minutes: 30\n", "minutes: 30\n" + second)) == [
        "hub.yaml, line 44, timetable.patterns.2: N1 is in two places, 2027-01-14 11:30-13:00: nav in R1 and "
        "nav in R2; one of them needs other hours, weeks or an exception."
    ]


def test_all_faults_are_told_at_once_in_the_order_of_the_file(faults_of: Faults) -> None:
    clash = """\
    - {service: nav, advisers: [N1], room: R2, day: thursday, hours: ["09:00-10:00"], minutes: 30}
    - {service: nav, advisers: [N1], room: R2, day: friday, hours: ["9-10"], minutes: 30}
"""
    changes = [
        ("prefix: LV", "prefix: lv"),
        ("promise: 5", "promise: 99"),
        ("    promise: 2", "    promise: 2\n    promise: 3"),
        ("services: [sos]", "services: [soss]"),
        ("minutes: 30\n", "minutes: 30\n" + clash),
    ]
    places = [fault.split(": ")[0].removeprefix("hub.yaml, line ") for fault in faults_of(*changes)]
    assert places == [
        "2, prefix",
        "17, services.nav.promise",
        "22, services.sos",
        "26, services.sos.promise",
        "30, staff.SK1.services.1",
        "45, timetable.patterns.2",
        "46, timetable.patterns.3.hours.1",
    ]


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


def test_a_key_that_stands_twice_is_told_with_both_lines(faults_of: Faults) -> None:
    assert faults_of(("zone: Europe/Oslo", "prefix: FJ\nzone: Europe/Oslo")) == [
        "hub.yaml, line 2, prefix: stands here twice, also on line 3; keep one of the two."
    ]


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


def test_the_longest_button_that_the_rules_of_keys_allow_fits_into_64_bytes(tmp_path: Path) -> None:
    service, adviser, room, prefix = "frivillig", "N12345", "ROOM1", "FJD"
    path = tmp_path / "hub.yaml"
    text = HUB.replace("nav", service).replace("N1", adviser).replace("R1", room).replace("LV", prefix)
    path.write_text(text, encoding="utf-8")
    session = read_hub(path).hub.sessions[0]
    slot = f"{session.service}.{session.adviser}.{session.room}.2701140800"
    data = f"set:{prefix}-1234567:{slot}:{10**13}"
    assert (len(slot), len(data.encode())) == (33, 64)
    for key in (service, adviser, room, prefix):
        path.write_text(text.replace(key, f"{key}X"), encoding="utf-8")
        with pytest.raises(HubFileFault):
            read_hub(path)


# How large a hub may be


def many(section: str, n: int) -> dict[str, dict[str, str]]:
    return {section: {f"X{number:03}": "" for number in range(n)}}


@pytest.mark.parametrize(("section", "most"), sorted(sizes.MOST.items()))
def test_one_too_many_is_told_at_its_place(section: str, most: int) -> None:
    wanted = f"is number {most + 1} of {most + 3} {section}; a hub has room for {most}"
    assert list(limits.too_large(many(section, most + 3))) == [((section, f"X{most:03}"), wanted)]
    assert list(limits.too_large(many(section, most))) == []


def test_one_topic_too_many_is_told_at_its_place() -> None:
    topics = many("topics", sizes.MOST_TOPICS + 1)
    [(place, said)] = limits.too_large({"services": {"nav": topics}})
    assert place == ("services", "nav", "topics", "X012")
    assert said == "is number 13 of 13 topics; a hub has room for 12"


def test_a_name_that_no_button_has_room_for_is_told_with_its_line(tmp_path: Path) -> None:
    long = HUB.replace("{nb: Rom, en: Room}", f"{{nb: Rom, en: {'R' * 41}}}")
    (tmp_path / "hub.yaml").write_text(long, "utf-8")
    with pytest.raises(HubFileFault) as fault:
        read_hub(tmp_path / "hub.yaml")
    assert fault.value.faults == (
        "hub.yaml, line 10, rooms.R1.name.en: has 41 characters; pages and buttons have room for 40.",
    )


def test_more_sessions_than_a_day_has_room_for_are_told(tmp_path: Path) -> None:
    described = json.loads(json.dumps(largest.described()))
    extra = {**described["timetable"]["patterns"][-1], "advisers": [largest.PROVIDERS[-1]], "day": "monday"}
    described["timetable"]["patterns"].append(extra)
    (tmp_path / "hub.yaml").write_text(json.dumps(described, ensure_ascii=False), "utf-8")
    with pytest.raises(HubFileFault, match="makes 41 sessions on 2027-01-11; a day has room for 40"):
        read_hub(tmp_path / "hub.yaml")
