"""A table with a row for each member of a list, refused where it is made if a row is missing."""

from enum import StrEnum

import pytest

from bot.domain.whole import GivenTwice, NotWhole, Whole, all_but, joined


class Door(StrEnum):
    OPEN = "open"
    LOCKED = "locked"
    GONE = "gone"


def test_a_whole_table_is_read_like_any_other() -> None:
    table = Whole("doors", Door, {Door.OPEN: 1, Door.LOCKED: 2, Door.GONE: 3})
    assert (table[Door.LOCKED], list(table), len(table)) == (2, list(Door), 3)


def test_a_gap_is_refused_where_the_table_is_made_and_says_which() -> None:
    with pytest.raises(NotWhole, match="the table «doors» is not whole: it lacks locked, gone"):
        Whole("doors", Door, {Door.OPEN: 1})


def test_a_row_for_nobody_is_refused_as_well() -> None:
    with pytest.raises(NotWhole, match="the table «doors» is not whole: it does not know gone"):
        Whole("doors", (Door.OPEN,), {Door.OPEN: 1, Door.GONE: 3})


def test_a_table_that_never_speaks_of_some_still_misses_whoever_is_new() -> None:
    assert all_but(Door, Door.GONE) == (Door.OPEN, Door.LOCKED)


def test_tables_of_several_rooms_are_joined_in_their_order() -> None:
    assert list(joined("rows", [{"b": 1}, {}, {"a": 2, "c": 3}]).items()) == [("b", 1), ("a", 2), ("c", 3)]


def test_a_row_that_would_hide_another_is_refused_where_the_tables_are_joined() -> None:
    with pytest.raises(GivenTwice, match="the table «rows» has twice b"):
        joined("rows", [{"a": 1, "b": 1}, {"b": 1}])
