"""Reads messages aloud: which sentences one has, in which languages each can be heard, and one of them as sound."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Self

from bot.domain.services import Hub
from bot.hubfile import HubFile
from bot.speaking.sayings import Sayings
from bot.speaking.setting_up import voices_of
from bot.voices.messages import Read, sentences_of
from bot.voices.speaking import Sentence, Silent, Voices


@dataclass
class Reading:
    """The voices of a hub, and what its sentences are in English, which recordings are named after."""

    hub: Hub
    voices: Voices = field(default_factory=Voices)
    _sayings: dict[str, Sayings] = field(default_factory=dict)

    @classmethod
    def of(cls, described: HubFile, data: Path) -> Self:
        """Find the voices that a hub has here."""
        return cls(described.hub, voices_of(described, data))

    def languages(self) -> list[str]:
        """Return the languages with a voice."""
        return list(self.voices.kinds())

    def kinds(self) -> dict[str, Sequence[str]]:
        """Return for each language of the hub, and for each that was recorded, who speaks it: nobody, or these."""
        return {**dict.fromkeys(self.hub.languages, ()), **self.voices.kinds()}

    def sentences(self, message: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the sentences of a message as a page is told them, each with the languages that it is heard in."""
        return [{**each.for_page(), "voices": self._heard_in(each)} for each in self._read(message)]

    async def speak(self, message: Mapping[str, Any], number: int, language: str) -> bytes | Silent:
        """Speak a sentence of a message, in its own language or, where it was recorded, in another."""
        read = self._read(message)
        if number >= len(read):
            return Silent.NO_WORDS
        one = read[number]
        english: tuple[str, ...] = ()
        if self.voices.recorded_in:
            english = await asyncio.to_thread(partial(self._english, one, language or one.language))
        if language and language != one.language:
            return await self.voices.recording(language, english) or Silent.NO_VOICE
        return await self.voices.speak(Sentence(one.text, one.language, one.neutral, english))

    def _read(self, message: Mapping[str, Any]) -> list[Read]:
        return sentences_of(message, self.hub.languages[0])

    def _heard_in(self, read: Read) -> list[str]:
        own = [read.language] if read.language in self.voices.engines else []
        recorded = [
            language
            for language in self.voices.recorded_in
            if language not in own and self.voices.recorded.of(language, self._english(read, language))
        ]
        return own + recorded

    def _english(self, read: Read, language: str) -> tuple[str, ...]:
        sayings = self._sayings.get(read.language) or Sayings(self.hub, read.language)
        self._sayings[read.language] = sayings
        found = sayings.english_of(read.text)
        # A recording cannot say who or when: where an engine can, that goes before a sentence with the name left out.
        return found if found or language in self.voices.engines else sayings.pattern_of(read.text)
