"""A theme night as whoever is signed in at a screen sees it: invited, on the list, or with news."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.people import Inmate
from bot.domain.refusals import NotYours
from bot.domain.theme_nights import seats as seat_rules
from bot.domain.theme_nights import sign_ups as rules
from bot.domain.theme_nights import theme_nights as theme_night_rules
from bot.domain.theme_nights.refusals import NotInvited
from bot.domain.theme_nights.sign_ups import OPEN, SignUp, State
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.store import people, theme_nights
from bot.store import sign_ups as store
from bot.usecases.theme_nights import seats
from bot.usecases.turn import Turn

NEWS_STAY = timedelta(days=60)
"""So long after a theme night its news can be found, if nobody has looked at them."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A night as somebody at a screen sees it: their own sign-up, if any, and the number they have in line."""

    night: ThemeNight
    mine: SignUp | None = None
    number: int = 0
    seats_left: int = 0
    """So many that this person could have now."""


async def listed(turn: Turn) -> list[Standing]:
    """Return the nights that whoever is signed in may come to, or had counted on, the earliest first."""
    inmate = await signed_in(turn)
    mine = {each.night: each for each in await store.of_inmate(turn.tx, inmate.id)}
    found = await theme_nights.ending_after(turn.tx, turn.now - NEWS_STAY)
    for_me = [night for night in found if _listed(turn, night, inmate, mine.get(night.id))]
    return [await _standing(turn, night, inmate.id, inmate.unit, mine.get(night.id)) for night in for_me]


def _listed(turn: Turn, night: ThemeNight, inmate: Inmate, mine: SignUp | None) -> bool:
    # What is over stands there only for as long as it has news: what is counted as new can be found.
    there = night.ends > turn.now or (mine is not None and mine.news)
    return there and _for(turn, night, inmate, mine)


def expect_mine(turn: Turn) -> None:
    """Say that ``mine`` will be asked."""
    store.expect_of_inmate(turn.tx, turn.inmate)


async def mine(turn: Turn) -> list[Standing]:
    """Return the coming nights that whoever is signed in is on the list of, the earliest first."""
    own = {each.night: each for each in await store.of_inmate(turn.tx, turn.inmate) if each.state in OPEN}
    found = await theme_nights.ending_after(turn.tx, turn.now) if own else []
    for night in own:
        store.expect_of_theme_night(turn.tx, night)
    return [
        await _standing(turn, night, turn.inmate, own[night.id].unit, own[night.id])
        for night in found
        if night.id in own
    ]


def _for(turn: Turn, night: ThemeNight, inmate: Inmate, mine: SignUp | None) -> bool:
    if night.state is theme_night_rules.State.CANCELLED:
        return mine is not None and mine.state is State.CALLED_OFF
    return night.state is theme_night_rules.State.PUBLISHED and (
        theme_night_rules.invites(night, turn.hub, inmate) or (mine is not None and mine.state in OPEN)
    )


async def anybodys(turn: Turn, night: ThemeNight) -> Standing:
    """Return a night as whoever stands at this screen sees it, and has not signed in: for the screen's own unit."""
    return await _standing(turn, night, "", turn.session.unit, None)


async def _standing(turn: Turn, night: ThemeNight, inmate: str, unit: str, mine: SignUp | None) -> Standing:
    line = await store.of_theme_night(turn.tx, night.id)
    left = seat_rules.seats_left(night, turn.hub, line, unit)
    return Standing(night, mine, rules.number_in_line(line, inmate), left)


async def open_own(turn: Turn, number: int) -> Standing:
    """Read where somebody stands, or refuse where the night is not for whoever is signed in."""
    found = await own(turn, number)
    if found is None:
        raise NotInvited
    return found


async def own(turn: Turn, number: int) -> Standing | None:
    """Read where somebody stands; its news are read with it, if it was opened and not only written anew.

    None where it is not, or not any more, for whoever is signed in: a screen that shows it is written anew by whatever
    somebody else does, who is not to be refused for that.
    """
    inmate, night = await signed_in(turn), await theme_nights.get(turn.tx, number)
    mine = await store.get(turn.tx, number, inmate.id)
    if night is None or not _for(turn, night, inmate, mine):
        return None
    if mine and mine.news and turn.place == turn.session.kiosk:
        await seats.mark_news(turn, mine, news=False)
    return await _standing(turn, night, inmate.id, inmate.unit, mine)


def expect_news(turn: Turn) -> None:
    """Say that ``news`` will be asked."""
    store.expect_news_of(turn.tx, turn.inmate)


async def news(turn: Turn) -> int:
    """Count the own sign-ups with something new about them."""
    return await store.news_of(turn.tx, turn.inmate)


async def next_ones(turn: Turn, number: int) -> list[ThemeNight]:
    """Return the nights whose lists opened at the end of this one, and that whoever is signed in may come to."""
    inmate = await signed_in(turn)
    found = await theme_nights.opening_after(turn.tx, number)
    return [
        night
        for night in found
        if theme_night_rules.is_open(night, turn.now) and theme_night_rules.invites(night, turn.hub, inmate)
    ]


async def signed_in(turn: Turn) -> Inmate:
    """Return who is signed in, or refuse whoever is in the prison no more."""
    inmate = await people.inmate(turn.tx, turn.inmate)
    if inmate is None:
        raise NotYours
    return inmate
