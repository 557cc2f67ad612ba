"""Turning the sheets of a message that is longer than one."""

from bot.domain.refusals import Stale
from bot.store import sheets
from bot.usecases.turn import Turn


async def turn_to(turn: Turn, number: int) -> None:
    """Show another sheet of the message that was pressed; Stale where it has no such sheet any more."""
    if not await sheets.turn_to(turn.tx, turn.network, turn.chat_id, turn.pressed or "", number):
        raise Stale
