"""Every emoji that the hub says has a picture, wherever it says it: code, catalogues, the demo's hub, the pages."""

from collections import defaultdict

from bot.hubfile.pictures import PICTURES, SAID, SIGNS, THINGS
from tests.hubfile.pictures.emoji import COLOURED, emoji_in, found, sources


def without_a_picture(spelled: dict[str, list[str]]) -> dict[str, list[str]]:
    """Name every emoji that has none, or is spelled in another way than in the list, with where it stands."""
    return {emoji: places for emoji, places in spelled.items() if emoji not in PICTURES and emoji not in SIGNS}


def everywhere() -> dict[str, list[str]]:
    spelled: dict[str, list[str]] = defaultdict(list)
    for emoji, place in found():
        spelled[emoji].append(place)
    return spelled


def test_every_emoji_that_is_said_has_a_picture() -> None:
    assert len(list(sources())) > 300
    assert without_a_picture(everywhere()) == {}


def test_a_new_emoji_is_named_with_its_place() -> None:
    places = {"🦄": ["handlers/day/today.py:1"], "✅": ["handlers/day/today.py:2"]}
    assert without_a_picture(places) == {"🦄": ["handlers/day/today.py:1"]}


def test_every_picture_of_the_hub_is_of_something_that_it_says() -> None:
    said = set(everywhere())
    assert [emoji for emoji in {**SAID, **THINGS} if emoji not in said] == []


def test_an_emoji_is_found_as_a_reader_counts_it() -> None:
    text = "✅ Ja ℹ️ 👍🏽 🧑‍🤝‍🧑 🇳🇴 ● 5 «æ» ─ 1️⃣"
    assert list(emoji_in(text)) == ["✅", "ℹ️", "👍🏽", "🧑‍🤝‍🧑", "🇳", "🇴", "●", "1️"]


def test_an_emoji_is_spelled_in_one_way() -> None:
    bare = [emoji.replace(COLOURED, "") for emoji in PICTURES]
    assert len(set(bare)) == len(bare)
