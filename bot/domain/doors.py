"""When somebody can reach a screen: while the doors of their unit are open, and so until when they can answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain import calendar
from bot.domain.services import Hub

AROUND = (timedelta(days=-1), timedelta(0))


def reachable_until(hub: Hub, unit: str, until: datetime) -> datetime:
    """Return the last moment, ``until`` or before, at which somebody of a unit can answer at a screen.

    At the very moment at which the doors open nobody stands at a screen yet.
    """
    times = list(_open_around(hub, unit, until))
    if not times or any(opens < until <= closes for opens, closes in times):
        return until
    return max((closes for _opens, closes in times if closes < until), default=until)


def _open_around(hub: Hub, unit: str, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
    today = calendar.today(hub, moment)
    for day in (today + each for each in AROUND):
        for door in hub.units[unit].doors:
            yield calendar.at(hub, day, door.opens), calendar.at(hub, day, door.closes)
