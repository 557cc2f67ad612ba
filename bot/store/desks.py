"""What somebody of the staff is in the middle of: the task, and its draft sealed for that person alone."""

import json
from typing import Any

from bot.domain.chat.desks import Desk
from bot.store.database import Transaction
from bot.store.keys import KeyFault, Keys


async def get(tx: Transaction, keys: Keys, person: str) -> Desk:
    """Return somebody's desk; whoever has not begun anything has an empty one."""
    row = await tx.row("SELECT task, step, draft FROM desks WHERE person = :person", person=person)
    if row is None:
        return Desk()
    return Desk(row["task"], row["step"], _unsealed(keys, row["draft"], person))


async def save(tx: Transaction, keys: Keys, person: str, desk: Desk) -> None:
    """Keep a desk; an empty one keeps its step, so that a button of an earlier page stays stale."""
    sealed = keys.seal(json.dumps(dict(desk.draft)), f"desk of {person}") if desk.task else None
    await tx.run(
        "INSERT INTO desks (person, task, step, draft) VALUES (:person, :task, :step, :draft)"
        " ON CONFLICT (person) DO UPDATE SET task = excluded.task, step = excluded.step, draft = excluded.draft",
        person=person,
        task=desk.task,
        step=desk.step,
        draft=sealed,
    )


def _unsealed(keys: Keys, sealed: str | None, person: str) -> dict[str, Any]:
    if not sealed:
        return {}
    try:
        return dict(json.loads(keys.unseal(sealed, f"desk of {person}")))
    except KeyFault:
        # Changed in the database or sealed with another key: the task begins anew, and nobody else's is in its place.
        return {}
