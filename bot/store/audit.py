"""The append-only log of who did what."""

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
