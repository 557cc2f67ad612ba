"""Words of another language within a page: told apart before anybody sees them, and never seen by their marks."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chat.faces import face
from bot.domain.chat.looks import Look, Part, Piece, Step
from bot.domain.chat.messages import Button, Document, Entry, Line, View
from bot.domain.chat.sheets import EASY_TEXT, cut
from bot.domain.chat.tongues import MARKS, clipped, marked, pieces, plain, told_apart

ABOUT = f"Om: {marked('Housing', 'en')} (på engelsk)."
SAID = "Om: Housing (på engelsk)."
APART = (Piece("Om: "), Piece("Housing", "en"), Piece(" (på engelsk)."))
SOME = st.text(st.sampled_from([*MARKS, "a", "b", " ", "\n"]), max_size=12)


def test_a_text_is_plain_for_everybody_and_in_pieces_for_a_page() -> None:
    assert (plain(ABOUT), pieces(ABOUT)) == (SAID, APART)
    assert (plain("Om: Bolig."), pieces("Om: Bolig.")) == ("Om: Bolig.", ())


@given(SOME, SOME, st.integers(0, 20))
def test_whatever_somebody_types_no_mark_is_left_and_no_word_is_lost(text: str, around: str, longest: int) -> None:
    whole = f"{around}{marked(text, 'pl')}{around}"
    said = plain(whole)
    assert [each for each in MARKS if each in said] == []
    assert "".join(each.text for each in pieces(whole)) in (said, "")
    assert plain(clipped(whole, longest)) == said[:longest]


def test_what_is_clipped_still_says_in_which_language_its_end_is() -> None:
    assert pieces(clipped(ABOUT, 8)) == (Piece("Om: "), Piece("Hous", "en"))
    assert clipped(ABOUT, 4) == "Om: "


def test_a_view_is_told_apart_wherever_it_says_something() -> None:
    line = Line(ABOUT, outside=ABOUT, spoken=ABOUT, part=Part.ROAD, steps=(Step(ABOUT, True),))
    button = Button(ABOUT, "about:housing", outside=ABOUT)
    entry = Entry((line,), ((button,),), heading=(line,))
    view = View((line, Line("Hei")), ((button,),), document=Document(ABOUT, ABOUT, ABOUT), entries=(entry,))
    said = Line(SAID, outside=SAID, spoken=SAID, part=Part.ROAD, steps=(Step(SAID, True),), pieces=APART)
    pressed = Button(SAID, "about:housing", outside=SAID, pieces=APART)
    assert told_apart(view) == View(
        (said, Line("Hei")),
        ((pressed,),),
        document=Document(SAID, SAID, SAID),
        entries=(Entry((said,), ((pressed,),), heading=(said,)),),
    )


def test_a_face_says_of_each_piece_in_which_language_it_is() -> None:
    view = View((Line("Tjenester"), Line(ABOUT)), ((Button(ABOUT, "ask"),),), look=Look.ASK, language="nb")
    drawn = face(told_apart(view))
    told = [{"text": "Om: "}, {"text": "Housing", "language": "en"}, {"text": " (på engelsk)."}]
    assert drawn
    assert drawn["lines"] == [{"text": "Tjenester"}, {"text": SAID, "pieces": told}]
    assert drawn["rows"] == [[{"text": SAID, "data": "ask", "pieces": told}]]


def test_a_line_that_is_cut_into_several_is_in_no_pieces_any_more() -> None:
    long = marked("x" * EASY_TEXT * 2, "en")
    sheets = cut(
        told_apart(View((Line("Hei"), Line(long)), look=Look.READ)), lambda number, of: f"{number}/{of}"
    ).sheets
    lines = [line for sheet in sheets for line in sheet.lines]
    assert "".join(line.text for line in lines).replace("Hei", "") == "x" * EASY_TEXT * 2
    assert {line.pieces for line in lines} == {()}
