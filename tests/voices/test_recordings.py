"""Recordings by people: how a file is called, which is found for a sentence, and what is no recording."""

import struct
import wave
from pathlib import Path

import pytest

from bot.voices.recordings import LONGEST_NAME, MOST_BYTES, Recordings, fault_of, slug
from bot.voices.wavs import Samples

HALF_A_SECOND = Samples(b"\x01\x10" * 8000, 16_000).as_wav()
REMEDY = "record it anew as a WAV of 16 bits, with a few seconds for each sentence"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("You can say no.", "you-can-say-no"),
        ("{staff} writes for you.", "staff-writes-for-you"),
        ("✅ Don't — «wait»!", "dont-wait"),
        ("Bokmål, Čia", "bokmal-cia"),
        ("🎉", ""),
    ],
)
def test_a_file_is_named_after_the_english_sentence(sentence: str, name: str) -> None:
    assert slug(sentence) == name


def test_long_sentences_that_begin_alike_have_names_of_their_own() -> None:
    one, other = (slug("word " * 40 + end) for end in ("one", "two"))
    assert one != other
    assert max(len(one), len(other)) <= LONGEST_NAME


def put(folder: Path, name: str, content: bytes = HALF_A_SECOND) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_recording_of_a_sentence_is_found_by_any_way_to_say_it_in_english(tmp_path: Path) -> None:
    path = put(tmp_path, "so/you-can-say-no.wav")
    recordings = Recordings(tmp_path)
    assert recordings.of("so", ["You may say no.", "You can say no."]) == path
    assert [recordings.of(*asked) for asked in [("so", ["Yes."]), ("pl", ["You can say no."]), ("so", ["🎉", ""])]] == [
        None
    ] * 3
    assert recordings.of("../so", ["You can say no."]) is None
    assert Recordings().of("so", ["You can say no."]) is None


def test_a_language_counts_as_recorded_where_one_of_its_files_can_be_played(tmp_path: Path) -> None:
    put(tmp_path, "so/yes.wav")
    put(tmp_path, "pl/yes.wav", b"")
    put(tmp_path, "README.md", b"read me")
    assert Recordings(tmp_path).languages() == ["so"]
    assert Recordings(tmp_path / "none").languages() == []


def with_header(rate: int, bits: int, channels: int) -> bytes:
    block = channels * bits // 8
    header = struct.pack(
        "<4sI4s4sIHHIIHH", b"RIFF", 40, b"WAVE", b"fmt ", 16, 1, channels, rate, rate * block, block, bits
    )
    return header + struct.pack("<4sI", b"data", 4 * block) + bytes(4 * block)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is nothing in it"),
        (b"ID3 a song", "it is not a WAV file of plain samples"),
        (HALF_A_SECOND[:-100], "it ends before its header says"),
        (HALF_A_SECOND[:44], "it ends before its header says"),
        (Samples(b"", 16_000).as_wav(), "there is no sound in it"),
        (with_header(16_000, 8, 1), "it is not 16 bits, one or two channels, 8 to 48 kHz"),
        (with_header(96_000, 16, 2), "it is not 16 bits, one or two channels, 8 to 48 kHz"),
        (with_header(16_000, 16, 6), "it is not 16 bits, one or two channels, 8 to 48 kHz"),
    ],
)
def test_what_cannot_be_played_is_told_with_what_to_do(tmp_path: Path, content: bytes, told: str) -> None:
    path = put(tmp_path, "so/yes.wav", content)
    assert fault_of(path) == f"{path} cannot be played: {told}; {REMEDY}"


def test_a_file_of_100_mb_is_told_and_not_read(tmp_path: Path) -> None:
    path = put(tmp_path, "so/yes.wav")
    with path.open("r+b") as file:
        file.truncate(10 * MOST_BYTES)
    assert fault_of(path) == f"{path} cannot be played: it has 100 MB, and there is room for 10; {REMEDY}"


def test_a_recording_in_stereo_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "yes.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(bytes(400))
    assert fault_of(path) is None
