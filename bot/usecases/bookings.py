"""Giving a slip its time."""

from datetime import date, datetime, timedelta

from bot.domain import bookings as rules
from bot.domain import calendar, timetable
from bot.domain import reminders as due
from bot.domain import slips as slip_rules
from bot.domain.bookings import Booking
from bot.domain.refusals import NotYours
from bot.domain.slips import Move, Slip
from bot.store import bookings as store
from bot.store import reminders
from bot.store import slips as slip_store
from bot.usecases import slips
from bot.usecases.timetable import day
from bot.usecases.turn import Turn


async def confirm(turn: Turn, code: str, slot_id: str, revision: int) -> tuple[Slip, Booking]:
    """Give a slip a time of the acting adviser: rule first, constraint last."""
    slip = await slips.addressed(turn, code, revision)
    slot = timetable.slot_with(turn.hub, slot_id)
    if (slot.service, slot.adviser) != (slip.service, turn.person.id):
        raise NotYours
    booking = rules.book(slip, slot, await day(turn, slot), turn.hub, turn.now)
    return await _save(turn, slip, booking), booking


async def _save(turn: Turn, slip: Slip, booking: Booking) -> Slip:
    after = slip_rules.book(slip, booking.slot.adviser)
    await slip_store.save(turn.tx, slip, after, turn.now)
    await store.add(turn.tx, booking, rules.resources(turn.hub, slip.inmate, booking.slot), turn.now)
    await reminders.cancel(turn.tx, slip.code, slips.PROMISE)
    await reminders.put(turn.tx, due.plan(booking, turn.hub, turn.now))
    await turn.note(str(Move.BOOK), slip.code)
    return after


async def of_day(turn: Turn, adviser: str, on: date) -> list[Booking]:
    """Return an adviser's talks of one date that still stand."""
    midnight = calendar.at(turn.hub, on, datetime.min.time())
    return await store.of_adviser(turn.tx, adviser, midnight, midnight + timedelta(days=1))
