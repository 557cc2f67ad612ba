"""Bookings and the claims behind them."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.timetable import bookings as booking_rules
from bot.domain.timetable.bookings import Booking, Outcome
from bot.domain.timetable.timetable import Slot
from bot.store import claims
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, maybe, to_text


def _listed(*outcomes: Outcome) -> str:
    names = ", ".join(f"'{each}'" for each in sorted(outcomes))
    return f"({names})"


GIVEN_BACK = _listed(*booking_rules.GIVEN_BACK)
NO_TALKS = _listed(*booking_rules.GIVEN_BACK, Outcome.OFFERED)
BOOKED = "SELECT b.*, s.unit FROM bookings b JOIN slips s ON s.code = b.slip"
EVERY = f"{BOOKED} WHERE b.slip = :slip ORDER BY b.revision DESC"
STARTS_OF = (
    "SELECT starts FROM bookings WHERE service = :service AND starts >= :starts AND starts < :ends"  # noqa: S608  outcomes are our own words
    f" AND outcome NOT IN {GIVEN_BACK}"
)


async def add(tx: Transaction, booking: Booking, revision: int, resources: tuple[str, ...], made_at: datetime) -> None:
    """Write a slip's booking and claim what it takes; a claim that somebody holds already refuses the whole turn."""
    slot = booking.slot
    await tx.run(
        "INSERT INTO bookings (slip, revision, inmate, slot, service, adviser, room, starts, ends, outcome, made_at)"
        " VALUES (:slip, :revision, :inmate, :slot, :service, :adviser, :room, :starts, :ends, :outcome, :made_at)",
        slip=booking.slip,
        revision=revision,
        inmate=booking.inmate,
        slot=slot.id,
        service=slot.service,
        adviser=slot.adviser,
        room=slot.room,
        starts=to_text(slot.starts),
        ends=to_text(slot.ends),
        outcome=str(booking.outcome),
        made_at=to_text(made_at),
    )
    await claims.take(tx, booking.slip, resources, slot.starts, slot.ends)


async def standing(tx: Transaction, slip: str) -> Booking | None:
    """Return the slip's present time, booked or offered, if it has one."""
    row = await tx.row(f"{BOOKED} WHERE b.slip = :slip AND b.outcome IN ('live', 'offered')", slip=slip)
    return _booking(row) if row else None


async def newest(tx: Transaction, slip: str) -> Booking | None:
    """Return the slip's newest time, whatever became of it."""
    row = await tx.row(f"{BOOKED} WHERE b.slip = :slip ORDER BY b.revision DESC LIMIT 1", slip=slip)
    return _booking(row) if row else None


async def last_talk(tx: Transaction, slip: str) -> Booking | None:
    """Return the slip's newest time that was neither given back nor only offered."""
    row = await tx.row(
        f"{BOOKED} WHERE b.slip = :slip AND b.outcome NOT IN {NO_TALKS} ORDER BY b.revision DESC LIMIT 1",
        slip=slip,
    )
    return _booking(row) if row else None


def expect(tx: Transaction, slip: str) -> None:
    """Say that all the times of a slip will be asked for."""
    tx.expect(EVERY, slip=slip)


async def every(tx: Transaction, slip: str) -> list[Booking]:
    """Return all the times that a slip has had, the newest first."""
    return await tx.every(_booking, EVERY, slip=slip)


async def newest_and_last_talk(tx: Transaction, slip: str) -> tuple[Booking | None, Booking | None]:
    """Return both at once: a card is written from them, for everybody who has it."""
    found = await every(tx, slip)
    talks = (each for each in found if each.outcome not in {*booking_rules.GIVEN_BACK, Outcome.OFFERED})
    return (found[0] if found else None), next(talks, None)


def expect_newest_of(tx: Transaction, slips: Collection[str]) -> None:
    """Say that these will be asked for, in this order."""
    sql, values = _newest_of(slips)
    tx.expect(sql, **values)


def _next_of(inmate: str, now: datetime) -> tuple[str, dict[str, str]]:
    sql = f"{BOOKED} WHERE s.inmate = :inmate AND b.outcome = 'live' AND b.starts > :now ORDER BY b.starts LIMIT 1"
    return sql, {"inmate": inmate, "now": to_text(now)}


def expect_next_of(tx: Transaction, inmate: str, now: datetime) -> None:
    """Say that ``next_of`` will be asked."""
    sql, values = _next_of(inmate, now)
    tx.expect(sql, **values)


async def next_of(tx: Transaction, inmate: str, now: datetime) -> Booking | None:
    """Return the next agreed talk of an inmate."""
    sql, values = _next_of(inmate, now)
    row = await tx.row(sql, **values)
    return _booking(row) if row else None


async def newest_of(tx: Transaction, slips: Collection[str]) -> dict[str, Booking]:
    """Return the newest time of each of these slips that ever had one, whatever became of it."""
    sql, values = _newest_of(slips)
    return {row["slip"]: _booking(row) for row in await tx.rows(sql, **values)}


def _newest_of(slips: Collection[str]) -> tuple[str, dict[str, str]]:
    named = {f"slip{number}": slip for number, slip in enumerate(slips)}
    listed = ", ".join(f":{name}" for name in named)
    newest = "b.revision = (SELECT MAX(revision) FROM bookings WHERE slip = b.slip)"
    return f"{BOOKED} WHERE b.slip IN ({listed}) AND {newest}", named


async def finish(tx: Transaction, slip: str, outcome: Outcome) -> None:
    """Note what became of the slip's time; whatever it claimed is free again, and nobody was fetched for no talk."""
    if outcome in booking_rules.GIVEN_BACK:
        await tx.run(
            "DELETE FROM ticks WHERE slip = :slip AND starts IN"
            " (SELECT starts FROM bookings WHERE slip = :slip AND outcome IN ('live', 'offered'))",
            slip=slip,
        )
    await become(tx, slip, outcome)
    await claims.give_back(tx, slip)


async def become(tx: Transaction, slip: str, outcome: Outcome, made_at: datetime | None = None) -> None:
    """Let the slip's standing time be something else: an offered one booked, as of ``made_at``."""
    await tx.run(
        "UPDATE bookings SET outcome = :outcome, made_at = COALESCE(:made_at, made_at)"
        " WHERE slip = :slip AND outcome IN ('live', 'offered')",
        outcome=str(outcome),
        made_at=maybe(made_at),
        slip=slip,
    )


async def talk_becomes(tx: Transaction, slip: str, outcome: Outcome) -> None:
    """Let something else have become of the slip's newest talk, which stands no more."""
    await tx.run(
        "UPDATE bookings SET outcome = :outcome WHERE slip = :slip AND revision ="  # noqa: S608  outcomes are our own words
        f" (SELECT MAX(revision) FROM bookings WHERE slip = :slip AND outcome NOT IN {NO_TALKS})",
        slip=slip,
        outcome=str(outcome),
    )


async def of_adviser(tx: Transaction, adviser: str, starts: datetime, ends: datetime) -> list[Booking]:
    """Return an adviser's talks that start in a stretch of time and were booked, the earliest first."""
    return await tx.every(
        _booking,
        f"{BOOKED} WHERE b.adviser = :adviser AND b.starts >= :starts AND b.starts < :ends"
        f" AND b.outcome NOT IN {NO_TALKS} ORDER BY b.starts, b.slip",
        adviser=adviser,
        starts=to_text(starts),
        ends=to_text(ends),
    )


async def ahead_of(tx: Transaction, adviser: str, now: datetime) -> list[Booking]:
    """Return an adviser's standing times, booked or offered, that start later than now, the earliest first."""
    return await tx.every(
        _booking,
        f"{BOOKED} WHERE b.adviser = :adviser AND b.starts > :now AND b.outcome IN ('live', 'offered')"
        " ORDER BY b.starts, b.slip",
        adviser=adviser,
        now=to_text(now),
    )


async def between(tx: Transaction, starts: datetime, ends: datetime) -> list[Booking]:
    """Return every standing time, booked or offered, that starts in a stretch of time, the earliest first."""
    return await tx.every(
        _booking,
        f"{BOOKED} WHERE b.starts >= :starts AND b.starts < :ends AND b.outcome IN ('live', 'offered')"
        " ORDER BY b.starts, b.slip",
        starts=to_text(starts),
        ends=to_text(ends),
    )


ALL_STANDING = f"{BOOKED} WHERE b.outcome IN ('live', 'offered') ORDER BY b.starts, b.slip"


async def all_standing(tx: Transaction) -> list[Booking]:
    """Return every standing time, booked or offered, the earliest first."""
    return await tx.every(_booking, ALL_STANDING)


def expect_all_standing(tx: Transaction) -> None:
    """Say that ``all_standing`` will be asked."""
    tx.expect(ALL_STANDING)


async def made_between(tx: Transaction, starts: datetime, ends: datetime) -> list[Booking]:
    """Return every time that starts in a stretch of time and was not given back, whatever became of the talk."""
    return await tx.every(
        _booking,
        f"{BOOKED} WHERE b.starts >= :starts AND b.starts < :ends AND b.outcome NOT IN {GIVEN_BACK}"
        " ORDER BY b.starts, b.slip",
        starts=to_text(starts),
        ends=to_text(ends),
    )


def expect_starts_of(tx: Transaction, service: str, starts: datetime, ends: datetime) -> None:
    """Say that these will be asked for."""
    tx.expect(STARTS_OF, service=service, starts=to_text(starts), ends=to_text(ends))


async def starts_of(tx: Transaction, service: str, starts: datetime, ends: datetime) -> list[datetime]:
    """Return when a service's talks start between two moments; a withdrawn one counts no more."""
    rows = await tx.rows(STARTS_OF, service=service, starts=to_text(starts), ends=to_text(ends))
    return [from_text(row["starts"]) for row in rows]


def _booking(row: Row) -> Booking:
    slot = Slot(from_text(row["starts"]), from_text(row["ends"]), row["service"], row["adviser"], row["room"])
    return Booking(row["slip"], row["inmate"], row["unit"], slot, Outcome(row["outcome"]))
