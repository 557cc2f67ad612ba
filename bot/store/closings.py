"""Wrong tries at kiosks, and the kiosks at which nobody can sign in because of them."""

from datetime import datetime

from bot.domain.screen.closings import TRIES_WITHIN, Closing, Standing
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, maybe_from, to_text

CLOSINGS = "SELECT c.*, k.unit FROM closings c JOIN kiosks k ON k.id = c.kiosk"


async def add_try(tx: Transaction, kiosk: str, at: datetime) -> None:
    """Note a wrong try; those that count no more are forgotten."""
    await tx.run("DELETE FROM wrong_tries WHERE at <= :old", old=to_text(at - TRIES_WITHIN))
    await tx.run("INSERT INTO wrong_tries (kiosk, at) VALUES (:kiosk, :at)", kiosk=kiosk, at=to_text(at))


async def standing(tx: Transaction, kiosk: str, number: str, since: datetime) -> Standing:
    """Return what is known of a kiosk, of the wrong tries there after a moment, and of those at a number."""
    row = await tx.row(
        "SELECT EXISTS (SELECT 1 FROM closings WHERE kiosk = k.id AND opened_at IS NULL) AS closed,"
        " (SELECT COUNT(*) FROM wrong_tries WHERE kiosk = k.id AND at > :since) AS here, t.wrong, t.pause_until"
        " FROM kiosks k LEFT JOIN pin_tries t ON t.kiosk = k.id AND t.number = :number WHERE k.id = :kiosk",
        kiosk=kiosk,
        number=number,
        since=to_text(since),
    )
    if row is None:
        return Standing(closed=True)
    until = from_text(row["pause_until"]) if row["pause_until"] else None
    return Standing(bool(row["closed"]), row["here"], row["wrong"] or 0, until)


async def close(tx: Transaction, kiosk: str, at: datetime) -> None:
    """Close a kiosk; its wrong tries have done their work."""
    await tx.run(
        "INSERT INTO closings (kiosk, number, closed_at)"
        " SELECT :kiosk, COALESCE(MAX(number), 0) + 1, :at FROM closings WHERE kiosk = :kiosk",
        kiosk=kiosk,
        at=to_text(at),
    )
    await tx.run("DELETE FROM wrong_tries WHERE kiosk = :kiosk", kiosk=kiosk)


async def open_again(tx: Transaction, kiosk: str, at: datetime) -> None:
    """Open a closed kiosk."""
    await tx.run(
        "UPDATE closings SET opened_at = :at WHERE kiosk = :kiosk AND opened_at IS NULL", kiosk=kiosk, at=to_text(at)
    )


CLOSED = f"{CLOSINGS} WHERE c.opened_at IS NULL ORDER BY c.kiosk"


async def closed(tx: Transaction) -> list[Closing]:
    """Return the kiosks that are closed now."""
    return [_closing(row) for row in await tx.rows(CLOSED)]


def expect_closed(tx: Transaction) -> None:
    """Say that ``closed`` will be asked."""
    tx.expect(CLOSED)


async def numbered(tx: Transaction, kiosk: str, number: int) -> Closing | None:
    """Return a closing, whether the kiosk is open again or not."""
    row = await tx.row(f"{CLOSINGS} WHERE c.kiosk = :kiosk AND c.number = :number", kiosk=kiosk, number=number)
    return _closing(row) if row else None


async def closing_of(tx: Transaction, kiosk: str) -> Closing | None:
    """Return a kiosk's closing, if it is closed now."""
    return next((each for each in await closed(tx) if each.kiosk == kiosk), None)


def _closing(row: Row) -> Closing:
    times = from_text(row["closed_at"]), maybe_from(row["opened_at"])
    return Closing(row["kiosk"], row["unit"], row["number"], *times)
