"""Updates as they came, kept until they are done."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store.database import Row, Transaction
from bot.store.moments import to_text

MOST_TRIES = 3
ADD = (
    "INSERT INTO inbox (network, epoch, update_id, received, payload, state)"
    " VALUES (:network, :epoch, :update_id, :received, :payload, 'waiting')"
    " ON CONFLICT (network, epoch, update_id) DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """One update that waits for its turn."""

    id: int
    network: str
    payload: dict[str, Any]
    tries: int


async def known(tx: Transaction, network: str, epoch: str, numbers: Collection[int]) -> set[int]:
    """Return which of these numbers updates that are kept have had before."""
    places = {f"number{place}": number for place, number in enumerate(numbers)}
    rows = await tx.rows(
        "SELECT update_id FROM inbox WHERE network = :network AND epoch = :epoch"  # noqa: S608  no input
        f" AND update_id IN ({', '.join(f':{name}' for name in places)})",
        network=network,
        epoch=epoch,
        **places,
    )
    return {row["update_id"] for row in rows}


async def highest(tx: Transaction, network: str) -> int:
    """Return the highest number of an update that is kept from a network; 0 where there is none."""
    row = await tx.row("SELECT COALESCE(MAX(update_id), 0) AS n FROM inbox WHERE network = :network", network=network)
    return int(row["n"]) if row else 0


async def newest(tx: Transaction, network: str) -> int:
    """Return the newest row of a network; 0 where there is none."""
    row = await tx.row("SELECT COALESCE(MAX(id), 0) AS n FROM inbox WHERE network = :network", network=network)
    return int(row["n"]) if row else 0


async def add(
    tx: Transaction,
    network: str,
    epoch: str,
    updates: Iterable[dict[str, Any]],
    now: datetime,
    passing: Collection[int] = (),
) -> None:
    """Keep a batch of raw updates; one that was kept before is left as it is.

    Of those whose ids are ``passing`` nothing is written but that they came: a crash loses what they say.
    """
    place = {"network": network, "epoch": epoch, "received": to_text(now)}
    rows = [place | {"update_id": each["update_id"], "payload": json.dumps(each)} for each in updates]
    if not passing:
        await tx.run_many(ADD, rows)
        return
    # One by one: they wait in the order in which they came, and each that passes is known by its row.
    for row in rows:
        payload = row["payload"]
        kept = None if row["update_id"] in passing else payload
        new = await tx.row(f"{ADD} RETURNING id", **row | {"payload": kept})
        if new and kept is None:
            tx.unwritten[_unwritten(new["id"])] = payload


async def waiting(tx: Transaction, limit: int, aside: Collection[int] = ()) -> list[Arrived]:
    """Return the oldest updates that are not done, and not ``aside``."""
    sql, values = _asked_waiting(limit, aside)
    rows = await tx.rows(sql, **values)
    return [Arrived(row["id"], row["network"], json.loads(_payload(tx, row)), row["tries"]) for row in rows]


def foresee_waiting(tx: Transaction, limit: int, aside: Collection[int] = ()) -> None:
    """Say that ``waiting`` will be asked next."""
    sql, values = _asked_waiting(limit, aside)
    tx.foresee(sql, **values)


def _asked_waiting(limit: int, aside: Collection[int]) -> tuple[str, dict[str, object]]:
    places: dict[str, object] = {f"aside{place}": each for place, each in enumerate(aside)}
    others = f" AND id NOT IN ({', '.join(f':{name}' for name in places)})" if places else ""
    sql = f"SELECT id, network, payload, tries FROM inbox WHERE state = 'waiting'{others} ORDER BY id LIMIT :limit"  # noqa: S608  no input
    return sql, {"limit": limit, **places}


def _payload(tx: Transaction, row: Row) -> str:
    return str(row["payload"] or tx.unwritten[_unwritten(row["id"])])


def _unwritten(arrived: int) -> tuple[object, ...]:
    return "inbox", arrived


async def drop_passed(tx: Transaction) -> None:
    """When a hub starts: be done with what passes, for the pads and codes that it was pressed on are gone."""
    for row in await tx.rows(
        "UPDATE inbox SET state = 'done' WHERE state = 'waiting' AND payload IS NULL RETURNING id"
    ):
        tx.unwritten.pop(_unwritten(row["id"]), None)


async def finish(tx: Transaction, arrived: int) -> None:
    """Mark an update done; what it said is forgotten with it."""
    await tx.run("UPDATE inbox SET state = 'done', payload = NULL WHERE id = :id", id=arrived)
    tx.unwritten.pop(_unwritten(arrived), None)


async def fail(tx: Transaction, arrived: int, fault: str) -> bool:
    """Count a failed try; after the third the update is set aside, and True is returned."""
    row = await tx.row(
        "UPDATE inbox SET tries = tries + 1, fault = :fault,"
        " state = CASE WHEN tries + 1 >= :most THEN 'quarantined' ELSE 'waiting' END"
        " WHERE id = :id RETURNING state",
        id=arrived,
        fault=fault,
        most=MOST_TRIES,
    )
    aside = row is not None and row["state"] == "quarantined"
    if aside:
        tx.unwritten.pop(_unwritten(arrived), None)
    return aside


async def quarantine(tx: Transaction, arrived: int, fault: str) -> None:
    """Set an update aside that can never be understood."""
    await tx.run("UPDATE inbox SET state = 'quarantined', fault = :fault WHERE id = :id", id=arrived, fault=fault)
    tx.unwritten.pop(_unwritten(arrived), None)


async def clear(tx: Transaction, before: datetime) -> None:
    """Forget updates that came long ago; no network repeats them, and what somebody wrote is not kept for ever."""
    await tx.run("DELETE FROM inbox WHERE state <> 'waiting' AND received < :before", before=to_text(before))
