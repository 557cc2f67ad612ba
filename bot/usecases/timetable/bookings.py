"""Giving a slip its time."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from bot.domain import calendar
from bot.domain.people import BY_PHONE
from bot.domain.refusals import MoveNotPossible, NotYours
from bot.domain.slips import slips as slip_rules
from bot.domain.slips.slips import Move, Slip
from bot.domain.timetable import bookings as rules
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking
from bot.domain.timetable.timetable import Slot
from bot.store import bookings as store
from bot.usecases.slips import slips
from bot.usecases.timetable.timetable import day, expect_day
from bot.usecases.turn import Turn


async def confirm(turn: Turn, code: str, slot_id: str, revision: int) -> Slip:
    """Give a slip a time of the acting adviser that its inmate wished for: rule first, constraint last."""
    expect_day(turn, slot_id)
    slip = await slips.addressed(turn, code, revision)
    slot = own_slot(turn, slip, slot_id)
    if not slip_rules.wished(slip, slot.starts):
        raise MoveNotPossible(slip.state, Move.BOOK)
    booking = rules.book(slip, slot, await day(turn, slot), turn.hub, turn.now)
    return await slips.answered(turn, slip, slip_rules.book(slip, slot.adviser), booked=booking)


def own_slot(turn: Turn, slip: Slip, slot_id: str) -> Slot:
    """Return a slot of the slip's service and of the adviser who answers: oneself, or whoever is on the phone."""
    slot = timetable.slot_with(turn.hub, slot_id)
    if slot.service != slip.service or slot.adviser not in answering(turn, slip):
        raise NotYours
    return slot


def answering(turn: Turn, slip: Slip) -> set[str]:
    """Return whose times may be given: the acting adviser's; by phone, those of the slip's adviser, or of any."""
    if not turn.person.role & BY_PHONE:
        return {turn.person.id}
    return {slip.adviser} if slip.adviser else set(turn.hub.services[slip.service].advisers)


async def of_day(turn: Turn, adviser: str, on: date) -> list[Booking]:
    """Return an adviser's talks of one date that still stand."""
    midnight = calendar.at(turn.hub, on, datetime.min.time())
    return await store.of_adviser(turn.tx, adviser, midnight, midnight + timedelta(days=1))


def expect_newest_of(turn: Turn, codes: Collection[str]) -> None:
    """Say that the newest times of these slips will be asked for, in this order."""
    if codes:
        store.expect_newest_of(turn.tx, codes)


def expect_next_own(turn: Turn) -> None:
    """Say that ``next_own`` will be asked."""
    store.expect_next_of(turn.tx, turn.inmate, turn.now)


async def next_own(turn: Turn) -> Booking | None:
    """Return the next agreed talk of who is signed in."""
    return await store.next_of(turn.tx, turn.inmate, turn.now)


async def newest_of(turn: Turn, codes: Collection[str]) -> dict[str, Booking]:
    """Return the newest time of each of these slips that ever had one, whatever became of it."""
    return await store.newest_of(turn.tx, codes) if codes else {}


async def newest(turn: Turn, code: str) -> Booking | None:
    """Return a slip's newest time, whatever became of it."""
    return await store.newest(turn.tx, code)
