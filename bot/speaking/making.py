"""Makes every neutral sentence before anybody asks for it; begun anew, it goes on where it was."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from bot.domain.services import Hub
from bot.speaking.sayings import Sayings
from bot.voices.kept import Kept
from bot.voices.speaking import AT_ONCE, Sentence, Silent, Voices
from bot.voices.texts import spoken

FEW = 2 * AT_ONCE
"""So many are asked for together, so that one that takes long leaves nobody idle."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a language is; ``failed`` of them could not be made."""

    language: str
    made: int
    of: int
    failed: int = 0

    def __str__(self) -> str:
        """Return it for the terminal: nb 120 of 410."""
        return f"{self.language} {self.made} of {self.of}" + (f", {self.failed} failed" if self.failed else "")


async def make_all(voices: Voices, hub: Hub) -> AsyncGenerator[Progress]:
    """Make every neutral sentence of every language with an engine, and tell after each few how far it is."""
    for language in voices.engines:
        wanted = [
            Sentence(text, language, neutral=True, english=(english,))
            for text, english in (await asyncio.to_thread(Sayings(hub, language).neutral))
        ]
        failed = 0
        for begun in range(0, len(wanted), FEW):
            few = wanted[begun : begun + FEW]
            failed += sum(isinstance(each, Silent) for each in await asyncio.gather(*map(voices.speak, few)))
            yield Progress(language, begun + len(few), len(wanted), failed)


def forget_old(voices: Voices, hub: Hub, kept: Kept) -> int:
    """Take away the sentences that nobody says any more, or that another voice said; return how many."""
    names = {
        kept.name(spoken(text, language), language, engine.id)
        for language, engine in voices.engines.items()
        for text, _english in Sayings(hub, language).neutral()
    }
    return kept.forget_others(names)
