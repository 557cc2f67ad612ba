"""What the hub says to everybody: sentence by sentence, and how each stands in English."""

import pytest

from bot import hubfile
from bot.demo.files import HUB
from bot.speaking.sayings import PLACE, Sayings, to_record
from bot.voices.recordings import slug
from bot.voices.texts import spoken


@pytest.fixture(scope="module")
def nb() -> Sayings:
    return Sayings(hubfile.read_hub(HUB).hub, "nb")


def test_a_neutral_sentence_is_known_in_english_however_it_is_decorated(nb: Sayings) -> None:
    assert nb.english_of("✅ Du kan si nei.") == ("You can say no.",)
    assert nb.english_of("Lappen er sendt til A01.") == ()


def test_a_sentence_with_a_name_in_it_is_known_by_what_stands_around_the_name(nb: Sayings) -> None:
    assert nb.pattern_of("Betjent KB-A2 skriver for deg.") == ("{staff} writes for you.",)
    assert nb.pattern_of("Noe helt annet.") == ()


def test_the_hubs_own_words_are_among_its_sentences(nb: Sayings) -> None:
    assert nb.english_of("NAV hjelper deg med arbeid og penger.") == ("NAV helps you with work and money.",)


def test_neutral_sentences_are_about_nobody_have_words_and_are_told_once(nb: Sayings) -> None:
    said = [spoken(text, "nb") for text, _english in nb.neutral()]
    assert len(said) > 300
    assert len(said) == len({*said})
    assert [each for each in said if not each or PLACE.search(each) or "MMMM" in each] == []


def test_a_language_without_a_catalogue_has_the_hubs_own_words_alone() -> None:
    hub = hubfile.read_hub(HUB).hub
    assert Sayings(hub, "ar").english_of("السكن") == ("Housing",)
    assert Sayings(hub, "so").pairs == []


def test_what_can_be_recorded_has_the_consent_among_it(nb: Sayings) -> None:
    names = {slug(each) for each in to_record([nb])}
    assert {"staff-writes-for-you", "is-that-all-right", "you-can-say-no"} <= names
