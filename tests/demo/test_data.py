"""The demo prison is as it is described, and its slips obey the rules they were made by."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.demo import files
from bot.domain import calendar
from bot.domain.people import Role
from bot.domain.services import Hub
from bot.domain.slips.slips import State
from bot.domain.timetable import bookings, timetable
from bot.domain.timetable.bookings import Booking, Day, Outcome, cells, choices, fits, resources
from bot.hubfile import HubFile, PeopleFile, SeededSlip, read_hub, read_people


@pytest.fixture(scope="module")
def hub_file() -> HubFile:
    return read_hub(files.HUB)


@pytest.fixture(scope="module")
def hub(hub_file: HubFile) -> Hub:
    return hub_file.hub


@pytest.fixture(scope="module")
def people(hub_file: HubFile) -> PeopleFile:
    return read_people(files.PEOPLE, hub_file)


@pytest.fixture(scope="module")
def seeds(people: PeopleFile) -> dict[str, SeededSlip]:
    return {each.slip.code: each for each in people.slips}


def local(hub: Hub, day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=hub.zone)


def claimed(seeds: dict[str, SeededSlip], hub: Hub) -> Counter[bookings.Claim]:
    talks = [each.booking for each in seeds.values() if each.booking]
    return Counter(
        (resource, cell)
        for talk in talks
        for resource in resources(hub, talk.inmate, talk.slot)
        for cell in cells(talk.slot.starts, talk.slot.ends)
    )


def test_the_hub_is_fjordheim(hub_file: HubFile) -> None:
    hub = hub_file.hub
    assert (hub.name, hub.prefix, hub.zone.key, hub.languages, hub.triage) == (
        "Fjordheim fengsel",
        "FJ",
        "Europe/Oslo",
        ("nb", "en"),
        "sos",
    )
    assert (hub.warn_after, hub.lock_after) == (timedelta(seconds=40), timedelta(seconds=60))
    assert (list(hub.units), list(hub.rooms)) == ([*"ABCN"], ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "NR", "CELL"])
    assert [(kiosk.id, kiosk.unit) for kiosk in hub_file.kiosks] == [(f"K-{unit}", unit) for unit in "ABCN"]


def test_nordvik_is_a_second_prison_with_a_unit_and_codes_of_its_own(hub: Hub) -> None:
    assert dict(hub.prisons) == {"FJ": "Fjordheim fengsel", "NV": "Nordvik overgangsbolig"}
    assert {prison: hub.units_of(prison) for prison in hub.prisons} == {"FJ": ("A", "B", "C"), "NV": ("N",)}


def test_doors_are_those_of_the_units(hub: Hub) -> None:
    doors = {key: [f"{each.opens:%H}-{each.closes:%H}" for each in unit.doors] for key, unit in hub.units.items()}
    assert doors == {"A": ["08-12", "13-20"], "B": ["07-22"], "C": ["08-20"], "N": ["07-22"]}


def test_fourteen_services_stand_in_order_and_five_can_be_booked(hub: Hub) -> None:
    order = "nav gjeld bolig frivillig sos tk helse rus skole jobb prest bib jus familie"
    assert list(hub.services) == order.split()
    bookable = [key for key, service in hub.services.items() if service.bookable]
    assert bookable == ["nav", "gjeld", "bolig", "frivillig", "sos"]


def test_promises_and_daily_caps_are_those_of_the_services(hub: Hub) -> None:
    assert [service.promise for service in hub.services.values()] == [5, 5, 10, 10, 2, 3, 1, 5, 3, 5, 2, 3, 5, 5]
    caps = {key: service.daily_cap for key, service in hub.services.items() if service.daily_cap}
    assert caps == {"nav": 8, "gjeld": 5, "bolig": 6, "frivillig": 4, "rus": 4, "skole": 3, "jobb": 4, "jus": 4} | {
        "familie": 3
    }


def test_who_can_be_booked_has_topics_and_readers(hub: Hub) -> None:
    bookable = [service for service in hub.services.values() if service.bookable and service.key != hub.triage]
    assert [len(service.topics) in range(3, 6) for service in bookable] == [True] * 4
    assert [tuple(service.readers) for service in bookable] == [hub.posters] * 4
    assert [service.topics[-1].key for service in bookable] == ["annet"] * 4


def test_staff_are_roles_and_each_has_a_scope(hub_file: HubFile) -> None:
    staff = {person.id: (person.role, set(person.services)) for person in hub_file.staff}
    assert staff == {
        "N1": (Role.PROVIDER, {"nav"}),
        "N2": (Role.PROVIDER, {"nav"}),
        "N3": (Role.PROVIDER, {"nav"}),
        "G1": (Role.PROVIDER, {"gjeld"}),
        "H1": (Role.PROVIDER, {"bolig"}),
        "V1": (Role.PROVIDER, {"frivillig"}),
        "SK1": (Role.SOCIAL_ADVISER, {"sos"}),
        **{f"KB-{unit}": (Role.OFFICER, set()) for unit in ["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "N1"]},
        "TK1": (Role.COORDINATOR, set()),
        "VL": (Role.DUTY_LEADER, set()),
        "ADM": (Role.ADMIN, set()),
        "REV": (Role.AUDITOR, set()),
    }
    assert {person.id: person.units for person in hub_file.staff if person.role is Role.COORDINATOR} == {
        "TK1": frozenset("ABCN")
    }
    assert [person.name.split()[-1] for person in hub_file.staff] == [person.id for person in hub_file.staff]


def test_the_timetable_is_that_of_weeks_2_to_5(hub: Hub) -> None:
    found: dict[tuple[str, str, str], list[str]] = {}
    for session in hub.sessions:
        found.setdefault((session.service, session.adviser, session.room), []).append(f"{session.day:%a %V}")
    assert found == {
        ("frivillig", "V1", "R4"): ["Mon 02", "Mon 03", "Mon 04", "Mon 05"],
        ("gjeld", "G1", "R2"): ["Tue 02", "Tue 04"],
        ("bolig", "H1", "R1"): ["Wed 03"],
        ("nav", "N1", "R1"): ["Thu 02", "Thu 03", "Thu 05"],
        ("nav", "N2", "R1"): ["Thu 02", "Thu 05"],
        ("nav", "N3", "R3"): ["Thu 04"],
        ("nav", "N1", "NR"): ["Fri 02", "Fri 04"],
        ("sos", "SK1", "CELL"): [f"{day} {week}" for week in ("02", "03", "04", "05") for day in ("Mon", "Fri")],
    }


@pytest.mark.parametrize(
    ("service", "day", "starts"),
    [
        ("nav", date(2027, 1, 21), "09:00 09:30 10:00 10:30 11:00 11:30 13:00 13:30 14:00 14:30"),
        ("gjeld", date(2027, 1, 26), "09:00 10:00 11:00 12:00 13:00"),
        ("bolig", date(2027, 1, 20), "10:00 10:30 11:00 11:30 12:00 12:30 13:00 13:30"),
        ("frivillig", date(2027, 1, 25), "18:00 18:30 19:00 19:30"),
    ],
)
def test_a_day_of_a_service_has_its_slots(hub: Hub, service: str, day: date, starts: str) -> None:
    coming = timetable.coming(hub, service, files.OPENS)
    found = [slot.starts.astimezone(hub.zone) for slot in coming]
    assert " ".join(f"{each:%H:%M}" for each in found if each.date() == day) == starts


def test_every_slot_fits_a_button_and_is_found_by_its_id(hub: Hub) -> None:
    slots = [slot for session in hub.sessions for slot in timetable.slots_of(hub, session)]
    assert [timetable.slot_with(hub, slot.id) for slot in slots] == slots
    assert max(len(f"set:FJ-1234567:{slot.id}:999".encode()) for slot in slots) <= 64


def test_forty_people_live_here_and_two_at_nordvik_each_with_a_pin_by_the_rule(people: PeopleFile) -> None:
    assert Counter(each.inmate.unit for each in people.inmates) == {"A": 18, "B": 14, "C": 8, "N": 2}
    by_rule = [f"2{'ABCN'.index(each.inmate.unit) + 1}{each.inmate.id[1:]}" for each in people.inmates]
    assert [each.pin for each in people.inmates] == by_rule
    assert len({each.inmate.alias for each in people.inmates}) == 42


def test_each_person_has_the_language_of_the_demo(people: PeopleFile) -> None:
    languages = [each.inmate.language for each in people.inmates]
    assert " ".join(languages[:18]) == "nb pl nb nn lt lt ar nb nb so ro nb se en nb uk nb es"
    assert " ".join(languages[18:32]) == "nb nb pl nn nb en nb ar nb ru nb fa nb sq"
    assert " ".join(languages[32:]) == "nb ro nb nn ti nb en pl nb en"


def test_each_person_has_a_contact_officer_and_an_escort_as_in_the_demo(people: PeopleFile) -> None:
    inmates = {each.inmate.id: each.inmate for each in people.inmates}
    assert [inmates[number].officer for number in ("A01", "A04", "A17", "B13", "C05")] == [
        "KB-A1",
        "KB-A2",
        "KB-A2",
        "KB-B1",
        "KB-C2",
    ]
    assert [inmates[number].escort for number in ("A01", "A05", "A12", "B01", "C01")] == [1, 2, 2, 0, 1]


def test_the_seeded_slips_are_those_that_can_be_shown_today(seeds: dict[str, SeededSlip]) -> None:
    found = {code: f"{each.slip.inmate} {each.slip.service} {each.slip.state}" for code, each in seeds.items()}
    assert found == {
        "FJ-101": "A03 gjeld held",
        "FJ-102": "A08 bolig waiting",
        "FJ-103": "A07 nav booked",
        "FJ-105": "A05 nav booked",
        "FJ-106": "A06 nav booked",
        "FJ-107": "B02 gjeld waiting",
        "FJ-108": "B13 nav booked",
        "FJ-110": "A04 nav waiting",
        "FJ-111": "A14 bolig waiting",
        "FJ-115": "A10 sos waiting",
    }


def test_the_seeded_talks_are_slots_of_the_timetable(seeds: dict[str, SeededSlip], hub: Hub) -> None:
    talks = [each.booking for each in seeds.values() if each.booking]
    assert [f"{talk.slip} {talk.inmate} {talk.slot.id} {talk.outcome}" for talk in talks] == [
        "FJ-101 A03 gjeld.G1.R2.2701120900 held",
        "FJ-103 A07 nav.N1.R1.2701140830 live",
        "FJ-105 A05 nav.N1.R1.2701140900 live",
        "FJ-106 A06 nav.N2.R1.2701141230 live",
        "FJ-108 B13 nav.N1.R1.2702040800 live",
    ]
    assert [timetable.slot_with(hub, talk.slot.id) for talk in talks] == [talk.slot for talk in talks]


def test_no_two_seeded_talks_claim_the_same(seeds: dict[str, SeededSlip], hub: Hub) -> None:
    assert [claim for claim, times in claimed(seeds, hub).items() if times > 1] == []


def test_each_seeded_talk_could_be_booked_by_the_rules(seeds: dict[str, SeededSlip], hub: Hub) -> None:
    for each in seeds.values():
        if each.booking:
            others = claimed({code: seed for code, seed in seeds.items() if code != each.slip.code}, hub)
            booked = bookings.book(each.slip, each.booking.slot, Day(frozenset(others)), hub, each.slip.sent_at)
            assert booked == Booking(each.slip.code, each.slip.inmate, each.slip.unit, each.booking.slot)


def test_a_held_talk_is_over_and_a_live_one_ahead_when_the_demo_opens(seeds: dict[str, SeededSlip]) -> None:
    talks = [each.booking for each in seeds.values() if each.booking]
    assert [talk.outcome is Outcome.HELD for talk in talks] == [talk.slot.ends < files.OPENS for talk in talks]
    assert [each.booking is None for each in seeds.values()] == [
        each.slip.state is State.WAITING for each in seeds.values()
    ]


def test_slips_were_sent_in_the_past_and_every_promise_is_still_open(seeds: dict[str, SeededSlip]) -> None:
    waiting = [each.slip for each in seeds.values() if each.slip.state is State.WAITING]
    assert [each.slip.code for each in seeds.values() if each.slip.sent_at >= files.OPENS] == []
    assert [slip.code for slip in waiting if slip.answer_by <= files.OPENS] == []


def test_promises_are_those_of_the_services_and_in_utc(seeds: dict[str, SeededSlip], hub: Hub) -> None:
    kept = [each.slip for each in seeds.values() if not each.slip.broken]
    given = [hub.services[slip.sent_from or slip.service].promise for slip in kept]
    expected = [calendar.answer_by(hub, slip.sent_at, days) for slip, days in zip(kept, given, strict=True)]
    assert [slip.answer_by for slip in kept] == expected
    assert {slip.answer_by.tzinfo for slip in kept} == {UTC}


def test_fj_107_was_promised_by_11_january_and_has_a_new_promise(seeds: dict[str, SeededSlip], hub: Hub) -> None:
    slip = seeds["FJ-107"].slip
    first_end = calendar.answer_by(hub, slip.sent_at, hub.services["gjeld"].promise)
    assert first_end == local(hub, "2027-01-11", "15:00")
    assert (slip.broken, slip.service, slip.news) == (1, "gjeld", True)
    assert slip.answer_by == local(hub, "2027-01-13", "15:00")


def test_fj_110_was_sent_on_once_by_the_law_students(seeds: dict[str, SeededSlip]) -> None:
    slip = seeds["FJ-110"].slip
    assert (slip.forwards, slip.sent_from, slip.service, slip.adviser, slip.news) == (1, "jus", "nav", None, True)


def test_the_three_nearest_times_of_nav_are_those_of_journey_1(seeds: dict[str, SeededSlip], hub: Hub) -> None:
    day = Day(frozenset(claimed(seeds, hub)))
    free = [slot for slot in timetable.coming(hub, "nav", files.OPENS) if fits("A01", "A", slot, day, hub)]
    found = [slot.starts for slot in choices(None, free)]
    assert found == [local(hub, "2027-01-14", clock) for clock in ("09:00", "10:30", "11:00")]
