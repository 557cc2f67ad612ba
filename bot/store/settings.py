"""Settings that were changed in the hub; the log keeps their history (F52)."""

from datetime import datetime

from bot.store.database import Transaction
from bot.store.moments import to_text


async def put(tx: Transaction, name: str, value: str, person: str, now: datetime) -> None:
    """Change a setting."""
    await tx.run(
        "INSERT INTO settings (name, value, person, at) VALUES (:name, :value, :person, :at)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, person = excluded.person, at = excluded.at",
        name=name,
        value=value,
        person=person,
        at=to_text(now),
    )


async def every(tx: Transaction) -> dict[str, str]:
    """Return every setting that was changed."""
    return {row["name"]: row["value"] for row in await tx.rows("SELECT name, value FROM settings ORDER BY name")}
