"""What is taken out of chats again: moved down, made anew, or out of date."""

from datetime import datetime, timedelta

from bot.domain.chat.chats import Kept
from bot.domain.chat.messages import STRAY, WAS, Reader, View
from bot.domain.chat.uses import STANDS, read
from bot.store.database import Transaction
from bot.store.moments import from_text, maybe
from bot.store.people import person_of

DELETABLE_FOR = timedelta(hours=47)
"""How long a chat that leaves the house lets a message be deleted, with an hour to spare for what waits its turn."""


async def renew(tx: Transaction, reader: Reader, key: str, sent_before: datetime, sent_after: datetime) -> None:
    """Let a message be made anew, below everything else, where the old one was sent between two moments."""
    await tx.run(
        f"UPDATE messages SET key = '{STRAY}' || message_id, of_use = '{STANDS}',"  # noqa: S608  no input
        " text = NULL, buttons = NULL, face = NULL, revision = revision + 1,"
        " recipe = NULL, document_name = NULL, document_stamp = NULL, sheets = NULL, passing = 0"
        " WHERE network = :network AND chat_id = :chat_id AND key = :key AND message_id IS NOT NULL"
        " AND sent_at > :sent_after AND sent_at <= :sent_before",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
        sent_after=maybe(sent_after),
        sent_before=maybe(sent_before),
    )


async def move_down(tx: Transaction, reader: Reader, key: str, instead: View, now: datetime) -> bool:
    """Take a message away, so that it can be sent anew below everything else; return whether there was one.

    Where the chat leaves the house, one that is too old to be deleted says ``instead`` where the new one is; only a
    document cannot become words.
    """
    too_old = now - DELETABLE_FOR if reader.leaves_house else None
    moved = await tx.rows(
        f"UPDATE messages SET key = '{WAS}' || message_id, of_use = '{STANDS}',"  # noqa: S608  no input
        " buttons = '[]', revision = revision + 1, fault = NULL,"
        " text = CASE WHEN sent_at <= :too_old AND shown_document IS NULL THEN :text END,"
        " recipe = NULL, document_name = NULL, document_stamp = NULL, sheets = NULL, passing = 0"
        " WHERE network = :network AND chat_id = :chat_id AND key = :key AND message_id IS NOT NULL RETURNING id",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
        text=instead.text,
        too_old=maybe(too_old),
    )
    return bool(moved)


async def forget_moved(tx: Transaction) -> None:
    """Forget the messages that could only be changed, now that they say so: nothing more is to be done with them."""
    await tx.run(f"DELETE FROM messages WHERE key LIKE '{WAS}%' AND text IS NOT NULL AND shown = revision")  # noqa: S608  no input


async def in_chats_of_staff(tx: Transaction) -> list[Kept]:
    """Return the messages that stand in chats of the staff, each once for whoever has it."""
    rows = await tx.rows(
        "SELECT p.*, p.language AS person_language, m.key, m.of_use, m.newest FROM people p JOIN"  # noqa: S608  no input
        " (SELECT a.person, m.key, m.of_use, MAX(m.sent_at) AS newest FROM messages m"
        " JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id"
        f" WHERE m.text IS NOT NULL AND m.sent_at IS NOT NULL AND m.key NOT LIKE '{WAS}%' AND a.person IS NOT NULL"
        " GROUP BY a.person, m.key, m.of_use) m ON m.person = p.id ORDER BY p.id, m.key"
    )
    return [Kept(person_of(row), row["key"], read(row["of_use"]), from_text(row["newest"])) for row in rows]
