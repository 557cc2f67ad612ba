"""A sign-up for a theme night: where it stands, its place in the line, and what can follow (F34, F53, J10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.refusals import MoveNotPossible, Stale
from bot.domain.theme_nights.refusals import NightBegun, SeatPassed
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.whole import Whole


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


SIGN_UP_MOVES: Whole[State, Mapping[Move, State]] = Whole(
    "the moves of a sign-up",
    State,
    {
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
    },
)
"""What can follow on what; who has withdrawn or let an offer pass can sign up anew, behind everybody."""

HAVE_SEAT = frozenset({State.OFFERED, State.SEATED, State.CAME})
"""The states in which a seat is kept for somebody."""

OPEN = frozenset({State.ENTERED, State.WAITING, *HAVE_SEAT})


BEGINS: Whole[State, Move] = Whole(
    "how a sign-up begins",
    (State.ENTERED, State.WAITING, State.SEATED, State.CAME),
    {State.ENTERED: Move.SEAT, State.WAITING: Move.QUEUE, State.SEATED: Move.SEAT, State.CAME: Move.ARRIVE},
)
"""As what it is in the log, by where somebody who comes onto the list stands then."""


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


def of(line: Iterable[SignUp], inmate: str) -> SignUp | None:
    """Return somebody's sign-up."""
    return next((each for each in line if each.inmate == inmate), None)


def waiting(line: Iterable[SignUp]) -> list[SignUp]:
    """Return who waits for a seat, in the order of the line."""
    return sorted((each for each in line if each.state is State.WAITING), key=lambda each: each.place)


def numbers(line: Iterable[SignUp]) -> dict[str, int]:
    """Return the number on the wait list, from 1, of everybody who is on it."""
    return {each.inmate: n for n, each in enumerate(waiting(line), start=1)}


def number_in_line(line: Iterable[SignUp], inmate: str) -> int:
    """Return the number somebody has on the wait list, from 1; 0 where they are not on it."""
    return numbers(line).get(inmate, 0)


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
