"""What old messages speak of after files were put back from an earlier day."""

from bot.store import slips
from bot.usecases.turn import Turn


async def is_there(turn: Turn, code: str) -> bool:
    """Say whether there is a slip with this code now."""
    return await slips.get(turn.tx, code) is not None
