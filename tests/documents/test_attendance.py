"""The attendance list: facts, a box for each person, free lines, on as many pages as it takes."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

from pypdfium2 import PdfDocument

from bot.documents.attendance import Attendance, attendance
from tests.documents.pages import pages, picture, words

NOW = datetime(2027, 1, 19, 16, 0, tzinfo=UTC)
FACTS = ("Gjeld og frihet", "tirsdag 19. januar kl. 18.00–19.30", "Sted: Gymsal.")


def a_list(*people: str, now: datetime = NOW, free_lines: int = 4) -> bytes:
    parts = (("Avdeling A", people),)
    return attendance(
        Attendance("Fjordheim fengsel", now, "nb", "Deltakerliste", FACTS, parts, "Kom i tillegg", free_lines)
    )


def all_words(pdf: bytes) -> list[str]:
    with closing(PdfDocument(pdf)) as document:
        texts = [str(page.get_textpage().get_text_range()) for page in document]
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def boxes(pdf: bytes) -> int:
    """Count the upright strokes of boxes down the left edge of the page: each box has its left side there."""
    scale, margin = 4, 22.0
    image = picture(pdf, scale)
    column = round(margin / 25.4 * 72 * scale)
    strip = image.crop((column - 1, 0, column + 2, image.height)).tobytes()
    dark = [min(strip[3 * y : 3 * y + 3]) < 160 for y in range(image.height)]
    runs: list[int] = []
    length = 0
    for each in [*dark, False]:
        length, ended = (length + 1, 0) if each else (0, length)
        runs += [ended] if ended else []
    side = round(4.0 / 25.4 * 72 * scale)
    return sum(abs(run - side) <= 6 for run in runs)


def test_a_list_says_where_and_when_and_who_and_nothing_else() -> None:
    made = a_list("A01 Furu", "A02 Gran")
    assert words(made) == [
        *("Fjordheim fengsel", "Deltakerliste", *FACTS),
        *("Avdeling A", "A01 Furu", "A02 Gran", "Kom i tillegg"),
    ]
    assert pages(made) == 1


def test_everybody_and_every_free_line_has_a_box_to_tick() -> None:
    assert boxes(a_list("A01 Furu", "A02 Gran")) == 6
    assert boxes(a_list("A01 Furu", "A02 Gran", "A03 Bjørk", free_lines=1)) == 4


def test_twenty_fit_on_one_page_and_two_hundred_go_on_to_the_next() -> None:
    assert pages(a_list(*(f"A{number:02} Furu" for number in range(20)), free_lines=6)) == 1
    people = [f"A{number:03} Øy" for number in range(200)]
    made = a_list(*people)
    assert pages(made) == 7
    assert all_words(made)[6:-1] == people, "nobody is lost between two pages"


def test_it_brings_its_fonts_along_and_the_same_list_is_the_same_file() -> None:
    made = a_list("A03 Bjørk")
    fonts = set(re.findall(rb"/BaseFont /([\w+-]+)", made))
    assert fonts
    assert all(b"+NotoSans" in font for font in fonts)
    assert made == a_list("A03 Bjørk")
    assert made != a_list("A03 Bjørk", now=NOW + timedelta(seconds=1))
