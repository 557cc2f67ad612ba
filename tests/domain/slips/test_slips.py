"""A slip's life is the table's, whatever happens to it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from bot.domain import calendar
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import (
    MoveNotPossible,
    NothingToUndo,
    NotYours,
    Refusal,
    ServiceNotBookable,
    Stale,
    TalkAhead,
    TalkBegun,
)
from bot.domain.slips import offers, owners, promises, sending, talks, undoing
from bot.domain.slips import slips as rules
from bot.domain.slips.slips import OPEN, SLIP_MOVES, Draft, Move, Reason, Side, Slip, State
from tests.hub.real_turns import demo_hub
from tests.strategies import BOOKABLE, DRAFTS, LIVES, MOMENTS

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
INMATE = Inmate("A01", "A", "Furu", "nb")


def slip_in(state: State, service: str = "nav") -> Slip:
    sent = sending.send("FJ-1", Draft(service), INMATE, HUB, NOW)
    return replace(sent, state=state)


DEEDS: dict[Move, Callable[[Slip], Slip]] = {
    Move.TAKE: lambda slip: owners.take(slip, "N2"),
    Move.RELEASE: owners.release,
    Move.BOOK: lambda slip: rules.book(slip, "N1"),
    Move.OFFER: lambda slip: offers.offer(slip, "N1", NOW + timedelta(days=1), Side.ADVISER, HUB, NOW),
    Move.ACCEPT: lambda slip: offers.accept(slip, Side.INMATE, NOW),
    Move.DECLINE: lambda slip: offers.decline(slip, Side.INMATE),
    Move.EXPIRE: offers.expire,
    Move.ANSWER: lambda slip: rules.answer(slip, "letter", "N1"),
    Move.EXTEND: lambda slip: promises.extend(slip, 10, HUB, NOW),
    Move.CANCEL: lambda slip: offers.cancel(slip, Side.ADVISER, Reason.ILL, NOW + timedelta(days=1), HUB, NOW),
    Move.FORWARD: lambda slip: sending.forward(slip, HUB.services["gjeld"], HUB),
    Move.BREAK: lambda slip: promises.break_promise(slip, HUB, NOW),
    Move.HOLD: lambda slip: talks.hold(slip, NOW, NOW),
    Move.MISS: lambda slip: talks.miss(slip, Reason.ILL, NOW, NOW),
    Move.RENEW: lambda slip: talks.renew(slip, NOW, HUB, NOW),
    Move.LAPSE: lambda slip: talks.lapse(slip, HUB, NOW),
    Move.AGAIN: lambda slip: promises.again(slip, HUB, NOW),
    Move.CLOSE: rules.close,
    Move.WITHDRAW: lambda slip: rules.withdraw(slip, None, NOW),
}


def test_every_move_of_the_table_has_its_deed_and_every_state_its_line() -> None:
    assert (set(DEEDS), set(SLIP_MOVES)) == (set(Move), set(State))


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_slip_moves_as_the_table_says_and_in_no_other_way(state: State, move: Move) -> None:
    slip = replace(slip_in(state), last=Move.LAPSE if move is Move.HOLD else None)
    target = SLIP_MOVES[state].get(move)
    if target is None:
        with pytest.raises(MoveNotPossible) as refused:
            DEEDS[move](slip)
        assert refused.value.args == (state, move)
    else:
        after = DEEDS[move](slip)
        assert (after.state, after.revision, after.code) == (target, slip.revision + 1, slip.code)


def test_open_are_the_states_that_something_can_still_happen_to() -> None:
    assert {State.WAITING, State.OFFERED, State.BOOKED, State.ANSWERED, State.NOT_HELD} == OPEN


def test_a_new_slip_waits_with_the_promise_of_its_service() -> None:
    assert sending.send("FJ-1", Draft("nav", "penger", "nav.N1.R1.2701140800", "N1"), INMATE, HUB, NOW) == Slip(
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
        half_at=datetime(2027, 1, 18, 8, tzinfo=UTC),
    )


def test_a_service_that_is_still_coming_takes_no_slips_and_the_social_adviser_does() -> None:
    with pytest.raises(ServiceNotBookable):
        sending.send("FJ-1", Draft("helse"), INMATE, HUB, NOW)
    assert sending.send("FJ-1", Draft("sos"), INMATE, HUB, NOW).service == "sos"


def test_a_forwarded_slip_keeps_code_place_in_line_and_promise() -> None:
    slip = replace(slip_in(State.WAITING), adviser="N1", topic="penger")
    assert sending.forward(slip, HUB.services["gjeld"], HUB) == replace(
        slip,
        service="gjeld",
        adviser=None,
        forwards=1,
        sent_from="nav",
        news=True,
        revision=2,
        last=Move.FORWARD,
        last_side=Side.ADVISER,
    )


def test_after_two_forwards_a_slip_goes_to_the_social_adviser_wherever_it_is_sent() -> None:
    slip = slip_in(State.WAITING)
    places = []
    for to in ("gjeld", "bolig", "nav"):
        slip = sending.forward(slip, HUB.services[to], HUB)
        places.append(slip.service)
    assert places == ["gjeld", "bolig", "sos"]


def test_the_social_adviser_sends_on_without_using_up_a_forward() -> None:
    after = sending.forward(slip_in(State.WAITING, "sos"), HUB.services["bolig"], HUB)
    assert (after.service, after.forwards, after.sent_from) == ("bolig", 0, "sos")


@pytest.mark.parametrize("service", ["nav", "sos"])
def test_a_slip_is_not_forwarded_to_where_it_is(service: str) -> None:
    with pytest.raises(MoveNotPossible):
        sending.forward(slip_in(State.WAITING, service), HUB.services[service], HUB)


def test_a_slip_is_not_forwarded_to_a_service_that_is_still_coming() -> None:
    with pytest.raises(ServiceNotBookable):
        sending.forward(slip_in(State.WAITING), HUB.services["helse"], HUB)


def test_a_promise_broken_once_stays_with_its_service_and_twice_goes_to_the_social_adviser() -> None:
    slip = replace(slip_in(State.WAITING), adviser="N1")
    once = promises.break_promise(slip, HUB, slip.answer_by)
    twice = promises.break_promise(once, HUB, once.answer_by)
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
        slip = promises.break_promise(slip, HUB, slip.answer_by)
    assert (slip.service, slip.broken, slip.sent_from) == ("sos", 3, None)


def test_a_new_time_is_asked_for_with_a_new_promise_and_the_same_adviser() -> None:
    missed = talks.miss(replace(slip_in(State.BOOKED), adviser="N1", wish="x", broken=1), Reason.ILL, NOW, NOW)
    later = NOW + timedelta(days=7)
    assert promises.again(missed, HUB, later) == replace(
        missed,
        state=State.WAITING,
        revision=3,
        wish=None,
        reason=None,
        news=False,
        broken=0,
        answer_by=calendar.answer_by(HUB, later, 5),
        half_at=calendar.half_of(HUB, later, 5),
        last=Move.AGAIN,
        last_side=Side.INMATE,
    )


@pytest.mark.parametrize("state", [State.NOT_HELD, State.ANSWERED])
def test_whoever_asks_for_a_new_talk_has_nothing_left_to_be_told(state: State) -> None:
    assert not promises.again(replace(slip_in(state), news=True), HUB, NOW).news


def test_a_slip_that_is_let_be_is_closed() -> None:
    missed = talks.miss(slip_in(State.BOOKED), Reason.NO_ESCORT, NOW, NOW)
    assert rules.close(missed) == replace(
        missed, state=State.CLOSED, revision=3, news=False, last=Move.CLOSE, last_side=Side.INMATE
    )


def test_nobody_knows_whether_a_talk_was_held_before_it_begins() -> None:
    with pytest.raises(TalkAhead):
        talks.hold(slip_in(State.BOOKED), NOW, NOW - timedelta(seconds=1))
    assert talks.hold(slip_in(State.BOOKED), NOW, NOW).state is State.HELD


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
    assert owners.owned_by_inmate(slip, "A01") == slip
    with pytest.raises(NotYours):
        owners.owned_by_inmate(slip, "A02")


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
        assert owners.owned_by_adviser(slip, person) == slip
    else:
        with pytest.raises(NotYours):
            owners.owned_by_adviser(slip, person)
    elsewhere = replace(person, units=frozenset({"Z"}))
    with pytest.raises(NotYours):
        owners.owned_by_adviser(slip, elsewhere)


def test_reading_news_changes_no_meaning() -> None:
    slip = replace(slip_in(State.BOOKED), news=True)
    assert rules.seen(slip) == replace(slip, news=False)


ALONE = (Move.CLOSE, Move.WITHDRAW, Move.EXPIRE, Move.ANSWER, Move.RELEASE)


def played(slip: Slip, life: tuple[Move, timedelta, str, str, Reason], now: datetime) -> Slip:
    move, _, service, adviser, reason = life
    deeds: dict[Move, Callable[[], Slip]] = {
        **{each: (lambda each=each: DEEDS[each](slip)) for each in ALONE},  # type: ignore[misc]
        Move.OFFER: lambda: offers.offer(slip, adviser, now + timedelta(days=1), Side.INMATE, HUB, now),
        Move.EXTEND: lambda: promises.extend(slip, 10, HUB, now),
        Move.CANCEL: lambda: offers.cancel(slip, Side.INMATE, reason, now + timedelta(days=1), HUB, now),
        Move.TAKE: lambda: owners.take(slip, adviser),
        Move.BOOK: lambda: rules.book(slip, adviser),
        Move.FORWARD: lambda: sending.forward(slip, HUB.services[service], HUB),
        Move.BREAK: lambda: promises.break_promise(slip, HUB, now),
        Move.HOLD: lambda: talks.hold(slip, now, now),
        Move.MISS: lambda: talks.miss(slip, reason, NOW, NOW),
        Move.RENEW: lambda: talks.renew(slip, now, HUB, now),
        Move.LAPSE: lambda: talks.lapse(slip, HUB, now),
        Move.AGAIN: lambda: promises.again(slip, HUB, now),
        Move.ACCEPT: lambda: offers.accept(slip, Side.ADVISER, NOW),
        Move.DECLINE: lambda: offers.decline(slip, Side.ADVISER),
    }
    return deeds[move]()


AFTER_A_TIME = {state: {Move.OFFER, Move.CANCEL} if state is State.BOOKED else set[Move]() for state in State}


SOMETIMES_REFUSED = {Move.FORWARD, Move.EXTEND, Move.ACCEPT, Move.HOLD}
NEW_PROMISE = {Move.BREAK, Move.AGAIN, Move.EXTEND, Move.RENEW, Move.LAPSE}


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
    if after.forwards > sending.MOST_FORWARDS and move is Move.FORWARD and before.service != HUB.triage:
        assert after.service == HUB.triage
    if after.answer_by != before.answer_by:
        assert move in NEW_PROMISE | ({Move.OFFER, Move.CANCEL} & AFTER_A_TIME[before.state])
        assert after.answer_by > now
    assert (after.state is State.OFFERED) == (after.offered_by is not None) == (after.offer_until is not None)


@given(DRAFTS, MOMENTS, LIVES)
def test_whatever_happens_a_slip_stays_whole(
    draft: Draft, now: datetime, lives: list[tuple[Move, timedelta, str, str, Reason]]
) -> None:
    slip = sending.send("FJ-1", draft, INMATE, HUB, now)
    assert slip.answer_by > now
    for life in lives:
        now += life[1]
        before = slip
        try:
            slip = played(slip, life, now)
        except Refusal:
            assert life[0] in SOMETIMES_REFUSED or not SLIP_MOVES[slip.state].get(life[0])
        else:
            check_a_move(before, slip, life[0], now)


@given(BOOKABLE, LIVES)
def test_between_two_visits_to_the_social_adviser_a_slip_is_sent_on_at_most_twice(
    service: str, lives: list[tuple[Move, timedelta, str, str, Reason]]
) -> None:
    slip = sending.send("FJ-1", Draft(service), INMATE, HUB, NOW)
    in_a_row = 0
    for life in lives:
        if life[0] is not Move.FORWARD or life[2] == slip.service:
            continue
        slip = played(slip, life, NOW)
        in_a_row = 0 if slip.service == HUB.triage else in_a_row + 1
        assert in_a_row <= sending.MOST_FORWARDS


def undoable(**changes: object) -> Slip:
    booked = rules.book(slip_in(State.WAITING), "N1")
    return replace(booked, **{"last_actor": "N1", "last_at": NOW, **changes})  # type: ignore[arg-type] # named fields


@pytest.mark.parametrize(
    ("slip", "actor", "later", "can"),
    [
        (undoable(), "N1", timedelta(0), True),
        (undoable(), "N1", undoing.UNDO_FOR, True),
        (undoable(), "N1", undoing.UNDO_FOR + timedelta(seconds=1), False),
        (undoable(), "N2", timedelta(0), False),
        (undoable(news=False), "N1", timedelta(0), False),
        (undoable(last=Move.HOLD, news=False), "N1", timedelta(0), True),
        (undoable(last_side=Side.INMATE, news=False), "N1", timedelta(0), True),
        (undoable(last_at=None), "N1", timedelta(0), False),
    ],
)
def test_a_step_is_taken_back_by_its_author_until_it_was_told(
    slip: Slip, actor: str, later: timedelta, can: bool
) -> None:
    assert undoing.can_take_back(slip, actor, NOW + later) is can


def test_what_was_taken_back_is_as_it_was_with_a_newer_revision() -> None:
    before = slip_in(State.WAITING)
    assert undoing.taken_back(undoable(), before, "N1", NOW) == replace(before, revision=3)
    with pytest.raises(NothingToUndo):
        undoing.taken_back(undoable(), replace(before, revision=5), "N1", NOW)


def test_a_time_is_booked_straight_where_it_was_wished_for_or_any_time_was() -> None:
    wish = replace(slip_in(State.WAITING), wish="nav.N1.R1.2701140800")
    at = [datetime(2027, 1, 14, hour, tzinfo=UTC) for hour in (8, 9)]
    assert [rules.wished(wish, each) for each in at] == [True, False]
    assert [rules.wished(slip_in(State.WAITING), each) for each in at] == [True, True]


@pytest.mark.parametrize(
    ("units", "owns"), [(frozenset({"A"}), True), (frozenset({"B"}), False), (frozenset[str](), False)]
)
def test_a_coordinator_answers_by_phone_for_the_units_served_and_it_is_marked(
    units: frozenset[str], owns: bool
) -> None:
    slip = replace(slip_in(State.WAITING), adviser="N2")
    coordinator = Person("TK1", Role.COORDINATOR, "TK1", "nb", units=units)
    if owns:
        assert owners.owned_by_adviser(slip, coordinator) == slip
        assert owners.by_phone(slip, coordinator).phoned_by == "TK1"
    else:
        with pytest.raises(NotYours):
            owners.owned_by_adviser(slip, coordinator)


def test_a_slip_that_was_just_sent_can_be_taken_back_until_something_has_come_of_it() -> None:
    sent = slip_in(State.WAITING)
    moments = {hours: undoing.can_unsend(sent, NOW + timedelta(hours=hours)) for hours in (0, 24, 25)}
    assert moments == {0: True, 24: True, 25: False}
    after = [DEEDS[move](sent) for move in (Move.BOOK, Move.FORWARD, Move.BREAK, Move.WITHDRAW)]
    assert [undoing.can_unsend(each, NOW) for each in (*after, replace(sent, written_by="KB-A1"))] == [False] * 5
