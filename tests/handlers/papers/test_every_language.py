"""Posters in each language that walls speak: every letter has its glyph, and everything stands on the page."""

import logging
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.demo.routes import made_up
from bot.documents.posters import ThemeNightPoster, WeekPoster, theme_night_poster, week_poster
from bot.domain.inmates.inmates import LANGUAGES
from handlers.chat.words import Words, words_on_walls
from handlers.papers.missing_words import of_theme_night, of_week
from handlers.papers.poster_words import theme_night_page, week_page
from tests.catalogues import WALLS, forms, read
from tests.documents.pages import pages, words
from tests.hub.real_turns import demo_hub
from tests.hub.translated_theme_night import HOUSING

MONDAY = date(2027, 1, 11)
LETTERS = {
    "se": "Áá Čč Đđ Ŋŋ Šš Ŧŧ Žž",
    "lt": "Ąą Čč Ęę Ėė Įį Šš Ųų Ūū Žž",
    "ro": "Ăă Ââ Îî Șș Țț",
    "pl": "Ąą Ćć Ęę Łł Ńń Óó Śś Źź Żż",
}
"""The letters of which a font may lack some; a hub's own texts have them, whatever the catalogue happens to say."""


def on_walls(language: str) -> Words:
    found = words_on_walls(language, demo_hub().zone)
    assert found is not None
    return found


def everything_said(language: str) -> str:
    """All the sentences of a catalogue in one text, with the letters of the language and its names of languages."""
    _ = on_walls(language)
    sentences = [text for message in read(language, WALLS) if message.id for text in forms(message.string)]
    return " ".join([*sentences, *(_.name_of(each) for each in LANGUAGES), LETTERS.get(language, "")])


def theme_night(language: str, about: str) -> bytes:
    hub = demo_hub()
    night = replace(HOUSING, about={language: about}, women=True, languages=("pl", "ti"))
    return theme_night_poster(
        ThemeNightPoster(night.made_at, (theme_night_page(on_walls(language), hub, night, night.made_at),))
    )


def week(language: str) -> bytes:
    page = week_page(on_walls(language), demo_hub(), "FJ", MONDAY, [HOUSING])
    return week_poster(WeekPoster(HOUSING.made_at, (page,)))


def read_back(pdf: bytes) -> str:
    """Return the letters of a file without what stands between them."""
    return re.sub(
        r"[\u2066-\u2069\ufffe\s]", "", "".join(line for page in range(pages(pdf)) for line in words(pdf, page))
    )


@pytest.mark.parametrize("language", WALLS.whole)
def test_every_letter_of_a_language_has_its_glyph(language: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "fpdf"):
        drawn = theme_night(language, everything_said(language)), week(language)
    assert [each.getMessage() for each in caplog.records] == []
    assert [pages(each) for each in drawn] == [1, 1]
    letters = LETTERS.get(language, "").replace(" ", "")
    assert letters in read_back(drawn[0])


def test_a_letter_without_a_glyph_would_be_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "fpdf"):
        theme_night("nb", "ትግርኛ")
    assert [each.getMessage() for each in caplog.records] != []


@pytest.mark.parametrize("language", WALLS.whole)
def test_the_poster_of_a_week_says_its_days_in_the_language(language: str) -> None:
    _ = on_walls(language)
    said = read_back(week(language))
    if _.language != "ar":  # the words of a line from the right are read back in another order
        assert re.sub(r"\s", "", _("Week {number}", number=2)) in said
        assert re.sub(r"\s", "", _("Want to talk to somebody? Send a slip at the screen.")) in said
        assert re.sub(r"\s", "", _("Theme night: {topic}", topic=_.of(HOUSING.topic))) in said


@pytest.mark.parametrize("language", WALLS.whole)
def test_no_poster_of_the_demo_lacks_a_word(language: str) -> None:
    hub, nights = demo_hub(), [each.night for each in made_up().people.nights]
    mondays = [MONDAY + timedelta(weeks=number) for number in range(4)]
    lacks = [lack for each in nights for lack in of_theme_night(hub, each, language)]
    lacks += [lack for prison in hub.prisons for day in mondays for lack in of_week(hub, prison, day, nights, language)]
    assert [lack(on_walls("nb")) for lack in lacks] == []
