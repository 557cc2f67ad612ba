"""Messages read aloud, as a page asks for it: in whichever language a sentence can be heard."""

from pathlib import Path

import pytest

from bot import hubfile
from bot.demo.files import HUB
from bot.speaking.reading import Reading
from bot.voices.kept import Kept
from bot.voices.recordings import Recordings
from bot.voices.speaking import Silent, Voices
from tests.voices.test_speaking import BEEP, RECORDED, Counts

ASKED = {"text": "Les dette høyt:\nBetjent KB-A2 skriver for deg. Er det greit? Du kan si nei.", "buttons": []}


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    folder = tmp_path / "so"
    folder.mkdir()
    for name in ("staff-writes-for-you", "you-can-say-no"):
        (folder / f"{name}.wav").write_bytes(RECORDED)
    voices = Voices({"nb": Counts()}, Recordings(tmp_path), Kept(tmp_path / "spoken"))
    return Reading(hubfile.read_hub(HUB).hub, voices)


def test_a_page_is_told_of_each_sentence_where_it_stands_and_in_which_languages_it_is_heard(reading: Reading) -> None:
    told = reading.sentences(ASKED)
    assert told[1] == {
        "text": "Betjent KB-A2 skriver for deg.",
        "language": "nb",
        "at": "line 1",
        "voices": ["nb", "so"],
    }
    assert [(each["text"], each["voices"]) for each in told] == [
        ("Les dette høyt:", ["nb"]),
        ("Betjent KB-A2 skriver for deg.", ["nb", "so"]),
        ("Er det greit?", ["nb"]),
        ("Du kan si nei.", ["nb", "so"]),
    ]


async def test_the_consent_is_heard_as_it_was_recorded_in_a_language_that_nothing_else_speaks(reading: Reading) -> None:
    heard = [await reading.speak(ASKED, number, "so") for number in range(4)]
    assert heard == [Silent.NO_VOICE, RECORDED, Silent.NO_VOICE, RECORDED]


async def test_in_its_own_language_the_engine_says_the_name_too(reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "nb").mkdir()
    (tmp_path / "nb" / "staff-writes-for-you.wav").write_bytes(RECORDED)
    ours = Reading(reading.hub, Voices(reading.voices.engines, Recordings(tmp_path)))
    assert await ours.speak(ASKED, 1, "") == BEEP.as_wav()


async def test_only_a_page_that_is_about_nobody_is_kept(reading: Reading, tmp_path: Path) -> None:
    face = {"language": "nb", "personal": True, "lines": [{"text": "Du møter NAV."}]}
    await reading.speak({"text": "", "face": face}, 0, "")
    assert not (tmp_path / "spoken").exists()
    await reading.speak({"text": "", "face": {**face, "personal": False}}, 0, "")
    assert len(list((tmp_path / "spoken").iterdir())) == 1


async def test_a_sentence_that_is_not_there_or_has_no_voice_is_silent(reading: Reading) -> None:
    face = {"language": "pl", "lines": [{"text": "Dzień dobry."}]}
    assert await reading.speak(ASKED, 4, "") is Silent.NO_WORDS
    assert await reading.speak({"text": "🎉"}, 0, "") is Silent.NO_WORDS
    assert await reading.speak({"text": "", "face": face}, 0, "") is Silent.NO_VOICE


def test_a_hub_tells_who_speaks_each_of_its_languages(reading: Reading) -> None:
    assert reading.kinds() == {"nb": ("espeak-ng",), "en": (), "so": ("recordings",)}
    assert reading.languages() == ["nb", "so"]
