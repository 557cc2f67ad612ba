"""Whether the hub's database and the house network's chats belong to the same moment, or one of them was put back."""

from enum import StrEnum

GAP = 100
"""So far above every code that was ever given the next ones begin, when nobody knows for sure which were."""


class Older(StrEnum):
    """What was put back from an earlier day."""

    DATABASE = "database"
    HOUSE = "house"


def older(house: int | None, kept: int | None, latest: int) -> Older | None:
    """Return which of the two was put back, if one was.

    ``house`` is the moment that the house network has, ``kept`` the last one that it is known to have had, ``latest``
    the last one that was begun. A crash in between leaves it somewhere from the one to the other. A house network that
    has none is a new one, or has not been asked yet.
    """
    if house is None:
        return None
    if kept is None or house > latest:
        return Older.DATABASE
    return Older.HOUSE if house < kept else None
