"""Which voices a hub has on this machine; whatever is wrong with one is logged with what mends it."""

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.hubfile import HubFile, read_hub
from bot.speaking import setting_up
from bot.speaking.setting_up import voices_of
from bot.voices.engines import Kind
from tests.hubfile.small import HUB
from tests.voices.made_voice import make_voice
from tests.voices.test_recordings import put


def described(folder: Path, more: str = "") -> HubFile:
    path = folder / "hub.yaml"
    path.write_text(HUB + more, "utf-8")
    return read_hub(path)


def test_each_language_has_the_best_voice_there_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_voice(tmp_path / "voices")
    put(tmp_path, "recordings/so/yes.wav")
    hub = described(tmp_path, "voices: {nb: {piper: voices/nb.onnx}}\nrecordings: recordings\n")
    assert voices_of(hub, tmp_path).kinds() == {"nb": (Kind.PIPER,), "en": (Kind.ESPEAK,), "so": (Kind.RECORDINGS,)}
    assert caplog.messages == []


def test_a_broken_voice_is_told_and_the_plain_one_speaks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    voice = make_voice(tmp_path / "voices")
    voice.write_bytes(b"")
    put(tmp_path, "recordings/so/yes.wav", b"")
    hub = described(tmp_path, "voices: {nb: {piper: voices/nb.onnx}}\nrecordings: recordings\n")
    assert voices_of(hub, tmp_path).kinds() == {"nb": (Kind.ESPEAK,), "en": (Kind.ESPEAK,)}
    recording = tmp_path / "recordings" / "so" / "yes.wav"
    assert caplog.messages == [
        f"voices.nb.piper {voice} is broken, or was not copied whole; copy the voice here again",
        f"recordings {recording} cannot be played: there is nothing in it; "
        "record it anew as a WAV of 16 bits, with a few seconds for each sentence",
    ]


def test_without_any_program_there_is_no_voice_and_the_log_says_how_to_get_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_voice(tmp_path / "voices")
    for program in ("espeak_program", "piper_program"):
        monkeypatch.setattr(setting_up, program, lambda: None)
    hub = described(tmp_path, "voices: {nb: {piper: voices/nb.onnx}}\n")
    caplog.set_level(logging.INFO)
    assert voices_of(hub, tmp_path).kinds() == {}
    assert caplog.messages == [setting_up.NO_PIPER, setting_up.NO_VOICE]


def test_a_language_that_no_program_reads_has_no_voice(tmp_path: Path) -> None:
    hub = described(tmp_path)
    more = replace(hub, hub=replace(hub.hub, languages=("nb", "nn", "se")))
    assert voices_of(more, tmp_path).kinds() == {"nb": (Kind.ESPEAK,), "nn": (Kind.ESPEAK,)}
