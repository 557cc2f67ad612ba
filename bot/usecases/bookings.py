"""Giving a slip its time."""

from datetime import date, datetime, timedelta

from bot.domain import bookings as rules
from bot.domain import calendar, timetable
from bot.domain import slips as slip_rules
from bot.domain.bookings import Booking
from bot.domain.people import Role
from bot.domain.refusals import NotYours
from bot.domain.slips import Slip
from bot.domain.timetable import Slot
from bot.store import bookings as store
from bot.usecases import slips
from bot.usecases.timetable import day
from bot.usecases.turn import Turn


async def confirm(turn: Turn, code: str, slot_id: str, revision: int) -> tuple[Slip, Booking]:
    """Give a slip a time of the acting adviser: rule first, constraint last."""
    slip = await slips.addressed(turn, code, revision)
    slot = own_slot(turn, slip, slot_id)
    booking = rules.book(slip, slot, await day(turn, slot), turn.hub, turn.now)
    return await slips.answered(turn, slip, slip_rules.book(slip, slot.adviser), booked=booking), booking


def own_slot(turn: Turn, slip: Slip, slot_id: str) -> Slot:
    """Return a slot of the slip's service and of the acting adviser; a coordinator has every adviser's (by phone)."""
    slot = timetable.slot_with(turn.hub, slot_id)
    if slot.service != slip.service or (turn.person.role is not Role.COORDINATOR and slot.adviser != turn.person.id):
        raise NotYours
    return slot


async def of_day(turn: Turn, adviser: str, on: date) -> list[Booking]:
    """Return an adviser's talks of one date that still stand."""
    midnight = calendar.at(turn.hub, on, datetime.min.time())
    return await store.of_adviser(turn.tx, adviser, midnight, midnight + timedelta(days=1))
