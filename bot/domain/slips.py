"""The slip: somebody's wish to talk with a service, and everything that may happen to it (F33)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain import calendar
from bot.domain.people import Inmate, Person
from bot.domain.refusals import MoveNotPossible, NotYours, ServiceNotBookable, Stale, TalkAhead, TalkBegun
from bot.domain.services import Hub, Service

MOST_FORWARDS = 2


class State(StrEnum):
    """Where a slip stands."""

    WAITING = "waiting"
    BOOKED = "booked"
    HELD = "held"
    NOT_HELD = "not_held"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Move(StrEnum):
    """What can happen to a slip."""

    TAKE = "take"
    RELEASE = "release"
    BOOK = "book"
    FORWARD = "forward"
    BREAK = "break"
    HOLD = "hold"
    MISS = "miss"
    AGAIN = "again"
    CLOSE = "close"
    WITHDRAW = "withdraw"


SLIP_MOVES: dict[State, dict[Move, State]] = {
    State.WAITING: {
        Move.TAKE: State.WAITING,
        Move.RELEASE: State.WAITING,
        Move.BOOK: State.BOOKED,
        Move.FORWARD: State.WAITING,
        Move.BREAK: State.WAITING,
        Move.WITHDRAW: State.WITHDRAWN,
    },
    State.BOOKED: {Move.HOLD: State.HELD, Move.MISS: State.NOT_HELD, Move.WITHDRAW: State.WITHDRAWN},
    State.NOT_HELD: {Move.AGAIN: State.WAITING, Move.CLOSE: State.CLOSED},
    State.HELD: {},
    State.WITHDRAWN: {},
    State.CLOSED: {},
}

OPEN = frozenset(state for state, moves in SLIP_MOVES.items() if moves)


class Reason(StrEnum):
    """Why a talk was not held, in words that blame nobody (F141, F158)."""

    NOT_NOW = "not_now"
    ILL = "ill"
    NO_ESCORT = "no_escort"
    ADVISER_AWAY = "adviser_away"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Draft:
    """What an inmate has chosen so far; ``wish`` is a slot id, none means the first free time."""

    service: str
    topic: str | None = None
    wish: str | None = None
    adviser: str | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """A wish to talk. ``service`` and ``adviser`` own it (F165); ``answer_by`` is the promise (F125), in UTC.

    ``revision`` moves with every change of meaning; ``news`` says that the inmate has not seen the newest one.
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


def send(code: str, draft: Draft, inmate: Inmate, hub: Hub, now: datetime) -> Slip:
    """Make a slip of a draft, with the service's promise from now on."""
    service = hub.services[draft.service]
    if not hub.takes_slips(service):
        raise ServiceNotBookable
    return Slip(
        code=code,
        inmate=inmate.id,
        unit=inmate.unit,
        service=service.key,
        topic=draft.topic,
        wish=draft.wish,
        adviser=draft.adviser,
        state=State.WAITING,
        sent_at=now,
        answer_by=calendar.answer_by(hub, now, service.promise),
    )


def moved(slip: Slip, move: Move, **changes: object) -> Slip:
    """Return the slip after a move, or refuse what its lifecycle does not have."""
    target = SLIP_MOVES[slip.state].get(move)
    if target is None:
        raise MoveNotPossible(slip.state, move)
    return replace(slip, state=target, revision=slip.revision + 1, **changes)  # type: ignore[arg-type] # named fields


def as_shown(slip: Slip, revision: int) -> Slip:
    """Refuse a press on something that has changed since it was shown."""
    if slip.revision != revision:
        raise Stale
    return slip


def owned_by_inmate(slip: Slip, inmate: str) -> Slip:
    """Refuse somebody else's slip."""
    if slip.inmate != inmate:
        raise NotYours
    return slip


def owned_by_adviser(slip: Slip, adviser: Person) -> Slip:
    """Refuse a slip of another service or unit, or one that a colleague has taken."""
    if not adviser.answers(slip.service, slip.unit) or slip.adviser not in {None, adviser.id}:
        raise NotYours
    return slip


def take(slip: Slip, adviser: str) -> Slip:
    """Let an adviser of the service own the slip alone; also from a colleague who has not answered yet."""
    return moved(slip, Move.TAKE, adviser=adviser)


def release(slip: Slip) -> Slip:
    """Let every adviser of the service own the slip again, because the one who took it cannot be reached."""
    return moved(slip, Move.RELEASE, adviser=None)


def book(slip: Slip, adviser: str) -> Slip:
    """Give the slip a time; the inmate has news."""
    return moved(slip, Move.BOOK, adviser=adviser, news=True)


def forward(slip: Slip, to: Service, hub: Hub) -> Slip:
    """Send the slip on with its code, place in line and promise; after two forwards it goes to the social adviser."""
    by_triage = slip.service == hub.triage
    if not by_triage and slip.forwards >= MOST_FORWARDS:
        to = hub.services[hub.triage]
    if to.key == slip.service:
        raise MoveNotPossible(slip.state, Move.FORWARD)
    if not hub.takes_slips(to):
        raise ServiceNotBookable
    forwards = slip.forwards + (not by_triage)
    return moved(slip, Move.FORWARD, service=to.key, adviser=None, forwards=forwards, sent_from=slip.service, news=True)


def break_promise(slip: Slip, hub: Hub, now: datetime) -> Slip:
    """Say sorry with a new date; the second time the social adviser owns the slip, so that it never passes silently."""
    triage = hub.services[hub.triage]
    handed_over = slip.broken > 0 and slip.service != hub.triage
    return moved(
        slip,
        Move.BREAK,
        answer_by=calendar.answer_by(hub, now, triage.promise),
        broken=slip.broken + 1,
        service=hub.triage if handed_over else slip.service,
        adviser=None if handed_over else slip.adviser,
        sent_from=slip.service if handed_over else slip.sent_from,
        news=True,
    )


def hold(slip: Slip, starts: datetime, now: datetime) -> Slip:
    """Note that the talk took place; nobody can know before it starts."""
    if now < starts:
        raise TalkAhead
    return moved(slip, Move.HOLD)


def miss(slip: Slip, reason: Reason, starts: datetime, now: datetime) -> Slip:
    """Note, without blame, that the talk did not happen; the inmate is asked about a new time (F157)."""
    if now < starts:
        raise TalkAhead
    return moved(slip, Move.MISS, reason=reason, news=True)


def again(slip: Slip, hub: Hub, now: datetime) -> Slip:
    """Ask for a new time after a talk that did not happen, with a new promise and the same adviser (F122)."""
    service = hub.services[slip.service]
    promise = service.promise
    adviser = slip.adviser if slip.adviser in service.advisers else None
    return moved(
        slip,
        Move.AGAIN,
        adviser=adviser,
        wish=None,
        reason=None,
        broken=0,
        answer_by=calendar.answer_by(hub, now, promise),
    )


def close(slip: Slip) -> Slip:
    """End a slip whose talk did not happen and shall not be tried again."""
    return moved(slip, Move.CLOSE)


def withdraw(slip: Slip, starts: datetime | None, now: datetime) -> Slip:
    """Take the slip back before its talk, if it has one, ``starts``; a new one can be sent at any time (F126)."""
    if starts and starts <= now:
        raise TalkBegun
    return moved(slip, Move.WITHDRAW)


def seen(slip: Slip) -> Slip:
    """Note that the inmate has read the news; the meaning, and so the revision, stays."""
    return replace(slip, news=False)
