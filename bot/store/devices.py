"""Device codes and devices; of a code and of a cookie only the stamp is kept."""

from datetime import datetime

from bot.domain.devices import Device
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, to_text


async def add_code(
    tx: Transaction, stamp: str, person: str | None, kiosk: str | None, bound: str, expires: datetime
) -> None:
    """Keep a device code, known by its stamp and good only for the scope it is ``bound`` to."""
    await tx.run(
        "INSERT INTO device_codes (stamp, person, kiosk, bound, expires)"
        " VALUES (:stamp, :person, :kiosk, :bound, :expires)",
        stamp=stamp,
        person=person,
        kiosk=kiosk,
        bound=bound,
        expires=to_text(expires),
    )


async def every(tx: Transaction) -> list[Device]:
    """Return the live devices: kiosks first, then people, the oldest of each first."""
    sql = "SELECT * FROM devices WHERE ended IS NULL ORDER BY kiosk IS NULL, kiosk, person, id"
    return [_device(row) for row in await tx.rows(sql)]


async def end(tx: Transaction, device: int, now: datetime) -> Device | None:
    """End a device; return it, or None when there is no such live one."""
    sql = "UPDATE devices SET ended = :now WHERE id = :id AND ended IS NULL RETURNING *"
    row = await tx.row(sql, now=to_text(now), id=device)
    return _device(row) if row else None


async def end_all_of(tx: Transaction, person: str | None, kiosk: str | None, now: datetime) -> list[Device]:
    """End every device of a person or a kiosk, and void the codes that wait for them; return what was live."""
    whose = {"person": person, "kiosk": kiosk, "now": to_text(now)}
    await tx.run(
        "UPDATE device_codes SET expires = :now"
        " WHERE (person = :person OR kiosk = :kiosk) AND used IS NULL AND expires > :now",
        **whose,
    )
    rows = await tx.rows(
        "UPDATE devices SET ended = :now WHERE (person = :person OR kiosk = :kiosk) AND ended IS NULL RETURNING *",
        **whose,
    )
    return [_device(row) for row in rows]


def _device(row: Row) -> Device:
    return Device(row["id"], row["person"], row["kiosk"], from_text(row["joined"]), from_text(row["seen"]))
