"""The timetable's sessions: a week of them, adding one, and cancelling or moving one with everybody who is in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import crc32

from bot.domain import calendar
from bot.domain.refusals import NotYours, OutsideScope, SessionClash, SessionGone, SessionPast, Stale
from bot.domain.services import Session
from bot.domain.slips.slips import WHY_CANCELLED, Reason, Slip, State
from bot.domain.timetable import timetable as rules
from bot.domain.timetable.bookings import STANDING, Booking, Outcome
from bot.store import bookings, claims, slips
from bot.store import timetable as store
from bot.usecases.hub import recompose
from bot.usecases.prisons import units_at
from bot.usecases.slips import offers
from bot.usecases.turn import Turn

WEEK = timedelta(days=7)
THEME_NIGHT = "night:"
"""What the holder of a theme night's room begins with."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A session with its talks, and how many it has room for."""

    id: str
    session: Session
    talks: tuple[Booking, ...]
    slots: int
    opens: datetime
    closes: datetime

    def hit(self, now: datetime) -> tuple[Booking, ...]:
        """Return the times that would be lost with the session: booked or offered, and not begun."""
        return tuple(each for each in self.talks if each.outcome in STANDING and each.slot.starts > now)


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a session that was cancelled or moved: every slip that was hit, with the time it had."""

    session: Session
    hit: tuple[tuple[Slip, Booking], ...]
    moved_to: Session | None = None

    @property
    def offered(self) -> int:
        """Return how many got another time as an offer."""
        return sum(slip.state is State.OFFERED for slip, _ in self.hit)


def seen(hit: Iterable[Booking]) -> str:
    """Return a short word for exactly these times, so that a press knows what its page had shown."""
    return f"{crc32(' '.join(sorted(f'{each.slip}/{each.slot.id}' for each in hit)).encode()):08x}"[-6:]


async def week(turn: Turn, prison: str, day: date) -> list[Filled]:
    """Return the sessions of the week around a date that somebody of the acting person's units can come to."""
    units = units_at(turn, turn.person, prison)
    monday = day - timedelta(days=day.weekday())
    midnight = calendar.at(turn.hub, monday, datetime.min.time())
    talks = await bookings.made_between(turn.tx, midnight, midnight + WEEK + timedelta(hours=1))
    return [
        _filled(turn, each, talks)
        for each in turn.hub.sessions
        if monday <= each.day < monday + WEEK and turn.hub.rooms[each.room].units & units
    ]


async def one(turn: Turn, session_id: str) -> Filled:
    """Return a session of the acting person's units, or refuse; one of other units is as one that is gone."""
    session = rules.session_with(turn.hub, session_id)
    if not turn.hub.rooms[session.room].units & turn.person.units:
        raise SessionGone(session_id)
    opens, closes = rules.span(turn.hub, session)
    return _filled(turn, session, await bookings.made_between(turn.tx, opens, closes))


def _filled(turn: Turn, session: Session, talks: Iterable[Booking]) -> Filled:
    opens, closes = rules.span(turn.hub, session)
    own = tuple(each for each in talks if opens <= each.slot.starts < closes and _in(session, each))
    return Filled(
        rules.id_of(turn.hub, session), session, own, len(list(rules.slots_of(turn.hub, session))), opens, closes
    )


def _in(session: Session, booking: Booking) -> bool:
    slot = booking.slot
    return (slot.service, slot.adviser, slot.room) == (session.service, session.adviser, session.room)


def checked(turn: Turn, session: Session, moving: Session | None = None) -> Session:
    """Refuse a session that cannot stand in the timetable.

    Its adviser works for the service, and somebody of the acting person's units may use its room. A moved one stays
    with its service and its adviser: a slip of another service is not answered by it.
    """
    service = turn.hub.services[session.service]
    if session.adviser not in service.advisers or not turn.hub.rooms[session.room].units & turn.person.units:
        raise NotYours
    if moving is None:
        return rules.add(turn.hub, session, turn.now)
    if (moving.service, moving.adviser) != (session.service, session.adviser):
        raise NotYours
    return rules.move(turn.hub, moving, session, turn.now)


async def _room_is_free(turn: Turn, session: Session) -> None:
    opens, closes = rules.span(turn.hub, session)
    held = await claims.holders(turn.tx, f"room:{session.room}", opens, closes)
    if any(holder.startswith(THEME_NIGHT) for holder in held):
        raise SessionClash


async def add(turn: Turn, session: Session) -> Session:
    """Put a session into the timetable; its times can be chosen at once."""
    checked(turn, session)
    await _room_is_free(turn, session)
    session_id = rules.id_of(turn.hub, session)
    await store.add(turn.tx, session_id, session)
    await recompose(turn)
    await turn.note("session_added", session_id)
    return session


async def cancel(turn: Turn, session_id: str, reason: Reason, shown: str) -> Changed:
    """Take a session out of the timetable; everybody in it waits on, with a new promise and the same place in line.

    Whoever had a time must be exactly those whom the page had ``shown``.
    """
    filled = await one(turn, session_id)
    if filled.closes <= turn.now:
        raise SessionPast
    hit = _as_shown(turn, filled.hit(turn.now), shown)
    if reason not in WHY_CANCELLED:
        raise Stale
    given_back = [(await offers.cancel_with_session(turn, await _slip(turn, each), each, reason), each) for each in hit]
    await store.cancel(turn.tx, session_id, turn.person.id, str(reason), turn.now)
    await recompose(turn)
    await turn.note("session_cancelled", session_id, str(reason))
    return Changed(filled.session, tuple(given_back))


async def hit_by_move(turn: Turn, session_id: str, to: Session) -> tuple[Booking, ...]:
    """Return the times that are lost when a session is moved; one that the moved session still has is not."""
    filled = await one(turn, session_id)
    kept = set(rules.slots_of(turn.hub, to))
    return tuple(each for each in filled.hit(turn.now) if each.slot not in kept)


async def move(turn: Turn, session_id: str, to: Session, shown: str) -> Changed:
    """Let a session stand elsewhere; whoever loses a time gets the one of the same order as an offer, or waits on."""
    session = (await one(turn, session_id)).session
    checked(turn, to, moving=session)
    await _room_is_free(turn, to)
    hit = _as_shown(turn, await hit_by_move(turn, session_id, to), shown)
    await store.cancel(turn.tx, session_id, turn.person.id, "moved", turn.now)
    new_id = rules.id_of(turn.hub, to)
    await store.add(turn.tx, new_id, to)
    await recompose(turn)
    for each in hit:
        # All old times are free before the first new one is held: two talks may change places.
        await bookings.finish(turn.tx, each.slip, Outcome.RELEASED)
    changed = [(await _elsewhere(turn, session, to, each), each) for each in hit]
    await turn.note("session_moved", session_id, new_id)
    return Changed(session, tuple(changed), to)


async def _elsewhere(turn: Turn, session: Session, to: Session, held: Booking) -> Slip:
    slip = await _slip(turn, held)
    slot = rules.in_place_of(turn.hub, session, to, held.slot)
    if slot and await offers.can_offer(turn, slip, slot):
        return await offers.offer_with_session(turn, slip, held, slot)
    return await offers.cancel_with_session(turn, slip, held, Reason.NOT_SAID)


def _as_shown(turn: Turn, hit: tuple[Booking, ...], shown: str) -> tuple[Booking, ...]:
    if seen(hit) != shown:
        raise Stale
    if any(each.unit not in turn.person.units for each in hit):
        raise OutsideScope
    return hit


async def _slip(turn: Turn, held: Booking) -> Slip:
    slip = await slips.get(turn.tx, held.slip)
    if slip is None:
        raise Stale
    return slip
