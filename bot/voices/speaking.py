"""Who speaks what: a recording first, then what was kept, then an engine; a few at a time, behind everything else."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.voices import recordings
from bot.voices.engines import Engine, Kind
from bot.voices.kept import Kept
from bot.voices.programs import ProgramFault
from bot.voices.recordings import Recordings
from bot.voices.texts import spoken
from bot.voices.wavs import NoWav

log = logging.getLogger(__name__)

AT_ONCE = 2
MOST_WAITING = 24


class Silent(StrEnum):
    """Why nothing is said."""

    NO_WORDS = "no words"
    NO_VOICE = "no voice"
    NO_SOUND = "no sound"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What shall be said. ``english`` is how the hub's own sentence stands in the code; recordings go by that.

    A ``neutral`` one is about nobody, and is kept.
    """

    text: str
    language: str
    neutral: bool = False
    english: tuple[str, ...] = ()


@dataclass
class Voices:
    """The voices of a hub, by language."""

    engines: Mapping[str, Engine] = field(default_factory=dict)
    recorded: Recordings = field(default_factory=Recordings)
    kept: Kept | None = None
    recorded_in: tuple[str, ...] = ()
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _making: dict[str, asyncio.Lock] = field(default_factory=dict)
    _waiting: int = 0

    def __post_init__(self) -> None:
        """Look once which languages were recorded."""
        self.recorded_in = tuple(self.recorded.languages())

    def kinds(self) -> dict[str, tuple[Kind, ...]]:
        """Say of each language with a voice what speaks it, the first first."""
        found = dict.fromkeys([*self.engines, *self.recorded_in])
        return {
            language: (
                *((Kind.RECORDINGS,) if language in self.recorded_in else ()),
                *((self.engines[language].kind,) if language in self.engines else ()),
            )
            for language in found
        }

    async def speak(self, sentence: Sentence) -> bytes | Silent:
        """Return a sentence as a WAV, or why it is not said."""
        said = spoken(sentence.text, sentence.language)
        if not said:
            return Silent.NO_WORDS
        if found := await self.recording(sentence.language, sentence.english):
            return found
        if sentence.language not in self.engines:
            return Silent.NO_VOICE
        return await self._by_engine(self.engines[sentence.language], said, sentence)

    async def recording(self, language: str, english: Sequence[str]) -> bytes | None:
        """Return what a person has recorded of a sentence, by what it is in English."""
        if path := self.recorded.of(language, english):
            try:
                return await asyncio.to_thread(recordings.read, path)
            except (NoWav, OSError) as fault:
                log.warning("A recording is not played: %s", fault)
        return None

    async def _by_engine(self, engine: Engine, said: str, sentence: Sentence) -> bytes | Silent:
        if self.kept is None:
            return await self._made(engine, said)
        name = self.kept.name(said, sentence.language, engine.id)
        if not sentence.neutral:
            # What stands in everybody's catalogue may have been made already; it is only never written for one person.
            return await asyncio.to_thread(self.kept.read, name) or await self._made(engine, said)
        async with self._making.setdefault(name, asyncio.Lock()):
            return await self._kept(self.kept, name, engine, said)

    async def _kept(self, kept: Kept, name: str, engine: Engine, said: str) -> bytes | Silent:
        try:
            if found := await asyncio.to_thread(kept.read, name):
                return found
            made = await self._made(engine, said)
            if isinstance(made, bytes):
                await asyncio.to_thread(kept.write, name, made)
        except OSError as error:
            log.warning("A sentence is spoken but cannot be kept: %s", error.strerror)
        finally:
            self._making.pop(name, None)
        return made

    async def _made(self, engine: Engine, said: str) -> bytes | Silent:
        if self._waiting >= MOST_WAITING:
            return Silent.BUSY
        self._waiting += 1
        try:
            async with self._room:
                return (await engine.speak(said)).as_wav()
        except (ProgramFault, NoWav) as fault:
            log.warning("%s did not speak: %s", engine.id, fault)
            return Silent.NO_SOUND
        finally:
            self._waiting -= 1
