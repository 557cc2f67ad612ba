"""Notices: for whom, for how long, and in which words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.notices import notices as rules
from bot.domain.notices.notices import NOTICE_MOVES, Move, Notice, State
from bot.domain.people import Person, Role
from bot.domain.refusals import MoveNotPossible, NoticeTimesWrong, Refusal, Stale, TextMissing, TextTooLong
from bot.domain.reminders import Kind
from bot.domain.theme_nights.refusals import NobodyInvited
from tests.domain.theme_nights.test_theme_nights import NOW

NOTICE = Notice(
    id=1,
    prison="FJ",
    state=State.PUBLISHED,
    revision=1,
    texts={"nb": "NAV er her torsdag", "en": "NAV is here on Thursday"},
    units=("A", "B"),
    staff=("OFFICER",),
    starts=NOW,
    ends=NOW + timedelta(days=1),
    made_by="TK1",
    made_at=NOW,
)


def test_a_notice_is_seen_from_its_beginning_until_its_end_and_not_when_withdrawn() -> None:
    moments = [NOW - timedelta(seconds=1), NOW, NOTICE.ends - timedelta(seconds=1), NOTICE.ends]
    assert [rules.is_current(NOTICE, each) for each in moments] == [False, True, True, False]
    assert not rules.is_current(rules.moved(NOTICE, Move.WITHDRAW), NOW)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"texts": {"nb": "Bare norsk"}}, TextMissing),
        ({"texts": {"nb": "", "en": "Only English"}}, TextMissing),
        ({"texts": {"nb": "x" * 161, "en": "short"}}, TextTooLong),
        ({"ends": NOW}, NoticeTimesWrong),
        ({"starts": NOW + timedelta(days=2)}, NoticeTimesWrong),
        ({"units": (), "staff": ()}, NobodyInvited),
    ],
)
def test_what_nobody_would_see_or_could_read_is_refused(changes: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.checked(replace(NOTICE, **changes), NOW)


def test_a_notice_for_screens_or_for_staff_alone_is_fine() -> None:
    for alone in (replace(NOTICE, units=()), replace(NOTICE, staff=())):
        assert rules.checked(alone, NOW).state is State.PUBLISHED


def test_what_is_urgent_stands_first_and_then_the_newest() -> None:
    older, urgent = replace(NOTICE, id=2, made_at=NOW - timedelta(hours=1)), replace(NOTICE, id=3, urgent=True)
    assert [each.id for each in rules.in_order([older, NOTICE, urgent])] == [3, 1, 2]


def test_staff_read_what_goes_to_their_group_and_their_units() -> None:
    officer = Person("KB-A1", Role.OFFICER, "KB-A1", "nb", units=frozenset({"A"}))
    assert rules.reads(officer, ("OFFICER",), ("A", "B"))
    assert not rules.reads(officer, ("PROVIDER",), ("A",))
    assert not rules.reads(officer, ("OFFICER",), ("C",))
    auditor = Person("REV", Role.AUDITOR, "REV", "nb", units=frozenset({"A"}))
    assert not rules.reads(auditor, ("AUDITOR",), ("A",)), "only some groups get notices"


def test_it_appears_and_disappears_by_itself() -> None:
    later = replace(NOTICE, starts=NOW + timedelta(hours=1))
    assert [(each.kind, each.at) for each in rules.due_of(later, NOW)] == [
        (Kind.NOTICE_BEGINS, later.starts),
        (Kind.NOTICE_ENDS, later.ends),
    ]
    assert [each.kind for each in rules.due_of(NOTICE, NOW)] == [Kind.NOTICE_ENDS]
    assert rules.due_of(rules.moved(NOTICE, Move.WITHDRAW), NOW) == []


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_the_table_says_what_follows_on_what(state: State, move: Move) -> None:
    notice = replace(NOTICE, state=state)
    if move in NOTICE_MOVES[state]:
        assert rules.moved(notice, move) == replace(notice, state=NOTICE_MOVES[state][move], revision=2)
    else:
        with pytest.raises(MoveNotPossible):
            rules.moved(notice, move)


def test_a_press_on_what_has_changed_since_is_stale() -> None:
    assert rules.as_shown(NOTICE, 1) == NOTICE
    with pytest.raises(Stale):
        rules.as_shown(NOTICE, 2)
