"""The slip: somebody's wish to talk with a service, and everything that may happen to it (F33)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.refusals import MoveNotPossible, Stale, TalkBegun
from bot.domain.timetable import timetable
from bot.domain.whole import Whole, all_but


class State(StrEnum):
    """Where a slip stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    ANSWERED = "answered"
    HELD = "held"
    NOT_HELD = "not_held"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Move(StrEnum):
    """What can happen to a slip."""

    TAKE = "take"
    RELEASE = "release"
    BOOK = "book"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    ANSWER = "answer"
    EXTEND = "extend"
    FORWARD = "forward"
    BREAK = "break"
    CANCEL = "cancel"
    HOLD = "hold"
    MISS = "miss"
    RENEW = "renew"
    LAPSE = "lapse"
    AGAIN = "again"
    CLOSE = "close"
    WITHDRAW = "withdraw"


SLIP_MOVES: Whole[State, Mapping[Move, State]] = Whole(
    "the moves of a slip",
    State,
    {
        State.WAITING: {
            Move.TAKE: State.WAITING,
            Move.RELEASE: State.WAITING,
            Move.BOOK: State.BOOKED,
            Move.OFFER: State.OFFERED,
            Move.ANSWER: State.ANSWERED,
            Move.EXTEND: State.WAITING,
            Move.FORWARD: State.WAITING,
            Move.BREAK: State.WAITING,
            Move.HOLD: State.HELD,
            Move.WITHDRAW: State.WITHDRAWN,
        },
        State.OFFERED: {
            Move.OFFER: State.OFFERED,
            Move.ACCEPT: State.BOOKED,
            Move.DECLINE: State.WAITING,
            Move.EXPIRE: State.WAITING,
            Move.CANCEL: State.WAITING,
            Move.WITHDRAW: State.WITHDRAWN,
        },
        State.BOOKED: {
            Move.HOLD: State.HELD,
            Move.MISS: State.NOT_HELD,
            Move.RENEW: State.WAITING,
            Move.LAPSE: State.WAITING,
            Move.OFFER: State.OFFERED,
            Move.CANCEL: State.WAITING,
            Move.WITHDRAW: State.WITHDRAWN,
        },
        State.ANSWERED: {Move.AGAIN: State.WAITING, Move.CLOSE: State.CLOSED},
        State.NOT_HELD: {Move.AGAIN: State.WAITING, Move.CLOSE: State.CLOSED},
        State.HELD: {},
        State.WITHDRAWN: {},
        State.CLOSED: {},
    },
)

OPEN = frozenset(state for state, moves in SLIP_MOVES.items() if moves)

WAITS_AGAIN = all_but(
    (move for move in Move if State.WAITING in {moves.get(move) for moves in SLIP_MOVES.values()}),
    *(Move.TAKE, Move.RELEASE),
    *(Move.FORWARD, Move.BREAK),
)
"""What can have happened last to a slip that waits; it says itself who has it, where it was sent, that it was late."""


class Side(StrEnum):
    """On whose behalf something was done: the inmate's, the adviser's, or by the hub itself."""

    INMATE = "inmate"
    ADVISER = "adviser"
    HUB = "hub"


class Source(StrEnum):
    """How a slip came in."""

    SCREEN = "screen"
    OFFICER = "officer"
    PAPER = "paper"


class Reason(StrEnum):
    """Why a talk was not held or a time was given back, in words that blame nobody (F141, F158)."""

    NOT_NOW = "not_now"
    ILL = "ill"
    NO_ESCORT = "no_escort"
    ADVISER_AWAY = "adviser_away"
    SOMETHING_ELSE = "something_else"
    NO_ROOM = "no_room"
    NOT_SAID = "not_said"


WHY_MISSED = (Reason.NOT_NOW, Reason.ILL, Reason.NO_ESCORT, Reason.ADVISER_AWAY, Reason.NOT_SAID)
WHY_NOT_COMING = (Reason.NOT_NOW, Reason.ILL, Reason.SOMETHING_ELSE, Reason.NOT_SAID)
WHY_CANCELLED = (Reason.ADVISER_AWAY, Reason.ILL, Reason.NO_ESCORT, Reason.NO_ROOM, Reason.NOT_SAID)


class Stage(StrEnum):
    """The page of a slip that is being made at which its inmate is, each one step back from the next."""

    TOPICS = "topics"
    REVIEW = "review"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an inmate has chosen so far; ``wish`` is a slot id, none means the first free time.

    ``stage`` is where it was left: there it goes on, whenever that is.
    """

    service: str
    topic: str | None = None
    wish: str | None = None
    adviser: str | None = None
    stage: Stage = Stage.REVIEW


@dataclass(frozen=True, slots=True)
class Slip:
    """A wish to talk. ``service`` and ``adviser`` own it (F165); ``answer_by`` is the promise (F125), in UTC.

    ``revision`` moves with every change of meaning; ``news`` says that the inmate has not been told the newest one.
    ``half_at`` is when half of the promise is over. ``offer_until`` is when a held offer ends. ``last`` is the newest
    move, on behalf of ``last_side`` and done by ``last_actor``. ``written_by`` is who wrote it for the inmate,
    ``phoned_by`` the coordinator who entered the newest answer for an adviser on the telephone.
    """

    code: str
    inmate: str
    unit: str
    service: str
    topic: str | None
    wish: str | None
    adviser: str | None
    state: State
    sent_at: datetime
    answer_by: datetime
    revision: int = 1
    broken: int = 0
    forwards: int = 0
    sent_from: str | None = None
    reason: Reason | None = None
    news: bool = False
    half_at: datetime | None = None
    extended: bool = False
    answer: str | None = None
    offered_by: Side | None = None
    offer_until: datetime | None = None
    written_by: str | None = None
    source: Source = Source.SCREEN
    paper: str | None = None
    phoned_by: str | None = None
    last: Move | None = None
    last_side: Side | None = None
    last_actor: str | None = None
    last_at: datetime | None = None


def moved(slip: Slip, move: Move, by: Side = Side.ADVISER, **changes: object) -> Slip:
    """Return the slip after a move, or refuse what its lifecycle does not have."""
    target = SLIP_MOVES[slip.state].get(move)
    if target is None:
        raise MoveNotPossible(slip.state, move)
    done: dict[str, object] = {"state": target, "revision": slip.revision + 1, "last": move, "last_side": by}
    return replace(slip, **{**done, "phoned_by": None, **changes})  # type: ignore[arg-type] # named fields


def as_shown(slip: Slip, revision: int) -> Slip:
    """Refuse a press on something that has changed since it was shown."""
    if slip.revision != revision:
        raise Stale
    return slip


def book(slip: Slip, adviser: str) -> Slip:
    """Give the slip a time; the inmate has news."""
    return moved(slip, Move.BOOK, adviser=adviser, news=True, reason=None)


def answer(slip: Slip, words: str, adviser: str | None) -> Slip:
    """Answer without a meeting, in the hub's own plain words of this key; the inmate may still want a talk.

    Whoever has answered owns the slip: what was said is theirs and the inmate's.
    """
    return moved(slip, Move.ANSWER, answer=words, adviser=adviser, news=True)


def close(slip: Slip, by: Side = Side.INMATE) -> Slip:
    """End a slip that needs nothing more."""
    return moved(slip, Move.CLOSE, by, news=False)


def withdraw(slip: Slip, starts: datetime | None, now: datetime) -> Slip:
    """Take the slip back before its talk, if it has one, ``starts``; a new one can be sent at any time (F126)."""
    if starts and starts <= now:
        raise TalkBegun
    return moved(slip, Move.WITHDRAW, Side.INMATE, offered_by=None, offer_until=None, news=False)


def seen(slip: Slip) -> Slip:
    """Note that the inmate has read the news; the meaning, and so the revision, stays."""
    return replace(slip, news=False)


def wished(slip: Slip, starts: datetime) -> bool:
    """Say whether a time may be booked straight away: the inmate wished for it, or for the first free one (F132)."""
    return slip.wish is None or timetable.starts_of(slip.wish) == starts
