"""Proposed times: held for a while, answered by the other side, and what becomes of the promise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import calendar, doors
from bot.domain.people import Inmate
from bot.domain.refusals import ExtendedAlready, MoveNotPossible, OfferEnded, Stale, TalkBegun, TooShortNotice
from bot.domain.slips import offers as rules
from bot.domain.slips import promises, sending
from bot.domain.slips import slips as slip_rules
from bot.domain.slips.slips import Draft, Reason, Side, Slip, State
from tests.hub.real_turns import demo_hub

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
WAITING = sending.send("FJ-1", Draft("nav"), Inmate("A01", "A", "Furu", "nb"), HUB, NOW)
BOOKED = replace(slip_rules.book(WAITING, "N1"), news=False)


@given(st.sampled_from([Side.INMATE, Side.ADVISER]), st.timedeltas(timedelta(minutes=1), timedelta(days=40)))
def test_an_offer_holds_a_day_at_most_and_ends_two_hours_before_its_time_while_doors_are_open(
    by: Side, ahead: timedelta
) -> None:
    starts = NOW + ahead
    until = doors.reachable_until(HUB, "A", min(NOW + timedelta(hours=24), starts - timedelta(hours=2)))
    if until <= NOW:
        with pytest.raises(TooShortNotice):
            rules.offer(WAITING, "N1", starts, by, HUB, NOW)
        return
    assert rules.offer(WAITING, "N1", starts, by, HUB, NOW).offer_until == until


def there(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=HUB.zone)


@pytest.mark.parametrize(
    ("now", "starts", "until"),
    [
        (there(13, 10), there(15, 12), there(14, 10)),
        (there(13, 15), there(14, 9), there(13, 20)),
        (there(13, 15), there(14, 14, 30), there(14, 12)),
        (there(13, 7), there(15, 12), there(13, 20)),
    ],
)
def test_an_offer_ends_at_a_moment_at_which_the_doors_are_open(
    now: datetime, starts: datetime, until: datetime
) -> None:
    assert rules.offer(WAITING, "N1", starts, Side.ADVISER, HUB, now).offer_until == until


def test_a_time_to_which_nobody_could_say_yes_before_the_doors_are_locked_is_not_offered() -> None:
    with pytest.raises(TooShortNotice):
        rules.offer(WAITING, "N1", there(14, 9), Side.ADVISER, HUB, there(13, 21))


def offered(by: Side, slip: Slip = WAITING) -> Slip:
    return rules.offer(slip, "N1", NOW + timedelta(days=1), by, HUB, NOW)


@pytest.mark.parametrize("by", [Side.INMATE, Side.ADVISER])
def test_only_the_other_side_answers_an_offer(by: Side) -> None:
    other = Side.ADVISER if by is Side.INMATE else Side.INMATE
    with pytest.raises(MoveNotPossible):
        rules.accept(offered(by), by, NOW)
    with pytest.raises(MoveNotPossible):
        rules.decline(offered(by), by)
    assert rules.accept(offered(by), other, NOW).state is State.BOOKED
    assert rules.decline(offered(by), other).state is State.WAITING


@pytest.mark.parametrize(("by", "news"), [(Side.INMATE, False), (Side.ADVISER, True)])
def test_the_inmate_has_news_of_what_the_adviser_did(by: Side, news: bool) -> None:
    theirs = offered(Side.ADVISER if by is Side.INMATE else Side.INMATE)
    told = [offered(by), rules.accept(theirs, by, NOW), rules.decline(theirs, by)]
    assert [slip.news for slip in told] == [news] * 3
    assert rules.expire(offered(by)).news


def test_a_yes_comes_before_the_offer_has_ended_or_not_at_all() -> None:
    slip = offered(Side.ADVISER)
    assert slip.offer_until
    assert rules.accept(slip, Side.INMATE, slip.offer_until - timedelta(seconds=1)).state is State.BOOKED
    with pytest.raises(OfferEnded):
        rules.accept(slip, Side.INMATE, slip.offer_until)


def test_a_declined_or_expired_offer_keeps_the_promise() -> None:
    after = [rules.decline(offered(Side.ADVISER), Side.INMATE), rules.expire(offered(Side.INMATE))]
    assert [(each.answer_by, each.half_at) for each in after] == [(WAITING.answer_by, WAITING.half_at)] * 2


@pytest.mark.parametrize(("by", "days"), [(Side.INMATE, 5), (Side.ADVISER, 2)])
def test_whoever_loses_a_booked_time_gets_a_new_promise(by: Side, days: int) -> None:
    later = NOW + timedelta(hours=3)
    cancelled = rules.cancel(BOOKED, by, Reason.ILL, NOW + timedelta(days=1), HUB, later)
    moved = rules.offer(BOOKED, "N1", NOW + timedelta(days=1), by, HUB, later)
    new = calendar.answer_by(HUB, later, days)
    assert [(each.state, each.answer_by) for each in (cancelled, moved)] == [
        (State.WAITING, new),
        (State.OFFERED, new),
    ]


def test_the_sorry_for_an_earlier_promise_is_not_said_again_after_a_time_was_given_back() -> None:
    late = replace(BOOKED, broken=1)
    cancelled = rules.cancel(late, Side.ADVISER, Reason.ILL, NOW + timedelta(days=1), HUB, NOW)
    assert (cancelled.state, cancelled.broken) == (State.WAITING, 0)


def test_a_talk_that_has_begun_is_not_cancelled() -> None:
    with pytest.raises(TalkBegun):
        rules.cancel(BOOKED, Side.ADVISER, Reason.ILL, NOW, HUB, NOW)


def test_more_time_is_given_once_and_only_later_than_promised() -> None:
    with pytest.raises(Stale):
        promises.extend(WAITING, 5, HUB, NOW)
    later = promises.extend(WAITING, 10, HUB, NOW)
    assert (later.answer_by, later.news, later.extended) == (calendar.answer_by(HUB, NOW, 10), True, True)
    with pytest.raises(ExtendedAlready):
        promises.extend(later, 10, HUB, NOW + timedelta(days=3))
