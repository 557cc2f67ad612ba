"""Posters: one page for each language, whole, large, and readable in black and white too."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.documents.posters import (
    Row,
    ThemeNightPage,
    ThemeNightPoster,
    WeekPage,
    WeekPoster,
    theme_night_poster,
    week_poster,
)
from tests.documents.pages import dark_box, fonts_along, in_colour, lefts, pages, picture, words

NOW = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
WIDTH, HEIGHT, EDGE = 595, 842, 40
NB = ThemeNightPage(
    "nb",
    "Temakveld",
    "Bolig – veien ut",
    "Torsdag 14. januar",
    "Kl. 17.00 til 19.00",
    (("Sted", "Gymsal"), ("Med", "Boligkontoret"), ("For", "Alle på avdeling A og B"), ("Tolk", "Arabisk")),
    "Hvordan finner du et sted å bo når du kommer ut?",
    "Meld deg på ved skjermen",
    "Senest onsdag 13. januar kl. 15.00",
    "Fjordheim fengsel",
)
AR = ThemeNightPage(
    "ar",
    "لقاء مسائي",
    "السكن بعد الإفراج",
    "الخميس 14 يناير",
    "من الساعة \u206817:00\u2069",
    (("المكان", "القاعة الرياضية"), ("مع", "\u2068Boligkontoret i kommunen\u2069")),
    "كيف تجد مكانا للسكن؟",
    "سجل اسمك عند الشاشة",
    "آخر موعد: \u206814 يناير 15:00\u2069",
    "\u2068Fjordheim fengsel\u2069",
)
DAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")


def week(*counts: int, what: str = "Sosialkonsulenten") -> WeekPage:
    """A week with so many rows on each of its days; each row can be told from all others."""
    days = tuple(
        (
            f"{name} {day}.",
            tuple(Row("09.00–15.00", f"{what} {day}x{row}", "Servicetorget 1") for row in range(n)),
        )
        for day, (name, n) in enumerate(zip(DAYS, counts, strict=False))
        if n
    )
    return WeekPage("nb", "Uke 2", "11. til 17. januar", days, "Ingen er her.", "Send en lapp.", "Fjordheim fengsel")


def of_night(*said: ThemeNightPage) -> bytes:
    return theme_night_poster(ThemeNightPoster(NOW, said))


def of_week(*said: WeekPage) -> bytes:
    return week_poster(WeekPoster(NOW, said))


def said_in(pdf: bytes) -> str:
    """All the words of the file in one line, without what breaks and isolates them."""
    text = " ".join(" ".join(words(pdf, page)) for page in range(pages(pdf)))
    return re.sub(r"[\u2066-\u2069\ufffe\s]+", " ", text)


def test_a_poster_in_one_language_is_one_page_with_everything_on_it() -> None:
    made = of_night(NB)
    assert pages(made) == 1
    said = said_in(made)
    facts = [part for pair in NB.facts for part in pair]
    for text in (NB.kind, NB.topic, NB.day, NB.time, *facts, NB.about, NB.sign_up, NB.until, NB.foot):
        assert text in said


def test_every_language_has_a_page_of_its_own() -> None:
    made = of_night(NB, AR, replace(NB, language="en", topic="The way out"))
    assert pages(made) == 3
    assert [page for page in range(3) if "The way out" in " ".join(words(made, page))] == [2]
    assert fonts_along(made)


def test_the_topic_is_the_largest_on_the_page_and_readable_from_two_metres() -> None:
    bare = replace(NB, kind="", facts=(), about="", day=".", time=".")
    band = picture(of_night(bare), scale=1).crop((0, 0, WIDTH, 250)).point(lambda shade: 255 - shade)
    _left, top, _right, bottom = dark_box(band.point(lambda shade: 255 if shade > 128 else 0))
    assert bottom - top > 72


def test_white_on_its_ground_and_ink_on_paper_have_contrast_without_colours() -> None:
    counted = picture(of_night(NB), scale=1).histogram()
    most = sorted(range(256), key=lambda shade: -counted[shade])[:3]
    assert [shade for shade in most if 90 <= shade <= 200] == []


def test_arabic_stands_at_the_right_and_times_from_left_to_right() -> None:
    made = of_night(AR)
    image = picture(made, scale=1).crop((0, 330, WIDTH, 420))
    left, _top, right, _bottom = dark_box(image.point(lambda shade: 255 if shade > 128 else 0))
    assert right > WIDTH - EDGE - 12
    assert left > WIDTH / 4
    starts, place = lefts(made, "17:00", "الساعة")
    assert starts < place
    place, with_whom = lefts(made, "المكان", "Boligkontoret")
    assert with_whom < place
    assert not re.search(r"[٠-٩]", said_in(made))


def test_words_are_as_large_as_they_were_measured() -> None:
    beside_arabic = words(of_night(AR))
    assert any(line.startswith("Boligkontoret i") for line in beside_arabic)


def test_a_full_week_of_25_rows_stands_on_one_page() -> None:
    made = of_week(week(4, 4, 4, 4, 4, 3, 2))
    assert pages(made) == 1
    said = said_in(made)
    assert [f"{day}x{n}" for day, count in enumerate((4, 4, 4, 4, 4, 3, 2)) for n in range(count)] == re.findall(
        r"\dx\d", said
    )


def test_a_week_too_full_to_be_read_goes_on_another_page_and_loses_nothing() -> None:
    made = of_week(week(20, 20, 20, 20))
    assert pages(made) > 1
    assert len(re.findall(r"\dx\d+", said_in(made))) == 80


def test_a_week_without_anybody_says_so() -> None:
    assert "Ingen er her." in said_in(of_week(week()))


def pixels(image: Image.Image, colour: tuple[int, int, int]) -> int:
    raw = image.tobytes()
    return sum(raw[start : start + 3] == bytes(colour) for start in range(0, len(raw), 3))


def test_a_theme_night_is_marked_in_its_week() -> None:
    plain = week(1)
    marked = replace(plain, days=((plain.days[0][0], (replace(plain.days[0][1][0], marked=True),)),))
    ground = (227, 240, 238)
    counts = [pixels(in_colour(of_week(each), 1), ground) for each in (plain, marked)]
    assert counts[1] > counts[0] + 5000


def test_the_same_poster_at_the_same_time_is_the_same_file() -> None:
    assert of_night(NB, AR) == of_night(NB, AR)


LETTERS = st.text(st.sampled_from("abcdefghijklmnoprstuvæøå"), min_size=1, max_size=40)
LINES = st.lists(LETTERS, min_size=1, max_size=12).map(" ".join)


@settings(max_examples=25, deadline=None)
@given(LINES.map(lambda text: text[:120].strip() or "a"), st.lists(LETTERS, max_size=90).map(" ".join))
def test_however_long_the_words_are_none_is_cut_off(topic: str, about: str) -> None:
    made = of_night(replace(NB, topic=topic, about=about[:900].strip()))
    assert pages(made) == 1
    whole = said_in(made).replace(" ", "")
    assert topic.replace(" ", "") in whole
    assert about[:900].replace(" ", "") in whole
    assert NB.foot.replace(" ", "") in whole


@pytest.mark.parametrize("page", [NB, AR])
def test_nothing_stands_in_the_margin_where_printers_do_not_print(page: ThemeNightPage) -> None:
    image = picture(of_night(replace(page, about="ord " * 150)), scale=1).crop((0, 330, WIDTH, HEIGHT))
    left, _top, right, bottom = dark_box(image.point(lambda shade: 255 if shade > 120 else 0).crop((0, 0, WIDTH, 330)))
    assert (left >= 28, right <= WIDTH - 28, bottom > 0) == (True, True, True)
