"""What can be done to a house, as Hypothesis strategies."""

from hypothesis import strategies as st

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
NUMBERS = st.integers(0, 12)

SENDING = st.tuples(st.just("send"), TEXTS)
EDITING = st.tuples(st.just("edit"), NUMBERS, TEXTS)
DELETING = st.tuples(st.just("delete"), NUMBERS)
SAYING = st.tuples(st.just("say"), TEXTS)
PRESSING = st.tuples(st.just("press"), NUMBERS, TEXTS)
CONFIRMING = st.tuples(st.just("confirm"), st.integers(-3, 3))

DEEDS = st.lists(st.one_of(SENDING, EDITING, DELETING, SAYING, PRESSING, CONFIRMING), max_size=25)
