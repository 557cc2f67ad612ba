"""Which bot each network had last: with a new one, what was shown counts as not shown."""

from bot.store.database import Transaction


async def epoch(tx: Transaction, network: str) -> str | None:
    """Return the epoch that was last seen on a network."""
    row = await tx.row("SELECT epoch FROM networks WHERE name = :name", name=network)
    return row["epoch"] if row else None


async def save_epoch(tx: Transaction, network: str, epoch: str) -> None:
    """Remember a network's epoch."""
    await tx.run(
        "INSERT INTO networks (name, epoch) VALUES (:name, :epoch)"
        " ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch",
        name=network,
        epoch=epoch,
    )
