"""What fills the time around a slip, and which slots are left."""

from contextlib import suppress
from datetime import datetime, timedelta

from bot.domain import calendar
from bot.domain.refusals import NotYours, SlotUnknown
from bot.domain.services import Service
from bot.domain.slips.slips import Draft
from bot.domain.timetable import bookings as rules
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking, Claim, Day
from bot.domain.timetable.timetable import Slot
from bot.store import bookings, claims, people
from bot.usecases.staff import advisers
from bot.usecases.turn import Turn


def expect_day(turn: Turn, slot_id: str) -> None:
    """Say that ``day`` will be asked of a slot, if the timetable has it: whoever finds out that it has not says so."""
    with suppress(SlotUnknown):
        slot = timetable.slot_with(turn.hub, slot_id)
        claims.expect(turn.tx, slot.starts, slot.ends)
        if turn.hub.services[slot.service].daily_cap is not None:
            bookings.expect_starts_of(turn.tx, slot.service, *_date_of(turn, slot))


async def day(turn: Turn, slot: Slot, besides: Booking | None = None) -> Day:
    """Return what already fills a slot, and whether its service gives no more talks on that date.

    A time that is given up for it, ``besides``, is in nobody's way.
    """
    claims.expect(turn.tx, slot.starts, slot.ends)
    full = await _full(turn, slot, besides)
    return Day(await claims.between(turn.tx, slot.starts, slot.ends) - _claims_of(turn, besides), full)


def _claims_of(turn: Turn, booking: Booking | None) -> frozenset[Claim]:
    if booking is None:
        return frozenset()
    span = rules.cells(booking.slot.starts, booking.slot.ends)
    return frozenset((each, cell) for each in rules.resources(turn.hub, booking.inmate, booking.slot) for cell in span)


async def _full(turn: Turn, slot: Slot, besides: Booking | None) -> bool:
    service = turn.hub.services[slot.service]
    if service.daily_cap is None:
        return False
    talks = await bookings.starts_of(turn.tx, service.key, *_date_of(turn, slot))
    return len(talks) - _on_date(turn, besides, slot) >= service.daily_cap


def _date_of(turn: Turn, slot: Slot) -> tuple[datetime, datetime]:
    midnight = calendar.at(turn.hub, calendar.today(turn.hub, slot.starts), datetime.min.time())
    return midnight, midnight + timedelta(days=1)


def _on_date(turn: Turn, booking: Booking | None, slot: Slot) -> int:
    if booking is None or booking.slot.service != slot.service:
        return 0
    return int(calendar.today(turn.hub, booking.slot.starts) == calendar.today(turn.hub, slot.starts))


async def free(
    turn: Turn, service: str, inmate: str, unit: str, adviser: str | None = None, besides: Booking | None = None
) -> list[Slot]:
    """Return the slots of a service that this inmate could have, the nearest first; with one adviser, or any.

    A time that would be given up, ``besides``, is in nobody's way.
    """
    there = await advisers.answering(turn, service, unit)
    theirs = there if adviser is None else there & {adviser}
    slots = [each for each in timetable.coming(turn.hub, service, turn.now) if each.adviser in theirs]
    if not slots:
        return []
    claims.expect(turn.tx, slots[0].starts, slots[-1].ends)
    full = await _full_dates(turn, turn.hub.services[service], slots, besides)
    taken = await claims.between(turn.tx, slots[0].starts, slots[-1].ends) - _claims_of(turn, besides)
    return [
        slot
        for slot in slots
        if rules.fits(inmate, unit, slot, Day(taken, calendar.today(turn.hub, slot.starts) in full), turn.hub)
    ]


async def _full_dates(turn: Turn, service: Service, slots: list[Slot], besides: Booking | None) -> set[object]:
    if service.daily_cap is None:
        return set()
    midnight = calendar.at(turn.hub, calendar.today(turn.hub, slots[0].starts), datetime.min.time())
    starts = await bookings.starts_of(turn.tx, service.key, midnight, slots[-1].ends)
    if besides and besides.slot.starts in starts:
        starts.remove(besides.slot.starts)
    dates = [calendar.today(turn.hub, each) for each in starts]
    return {date for date in dates if dates.count(date) >= service.daily_cap}


async def wishes(turn: Turn, draft: Draft) -> list[Slot]:
    """Return the three nearest times that the inmate at the kiosk may wish for."""
    inmate = await people.inmate(turn.tx, turn.inmate)
    if inmate is None:
        raise NotYours
    return rules.choices(None, await free(turn, draft.service, inmate.id, inmate.unit, draft.adviser))
