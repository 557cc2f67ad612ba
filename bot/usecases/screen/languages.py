"""In which language a screen speaks: the one of who stands at it, wherever that is (F115)."""

from bot.domain.people import Inmate
from bot.store import people
from bot.usecases.screen import kiosks
from bot.usecases.turn import Turn


async def speak_to(turn: Turn, number: str) -> Inmate | None:
    """Let the screen speak the language of the one at it; who has none of the screens' hears the one it speaks."""
    inmate = await people.inmate(turn.tx, number)
    if inmate:
        turn.change_session(language=inmate.spoken(turn.hub.languages, turn.session.language))
    return inmate


async def choose(turn: Turn, language: str) -> None:
    """Speak another language at this screen; who is signed in is spoken to in it from now on, at every screen."""
    kiosks.choose_language(turn, language)
    if turn.session.inmate:
        await people.choose_language(turn.tx, turn.session.inmate, language)
