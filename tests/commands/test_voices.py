"""voices: makes what is read aloud to everybody, and lists what people can record."""

import os
import re
from pathlib import Path

import pytest

from bot import founding
from bot.config import Settings
from tests.hub.front_door import run
from tests.hubfile.small import HUB
from tests.voices.a_program import a_program
from tests.voices.made_voice import make_voice
from tests.voices.test_recordings import HALF_A_SECOND, put


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A hub that was made of a hub.yaml with a voice and a recording beside it."""
    described = tmp_path / "from" / "hub.yaml"
    make_voice(described.parent / "voices")
    put(described.parent, "recordings/so/noe-annet.wav")
    put(described.parent, "recordings/so/you-can-say-no.wav")
    described.write_text(HUB + "voices: {nb: {piper: voices/nb.onnx}}\nrecordings: recordings\n", "utf-8")
    await founding.create(Settings(tmp_path / "data"), described, None)
    return tmp_path / "data"


async def test_a_new_hub_brings_its_voices_and_recordings_along(data: Path) -> None:
    made = data / "voices" / "nb.onnx"
    assert made.read_bytes() == (data.parent / "from" / "voices" / "nb.onnx").read_bytes()
    assert made.with_name("nb.onnx.json").exists()
    assert (data / "recordings" / "so" / "you-can-say-no.wav").read_bytes() == HALF_A_SECOND


async def test_what_can_be_recorded_is_listed_with_its_file_and_what_is_there_is_marked(data: Path) -> None:
    ended = await run("voices", "--data", data, "--sentences", "so")
    assert (ended.code, ended.complaint) == (0, "")
    lines = ended.out.splitlines()
    assert "✓ recordings/so/you-can-say-no.wav\tYou can say no." in lines
    assert "  recordings/so/staff-writes-for-you.wav\t{staff} writes for you." in lines
    assert [each for each in lines if not re.fullmatch(r"[✓ ] recordings/so/[a-z0-9-]+\.wav\t\S.*", each)] == []
    assert len(lines) == len({*lines}) > 200


async def test_what_is_no_language_is_told(data: Path) -> None:
    ended = await run("voices", "--data", data, "--sentences", "../x")
    assert (ended.code, ended.out) == (2, "")
    assert ended.complaint == "'../x' is no language; name it by its code, as so for Somali.\n"


async def test_a_folder_without_a_hub_is_told(tmp_path: Path) -> None:
    ended = await run("voices", "--data", tmp_path)
    assert ended.code == 3
    assert "There is no hub in" in ended.complaint


async def test_everything_is_made_once_with_progress_and_a_second_run_makes_nothing(data: Path) -> None:
    described = data / "hub.yaml"
    described.write_text(described.read_text("utf-8").replace("voices: {nb: {piper: voices/nb.onnx}}\n", ""), "utf-8")
    # As it sounds is shown elsewhere; here a program that takes no time says the same of everything.
    put(data.parent, "sound.wav")
    a_program(data.parent, f"cat {data.parent / 'sound.wav'}", "espeak-ng")
    path = f"{data.parent}:{os.environ['PATH']}"
    ended = await run("voices", "--data", data, PATH=path)
    assert (ended.code, ended.complaint) == (0, "")
    last = {line.split()[0]: line for line in ended.out.splitlines()}
    assert [bool(re.fullmatch(r"(\w\w) (\d+) of \2", line)) for line in last.values()] == [True, True]
    made = {each.name: each.stat().st_mtime_ns for each in (data / "spoken").iterdir()}
    assert len(made) > 400
    assert (await run("voices", "--data", data, PATH=path)).out == ended.out
    assert {each.name: each.stat().st_mtime_ns for each in (data / "spoken").iterdir()} == made
