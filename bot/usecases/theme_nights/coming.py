"""The days on which there are theme nights: who goes, and seats that have become free overnight (F34)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import calendar
from bot.domain.people import APPROVERS, Inmate, Person
from bot.domain.theme_nights.sign_ups import SignUp, State
from bot.domain.theme_nights.theme_nights import ThemeNight, is_coming
from bot.store import people, sign_ups, theme_nights
from bot.usecases.theme_nights import seats
from bot.usecases.turn import Turn

GOES = frozenset({State.SEATED, State.CAME})


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody who goes to a theme night."""

    night: ThemeNight
    sign_up: SignUp
    inmate: Inmate


async def going(turn: Turn, officer: str, day: date) -> list[Going]:
    """Return which of an officer's own inmates go, or went, to a theme night on a date, the earliest first (F25).

    Escorts, and who may not walk with whom, will be asked here too (F38, F59).
    """
    midnight = calendar.at(turn.hub, day, datetime.min.time())
    found = await theme_nights.between(turn.tx, midnight, midnight + timedelta(days=1))
    own = {each.id: each for each in await people.inmates(turn.tx) if each.officer == officer} if found else {}
    return [
        Going(night, each, own[each.inmate])
        for night in found
        for each in sorted(await sign_ups.of_theme_night(turn.tx, night.id), key=lambda each: each.inmate)
        if each.inmate in own and each.state in GOES
    ]


async def fill_all(turn: Turn) -> list[tuple[ThemeNight, tuple[SignUp, ...]]]:
    """Offer every free seat of the coming nights: who was elsewhere at that time yesterday may be free today."""
    nights = [each for each in await theme_nights.ending_after(turn.tx, turn.now) if is_coming(each, turn.now)]
    return [(night, offered) for night in nights if (offered := await seats.fill(turn, night))]


async def told_today(turn: Turn, night: ThemeNight, coming: tuple[SignUp, ...]) -> list[Person]:
    """Return who gets the list on the day: the officers of those who come, and the prison's coordinators."""
    named = {each.inmate for each in coming}
    officers = {each.officer for each in await people.inmates(turn.tx) if each.id in named}
    return [each for each in await people.everybody(turn.tx) if each.id in officers or _approves(turn, each, night)]


def _approves(turn: Turn, person: Person, night: ThemeNight) -> bool:
    return bool(person.role & APPROVERS) and night.prison in turn.hub.prisons_of(person.units)
