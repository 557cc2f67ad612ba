"""The demo's own words stand in eight languages, short and plain, as people write them there."""

import re
from collections.abc import Iterator

import pytest

from bot.demo import files
from bot.domain.services import Texts
from bot.hubfile import read_files
from bot.languages import WALLS, with_catalogue

LANGUAGES = ("nb", "nn", "en", "pl", "lt", "ro", "ar", "se")
LONGEST_SENTENCE = 12
FILES = read_files(files.HUB, files.PEOPLE)
HUB = FILES.hub.hub
SAME_IN_MANY = 4
"""A word can be the same in so many languages, as `Familie`; one that is the same in more may be forgotten."""

WRONG_LETTERS = {
    "ar": "\u064b-\u0652\u0670\u0660-\u0669\u06f0-\u06f9",  # diacritics, and digits other than the Western ones
    "ro": "ŞşŢţ",  # with a cedilla; ș and ț have a comma
    "se": "ÅåØøÆæÄäÖö",
    "pl": "ÅåØøÆæÄäÖö",
    "lt": "ÅåØøÆæÄäÖö",
}


def names() -> Iterator[tuple[str, Texts]]:
    """Return what stands on buttons and papers: names, each with its place."""
    yield from ((f"rooms.{key}", each.name) for key, each in HUB.rooms.items())
    yield from ((f"services.{key}", each.name) for key, each in HUB.services.items())
    yield from ((f"staff.{key}", each) for key, each in HUB.names.items())
    for key, service in HUB.services.items():
        yield from ((f"services.{key}.topics.{each.key}", each.name) for each in service.topics)
        if service.readers:
            yield f"services.{key}.readers", service.readers


def sentences_of() -> Iterator[tuple[str, Texts]]:
    """Return what is said in whole sentences, each with its place."""
    yield from ((f"services.{key}.about", each.about) for key, each in HUB.services.items())
    yield from ((f"answers.{key}", each) for key, each in HUB.answers.items())
    for number, each in enumerate(FILES.people.nights):
        yield f"nights.{number}.topic", each.night.topic
        yield f"nights.{number}.about", each.night.about


TEXTS = [*names(), *sentences_of()]


def test_posters_speak_every_language_that_walls_have() -> None:
    assert (HUB.posters, sorted(HUB.posters)) == (LANGUAGES, sorted(with_catalogue(WALLS)))


def test_every_text_stands_in_eight_languages_in_one_order() -> None:
    assert len(TEXTS) > 80
    assert {place: tuple(texts) for place, texts in TEXTS if tuple(texts) != LANGUAGES} == {}


def test_no_text_is_another_languages_copied() -> None:
    copied = {
        place: texts["en"]
        for place, texts in TEXTS
        if sum(texts["en"] == texts[other] for other in LANGUAGES) > SAME_IN_MANY
    }
    assert copied == {"services.nav": "NAV", "staff.ADM": "Administrator ADM"}


def test_what_stands_on_a_button_fits_it() -> None:
    buttons = [f"{service.icon} {name}" for service in HUB.services.values() for name in service.name.values()]
    topics = [topic for service in HUB.services.values() for topic in service.topics]
    buttons += [f"{topic.icon} {name}" for topic in topics for name in topic.name.values()]
    assert [text for text in buttons if len(text) > 24] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_short_and_end(language: str) -> None:
    said = [texts[language] for place, texts in sentences_of() if not place.endswith(".topic")]
    sentences = [sentence for text in said for sentence in re.split(r"(?<=[.?؟]) ", text)]
    assert len(sentences) > 50
    assert [each for each in sentences if len(each.split()) > LONGEST_SENTENCE or each[-1] not in ".?؟"] == []


@pytest.mark.parametrize(("language", "wrong"), WRONG_LETTERS.items())
def test_a_language_is_written_in_its_own_letters(language: str, wrong: str) -> None:
    said = [texts[language] for _, texts in TEXTS]
    assert [text for text in said if re.search(f"[{wrong}]", text)] == []
