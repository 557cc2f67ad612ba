"""The append-only log of who did what."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.audit import Entry, Kept
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, to_text


async def add(tx: Transaction, entry: Entry) -> None:
    """Append an entry."""
    await tx.run(
        "INSERT INTO audit (at, actor, action, about, outcome) VALUES (:at, :actor, :action, :about, :outcome)",
        at=to_text(entry.at),
        actor=entry.actor,
        action=entry.action,
        about=entry.about,
        outcome=entry.outcome,
    )


COUNT = "SELECT COUNT(*) AS n FROM audit WHERE action = :action AND at >= :since"


async def count_of(tx: Transaction, action: str, since: datetime) -> int:
    """Count how often something was done, by anybody, from a moment on."""
    row = await tx.row(COUNT, action=action, since=to_text(since))
    return int(row["n"]) if row else 0


def expect_count_of(tx: Transaction, action: str, since: datetime) -> None:
    """Say that ``count_of`` will be asked."""
    tx.expect(COUNT, action=action, since=to_text(since))


async def before(tx: Transaction, number: int, limit: int, actions: Collection[str] = ()) -> list[Kept]:
    """Return the newest entries older than the one with this number; of these actions only, or of all."""
    named = ", ".join(f"'{action}'" for action in sorted(actions))
    only = f" AND action IN ({named})" if named else ""
    rows = await tx.rows(
        f"SELECT * FROM audit WHERE id < :number{only} ORDER BY id DESC LIMIT :limit",  # noqa: S608  our own words
        number=number,
        limit=limit,
    )
    return [_kept(row) for row in rows]


async def concerning(tx: Transaction, number: int, limit: int, whom: str) -> list[Kept]:
    """Return the newest entries older than the one with this number, by or about a slip, a person or a place.

    Who is signed in at a kiosk acts as ``A01@K-A``: both are found.
    """
    rows = await tx.rows(
        "SELECT * FROM audit WHERE id < :number AND (actor = :whom OR about = :whom"
        " OR substr(actor, 1, length(:whom) + 1) = :whom || '@' OR substr(actor, -length(:whom) - 1) = '@' || :whom)"
        " ORDER BY id DESC LIMIT :limit",
        number=number,
        limit=limit,
        whom=whom,
    )
    return [_kept(row) for row in rows]


async def of_setting(tx: Transaction, setting: str, limit: int) -> list[Entry]:
    """Return the newest changes of a setting, the newest first."""
    rows = await tx.rows(
        "SELECT * FROM audit WHERE action = 'setting' AND about = :setting ORDER BY id DESC LIMIT :limit",
        setting=setting,
        limit=limit,
    )
    return [_kept(row).entry for row in rows]


def _kept(row: Row) -> Kept:
    entry = Entry(from_text(row["at"]), row["actor"], row["action"], row["about"], row["outcome"])
    return Kept(row["id"], entry)
