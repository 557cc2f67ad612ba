"""What speaks: espeak-ng and Piper, each a program of its own that is given a text and writes sound."""

import importlib.util
import json
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from bot.voices import piper_files
from bot.voices.programs import output_of
from bot.voices.wavs import NoWav, Samples, samples_of

LIBRARY = Path(__file__).with_name("library.py")
PACKAGE = "espeakng_loader"

CALM: dict[str, tuple[str, int]] = {
    "nb": ("nb", 165),
    "nn": ("nb", 165),
    "en": ("en", 150),
    "pl": ("pl", 155),
    "lt": ("lt", 150),
    "ro": ("ro", 150),
    "ar": ("ar", 185),
}
"""The voice of espeak-ng that reads a language, and how many words a minute are calm in it; se has none."""


class Kind(StrEnum):
    """Who speaks a language: people who were recorded, a better voice, or the plain one."""

    RECORDINGS = "recordings"
    PIPER = "piper"
    ESPEAK = "espeak-ng"


class Engine(Protocol):
    """Speaks one language. ``id`` is another wherever the same text would sound otherwise."""

    @property
    def kind(self) -> Kind: ...

    @property
    def id(self) -> str: ...

    async def speak(self, said: str) -> Samples:
        """Speak a text, or raise ProgramFault or NoWav."""


Program = tuple[str, ...]


def espeak_program() -> Program | None:
    """Return how espeak-ng is called here: the machine's own program, or else the one that a package brings."""
    if found := shutil.which("espeak-ng"):
        return (found,)
    return (sys.executable, "-I", str(LIBRARY)) if importlib.util.find_spec(PACKAGE) else None


def piper_program() -> Program | None:
    """Return how Piper is called here: as it stands beside our own Python, or on the machine's path."""
    beside = Path(sys.executable).with_name("piper")
    found = str(beside) if beside.is_file() else shutil.which("piper")
    return (found,) if found else None


@dataclass(frozen=True)
class Espeak:
    """The plain voice of a language in ``CALM``."""

    program: Program
    language: str
    kind: Kind = Kind.ESPEAK

    @property
    def id(self) -> str:
        voice, speed = CALM[self.language]
        return f"{self.kind} {voice} {speed}"

    async def speak(self, said: str) -> Samples:
        voice, speed = CALM[self.language]
        if self.program[-1] == str(LIBRARY):
            command = (*self.program, voice, str(speed))
        else:
            command = (*self.program, "--stdin", "--stdout", "-b", "1", "-z", "-v", voice, "-s", str(speed))
        return samples_of(await output_of(command, said))


@dataclass(frozen=True)
class Piper:
    """A voice file. Piper writes bare samples: asked for a WAV, it would put what it says on the disk first."""

    program: Program
    voice: Path
    rate: int
    size: int
    kind: Kind = Kind.PIPER

    @classmethod
    def of(cls, program: Program, voice: Path) -> "Piper":
        """Return the voice of a file in which ``piper_files`` has found no fault."""
        about = json.loads(piper_files.beside(voice).read_text("utf-8"))
        return cls(program, voice, about["audio"]["sample_rate"], voice.stat().st_size)

    @property
    def id(self) -> str:
        return f"{self.kind} {self.voice.name} {self.size}"

    async def speak(self, said: str) -> Samples:
        data = await output_of((*self.program, "--model", str(self.voice), "--output-raw"), said)
        if not data:
            raise NoWav("there is no sound in it")
        return Samples(data[: len(data) // 2 * 2], self.rate)
