"""Slips and who owned them when."""

from datetime import datetime

from bot.domain.slips import OPEN, Reason, Slip, State
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, to_text

OPEN_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN))
COLUMNS = (
    "SELECT s.*, o.service, o.adviser FROM slips s"
    " JOIN ownerships o ON o.slip = s.code"
    " AND o.revision = (SELECT MAX(revision) FROM ownerships WHERE slip = s.code)"
)


async def next_code(tx: Transaction, prefix: str) -> str:
    """Count one further and return the code of the next slip: ``FJ-116``."""
    row = await tx.row(
        "INSERT INTO counters (name, value) VALUES ('slips', 1)"
        " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value"
    )
    return f"{prefix}-{row['value'] if row else 1}"


async def count_from(tx: Transaction, number: int) -> None:
    """Let the next slip be the one after ``number``."""
    await tx.run(
        "INSERT INTO counters (name, value) VALUES ('slips', :number)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        number=number,
    )


async def add(tx: Transaction, slip: Slip) -> None:
    """Write a new slip and its first owner; one that has ended elsewhere already has none any more."""
    await tx.run(
        "INSERT INTO slips (code, inmate, unit, topic, wish, state, sent_at, answer_by, revision, broken, forwards,"
        " sent_from, reason, news) VALUES (:code, :inmate, :unit, :topic, :wish, :state, :sent_at, :answer_by,"
        " :revision, :broken, :forwards, :sent_from, :reason, :news)",
        **_values(slip),
    )
    await _own(tx, slip, slip.sent_at)
    if slip.state not in OPEN:
        await _disown(tx, slip, slip.sent_at)


async def save(tx: Transaction, before: Slip, after: Slip, now: datetime) -> None:
    """Write a changed slip, and its new owner where that changed."""
    await tx.run(
        "UPDATE slips SET wish = :wish, state = :state, answer_by = :answer_by, revision = :revision,"
        " broken = :broken, forwards = :forwards, sent_from = :sent_from, reason = :reason, news = :news"
        " WHERE code = :code",
        **_values(after),
    )
    moved_on = (before.service, before.adviser) != (after.service, after.adviser)
    if moved_on or after.state not in OPEN:
        await _disown(tx, after, now)
    if moved_on:
        await _own(tx, after, now)


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


async def get(tx: Transaction, code: str) -> Slip | None:
    """Return the slip with this code."""
    row = await tx.row(f"{COLUMNS} WHERE s.code = :code", code=code)
    return _slip(row) if row else None


async def of_inmate(tx: Transaction, inmate: str, limit: int) -> list[Slip]:
    """Return an inmate's slips that were not taken back: the open ones first, then the newest."""
    rows = await tx.rows(
        f"{COLUMNS} WHERE s.inmate = :inmate AND s.state NOT IN ('withdrawn', 'closed')"
        f" ORDER BY CASE WHEN s.state IN ({OPEN_STATES}) THEN 0 ELSE 1 END, s.sent_at DESC, s.code DESC LIMIT :limit",
        inmate=inmate,
        limit=limit,
    )
    return [_slip(row) for row in rows]


async def open_with(tx: Transaction, inmate: str, service: str) -> Slip | None:
    """Return an inmate's open slip with a service, if there is one (F108)."""
    row = await tx.row(
        f"{COLUMNS} WHERE s.inmate = :inmate AND o.service = :service AND s.state IN ({OPEN_STATES})"
        " ORDER BY s.sent_at DESC LIMIT 1",
        inmate=inmate,
        service=service,
    )
    return _slip(row) if row else None


async def news_of(tx: Transaction, inmate: str) -> int:
    """Count an inmate's slips with something new on them."""
    row = await tx.row("SELECT COUNT(*) AS news FROM slips WHERE inmate = :inmate AND news = 1", inmate=inmate)
    return int(row["news"]) if row else 0


async def mark_seen(tx: Transaction, code: str) -> None:
    """Note that the inmate has read the slip's news."""
    await tx.run("UPDATE slips SET news = 0 WHERE code = :code AND news = 1", code=code)


async def of_service(tx: Transaction, service: str) -> list[Slip]:
    """Return a service's open slips, by their place in line."""
    rows = await tx.rows(
        f"{COLUMNS} WHERE o.until IS NULL AND o.service = :service AND s.state IN ({OPEN_STATES}) ORDER BY s.sent_at",
        service=service,
    )
    return [_slip(row) for row in rows]


async def services(tx: Transaction) -> set[str]:
    """Return every service that ever had a slip."""
    return {row["service"] for row in await tx.rows("SELECT DISTINCT service FROM ownerships")}


async def services_of(tx: Transaction, code: str) -> frozenset[str]:
    """Return every service that has or had a slip."""
    rows = await tx.rows("SELECT DISTINCT service FROM ownerships WHERE slip = :slip", slip=code)
    return frozenset(row["service"] for row in rows)


async def last_adviser(tx: Transaction, inmate: str, service: str) -> str | None:
    """Return whom the inmate met or was to meet at this service last (F122)."""
    row = await tx.row(
        "SELECT adviser FROM bookings WHERE inmate = :inmate AND service = :service AND outcome <> 'released'"
        " ORDER BY starts DESC LIMIT 1",
        inmate=inmate,
        service=service,
    )
    return row["adviser"] if row else None


def _values(slip: Slip) -> dict[str, object]:
    return {
        "code": slip.code,
        "inmate": slip.inmate,
        "unit": slip.unit,
        "topic": slip.topic,
        "wish": slip.wish,
        "state": str(slip.state),
        "sent_at": to_text(slip.sent_at),
        "answer_by": to_text(slip.answer_by),
        "revision": slip.revision,
        "broken": slip.broken,
        "forwards": slip.forwards,
        "sent_from": slip.sent_from,
        "reason": slip.reason,
        "news": int(slip.news),
    }


def _slip(row: Row) -> Slip:
    return Slip(
        code=row["code"],
        inmate=row["inmate"],
        unit=row["unit"],
        service=row["service"],
        topic=row["topic"],
        wish=row["wish"],
        adviser=row["adviser"],
        state=State(row["state"]),
        sent_at=from_text(row["sent_at"]),
        answer_by=from_text(row["answer_by"]),
        revision=row["revision"],
        broken=row["broken"],
        forwards=row["forwards"],
        sent_from=row["sent_from"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        news=bool(row["news"]),
    )
