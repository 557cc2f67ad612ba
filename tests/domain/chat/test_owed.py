"""After a silence each kind of message is still worth saying, or is not, by a rule of its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chat import owed as rules
from bot.domain.chat.owed import MOMENT, WEEK, Owed, Present
from bot.domain.chat.uses import Span, Use, read
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking
from tests.hub.real_turns import demo_hub

NOW = datetime(2027, 1, 14, 8, 0, tzinfo=UTC)
PRESENT = Present(
    NOW,
    demo_hub(),
    open_slips={"FJ-1", "FJ-2"},
    half={"FJ-1"},
    broken={"FJ-2"},
    waiting={"FJ-1"},
    untold={"FJ-2"},
    news={"FJ-3"},
    theme_nights={"4"},
    notices={"5"},
    away={"telegram/7001/x"},
    closed={"K-A:2"},
)


@pytest.mark.parametrize(
    ("use", "worth"),
    [
        ("card:FJ-1", True),
        ("card:FJ-3", False),
        ("half_of_promise:FJ-1", True),
        ("half_of_promise:FJ-2", False),
        ("broken_promise:FJ-2", True),
        ("broken_promise:FJ-1", False),
        ("untold_talk:FJ-2", True),
        ("untold_talk:FJ-1", False),
        ("waiting_slip:FJ-1", True),
        ("waiting_slip:FJ-2", False),
        ("news_for_inmate:FJ-3", True),
        ("news_for_inmate:FJ-1", False),
        ("day:2027-01-14", True),
        ("day:2027-01-13", False),
        ("day_before:2027-01-15", True),
        ("day_before:2027-01-14", False),
        ("week:", True),
        ("theme_night_ahead:4", True),
        ("theme_night_ahead:3", False),
        ("theme_night_page:3", True),
        ("running_notice:5", True),
        ("running_notice:6", False),
        ("silent_chat:telegram/7001/x", True),
        ("silent_chat:telegram/7001/y", False),
        ("closed_screen:K-A:2", True),
        ("closed_screen:K-A:1", False),
        ("moment:", False),
        ("asked_today:", False),
        ("stands:", True),
    ],
)
def test_what_never_came_is_said_later_only_where_it_is_still_of_use(use: str, worth: bool) -> None:
    assert rules.still_worth_saying(Owed(read(use)), PRESENT) is worth


@pytest.mark.parametrize("use", ["stands:", "week:"])
def test_of_what_was_refused_and_is_about_nothing_that_ends_somebody_hears_for_a_week(use: str) -> None:
    moments = [NOW - WEEK, NOW - WEEK - timedelta(seconds=1), None]
    assert [rules.still_to_be_told(Owed(read(use), at), PRESENT) for at in moments] == [True, False, False]


def test_of_what_was_refused_somebody_hears_as_long_as_it_is_of_use() -> None:
    long_ago = NOW - 2 * WEEK
    uses = map(read, ("card:FJ-1", "card:FJ-9", "theme_night_ahead:4", "theme_night_ahead:3", "moment:"))
    assert [rules.still_to_be_told(Owed(use, long_ago), PRESENT) for use in uses] == [True, False, True, False, False]


def test_the_question_how_a_talk_went_is_owed_while_nobody_has_told_and_not_before_it_is_over() -> None:
    sent, promised = NOW - timedelta(days=9), NOW + timedelta(days=1)
    booked = Slip("FJ-7", "A01", "A", "nav", None, None, "N1", State.BOOKED, sent, promised)
    found = [booked, replace(booked, code="FJ-8", state=State.WAITING), replace(booked, code="FJ-9")]
    slot = timetable.slot_with(demo_hub(), "nav.N1.R1.2701140800")
    ends = {"FJ-7": NOW, "FJ-8": NOW, "FJ-9": NOW + timedelta(seconds=1)}
    times = {code: Booking(code, "A01", "A", replace(slot, ends=each)) for code, each in ends.items()}
    now = rules.present(demo_hub(), NOW, found, times, [], [], [])
    owed = [Owed(Use(Span.UNTOLD_TALK, slip.code)) for slip in found]
    assert [rules.still_worth_saying(each, now) for each in owed] == [True, False, False]


def test_the_answer_of_a_moment_is_worth_having_for_that_moment() -> None:
    just, long_ago = NOW - MOMENT, NOW - MOMENT - timedelta(seconds=1)
    assert [rules.still_worth_saying(Owed(Use(Span.MOMENT), at), PRESENT) for at in (just, long_ago)] == [True, False]


def test_a_day_that_was_asked_for_is_of_use_on_that_day() -> None:
    days = [NOW, NOW - timedelta(hours=7), NOW - timedelta(hours=10)]
    assert [rules.still_worth_saying(Owed(Use(Span.ASKED_TODAY), at), PRESENT) for at in days] == [True, True, False]
