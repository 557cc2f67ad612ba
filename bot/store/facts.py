"""Single facts that the hub keeps about itself: which key and prison it belongs to, where its clock stands."""

from bot.store.database import Transaction

CLOCK = "clock"
"""Where a demo's clock stands, which goes on where it was."""


async def get(tx: Transaction, name: str) -> str | None:
    """Return a fact, or None."""
    row = await tx.row("SELECT value FROM facts WHERE name = :name", name=name)
    return row["value"] if row else None


async def put(tx: Transaction, name: str, value: str) -> None:
    """Write a fact."""
    await tx.run(
        "INSERT INTO facts (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )
