"""What a person may press and write, whatever a page sends."""

from bot.gateway.bot_api import parameters
from bot.gateway.chats import BotApiError, NotAllowed


def check_data(data: str) -> None:
    """Refuse what no button can carry; it may still be one that no button has."""
    if not 1 <= len(_stored(data).encode()) <= 64:
        raise NotAllowed("A button's data has 1 to 64 bytes.")


def line(text: str) -> str:
    """Return a line as it is kept."""
    said = _stored(text).strip()
    if not said or parameters.units(said) > 4096:
        raise NotAllowed("A message has 1 to 4096 characters.")
    return said


def _stored(text: str) -> str:
    try:
        return parameters.text(text)
    except BotApiError:
        raise NotAllowed("Half a surrogate pair is not text; send whole characters.") from None
