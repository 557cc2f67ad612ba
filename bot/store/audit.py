"""The append-only log of who did what."""

from datetime import datetime

from bot.domain.audit import Entry
from bot.store.database import Transaction
from bot.store.moments import to_text


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


async def count(tx: Transaction, actor: str, action: str, outcome: str, since: datetime) -> int:
    """Count how often somebody did something with this outcome after a moment."""
    row = await tx.row(
        "SELECT COUNT(*) AS n FROM audit WHERE actor = :actor AND action = :action AND outcome = :outcome"
        " AND at > :since",
        actor=actor,
        action=action,
        outcome=outcome,
        since=to_text(since),
    )
    return int(row["n"]) if row else 0
