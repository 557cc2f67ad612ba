"""What stands above every page of a kiosk: where one is, who is signed in, and the words of the voice."""

from bot.domain.chat.looks import Head
from bot.domain.screen.kiosks import KioskSession
from bot.domain.services import Hub
from handlers.chat.words import Words


def head(_: Words, hub: Hub, session: KioskSession) -> Head:
    """Write a page's head; who is signed in stands there by number alone."""
    return Head(
        hub.name,
        session.kiosk,
        session.inmate or "",
        hub.zone.key,
        listen=_("🔊 Listen"),
        hush=_("🔇 Stop"),
        overheard=_("Others may hear this. Press once more to listen."),
    )
