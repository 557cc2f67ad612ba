"""Messages that a chat is owed and has never been shown, and what is dropped of them."""

from collections.abc import Iterable

from bot.domain.chat.owed import Owed
from bot.domain.chat.uses import read
from bot.store.database import Row, Transaction
from bot.store.messages import AWAY, DOUBT
from bot.store.moments import from_text

REFUSED = "fault IS NOT NULL AND fault NOT IN (:away, :doubt)"
UNSEEN = "shown <> revision AND message_id IS NULL AND text IS NOT NULL AND sending = 0 AND held = 0"
NEVER_SHOWN = f"network = :network AND {UNSEEN}"


async def by_network(tx: Transaction, network: str) -> dict[int, Owed]:
    """Return what a network's chats are owed, by the ids of the messages; chats that take none are left out."""
    sql = f"SELECT id, of_use, wanted_at FROM messages WHERE {NEVER_SHOWN} AND fault IS NULL"  # noqa: S608  no input
    return {row["id"]: _owed(row) for row in await tx.rows(sql, network=network)}


async def by_chat(tx: Transaction, network: str, chat_id: int) -> dict[int, Owed]:
    """Return what a chat is owed that took no messages."""
    sql = f"SELECT id, of_use, wanted_at FROM messages WHERE {NEVER_SHOWN} AND chat_id = :chat_id AND fault = :away"  # noqa: S608  no input
    rows = await tx.rows(sql, network=network, chat_id=chat_id, away=AWAY)
    return {row["id"]: _owed(row) for row in rows}


async def refused_for_good(tx: Transaction) -> dict[int, Owed]:
    """Return what networks have refused for good and chats were never shown, by the ids of the messages."""
    sql = f"SELECT id, of_use, wanted_at FROM messages WHERE {UNSEEN} AND {REFUSED}"  # noqa: S608  no input
    return {row["id"]: _owed(row) for row in await tx.rows(sql, away=AWAY, doubt=DOUBT)}


REFUSED_TO = (
    "SELECT COALESCE(a.person, a.kiosk) AS who, COUNT(*) AS n FROM messages m"
    " JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id"
    " WHERE m.fault IS NOT NULL AND m.fault NOT IN (:away, :doubt) AND m.text IS NOT NULL"
    " AND m.shown <> m.revision GROUP BY COALESCE(a.person, a.kiosk) ORDER BY 1"
)


async def refused(tx: Transaction) -> list[tuple[str, int]]:
    """Return for how many messages a network has said no for good, by the person or the kiosk whose they are."""
    return [(row["who"], row["n"]) for row in await tx.rows(REFUSED_TO, away=AWAY, doubt=DOUBT)]


def expect_refused(tx: Transaction) -> None:
    """Say that ``refused`` will be asked."""
    tx.expect(REFUSED_TO, away=AWAY, doubt=DOUBT)


async def drop(tx: Transaction, numbers: Iterable[int]) -> None:
    """Let messages be wanted no more that no chat has been shown."""
    await tx.run_many(
        "DELETE FROM messages WHERE id = :id AND message_id IS NULL AND sending = 0",
        [{"id": number} for number in numbers],
    )


def _owed(row: Row) -> Owed:
    return Owed(read(row["of_use"]), from_text(row["wanted_at"]) if row["wanted_at"] else None)
