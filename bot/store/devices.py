"""Device codes and devices; of a code and of a cookie only the stamp is kept."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.staff.devices import Device
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, to_text


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """A code's row; ``bound`` is the scope it was made for."""

    person: str | None
    kiosk: str | None
    bound: str | None
    expires: datetime
    used: bool


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A device that is let in: the stamp of its cookie, and its chat."""

    device: Device
    stamp: str
    chat_id: int


async def add_code(tx: Transaction, stamp: str, code: DeviceCode) -> None:
    """Keep a device code, known by its stamp."""
    await tx.run(
        "INSERT INTO device_codes (stamp, person, kiosk, bound, expires)"
        " VALUES (:stamp, :person, :kiosk, :bound, :expires)",
        stamp=stamp,
        person=code.person,
        kiosk=code.kiosk,
        bound=code.bound,
        expires=to_text(code.expires),
    )


async def code(tx: Transaction, stamp: str) -> DeviceCode | None:
    """Return the code with this stamp."""
    row = await tx.row("SELECT * FROM device_codes WHERE stamp = :stamp", stamp=stamp)
    if row is None:
        return None
    return DeviceCode(row["person"], row["kiosk"], row["bound"], from_text(row["expires"]), row["used"] is not None)


async def use_code(tx: Transaction, stamp: str, now: datetime) -> bool:
    """Note that a code has done its work; say whether it had not before."""
    sql = "UPDATE device_codes SET used = :now WHERE stamp = :stamp AND used IS NULL RETURNING stamp"
    return await tx.row(sql, now=to_text(now), stamp=stamp) is not None


async def add(tx: Transaction, stamp: str, found: DeviceCode, now: datetime) -> None:
    """Add a device; a kiosk that has a live one already refuses (KioskTaken)."""
    tx.accounts_changed = True
    await tx.run(
        "INSERT INTO devices (stamp, person, kiosk, joined, seen) VALUES (:stamp, :person, :kiosk, :now, :now)",
        stamp=stamp,
        person=found.person,
        kiosk=found.kiosk,
        now=to_text(now),
    )


async def touch(tx: Transaction, device: int, now: datetime) -> None:
    """Note that a device was there."""
    await tx.run("UPDATE devices SET seen = :now WHERE id = :id AND ended IS NULL", now=to_text(now), id=device)


async def every(tx: Transaction) -> list[Device]:
    """Return the live devices: kiosks first, then people, the oldest of each first."""
    sql = "SELECT * FROM devices WHERE ended IS NULL ORDER BY kiosk IS NULL, kiosk, person, id"
    return [_device(row) for row in await tx.rows(sql)]


async def end(tx: Transaction, device: int, now: datetime) -> Device | None:
    """End a device; return it, or None when there is no such live one."""
    tx.accounts_changed = True
    sql = "UPDATE devices SET ended = :now WHERE id = :id AND ended IS NULL RETURNING *"
    row = await tx.row(sql, now=to_text(now), id=device)
    return _device(row) if row else None


async def end_all_of(tx: Transaction, person: str | None, kiosk: str | None, now: datetime) -> list[Device]:
    """End every device of a person or a kiosk, and void the codes that wait for them; return what was live."""
    tx.accounts_changed = True
    await tx.run(
        "DELETE FROM device_codes WHERE (person = :person OR kiosk = :kiosk) AND used IS NULL",
        person=person,
        kiosk=kiosk,
    )
    rows = await tx.rows(
        "UPDATE devices SET ended = :now WHERE (person = :person OR kiosk = :kiosk) AND ended IS NULL RETURNING *",
        now=to_text(now),
        person=person,
        kiosk=kiosk,
    )
    return [_device(row) for row in rows]


async def open_doors(tx: Transaction, network: str) -> list[OpenDoor]:
    """Return every live device that has a chat on a network."""
    rows = await tx.rows(
        "SELECT d.*, (SELECT MIN(a.chat_id) FROM accounts a WHERE a.network = :network"
        " AND (a.person = d.person OR a.kiosk = d.kiosk)) AS chat_id FROM devices d WHERE d.ended IS NULL",
        network=network,
    )
    return [OpenDoor(_device(row), row["stamp"], row["chat_id"]) for row in rows if row["chat_id"] is not None]


def _device(row: Row) -> Device:
    return Device(row["id"], row["person"], row["kiosk"], from_text(row["joined"]), from_text(row["seen"]))
