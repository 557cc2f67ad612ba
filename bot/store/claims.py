"""What is taken, in cells of five minutes: nobody and nothing is in two places."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.timetable.bookings import Claim, cells
from bot.store.database import Transaction


async def take(tx: Transaction, holder: str, resources: Iterable[str], starts: datetime, ends: datetime) -> None:
    """Claim resources for a stretch of time; one that somebody holds already refuses the whole turn."""
    await tx.run_many(
        "INSERT INTO claims (resource, cell, holder) VALUES (:resource, :cell, :holder)",
        [
            {"resource": resource, "cell": cell, "holder": holder}
            for resource in resources
            for cell in cells(starts, ends)
        ],
    )


async def give_back(tx: Transaction, holder: str) -> None:
    """Let everything that a slip, a theme night or a seat at it holds be free again."""
    await tx.run("DELETE FROM claims WHERE holder = :holder", holder=holder)


async def between(tx: Transaction, starts: datetime, ends: datetime) -> frozenset[Claim]:
    """Return everything claimed between two moments."""
    span = cells(starts, ends)
    rows = await tx.rows(
        "SELECT resource, cell FROM claims WHERE cell >= :first AND cell < :last", first=span.start, last=span.stop
    )
    return frozenset((row["resource"], row["cell"]) for row in rows)


async def holders(tx: Transaction, resource: str, starts: datetime, ends: datetime) -> set[str]:
    """Return who or what holds a resource at some time between two moments."""
    span = cells(starts, ends)
    rows = await tx.rows(
        "SELECT DISTINCT holder FROM claims WHERE resource = :resource AND cell >= :first AND cell < :last",
        resource=resource,
        first=span.start,
        last=span.stop,
    )
    return {row["holder"] for row in rows}
