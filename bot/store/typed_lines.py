"""Lines that the staff typed and that stand in the house for a while: what they say is kept in no row."""

from datetime import datetime

from bot.domain.chat import uses
from bot.domain.chat.messages import TYPED
from bot.store.database import Transaction
from bot.store.moments import to_text

STANDS = "…"
"""What a row has in the place of somebody's own words: whatever takes a message away knows that there is one."""

OF_PERSON = (
    "SELECT m.id FROM accounts a JOIN messages m ON m.network = a.network AND m.chat_id = a.chat_id"
    " WHERE a.person = :person AND m.key >= :first AND m.key < :last AND m.text IS NOT NULL"
)


async def leave(tx: Transaction, network: str, chat_id: int, message_id: int, now: datetime) -> None:
    """Know of a line that stands in a chat, so that it is taken away like any message there."""
    await tx.run(
        "INSERT INTO messages"
        " (network, chat_id, key, of_use, text, neutral, lane, revision, shown, message_id, sent_at)"
        " VALUES (:network, :chat_id, :key, :use, :stands, 0, 0, 1, 1, :message_id, :now)",
        network=network,
        chat_id=chat_id,
        key=f"{TYPED}{message_id}",
        message_id=message_id,
        use=str(uses.TYPED),
        stands=STANDS,
        now=to_text(now),
    )


async def take_off(tx: Transaction, person: str) -> None:
    """Let the lines disappear that stand in somebody's chats."""
    await tx.run(
        f"UPDATE messages SET text = NULL, revision = revision + 1 WHERE id IN ({OF_PERSON})",  # noqa: S608  no input
        person=person,
        first=TYPED,
        last=TYPED[:-1] + chr(ord(TYPED[-1]) + 1),
    )
