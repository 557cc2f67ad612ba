"""What is taken out of chats again: moved down, out of date, or about somebody who is to be forgotten."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain.chats import Kept
from bot.domain.messages import Reader, View
from bot.store import contents, sheets
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, maybe
from bot.store.people import person_of

DELETABLE_FOR = timedelta(hours=47)
"""How long a chat that leaves the house lets a message be deleted, with an hour to spare for what waits its turn."""


async def renew(tx: Transaction, reader: Reader, key: str, sent_before: datetime, sent_after: datetime) -> None:
    """Let a message be made anew, below everything else, where the old one was sent between two moments."""
    await tx.run(
        "UPDATE messages SET key = 'stray:' || message_id, text = NULL, buttons = NULL, revision = revision + 1,"
        " recipe = NULL, document_name = NULL, document_stamp = NULL, sheets = NULL, passing = 0"
        " WHERE network = :network AND chat_id = :chat_id AND key = :key AND message_id IS NOT NULL"
        " AND sent_at > :sent_after AND sent_at <= :sent_before",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
        sent_after=maybe(sent_after),
        sent_before=maybe(sent_before),
    )


async def move_down(tx: Transaction, reader: Reader, key: str, instead: View, now: datetime) -> None:
    """Take a message away, so that it can be sent anew below everything else.

    Where the chat leaves the house, one that is too old to be deleted says ``instead`` where the new one is; only a
    document cannot become words.
    """
    too_old = now - DELETABLE_FOR if reader.leaves_house else None
    await tx.run(
        "UPDATE messages SET key = 'was:' || message_id, buttons = '[]', revision = revision + 1, fault = NULL,"
        " text = CASE WHEN sent_at <= :too_old AND shown_document IS NULL THEN :text END,"
        " recipe = NULL, document_name = NULL, document_stamp = NULL, sheets = NULL, passing = 0"
        " WHERE network = :network AND chat_id = :chat_id AND key = :key AND message_id IS NOT NULL",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
        text=instead.text,
        too_old=maybe(too_old),
    )


async def forget_moved(tx: Transaction) -> None:
    """Forget the messages that could only be changed, now that they say so: nothing more is to be done with them."""
    await tx.run("DELETE FROM messages WHERE key LIKE 'was:%' AND text IS NOT NULL AND shown = revision")


async def in_chats_of_staff(tx: Transaction) -> list[Kept]:
    """Return the messages that stand in chats of the staff, each once for whoever has it."""
    rows = await tx.rows(
        "SELECT p.*, p.language AS person_language, m.key, m.newest FROM people p JOIN"
        " (SELECT a.person, m.key, MAX(m.sent_at) AS newest FROM messages m"
        " JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id"
        " WHERE m.text IS NOT NULL AND m.sent_at IS NOT NULL AND m.key NOT LIKE 'was:%' AND a.person IS NOT NULL"
        " GROUP BY a.person, m.key) m ON m.person = p.id ORDER BY p.id, m.key"
    )
    return [Kept(person_of(row), row["key"], from_text(row["newest"])) for row in rows]


async def take_away(tx: Transaction, words: Collection[str], person: str | None = None) -> None:
    """Take every message away that says one of these words as a whole, from one person's chats or from all.

    Its key goes as well; what was never sent is simply deleted.
    """
    found = await tx.rows(
        "SELECT m.* FROM messages m WHERE m.text IS NOT NULL"
        " AND (:person IS NULL OR EXISTS"
        " (SELECT 1 FROM accounts a WHERE a.network = m.network AND a.chat_id = m.chat_id AND a.person = :person))",
        person=person,
    )
    said = re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(word) for word in sorted(words))})(?![\w-])")
    those = [{"id": row["id"]} for row in found if said.search("\n".join(_words(tx, row)))]
    await tx.run_many("DELETE FROM messages WHERE id = :id AND message_id IS NULL AND sending = 0", those)
    await tx.run_many(
        "UPDATE messages SET key = 'stray:' || COALESCE(message_id, -id), text = NULL, buttons = NULL,"
        " recipe = NULL, document_name = NULL, document_stamp = NULL, sheets = NULL, passing = 0, fault = NULL,"
        " revision = revision + 1 WHERE id = :id",
        those,
    )


def _words(tx: Transaction, row: Row) -> list[str]:
    shown, others = contents.of(tx, row), sheets.texts(row["sheets"])
    return [row["key"], str(shown.text), str(shown.buttons), *others]
