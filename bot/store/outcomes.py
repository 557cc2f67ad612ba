"""What became of what was sent, written down where it was wanted."""

from collections.abc import Iterable, Sequence

from bot.domain.chat.messages import STRAY
from bot.store.database import Transaction
from bot.store.moments import maybe
from bot.store.showing import IN_DOUBT, NEVER_SENT, STOPPED, UNSENDABLE, Message, Shown


async def mark_sending(tx: Transaction, messages: Sequence[Message]) -> set[int]:
    """Note that new messages are about to be sent, so that a crash leaves a known doubt and not an unknown one.

    Return those that are still wanted so: meanwhile one may have been changed, held or taken back.
    """
    if not messages:
        return set()
    places = ", ".join(f"(:id{number}, :revision{number})" for number in range(len(messages)))
    values = {f"id{number}": each.id for number, each in enumerate(messages)}
    values |= {f"revision{number}": each.revision for number, each in enumerate(messages)}
    rows = await tx.rows(
        f"UPDATE messages SET sending = revision WHERE (id, revision) IN (VALUES {places})"  # noqa: S608  names of our own
        " AND shown <> revision AND fault IS NULL AND held = 0 RETURNING id",
        **values,
    )
    return {row["id"] for row in rows}


async def mark_shown(tx: Transaction, shown: Iterable[Shown]) -> None:
    """Note what chats show now; a message that is gone leaves no row behind, and a sent document no recipe."""
    done = list(shown)
    await tx.run_many(
        "UPDATE messages SET shown = :revision, message_id = :message_id, sending = 0,"
        " sent_at = COALESCE(:sent_at, sent_at), shown_document = :document,"
        " held = CASE WHEN revision = :revision OR (once = 1 AND :message_id IS NOT NULL) THEN 0 ELSE held END,"
        " recipe = CASE WHEN document_stamp = :document THEN NULL ELSE recipe END WHERE id = :id",
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
        {"id": each.id, "stray": f"{STRAY}{each.message_id}"} for each in done if each.sent_at and each.message_id
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
    """Note why a message cannot be shown as it was tried; what it has become meanwhile is not refused by that."""
    await tx.run(
        "UPDATE messages SET sending = 0, fault = CASE WHEN revision = :revision THEN :fault ELSE fault END"
        " WHERE id = :id",
        revision=message.revision,
        fault=fault,
        id=message.id,
    )


async def replace(tx: Transaction, message: Message) -> None:
    """Let a message be sent anew that the chat does not let be changed any more; the old one is to disappear."""
    await tx.run(
        "UPDATE messages SET message_id = NULL, shown = 0, sending = 0, shown_document = NULL WHERE id = :id",
        id=message.id,
    )


async def give_up(tx: Transaction, message: Message) -> bool:
    """Let a message be that is not wanted any more and that the chat does not let go; False where it has changed."""
    gone = await tx.rows(
        "DELETE FROM messages WHERE id = :id AND revision = :revision RETURNING id",
        id=message.id,
        revision=message.revision,
    )
    return bool(gone)
