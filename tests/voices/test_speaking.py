"""Who speaks what: recordings go first, neutral sentences are made once, and what is about somebody is never kept."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.voices.engines import Espeak, Kind, espeak_program
from bot.voices.kept import Kept
from bot.voices.programs import ProgramFault
from bot.voices.recordings import Recordings
from bot.voices.speaking import AT_ONCE, MOST_WAITING, Sentence, Silent, Voices
from bot.voices.wavs import Samples
from tests.patience import until
from tests.voices.sounds import NOBODY_SPEAKS

BEEP, RECORDED = Samples(b"\x01\x10" * 800, 16_000), Samples(b"\x02\x20" * 800, 16_000).as_wav()


@dataclass
class Counts:
    """An engine that makes the same sound of everything, and counts what it was asked and how much at once."""

    id: str = "counts"
    kind: Kind = Kind.ESPEAK
    asked: list[str] = field(default_factory=list)
    fault: Exception | None = None
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)
    now: int = 0
    most: int = 0

    def __post_init__(self) -> None:
        self.may_go_on.set()

    async def speak(self, said: str) -> Samples:
        self.asked.append(said)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await self.may_go_on.wait()
        finally:
            self.now -= 1
        if self.fault:
            raise self.fault
        return BEEP


def voices(folder: Path, engine: Counts, recordings: Path | None = None) -> Voices:
    return Voices({"nb": engine}, Recordings(recordings), Kept(folder / "spoken"))


def files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


async def test_a_neutral_sentence_is_made_once_also_when_two_ask_at_the_same_time(tmp_path: Path) -> None:
    engine = Counts()
    one = Sentence("Her kan du be om en samtale.", "nb", neutral=True)
    spoken = await asyncio.gather(*(voices.speak(one) for voices in [voices(tmp_path, engine)] * 3))
    again = await voices(tmp_path, engine).speak(one)
    assert ({*spoken, again}, engine.asked) == ({BEEP.as_wav()}, ["Her kan du be om en samtale."])
    assert [each.parent.name for each in files(tmp_path)] == ["spoken"]


async def test_another_voice_makes_it_anew(tmp_path: Path) -> None:
    one, other = Counts("one"), Counts("other")
    for engine in (one, other, one):
        await voices(tmp_path, engine).speak(Sentence("Hei.", "nb", neutral=True))
    assert (one.asked, other.asked) == (["Hei."], ["Hei."])


async def test_what_was_kept_in_part_is_made_anew(tmp_path: Path) -> None:
    engine = Counts()
    await voices(tmp_path, engine).speak(Sentence("Hei.", "nb", neutral=True))
    [kept] = files(tmp_path)
    kept.write_bytes(kept.read_bytes()[:-10])
    assert await voices(tmp_path, engine).speak(Sentence("Hei.", "nb", neutral=True)) == BEEP.as_wav()
    assert (engine.asked, kept.read_bytes()) == (["Hei.", "Hei."], BEEP.as_wav())


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Every place to which something could be written: the folder of a hub, the one for passing files, and home."""
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield tmp_path
    tempfile.tempdir = None


async def test_what_is_about_somebody_is_on_no_disk_neither_while_it_is_made_nor_later(disk: Path) -> None:
    program = espeak_program()
    assert program, NOBODY_SPEAKS
    ours = Voices({"nb": Espeak(program, "nb")}, Recordings(), Kept(disk / "spoken"))
    work = asyncio.ensure_future(ours.speak(Sentence("Du møter NAV torsdag, A01. " * 12, "nb")))
    seen: list[Path] = []
    while not work.done():
        seen += files(disk)
        await asyncio.sleep(0.002)
    assert isinstance(await work, bytes)
    assert (seen, files(disk)) == ([], [])
    await ours.speak(Sentence("Her kan du be om en samtale.", "nb", neutral=True))
    assert [each.parent.name for each in files(disk)] == ["spoken"]


async def test_a_sentence_of_somebodys_page_that_everybody_has_is_taken_from_what_was_kept(tmp_path: Path) -> None:
    engine = Counts()
    ours = voices(tmp_path, engine)
    await ours.speak(Sentence("Du kan si nei.", "nb", neutral=True))
    await ours.speak(Sentence("Du kan si nei.", "nb"))
    await ours.speak(Sentence("Lappen er FJ-116.", "nb"))
    assert (engine.asked, len(files(tmp_path))) == (["Du kan si nei.", "Lappen er FJ 116."], 1)


async def test_a_recording_goes_before_every_engine_and_speaks_languages_that_have_none(tmp_path: Path) -> None:
    for language in ("nb", "so"):
        (tmp_path / "recordings" / language).mkdir(parents=True)
        (tmp_path / "recordings" / language / "you-can-say-no.wav").write_bytes(RECORDED)
    engine = Counts()
    ours = voices(tmp_path, engine, tmp_path / "recordings")
    said = [Sentence("Du kan si nei.", language, english=("You can say no.",)) for language in ("nb", "so")]
    assert [await ours.speak(each) for each in said] == [RECORDED, RECORDED]
    assert await ours.speak(Sentence("Ja.", "so", english=("Yes.",))) is Silent.NO_VOICE
    assert engine.asked == []
    assert ours.kinds() == {"nb": (Kind.RECORDINGS, Kind.ESPEAK), "so": (Kind.RECORDINGS,)}


async def test_a_recording_that_broke_while_the_hub_runs_leaves_the_sentence_to_the_engine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "recordings" / "nb" / "you-can-say-no.wav"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    ours = voices(tmp_path, Counts(), tmp_path / "recordings")
    assert await ours.speak(Sentence("Du kan si nei.", "nb", english=("You can say no.",))) == BEEP.as_wav()
    assert caplog.messages == ["A recording is not played: there is nothing in it"]


async def test_nothing_is_said_of_what_has_no_words_or_no_voice(tmp_path: Path) -> None:
    ours = voices(tmp_path, Counts())
    said = [Sentence("🎉 ●○", "nb"), Sentence("", "nb", neutral=True), Sentence("Bures.", "se")]
    assert [await ours.speak(each) for each in said] == [Silent.NO_WORDS, Silent.NO_WORDS, Silent.NO_VOICE]


async def test_an_engine_that_fails_is_told_without_its_words_and_nothing_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ours = voices(tmp_path, Counts(fault=ProgramFault("it ended with 1")))
    assert await ours.speak(Sentence("Om A01.", "nb", neutral=True)) is Silent.NO_SOUND
    assert (caplog.messages, files(tmp_path)) == (["counts did not speak: it ended with 1"], [])


async def test_a_disk_that_takes_nothing_keeps_nobody_from_hearing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "spoken").write_text("in the way", "utf-8")
    assert await voices(tmp_path, Counts()).speak(Sentence("Hei.", "nb", neutral=True)) == BEEP.as_wav()
    assert caplog.messages == ["A sentence is spoken but cannot be kept: File exists"]


async def test_a_few_speak_at_once_others_wait_and_too_many_are_told(tmp_path: Path) -> None:
    engine = Counts()
    engine.may_go_on.clear()
    ours = voices(tmp_path, engine)
    asked = [asyncio.ensure_future(ours.speak(Sentence(f"Nummer {n}.", "nb"))) for n in range(MOST_WAITING)]
    await until(lambda: engine.now == AT_ONCE, "a few are speaking")
    assert await ours.speak(Sentence("Enda en.", "nb")) is Silent.BUSY
    engine.may_go_on.set()
    assert {*await asyncio.gather(*asked)} == {BEEP.as_wav()}
    assert engine.most == AT_ONCE


async def test_who_goes_away_makes_room_for_others(tmp_path: Path) -> None:
    engine = Counts()
    engine.may_go_on.clear()
    ours = voices(tmp_path, engine)
    asked = [asyncio.ensure_future(ours.speak(Sentence(f"Nummer {n}.", "nb"))) for n in range(AT_ONCE + 1)]
    await until(lambda: engine.now == AT_ONCE, "a few are speaking")
    for each in asked[:AT_ONCE]:
        each.cancel()
    engine.may_go_on.set()
    assert await asked[-1] == BEEP.as_wav()


def test_what_nobody_says_any_more_is_taken_away(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "spoken")
    assert kept.forget_others([]) == 0
    for name in ("old.wav", "new.wav", ".begun-half"):
        kept.write(name, BEEP.as_wav())
    shutil.copy(kept.folder / "new.wav", kept.folder / "notes.txt")
    assert kept.forget_others(["new.wav"]) == 2
    assert [each.name for each in files(kept.folder)] == ["new.wav", "notes.txt"]
