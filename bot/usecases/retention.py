"""Nothing is kept longer than it is of use: ended slips go, and quiet ones come to an end."""

from datetime import timedelta

from bot.domain import slips as rules
from bot.domain.slips import Side, Slip
from bot.store import kiosks, messages
from bot.store import slips as store
from bot.usecases import slips
from bot.usecases.turn import Turn

QUIET_FOR = timedelta(days=14)
AT_MOST = 500
"""So many slips a night; one turn holds the house's only transaction, and the next night goes on."""


async def close_quiet(turn: Turn) -> list[Slip]:
    """End the slips that were answered, or whose talk did not happen, and of which nothing was heard for two weeks.

    What the inmate has not been told stays open for whoever is to tell it, but not longer than an ended slip is kept.
    """
    longest = turn.now - timedelta(days=turn.hub.retention_days)
    quiet = await store.quiet_since(turn.tx, turn.now - QUIET_FOR)
    told = [slip for slip in quiet if not slip.news or (slip.last_at or slip.answer_by) < longest]
    return [await slips.keep(turn, slip, rules.close(slip, Side.HUB)) for slip in told[:AT_MOST]]


async def delete_old(turn: Turn) -> list[str]:
    """Delete the slips that ended longer ago than they are kept, with every message about them; the log stays.

    Return the kiosks that showed one of them just now: they are to be locked.
    """
    codes = await store.ended_before(turn.tx, turn.now - timedelta(days=turn.hub.retention_days))
    codes = codes[:AT_MOST]
    if not codes:
        return []
    await messages.take_away(turn.tx, codes)
    for code in codes:
        await store.delete(turn.tx, code)
        await turn.note("delete", code)
    return await kiosks.at_views(turn.tx, set(codes))
