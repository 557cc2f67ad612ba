"""Of which units, prisons, services and rooms the rows speak: hub.yaml may not lose one of them."""

import json
from dataclasses import dataclass

from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Places:
    """Keys of hub.yaml that rows name."""

    units: frozenset[str]
    prisons: frozenset[str]
    services: frozenset[str]
    rooms: frozenset[str]


async def named(tx: Transaction) -> Places:
    """Return everything that slips, talks, people, theme nights and notices ever spoke of."""
    lists = await tx.rows("SELECT units FROM theme_nights UNION SELECT units FROM notices")
    return Places(
        units=await _every(tx, "SELECT unit AS key FROM inmates UNION SELECT unit FROM slips")
        | {unit for row in lists for unit in json.loads(row["units"])},
        prisons=await _every(tx, "SELECT prison AS key FROM theme_nights UNION SELECT prison FROM notices"),
        services=await _every(tx, "SELECT service AS key FROM ownerships UNION SELECT service FROM theme_nights"),
        rooms=await _every(tx, "SELECT room AS key FROM bookings UNION SELECT room FROM theme_nights"),
    )


async def _every(tx: Transaction, sql: str) -> frozenset[str]:
    return frozenset(row["key"] for row in await tx.rows(sql))
