"""A voice file that is missing, cut off or not described is told before anybody waits for it to speak."""

import json
from pathlib import Path

import pytest

from bot.voices.piper_files import fault_of
from tests.voices.made_voice import description, make_voice, network


def test_a_whole_voice_has_no_fault(tmp_path: Path) -> None:
    assert fault_of(make_voice(tmp_path)) is None


@pytest.mark.parametrize("missing", ["nb.onnx", "nb.onnx.json"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, missing: str) -> None:
    voice = make_voice(tmp_path)
    (tmp_path / missing).unlink()
    told = "is not there; a voice is a .onnx file with its .onnx.json beside it"
    assert fault_of(voice) == f"{tmp_path / missing} {told}"


@pytest.mark.parametrize("left", [0, 1, 2, 20, len(network()) // 2, len(network()) - 1])
def test_a_file_that_was_cut_off_anywhere_is_told(tmp_path: Path, left: int) -> None:
    voice = make_voice(tmp_path)
    voice.write_bytes(network()[:left])
    assert fault_of(voice) == f"{voice} is broken, or was not copied whole; copy the voice here again"


@pytest.mark.parametrize("content", [b"not a voice at all", b"\xff" * 64, b"PK\x03\x04" * 100])
def test_another_kind_of_file_is_told(tmp_path: Path, content: bytes) -> None:
    voice = make_voice(tmp_path)
    voice.write_bytes(content)
    assert fault_of(voice) == f"{voice} is broken, or was not copied whole; copy the voice here again"


@pytest.mark.parametrize("content", ["", "{", '{"audio": ', "[" * 100_000])
def test_a_description_that_was_cut_off_is_told(tmp_path: Path, content: str) -> None:
    voice = make_voice(tmp_path)
    beside = tmp_path / "nb.onnx.json"
    beside.write_text(content, "utf-8")
    assert fault_of(voice) == f"{beside} is broken, or was not copied whole; copy the voice here again"


@pytest.mark.parametrize(
    "wrong",
    [
        {"audio": {"sample_rate": "16000"}},
        {"audio": {"sample_rate": 1}},
        {"audio": []},
        {"espeak": {}},
        {"phoneme_id_map": {}},
        {"phoneme_id_map": "abc"},
    ],
)
def test_a_description_of_something_else_is_told(tmp_path: Path, wrong: dict[str, object]) -> None:
    voice = make_voice(tmp_path)
    beside = tmp_path / "nb.onnx.json"
    beside.write_text(json.dumps(description() | wrong), "utf-8")
    assert fault_of(voice) == f"{beside} does not describe a Piper voice; copy the voice here again"
