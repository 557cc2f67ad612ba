"""Signing up for a theme night: seats, the line, offers of a freed seat, and who came (F34, F53, J10)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.people import Inmate
from bot.domain.refusals import (
    BusyThen,
    MoveNotPossible,
    NightBegun,
    NoSeatLeft,
    NotAtTheDoor,
    NotInvited,
    SeatPassed,
    SignedUpAlready,
    SignUpClosed,
    SignUpNotOpen,
    Stale,
)
from bot.domain.services import Hub
from bot.domain.theme_nights import State as NightState
from bot.domain.theme_nights import ThemeNight, cap_of, invites, is_open

OFFER_STAYS = timedelta(hours=24)
LAST_OFFER = timedelta(hours=2)
"""A freed seat is offered until so long before the night; then it is for whoever is at the door."""

DOOR_OPENS = timedelta(hours=1)
DOOR_CLOSES = timedelta(hours=12)
SUGGEST_ANOTHER = 4
"""When so many wait, a second evening is suggested."""


class State(StrEnum):
    """Where a sign-up stands. ``entered`` takes part in a draw that is to come."""

    ENTERED = "entered"
    WAITING = "waiting"
    OFFERED = "offered"
    SEATED = "seated"
    CAME = "came"
    WITHDRAWN = "withdrawn"
    PASSED = "passed"
    CALLED_OFF = "called_off"


class Move(StrEnum):
    """What can happen to a sign-up; ``pass`` is an offer that nobody answered."""

    SEAT = "seat"
    QUEUE = "queue"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    PASS = "pass"  # noqa: S105  no password
    WITHDRAW = "withdraw"
    ARRIVE = "arrive"
    NOT_HERE = "not_here"
    CALL_OFF = "call_off"


SIGN_UP_MOVES: Mapping[State, Mapping[Move, State]] = {
    State.ENTERED: {
        Move.SEAT: State.SEATED,
        Move.QUEUE: State.WAITING,
        Move.WITHDRAW: State.WITHDRAWN,
        Move.ARRIVE: State.CAME,
        Move.CALL_OFF: State.CALLED_OFF,
    },
    State.WAITING: {
        Move.OFFER: State.OFFERED,
        Move.WITHDRAW: State.WITHDRAWN,
        Move.ARRIVE: State.CAME,
        Move.CALL_OFF: State.CALLED_OFF,
    },
    State.OFFERED: {
        Move.ACCEPT: State.SEATED,
        Move.DECLINE: State.WITHDRAWN,
        Move.PASS: State.PASSED,
        Move.WITHDRAW: State.WITHDRAWN,
        Move.ARRIVE: State.CAME,
        Move.CALL_OFF: State.CALLED_OFF,
    },
    State.SEATED: {Move.WITHDRAW: State.WITHDRAWN, Move.ARRIVE: State.CAME, Move.CALL_OFF: State.CALLED_OFF},
    State.CAME: {Move.NOT_HERE: State.SEATED},
    State.WITHDRAWN: {Move.SEAT: State.SEATED, Move.QUEUE: State.WAITING, Move.ARRIVE: State.CAME},
    State.PASSED: {Move.SEAT: State.SEATED, Move.QUEUE: State.WAITING, Move.ARRIVE: State.CAME},
    State.CALLED_OFF: {},
}
"""What can follow on what; who has withdrawn or let an offer pass can sign up anew, behind everybody."""

HAVE_SEAT = frozenset({State.OFFERED, State.SEATED, State.CAME})
"""The states in which a seat is kept for somebody."""

OPEN = frozenset({State.ENTERED, State.WAITING, *HAVE_SEAT})


class Source(StrEnum):
    """Where a sign-up came from."""

    SCREEN = "screen"
    STAFF = "staff"
    PAPER = "paper"
    DOOR = "door"


@dataclass(frozen=True, slots=True)
class SignUp:
    """Somebody on a night's list. ``place`` is the order in the line; ``at`` and ``offer_until`` in UTC.

    ``seat`` counts the night's seats, ``unit_seat`` those of the unit, both from 1. ``news`` says that the inmate has
    not seen yet what has changed.
    """

    night: int
    inmate: str
    unit: str
    state: State
    place: int
    at: datetime
    source: Source = Source.SCREEN
    written_by: str | None = None
    seat: int | None = None
    unit_seat: int | None = None
    offer_until: datetime | None = None
    revision: int = 1
    news: bool = False

    @property
    def holder(self) -> str:
        """Name what the seat takes: its owner's time."""
        return f"night:{self.night}/{self.inmate}"


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


def of(line: Iterable[SignUp], inmate: str) -> SignUp | None:
    """Return somebody's sign-up."""
    return next((each for each in line if each.inmate == inmate), None)


def waiting(line: Iterable[SignUp]) -> list[SignUp]:
    """Return who waits for a seat, in the order of the line."""
    return sorted((each for each in line if each.state is State.WAITING), key=lambda each: each.place)


def number_in_line(line: Iterable[SignUp], inmate: str) -> int:
    """Return the number somebody has on the wait list, from 1; 0 where they are not on it."""
    return next((n for n, each in enumerate(waiting(line), start=1) if each.inmate == inmate), 0)


def join(night: ThemeNight, hub: Hub, inmate: Inmate, line: Sequence[SignUp], now: datetime, *, busy: bool) -> SignUp:
    """Sign somebody up: to a seat, to the line, or to the draw; ``busy`` says that they are elsewhere at that time."""
    mine = of(line, inmate.id)
    if mine and mine.state in OPEN:
        raise SignedUpAlready
    _may_join(night, hub, inmate, now, busy=busy)
    new = _anew(night, inmate, line, mine, now)
    if night.lottery and not night.drawn:
        return replace(new, state=State.ENTERED)
    seat = free_seat(night, hub, line, inmate.unit)
    return with_seat(new, State.SEATED, seat) if seat else replace(new, state=State.WAITING)


def _may_join(night: ThemeNight, hub: Hub, inmate: Inmate, now: datetime, *, busy: bool) -> None:
    if not invites(night, hub, inmate):
        raise NotInvited
    if night.opens is not None and now < night.opens:
        raise SignUpNotOpen
    if not is_open(night, now):
        raise SignUpClosed
    if busy:
        raise BusyThen


def _anew(night: ThemeNight, inmate: Inmate, line: Sequence[SignUp], mine: SignUp | None, now: datetime) -> SignUp:
    last = max((each.place for each in line), default=0)
    revision = mine.revision + 1 if mine else 1
    return SignUp(night.id, inmate.id, inmate.unit, State.WAITING, last + 1, now, revision=revision)


def with_seat(sign_up: SignUp, state: State, seat: Seat | None) -> SignUp:
    """Give somebody a seat."""
    number, of_unit = seat if seat else (None, None)
    return replace(sign_up, state=state, seat=number, unit_seat=of_unit)


def walk_in(
    night: ThemeNight, hub: Hub, inmate: Inmate, line: Sequence[SignUp], now: datetime, *, busy: bool
) -> SignUp:
    """Let somebody in at the door who has no seat, where one is free."""
    mine = of(line, inmate.id)
    if mine and mine.seat is not None:
        raise SignedUpAlready
    at_the_door(night, now)
    if not invites(night, hub, inmate):
        raise NotInvited
    if busy:
        raise BusyThen
    if mine:
        moved(mine, Move.ARRIVE)
    seat = free_seat(night, hub, line, inmate.unit)
    if seat is None:
        raise NoSeatLeft
    return with_seat(_anew(night, inmate, line, mine, now), State.CAME, seat)


def ticked(sign_up: SignUp, move: Move) -> SignUp:
    """Count that somebody came, or take it back; who was let in by mistake gives the seat back with it."""
    after = moved(sign_up, move)
    return moved(after, Move.WITHDRAW) if move is Move.NOT_HERE and sign_up.source is Source.DOOR else after


def has_door(night: ThemeNight, now: datetime) -> bool:
    """Say whether it is counted who comes: not long before a night, nor long after it."""
    return night.state is NightState.PUBLISHED and night.starts - DOOR_OPENS <= now <= night.ends + DOOR_CLOSES


def at_the_door(night: ThemeNight, now: datetime) -> None:
    """Refuse to count who came, long before a night or long after it."""
    if not has_door(night, now):
        raise NotAtTheDoor


def moved(sign_up: SignUp, move: Move, **changes: Any) -> SignUp:
    """Return the sign-up after a move of its lifecycle, or refuse; without a seat of its own it keeps none."""
    state = SIGN_UP_MOVES[sign_up.state].get(move)
    if state is None:
        raise MoveNotPossible(sign_up.state, move)
    after = replace(sign_up, state=state, revision=sign_up.revision + 1, offer_until=None, **changes)
    return after if state in HAVE_SEAT else replace(after, seat=None, unit_seat=None)


def as_shown(sign_up: SignUp, revision: int) -> SignUp:
    """Refuse a press on what has changed since it was shown."""
    if sign_up.revision != revision:
        raise Stale
    return sign_up


def withdraw(sign_up: SignUp, night: ThemeNight, now: datetime) -> SignUp:
    """Take a sign-up back, until the night begins."""
    if night.starts <= now:
        raise NightBegun
    return moved(sign_up, Move.WITHDRAW, news=False)


def accept(sign_up: SignUp, revision: int, now: datetime) -> SignUp:
    """Say yes to a freed seat, as long as it is kept."""
    return moved(_still_offered(sign_up, revision, now), Move.ACCEPT, news=False)


def decline(sign_up: SignUp, revision: int, now: datetime) -> SignUp:
    """Say no to a freed seat: it goes to the next."""
    return moved(_still_offered(sign_up, revision, now), Move.DECLINE, news=False)


def _still_offered(sign_up: SignUp, revision: int, now: datetime) -> SignUp:
    # Whoever answers too late hears just that, and not only that something has changed.
    if sign_up.state is State.PASSED or (sign_up.offer_until and sign_up.offer_until <= now):
        raise SeatPassed
    return as_shown(sign_up, revision)


def offers(night: ThemeNight, hub: Hub, line: Sequence[SignUp], busy: Collection[str], now: datetime) -> list[SignUp]:
    """Offer free seats to the next who may have them, in the order of the line; ``busy`` are elsewhere at that time."""
    until = min(now + OFFER_STAYS, night.starts - LAST_OFFER)
    if until <= now or night.state is not NightState.PUBLISHED:
        return []
    line, offered = list(line), []
    for each in waiting(line):
        seat = None if each.inmate in busy else free_seat(night, hub, line, each.unit)
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


@dataclass(frozen=True, slots=True)
class Tally:
    """What a night shows for planning: everybody who wanted to come, and what became of them."""

    wanted: int
    seated: int
    offered: int
    waiting: int
    entered: int
    came: int
    by_unit: Mapping[str, int]
    called_off: int = 0


def tally(line: Sequence[SignUp]) -> Tally:
    """Count a night's list. Who gave a seat back wanted to come as well; who was let in by mistake did not."""
    states = [each.state for each in line]
    seated = [each for each in line if each.seat is not None]
    units = sorted({each.unit for each in seated})
    return Tally(
        wanted=sum(each.source is not Source.DOOR or each.state is not State.WITHDRAWN for each in line),
        seated=len(seated),
        offered=states.count(State.OFFERED),
        waiting=states.count(State.WAITING),
        entered=states.count(State.ENTERED),
        came=states.count(State.CAME),
        by_unit={unit: sum(each.unit == unit for each in seated) for unit in units},
        called_off=states.count(State.CALLED_OFF),
    )


def suggests_another(counted: Tally) -> bool:
    """Say whether so many wait that a second evening is worth it (J10)."""
    return counted.waiting >= SUGGEST_ANOTHER
