"""What a screen says when something was not possible: to whoever stands there, and about nobody else."""

from zoneinfo import ZoneInfo

import pytest

from bot.domain.refusals import AlreadyBusy, SlipThereAlready, Stale, TextTooLong
from handlers.chat.refusals import at_screens
from handlers.chat.refusals.of_staff import WORDS
from handlers.chat.words import words, words_to_inmates

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_inmate_is_spoken_to_and_not_about(language: str) -> None:
    said = [say(words_to_inmates(language, OSLO)) for say in at_screens.SAID.values()]
    assert [each for each in said if "inmate" in each or "innsatt" in each.lower() or len(each) > 200] == []


def test_what_names_something_says_it() -> None:
    said = at_screens.in_words(SlipThereAlready("FJ-116"))(words_to_inmates("en", OSLO))
    assert said == "You already have a slip there. Nothing was changed. It is slip FJ-116."


def test_the_staff_are_told_of_the_inmate_whom_a_screen_speaks_to() -> None:
    assert at_screens.SAID[AlreadyBusy](words_to_inmates("en", OSLO)).startswith("You have something else")
    assert WORDS[AlreadyBusy](words("en", OSLO)).startswith("The inmate has something else")


def test_a_refusal_that_no_press_at_a_screen_meets_says_the_present_and_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(at_screens.log, "error", lambda said, *named: told.append(said % named))
    _ = words_to_inmates("en", OSLO)
    assert at_screens.in_words(TextTooLong("40"))(_) == at_screens.SAID[Stale](_)
    assert told == ["No words at a screen for a refusal: TextTooLong"]
