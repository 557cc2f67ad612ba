"""Signing off a language that a machine wrote: from then on nothing says any more that it did."""

from bot.domain.languages import SignedOff
from bot.domain.refusals import Stale
from bot.store import languages
from bot.usecases import hub
from bot.usecases.turn import Turn


async def signed(turn: Turn) -> dict[str, SignedOff]:
    """Return the languages that are signed off, with who has read each and when."""
    return await languages.signed(turn.tx)


async def sign(turn: Turn, language: str) -> None:
    """Say that somebody has read a language and found it in order."""
    if language not in turn.hub.by_machine:
        raise Stale
    await languages.sign(turn.tx, language, turn.person.id, turn.now)
    await turn.note("sign_language", language)
    await hub.recompose(turn)


async def take_back(turn: Turn, language: str) -> None:
    """Let a language say again that a machine wrote it."""
    if language not in await languages.signed(turn.tx):
        raise Stale
    await languages.take_back(turn.tx, language)
    await turn.note("sign_language", language, "back")
    await hub.recompose(turn)
