"""The PIN letter: one page that an inmate can act on alone, and that names nobody."""

import gc
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fpdf.errors import FPDFException

from bot.documents.letters import Part, pin_letter
from tests.documents.pages import pages, words

NOW = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
NB = Part(
    "nb", "Koden din", "Nummeret ditt", "Engangskode", ("Trykk A.", "Trykk 19."), ("Virker én gang, til kl. 11.00.",)
)
LT = Part("lt", "Jūsų kodas", "Jūsų numeris", "Vienkartinis kodas", ("Paspauskite A.",), ("Žodžiai šnypščia.",))
UK = Part("uk", "Ваш код", "Ваш номер", "Одноразовий код", ("Натисніть A.",), ("Папірець рахується так само.",))


def letter(*parts: Part, code: str = "493021", now: datetime = NOW) -> bytes:
    return pin_letter("Fjordheim fengsel", "A19", code, parts, now)


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
    fonts = set(re.findall(rb"/BaseFont /([\w+-]+)", made))
    assert fonts
    assert all(b"+NotoSans" in font for font in fonts)
    assert len(re.findall(rb"/FontFile2", made)) == len(set(re.findall(rb"/FontName /([\w+-]+)", made)))


def test_the_same_letter_at_the_same_time_is_the_same_file() -> None:
    assert letter(NB) == letter(NB)
    assert letter(NB) != letter(NB, now=NOW + timedelta(seconds=1))


def test_a_letter_tells_its_language_its_title_and_no_time_but_the_hubs() -> None:
    made = letter(replace(LT, title="Kodas"), NB)
    assert b"/Lang (lt)" in made
    assert set(re.findall(rb"D:(\d{14})", made)) == {b"20270113090000"}
    assert b"fpdf" not in made.lower()


def test_a_language_written_from_the_right_is_refused_rather_than_printed_wrongly() -> None:
    for parts in ((replace(NB, language="ar"), NB), (NB, replace(NB, language="ar"))):
        with pytest.raises(FPDFException, match="uharfbuzz"):
            letter(*parts)
    gc.collect()  # a font left open would be told here
