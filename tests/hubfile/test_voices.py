"""Voices and recordings of hub.yaml: each fault is told with its line, and a hub goes on without what is broken."""

from pathlib import Path

import pytest

from bot.hubfile import HubFileFault, check_spoken, read_hub
from bot.hubfile.voices import Spoken
from tests.hubfile.small import HUB, Faults
from tests.voices.made_voice import make_voice
from tests.voices.test_recordings import HALF_A_SECOND, put

WITH = HUB + "voices: {nb: {piper: voices/nb.onnx}}\nrecordings: recordings\n"
BEGIN = HUB.count("\n") + 1


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A hub.yaml that names a voice and recordings, which stand beside it."""
    path = tmp_path / "hub.yaml"
    path.write_text(WITH, "utf-8")
    make_voice(tmp_path / "voices")
    put(tmp_path, "recordings/so/you-can-say-no.wav")
    return path


def faults(hub: Path) -> list[str]:
    with pytest.raises(HubFileFault) as fault:
        check_spoken(hub)
    return list(fault.value.faults)


def test_what_a_hub_file_says_of_voices_is_read_and_checked(hub: Path) -> None:
    assert read_hub(hub).spoken == Spoken({"nb": "voices/nb.onnx"}, "recordings")
    check_spoken(hub)


def test_a_voice_file_that_is_missing_or_broken_is_told_with_its_line(hub: Path) -> None:
    voice = hub.parent / "voices" / "nb.onnx"
    voice.write_bytes(voice.read_bytes()[:-1])
    place = f"hub.yaml, line {BEGIN}, voices.nb.piper:"
    assert faults(hub) == [f"{place} {voice} is broken, or was not copied whole; copy the voice here again."]
    voice.unlink()
    told = f"{place} {voice} is not there; a voice is a .onnx file with its .onnx.json beside it."
    assert faults(hub) == [told]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is nothing in it"),
        (b"a song", "it is not a WAV file of plain samples"),
        (bytes(100 * 1024 * 1024), "it has 100 MB, and there is room for 10"),
    ],
)
def test_a_recording_that_cannot_be_played_is_told_with_its_line(hub: Path, content: bytes, told: str) -> None:
    path = put(hub.parent, "recordings/so/yes.wav", content)
    remedy = "record it anew as a WAV of 16 bits, with a few seconds for each sentence"
    assert faults(hub) == [f"hub.yaml, line {BEGIN + 1}, recordings: {path} cannot be played: {told}; {remedy}."]


def test_a_folder_of_no_language_and_a_folder_that_is_not_there_are_told(hub: Path) -> None:
    put(hub.parent, "recordings/klingon/yes.wav", HALF_A_SECOND)
    place, folder = f"hub.yaml, line {BEGIN + 1}, recordings:", hub.parent / "recordings"
    named = f"{folder / 'klingon'} is named after no language; name it after the code of one, as so"
    assert faults(hub) == [f"{place} {named}."]
    hub.write_text(WITH.replace("recordings: recordings", "recordings: sounds"), "utf-8")
    absent = "is not there; make the folder, with one in it for each language, or leave recordings out"
    assert faults(hub) == [f"{place} {hub.parent / 'sounds'} {absent}."]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("voices: {se: {piper: a.onnx}}", "voices.se: se is not in languages; known are nb, en."),
        ("voices: {nb: {piper: ../a.onnx}}", "voices.nb.piper: is ../a.onnx; a voice is a .onnx file beside hub.yaml"),
        ("voices: {nb: {piper: /a.onnx}}", "voices.nb.piper: is /a.onnx; a voice is a .onnx file beside hub.yaml"),
        ("voices: {nb: {piper: a.bin}}", "voices.nb.piper: is a.bin; a voice is a .onnx file beside hub.yaml"),
        ("voices: {nb: {pipper: a.onnx}}", "voices.nb.pipper: is not known here; did you mean piper? "),
        ("voices: nb", "voices: is nb; voices stand as language: {piper: file}, as nb: {piper: voices/nb.onnx}."),
        ("recordings: ../other", "recordings: is ../other; recordings names a folder beside hub.yaml"),
    ],
)
def test_what_no_voice_can_be_is_told(faults_of: Faults, line: str, told: str) -> None:
    found = faults_of(("timetable:\n", f"{line}\ntimetable:\n"))
    assert f"hub.yaml, line {HUB[: HUB.index('timetable:')].count(chr(10)) + 1}, {told}" in "\n".join(found)
