"""A night's list: seats and caps, the line, freed seats, the draw, and the door."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Inmate
from bot.domain.refusals import MoveNotPossible, Refusal, Stale
from bot.domain.theme_nights import joining, tallies
from bot.domain.theme_nights import seats as seat_rules
from bot.domain.theme_nights import sign_ups as rules
from bot.domain.theme_nights.refusals import (
    BusyThen,
    NightBegun,
    NoSeatLeft,
    NotAtTheDoor,
    NotInvited,
    SeatPassed,
    SignedUpAlready,
    SignUpClosed,
    SignUpNotOpen,
)
from bot.domain.theme_nights.sign_ups import HAVE_SEAT, SIGN_UP_MOVES, Move, SignUp, Source, State
from bot.domain.theme_nights.tallies import Tally
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import ThemeNight
from tests.domain.theme_nights.test_theme_nights import HUB, NIGHT, NOW

A, B, C = (Inmate(f"{unit}01", unit, "Furu", "nb") for unit in "ABC")


def people(unit: str, n: int) -> list[Inmate]:
    return [Inmate(f"{unit}{number:02}", unit, "Furu", "nb") for number in range(1, n + 1)]


def joined(night: ThemeNight, *inmates: Inmate) -> list[SignUp]:
    line: list[SignUp] = []
    for each in inmates:
        line.append(joining.join(night, HUB, each, line, NOW, busy=False))
    return line


def states(line: list[SignUp]) -> str:
    return " ".join(f"{each.inmate}:{each.state}" for each in line)


def replaced(line: list[SignUp], *after: SignUp) -> list[SignUp]:
    new = {each.inmate: each for each in after}
    return [new.get(each.inmate, each) for each in line]


def test_who_comes_first_has_a_seat_as_long_as_the_night_and_the_unit_have_one() -> None:
    night = replace(NIGHT, seats=3, caps={"A": 1})
    line = joined(night, *people("A", 2), *people("B", 3))
    assert states(line) == "A01:seated A02:waiting B01:seated B02:seated B03:waiting"
    assert [(each.seat, each.unit_seat) for each in line] == [(1, 1), (None, None), (2, 1), (3, 2), (None, None)]
    assert [rules.number_in_line(line, each.inmate) for each in line] == [0, 1, 0, 0, 2]


def test_as_many_seats_are_left_for_a_unit_as_the_night_and_the_unit_have() -> None:
    line = joined(NIGHT, *people("A", 7), *people("B", 2))
    assert [seat_rules.seats_left(NIGHT, HUB, line, unit) for unit in "AB"] == [1, 11]
    full = joined(NIGHT, *people("B", 20))
    assert [seat_rules.seats_left(NIGHT, HUB, full, unit) for unit in "AB"] == [0, 0]


def test_24_want_20_seats_and_8_of_them_are_for_unit_a() -> None:
    line = joined(NIGHT, *people("A", 10), *people("B", 14))
    assert tallies.tally(line) == Tally(24, 20, 0, 4, 0, 0, {"A": 8, "B": 12})
    assert tallies.suggests_another(tallies.tally(line))
    assert not tallies.suggests_another(tallies.tally(line[:-1]))


@pytest.mark.parametrize(
    ("night", "inmate", "now", "busy", "refusal"),
    [
        (NIGHT, C, NOW, False, NotInvited),
        (replace(NIGHT, languages=("pl",)), A, NOW, False, NotInvited),
        (replace(NIGHT, women=True), A, NOW, False, NotInvited),
        (replace(NIGHT, opens=NOW + timedelta(minutes=1)), A, NOW, False, SignUpNotOpen),
        (NIGHT, A, NIGHT.closes, False, SignUpClosed),
        (replace(NIGHT, state=ThemeNightState.CANCELLED), A, NOW, False, SignUpClosed),
        (replace(NIGHT, state=ThemeNightState.DRAFT), A, NOW, False, SignUpClosed),
        (NIGHT, A, NOW, True, BusyThen),
    ],
)
def test_who_cannot_join_is_told_why(
    night: ThemeNight, inmate: Inmate, now: datetime, busy: bool, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        joining.join(night, HUB, inmate, [], now, busy=busy)


def test_nobody_is_on_the_list_twice_and_who_withdrew_stands_behind_everybody() -> None:
    night = replace(NIGHT, seats=1)
    line = joined(night, A, B)
    with pytest.raises(SignedUpAlready):
        joining.join(night, HUB, A, line, NOW, busy=False)
    line[1] = rules.withdraw(line[1], night, NOW)
    again = joining.join(night, HUB, B, line, NOW, busy=False)
    assert (again.state, again.place, again.revision) == (State.WAITING, 3, 3)


def test_a_freed_seat_is_offered_to_the_next_who_may_have_it() -> None:
    night = replace(NIGHT, seats=3, caps={"A": 1})
    line = joined(night, *people("A", 2), *people("B", 3))
    line = replaced(line, rules.withdraw(line[2], night, NOW))
    [offered] = seat_rules.offers(night, HUB, line, set(), NOW)
    assert (offered.inmate, offered.state, offered.seat, offered.unit_seat) == ("B03", State.OFFERED, 2, 1)
    assert (offered.offer_until, offered.news) == (NOW + timedelta(hours=24), True)
    line = replaced(line, rules.withdraw(line[0], night, NOW))
    assert [each.inmate for each in seat_rules.offers(night, HUB, replaced(line, offered), set(), NOW)] == ["A02"]


def test_who_is_elsewhere_then_is_passed_over_and_keeps_the_place_in_line() -> None:
    night = replace(NIGHT, seats=1)
    line = joined(night, *people("B", 3))
    line = replaced(line, rules.withdraw(line[0], night, NOW))
    [offered] = seat_rules.offers(night, HUB, line, {"B02"}, NOW)
    assert offered.inmate == "B03"
    assert rules.number_in_line(replaced(line, offered), "B02") == 1
    assert seat_rules.why_waiting(night, HUB, replaced(line, offered), {"B02"}, line[1]) is seat_rules.Passed.FULL


def test_an_offer_stands_a_day_and_at_most_until_two_hours_before() -> None:
    night = replace(NIGHT, seats=1)
    line = joined(night, A, B)
    line = replaced(line, rules.withdraw(line[0], night, NOW))
    late = night.starts - timedelta(hours=3)
    assert seat_rules.offers(night, HUB, line, set(), late)[0].offer_until == night.starts - timedelta(hours=2)
    assert seat_rules.offers(night, HUB, line, set(), night.starts - timedelta(hours=2)) == []


def test_a_seat_is_offered_until_a_moment_at_which_the_doors_of_the_unit_are_open() -> None:
    night = replace(NIGHT, seats=1)
    early = night.starts.astimezone(HUB.zone).replace(day=15, hour=7)
    until = {}
    for first, second in (people("A", 2), people("B", 2)):
        line = joined(night, first, second)
        line = replaced(line, rules.withdraw(line[0], night, NOW))
        [offered] = seat_rules.offers(night, HUB, line, set(), early)
        until[second.unit] = offered.offer_until
    assert until == {unit: early.replace(hour=hour) for unit, hour in (("A", 20), ("B", 22))}


def test_a_seat_passes_over_whoever_cannot_answer_any_more() -> None:
    night = replace(NIGHT, seats=1, starts=NIGHT.starts.replace(hour=8), ends=NIGHT.starts.replace(hour=9))
    line = joined(night, *people("A", 2), *people("B", 1))
    line = replaced(line, rules.withdraw(line[0], night, NOW))
    evening = night.starts.replace(day=18, hour=20)
    assert [each.inmate for each in seat_rules.offers(night, HUB, line, set(), evening)] == ["B01"]


def test_an_offer_is_accepted_declined_or_passes_on_and_not_after_its_time() -> None:
    offered = SignUp(1, "A01", "A", State.OFFERED, 1, NOW, seat=1, unit_seat=1, offer_until=NOW + timedelta(hours=1))
    accepted = rules.accept(offered, 1, NOW)
    assert (accepted.state, accepted.seat, accepted.offer_until) == (State.SEATED, 1, None)
    declined = rules.decline(offered, 1, NOW)
    assert (declined.state, declined.seat, declined.unit_seat) == (State.WITHDRAWN, None, None)
    with pytest.raises(Stale):
        rules.decline(accepted, 1, NOW)


def test_who_answers_an_offer_too_late_hears_just_that() -> None:
    offered = SignUp(1, "A01", "A", State.OFFERED, 1, NOW, seat=1, unit_seat=1, offer_until=NOW + timedelta(hours=1))
    passed = rules.moved(offered, Move.PASS)
    assert (passed.state, passed.seat, passed.revision) == (State.PASSED, None, 2)
    for answer in (rules.accept, rules.decline):
        with pytest.raises(SeatPassed):
            answer(offered, 1, NOW + timedelta(hours=1))
        with pytest.raises(SeatPassed):
            answer(passed, 1, NOW)


def test_for_planning_it_stays_known_how_many_wanted_to_come() -> None:
    line = joined(NIGHT, *people("A", 10), *people("B", 14))
    by_mistake = replace(line[-1], inmate="B15", source=Source.DOOR, state=State.WITHDRAWN)
    line = [*replaced(line, rules.withdraw(line[0], NIGHT, NOW)), by_mistake]
    assert tallies.tally(line).wanted == 24


def test_a_draw_gives_the_seats_by_lot_and_the_line_by_lot() -> None:
    night = replace(NIGHT, seats=3, lottery=True, caps={"A": 1})
    line = joined(night, *people("A", 2), *people("B", 3))
    assert {each.state for each in line} == {State.ENTERED}
    lots = {"A01": "4", "A02": "1", "B01": "5", "B02": "3", "B03": "2"}
    after = seat_rules.drawn(night, HUB, line, lots, set())
    assert states(after) == "A02:seated B03:seated B02:seated A01:waiting B01:waiting"
    assert [rules.number_in_line(after, each) for each in ("A01", "B01")] == [1, 2]
    late = joining.join(replace(night, drawn=True), HUB, Inmate("B09", "B", "Lyng", "nb"), after, NOW, busy=False)
    assert (late.state, late.place) == (State.WAITING, max(each.place for each in after) + 1)


def test_at_the_door_a_seat_is_for_whoever_comes_if_one_is_free() -> None:
    night = replace(NIGHT, seats=2)
    at_door = night.starts - timedelta(minutes=30)
    line = joined(night, *people("B", 3))
    with pytest.raises(NoSeatLeft):
        joining.walk_in(night, HUB, A, line, at_door, busy=False)
    line = replaced(line, rules.withdraw(line[0], night, NOW))
    waited = joining.walk_in(night, HUB, people("B", 3)[2], line, at_door, busy=False)
    assert (waited.state, waited.seat) == (State.CAME, 1)
    with pytest.raises(NotAtTheDoor):
        joining.walk_in(night, HUB, A, line, night.starts - timedelta(hours=2), busy=False)
    with pytest.raises(SignedUpAlready):
        joining.walk_in(night, HUB, people("B", 2)[1], line, at_door, busy=False)


def test_a_seat_is_given_back_until_the_night_begins() -> None:
    line = joined(NIGHT, A)
    with pytest.raises(NightBegun):
        rules.withdraw(line[0], NIGHT, NIGHT.starts)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_the_table_says_what_follows_on_what_and_only_who_has_a_seat_keeps_one(state: State, move: Move) -> None:
    seat = (1, 1) if state in HAVE_SEAT else None
    before = seat_rules.with_seat(SignUp(1, "A01", "A", state, 1, NOW), state, seat)
    if move not in SIGN_UP_MOVES[state]:
        with pytest.raises(MoveNotPossible):
            rules.moved(before, move)
        return
    after = rules.moved(before, move)
    assert (after.state, after.revision) == (SIGN_UP_MOVES[state][move], 2)
    assert after.state in HAVE_SEAT or after.seat is None


Step = Callable[[ThemeNight, list[SignUp], Any], list[SignUp]]


@given(st.data(), st.integers(1, 6), st.integers(0, 3))
def test_whatever_happens_no_seat_is_given_twice_and_no_cap_is_broken(data: Any, seats: int, cap: int) -> None:
    night = replace(NIGHT, seats=seats, caps={"A": cap})
    somebody = st.sampled_from([*people("A", 4), *people("B", 4)])
    line: list[SignUp] = []
    for _ in range(data.draw(st.integers(1, 25))):
        what = data.draw(st.sampled_from(["join", "leave", "no", "yes", "fewer"]))
        if what == "fewer":
            night, line = _fewer(night, line)
        else:
            line = _stepped(night, line, data.draw(somebody), what)
        taken = [each for each in line if each.seat is not None]
        assert {each.seat for each in taken} <= set(range(1, night.seats + 1))
        assert len({each.seat for each in taken}) == len(taken)
        of_a = [each.unit_seat for each in taken if each.unit == "A"]
        assert set(of_a) <= set(range(1, night.caps["A"] + 1))
        assert len(set(of_a)) == len(of_a)
        assert all((each.seat is not None) == (each.state in HAVE_SEAT) for each in line)
        free = [each for each in rules.waiting(line) if seat_rules.free_seat(night, HUB, line, each.unit)]
        assert free == [], "nobody waits for a seat that they could have"


def _fewer(night: ThemeNight, line: list[SignUp]) -> tuple[ThemeNight, list[SignUp]]:
    """Let a night have no more seats than are given, and the unit no more than it has."""
    given_by_unit = tallies.tally(line).by_unit
    night = replace(night, seats=max(1, sum(given_by_unit.values())), caps={"A": given_by_unit.get("A", 0)})
    return night, replaced(line, *seat_rules.closed_up(night, HUB, line))


def _stepped(night: ThemeNight, line: list[SignUp], who: Inmate, what: str) -> list[SignUp]:
    mine = rules.of(line, who.id)
    try:
        if what == "join":
            new = joining.join(night, HUB, who, line, NOW, busy=False)
            return [each for each in line if each.inmate != who.id] + [new]
        done = {
            "leave": lambda one: rules.withdraw(one, night, NOW),
            "no": lambda one: rules.decline(one, one.revision, NOW),
        }
        after = done.get(what, lambda one: rules.accept(one, one.revision, NOW))(mine) if mine else None
    except Refusal:
        return line
    line = replaced(line, after) if after else line
    return replaced(line, *seat_rules.offers(night, HUB, line, set(), NOW))
