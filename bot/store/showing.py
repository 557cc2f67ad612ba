"""What the chats do show: what is carried out next, and what became of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.messages import LANE_BROADCAST
from bot.store import contents
from bot.store.database import Row, Transaction
from bot.store.messages import DOUBT
from bot.store.moments import from_text, maybe

WAITS = "network = :network AND shown <> revision AND fault IS NULL AND held = 0"

URGENT = (
    "SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY chat_id ORDER BY lane, id) AS place FROM messages"  # noqa: S608  no input
    f" WHERE {WAITS} AND lane < {LANE_BROADCAST}) AS waiting WHERE place = 1"
)

BEHIND = (
    f"SELECT * FROM messages m WHERE {WAITS} AND lane = {LANE_BROADCAST} AND NOT EXISTS"  # noqa: S608  no input
    " (SELECT 1 FROM messages u WHERE u.network = m.network AND u.chat_id = m.chat_id AND u.shown <> u.revision"
    f" AND u.fault IS NULL AND u.held = 0 AND u.lane < {LANE_BROADCAST})"
)

UNSENDABLE = "(text IS NULL OR (document_stamp IS NOT NULL AND document IS NULL))"
"""What cannot be sent (anew): what is not wanted, and a document that has been sent before."""

IN_DOUBT = (
    "UPDATE messages SET doubts = doubts + 1, sending = 0,"  # noqa: S608  no input
    f" fault = CASE WHEN once = 1 AND message_id IS NULL THEN '{DOUBT}' ELSE fault END"
)

NEVER_SENT = f"once = 1 AND message_id IS NULL AND sending = 0 AND COALESCE(fault, '') <> '{DOUBT}'"
"""What goes only once, and has not gone."""

STOPPED = 2
"""How a message is held that was under way when its broadcast was stopped: if it has not left, it never does."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one chat. ``text`` None means that it shall not be there; ``shown`` is the revision it shows."""

    id: int
    network: str
    chat_id: int
    key: str
    text: str | None = field(repr=False)
    buttons: str | None = field(repr=False)
    neutral: bool
    revision: int
    shown: int
    message_id: int | None
    sent_at: datetime | None
    sending: int
    document: bytes | None = field(default=None, repr=False)
    document_name: str | None = None
    document_stamp: str | None = None
    shown_document: str | None = None
    lane: int = 0
    carries: str | None = None
    passing: bool = False

    @property
    def is_behind(self) -> bool:
        """Say whether it goes behind everything else."""
        return self.lane >= LANE_BROADCAST

    @property
    def is_new(self) -> bool:
        """Say whether something must be sent that the chat does not have yet in any form."""
        return self.message_id is None and self.text is not None and not self.is_lost

    @property
    def is_lost(self) -> bool:
        """Say whether the document is gone from the chat and kept nowhere else: it cannot be sent again."""
        return self.message_id is None and self.document_stamp is not None and self.document is None

    @property
    def has_other_document(self) -> bool:
        """Say whether the chat shows another document than is wanted, or one where none is, or the reverse."""
        return self.message_id is not None and self.document_stamp != self.shown_document


@dataclass(frozen=True, slots=True)
class Shown:
    """What the sender brought about: the message ``id`` shows ``revision`` now, as ``message_id``.

    ``document`` is the stamp of the document that it carries.
    """

    id: int
    revision: int
    message_id: int | None
    sent_at: datetime | None
    document: str | None = None


async def urgent(tx: Transaction, network: str, limit: int) -> list[Message]:
    """Return for each chat the first message that it does not show as wanted; answers to taps come first.

    What is told to many is not among them.
    """
    rows = await tx.rows(f"{URGENT} ORDER BY lane, id LIMIT :limit", network=network, limit=limit)
    return [_message(tx, row) for row in rows]


async def behind(tx: Transaction, network: str, limit: int, busy: Collection[int]) -> list[Message]:
    """Return the next messages of broadcasts, one for a chat, to chats that wait for nothing else and are not busy."""
    chats = {f"chat{number}": chat for number, chat in enumerate(busy)}
    others = f" AND chat_id NOT IN ({', '.join(f':{name}' for name in chats)})" if chats else ""
    sql = f"{BEHIND}{others} ORDER BY id LIMIT :limit"
    rows = await tx.rows(sql, network=network, limit=limit, **chats)
    firsts = {row["chat_id"]: row for row in reversed(rows)}
    return [_message(tx, row) for row in reversed(firsts.values())]


async def anything_waits(tx: Transaction, network: str) -> bool:
    """Say whether some chat of a network does not show what it shall."""
    return await tx.row(f"SELECT id FROM messages WHERE {WAITS} LIMIT 1", network=network) is not None  # noqa: S608  no input


async def settle_doubts(tx: Transaction, network: str) -> None:
    """On a network that shows nothing but what is known here nobody doubts: what is not shown has not been sent."""
    doubtful = f"network = :network AND fault = '{DOUBT}' AND message_id IS NULL"
    await tx.run(f"DELETE FROM messages WHERE {doubtful} AND held = {STOPPED}", network=network)  # noqa: S608  no input
    await tx.run(f"UPDATE messages SET fault = NULL WHERE {doubtful}", network=network)  # noqa: S608  no input


async def mark_sending(tx: Transaction, messages: Iterable[Message]) -> None:
    """Note that new messages are about to be sent, so that a crash leaves a known doubt and not an unknown one."""
    await tx.run_many(
        "UPDATE messages SET sending = :revision WHERE id = :id",
        [{"id": message.id, "revision": message.revision} for message in messages],
    )


async def mark_shown(tx: Transaction, shown: Iterable[Shown]) -> None:
    """Note what chats show now; a message that is gone leaves no row behind, and a sent document no bytes."""
    done = list(shown)
    await tx.run_many(
        "UPDATE messages SET shown = :revision, message_id = :message_id, sending = 0,"
        " sent_at = COALESCE(:sent_at, sent_at), shown_document = :document,"
        " held = CASE WHEN revision = :revision OR (once = 1 AND :message_id IS NOT NULL) THEN 0 ELSE held END,"
        " document = CASE WHEN document_stamp = :document THEN NULL ELSE document END WHERE id = :id",
        [
            {
                "id": each.id,
                "revision": each.revision,
                "message_id": each.message_id,
                "sent_at": maybe(each.sent_at),
                "document": each.document,
            }
            for each in done
        ],
    )
    arrived = [
        {"id": each.id, "stray": f"stray:{each.message_id}"} for each in done if each.sent_at and each.message_id
    ]
    if arrived:
        # Who is quick presses on a message before its number is known here: then it was taken for a stray one.
        await tx.run_many(
            "DELETE FROM messages WHERE key = :stray AND EXISTS (SELECT 1 FROM messages m"
            " WHERE m.id = :id AND m.network = messages.network AND m.chat_id = messages.chat_id)",
            arrived,
        )
    gone = [{"id": each.id} for each in done if each.message_id is None]
    if gone:
        await tx.run_many(f"DELETE FROM messages WHERE id = :id AND {UNSENDABLE} AND shown = revision", gone)  # noqa: S608  no input


async def mark_doubt(tx: Transaction, message: Message) -> None:
    """Count a send whose outcome nobody knows: it is sent again, with its code on it, unless it goes only once."""
    await tx.run(f"{IN_DOUBT} WHERE id = :id", id=message.id)


async def mark_not_sent(tx: Transaction, message: Message) -> None:
    """Note that a message has not left, so that a crash leaves no doubt; what was stopped meanwhile never leaves."""
    await tx.run("UPDATE messages SET sending = 0 WHERE id = :id", id=message.id)
    if message.is_behind:
        await tx.run(f"DELETE FROM messages WHERE id = :id AND {NEVER_SENT} AND held = {STOPPED}", id=message.id)  # noqa: S608  no input


async def mark_fault(tx: Transaction, message: Message, fault: str) -> None:
    """Note why a message cannot be shown; it is tried again when it changes."""
    await tx.run("UPDATE messages SET fault = :fault, sending = 0 WHERE id = :id", fault=fault, id=message.id)


async def doubt_interrupted(tx: Transaction, network: str) -> int:
    """After a crash, count every send that was under way as a doubt; return how many there were."""
    rows = await tx.rows(
        f"{IN_DOUBT} WHERE network = :network AND sending > 0 RETURNING id",
        network=network,
    )
    return len(rows)


async def forget_shown(tx: Transaction, network: str) -> None:
    """On a network that starts afresh nothing is shown: wanted messages are sent anew, unwanted ones are gone.

    So are documents that had been sent, for their bytes are kept nowhere.
    """
    await tx.run(f"DELETE FROM messages WHERE network = :network AND {UNSENDABLE}", network=network)  # noqa: S608  no input
    await tx.run(
        "UPDATE messages SET shown = 0, message_id = NULL, sending = 0, fault = NULL, shown_document = NULL"
        " WHERE network = :network",
        network=network,
    )


async def shown_on(tx: Transaction, network: str) -> set[tuple[int, int]]:
    """Return chat and message id of everything that a network is known to show."""
    rows = await tx.rows(
        "SELECT chat_id, message_id FROM messages WHERE network = :network AND message_id IS NOT NULL", network=network
    )
    return {(row["chat_id"], row["message_id"]) for row in rows}


def _message(tx: Transaction, row: Row) -> Message:
    content = contents.of(tx, row)
    return Message(
        row["id"],
        row["network"],
        row["chat_id"],
        row["key"],
        content.text,
        content.buttons,
        bool(row["neutral"]),
        row["revision"],
        row["shown"],
        row["message_id"],
        from_text(row["sent_at"]) if row["sent_at"] else None,
        row["sending"],
        content.document,
        row["document_name"],
        row["document_stamp"],
        row["shown_document"],
        row["lane"],
        row["carries"],
        bool(row["passing"]),
    )
