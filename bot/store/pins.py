"""PINs, and one-time codes for a forgotten one; a stolen database tells none of them."""

from datetime import datetime

from bot.domain.inmates.pins import Pin, PinCode
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, to_text


async def code_of(tx: Transaction, inmate: str) -> PinCode | None:
    """Return the code that was made for an inmate."""
    row = await tx.row("SELECT * FROM pin_codes WHERE inmate = :inmate", inmate=inmate)
    if row is None:
        return None
    return _code_of(row["inmate"], row)


def _code_of(inmate: str, row: Row) -> PinCode:
    expires = from_text(row["expires"])
    return PinCode(inmate, row["stamp"], expires, row["made_by"], row["wrong"], bool(row["letter"]))


async def pin_letters(tx: Transaction, now: datetime) -> dict[str, datetime]:
    """Return until when the PIN letters are good (UTC) that are on their way now, by inmate."""
    rows = await tx.rows("SELECT inmate, expires FROM pin_codes WHERE letter = 1 AND expires > :now", now=to_text(now))
    return {row["inmate"]: from_text(row["expires"]) for row in rows}


async def save(tx: Transaction, code: PinCode) -> None:
    """Keep a code; an older one of the same inmate is no longer good."""
    await tx.run(
        "INSERT INTO pin_codes (inmate, stamp, expires, wrong, made_by, letter)"
        " VALUES (:inmate, :stamp, :expires, :wrong, :made_by, :letter)"
        " ON CONFLICT (inmate) DO UPDATE SET stamp = excluded.stamp, expires = excluded.expires,"
        " wrong = excluded.wrong, made_by = excluded.made_by, letter = excluded.letter",
        inmate=code.inmate,
        stamp=code.stamp,
        expires=to_text(code.expires),
        wrong=code.wrong,
        made_by=code.made_by,
        letter=int(code.pin_letter),
    )


async def delete(tx: Transaction, inmate: str) -> None:
    """Forget an inmate's code."""
    await tx.run("DELETE FROM pin_codes WHERE inmate = :inmate", inmate=inmate)


async def secrets_of(tx: Transaction, number: str, digits: int) -> tuple[Pin | None, PinCode | None]:
    """Return a number's PIN, if it has one of so many digits, and its one-time code."""
    row = await tx.row(
        "SELECT i.id, i.pin, i.pin_given, i.pin_digits, c.stamp, c.expires, c.made_by, c.wrong, c.letter"
        " FROM inmates i LEFT JOIN pin_codes c ON c.inmate = i.id WHERE i.id = :id",
        id=number,
    )
    if row is None:
        return None, None
    pin = Pin(row["pin"], bool(row["pin_given"])) if row["pin"] and row["pin_digits"] == digits else None
    if row["stamp"] is None:
        return pin, None
    return pin, _code_of(row["id"], row)


async def change_pin(tx: Transaction, number: str, pin_hash: str, digits: int) -> None:
    """Keep the hash of a new PIN of so many digits, which nobody but its owner knows."""
    await tx.run(
        "UPDATE inmates SET pin = :pin, pin_given = 0, pin_digits = :digits WHERE id = :id",
        pin=pin_hash,
        digits=digits,
        id=number,
    )


async def with_pin(tx: Transaction, digits: int) -> set[str]:
    """Return the numbers that have a PIN of so many digits; one of another length cannot be entered."""
    rows = await tx.rows("SELECT id FROM inmates WHERE pin IS NOT NULL AND pin_digits = :digits", digits=digits)
    return {row["id"] for row in rows}


async def with_other_pin(tx: Transaction, digits: int) -> int:
    """Count the numbers whose PIN has another length."""
    sql = "SELECT COUNT(*) AS n FROM inmates WHERE pin IS NOT NULL AND pin_digits <> :digits"
    row = await tx.row(sql, digits=digits)
    return int(row["n"]) if row else 0
