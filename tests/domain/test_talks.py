"""How a talk went is told, or found out: no slip is left without a promise because nobody said anything."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import calendar, offers, quiet, slips, timetable
from bot.domain import talks as rules
from bot.domain.bookings import Booking
from bot.domain.people import Inmate
from bot.domain.refusals import MoveNotPossible, TalkAhead
from bot.domain.slips import Draft, Move, Side, Slip, State
from tests.real_turns import demo_hub

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
TALK = Booking("FJ-1", "A01", "A", timetable.slot_with(HUB, "nav.N1.R1.2701141000"))
ENDS = TALK.slot.ends


def booked(**changes: object) -> Slip:
    sent = slips.send("FJ-1", Draft("nav", wish="x"), Inmate("A01", "A", "Furu", "nb"), HUB, NOW)
    return replace(slips.book(sent, "N1"), **changes)  # type: ignore[arg-type] # named fields


def lapsed() -> Slip:
    return rules.lapse(booked(extended=True, broken=1), HUB, rules.told_by(HUB, TALK))


def test_the_adviser_is_asked_on_two_mornings_and_the_fifth_working_day_is_the_last() -> None:
    assert rules.asked_at(HUB, TALK) == (datetime(2027, 1, 15, 8, tzinfo=UTC), datetime(2027, 1, 19, 8, tzinfo=UTC))
    assert rules.told_by(HUB, TALK) == datetime(2027, 1, 21, 14, tzinfo=UTC)


def test_a_talk_is_over_when_it_has_ended_and_nobody_has_told() -> None:
    before = ENDS - timedelta(seconds=1)
    assert [rules.is_over(booked(), TALK, each) for each in (before, ENDS)] == [False, True]
    assert not rules.is_over(booked(state=State.HELD), TALK, ENDS)
    assert not rules.is_over(booked(), None, ENDS)


def test_whoever_says_that_there_was_no_talk_waits_with_a_new_promise_for_the_same_adviser() -> None:
    slip = booked(extended=True, broken=1, news=True)
    assert rules.renew(slip, ENDS, HUB, ENDS) == replace(
        slip,
        state=State.WAITING,
        revision=slip.revision + 1,
        wish=None,
        extended=False,
        broken=0,
        news=False,
        answer_by=calendar.answer_by(HUB, ENDS, HUB.services["sos"].promise),
        half_at=calendar.half_of(HUB, ENDS, HUB.services["sos"].promise),
        last=Move.RENEW,
        last_side=Side.INMATE,
    )
    assert rules.renew(booked(adviser="G1"), ENDS, HUB, ENDS).adviser is None


def test_nobody_can_say_so_before_the_talk_is_over() -> None:
    with pytest.raises(TalkAhead):
        rules.renew(booked(), ENDS, HUB, ENDS - timedelta(seconds=1))


def test_in_the_end_the_social_adviser_has_the_slip_with_a_new_promise_and_the_inmate_has_news() -> None:
    slip, now = booked(extended=True, broken=1), rules.told_by(HUB, TALK)
    assert lapsed() == replace(
        slip,
        state=State.WAITING,
        revision=slip.revision + 1,
        service="sos",
        adviser=None,
        wish=None,
        extended=False,
        broken=0,
        news=True,
        answer_by=calendar.answer_by(HUB, now, HUB.services["sos"].promise),
        half_at=calendar.half_of(HUB, now, HUB.services["sos"].promise),
        last=Move.LAPSE,
        last_side=Side.HUB,
    )


def test_whoever_finds_out_can_still_say_that_it_was_held_until_the_slip_is_something_else() -> None:
    assert rules.hold(lapsed(), TALK.slot.starts, ENDS).state is State.HELD
    taken = slips.take(lapsed(), "SK1")
    assert rules.hold(taken, TALK.slot.starts, ENDS).state is State.HELD
    with pytest.raises(MoveNotPossible):
        rules.hold(slips.forward(taken, HUB.services["nav"], HUB), TALK.slot.starts, ENDS)


def test_what_the_inmate_says_is_no_news_to_the_inmate() -> None:
    assert not rules.hold(booked(news=True), TALK.slot.starts, ENDS, Side.INMATE).news


def test_the_shorter_promise_is_given_after_a_time_that_was_lost_through_no_doing_of_ones_own() -> None:
    given = offers.fresh_promise(booked(), Side.ADVISER, HUB, ENDS)["answer_by"]
    assert given == min(calendar.answer_by(HUB, ENDS, HUB.services[each].promise) for each in ("nav", "sos"))


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2027, 1, 13, 9, tzinfo=UTC), "2027-01-27"),
        (datetime(2027, 1, 27, 22, tzinfo=UTC), "2027-01-27"),
        (datetime(2027, 2, 3, 9, tzinfo=UTC), "2027-02-03"),
    ],
)
def test_a_quiet_slip_can_be_answered_for_two_weeks_and_on_the_day_on_which_it_is_read(
    now: datetime, until: str
) -> None:
    slip = booked(state=State.NOT_HELD, last_at=NOW)
    assert str(quiet.heard_until(slip, HUB, now)) == until
    assert (quiet.quiet_since(HUB, now) > NOW) == (str(calendar.today(HUB, now)) > "2027-01-27")
