"""Whose a chat is: somebody's of the staff, or a kiosk's, on each network."""

from bot.domain.chat.messages import Reader
from bot.store.database import Row, Transaction

ACCOUNT = (
    "SELECT a.person, a.kiosk, a.unreachable,"
    " p.id, p.role, p.name, p.language AS person_language, p.services, p.units,"
    " k.unit, k.language AS greets_in, s.language, s.inmate, s.view, s.trail, s.step, s.draft, s.active_at,"
    " m.key AS pressed"
    " FROM accounts a LEFT JOIN people p ON p.id = a.person LEFT JOIN kiosks k ON k.id = a.kiosk"
    " LEFT JOIN kiosk_sessions s ON s.kiosk = a.kiosk LEFT JOIN messages m ON m.network = a.network"
    " AND m.chat_id = a.chat_id AND m.message_id = :message_id"
    " WHERE a.network = :network AND a.chat_id = :chat_id"
)


async def account(tx: Transaction, network: str, chat_id: int, message_id: int | None) -> Row | None:
    """Return in one row who uses an address: the person, or the kiosk and what it is doing; and what was pressed."""
    return await tx.row(ACCOUNT, network=network, chat_id=chat_id, message_id=message_id)


def foresee_account(tx: Transaction, network: str, chat_id: int, message_id: int | None) -> None:
    """Say that ``account`` will be asked next."""
    tx.foresee(ACCOUNT, network=network, chat_id=chat_id, message_id=message_id)


async def link_person(tx: Transaction, network: str, chat_id: int, person_id: str) -> None:
    """Let an address belong to somebody who works at the hub."""
    tx.accounts_changed = True
    await tx.run(
        "INSERT INTO accounts (network, chat_id, person) VALUES (:network, :chat_id, :person)"
        " ON CONFLICT (network, chat_id) DO UPDATE SET person = excluded.person",
        network=network,
        chat_id=chat_id,
        person=person_id,
    )


async def has_account(tx: Transaction, network: str, *, person: str | None = None, kiosk: str | None = None) -> bool:
    """Say whether a person or a kiosk has an address on a network."""
    row = await tx.row(
        "SELECT chat_id FROM accounts WHERE network = :network AND (person = :person OR kiosk = :kiosk)",
        network=network,
        person=person,
        kiosk=kiosk,
    )
    return row is not None


async def link_kiosk(tx: Transaction, network: str, chat_id: int, kiosk: str) -> None:
    """Let an address be a kiosk."""
    tx.accounts_changed = True
    await tx.run(
        "INSERT INTO accounts (network, chat_id, kiosk) VALUES (:network, :chat_id, :kiosk)",
        network=network,
        chat_id=chat_id,
        kiosk=kiosk,
    )


async def new_chat(tx: Transaction, kind: str, first: int) -> int:
    """Return the number of a new house chat; it was never anybody else's."""
    row = await tx.row(
        "INSERT INTO counters (name, value) VALUES (:name, :first)"
        " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
        name=f"{kind} chats",
        first=first,
    )
    return int(row["value"]) if row else first


async def chats_on(tx: Transaction, network: str) -> list[tuple[int, str, bool]]:
    """Return a network's chats: id, whose it is, and whether that is a kiosk."""
    rows = await tx.rows(
        "SELECT chat_id, person, kiosk FROM accounts WHERE network = :network ORDER BY chat_id", network=network
    )
    return [(row["chat_id"], row["kiosk"] or row["person"], row["kiosk"] is not None) for row in rows]


async def addresses_of(tx: Transaction, *people: str) -> list[Reader]:
    """Return every chat of these people; whether a network leaves the house is for the delivery to say."""
    # All of them are asked for, whoever is meant: so the answer is good for the next turn as well.
    rows = await tx.rows(
        "SELECT a.network, a.chat_id, a.person, p.language FROM accounts a JOIN people p ON p.id = a.person"
        " ORDER BY a.network, a.chat_id"
    )
    meant = set(people)
    found = (row for row in rows if row["person"] in meant)
    return [Reader(row["network"], row["chat_id"], row["language"], False, person=row["person"]) for row in found]
