"""How a talk went is told, or found out: no slip is left without a promise because nobody said anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import calendar
from bot.domain.people import Inmate
from bot.domain.refusals import MoveNotPossible, Refusal, TalkAhead
from bot.domain.slips import offers, owners, promises, quiet, sending, slips
from bot.domain.slips import talks as rules
from bot.domain.slips.slips import Draft, Move, Reason, Side, Slip, State
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking, Outcome
from tests.handlers.said.test_slips import Life, lived
from tests.hub.real_turns import demo_hub
from tests.strategies import BOOKABLE, LIVES

HUB = demo_hub()
TO_LAPSE = [(each, timedelta(0), "nav", "N1", Reason.ILL) for each in (Move.BOOK, Move.LAPSE)]
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
TALK = Booking("FJ-1", "A01", "A", timetable.slot_with(HUB, "nav.N1.R1.2701141000"))
ENDS = TALK.slot.ends


def booked(**changes: object) -> Slip:
    sent = sending.send("FJ-1", Draft("nav", wish="x"), Inmate("A01", "A", "Furu", "nb"), HUB, NOW)
    return replace(slips.book(sent, "N1"), **changes)  # type: ignore[arg-type] # named fields


def lapsed() -> Slip:
    return rules.lapse(booked(extended=True, broken=1, sent_from="sos"), HUB, rules.told_by(HUB, TALK))


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
    slip, now = booked(extended=True, broken=1, sent_from="sos"), rules.told_by(HUB, TALK)
    assert lapsed() == replace(
        slip,
        state=State.WAITING,
        revision=slip.revision + 1,
        service="sos",
        adviser=None,
        sent_from=None,
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
    assert found_out(lapsed()).state is State.HELD
    taken = owners.take(lapsed(), "SK1")
    assert found_out(sending.forward(taken, HUB.services["nav"], HUB)).state is State.HELD
    for outcome in set(Outcome) - {Outcome.UNTOLD, Outcome.DENIED}:
        with pytest.raises(MoveNotPossible):
            found_out(taken, outcome=outcome)
    for other in (sending.forward(taken, HUB.services["gjeld"], HUB), slips.answer(taken, "letter", "SK1"), booked()):
        with pytest.raises(MoveNotPossible):
            found_out(other)


def found_out(slip: Slip, by: Side = Side.ADVISER, outcome: Outcome = Outcome.UNTOLD) -> Slip:
    return rules.find_out(slip, replace(TALK, outcome=outcome), HUB, ENDS, by)


WHILE_IT_WAITS: dict[str, Callable[[Slip, datetime], Slip]] = {
    "take": lambda slip, _now: owners.take(slip, "SK1"),
    "release": lambda slip, _now: owners.release(slip),
    "extend": lambda slip, now: promises.extend(slip, 10, HUB, now),
    "break": lambda slip, now: promises.break_promise(slip, HUB, now),
    "back": lambda slip, _now: sending.forward(slip, HUB.services["nav" if slip.service == "sos" else "sos"], HUB),
    "propose": lambda slip, now: offers.offer(slip, "SK1", now + timedelta(days=1), Side.ADVISER, HUB, now),
    "decline": lambda slip, _now: offers.decline(slip, Side.INMATE),
    "expire": lambda slip, _now: offers.expire(slip),
    "seen": lambda slip, _now: slips.seen(slip),
}


DEEDS = st.lists(st.sampled_from(sorted(WHILE_IT_WAITS)), max_size=12)


@given(DEEDS, st.sampled_from((Outcome.UNTOLD, Outcome.DENIED)))
def test_a_talk_can_be_found_out_whatever_happens_while_the_slip_waits(deeds: list[str], outcome: Outcome) -> None:
    now = rules.told_by(HUB, TALK)
    slip = lapsed() if outcome is Outcome.UNTOLD else rules.renew(booked(), ENDS, HUB, ENDS)
    for deed in deeds:
        try:
            slip = WHILE_IT_WAITS[deed](slip, now)
        except Refusal:
            continue
        if slip.state is State.WAITING:
            assert rules.to_find_out(slip, replace(TALK, outcome=outcome), HUB)
            for by in (Side.ADVISER, Side.INMATE):
                after = found_out(slip, by, outcome)
                assert (after.state, after.news) == (State.HELD, by is Side.ADVISER)


@given(BOOKABLE, LIVES)
@example("sos", [(Move.FORWARD, timedelta(0), "nav", "N1", Reason.ILL), *TO_LAPSE])
@example("gjeld", [(Move.FORWARD, timedelta(0), "nav", "N1", Reason.ILL), *TO_LAPSE])
def test_no_slip_is_said_to_be_sent_on_by_who_has_it_nor_by_anybody_where_nobody_told(
    service: str, lives: list[Life]
) -> None:
    for slip, _booking, _now in lived(service, lives):
        assert slip.sent_from != slip.service
        assert slip.last is not Move.LAPSE or slip.sent_from is None


def test_that_a_talk_took_place_is_no_news_to_who_was_there_and_is_to_who_waits() -> None:
    assert not rules.hold(booked(news=True), TALK.slot.starts, ENDS).news
    assert not rules.hold(booked(news=True), TALK.slot.starts, ENDS, Side.INMATE).news
    assert found_out(lapsed()).news
    assert not found_out(lapsed(), Side.INMATE).news


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
    slip = booked(state=State.NOT_HELD, last_at=NOW, news=False)
    assert str(quiet.heard_until(slip, HUB, now)) == until
    unread = quiet.heard_until(replace(slip, news=True), HUB, now)
    assert unread == calendar.today(HUB, now) + quiet.QUIET_FOR
    assert (quiet.quiet_since(HUB, now) > NOW) == (str(calendar.today(HUB, now)) > "2027-01-27")
