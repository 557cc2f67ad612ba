"""Every refusal has its words, in every whole language."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain.refusals import Refusal
from handlers.chat.refusals.of_staff import WORDS
from handlers.chat.words import words
from tests.catalogues import STAFF

OSLO = ZoneInfo("Europe/Oslo")


def every_refusal(of: type[Refusal] = Refusal) -> set[type[Refusal]]:
    """Whatever module of the rules it stands in."""
    found = {each for each in of.__subclasses__() if each.__module__.startswith("bot.")}
    return found.union(*map(every_refusal, found))


def said(language: str) -> dict[str, str]:
    return {refusal.__name__: say(words(language, OSLO)) for refusal, say in WORDS.items()}


def test_every_refusal_has_words_and_no_words_are_left_over() -> None:
    assert set(WORDS) == every_refusal()


@pytest.mark.parametrize("language", STAFF.whole)
def test_each_refusal_says_something_of_its_own(language: str) -> None:
    assert all(text.strip() for text in said(language).values())
    assert len(set(said(language).values())) == len(WORDS)


def test_the_languages_say_it_in_words_of_their_own() -> None:
    norwegian, english, nynorsk = said("nb"), said("en"), said("nn")
    assert {name for name in norwegian if english[name] in {norwegian[name], nynorsk[name]}} == set()


def test_a_refusal_fits_a_toast() -> None:
    assert {name for language in STAFF.whole for name, text in said(language).items() if len(text) > 200} == set()
