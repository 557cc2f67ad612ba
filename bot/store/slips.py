"""Slips and who owned them when."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.domain.slips.slips import OPEN, Slip
from bot.store import bookings, claims
from bot.store.database import Transaction
from bot.store.moments import maybe, to_text
from bot.store.slip_rows import slip_of, values_of

OPEN_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN))
NEVER_CHANGED = {"code", "inmate", "unit", "topic", "sent_at", "written_by", "source", "paper"}
COLUMNS = (
    "SELECT s.*, o.service, o.adviser FROM slips s"
    " JOIN ownerships o ON o.slip = s.code AND o.revision = (SELECT MAX(revision) FROM ownerships WHERE slip = s.code)"
)
ONE = f"{COLUMNS} WHERE s.code = :code"
SERVICES = "SELECT DISTINCT service FROM ownerships WHERE slip = :slip"


async def next_code(tx: Transaction, prefix: str) -> str:
    """Count one further in a prison and return the code of its next slip: ``FJ-116``."""
    row = await tx.row(
        "INSERT INTO counters (name, value) VALUES (:name, 1)"
        " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
        name=f"slips {prefix}",
    )
    return f"{prefix}-{row['value'] if row else 1}"


async def count_from(tx: Transaction, prefix: str, number: int) -> None:
    """Let the next slip of a prison be the one after ``number``."""
    await tx.run(
        "INSERT INTO counters (name, value) VALUES (:name, :number)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=f"slips {prefix}",
        number=number,
    )


async def add(tx: Transaction, slip: Slip, ended_at: datetime | None = None) -> None:
    """Write a new slip and its first owner; one that has ended elsewhere already has none any more."""
    values = {**values_of(slip), "ended_at": maybe(ended_at)}
    named = ", ".join(f":{name}" for name in values)
    await tx.run(
        f"INSERT INTO slips ({', '.join(values)}) VALUES ({named})",  # noqa: S608  names of our own columns
        **values,
    )
    await _own(tx, slip, slip.sent_at)
    if slip.state not in OPEN:
        await _disown(tx, slip, slip.sent_at)


async def save(tx: Transaction, before: Slip, after: Slip, now: datetime, undo: str | None = None) -> None:
    """Write a changed slip, its new owner where that changed, and how its newest step can be taken back."""
    ended_at = maybe(now) if after.state not in OPEN else None
    values = {name: value for name, value in values_of(after).items() if name not in NEVER_CHANGED}
    changes = ", ".join(f"{name} = :{name}" for name in values)
    await tx.run(
        f"UPDATE slips SET {changes}, before = :before, ended_at = :ended_at"  # noqa: S608  names of our own columns
        " WHERE code = :code",
        **values,
        code=after.code,
        before=undo,
        ended_at=ended_at,
    )
    moved_on = (before.service, before.adviser) != (after.service, after.adviser)
    if moved_on or after.state not in OPEN:
        await _disown(tx, after, now)
    if moved_on or (after.state in OPEN and before.state not in OPEN):
        await _own(tx, after, now)


async def before(tx: Transaction, code: str) -> dict[str, Any] | None:
    """Return what was before a slip's newest step, as it was kept."""
    row = await tx.row("SELECT before FROM slips WHERE code = :code", code=code)
    return json.loads(row["before"]) if row and row["before"] else None


async def _own(tx: Transaction, slip: Slip, now: datetime) -> None:
    await tx.run(
        "INSERT INTO ownerships (slip, revision, service, adviser, since)"
        " VALUES (:slip, :revision, :service, :adviser, :now)",
        slip=slip.code,
        revision=slip.revision,
        service=slip.service,
        adviser=slip.adviser,
        now=to_text(now),
    )


async def _disown(tx: Transaction, slip: Slip, now: datetime) -> None:
    await tx.run(
        "UPDATE ownerships SET until = :now WHERE slip = :slip AND until IS NULL", slip=slip.code, now=to_text(now)
    )


def expect(tx: Transaction, code: str) -> None:
    """Say that a slip, who has or had it, and its times will be asked for: each step shows cards of it."""
    tx.expect(ONE, code=code)
    tx.expect(SERVICES, slip=code)
    bookings.expect(tx, code)


async def get(tx: Transaction, code: str) -> Slip | None:
    """Return the slip with this code; what a card says beside it is read in the same hop."""
    expect(tx, code)
    found = await tx.every(slip_of, ONE, code=code)
    return found[0] if found else None


async def of_inmate(tx: Transaction, inmate: str) -> list[Slip]:
    """Return an inmate's slips that were not taken back: the open ones first, then the newest."""
    return await tx.every(
        slip_of,
        f"{COLUMNS} WHERE s.inmate = :inmate AND s.state NOT IN ('withdrawn', 'closed')"
        f" ORDER BY CASE WHEN s.state IN ({OPEN_STATES}) THEN 0 ELSE 1 END, s.sent_at DESC, s.code DESC",
        inmate=inmate,
    )


async def of_one(tx: Transaction, inmate: str) -> list[Slip]:
    """Return every slip of an inmate that is kept, also those taken back."""
    return await tx.every(slip_of, f"{COLUMNS} WHERE s.inmate = :inmate ORDER BY s.code", inmate=inmate)


async def of_codes(tx: Transaction, codes: Collection[str]) -> list[Slip]:
    """Return those of these slips that are there."""
    named = {f"code{number}": code for number, code in enumerate(sorted(codes))}
    listed = ", ".join(f":{name}" for name in named)
    rows = await tx.rows(f"{COLUMNS} WHERE s.code IN ({listed})", **named) if named else []
    return [slip_of(row) for row in rows]


async def open_with(tx: Transaction, inmate: str, service: str) -> Slip | None:
    """Return an inmate's open slip with a service, if there is one (F108)."""
    row = await tx.row(
        f"{COLUMNS} WHERE s.inmate = :inmate AND o.service = :service AND s.state IN ({OPEN_STATES})"
        " ORDER BY s.sent_at DESC, s.code DESC LIMIT 1",
        inmate=inmate,
        service=service,
    )
    return slip_of(row) if row else None


async def news_of(tx: Transaction, inmate: str) -> int:
    """Count an inmate's slips with something new on them."""
    row = await tx.row("SELECT COUNT(*) AS news FROM slips WHERE inmate = :inmate AND news = 1", inmate=inmate)
    return int(row["news"]) if row else 0


async def mark_seen(tx: Transaction, code: str, now: datetime) -> None:
    """Note that the inmate has read the slip's news, or was told; where they are a question, it is asked from now."""
    asked = "last_at = CASE WHEN state IN ('answered', 'not_held') THEN :now ELSE last_at END"
    seen = f"UPDATE slips SET news = 0, {asked} WHERE code = :code AND news = 1"  # noqa: S608  words of our own
    await tx.run(seen, code=code, now=to_text(now))


async def of_service(tx: Transaction, service: str) -> list[Slip]:
    """Return a service's open slips, by their place in line."""
    return await tx.every(
        slip_of,
        f"{COLUMNS} WHERE o.until IS NULL AND o.service = :service AND s.state IN ({OPEN_STATES})"
        " ORDER BY s.sent_at, s.code",
        service=service,
    )


async def with_news(tx: Transaction) -> list[Slip]:
    """Return every slip on which something is new that nobody has told its inmate, the oldest news first."""
    return await tx.every(slip_of, f"{COLUMNS} WHERE s.news = 1 ORDER BY s.last_at, s.code")


async def of_staff(tx: Transaction, person: str) -> list[Slip]:
    """Return the open slips that somebody of the staff wrote for their inmates."""
    return await tx.every(
        slip_of,
        f"{COLUMNS} WHERE s.written_by = :person AND s.state IN ({OPEN_STATES}) ORDER BY s.sent_at, s.code",
        person=person,
    )


async def of_paper(tx: Transaction, paper: str) -> str | None:
    """Return the code of the slip that a paper became."""
    row = await tx.row("SELECT code FROM slips WHERE paper = :paper", paper=paper)
    return row["code"] if row else None


async def ended_before(tx: Transaction, moment: datetime) -> list[str]:
    """Return the codes of slips that ended before a moment, the oldest first."""
    rows = await tx.rows(
        "SELECT code FROM slips WHERE ended_at < :moment ORDER BY ended_at, code", moment=to_text(moment)
    )
    return [row["code"] for row in rows]


async def quiet_since(tx: Transaction, moment: datetime) -> list[Slip]:
    """Return the slips that were answered or whose talk did not happen, and of which nothing was heard since."""
    return await tx.every(
        slip_of,
        f"{COLUMNS} WHERE s.state IN ('answered', 'not_held') AND COALESCE(s.last_at, s.answer_by) < :moment",
        moment=to_text(moment),
    )


async def delete(tx: Transaction, code: str) -> None:
    """Delete a slip with everything that belongs to it."""
    await claims.give_back(tx, code)
    for table, column in (
        ("ticks", "slip"),
        ("bookings", "slip"),
        ("ownerships", "slip"),
        ("reminders", "about"),
        ("slips", "code"),
    ):
        await tx.run(
            f"DELETE FROM {table} WHERE {column} = :code",  # noqa: S608  names of our own tables
            code=code,
        )


async def open_to_colleagues(tx: Transaction, code: str) -> None:
    """Let the slip belong to its service alone."""
    await tx.run("UPDATE ownerships SET adviser = NULL WHERE slip = :slip AND until IS NULL", slip=code)


async def all_open(tx: Transaction) -> list[Slip]:
    """Return every slip that has not ended, by the end of its promise."""
    return await tx.every(slip_of, f"{COLUMNS} WHERE s.state IN ({OPEN_STATES}) ORDER BY s.answer_by, s.code")


async def services_of(tx: Transaction, code: str) -> frozenset[str]:
    """Return every service that has or had a slip."""
    rows = await tx.rows(SERVICES, slip=code)
    return frozenset(row["service"] for row in rows)


async def last_adviser(tx: Transaction, inmate: str, service: str) -> str | None:
    """Return whom the inmate met or was to meet at this service last (F122)."""
    row = await tx.row(
        "SELECT adviser FROM bookings WHERE inmate = :inmate AND service = :service"  # noqa: S608  outcomes are our own words
        f" AND outcome NOT IN {bookings.NO_TALKS} ORDER BY starts DESC, slip DESC, revision DESC LIMIT 1",
        inmate=inmate,
        service=service,
    )
    return row["adviser"] if row else None
