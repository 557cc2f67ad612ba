"""The discreet rule: what leaves the house carries nothing private."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Button, Document, Line, Reader, View, discreet

INSIDE = Reader("house", 201, "nb", leaves_house=False, person="N1")
OUTSIDE = replace(INSIDE, network="telegram", leaves_house=True)
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


def test_outside_a_document_is_a_sentence_unless_it_is_public() -> None:
    paper = Document("PIN.pdf", b"%PDF", elsewhere="On the house network.")
    assert discreet(replace(VIEW, document=paper), INSIDE).document == paper
    outside = discreet(replace(VIEW, document=paper), OUTSIDE)
    assert (outside.document, outside.text) == (None, "FJ-1\nOn the house network.")
    poster = replace(paper, public=True)
    assert discreet(replace(VIEW, document=poster), OUTSIDE) == replace(
        VIEW, lines=(Line("FJ-1"),), rows=((Button("Sett tid", "times:FJ-1:1"),),), document=poster
    )


def test_what_a_document_holds_is_in_no_log() -> None:
    assert "secret" not in repr(View((), document=Document("a.pdf", b"secret")))


@given(VIEWS)
def test_outside_nothing_private_is_left_and_nothing_else_is_lost(view: View) -> None:
    kept = discreet(view, OUTSIDE)
    assert kept.lines == tuple(line for line in view.lines if not line.private)
    assert [button for row in kept.rows for button in row] == [
        button for row in view.rows for button in row if not button.private
    ]
    assert all(kept.rows)
