"""Slots, the ids that name them, and the buttons that carry the ids."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import DayClosed, Refusal, SessionClash, SessionGone, SessionPast, SessionTooShort, SlotUnknown
from bot.domain.services import Hours, Hub, Session
from bot.domain.timetable import timetable
from bot.domain.timetable.timetable import Slot
from handlers.chat.lines import FIELDS
from tests.hub.real_turns import demo_hub
from tests.strategies import PLANS

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


# ── sessions that are added and moved ─────────────────────────────────────────────────────────────────────────────

BARE = replace(HUB, sessions=())
MORNING = (time(9), time(12))


def standing(hub: Hub, *sessions: Session) -> Hub:
    return replace(hub, sessions=(*hub.sessions, *sessions))


def test_a_session_can_be_added_where_nothing_is_in_its_way() -> None:
    session = session_on(THURSDAY, MORNING)
    assert timetable.add(BARE, session, NOW) == session


@pytest.mark.parametrize(
    ("session", "refusal"),
    [
        (session_on(date(2027, 1, 13), MORNING), SessionPast),
        (session_on(date(2026, 1, 14), MORNING), SessionPast),
        (session_on(date(2027, 3, 25), MORNING), DayClosed),
        (session_on(THURSDAY, (time(9), time(9, 25))), SessionTooShort),
    ],
    ids=["begun", "last year", "Maundy Thursday", "too short"],
)
def test_what_cannot_stand_in_the_timetable_is_refused(session: Session, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        timetable.add(BARE, session, NOW)


@pytest.mark.parametrize(
    ("other", "clashes"),
    [
        ({"room": "R2"}, True),
        ({"adviser": "G1", "service": "gjeld"}, True),
        ({"adviser": "N2"}, False),
        ({"adviser": "G1", "service": "gjeld", "room": "R2"}, False),
        ({"adviser": "SK1", "service": "sos", "room": "CELL"}, False),
        ({"day": date(2027, 1, 15)}, False),
        ({"hours": (Hours(time(12), time(13)),)}, False),
        ({"hours": (Hours(time(11, 55), time(13)),), "room": "R2"}, True),
    ],
    ids=["adviser", "room", "colleague", "others", "cell", "day", "after", "overlap"],
)
def test_no_adviser_and_no_room_is_taken_twice(other: dict[str, object], clashes: bool) -> None:
    hub, session = standing(BARE, session_on(THURSDAY, MORNING)), replace(session_on(THURSDAY, MORNING), **other)  # type: ignore[arg-type]  # named fields
    if not clashes:
        assert timetable.add(hub, session, NOW) == session
        return
    with pytest.raises(SessionClash):
        timetable.add(hub, session, NOW)


def test_a_moved_session_is_not_in_its_own_way_but_others_are() -> None:
    session, later = session_on(THURSDAY, MORNING), session_on(THURSDAY, (time(10), time(13)))
    hub = standing(BARE, session)
    assert timetable.move(hub, session, later, NOW) == later
    with pytest.raises(SessionClash):
        timetable.move(standing(hub, session_on(THURSDAY, (time(12), time(14)))), session, later, NOW)


def test_a_session_that_has_begun_is_not_moved() -> None:
    begun = session_on(date(2027, 1, 13), MORNING)
    with pytest.raises(SessionPast):
        timetable.move(standing(BARE, begun), begun, session_on(THURSDAY, MORNING), NOW)


def test_a_moved_session_has_the_same_slot_or_the_one_of_the_same_order() -> None:
    old = session_on(THURSDAY, (time(9), time(10, 30)))
    first, second, third = timetable.slots_of(HUB, old)
    later = session_on(THURSDAY, (time(13), time(14)))
    assert [timetable.in_place_of(HUB, old, later, held) for held in (first, second, third)] == [
        *timetable.slots_of(HUB, later),
        None,
    ]
    longer = session_on(THURSDAY, (time(8, 30), time(12)))
    assert [timetable.in_place_of(HUB, old, longer, held) for held in (first, third)] == [first, third]


def test_the_usual_hours_are_those_that_stand_most_often() -> None:
    once, often = (time(10), time(11)), (time(18), time(20))
    hub = standing(BARE, session_on(THURSDAY, once), *(session_on(date(2027, 1, day), often) for day in range(18, 22)))
    many = [session_on(date(2027, 1, 25), (time(hour), time(hour, 30))) for hour in range(7, 14)]
    assert timetable.usual_hours(hub) == [Hours(*once), Hours(*often)]
    assert len(timetable.usual_hours(standing(hub, *many))) == timetable.USUAL
    assert Hours(*often) in timetable.usual_hours(standing(hub, *many))


def in_two_places(hub: Hub) -> list[tuple[Session, Session]]:
    """Return the pairs of sessions that one adviser, or two services in a room for one, would hold at the same time."""
    return [
        (one, other)
        for number, one in enumerate(hub.sessions)
        for other in hub.sessions[number + 1 :]
        if timetable.span(hub, one)[0] < timetable.span(hub, other)[1]
        and timetable.span(hub, other)[0] < timetable.span(hub, one)[1]
        and (
            one.adviser == other.adviser
            or (one.room == other.room and one.service != other.service and hub.rooms[one.room].exclusive)
        )
    ]


@given(PLANS)
def test_whatever_is_added_moved_and_cancelled_nobody_is_in_two_places(plans: list[tuple[str, int, Session]]) -> None:
    hub = BARE
    for what, number, session in plans:
        there = hub.sessions[number % len(hub.sessions)] if hub.sessions else None
        others = tuple(each for each in hub.sessions if each != there)
        with suppress(SessionClash, SessionPast, SessionTooShort):
            if what == "add":
                hub = standing(hub, timetable.add(hub, session, NOW))
            elif there and what == "move":
                hub = replace(hub, sessions=(*others, timetable.move(hub, there, session, NOW)))
            elif there:
                hub = replace(hub, sessions=others)
        assert in_two_places(hub) == []
        assert len({timetable.id_of(hub, each) for each in hub.sessions}) == len(hub.sessions)
        assert all(timetable.session_with(hub, timetable.id_of(hub, each)) == each for each in hub.sessions)


def test_a_session_that_is_gone_is_refused_by_its_id() -> None:
    session = session_on(THURSDAY, MORNING)
    assert timetable.session_with(standing(BARE, session), timetable.id_of(HUB, session)) == session
    with pytest.raises(SessionGone):
        timetable.session_with(BARE, timetable.id_of(HUB, session))
