"""One-time codes that wait for somebody; only their hashes are kept."""

from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Transaction
from bot.store.moments import from_text, maybe, to_text


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time code's row; only its hash is kept."""

    person: str
    expires: datetime
    used: bool
    bound: str | None


async def add_invite(tx: Transaction, code_hash: str, person_id: str, expires: datetime, bound: str) -> None:
    """Keep an invitation, known by the hash of its code and good only for the scope it is ``bound`` to."""
    await tx.run(
        "INSERT INTO invites (code_hash, person, expires, bound) VALUES (:code_hash, :person, :expires, :bound)",
        code_hash=code_hash,
        person=person_id,
        expires=to_text(expires),
        bound=bound,
    )


async def invite(tx: Transaction, code_hash: str) -> Invite | None:
    """Return the invitation with this hash."""
    row = await tx.row("SELECT * FROM invites WHERE code_hash = :code_hash", code_hash=code_hash)
    return Invite(row["person"], from_text(row["expires"]), row["used"] is not None, row["bound"]) if row else None


async def use_invite(tx: Transaction, code_hash: str, now: datetime) -> None:
    """Note that the invitation has done its work."""
    await tx.run("UPDATE invites SET used = :now WHERE code_hash = :code_hash", now=maybe(now), code_hash=code_hash)
