"""One line of a theme night is made of whole sentences, also where its topic is a question."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from handlers.chat.words import Words
from handlers.said import theme_nights as theme_night_words
from tests.hub.translated_theme_night import HOUSING

SIGNED_UP = "Du er påmeldt."


@pytest.mark.parametrize(("topic", "written"), [("Bolig", "Bolig. "), ("Hva nå?", "Hva nå? "), ("Ut!", "Ut! ")])
def test_where_somebody_stands_begins_a_sentence_of_its_own(topic: str, written: str) -> None:
    words = Words("nb", ZoneInfo("Europe/Oslo"))
    night = replace(HOUSING, topic={"nb": topic})
    assert theme_night_words.line(words, night, SIGNED_UP).text.endswith(written + SIGNED_UP)
    assert theme_night_words.line(words, night).text.endswith(topic)
