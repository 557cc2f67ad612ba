"""Slots, the ids that name them, and the buttons that carry the ids."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import timetable
from bot.domain.refusals import SlotUnknown
from bot.domain.services import Hours, Hub, Session
from bot.domain.timetable import Slot
from handlers.table import FIELDS
from tests.real_turns import demo_hub

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
THURSDAY = date(2027, 1, 14)
MOST_BYTES = 64
MOST_CODE, MOST_REVISION = "FJD-1234567", 999_999
KEYS = st.text("abcxyzABC0189", min_size=1)


def hub_with(session: Session) -> Hub:
    return replace(HUB, sessions=(session,))


def session_on(day: date, *hours: tuple[time, time], minutes: int = 30, every: int = 30) -> Session:
    return Session("nav", "N1", "R1", day, tuple(Hours(*each) for each in hours), minutes, every)


def test_a_session_is_cut_into_slots_that_end_in_time() -> None:
    session = session_on(THURSDAY, (time(9), time(12)), minutes=50, every=60)
    starts = [slot.starts for slot in timetable.slots_of(HUB, session)]
    assert starts == [datetime(2027, 1, 14, hour, tzinfo=UTC) for hour in (8, 9, 10)]


def test_what_does_not_fit_into_the_hours_is_no_slot() -> None:
    assert list(timetable.slots_of(HUB, session_on(THURSDAY, (time(9), time(9, 29))))) == []


def test_a_pause_between_two_hours_stays_free() -> None:
    session = session_on(THURSDAY, (time(11, 30), time(12)), (time(13), time(13, 30)))
    assert [slot.starts.hour for slot in timetable.slots_of(HUB, session)] == [10, 12]


def test_summer_and_winter_slots_stand_at_the_same_time_on_the_wall() -> None:
    days = (date(2028, 3, 24), date(2028, 3, 27))
    slots = [next(timetable.slots_of(HUB, session_on(day, (time(9), time(12))))) for day in days]
    assert [slot.starts.hour for slot in slots] == [8, 7]
    assert [slot.starts.astimezone(HUB.zone).hour for slot in slots] == [9, 9]


def test_the_coming_slots_begin_with_the_nearest_that_has_not_started() -> None:
    half_past_ten = datetime(2027, 1, 14, 9, 30, tzinfo=UTC)
    first = timetable.coming(HUB, "nav", half_past_ten)[0]
    assert first.starts == half_past_ten + timedelta(minutes=30)


def test_a_slot_is_named_by_what_it_is() -> None:
    first = timetable.coming(HUB, "nav", NOW)[0]
    assert (first.id, first) == (
        "nav.N1.R1.2701140800",
        Slot(datetime(2027, 1, 14, 8, tzinfo=UTC), datetime(2027, 1, 14, 8, 30, tzinfo=UTC), "nav", "N1", "R1"),
    )


@pytest.mark.parametrize("service", [key for key, service in HUB.services.items() if service.bookable])
def test_every_slot_is_found_again_by_its_id(service: str) -> None:
    slots = timetable.coming(HUB, service, NOW)
    assert slots
    assert [timetable.slot_with(HUB, slot.id) for slot in slots] == slots
    assert [timetable.starts_of(slot.id) for slot in slots] == [slot.starts for slot in slots]
    assert len({slot.id for slot in slots}) == len(slots)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        ".",
        "nav",
        "nav.N1.R1.",
        "nav.N1.R1.2701149999",
        "nav.N1.R1.2701140805",
        "nav.N1.R2.2701140800",
        "nav.N2.R1.2701210800",
        "gjeld.N1.R1.2701140800",
        "nav.N1.R1.9901140800",
        "nav.N1.R1.٢٧٠١١٤٠٨٠٠",
    ],
)
def test_a_slot_that_the_timetable_does_not_have_is_refused(forged: str) -> None:
    with pytest.raises(SlotUnknown):
        timetable.slot_with(HUB, forged)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2068, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  made aware
    st.text("abcxyz", min_size=1, max_size=9),
)
def test_the_start_of_a_slot_can_be_read_out_of_its_id(moment: datetime, service: str) -> None:
    starts = moment.replace(second=0, microsecond=0)
    slot = Slot(starts, starts + timedelta(minutes=30), service, "N1", "R1")
    assert timetable.starts_of(slot.id) == starts


def test_the_two_hours_of_an_autumn_night_have_different_ids() -> None:
    hours = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    ids = {Slot(starts, starts + timedelta(minutes=30), "nav", "N1", "R1").id for starts in hours}
    assert len(ids) == len(hours)


def test_the_longest_button_with_a_slot_fits_into_what_a_network_carries() -> None:
    longest = int(FIELDS["slot"].rpartition(",")[2].rstrip("}"))
    for data in (
        f"set:{MOST_CODE}:{'x' * longest}:{MOST_REVISION}",
        f"wish:{'9' * 9}:{'x' * longest}",
    ):
        assert len(data.encode()) <= MOST_BYTES


def test_every_slot_of_the_demo_fits_the_pattern_of_its_buttons() -> None:
    longest = max(
        len(f"set:{MOST_CODE}:{slot.id}:{MOST_REVISION}")
        for service in HUB.services
        for slot in timetable.coming(HUB, service, NOW)
    )
    assert longest <= MOST_BYTES
