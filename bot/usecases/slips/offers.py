"""Proposing another time, answering a proposal, and giving a time back (settled: slips and times)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.domain.refusals import MoveNotPossible, NotYours, TalkBegun
from bot.domain.slips import offers as rules
from bot.domain.slips import slips as slip_rules
from bot.domain.slips import talks as talk_rules
from bot.domain.slips.slips import Reason, Side, Slip, State
from bot.domain.timetable import bookings as booking_rules
from bot.domain.timetable import timetable as timetable_rules
from bot.domain.timetable.bookings import Booking, Outcome
from bot.domain.timetable.timetable import Slot
from bot.store import bookings
from bot.usecases.slips import slips, steps, talks
from bot.usecases.staff import advisers
from bot.usecases.timetable import timetable
from bot.usecases.timetable.bookings import answering, confirm, own_slot
from bot.usecases.turn import Turn


async def begin(turn: Turn, code: str, revision: int) -> Slip:
    """Let whoever begins to give a slip a time own it; a talk that has begun has its time."""
    slip = await slips.own_it(turn, code, revision)
    await still_movable(turn, slip)
    return slip


async def still_movable(turn: Turn, slip: Slip) -> None:
    """Refuse where a slip's talk has begun: it is told of, and neither moved nor given back."""
    if talk_rules.has_begun(slip, await bookings.standing(turn.tx, slip.code), turn.now):
        raise TalkBegun


async def give(turn: Turn, code: str, slot_id: str, revision: int) -> Slip:
    """Book a waiting slip's wish, or propose any other time."""
    slip = await slips.addressed(turn, code, revision)
    slot = own_slot(turn, slip, slot_id)
    if slip.state is State.WAITING and slip_rules.wished(slip, slot.starts):
        return await confirm(turn, code, slot_id, revision)
    return await _propose(turn, slip, slot, Side.ADVISER)


async def propose(turn: Turn, code: str, slot_id: str, revision: int) -> Slip:
    """Let the inmate propose another time of the adviser whose time it is."""
    slip = slip_rules.as_shown(await slips.own(turn, code), revision)
    slot = timetable_rules.slot_with(turn.hub, slot_id)
    theirs = slip.adviser or slot.adviser
    if slot.adviser != theirs or theirs not in await advisers.answering(turn, slip.service, slip.unit):
        raise NotYours
    return await _propose(turn, slip, slot, Side.INMATE)


async def _propose(turn: Turn, slip: Slip, slot: Slot, by: Side) -> Slip:
    held = await bookings.standing(turn.tx, slip.code)
    after = rules.offer(slip, slot.adviser, slot.starts, by, turn.hub, turn.now, held.slot.starts if held else None)
    day = await timetable.day(turn, slot, besides=held)
    booking = replace(booking_rules.book(slip, slot, day, turn.hub, turn.now), outcome=Outcome.OFFERED)
    if by is Side.ADVISER:
        return await slips.answered(turn, slip, after, held, booking, became=rules.NO_TO_IT[by])
    return await steps.keep(turn, slip, after, held, booking, became=rules.NO_TO_IT[by])


async def accept_own(turn: Turn, code: str, revision: int) -> Slip:
    """Let the inmate say yes to the adviser's offer."""
    return await accept(turn, slip_rules.as_shown(await slips.own(turn, code), revision), Side.INMATE)


async def decline_own(turn: Turn, code: str, revision: int) -> Slip:
    """Let the inmate say no to the adviser's offer."""
    return await decline(turn, slip_rules.as_shown(await slips.own(turn, code), revision), Side.INMATE)


async def accept_proposal(turn: Turn, code: str, revision: int) -> Slip:
    """Let the adviser say yes to the inmate's proposal."""
    return await accept(turn, await slips.addressed(turn, code, revision), Side.ADVISER)


async def decline_proposal(turn: Turn, code: str, revision: int) -> Slip:
    """Let the adviser say no to the inmate's proposal."""
    return await decline(turn, await slips.addressed(turn, code, revision), Side.ADVISER)


async def accept(turn: Turn, slip: Slip, by: Side) -> Slip:
    """Book the offered time for whoever may answer it on this side: the inmate, or an officer for the inmate."""
    held = await _held(turn, slip)
    after, booking = rules.accept(slip, by, turn.now), replace(held, outcome=Outcome.LIVE)
    if by is Side.ADVISER:
        return await slips.answered(turn, slip, after, held, booking)
    return await steps.keep(turn, slip, after, held, booking)


async def decline(turn: Turn, slip: Slip, by: Side) -> Slip:
    """Give the offered time back for whoever may answer it on this side."""
    held, after = await _held(turn, slip), rules.decline(slip, by)
    if by is Side.ADVISER:
        return await slips.answered(turn, slip, after, held, became=rules.NO_TO_IT[by])
    return await steps.keep(turn, slip, after, held, became=rules.NO_TO_IT[by])


async def expire(turn: Turn, code: str) -> Slip | None:
    """End an offer that nobody has answered in time."""
    slip = await slips.find(turn, code)
    if slip is None or slip.state is not State.OFFERED:
        return None
    return await steps.keep(turn, slip, rules.expire(slip), await _held(turn, slip))


async def cancel_own(turn: Turn, code: str, revision: int, reason: Reason) -> Slip:
    """Let the inmate give a time back and wait for a new one."""
    slip = slip_rules.as_shown(await slips.own(turn, code), revision)
    held = await _held(turn, slip)
    after = rules.cancel(slip, Side.INMATE, reason, held.slot.starts, turn.hub, turn.now)
    return await steps.keep(turn, slip, after, held, became=rules.NO_TO_IT[Side.INMATE])


async def cancel(turn: Turn, code: str, revision: int, reason: Reason) -> Slip:
    """Let the adviser give a time back; the inmate keeps the place in line and gets a new promise."""
    slip, held = await talks.booked(turn, code, revision)
    after = rules.cancel(slip, Side.ADVISER, reason, held.slot.starts, turn.hub, turn.now)
    return await slips.answered(turn, slip, after, held, became=rules.NO_TO_IT[Side.ADVISER])


async def cancel_with_session(turn: Turn, slip: Slip, held: Booking, reason: Reason) -> Slip:
    """Give a time back because its whole session is cancelled; the place in line is kept."""
    after = rules.cancel(slip, Side.ADVISER, reason, held.slot.starts, turn.hub, turn.now)
    return await steps.bind(turn, await steps.keep(turn, slip, after, held))


async def can_offer(turn: Turn, slip: Slip, slot: Slot) -> bool:
    """Say whether a slot is free for a slip's inmate and far enough ahead for an answer."""
    fits = booking_rules.fits(slip.inmate, slip.unit, slot, await timetable.day(turn, slot), turn.hub)
    known = slot.starts in await declined(turn, slip)
    return fits and not known and _can_wait(turn, slip, slot)


async def offer_with_session(turn: Turn, slip: Slip, held: Booking, slot: Slot) -> Slip:
    """Propose the moved session's time in place of the one that was there; nothing is booked over anybody's head."""
    after = rules.offer(slip, slot.adviser, slot.starts, Side.ADVISER, turn.hub, turn.now, held.slot.starts)
    booking = booking_rules.book(slip, slot, await timetable.day(turn, slot), turn.hub, turn.now)
    kept = await steps.keep(turn, slip, after, held, replace(booking, outcome=Outcome.OFFERED))
    return await steps.bind(turn, kept)


async def _held(turn: Turn, slip: Slip) -> Booking:
    held = await bookings.standing(turn.tx, slip.code)
    if held is None:
        raise MoveNotPossible(slip.state, "time")
    return held


async def other_times(turn: Turn, slip: Slip) -> list[Slot]:
    """Return the three nearest times that the inmate may propose; of the adviser who has the slip, if somebody has.

    A time that one of the two has said no to is not asked for again.
    """
    held, past = await bookings.standing(turn.tx, slip.code), await bookings.every(turn.tx, slip.code)
    no = booking_rules.given_back_as(past, *rules.NO_TO_IT.values())
    free = await timetable.free(turn, slip.service, slip.inmate, slip.unit, slip.adviser, besides=held)
    others = _others(free, held, no)
    return booking_rules.choices(None, [slot for slot in others if _can_wait(turn, slip, slot)])


async def choices(turn: Turn, slip: Slip) -> list[Slot]:
    """Return the times that the acting adviser can give: the inmate's wish if it is free, and the nearest.

    A time that the inmate has said no to is not among them.
    """
    held, no = await bookings.standing(turn.tx, slip.code), await declined(turn, slip)
    free = await timetable.free(turn, slip.service, slip.inmate, slip.unit, besides=held)
    own = [slot for slot in free if slot.adviser in answering(turn, slip)]
    others = _others(own, held, no)
    usable = [slot for slot in others if _straight(slip, slot) or _can_wait(turn, slip, slot)]
    return booking_rules.choices(next((slot for slot in usable if _straight(slip, slot)), None), usable)


async def declined(turn: Turn, slip: Slip) -> frozenset[datetime]:
    """Return the times ahead that the inmate has said no to for this slip."""
    no = booking_rules.given_back_as(await bookings.every(turn.tx, slip.code), Outcome.DECLINED)
    return frozenset(each for each in no if each > turn.now)


def _straight(slip: Slip, slot: Slot) -> bool:
    return slip.state is State.WAITING and slip_rules.wished(slip, slot.starts)


def _others(slots: list[Slot], held: Booking | None, no: Collection[datetime]) -> list[Slot]:
    return [slot for slot in slots if slot.starts not in no and (held is None or slot != held.slot)]


def _can_wait(turn: Turn, slip: Slip, slot: Slot) -> bool:
    return rules.lasts_until(slip.unit, slot.starts, turn.hub, turn.now) > turn.now
