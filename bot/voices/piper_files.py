"""What is wrong with a voice file of Piper, as far as that can be seen without speaking: it is whole, and described."""

import json
from pathlib import Path
from typing import Any, BinaryIO

from bot.voices.wavs import LEAST_RATE, MOST_RATE

GRAPH = 7
"""The field of an ONNX file that holds the network."""
VARINT, EIGHT_BYTES, WITH_LENGTH, FOUR_BYTES = 0, 1, 2, 5
AGAIN = "copy the voice here again"
MOST_DESCRIPTION = 4 * 1024 * 1024


def beside(voice: Path) -> Path:
    """Return where the description of a voice file stands."""
    return voice.with_name(f"{voice.name}.json")


def fault_of(voice: Path) -> str | None:
    """Say what is wrong with a voice file and what to do, as the end of a sentence; nothing where it can be used."""
    try:
        return _fault_of(voice)
    except OSError as error:
        return f"{error.filename} cannot be read ({error.strerror}); let whoever runs the hub read it"


def _fault_of(voice: Path) -> str | None:
    for path in (voice, beside(voice)):
        if not path.is_file():
            return f"{path} is not there; a voice is a .onnx file with its .onnx.json beside it"
    with voice.open("rb") as file:
        if not _is_whole(file, voice.stat().st_size):
            return f"{voice} is broken, or was not copied whole; {AGAIN}"
    return _fault_of_description(beside(voice))


def _fault_of_description(path: Path) -> str | None:
    with path.open("rb") as file:
        content = file.read(MOST_DESCRIPTION)
    try:
        about = json.loads(content)
    except (ValueError, RecursionError):
        return f"{path} is broken, or was not copied whole; {AGAIN}"
    if not _describes_a_voice(about):
        return f"{path} does not describe a Piper voice; {AGAIN}"
    return None


def _describes_a_voice(about: Any) -> bool:
    try:
        rate, reads, sounds = about["audio"]["sample_rate"], about["espeak"]["voice"], about["phoneme_id_map"]
    except (TypeError, LookupError):
        return False
    is_rate = isinstance(rate, int) and LEAST_RATE <= rate <= MOST_RATE
    return is_rate and isinstance(reads, str) and isinstance(sounds, dict) and bool(sounds)


def _is_whole(file: BinaryIO, size: int) -> bool:
    """Go from field to field of the ONNX file: one that was cut off says of its last that it goes on after the end."""
    has_graph = False
    try:
        while file.tell() < size:
            tag = _varint(file)
            has_graph |= tag == GRAPH << 3 | WITH_LENGTH
            _skip(file, tag & 7)
    except ValueError:
        return False
    return has_graph and file.tell() == size


def _skip(file: BinaryIO, kind: int) -> None:
    if kind == VARINT:
        _varint(file)
    elif kind in {EIGHT_BYTES, FOUR_BYTES}:
        file.seek(8 if kind == EIGHT_BYTES else 4, 1)
    elif kind == WITH_LENGTH:
        file.seek(_varint(file), 1)
    else:
        raise ValueError(kind)


def _varint(file: BinaryIO) -> int:
    value = 0
    for shift in range(0, 63, 7):
        read = file.read(1)
        if not read:
            raise ValueError("it ends within a number")
        value |= (read[0] & 0x7F) << shift
        if read[0] < 0x80:
            return value
    raise ValueError("a number without an end")
