"""What is taken, in cells of five minutes: nobody and nothing is in two places."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.timetable.bookings import Claim, cells
from bot.store.database import Row, Transaction

BETWEEN = "SELECT resource, cell FROM claims WHERE cell >= :first AND cell < :last"


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


def expect(tx: Transaction, starts: datetime, ends: datetime) -> None:
    """Say that what is claimed between two moments will be asked for."""
    tx.expect(BETWEEN, **_span(starts, ends))


async def between(tx: Transaction, starts: datetime, ends: datetime) -> frozenset[Claim]:
    """Return everything claimed between two moments."""
    rows = await tx.rows(BETWEEN, **_span(starts, ends))
    return frozenset((row["resource"], row["cell"]) for row in rows)


async def taken_between(tx: Transaction, starts: datetime, ends: datetime) -> set[str]:
    """Return everything of which something is claimed between two moments, each but once."""
    return set(await tx.every(_resource, BETWEEN, **_span(starts, ends)))


def _resource(row: Row) -> str:
    return str(row["resource"])


def _span(starts: datetime, ends: datetime) -> dict[str, int]:
    span = cells(starts, ends)
    return {"first": span.start, "last": span.stop}


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
