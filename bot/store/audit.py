"""The append-only log of who did what."""

from bot.domain.audit import Entry
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, to_text


async def add(tx: Transaction, entry: Entry) -> None:
    """Append an entry."""
    await tx.run(
        "INSERT INTO audit (at, actor, action, about, outcome) VALUES (:at, :actor, :action, :about, :outcome)",
        at=to_text(entry.at),
        actor=entry.actor,
        action=entry.action,
        about=entry.about,
        outcome=entry.outcome,
    )


async def about(tx: Transaction, subject: str) -> list[Entry]:
    """Return everything noted about a slip, a person or a kiosk, oldest first."""
    return [_entry(row) for row in await tx.rows("SELECT * FROM audit WHERE about = :about ORDER BY id", about=subject)]


def _entry(row: Row) -> Entry:
    return Entry(from_text(row["at"]), row["actor"], row["action"], row["about"], row["outcome"])
