"""The moment up to which the hub's database and the house network's chats have come together."""

from dataclasses import dataclass
from datetime import datetime

from bot.store import facts
from bot.store.database import Transaction
from bot.store.moments import maybe_from, to_text

LATEST, KEPT, AT = "moment", "moment kept", "moment at"
SLIPS = "slips "


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows: the moment that was begun last, that the house has for certain, and when it began."""

    latest: int
    kept: int | None
    at: datetime | None


async def known(tx: Transaction) -> Known:
    """Return where the two stand."""
    kept = await facts.get(tx, KEPT)
    at = maybe_from(await facts.get(tx, AT))
    return Known(int(await facts.get(tx, LATEST) or 0), int(kept) if kept else None, at)


async def begin(tx: Transaction, number: int, now: datetime) -> None:
    """Note the moment to which both are about to go on."""
    await facts.put(tx, LATEST, str(number))
    await facts.put(tx, AT, to_text(now))


async def keep(tx: Transaction, number: int) -> None:
    """Note that the house network has come to this moment."""
    await facts.put(tx, KEPT, str(number))


async def codes(tx: Transaction) -> dict[str, int]:
    """Return the highest number of a slip's code that was given in each prison."""
    rows = await tx.rows("SELECT name, value FROM counters WHERE name LIKE 'slips %' ORDER BY name")
    return {row["name"].removeprefix(SLIPS): row["value"] for row in rows}
