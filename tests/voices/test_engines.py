"""What speaks, for real: each language becomes sound that can be heard, calmly; and a program that does not, ends."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from bot.voices.engines import CALM, LIBRARY, Espeak, Piper, Program, espeak_program, piper_program
from bot.voices.programs import ProgramFault, output_of
from bot.voices.texts import sentences, spoken
from bot.voices.wavs import NoWav
from tests.patience import until
from tests.voices.a_program import a_program
from tests.voices.made_voice import RATE, make_voice
from tests.voices.sounds import NOBODY_SPEAKS, PAGES, QUIET, loudness

OF_THE_PACKAGE = (sys.executable, "-I", str(LIBRARY))


def test_every_language_with_a_voice_has_a_page_here() -> None:
    assert set(PAGES) == set(CALM)


def plain() -> Program:
    found = espeak_program()
    assert found, NOBODY_SPEAKS
    return found


@pytest.mark.parametrize("of_the_package", [False, True])
@pytest.mark.parametrize("language", PAGES)
async def test_a_page_becomes_sound_that_is_heard_and_is_calm(language: str, of_the_package: bool) -> None:
    engine = Espeak(OF_THE_PACKAGE if of_the_package else plain(), language)
    page = PAGES[language]
    spoken_page = [await engine.speak(spoken(each, language)) for each in sentences(page, language)]
    assert len(spoken_page) > 2
    assert min(loudness(each.as_wav()) for each in spoken_page) > QUIET
    assert 8 <= len(page) / sum(each.seconds for each in spoken_page) <= 25


async def test_piper_speaks_with_the_voice_file_it_is_given(tmp_path: Path) -> None:
    program = piper_program()
    assert program, "Piper is missing. Install the tools of the tests: make .venv/.dev"
    said = spoken(sentences(PAGES["nb"], "nb")[0], "nb")
    made = await Piper.of(program, make_voice(tmp_path)).speak(said)
    assert made.rate == RATE
    assert loudness(made.as_wav()) > QUIET
    assert 8 <= len(said) / made.seconds <= 25


async def test_a_voice_that_piper_cannot_load_is_told_by_its_exit_code(tmp_path: Path) -> None:
    program = piper_program()
    assert program
    engine = Piper.of(program, make_voice(tmp_path))
    engine.voice.write_bytes(b"no network")
    with pytest.raises(ProgramFault, match="it ended with 1"):
        await engine.speak("Hei")


@pytest.mark.parametrize(
    ("does", "told"),
    [("exit 3", "it ended with 3"), ("sleep 60", "it was not done within 0.3 seconds")],
)
async def test_a_program_that_fails_or_hangs_is_told(tmp_path: Path, does: str, told: str) -> None:
    with pytest.raises(ProgramFault, match=told):
        await output_of([a_program(tmp_path, does)], "hei", 0.3)


async def test_a_program_that_is_gone_is_told(tmp_path: Path) -> None:
    # Started politely it is nice that misses it; without that, the machine.
    with pytest.raises(ProgramFault, match=r"it ended with 127|it cannot be started"):
        await Espeak((str(tmp_path / "espeak-ng"),), "nb").speak("hei")


async def test_what_writes_no_sound_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoWav):
        await Espeak((a_program(tmp_path, "echo hello"),), "nb").speak("hei")


async def test_a_program_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    work = asyncio.ensure_future(output_of([a_program(tmp_path, f"sleep 60 & echo $! >{begun}; wait")], "hei"))
    await until(lambda: begun.exists() and begun.read_text().strip() != "", "it has begun")
    number = int(begun.read_text())
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await until(lambda: not is_running(number), "what it had started has ended too")


def is_running(number: int) -> bool:
    """Say whether a process runs; one that has ended and that nobody has asked about yet does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_a_program_gets_the_text_alone_and_none_of_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMTALELAPP_TELEGRAM_TOKEN", "secret")
    told = await output_of([a_program(tmp_path, "env; echo $@; nice; cat"), "a"], "$(id); `id` 'x'")
    lines = told.decode().splitlines()
    assert [each for each in lines if each.endswith("=secret")] == []
    assert lines[-3:] == ["a", "10", "$(id); `id` 'x'"]


def test_the_machines_own_program_goes_before_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert espeak_program() == OF_THE_PACKAGE
    own = a_program(tmp_path, "exit 0", "espeak-ng")
    assert espeak_program() == (own,)


async def test_the_loop_turns_while_somebody_speaks() -> None:
    """Taps are answered meanwhile."""
    work = asyncio.ensure_future(Espeak(plain(), "nb").speak("Her kan du be om en samtale. " * 20))
    longest, before = 0.0, time.monotonic()
    while not work.done():
        await asyncio.sleep(0.001)
        longest, before = max(longest, time.monotonic() - before), time.monotonic()
    assert (await work).seconds > 20
    assert longest < 0.25
