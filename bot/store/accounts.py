"""Which chats take messages, and since when one does not."""

from datetime import datetime

from bot.domain.chat.accounts import Away
from bot.store.database import Row, Transaction
from bot.store.messages import AWAY, DOUBT
from bot.store.moments import from_text, to_text


async def lose(tx: Transaction, away: Away) -> bool:
    """Note that a chat takes no messages, and hold what waits for it; False where that was known, or no account is."""
    row = await tx.row(
        "UPDATE accounts SET unreachable = :since WHERE network = :network AND chat_id = :chat_id"
        " AND unreachable IS NULL RETURNING chat_id",
        network=away.network,
        chat_id=away.chat_id,
        since=to_text(away.since),
    )
    await tx.run(
        "UPDATE messages SET fault = :away, sending = 0 WHERE network = :network AND chat_id = :chat_id"  # noqa: S608  no input
        f" AND shown <> revision AND COALESCE(fault, '') <> '{DOUBT}'"
        " AND EXISTS (SELECT 1 FROM accounts a WHERE a.network = messages.network"
        " AND a.chat_id = messages.chat_id AND a.unreachable IS NOT NULL)",
        away=AWAY,
        network=away.network,
        chat_id=away.chat_id,
    )
    return row is not None


async def away(tx: Transaction, network: str, chat_id: int) -> Away | None:
    """Return since when a chat takes no messages, if that is so."""
    row = await tx.row(
        "SELECT unreachable FROM accounts WHERE network = :network AND chat_id = :chat_id",
        network=network,
        chat_id=chat_id,
    )
    return Away(network, chat_id, from_text(row["unreachable"])) if row and row["unreachable"] else None


async def all_away(tx: Transaction, network: str) -> set[int]:
    """Return every chat of a network that takes no messages."""
    rows = await tx.rows(
        "SELECT chat_id FROM accounts WHERE network = :network AND unreachable IS NOT NULL", network=network
    )
    return {row["chat_id"] for row in rows}


async def every_away(tx: Transaction) -> list[Away]:
    """Return every chat that takes no messages, on whatever network."""
    rows = await tx.rows("SELECT network, chat_id, unreachable FROM accounts WHERE unreachable IS NOT NULL")
    return [Away(row["network"], row["chat_id"], from_text(row["unreachable"])) for row in rows]


async def regain(tx: Transaction, network: str, chat_id: int) -> None:
    """Note that a chat takes messages."""
    await tx.run(
        "UPDATE accounts SET unreachable = NULL WHERE network = :network AND chat_id = :chat_id",
        network=network,
        chat_id=chat_id,
    )


async def whose(tx: Transaction, network: str, chat_id: int) -> tuple[str | None, str | None] | None:
    """Return the person or the kiosk to whom a chat belongs."""
    row = await tx.row(
        "SELECT person, kiosk FROM accounts WHERE network = :network AND chat_id = :chat_id",
        network=network,
        chat_id=chat_id,
    )
    return (row["person"], row["kiosk"]) if row else None


async def within_reach(tx: Transaction, house: str, joined_after: datetime | None) -> tuple[frozenset[str], bool]:
    """Return everybody of the staff with a chat that works, and whether some chat of theirs does not.

    With ``joined_after``, a chat of the house works only where a browser of its reader's has joined since then.
    """
    # When is no part of the question: so its answer is good until somebody joins, leaves or is lost.
    rows = await tx.rows(
        "SELECT a.person, a.network, a.unreachable,"
        " (SELECT MAX(d.joined) FROM devices d WHERE d.person = a.person AND d.ended IS NULL) AS joined"
        " FROM accounts a WHERE a.person IS NOT NULL"
    )

    def works(row: Row) -> bool:
        is_let_in = joined_after is None or row["network"] != house or (row["joined"] or "") > to_text(joined_after)
        return row["unreachable"] is None and is_let_in

    return frozenset(row["person"] for row in rows if works(row)), not all(map(works, rows))


async def send_again(tx: Transaction, network: str, chat_id: int) -> None:
    """Let a chat show again what it shall."""
    await tx.run(
        "UPDATE messages SET fault = NULL WHERE network = :network AND chat_id = :chat_id AND fault = :away",
        network=network,
        chat_id=chat_id,
        away=AWAY,
    )


async def try_one(tx: Transaction, network: str, chat_id: int) -> None:
    """Let one new message be sent to a chat that took none, to see whether it does now."""
    await tx.run(
        "UPDATE messages SET fault = NULL WHERE id = (SELECT MIN(id) FROM messages WHERE network = :network"
        " AND chat_id = :chat_id AND fault = :away AND message_id IS NULL AND text IS NOT NULL)",
        network=network,
        chat_id=chat_id,
        away=AWAY,
    )
