"""Every fault of a hub's file is told with its line and with what would be right there."""

import pytest

from tests.hubfile.small import Faults

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
            "line 21, services.nav.topics.annet.ne: ne is not in languages or posters; known are nb, en, icon.",
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


def test_a_key_that_stands_twice_is_told_with_both_lines(faults_of: Faults) -> None:
    assert faults_of(("zone: Europe/Oslo", "prefix: FJ\nzone: Europe/Oslo")) == [
        "hub.yaml, line 2, prefix: stands here twice, also on line 3; keep one of the two."
    ]
