"""What the chats do show: what is carried out next, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.chat.messages import LANE_BROADCAST, TYPED
from bot.domain.chat.uses import STANDS, Use, read
from bot.store import contents
from bot.store.database import Row, Transaction
from bot.store.messages import DOUBT
from bot.store.moments import from_text

WAITS = "network = :network AND shown <> revision AND fault IS NULL AND held = 0"

ONE_BEHIND = f"SELECT id FROM messages WHERE {WAITS} AND lane = {LANE_BROADCAST} LIMIT 1"  # noqa: S608  no input

UNSENDABLE = "(text IS NULL OR (document_stamp IS NOT NULL AND recipe IS NULL))"
"""What cannot be sent (anew): what is not wanted, and a document that has been sent before."""

IN_DOUBT = (
    "UPDATE messages SET doubts = doubts + 1, sending = 0,"  # noqa: S608  no input
    f" fault = CASE WHEN once = 1 AND message_id IS NULL THEN '{DOUBT}' ELSE fault END"
)

NEVER_SENT = f"once = 1 AND message_id IS NULL AND sending = 0 AND COALESCE(fault, '') <> '{DOUBT}'"
"""What goes only once, and has not gone."""

Place = tuple[int, int]
"""A message as it was at some time: its id and its revision."""

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
    recipe: str | None = field(default=None, repr=False)
    document_name: str | None = None
    document_stamp: str | None = None
    shown_document: str | None = None
    lane: int = 0
    carries: str | None = None
    passing: bool = False
    use: Use = STANDS
    face: str | None = field(default=None, repr=False)

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
        return self.message_id is None and self.document_stamp is not None and self.recipe is None

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


async def urgent(
    tx: Transaction, network: str, limit: int, aside: Collection[Place] = (), failed: Collection[Place] = ()
) -> list[Message]:
    """Return for each chat the first message that it does not show as wanted; answers to taps come first.

    What is told to many is not among them, and neither is what stands ``aside``. What has ``failed`` comes after
    everything that has not been tried.
    """
    sql, values = _asked_urgent(network, limit, aside, failed)
    return [_message(tx, row) for row in await tx.rows(sql, **values)]


def foresee_urgent(
    tx: Transaction, network: str, limit: int, aside: Collection[Place] = (), failed: Collection[Place] = ()
) -> None:
    """Say that ``urgent`` will be asked next."""
    sql, values = _asked_urgent(network, limit, aside, failed)
    tx.foresee(sql, **values)


def _asked_urgent(
    network: str, limit: int, aside: Collection[Place], failed: Collection[Place]
) -> tuple[str, dict[str, object]]:
    (named, values), (tried, more) = _places("aside", aside), _places("failed", failed)
    others = f" AND (m.id, m.revision) NOT IN ({named})" if aside else ""
    last = f"CASE WHEN (m.id, m.revision) IN ({tried}) THEN 1 ELSE 0 END, " if failed else ""
    sql = (
        f"SELECT * FROM (SELECT m.*, ROW_NUMBER() OVER (PARTITION BY chat_id ORDER BY {last}lane, id) AS place"  # noqa: S608  no input
        f" FROM messages m WHERE {WAITS} AND lane < {LANE_BROADCAST}{others}) AS waiting"
        " WHERE place = 1 ORDER BY lane, id LIMIT :limit"
    )
    return sql, {"network": network, "limit": limit, **values, **more}


async def behind(
    tx: Transaction, network: str, limit: int, busy: Collection[int], aside: Collection[Place] = ()
) -> list[Message]:
    """Return the next messages of broadcasts, one for a chat, to chats that wait for nothing else and are not busy."""
    chats = {f"chat{number}": chat for number, chat in enumerate(busy)}
    not_busy = f" AND chat_id NOT IN ({', '.join(f':{name}' for name in chats)})" if chats else ""
    named, values = _places("aside", aside)
    others, before = (f" AND ({table}.id, {table}.revision) NOT IN ({named})" if aside else "" for table in "mu")
    sql = (
        f"SELECT * FROM messages m WHERE {WAITS} AND lane = {LANE_BROADCAST}{others} AND NOT EXISTS"  # noqa: S608  no input
        " (SELECT 1 FROM messages u WHERE u.network = m.network AND u.chat_id = m.chat_id AND u.shown <> u.revision"
        f" AND u.fault IS NULL AND u.held = 0 AND u.lane < {LANE_BROADCAST}{before}){not_busy} ORDER BY id LIMIT :limit"
    )
    rows = await tx.rows(sql, network=network, limit=limit, **chats, **values)
    firsts = {row["chat_id"]: row for row in reversed(rows)}
    return [_message(tx, row) for row in reversed(firsts.values())]


def _places(name: str, places: Collection[Place]) -> tuple[str, dict[str, int]]:
    named = ", ".join(f"(:{name}{number}, :{name}_revision{number})" for number in range(len(places)))
    values = {f"{name}{number}": each for number, (each, _) in enumerate(places)}
    values |= {f"{name}_revision{number}": revision for number, (_, revision) in enumerate(places)}
    return f"VALUES {named}", values


def foresee_behind(tx: Transaction, network: str) -> None:
    """Say that ``any_behind`` will be asked next."""
    tx.foresee(ONE_BEHIND, network=network)


def expect_behind(tx: Transaction, network: str) -> None:
    """Say that ``any_behind`` will be asked."""
    tx.expect(ONE_BEHIND, network=network)


async def any_behind(tx: Transaction, network: str) -> bool:
    """Say whether a broadcast is owed to anybody, now or later."""
    return await tx.row(ONE_BEHIND, network=network) is not None


async def anything_waits(tx: Transaction, network: str) -> bool:
    """Say whether some chat of a network does not show what it shall."""
    return await tx.row(f"SELECT id FROM messages WHERE {WAITS} LIMIT 1", network=network) is not None  # noqa: S608  no input


async def settle_doubts(tx: Transaction, network: str) -> None:
    """On a network that shows nothing but what is known here nobody doubts: what is not shown has not been sent."""
    doubtful = f"network = :network AND fault = '{DOUBT}' AND message_id IS NULL"
    await tx.run(f"DELETE FROM messages WHERE {doubtful} AND held = {STOPPED}", network=network)  # noqa: S608  no input
    await tx.run(f"UPDATE messages SET fault = NULL WHERE {doubtful}", network=network)  # noqa: S608  no input


async def doubt_interrupted(tx: Transaction, network: str) -> int:
    """After a crash, count every send that was under way as a doubt; return how many there were."""
    rows = await tx.rows(
        f"{IN_DOUBT} WHERE network = :network AND sending > 0 RETURNING id",
        network=network,
    )
    return len(rows)


async def forget_shown(tx: Transaction, network: str) -> None:
    """On a network that starts afresh nothing is shown: wanted messages are sent anew, unwanted ones are gone.

    So are documents that had been sent, for their recipes are kept nowhere, and what somebody had typed.
    """
    gone = f"({UNSENDABLE} OR key LIKE '{TYPED}%')"
    await tx.run(f"DELETE FROM messages WHERE network = :network AND {gone}", network=network)  # noqa: S608  no input
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
        content.recipe,
        row["document_name"],
        row["document_stamp"],
        row["shown_document"],
        row["lane"],
        row["carries"],
        bool(row["passing"]),
        read(row["of_use"]),
        content.face,
    )
