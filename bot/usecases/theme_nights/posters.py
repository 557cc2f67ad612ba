"""What posters are made of: the theme nights of a week at a prison within somebody's scope, or one of them."""

from datetime import date, datetime, timedelta

from bot.domain import calendar
from bot.domain.theme_nights.refusals import NightGone
from bot.domain.theme_nights.theme_nights import State, ThemeNight
from bot.store import theme_nights as store
from bot.usecases.prisons import ALL, units_at
from bot.usecases.theme_nights import theme_nights
from bot.usecases.turn import Turn

TAKES_PLACE = {State.DRAFT, State.PROPOSED, State.PUBLISHED}


async def one(turn: Turn, number: int) -> ThemeNight:
    """Return a theme night that the acting person plans; there is no poster of one that does not take place."""
    found = await theme_nights.one(turn, number)
    if found.state not in TAKES_PLACE:
        raise NightGone
    return found


def prison(turn: Turn, asked: str) -> str:
    """Return a prison within the acting person's scope, the first of them where all were asked for."""
    units = units_at(turn, turn.person, asked)
    return asked if asked != ALL else turn.hub.prisons_of(units)[0]


async def of_week(turn: Turn, monday: date) -> list[ThemeNight]:
    """Return the theme nights that take place in a week."""
    first, after = (calendar.at(turn.hub, day, datetime.min.time()) for day in (monday, monday + timedelta(7)))
    return await store.between(turn.tx, first, after)
