"""Which question is next, and what is taken back on the way to the one before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chat import flows as rules
from bot.domain.chat.flows import GIVEN
from bot.domain.refusals import Stale

NAMES = st.lists(st.text("abc", min_size=1, max_size=3), unique=True, min_size=1, max_size=6)
ANSWERS = st.sampled_from(["x", "", 0, False, []])
"""What counts as an answer: everything but nothing at all."""


@given(names=NAMES, answer=ANSWERS, data=st.data())
def test_back_is_the_question_before_however_far_one_has_come(
    names: list[str], answer: object, data: st.DataObject
) -> None:
    n = data.draw(st.integers(0, len(names)))
    draft = dict.fromkeys(names[:n], answer)
    assert rules.next_of(names, draft) == (names[n] if n < len(names) else "")
    assert rules.last_of(names, draft) == (names[n - 1] if n else "")
    before = {**draft, **rules.taken_back(names, draft)}
    assert rules.next_of(names, before) == names[max(n - 1, 0)]


@given(names=NAMES, data=st.data())
def test_what_was_known_from_the_beginning_is_neither_asked_nor_taken_back(
    names: list[str], data: st.DataObject
) -> None:
    known = data.draw(st.sets(st.sampled_from(names)))
    draft = {**dict.fromkeys(known, "known"), GIVEN: sorted(known)}
    assert rules.next_of(names, draft) not in known
    assert rules.taken_back(names, draft) == {}


@pytest.mark.parametrize(
    ("name", "parts"), [("topic_nb", ("topic", "nb")), ("day", ("day", "")), ("cap_A", ("cap", "A"))]
)
def test_a_question_is_named_by_what_it_asks_and_of_what(name: str, parts: tuple[str, str]) -> None:
    assert rules.kind_of(name) == parts


@pytest.mark.parametrize("word", ["", "-", "1a", "-1"])
def test_a_word_that_is_no_number_was_never_on_a_button(word: str) -> None:
    assert rules.number_in("12") == 12
    with pytest.raises(Stale):
        rules.number_in(word)
