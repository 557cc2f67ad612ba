"""What leaves the house carries nothing private, and what goes by letter is worth one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chat.messages import (
    Button,
    Document,
    Letter,
    Line,
    Posted,
    Reader,
    View,
    discreet,
    goes_by_letter,
    takes_letter_back,
)

INSIDE = Reader("house", 201, "nb", leaves_house=False, person="N1")
OUTSIDE = replace(INSIDE, network="telegram", leaves_house=True)
BY_LETTER = replace(OUTSIDE, network="email", one_way=True)
NONE_YET, UNSENT, GONE = Posted(), Posted(exists=True, waits=True), Posted(exists=True, gone=True)
GONE_AND_CHANGED = Posted(exists=True, gone=True, waits=True)
STATES = (NONE_YET, UNSENT, GONE, GONE_AND_CHANGED)
VIEW = View(
    (Line("FJ-1"), Line("A01 Furu", private=True)),
    ((Button("Sett tid", "times:FJ-1:1"), Button("Furu", "x", private=True)), (Button("A01", "y", private=True),)),
)
TEXTS = st.text(min_size=1, max_size=5)
VIEWS = st.builds(
    View,
    st.lists(st.builds(Line, TEXTS, st.booleans()), max_size=5).map(tuple),
    st.lists(
        st.lists(st.builds(Button, TEXTS, TEXTS, st.none(), st.booleans()), max_size=3).map(tuple), max_size=4
    ).map(tuple),
)


def test_inside_the_house_everything_is_shown() -> None:
    assert discreet(VIEW, INSIDE) == VIEW


def test_outside_what_is_private_is_gone_and_no_empty_row_tells_of_it() -> None:
    assert discreet(VIEW, OUTSIDE) == View((Line("FJ-1"),), ((Button("Sett tid", "times:FJ-1:1"),),))


def test_a_view_is_its_lines_one_below_the_other() -> None:
    assert VIEW.text == "FJ-1\nA01 Furu"


def test_outside_a_document_is_a_sentence() -> None:
    paper = Document("PIN.pdf", "%PDF", elsewhere="On the house network.")
    assert discreet(replace(VIEW, document=paper), INSIDE).document == paper
    outside = discreet(replace(VIEW, document=paper), OUTSIDE)
    assert (outside.document, outside.text) == (None, "FJ-1\nOn the house network.")


def test_outside_a_line_or_a_button_says_what_it_is_to_say_there() -> None:
    said = Line("Gjeld", private=True, outside="Temakveld"), Button("Gjeld", "night:1", "success", True, "19. jan.")
    view = View(said[:1], (said[1:],))
    assert discreet(view, INSIDE) == view
    assert discreet(view, OUTSIDE) == View((Line("Temakveld"),), ((Button("19. jan.", "night:1", "success"),),))


def test_what_a_document_holds_is_in_no_log() -> None:
    assert "secret" not in repr(View((), document=Document("a.pdf", "secret")))


@given(VIEWS)
def test_outside_nothing_private_is_left_and_nothing_else_is_lost(view: View) -> None:
    kept = discreet(view, OUTSIDE)
    assert kept.lines == tuple(line for line in view.lines if not line.private)
    assert [button for row in kept.rows for button in row] == [
        button for row in view.rows for button in row if not button.private
    ]
    assert all(kept.rows)


@given(VIEWS)
def test_a_letter_has_no_buttons_and_nothing_private(view: View) -> None:
    assert discreet(view, BY_LETTER) == View(discreet(view, OUTSIDE).lines, (), view.neutral)


# What is worth a letter, for one that was never written, one that waits, one that is gone, one that is gone and changed


@pytest.mark.parametrize(
    ("letter", "goes", "taken_back"),
    [
        (Letter.SENDS, [True, True, True, True], [False, False, False, False]),
        (Letter.CORRECTS, [False, True, False, True], [False, False, False, False]),
        (Letter.ENDS, [False, False, True, True], [False, True, False, False]),
        (None, [False, False, False, False], [False, False, False, False]),
    ],
)
def test_a_view_says_when_it_is_worth_a_letter(letter: Letter | None, goes: list[bool], taken_back: list[bool]) -> None:
    view = replace(VIEW, letter=letter)
    assert [goes_by_letter(view, before) for before in STATES] == goes
    # Where a view goes out, nobody asks whether it is taken back.
    taken = [takes_letter_back(view, before) and not goes_by_letter(view, before) for before in STATES]
    assert taken == taken_back


def test_where_nothing_is_wanted_any_more_what_has_not_left_never_will() -> None:
    assert [goes_by_letter(None, before) for before in STATES] == [False] * 4
    assert [takes_letter_back(None, before) for before in STATES] == [False, True, True, True]
