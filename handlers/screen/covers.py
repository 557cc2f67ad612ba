"""What stands on a kiosk that does not work now, in every language of the hub; the kiosk's own comes first."""

from bot.domain.services import Hub
from handlers.chat.words import words_to_inmates


def cover(hub: Hub, language: str) -> str:
    """Return the words for a kiosk that greets in this language."""
    spoken = [language, *(each for each in hub.languages if each != language)]
    return "\n\n".join(_cover(each, hub) for each in spoken)


def _cover(language: str, hub: Hub) -> str:
    _ = words_to_inmates(language, hub.zone)
    return _("The screen is not working now. Use a paper slip. It counts just as much.")
