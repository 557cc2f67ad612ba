"""What has become of letters."""

from bot.domain.chat.messages import Posted, Reader
from bot.store.database import Transaction


async def posted(tx: Transaction, reader: Reader, key: str) -> Posted:
    """Return what has become of a letter under this key so far."""
    row = await tx.row(
        "SELECT message_id IS NOT NULL OR sending > 0 OR doubts > 0 AS gone, shown <> revision AND sending = 0 AS waits"
        " FROM messages WHERE network = :network AND chat_id = :chat_id AND key = :key",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
    )
    return Posted(True, bool(row["gone"]), bool(row["waits"])) if row else Posted()
