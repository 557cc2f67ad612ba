"""What people type from a paper: its number, and when it was written."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import InTheFuture, PaperNumberUnknown, PaperTimeUnknown, PaperTooOld, Refusal
from bot.domain.slips import paper_slips as rules

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2027, 1, 13, 10, 0, tzinfo=OSLO)
PRISONS = {"FJ", "NV"}
RECENT = st.integers(0, 59 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))


def at(day: int, hour: int, minute: int = 0, month: int = 1, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("FJ-P001", ("FJ", 1)),
        ("fj-p001", ("FJ", 1)),
        (" NV-P12 ", ("NV", 12)),
        ("FJ P7", ("FJ", 7)),
        ("FJP7", ("FJ", 7)),
        ("P1", (None, 1)),
        ("17", (None, 17)),
        ("0017", (None, 17)),
        ("FJ-12345", ("FJ", 12345)),
    ],
)
def test_a_number_is_read_as_people_type_it(text: str, number: tuple[str | None, int]) -> None:
    assert rules.number_of(text, PRISONS) == number


@pytest.mark.parametrize(
    "text", ["", "FJ", "P", "0", "P000", "OS-P001", "1 2", "12.1.", "FJ-P001x", "१", "123456", "-1"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(PaperNumberUnknown):
        rules.number_of(text, PRISONS)


@given(st.sampled_from(sorted(PRISONS)), st.integers(1, 99999))
def test_a_number_as_it_is_kept_is_read_back(prison: str, count: int) -> None:
    assert rules.number_of(rules.name_of(prison, count), PRISONS) == (prison, count)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12.1. 17.30", at(12, 17, 30)),
        ("12.1 17:30", at(12, 17, 30)),
        ("12.01.2027 kl 17:30", at(12, 17, 30)),
        ("12.1.2027 kl. 17.30", at(12, 17, 30)),
        ("12.1.27, 17.30", at(12, 17, 30)),
        ("12/1 17.30", at(12, 17, 30)),
        ("2027-01-12 17:30", at(12, 17, 30)),
        ("2027-01-12T17:30", at(12, 17, 30)),
        ("i går 18.00", at(12, 18)),
        ("I GÅR kl 18.00", at(12, 18)),
        ("igår 18:00", at(12, 18)),
        ("yesterday at 18:00", at(12, 18)),
        ("i dag 9.15", at(13, 9, 15)),
        ("9.15", at(13, 9, 15)),
        ("kl 9.15", at(13, 9, 15)),
        ("12.1.", at(12, 12)),
        ("i går", at(12, 12)),
        ("i dag", NOW),
        ("30.12. 8.00", at(30, 8, month=12, year=2026)),
        ("  12.1.   17.30 ", at(12, 17, 30)),
    ],
)
def test_a_time_is_read_as_people_type_it(text: str, moment: datetime) -> None:
    assert rules.written_at(text, NOW, OSLO) == moment


def test_a_time_alone_is_of_the_day_that_was_kept() -> None:
    assert rules.written_at("18.15", NOW, OSLO, date(2027, 1, 11)) == at(11, 18, 15)
    assert rules.written_at("i dag 9.00", NOW, OSLO, date(2027, 1, 11)) == at(13, 9)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("13.1. 10.01", InTheFuture),
        ("14.1. 8.00", InTheFuture),
        ("i dag 23.59", InTheFuture),
        ("13.1.2028 10.00", InTheFuture),
        ("13.1.2026 10.00", PaperTooOld),
        ("1.11. 10.00", PaperTooOld),
        ("0001-01-01", PaperTooOld),
        ("32.1. 10.00", PaperTimeUnknown),
        ("29.2.2027 10.00", PaperTimeUnknown),
        ("12.13. 10.00", PaperTimeUnknown),
        ("12.1. 24.00", PaperTimeUnknown),
        ("12.1. 17.60", PaperTimeUnknown),
        ("0.0. 10.00", PaperTimeUnknown),
        ("tirsdag", PaperTimeUnknown),
        ("17", PaperTimeUnknown),
        ("", PaperTimeUnknown),
        ("१२.१. १७.३०", PaperTimeUnknown),
        ("12.1. 17.30; DROP TABLE slips", PaperTimeUnknown),
    ],
)
def test_what_cannot_be_is_refused(text: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.written_at(text, NOW, OSLO)


@pytest.mark.parametrize("form", ["{:%d.%m.%Y %H.%M}", "{:%d.%m. kl. %H:%M}", "{:%Y-%m-%d %H:%M}", "{:%d/%m %H.%M}"])
@given(moment=RECENT)
def test_whatever_the_form_the_moment_is_read_back(form: str, moment: datetime) -> None:
    assert rules.written_at(form.format(moment), NOW, OSLO) == moment


@given(st.text(alphabet="0123456789.:/- iågdklkyesterday,T", max_size=24))
def test_whatever_is_typed_is_a_time_within_sixty_days_or_a_named_refusal(text: str) -> None:
    with suppress(InTheFuture, PaperTimeUnknown, PaperTooOld):
        assert NOW - rules.OLDEST <= rules.written_at(text, NOW, OSLO) <= NOW


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_the_buttons_never_name_a_time_ahead(minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert rules.checked(rules.earlier_today(now, OSLO), now) <= now
    assert rules.checked(rules.yesterday(now, OSLO), now) < now


def test_the_sixtieth_day_counts_and_the_next_minute_does_not() -> None:
    assert rules.checked(NOW - rules.OLDEST, NOW) == NOW - rules.OLDEST
    with pytest.raises(PaperTooOld):
        rules.checked(NOW - rules.OLDEST - timedelta(minutes=1), NOW)


@pytest.mark.parametrize(
    ("role", "units", "may"),
    [
        (Role.OFFICER, "A", True),
        (Role.SOCIAL_ADVISER, "A", True),
        (Role.SOCIAL_ADVISER, "B", False),
        (Role.COORDINATOR, "A", True),
        (Role.COORDINATOR, "B", False),
        (Role.PROVIDER, "A", False),
        (Role.ADMIN, "A", False),
    ],
)
def test_papers_are_typed_by_who_takes_care_of_somebody(role: Role, units: str, may: bool) -> None:
    inmate = Inmate("A01", "A", "Furu", "nb", officer="X")
    assert rules.may_type(Person("X", role, "Noen", "nb", units=frozenset(units)), inmate) is may


def test_an_officer_types_no_papers_of_other_officers_inmates() -> None:
    inmate = Inmate("A01", "A", "Furu", "nb", officer="Y")
    assert not rules.may_type(Person("X", Role.OFFICER, "Noen", "nb", units=frozenset("A")), inmate)
