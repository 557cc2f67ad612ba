"""What is said of files that were put back from an earlier day: what may be lost, and what to do then."""

from collections.abc import Callable

from bot.domain.together import Older
from bot.domain.whole import Whole
from handlers.chat.words import Words


def _of_database(_: Words, when: str) -> list[str]:
    return [
        _("⚠️ The database is from {when}. What came after may be missing.", when=when),
        _("New slips have higher numbers now. Please ask whoever sent one after that."),
    ]


def _of_house(_: Words, when: str) -> list[str]:
    return [
        _("⚠️ What the screens of the house had is from {when}. Everything is shown anew.", when=when),
        _("What was pressed just before may be missing. Slips and talks are all there."),
    ]


def _of_both(_: Words, when: str) -> list[str]:
    return [_("⚠️ What the screens of the house had is lost. Everything is shown anew."), *_of_database(_, when)]


LOST: Whole[Older, Callable[[Words, str], list[str]]] = Whole(
    "what may be lost where something was put back",
    Older,
    {Older.DATABASE: _of_database, Older.HOUSE: _of_house, Older.LOST: _of_both},
)
