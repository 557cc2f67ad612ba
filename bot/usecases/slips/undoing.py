"""One's own newest step on a slip, taken back with the time that it gave or gave up."""

from dataclasses import replace
from typing import Any

from bot.domain import reminders as due
from bot.domain import subjects
from bot.domain.refusals import NothingToUndo
from bot.domain.slips import owners, undoing
from bot.domain.slips import slips as rules
from bot.domain.slips.slips import Move, Slip
from bot.domain.staff import coverage
from bot.domain.timetable import bookings as booking_rules
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking, Outcome
from bot.store import bookings, people, reminders, slip_rows
from bot.store import slips as store
from bot.usecases.slips.steps import keep_time
from bot.usecases.timetable.timetable import day
from bot.usecases.turn import Turn


async def undo(turn: Turn, code: str, revision: int) -> Slip:
    """Take one's own newest step back, where nobody has acted on it; a time that was given back must still be free."""
    slip = await store.get(turn.tx, code)
    kept = await store.before(turn.tx, code)
    if slip is None or kept is None:
        raise NothingToUndo
    after = undoing.taken_back(rules.as_shown(slip, revision), slip_rows.slip_of(kept["slip"]), turn.doer, turn.now)
    after = coverage.with_somebody(after, turn.hub)
    after = await _with_who_answers(turn, after, has_time=kept["slot"] is not None)
    held = await bookings.standing(turn.tx, code)
    booked = await _time_again(turn, slip, after, kept, held)
    await store.save(turn.tx, slip, after, turn.now)
    await keep_time(turn, after, held, booked, Outcome.RELEASED)
    await reminders.replace(turn.tx, code, due.OF_A_SLIP, due.due_of(after, booked, turn.hub, turn.now))
    await turn.note("undo", code, str(slip.last))
    turn.news.add(subjects.slip(code))
    return after


async def _with_who_answers(turn: Turn, slip: Slip, *, has_time: bool) -> Slip:
    """Let nobody have a slip again who may not answer it any more; a time with them does not come back.

    Whoever of the staff takes a step back may still answer the slip.
    """
    if turn.actor.person:
        owners.owned_by_adviser(replace(slip, adviser=None), turn.person)
    adviser = await people.person(turn.tx, slip.adviser) if slip.adviser else None
    if adviser is None or adviser.answers(slip.service, slip.unit):
        return slip
    if has_time:
        raise NothingToUndo
    return replace(slip, adviser=None)


async def _time_again(
    turn: Turn, slip: Slip, after: Slip, kept: dict[str, Any], held: Booking | None
) -> Booking | None:
    if kept["slot"] is None:
        return None
    if slip.last in {Move.HOLD, Move.MISS, Move.RENEW}:
        return await _talk_again(turn, slip)
    slot = timetable.slot_with(turn.hub, kept["slot"])
    if not undoing.can_stand_again(after, slot.starts, turn.now):
        raise NothingToUndo
    booking = booking_rules.book(after, slot, await day(turn, slot, besides=held), turn.hub, turn.now)
    return replace(booking, outcome=Outcome(kept["outcome"]))


async def _talk_again(turn: Turn, slip: Slip) -> Booking | None:
    """Let what was told of a talk not have been told; whether its session still stands is all the same by now."""
    told = await bookings.newest(turn.tx, slip.code)
    await bookings.talk_becomes(turn.tx, slip.code, Outcome.RELEASED)
    return replace(told, outcome=Outcome.LIVE) if told else None
