"""What stands in the chats about what has changed: found by what it is about, and never by what it says."""

from collections.abc import Collection

from bot.domain.subjects import Subject
from bot.store import subjects
from bot.store.subjects import Standing
from bot.usecases.turn import Turn


async def standing(turn: Turn, about: Collection[Subject]) -> Standing:
    """Return what stands about any of these, in chats of the staff and on screens."""
    return await subjects.standing(turn.tx, turn.keys, about)


async def take_away(turn: Turn, person: str, about: Collection[Subject], besides: Collection[str]) -> None:
    """Take what somebody may see no more out of their chats, ``besides`` what says something else by now."""
    await subjects.take_away(turn.tx, about, person, besides)
