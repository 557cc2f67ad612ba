"""How many lines words need, as fpdf2 sets them: a poster that counts otherwise has words on top of words."""

from functools import cache

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.paper import FACES, FONTS
from bot.documents.widths import UNIT, Widths, measured

WORDS = st.lists(st.text("aegilmW.,–æøжщ", min_size=1, max_size=12), max_size=30).map(" ".join)


@cache
def page() -> FPDF:
    pdf = FPDF()
    pdf.c_margin = 0
    pdf.add_font("Noto", "", FONTS / FACES["Noto", ""])
    pdf.add_page()
    return pdf


def widths(words: str) -> Widths:
    page().set_font("Noto", "", UNIT)
    return measured(words, page().get_string_width)


def set_by_fpdf(words: str, size: float, width: float) -> int:
    page().set_font("Noto", "", size)
    return len(page().multi_cell(width, size, words, align="L", dry_run=True, output="LINES"))  # type: ignore[arg-type]


@given(WORDS, st.floats(4, 80), st.floats(20, 200))
def test_words_take_as_many_lines_as_they_are_set_in(words: str, size: float, width: float) -> None:
    counted = widths(words).lines(size, width)
    assert counted is None or counted == set_by_fpdf(words, size, width)


@given(WORDS, st.floats(4, 80))
def test_a_line_as_wide_as_its_longest_word_breaks_none(words: str, size: float) -> None:
    longest = widths(words).longest(size)
    assert widths(words).lines(size, longest + 0.01) is not None
    assert widths(words).lines(size, longest - 0.01) is None


@pytest.mark.parametrize("words", ["a\u00adb", "a\u200bb", "a\u00a0b", "a  b", " a", "a ", "a\nb", "a\u2003b"])
def test_where_a_line_may_break_elsewhere_nothing_is_counted(words: str) -> None:
    assert widths(words).lines(10, 200) is None
    assert widths("a b").lines(10, 200) == 1
