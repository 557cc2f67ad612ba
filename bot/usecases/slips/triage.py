"""What the social adviser has to send on, and the talks that are held in the cells (F26, F35)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import calendar
from bot.domain.people import Inmate
from bot.domain.slips.slips import Slip, State
from bot.domain.timetable.bookings import Booking, Outcome
from bot.store import bookings, people, slips
from bot.usecases.turn import Turn

AHEAD = timedelta(days=14)


async def to_sort(turn: Turn) -> list[tuple[Slip, Inmate | None]]:
    """Return the slips that wait with the triage service for the acting person, the oldest first, and whose they are.

    One that a colleague has taken is the colleague's.
    """
    found = [slip for slip in await slips.of_service(turn.tx, turn.hub.triage) if _mine(turn, slip)]
    return [(slip, await people.inmate(turn.tx, slip.inmate)) for slip in found]


def _mine(turn: Turn, slip: Slip) -> bool:
    person = turn.person
    theirs = person.answers(slip.service, slip.unit) and slip.adviser in {None, person.id}
    return slip.state is State.WAITING and theirs


@dataclass(frozen=True, slots=True)
class CellTalk:
    """A talk in a cell; whose cell it is stands there for who answers the slip."""

    booking: Booking
    day: date
    inmate: Inmate | None


def cell_days(turn: Turn) -> list[date]:
    """Return the dates of the next rounds in the cells."""
    return [calendar.today(turn.hub, turn.now) + timedelta(days=n) for n in range(AHEAD.days + 1)]


async def cell_talks(turn: Turn) -> list[CellTalk]:
    """Return the booked talks in cells of the acting person's units, today's and those of the next rounds."""
    midnight = calendar.at(turn.hub, calendar.today(turn.hub, turn.now), datetime.min.time())
    found = await bookings.between(turn.tx, midnight, midnight + AHEAD)
    talks = [each for each in found if each.outcome is Outcome.LIVE and _in_cell(turn, each)]
    return sorted([await _cell_talk(turn, each) for each in talks], key=_by_day_and_unit)


def _in_cell(turn: Turn, booking: Booking) -> bool:
    return turn.hub.rooms[booking.slot.room].cell and booking.unit in turn.person.units


async def _cell_talk(turn: Turn, booking: Booking) -> CellTalk:
    answers = turn.person.answers(booking.slot.service, booking.unit)
    inmate = await people.inmate(turn.tx, booking.inmate) if answers else None
    return CellTalk(booking, calendar.today(turn.hub, booking.slot.starts), inmate)


def _by_day_and_unit(talk: CellTalk) -> tuple[date, str, datetime]:
    return talk.day, talk.booking.unit, talk.booking.slot.starts
