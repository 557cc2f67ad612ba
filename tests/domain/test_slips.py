"""A slip's life is the table's, whatever happens to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from bot.domain import calendar
from bot.domain import slips as rules
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import (
    MoveNotPossible,
    NotYours,
    Refusal,
    ServiceNotBookable,
    Stale,
    TalkAhead,
    TalkBegun,
)
from bot.domain.slips import OPEN, SLIP_MOVES, Draft, Move, Reason, Slip, State
from tests.real_turns import demo_hub
from tests.strategies import BOOKABLE, DRAFTS, LIVES, MOMENTS

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
INMATE = Inmate("A01", "A", "Furu", "nb")


def slip_in(state: State, service: str = "nav") -> Slip:
    sent = rules.send("FJ-1", Draft(service), INMATE, HUB, NOW)
    return replace(sent, state=state)


DEEDS: dict[Move, Callable[[Slip], Slip]] = {
    Move.TAKE: lambda slip: rules.take(slip, "N2"),
    Move.RELEASE: rules.release,
    Move.BOOK: lambda slip: rules.book(slip, "N1"),
    Move.FORWARD: lambda slip: rules.forward(slip, HUB.services["gjeld"], HUB),
    Move.BREAK: lambda slip: rules.break_promise(slip, HUB, NOW),
    Move.HOLD: lambda slip: rules.hold(slip, NOW, NOW),
    Move.MISS: lambda slip: rules.miss(slip, Reason.ILL, NOW, NOW),
    Move.AGAIN: lambda slip: rules.again(slip, HUB, NOW),
    Move.CLOSE: rules.close,
    Move.WITHDRAW: lambda slip: rules.withdraw(slip, None, NOW),
}


def test_every_move_of_the_table_has_its_deed_and_every_state_its_line() -> None:
    assert (set(DEEDS), set(SLIP_MOVES)) == (set(Move), set(State))


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_slip_moves_as_the_table_says_and_in_no_other_way(state: State, move: Move) -> None:
    slip = slip_in(state)
    target = SLIP_MOVES[state].get(move)
    if target is None:
        with pytest.raises(MoveNotPossible) as refused:
            DEEDS[move](slip)
        assert refused.value.args == (state, move)
    else:
        after = DEEDS[move](slip)
        assert (after.state, after.revision, after.code) == (target, slip.revision + 1, slip.code)


def test_open_are_the_states_that_something_can_still_happen_to() -> None:
    assert {State.WAITING, State.BOOKED, State.NOT_HELD} == OPEN


def test_a_new_slip_waits_with_the_promise_of_its_service() -> None:
    assert rules.send("FJ-1", Draft("nav", "penger", "nav.N1.R1.2701140800", "N1"), INMATE, HUB, NOW) == Slip(
        code="FJ-1",
        inmate="A01",
        unit="A",
        service="nav",
        topic="penger",
        wish="nav.N1.R1.2701140800",
        adviser="N1",
        state=State.WAITING,
        sent_at=NOW,
        answer_by=datetime(2027, 1, 20, 14, tzinfo=UTC),
    )


def test_a_service_that_is_still_coming_takes_no_slips_and_the_social_adviser_does() -> None:
    with pytest.raises(ServiceNotBookable):
        rules.send("FJ-1", Draft("helse"), INMATE, HUB, NOW)
    assert rules.send("FJ-1", Draft("sos"), INMATE, HUB, NOW).service == "sos"


def test_a_forwarded_slip_keeps_code_place_in_line_and_promise() -> None:
    slip = replace(slip_in(State.WAITING), adviser="N1", topic="penger")
    assert rules.forward(slip, HUB.services["gjeld"], HUB) == replace(
        slip, service="gjeld", adviser=None, forwards=1, sent_from="nav", news=True, revision=2
    )


def test_after_two_forwards_a_slip_goes_to_the_social_adviser_wherever_it_is_sent() -> None:
    slip = slip_in(State.WAITING)
    places = []
    for to in ("gjeld", "bolig", "nav"):
        slip = rules.forward(slip, HUB.services[to], HUB)
        places.append(slip.service)
    assert places == ["gjeld", "bolig", "sos"]


def test_the_social_adviser_sends_on_without_using_up_a_forward() -> None:
    after = rules.forward(slip_in(State.WAITING, "sos"), HUB.services["bolig"], HUB)
    assert (after.service, after.forwards, after.sent_from) == ("bolig", 0, "sos")


@pytest.mark.parametrize("service", ["nav", "sos"])
def test_a_slip_is_not_forwarded_to_where_it_is(service: str) -> None:
    with pytest.raises(MoveNotPossible):
        rules.forward(slip_in(State.WAITING, service), HUB.services[service], HUB)


def test_a_slip_is_not_forwarded_to_a_service_that_is_still_coming() -> None:
    with pytest.raises(ServiceNotBookable):
        rules.forward(slip_in(State.WAITING), HUB.services["helse"], HUB)


def test_a_promise_broken_once_stays_with_its_service_and_twice_goes_to_the_social_adviser() -> None:
    slip = replace(slip_in(State.WAITING), adviser="N1")
    once = rules.break_promise(slip, HUB, slip.answer_by)
    twice = rules.break_promise(once, HUB, once.answer_by)
    assert [(each.service, each.adviser, each.broken, each.sent_from, each.news) for each in (once, twice)] == [
        ("nav", "N1", 1, None, True),
        ("sos", None, 2, "nav", True),
    ]
    assert [once.answer_by, twice.answer_by] == [
        calendar.answer_by(HUB, slip.answer_by, 2),
        calendar.answer_by(HUB, once.answer_by, 2),
    ]


def test_the_social_adviser_keeps_what_they_have_however_often_the_promise_breaks() -> None:
    slip = slip_in(State.WAITING, "sos")
    for _ in range(3):
        slip = rules.break_promise(slip, HUB, slip.answer_by)
    assert (slip.service, slip.broken, slip.sent_from) == ("sos", 3, None)


def test_a_new_time_is_asked_for_with_a_new_promise_and_the_same_adviser() -> None:
    missed = rules.miss(replace(slip_in(State.BOOKED), adviser="N1", wish="x", broken=1), Reason.ILL, NOW, NOW)
    later = NOW + timedelta(days=7)
    assert rules.again(missed, HUB, later) == replace(
        missed,
        state=State.WAITING,
        revision=3,
        wish=None,
        reason=None,
        broken=0,
        answer_by=calendar.answer_by(HUB, later, 5),
    )


def test_a_slip_that_is_let_be_is_closed() -> None:
    missed = rules.miss(slip_in(State.BOOKED), Reason.NO_ESCORT, NOW, NOW)
    assert rules.close(missed) == replace(missed, state=State.CLOSED, revision=3)


def test_nobody_knows_whether_a_talk_was_held_before_it_begins() -> None:
    with pytest.raises(TalkAhead):
        rules.hold(slip_in(State.BOOKED), NOW, NOW - timedelta(seconds=1))
    assert rules.hold(slip_in(State.BOOKED), NOW, NOW).state is State.HELD


def test_a_slip_cannot_be_taken_back_once_its_talk_has_begun() -> None:
    with pytest.raises(TalkBegun):
        rules.withdraw(slip_in(State.BOOKED), NOW, NOW)
    assert rules.withdraw(slip_in(State.BOOKED), NOW, NOW - timedelta(seconds=1)).state is State.WITHDRAWN


def test_a_press_on_what_has_changed_is_stale() -> None:
    slip = slip_in(State.WAITING)
    assert rules.as_shown(slip, 1) == slip
    with pytest.raises(Stale):
        rules.as_shown(slip, 2)


def test_a_slip_is_its_inmates_alone() -> None:
    slip = slip_in(State.WAITING)
    assert rules.owned_by_inmate(slip, "A01") == slip
    with pytest.raises(NotYours):
        rules.owned_by_inmate(slip, "A02")


@pytest.mark.parametrize(
    ("taken_by", "adviser", "services", "owns"),
    [
        (None, "N1", {"nav"}, True),
        ("N1", "N1", {"nav"}, True),
        ("N2", "N1", {"nav"}, False),
        (None, "G1", {"gjeld"}, False),
        (None, "G1", set(), False),
    ],
)
def test_a_slip_is_answered_by_its_service_or_by_who_has_taken_it(
    taken_by: str | None, adviser: str, services: set[str], owns: bool
) -> None:
    slip = replace(slip_in(State.WAITING), adviser=taken_by)
    person = Person(adviser, Role.PROVIDER, adviser, "nb", frozenset(services), frozenset({slip.unit}))
    if owns:
        assert rules.owned_by_adviser(slip, person) == slip
    else:
        with pytest.raises(NotYours):
            rules.owned_by_adviser(slip, person)
    elsewhere = replace(person, units=frozenset({"Z"}))
    with pytest.raises(NotYours):
        rules.owned_by_adviser(slip, elsewhere)


def test_reading_news_changes_no_meaning() -> None:
    slip = replace(slip_in(State.BOOKED), news=True)
    assert rules.seen(slip) == replace(slip, news=False)


def played(slip: Slip, life: tuple[Move, timedelta, str, str, Reason], now: datetime) -> Slip:
    move, _, service, adviser, reason = life
    deeds: dict[Move, Callable[[], Slip]] = {
        **{each: (lambda each=each: DEEDS[each](slip)) for each in (Move.CLOSE, Move.WITHDRAW, Move.RELEASE)},  # type: ignore[misc]
        Move.TAKE: lambda: rules.take(slip, adviser),
        Move.BOOK: lambda: rules.book(slip, adviser),
        Move.FORWARD: lambda: rules.forward(slip, HUB.services[service], HUB),
        Move.BREAK: lambda: rules.break_promise(slip, HUB, now),
        Move.HOLD: lambda: rules.hold(slip, now, now),
        Move.MISS: lambda: rules.miss(slip, reason, NOW, NOW),
        Move.AGAIN: lambda: rules.again(slip, HUB, now),
    }
    return deeds[move]()


def check_a_move(before: Slip, after: Slip, move: Move, now: datetime) -> None:
    assert after.revision == before.revision + 1
    assert after.state is SLIP_MOVES[before.state][move]
    assert (after.code, after.inmate, after.unit, after.sent_at) == (
        before.code,
        before.inmate,
        before.unit,
        before.sent_at,
    )
    assert HUB.takes_slips(HUB.services[after.service])
    if after.forwards > rules.MOST_FORWARDS and move is Move.FORWARD and before.service != HUB.triage:
        assert after.service == HUB.triage
    if after.answer_by != before.answer_by:
        assert move in {Move.BREAK, Move.AGAIN}
        assert after.answer_by > now


@given(DRAFTS, MOMENTS, LIVES)
def test_whatever_happens_a_slip_stays_whole(
    draft: Draft, now: datetime, lives: list[tuple[Move, timedelta, str, str, Reason]]
) -> None:
    slip = rules.send("FJ-1", draft, INMATE, HUB, now)
    assert slip.answer_by > now
    for life in lives:
        now += life[1]
        before = slip
        try:
            slip = played(slip, life, now)
        except Refusal:
            assert life[0] is Move.FORWARD or not SLIP_MOVES[slip.state].get(life[0])
        else:
            check_a_move(before, slip, life[0], now)


@given(BOOKABLE, LIVES)
def test_between_two_visits_to_the_social_adviser_a_slip_is_sent_on_at_most_twice(
    service: str, lives: list[tuple[Move, timedelta, str, str, Reason]]
) -> None:
    slip = rules.send("FJ-1", Draft(service), INMATE, HUB, NOW)
    in_a_row = 0
    for life in lives:
        if life[0] is not Move.FORWARD or life[2] == slip.service:
            continue
        slip = played(slip, life, NOW)
        in_a_row = 0 if slip.service == HUB.triage else in_a_row + 1
        assert in_a_row <= rules.MOST_FORWARDS
