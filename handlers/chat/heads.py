"""What stands above every page of a kiosk: where one is, who is signed in, and the words of the voice."""

from dataclasses import replace

from bot.domain.chat.looks import Head
from bot.domain.chat.messages import Entry, Line, Reader, View
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
        small=_("A machine translated this.") if _.language in hub.by_machine else "",
    )


def small_print(view: View, reader: Reader) -> View:
    """Let a page that has no head of its own, as outside the house, say in its last line what stands small there."""
    if not (reader.leaves_house and view.head and view.head.small):
        return view
    last = Line(view.head.small)
    if view.entries:
        return replace(view, entries=(*view.entries, Entry((last,))))
    return replace(view, lines=(*view.lines, last))
