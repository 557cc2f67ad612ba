"""One step back is one step, whichever way somebody came."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.screen import trails
from bot.domain.screen.kiosks import HOME, OF_A_DRAFT, WELCOME
from bot.domain.screen.trails import Trail

VIEWS = st.sampled_from(["mine", "slip:FJ-1", "cannot:FJ-1", "nights", "night:3", "notices", "notices:1", "urgent"])


def walked(views: Sequence[str]) -> tuple[Trail, str]:
    trail: Trail = ()
    present = HOME
    for view in views:
        trail, present = trails.opened(trail, present, view), view
    return trail, present


def test_a_page_that_is_opened_is_one_step_further() -> None:
    assert walked(["mine", "slip:FJ-1", "cannot:FJ-1"]) == ((HOME, "mine", "slip:FJ-1"), "cannot:FJ-1")


def test_a_page_that_lies_on_the_way_is_gone_back_to() -> None:
    assert walked(["mine", "slip:FJ-1", "cannot:FJ-1", "slip:FJ-1"]) == ((HOME, "mine"), "slip:FJ-1")
    assert walked(["mine", "mine"]) == ((HOME,), "mine"), "written once more"


@pytest.mark.parametrize("root", [HOME, WELCOME])
def test_nothing_lies_behind_where_everybody_begins(root: str) -> None:
    assert trails.opened((HOME, "mine"), "slip:FJ-1", root) == ()


def test_the_page_behind_one_is_where_one_came_from() -> None:
    from_mine, from_notices = walked(["mine", "slip:FJ-1"]), walked(["notices", "slip:FJ-1"])
    assert [trails.back(*each, len(each[0])) for each in (from_mine, from_notices)] == [
        ((HOME,), "mine"),
        ((HOME,), "notices"),
    ]


def test_who_presses_back_twice_at_once_has_gone_one_step() -> None:
    once = trails.back((HOME, "mine", "slip:FJ-1"), "cannot:FJ-1", 3)
    assert once == ((HOME, "mine"), "slip:FJ-1")
    assert trails.back(*once, 3) == once


@pytest.mark.parametrize("step", [0, 3, 99])
def test_no_step_leads_to_where_nobody_has_been(step: int) -> None:
    assert trails.back((HOME,), "mine", step) is None


@given(st.lists(VIEWS))
def test_going_back_ends_where_everybody_begins_and_comes_by_no_page_twice(views: list[str]) -> None:
    trail, present = walked(views)
    seen = [present]
    while trail:
        found = trails.back(trail, present, len(trail))
        assert found
        trail, present = found
        seen.append(present)
    assert (seen[-1], len(seen)) == (HOME, len(set(seen)))


PAGES = ("topics:nav", "review", "times")


def test_each_page_of_a_draft_is_one_step_from_the_next_wherever_it_is_gone_on_with() -> None:
    assert trails.going_on((), HOME, PAGES) == (HOME, "topics:nav", "review")
    assert trails.going_on((HOME,), "about:nav", PAGES[:2]) == (HOME, "about:nav", "topics:nav")


def test_who_goes_back_and_forth_in_a_draft_goes_the_same_way() -> None:
    assert trails.going_on((HOME, "topics:nav", "review"), "times", PAGES[:2]) == (HOME, "topics:nav")
    assert trails.going_on((HOME,), "review", ("review", "times")) == (HOME, "review")


def test_another_draft_has_nothing_of_the_one_before_behind_it() -> None:
    assert trails.going_on((HOME, "topics:nav"), "about:bolig", ("review",)) == (HOME,)


def test_no_step_leads_back_to_what_is_over() -> None:
    way = (HOME, "notices", "topics:nav", "review", "times")
    assert trails.without(way, OF_A_DRAFT) == (HOME, "notices")
