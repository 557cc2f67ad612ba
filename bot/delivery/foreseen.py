"""What the turns of updates ask first: it goes with the commit that keeps the updates."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.delivery.hashing import Hashing
from bot.store import inbox
from bot.store.database import Transaction
from bot.usecases import people

BATCH = 8
"""So many updates are taken out of the inbox at once."""


def by_turns(hashing: Hashing, tx: Transaction, network: str, batch: Sequence[Mapping[str, Any]]) -> None:
    """Say that a batch will be taken out of the inbox, and that those who sent it will be met."""
    inbox.foresee_waiting(tx, BATCH, hashing.to_be_aside())
    for update in batch[:BATCH]:
        chat, pressed = _from(update)
        if chat is not None:
            people.foresee(tx, network, chat, pressed)


def _from(update: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Return from which chat an update comes, and which message was pressed there; of odd ones nothing is foreseen."""
    match update:
        case {"callback_query": {"message": {"chat": {"id": int(chat)}, "message_id": int(pressed)}}}:
            return chat, pressed
        case {"message": {"chat": {"id": int(chat)}}}:
            return chat, None
        case _:
            return None, None
