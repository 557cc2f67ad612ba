"""Turning the sheets of a message that is longer than one, in whatever chat it stands."""

from zoneinfo import ZoneInfo

from telegram import Update

from bot.domain.people import SCREEN, STAFF
from bot.usecases.chat import sheets
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.words import words_to_inmates


def count(zone: ZoneInfo, language: str, number: int, of: int) -> str:
    """Say on which sheet one is, of how many."""
    _ = words_to_inmates(language, zone)
    return _("{number} of {total}", number=number, total=of)


async def turn(_update: Update, context: Context) -> None:
    """Show another sheet of what was pressed."""
    await sheets.turn_to(context.turn, context.number("page"))
    context.turn.edge.visible = True


HANDLERS = [tap("sheet:{page}", turn, may=STAFF | SCREEN)]
