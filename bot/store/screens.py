"""The screens of a network's kiosks, all together: what a start empties before anybody is let in."""

from bot.domain.chat.messages import LANE_DUE
from bot.store.database import Transaction
from bot.store.showing import WAITS

AT_KIOSK = (
    "EXISTS (SELECT 1 FROM accounts a WHERE a.network = messages.network AND a.chat_id = messages.chat_id"
    " AND a.kiosk IS NOT NULL)"
)


async def wait(tx: Transaction, network: str) -> int:
    """Return how many messages of a network are still to be shown; none where no kiosk waits for any of them."""
    sql = f"SELECT id FROM messages WHERE {WAITS} AND {AT_KIOSK} LIMIT 1"  # noqa: S608  no input
    if await tx.row(sql, network=network) is None:
        return 0
    row = await tx.row(f"SELECT COUNT(*) AS n FROM messages WHERE {WAITS}", network=network)  # noqa: S608  no input
    return int(row["n"]) if row else 0


async def forget_shown(tx: Transaction, network: str) -> None:
    """Before kiosks are wiped: what they shall show is sent to them anew, whatever held it up before."""
    at_kiosk = f"network = :network AND {AT_KIOSK}"
    await tx.run(f"DELETE FROM messages WHERE {at_kiosk} AND text IS NULL", network=network)  # noqa: S608  no input
    await tx.run(
        "UPDATE messages SET shown = 0, message_id = NULL, sending = 0, fault = NULL, shown_document = NULL, held = 0,"  # noqa: S608  no input
        f" lane = {LANE_DUE} WHERE {at_kiosk}",
        network=network,
    )
