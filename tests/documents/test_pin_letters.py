"""The PIN letter: one page that an inmate can act on alone, and that names nobody."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from bot.documents.pin_letters import Part, PinLetter, pin_letter
from tests.documents.pages import dark_box, fonts_along, lefts, pages, picture, words

NOW = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
NB = Part(
    "nb", "Koden din", "Nummeret ditt", "Engangskode", ("Trykk A.", "Trykk 19."), ("Virker én gang, til kl. 11.00.",)
)
JOINED, APART = "سسس", "س\u200cس\u200cس"
"""The same letter three times, as one word and kept apart."""
AR = Part("ar", JOINED, "رقمك", "الرمز", ("اضغط A.",), ("من \u206810:00–11:00\u2069 المكان",))
PAGE_WIDTH = 595
LT = Part("lt", "Jūsų kodas", "Jūsų numeris", "Vienkartinis kodas", ("Paspauskite A.",), ("Žodžiai šnypščia.",))
UK = Part("uk", "Ваш код", "Ваш номер", "Одноразовий код", ("Натисніть A.",), ("Папірець рахується так само.",))


def letter(*parts: Part, code: str = "493021", now: datetime = NOW) -> bytes:
    return pin_letter(PinLetter("Fjordheim fengsel", now, "A19", code, parts))


def test_a_letter_says_the_number_the_code_and_the_steps_in_order() -> None:
    assert words(letter(NB)) == [
        "Fjordheim fengsel",
        "Koden din",
        "Nummeret ditt",
        "A19",
        "Engangskode",
        "493021",
        "1. Trykk A.",
        "2. Trykk 19.",
        "Virker én gang, til kl. 11.00.",
    ]


@pytest.mark.parametrize("own", [LT, UK])
def test_a_letter_in_two_languages_says_the_code_once_and_fits_on_a_page(own: Part) -> None:
    made = letter(own, NB)
    said = words(made)
    assert (pages(made), said.count("493021")) == (1, 1)
    assert {own.title, own.number, own.code, *own.notes, NB.title, *NB.notes} <= set(said)
    assert said.index(own.title) < said.index(NB.title)


def test_a_letter_brings_its_fonts_along() -> None:
    made = letter(UK, NB)
    assert fonts_along(made)


def test_the_same_letter_at_the_same_time_is_the_same_file() -> None:
    assert letter(NB) == letter(NB)
    assert letter(NB) != letter(NB, now=NOW + timedelta(seconds=1))


def test_a_letter_tells_its_language_its_title_and_no_time_but_the_hubs() -> None:
    made = letter(replace(LT, title="Kodas"), NB)
    assert b"/Lang (lt)" in made
    assert set(re.findall(rb"D:(\d{14})", made)) == {b"20270113090000"}
    assert b"fpdf" not in made.lower()


def test_a_language_written_from_the_right_stands_at_the_right_with_letters_that_join() -> None:
    made = letter(AR, NB)
    left, _top, right, _bottom = dark_box(title_of(made))
    assert (pages(made), fonts_along(made)) == (1, True)
    assert left > PAGE_WIDTH / 2
    assert right > PAGE_WIDTH * 0.85
    assert strokes(title_of(made)) == 1
    assert strokes(title_of(letter(replace(AR, title=APART), NB))) == 3


def test_a_time_within_words_from_the_right_keeps_its_own_direction() -> None:
    starts, ends, after = lefts(letter(AR, NB), "10:00", "11:00", "المكان")
    assert after < starts < ends


def title_of(made: bytes) -> Image.Image:
    """Cut out the line with the title."""
    image = picture(made, scale=1)
    return image.crop((0, 95, image.width, 132))


def strokes(image: Image.Image) -> int:
    """Count what is written without lifting the pen: runs of columns with ink in them."""
    left, _top, right, _bottom = dark_box(image)
    ink = [min(image.crop((x, 0, x + 1, image.height)).tobytes()) < 128 for x in range(left, right)]
    return sum(1 for before, now in zip([False, *ink], ink, strict=False) if now and not before)
