"""After a change to a theme night or its list, everybody who sees something of it sees what is true now."""

from collections.abc import Collection, Iterable

from bot.domain.kiosks import KioskSession
from bot.domain.sign_ups import SignUp
from bot.domain.theme_nights import ThemeNight
from bot.usecases import kiosks
from handlers.chat.context import Context
from handlers.chat.rows import page
from handlers.chat.views import refresh_pages
from handlers.theme_nights import answers as night_answers

STAFF_PAGES = frozenset({"nights", "night", "night_list", "door", "answers", "movements"})
"""The living pages of the staff on which a theme night, or news of it, stands."""


async def changed(
    context: Context, night: ThemeNight, touched: Iterable[SignUp] = (), *, quietly: bool = False
) -> None:
    """Refresh the staff's pages, every screen that shows this night, and those of whoever was ``touched`` by it.

    What cannot wait is brought to whoever cares for them, unless it is said ``quietly``.
    """
    touched = tuple(touched)
    await refresh_pages(context, names=STAFF_PAGES)
    await refresh_screens(context, {"nights", f"night:{night.id}", f"leaving:{night.id}"})
    for each in touched:
        await _refresh(context, await kiosks.showing(context.turn, each.inmate, {"home", "mine"}))
    await night_answers.tell_at_once(context, night, touched, quietly=quietly)


async def refresh_screens(context: Context, views: Collection[str]) -> None:
    """Let every screen that shows one of these pages say what is true now; the one being pressed shows itself."""
    await _refresh(context, await kiosks.all_showing(context.turn, views))


async def _refresh(context: Context, sessions: Iterable[KioskSession]) -> None:
    for session in sessions:
        if session.kiosk != context.turn.place:
            with context.turn.standing_at(session):
                context.tell_kiosk(session.kiosk, await page(context))
