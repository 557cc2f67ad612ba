"""Theme nights: what can be held, for whom, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.people import Inmate
from bot.domain.refusals import DayClosed, MoveNotPossible, Refusal, Stale, TextMissing, UnitClosed
from bot.domain.reminders import Kind
from bot.domain.theme_nights import checks as theme_night_checks
from bot.domain.theme_nights import theme_nights as rules
from bot.domain.theme_nights.refusals import (
    EndsTooEarly,
    NightBegun,
    NightPast,
    NobodyInvited,
    RoomNotForUnits,
    RoomTooSmall,
    SeatsOutOfBounds,
    SeatsTaken,
    SignUpTimesWrong,
    UnitsApart,
)
from bot.domain.theme_nights.theme_nights import THEME_NIGHT_MOVES, Move, State, ThemeNight, Why
from tests.hub.real_turns import demo_hub

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
STARTS = datetime(2027, 1, 19, 17, tzinfo=UTC)
NIGHT = ThemeNight(
    id=1,
    prison="FJ",
    state=State.PUBLISHED,
    revision=1,
    service="gjeld",
    topic={"nb": "Gjeld", "en": "Debt"},
    about={},
    host="Fjordheim kommune",
    room="R6",
    starts=STARTS,
    ends=STARTS + timedelta(minutes=90),
    seats=20,
    units=("A", "B"),
    closes=datetime(2027, 1, 18, 14, tzinfo=UTC),
    made_by="TK1",
    made_at=NOW,
    caps={"A": 8},
)
DRAFT = replace(NIGHT, state=State.DRAFT)
WOMEN = replace(NIGHT, room="R7", units=("C",), women=True, seats=8, caps={})


def test_a_night_is_for_its_units_its_languages_and_where_it_says_so_for_women() -> None:
    a01, polish = Inmate("A01", "A", "Furu", "nb"), Inmate("A02", "A", "Gran", "pl")
    c01 = Inmate("C01", "C", "Erle", "nb")
    assert [rules.invites(NIGHT, HUB, each) for each in (a01, polish, c01)] == [True, True, False]
    in_polish = replace(NIGHT, languages=("pl",))
    assert [rules.invites(in_polish, HUB, each) for each in (a01, polish, c01)] == [False, True, False]
    both = replace(NIGHT, units=("A", "C"), women=True)
    assert [rules.invites(both, HUB, each) for each in (a01, c01)] == [False, True]


def test_a_unit_has_as_many_seats_as_the_night_the_room_and_the_cap_allow() -> None:
    assert [rules.cap_of(NIGHT, HUB, unit) for unit in "AB"] == [8, 20]
    assert rules.cap_of(replace(NIGHT, caps={}), HUB, "A") == 8, "the room itself has at most eight of unit A"
    assert rules.cap_of(replace(NIGHT, caps={"A": 3, "B": 40}), HUB, "B") == 20
    assert rules.cap_of(replace(NIGHT, caps={"A": 3}), HUB, "A") == 3


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"starts": NOW, "ends": NOW + timedelta(hours=1)}, NightPast),
        ({"ends": STARTS}, EndsTooEarly),
        ({"starts": STARTS + timedelta(hours=6), "ends": STARTS + timedelta(hours=7)}, UnitClosed),
        ({"seats": 0}, SeatsOutOfBounds),
        ({"seats": 21}, RoomTooSmall),
        ({"seats": 10_000}, RoomTooSmall),
        ({"room": "R5"}, RoomNotForUnits),
        ({"units": ("A", "C")}, UnitsApart),
        ({"units": ()}, NobodyInvited),
        ({"women": True}, NobodyInvited),
        ({"closes": STARTS + timedelta(minutes=1)}, SignUpTimesWrong),
        ({"opens": NIGHT.closes}, SignUpTimesWrong),
        ({"caps": {"A": -1}}, SeatsOutOfBounds),
    ],
)
def test_what_cannot_be_held_is_refused_by_name(changes: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        theme_night_checks.checked(replace(NIGHT, **changes), HUB, NOW)


def test_on_a_closed_day_there_is_no_night() -> None:
    easter = datetime(2027, 3, 28, 16, tzinfo=UTC)
    with pytest.raises(DayClosed):
        theme_night_checks.checked(replace(NIGHT, starts=easter, ends=easter + timedelta(hours=1)), HUB, NOW)


def test_a_refusal_names_what_is_in_the_way() -> None:
    with pytest.raises(RoomTooSmall) as too_small:
        theme_night_checks.checked(replace(NIGHT, seats=21), HUB, NOW)
    with pytest.raises(TextMissing) as missing:
        theme_night_checks.publish(replace(DRAFT, topic={"nb": "Gjeld"}), HUB, NOW)
    assert (too_small.value.args, missing.value.args) == ((20,), ("en",))


def test_a_topic_may_lack_the_languages_that_nobody_has_to_write() -> None:
    hub, topic = replace(HUB, languages=("nb", "en", "pl")), {"nb": "Gjeld", "en": "Debt"}
    assert theme_night_checks.publish(replace(DRAFT, topic=topic), hub, NOW).state is State.PUBLISHED


def test_seats_that_are_given_are_not_taken_away() -> None:
    taken = {"A": 8, "B": 4}
    theme_night_checks.checked(replace(NIGHT, seats=12), HUB, NOW, taken)
    for changes in ({"seats": 11}, {"caps": {"A": 7}}):
        with pytest.raises(SeatsTaken):
            theme_night_checks.checked(replace(NIGHT, **changes), HUB, NOW, taken)


def test_a_women_s_night_is_published_for_a_women_s_unit() -> None:
    assert theme_night_checks.publish(replace(WOMEN, state=State.DRAFT), HUB, NOW).state is State.PUBLISHED


def test_a_night_that_has_begun_is_not_cancelled() -> None:
    cancelled = rules.cancel(NIGHT, Why.HOST, NIGHT.starts - timedelta(minutes=1))
    assert (cancelled.state, cancelled.reason) == (State.CANCELLED, Why.HOST)
    with pytest.raises(NightBegun):
        rules.cancel(NIGHT, Why.HOST, NIGHT.starts)


def test_a_press_on_what_has_changed_since_is_stale() -> None:
    assert rules.as_shown(NIGHT, 1) == NIGHT
    with pytest.raises(Stale):
        rules.as_shown(NIGHT, 2)


def test_a_copy_is_a_draft_four_weeks_later_by_the_clock_on_the_wall() -> None:
    copy = rules.copied(replace(NIGHT, lottery=True, drawn=True), HUB, "TK2", NOW)
    assert (copy.state, copy.revision, copy.copy_of, copy.drawn, copy.made_by) == (State.DRAFT, 1, 1, False, "TK2")
    assert copy.starts == datetime(2027, 2, 16, 17, tzinfo=UTC)
    assert copy.closes == datetime(2027, 2, 15, 14, tzinfo=UTC)
    in_spring = rules.copied(replace(NIGHT, starts=datetime(2027, 3, 9, 17, tzinfo=UTC)), HUB, "TK1", NOW)
    assert in_spring.starts == datetime(2027, 4, 6, 16, tzinfo=UTC), "18.00 is 18.00 when the clock has moved"


def test_a_copy_of_what_is_long_past_is_still_ahead() -> None:
    later = rules.copied(NIGHT, HUB, "TK1", datetime(2027, 5, 3, 9, tzinfo=UTC))
    assert later.starts == datetime(2027, 5, 4, 16, tzinfo=UTC)


def test_the_list_closes_at_three_on_the_working_day_before_or_when_the_night_begins() -> None:
    assert rules.usual_closing(HUB, STARTS, NOW) == datetime(2027, 1, 18, 14, tzinfo=UTC)
    monday = datetime(2027, 1, 18, 17, tzinfo=UTC)
    assert rules.usual_closing(HUB, monday, NOW) == datetime(2027, 1, 15, 14, tzinfo=UTC)
    assert rules.usual_closing(HUB, STARTS, STARTS - timedelta(hours=2)) == STARTS


def test_what_is_due_of_a_night_is_due_in_time() -> None:
    due = rules.due_of(replace(NIGHT, opens=NOW + timedelta(hours=1)), HUB, NOW)
    assert [(each.kind, each.at.astimezone(UTC)) for each in due] == [
        (Kind.LIST_OPENS, NOW + timedelta(hours=1)),
        (Kind.LIST_CLOSES, datetime(2027, 1, 18, 14, tzinfo=UTC)),
        (Kind.THEME_NIGHT_TOMORROW, datetime(2027, 1, 18, 14, tzinfo=UTC)),
        (Kind.THEME_NIGHT_TODAY, datetime(2027, 1, 19, 6, 30, tzinfo=UTC)),
        (Kind.DOOR_OPENS, NIGHT.starts - timedelta(hours=1)),
        (Kind.THEME_NIGHT_BEGINS, NIGHT.starts),
        (Kind.THEME_NIGHT_OVER, NIGHT.ends),
    ]
    assert rules.due_of(DRAFT, HUB, NOW) == []


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_the_table_says_what_follows_on_what(state: State, move: Move) -> None:
    night = replace(NIGHT, state=state)
    if move in THEME_NIGHT_MOVES[state]:
        assert rules.moved(night, move) == replace(night, state=THEME_NIGHT_MOVES[state][move], revision=2)
    else:
        with pytest.raises(MoveNotPossible):
            rules.moved(night, move)
