"""Walks to talks: what was found at the door, and how many of the staff can walk in an hour."""

from datetime import date, datetime

from bot.domain.movements import Movement, Tick
from bot.domain.timetable.bookings import Booking, Outcome
from bot.domain.timetable.timetable import Slot
from bot.store.bookings import GIVEN_BACK, NO_TALKS
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, to_text

WALKS = (
    "SELECT b.*, s.unit, i.officer, i.escort, i.alias, t.tick FROM bookings b JOIN slips s ON s.code = b.slip"
    " JOIN inmates i ON i.id = b.inmate LEFT JOIN ticks t ON t.slip = b.slip AND t.starts = b.starts"
)


async def between(tx: Transaction, starts: datetime, ends: datetime) -> list[Movement]:
    """Return every walk to a booked talk that starts in a stretch of time, the earliest first."""
    return await tx.every(
        _movement,
        f"{WALKS} WHERE b.starts >= :starts AND b.starts < :ends AND b.outcome NOT IN {NO_TALKS}"
        " ORDER BY b.starts, b.slip",
        starts=to_text(starts),
        ends=to_text(ends),
    )


async def of_slip(tx: Transaction, slip: str) -> Movement | None:
    """Return the walk to a slip's booked talk that is not over."""
    row = await tx.row(f"{WALKS} WHERE b.slip = :slip AND b.outcome = 'live'", slip=slip)
    return _movement(row) if row else None


async def given_back(tx: Transaction, slip: str) -> Movement | None:
    """Return the walk to the newest time that a slip had and has no more."""
    row = await tx.row(
        f"{WALKS} WHERE b.slip = :slip AND b.outcome IN {GIVEN_BACK} ORDER BY b.revision DESC LIMIT 1", slip=slip
    )
    return _movement(row) if row else None


async def tick(tx: Transaction, movement: Movement, tick: Tick | None, person: str, now: datetime) -> None:
    """Write what was found at the door, or take it back."""
    booking = movement.booking
    where = {"slip": booking.slip, "starts": to_text(booking.slot.starts)}
    await tx.run("DELETE FROM ticks WHERE slip = :slip AND starts = :starts", **where)
    if tick:
        await tx.run(
            "INSERT INTO ticks (slip, starts, tick, person, at) VALUES (:slip, :starts, :tick, :person, :at)",
            **where,
            tick=str(tick),
            person=person,
            at=to_text(now),
        )


async def capacity(tx: Transaction, prison: str, day: date) -> dict[int, int]:
    """Return the hours of a date for which the duty leader has said how many can walk."""
    rows = await tx.rows(
        "SELECT hour, staff FROM capacity WHERE prison = :prison AND day = :day", prison=prison, day=day.isoformat()
    )
    return {row["hour"]: row["staff"] for row in rows}


async def set_capacity(tx: Transaction, prison: str, day: date, hour: int, staff: int) -> None:
    """Say how many of the staff can walk in an hour of a date."""
    await tx.run(
        "INSERT INTO capacity (prison, day, hour, staff) VALUES (:prison, :day, :hour, :staff)"
        " ON CONFLICT (prison, day, hour) DO UPDATE SET staff = excluded.staff",
        prison=prison,
        day=day.isoformat(),
        hour=hour,
        staff=staff,
    )


def _movement(row: Row) -> Movement:
    # The walks of a whole day are asked for once for each card that is written about one of them.
    slot = Slot(from_text(row["starts"]), from_text(row["ends"]), row["service"], row["adviser"], row["room"])
    booking = Booking(row["slip"], row["inmate"], row["unit"], slot, Outcome(row["outcome"]))
    tick = Tick(row["tick"]) if row["tick"] else None
    made_at = from_text(row["made_at"])
    return Movement(booking, row["officer"], row["escort"], made_at, tick, row["alias"], row["revision"])
