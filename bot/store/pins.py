"""One-time codes for a forgotten PIN; a stolen database tells none of them."""

from bot.domain.pins import PinCode
from bot.store.database import Transaction
from bot.store.moments import from_text, to_text


async def code_of(tx: Transaction, inmate: str) -> PinCode | None:
    """Return the code that was made for an inmate."""
    row = await tx.row("SELECT * FROM pin_codes WHERE inmate = :inmate", inmate=inmate)
    if row is None:
        return None
    return PinCode(row["inmate"], row["stamp"], from_text(row["expires"]), row["made_by"], row["wrong"])


async def save(tx: Transaction, code: PinCode) -> None:
    """Keep a code; an older one of the same inmate is no longer good."""
    await tx.run(
        "INSERT INTO pin_codes (inmate, stamp, expires, wrong, made_by)"
        " VALUES (:inmate, :stamp, :expires, :wrong, :made_by)"
        " ON CONFLICT (inmate) DO UPDATE SET stamp = excluded.stamp, expires = excluded.expires,"
        " wrong = excluded.wrong, made_by = excluded.made_by",
        inmate=code.inmate,
        stamp=code.stamp,
        expires=to_text(code.expires),
        wrong=code.wrong,
        made_by=code.made_by,
    )


async def delete(tx: Transaction, inmate: str) -> None:
    """Forget an inmate's code."""
    await tx.run("DELETE FROM pin_codes WHERE inmate = :inmate", inmate=inmate)
