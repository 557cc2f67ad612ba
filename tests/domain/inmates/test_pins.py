"""The rules of one-time codes, and of making a PIN."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.inmates import pins as rules
from bot.domain.inmates.pins import Choice, Pin, PinCode, Secrets

FEWEST = 9_880
"""So many PINs of four digits are left at least, whatever the number."""
NOW = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
CODE = PinCode("A17", "stamp", NOW + timedelta(minutes=5), "KB-A2")
PIN_LETTER = PinCode("A17", "stamp", NOW + timedelta(days=14), "TK1", pin_letter=True)
PIN = Pin("hashed", given=False)


@pytest.mark.parametrize(
    ("stamp", "after", "opens"),
    [("stamp", 0, True), ("stamp", 299, True), ("stamp", 300, False), ("other", 0, False), ("", 0, False)],
)
def test_a_code_is_good_for_its_time_and_for_nothing_else(stamp: str, after: int, opens: bool) -> None:
    assert CODE.opens(stamp, NOW + timedelta(seconds=after)) is opens


def test_the_third_wrong_try_ends_it() -> None:
    twice = CODE.missed().missed()
    assert (twice.wrong, twice.dead, twice.opens("stamp", NOW)) == (2, False, True)
    assert (twice.missed().dead, twice.missed().opens("stamp", NOW)) == (True, False)


def test_a_letters_code_bears_wrong_tries_as_a_pin_does() -> None:
    tried = replace(PIN_LETTER, wrong=30)
    assert (tried.dead, tried.opens("stamp", NOW)) == (False, True)
    assert not tried.opens("stamp", PIN_LETTER.expires)


@pytest.mark.parametrize("pin", [None, PIN])
def test_an_officers_code_stands_in_place_of_the_pin_and_a_letters_beside_it(pin: Pin | None) -> None:
    def found(code: PinCode | None, *, paused: bool = False) -> Secrets:
        return rules.compared_with(pin, code, NOW, paused=paused)

    assert found(CODE) == found(CODE, paused=True) == Secrets(None, CODE)
    assert found(PIN_LETTER) == Secrets(pin, PIN_LETTER)
    assert found(None) == found(replace(PIN_LETTER, expires=NOW)) == found(replace(CODE, wrong=3)) == Secrets(pin)
    assert found(PIN_LETTER, paused=True) == found(None, paused=True) == Secrets()
    assert [found(each).guesses for each in (None, CODE, PIN_LETTER)] == [1, 1, 2 if pin else 1]


DIGITS = st.text(alphabet="0123456789", min_size=4, max_size=4)


NUMBERS = st.from_regex(r"[A-C][0-9]{2}", fullmatch=True)


@given(DIGITS, DIGITS, NUMBERS)
def test_only_the_same_digits_twice_are_a_pin_and_only_where_nobody_guesses_them(
    first: str, second: str, number: str
) -> None:
    assert rules.choose("", first, number, is_known=True) is Choice.THE_CODE
    easy = rules.guessable(second, number)
    assert rules.choose("", second, number, is_known=False) is (Choice.EASY if easy else Choice.ONCE_MORE)
    if not easy:
        same = Choice.DONE if first == second else Choice.DIFFERENT
        assert rules.choose(first, second, number, is_known=False) is same


EASY = ("0000", "1111", "1212", "9090", "1234", "4321", "0123", "7890", "0987", "1700", "0170", "0017")
EASY_OF_SIX = ("111111", "121212", "123123", "123456", "987654", "567890", "001700", "170000", "000017")
FINE = ("2117", "1122", "1357", "7391", "2109", "1243", "1702", "9012", "211717", "117117"[:5] + "8")


def test_what_anybody_would_try_first_is_no_pin() -> None:
    assert [pin for pin in (*EASY, *EASY_OF_SIX) if not rules.guessable(pin, "A17")] == []
    assert [pin for pin in FINE if rules.guessable(pin, "A17")] == []


@given(st.text(alphabet="0123456789", min_size=1, max_size=3), st.sampled_from((4, 6)), NUMBERS)
def test_digits_over_and_over_are_guessed(run: str, length: int, number: str) -> None:
    if length % len(run) == 0:
        assert rules.guessable(run * (length // len(run)), number)


@given(st.integers(0, 9), st.sampled_from((1, -1)), st.sampled_from((4, 6)), NUMBERS)
def test_digits_that_rise_or_fall_are_guessed(start: int, by: int, length: int, number: str) -> None:
    digits = [start + by * place for place in range(length)]
    if min(digits) >= 0 and max(digits) <= 9:
        assert rules.guessable("".join(map(str, digits)), number)


@given(NUMBERS, st.sampled_from((4, 6)), st.data())
def test_the_number_itself_is_guessed_wherever_it_stands(number: str, length: int, data: st.DataObject) -> None:
    before = data.draw(st.integers(0, length - 2))
    assert rules.guessable("0" * before + number[-2:] + "0" * (length - 2 - before), number)


@pytest.mark.long
@given(NUMBERS)
def test_nearly_every_pin_stays_allowed(number: str) -> None:
    assert len(allowed(number)) >= FEWEST


@cache
def allowed(number: str) -> list[str]:
    """Return every PIN of four digits that somebody can make."""
    return [pin for pin in (f"{each:04}" for each in range(10_000)) if not rules.guessable(pin, number)]
