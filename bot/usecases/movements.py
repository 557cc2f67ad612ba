"""Who is fetched when, what was found at the door, and how many of the staff can walk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain import calendar, subjects
from bot.domain import movements as rules
from bot.domain.movements import Movement, Tick
from bot.domain.people import CONTACTS
from bot.domain.refusals import NoSuchNumber, OutsideScope, Stale
from bot.domain.slips.slips import Slip
from bot.domain.subjects import About, Subject
from bot.domain.timetable.bookings import Booking, Outcome
from bot.store import movements as store
from bot.store import people
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Walk:
    """A movement, and whether it still waits for somebody to walk along; who has been fetched does not."""

    movement: Movement
    waits: bool


async def of_day(turn: Turn, day: date) -> list[Walk]:
    """Return every walk of a date, the earliest first; to a talk in the cell nobody walks."""
    found = await _between(turn, day)
    prisons = {turn.hub.prison_of(each.booking.unit) for each in found}
    waiting: set[str] = set()
    for prison in sorted(prisons):
        there = [each for each in found if turn.hub.prison_of(each.booking.unit) == prison]
        waiting |= rules.without_escort(there, turn.hub, await store.capacity(turn.tx, prison, day))
    return [Walk(each, each.booking.slip in waiting and _ahead(each)) for each in found]


def _ahead(movement: Movement) -> bool:
    return movement.booking.outcome is Outcome.LIVE and movement.tick is not Tick.FETCHED


async def _between(turn: Turn, day: date) -> list[Movement]:
    midnight = calendar.at(turn.hub, day, datetime.min.time())
    found = await store.between(turn.tx, midnight, midnight + timedelta(days=1))
    return [each for each in found if not turn.hub.rooms[each.booking.slot.room].cell]


def of_officer(walks: Iterable[Walk], officer: str) -> list[Walk]:
    """Return the walks of somebody's own inmates (F25)."""
    return [each for each in walks if each.movement.officer == officer]


async def walk_to(turn: Turn, booking: Booking) -> Walk | None:
    """Return the walk to a booked talk."""
    there = await _between(turn, calendar.today(turn.hub, booking.slot.starts))
    found = next((each for each in there if each.booking == booking), None)
    if found is None:
        return None
    return Walk(found, _ahead(found) and await _lacks_escort(turn, found, there))


async def _lacks_escort(turn: Turn, movement: Movement, there: list[Movement]) -> bool:
    """Say whether a walk of a date has no staff; only those of its own prison and hour can take it away."""
    prison, hour = turn.hub.prison_of(movement.booking.unit), rules.hour_of(turn.hub, movement.booking.slot.starts)
    rivals = [
        each
        for each in there
        if turn.hub.prison_of(each.booking.unit) == prison and rules.hour_of(turn.hub, each.booking.slot.starts) == hour
    ]
    given = await store.capacity(turn.tx, prison, calendar.today(turn.hub, movement.booking.slot.starts))
    return movement.booking.slip in rules.without_escort(rivals, turn.hub, given)


async def walks_to(turn: Turn, times: Iterable[Booking]) -> dict[str, Walk]:
    """Return the walks to booked talks, by slip; each day is read once."""
    wanted = {each.slip: each for each in times}
    days = sorted({calendar.today(turn.hub, each.slot.starts) for each in wanted.values()})
    walks = [walk for on in days for walk in await of_day(turn, on)]
    return {
        walk.movement.booking.slip: walk
        for walk in walks
        if wanted.get(walk.movement.booking.slip) == walk.movement.booking
    }


async def touch_depending(turn: Turn, slip: Slip, held: Booking | None, booked: Booking | None) -> None:
    """Where somebody walks along to this slip's talk, others may have got or lost their escort: touch them too."""
    inmate = await people.inmate(turn.tx, slip.inmate)
    if inmate is None or not inmate.escort:
        return
    if booked:
        there = await _between(turn, calendar.today(turn.hub, booked.slot.starts))
        await _touch(turn, next((each for each in there if each.booking.slip == slip.code), None))
    if held and (booked is None or held.slot != booked.slot):
        await _touch(turn, await store.given_back(turn.tx, slip.code))


async def _touch(turn: Turn, movement: Movement | None) -> None:
    if movement and movement.escort and movement.booking.slot.starts > turn.now:
        turn.touch(*subjects.slips(*await _depending(turn, movement)))


async def _depending(turn: Turn, movement: Movement) -> frozenset[str]:
    day, prison = calendar.today(turn.hub, movement.booking.slot.starts), turn.hub.prison_of(movement.booking.unit)
    there = [each for each in await _between(turn, day) if turn.hub.prison_of(each.booking.unit) == prison]
    return rules.depending_on(movement, there, turn.hub, await store.capacity(turn.tx, prison, day))


async def tick(turn: Turn, slip: str, revision: int, seen: Tick | None, tick: Tick | None) -> Movement:
    """Note what the officer found at the door of an own inmate, or take it back."""
    movement = await store.of_slip(turn.tx, slip)
    inmate = await people.inmate(turn.tx, movement.booking.inmate) if movement else None
    if movement is None or movement.revision != revision:
        raise Stale
    if inmate is None or not turn.person.role & CONTACTS or not turn.person.cares_for(inmate):
        raise OutsideScope
    after = rules.ticked(movement, seen, tick, turn.hub, turn.now)
    await store.tick(turn.tx, after, tick, turn.person.id, turn.now)
    await turn.note("tick", slip, str(tick) if tick else "back")
    turn.touch(subjects.slip(slip), subjects.inmate(inmate.id))
    turn.touch(Subject(About.DAY, str(calendar.today(turn.hub, after.booking.slot.starts))))
    await _touch(turn, after)
    return after


async def capacity(turn: Turn, prison: str, day: date) -> dict[int, int]:
    """Return the hours of a date for which the duty leader has said how many can walk."""
    return await store.capacity(turn.tx, prison, day)


async def set_staff(turn: Turn, prison: str, day: date, hour: int, seen: int | None, staff: int) -> None:
    """Say how many can walk in an hour; with it the escort of some slips may come or go.

    ``seen`` is what the pressed page showed: where another duty leader has changed it since, nothing is changed.
    """
    if prison not in turn.hub.prisons_of(turn.person.units):
        raise OutsideScope
    if not 0 <= staff <= rules.MOST_STAFF or not 0 <= hour <= 23:
        raise NoSuchNumber
    if rules.staff_in(turn.hub, hour, await store.capacity(turn.tx, prison, day)) != seen:
        raise Stale
    before = await of_day(turn, day)
    await store.set_capacity(turn.tx, prison, day, hour, staff)
    await turn.note("capacity", f"{prison} {day} {hour}", str(staff))
    after = await of_day(turn, day)
    changed = (one.movement.booking.slip for one, other in zip(before, after, strict=True) if one != other)
    turn.touch(Subject(About.DAY, str(day)), *subjects.slips(*changed))
