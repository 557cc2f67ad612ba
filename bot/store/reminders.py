"""What is due, as rows: the scheduler only asks what the time has come for."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.reminders import Kind, Reminder
from bot.store.database import Transaction
from bot.store.moments import from_text, to_text


async def put(tx: Transaction, reminders: Iterable[Reminder]) -> None:
    """Write reminders; one that exists already gets the new time, a done one stays done unless it lies ahead again."""
    await tx.run_many(
        "INSERT INTO reminders (kind, about, at) VALUES (:kind, :about, :at)"
        " ON CONFLICT (kind, about) DO UPDATE SET at = excluded.at, done = NULL WHERE reminders.at <> excluded.at",
        [{"kind": str(each.kind), "about": each.about, "at": to_text(each.at)} for each in reminders],
    )


async def replace(tx: Transaction, about: str, kinds: Iterable[Kind], reminders: Iterable[Reminder]) -> None:
    """Take back what was due about something, and write what is due now: never for something cancelled."""
    await cancel(tx, about, kinds)
    if reminders := list(reminders):
        await put(tx, reminders)


async def cancel(tx: Transaction, about: str, kinds: Iterable[Kind]) -> None:
    """Take reminders back."""
    named = ", ".join(f"'{kind}'" for kind in kinds)
    await tx.run(
        f"DELETE FROM reminders WHERE about = :about AND kind IN ({named})",  # noqa: S608  kinds are our own words
        about=about,
    )


async def next_due(tx: Transaction, now: datetime) -> Reminder | None:
    """Return the earliest reminder whose time has come."""
    row = await tx.row(
        "SELECT kind, about, at FROM reminders WHERE done IS NULL AND at <= :now ORDER BY at, kind, about LIMIT 1",
        now=to_text(now),
    )
    return Reminder(Kind(row["kind"]), row["about"], from_text(row["at"])) if row else None


async def next_at(tx: Transaction) -> datetime | None:
    """Return when the next reminder is due."""
    row = await tx.row("SELECT MIN(at) AS at FROM reminders WHERE done IS NULL")
    return from_text(row["at"]) if row and row["at"] else None


async def postpone(tx: Transaction, reminder: Reminder, until: datetime) -> None:
    """Try a reminder again later."""
    await tx.run(
        "UPDATE reminders SET at = :until WHERE kind = :kind AND about = :about AND done IS NULL",
        until=to_text(until),
        kind=str(reminder.kind),
        about=reminder.about,
    )


async def finish(tx: Transaction, reminder: Reminder, now: datetime) -> bool:
    """Mark a reminder done; False where it was done, moved or taken back meanwhile."""
    row = await tx.row(
        "UPDATE reminders SET done = :now WHERE kind = :kind AND about = :about AND at = :at AND done IS NULL"
        " RETURNING kind",
        now=to_text(now),
        kind=str(reminder.kind),
        about=reminder.about,
        at=to_text(reminder.at),
    )
    return row is not None


async def planned(tx: Transaction, kind: Kind) -> bool:
    """Say whether something of a kind is still to be done."""
    row = await tx.row("SELECT kind FROM reminders WHERE kind = :kind AND done IS NULL LIMIT 1", kind=str(kind))
    return row is not None
