"""Whom of the staff a message reaches."""

from bot.domain.staff.devices import STAFF_LIFETIME
from bot.store import accounts
from bot.usecases.opening import HOUSE
from bot.usecases.turn import Turn


async def within_reach(turn: Turn) -> tuple[frozenset[str], bool]:
    """Return everybody of the staff with a chat that works, and whether some chat of theirs does not.

    The one place that decides it. Where the house has doors, a chat of the house works only as long as one of its
    reader's browsers is let in.
    """
    joined_after = turn.now - STAFF_LIFETIME if turn.has_doors else None
    return await accounts.within_reach(turn.tx, HOUSE, joined_after)
