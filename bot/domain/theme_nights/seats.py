"""The seats of a theme night: which are free, whom one is offered to, and how they are drawn (F34)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import doors
from bot.domain.services import Hub
from bot.domain.theme_nights.sign_ups import Move, SignUp, State, moved, waiting
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import ThemeNight, cap_of

OFFER_STAYS = timedelta(hours=24)


LAST_OFFER = timedelta(hours=2)
"""A freed seat is offered until so long before the night; then it is for whoever is at the door."""


Seat = tuple[int, int]
"""The number of a seat at the night, and of the unit's seats."""


def free_seat(night: ThemeNight, hub: Hub, line: Iterable[SignUp], unit: str) -> Seat | None:
    """Return the lowest free seat that somebody of a unit can have, if the night and the unit have one."""
    taken = [each for each in line if each.seat is not None]
    if not seats_left(night, hub, taken, unit):
        return None
    return _lowest({each.seat for each in taken}), _lowest({each.unit_seat for each in taken if each.unit == unit})


def seats_left(night: ThemeNight, hub: Hub, line: Iterable[SignUp], unit: str) -> int:
    """Return how many seats are free for a unit: of the night's, and of those that the unit may have."""
    taken = [each.unit for each in line if each.seat is not None]
    return max(0, min(night.seats - len(taken), cap_of(night, hub, unit) - taken.count(unit)))


def closed_up(night: ThemeNight, hub: Hub, line: Iterable[SignUp]) -> list[SignUp]:
    """Let everybody's seat have a number that there is: with fewer seats, one may lie above them.

    It does where a lower one was given back before; so do the unit's numbers. Nobody loses a seat by it.
    """
    taken, done = [each for each in line if each.seat is not None], list[SignUp]()
    for at, each in enumerate(taken):
        seat, of_unit = each.seat or 0, each.unit_seat or 0
        if seat > night.seats:
            seat = _lowest({other.seat for other in taken})
        if of_unit > cap_of(night, hub, each.unit):
            of_unit = _lowest({other.unit_seat for other in taken if other.unit == each.unit})
        if (seat, of_unit) != (each.seat, each.unit_seat):
            taken[at] = replace(each, seat=seat, unit_seat=of_unit)
            done.append(taken[at])
    return done


def _lowest(taken: Collection[int | None]) -> int:
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def with_seat(sign_up: SignUp, state: State, seat: Seat | None) -> SignUp:
    """Give somebody a seat."""
    number, of_unit = seat if seat else (None, None)
    return replace(sign_up, state=state, seat=number, unit_seat=of_unit)


def offers(night: ThemeNight, hub: Hub, line: Sequence[SignUp], busy: Collection[str], now: datetime) -> list[SignUp]:
    """Offer free seats to the next who may have them, in the order of the line; ``busy`` are elsewhere at that time."""
    if night.state is not ThemeNightState.PUBLISHED:
        return []
    line, offered = list(line), []
    for each in waiting(line):
        until = doors.reachable_until(hub, each.unit, min(now + OFFER_STAYS, night.starts - LAST_OFFER))
        cannot = each.inmate in busy or until <= now
        seat = None if cannot else free_seat(night, hub, line, each.unit)
        if seat:
            after = with_seat(moved(each, Move.OFFER, news=True), State.OFFERED, seat)
            offered.append(replace(after, offer_until=until))
            line[line.index(each)] = offered[-1]
    return offered


def drawn(
    night: ThemeNight, hub: Hub, line: Sequence[SignUp], lots: Mapping[str, str], busy: Collection[str]
) -> list[SignUp]:
    """Draw: ``lots`` are by inmate, and the lowest has the first choice. Who gets no seat stands in line by lot."""
    entered = sorted((each for each in line if each.state is State.ENTERED), key=lambda each: lots[each.inmate])
    first = max((each.place for each in line), default=0) + 1
    line, done = list(line), []
    for place, each in enumerate(entered, start=first):
        seat = None if each.inmate in busy else free_seat(night, hub, line, each.unit)
        after = moved(each, Move.SEAT if seat else Move.QUEUE, place=place, news=True)
        done.append(with_seat(after, State.SEATED, seat) if seat else after)
        line[line.index(each)] = done[-1]
    return done


class Passed(StrEnum):
    """Why a free seat was not offered to somebody in line."""

    UNIT_FULL = "unit_full"
    BUSY = "busy"
    FULL = "full"
    NEXT = "next"


def why_waiting(night: ThemeNight, hub: Hub, line: Sequence[SignUp], busy: Collection[str], each: SignUp) -> Passed:
    """Say why somebody in line has no offer: the reason of the order, for whoever looks at the list.

    ``NEXT`` is who has only just become free, or waits when it is too late for offers: a seat is there at the door.
    """
    if sum(other.seat is not None for other in line) >= night.seats:
        return Passed.FULL
    if each.inmate in busy:
        return Passed.BUSY
    return Passed.NEXT if free_seat(night, hub, line, each.unit) else Passed.UNIT_FULL
