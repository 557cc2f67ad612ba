"""The slip: somebody's wish to talk with a service, and everything that may happen to it (F33)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain import calendar, timetable
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import (
    ExtendedAlready,
    MoveNotPossible,
    NobodyAnswers,
    NothingToUndo,
    NotYours,
    ServiceNotBookable,
    Stale,
    TalkBegun,
)
from bot.domain.services import Hub, Service

MOST_FORWARDS = 2
EXTENSIONS = (2, 5, 10)
UNDO_FOR = timedelta(hours=24)


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


SLIP_MOVES: dict[State, dict[Move, State]] = {
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
}

OPEN = frozenset(state for state, moves in SLIP_MOVES.items() if moves)


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


def send(code: str, draft: Draft, inmate: Inmate, hub: Hub, sent_at: datetime) -> Slip:
    """Make a slip of a draft, with the service's promise from when it was sent: on paper, that is the paper's time."""
    service = hub.services[draft.service]
    _may_go(hub, service, inmate.unit)
    return Slip(
        code=code,
        inmate=inmate.id,
        unit=inmate.unit,
        service=service.key,
        topic=draft.topic,
        wish=draft.wish,
        adviser=draft.adviser,
        state=State.WAITING,
        sent_at=sent_at,
        answer_by=calendar.answer_by(hub, sent_at, service.promise),
        half_at=calendar.half_of(hub, sent_at, service.promise),
    )


def _may_go(hub: Hub, service: Service, unit: str) -> None:
    if not hub.takes_slips(service):
        raise ServiceNotBookable
    if not hub.is_answered(service.key, unit):
        raise NobodyAnswers


def moved(slip: Slip, move: Move, by: Side = Side.ADVISER, **changes: object) -> Slip:
    """Return the slip after a move, or refuse what its lifecycle does not have."""
    target = SLIP_MOVES[slip.state].get(move)
    if target is None:
        raise MoveNotPossible(slip.state, move)
    done: dict[str, object] = {"state": target, "revision": slip.revision + 1, "last": move, "last_side": by}
    return replace(slip, **{**done, "phoned_by": None, **changes})  # type: ignore[arg-type] # named fields


def promised(hub: Hub, now: datetime, days: int) -> dict[str, Any]:
    """Return the fields of a promise of so many working days, given now: its half and its end."""
    return {"answer_by": calendar.answer_by(hub, now, days), "half_at": calendar.half_of(hub, now, days)}


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


def owned_by_adviser(slip: Slip, person: Person) -> Slip:
    """Refuse a slip of another service or unit, or one that a colleague has taken.

    A coordinator answers for any adviser of the units served, who calls by phone.
    """
    if person.role is Role.COORDINATOR and slip.unit in person.units:
        return slip
    if not person.answers(slip.service, slip.unit) or slip.adviser not in {None, person.id}:
        raise NotYours
    return slip


def by_phone(slip: Slip, person: Person) -> Slip:
    """Mark an answer that a coordinator has entered for an adviser."""
    return replace(slip, phoned_by=person.id) if person.role is Role.COORDINATOR else slip


def take(slip: Slip, adviser: str) -> Slip:
    """Let an adviser of the service own the slip alone; also from a colleague who has not answered yet."""
    return moved(slip, Move.TAKE, slip.last_side or Side.INMATE, adviser=adviser, last=slip.last)


def release(slip: Slip) -> Slip:
    """Let every adviser of the service own the slip again, because the one who took it cannot be reached."""
    return moved(slip, Move.RELEASE, slip.last_side or Side.INMATE, adviser=None, last=slip.last)


def book(slip: Slip, adviser: str) -> Slip:
    """Give the slip a time; the inmate has news."""
    return moved(slip, Move.BOOK, adviser=adviser, news=True, reason=None)


def later_dates(slip: Slip, hub: Hub, now: datetime) -> dict[int, datetime]:
    """Return the dates to which the promise can be moved, by how many working days that is from now; once only."""
    dates = {days: calendar.answer_by(hub, now, days) for days in EXTENSIONS}
    return {days: date for days, date in dates.items() if date > slip.answer_by and not slip.extended}


def extend(slip: Slip, days: int, hub: Hub, now: datetime) -> Slip:
    """Promise the answer later, once and with a date, in so many working days from now."""
    if slip.extended:
        raise ExtendedAlready
    if days not in later_dates(slip, hub, now):
        raise Stale
    later = promised(hub, now, days)
    return moved(slip, Move.EXTEND, extended=True, news=True, **later)


def answer(slip: Slip, words: str, adviser: str | None) -> Slip:
    """Answer without a meeting, in the hub's own plain words of this key; the inmate may still want a talk.

    Whoever has answered owns the slip: what was said is theirs and the inmate's.
    """
    return moved(slip, Move.ANSWER, answer=words, adviser=adviser, news=True)


def forward(slip: Slip, to: Service, hub: Hub) -> Slip:
    """Send the slip on with its code, place in line and promise; after two forwards it goes to the social adviser."""
    by_triage = slip.service == hub.triage
    if not by_triage and slip.forwards >= MOST_FORWARDS:
        to = hub.services[hub.triage]
    if to.key == slip.service:
        raise MoveNotPossible(slip.state, Move.FORWARD)
    _may_go(hub, to, slip.unit)
    forwards = slip.forwards + (not by_triage)
    return moved(slip, Move.FORWARD, service=to.key, adviser=None, forwards=forwards, sent_from=slip.service, news=True)


def hand_on(slip: Slip, to: str) -> Slip:
    """Send a slip that nobody can answer any more to the social adviser; it counts as nobody's forward."""
    return moved(slip, Move.FORWARD, Side.HUB, service=to, adviser=None, sent_from=slip.service, news=True)


def break_promise(slip: Slip, hub: Hub, now: datetime) -> Slip:
    """Say sorry with a new date; the second time the social adviser owns the slip, so that it never passes silently."""
    triage = hub.services[hub.triage]
    handed_over = slip.broken > 0 and slip.service != hub.triage
    return moved(
        slip,
        Move.BREAK,
        Side.HUB,
        **promised(hub, now, triage.promise),
        broken=slip.broken + 1,
        service=hub.triage if handed_over else slip.service,
        adviser=None if handed_over else slip.adviser,
        sent_from=slip.service if handed_over else slip.sent_from,
        news=True,
    )


def again(slip: Slip, hub: Hub, now: datetime) -> Slip:
    """Ask for a talk once more, with a new promise and the same adviser (F122)."""
    service = hub.services[slip.service]
    adviser = slip.adviser if slip.adviser in service.advisers else None
    return moved(
        slip,
        Move.AGAIN,
        Side.INMATE,
        adviser=adviser,
        wish=None,
        reason=None,
        answer=None,
        broken=0,
        extended=False,
        news=False,
        **promised(hub, now, service.promise),
    )


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


def can_take_back(slip: Slip, actor: str, now: datetime) -> bool:
    """Say whether somebody's newest step can be undone: nobody has acted since, and nobody has been told of it.

    Less than a day may have gone by. That a talk was held is not told to the inmate, so there is nothing to hear first.
    """
    told = slip.last_side is Side.ADVISER and slip.last is not Move.HOLD and not slip.news
    return slip.last_actor == actor and not told and slip.last_at is not None and now - slip.last_at <= UNDO_FOR


def taken_back(slip: Slip, before: Slip, actor: str, now: datetime) -> Slip:
    """Return the slip as it was before its newest step, for the one who took that step."""
    if before.revision != slip.revision - 1 or not can_take_back(slip, actor, now):
        raise NothingToUndo
    return replace(before, revision=slip.revision + 1, last_actor=None)


def can_stand_again(slip: Slip, starts: datetime, now: datetime) -> bool:
    """Say whether a time that a slip had can be its time once more: it lies ahead, and an offer has not ended."""
    return starts > now and (slip.offer_until is None or slip.offer_until > now)
