"""Whether the hub's database and the house network's chats belong to the same moment, or one of them was put back."""

from datetime import datetime
from enum import StrEnum

GAP = 100
"""So far above every code that was ever given the next ones begin, when nobody knows for sure which were."""


class Older(StrEnum):
    """What was put back from an earlier day; ``LOST``: the chats are gone, and the database may be old as well."""

    DATABASE = "database"
    HOUSE = "house"
    LOST = "lost"


def older(house: int | None, kept: int | None, latest: int) -> Older | None:
    """Return which of the two was put back, if one was.

    ``house`` is the moment that the house network has, ``kept`` the last one that it is known to have had, ``latest``
    the last one that was begun. A crash in between leaves it somewhere from the one to the other. A house network that
    has none is a new one; where one was known, that is lost, and with it what could tell an old database.
    """
    if house is None:
        return None if kept is None else Older.LOST
    if house > latest:
        return Older.DATABASE
    return Older.HOUSE if kept is not None and house < kept else None


def gap(found: Older, since: datetime | None, now: datetime) -> int:
    """Return how far above the highest known code the next ones begin; both times in UTC.

    Where only a database is left, nobody knows what was given ``since`` its last moment: as many for each day as else
    for all of them.
    """
    days = (now - since).days if found is Older.LOST and since else 0
    return GAP * (1 + max(days, 0))
