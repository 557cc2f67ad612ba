"""Messages as wanted state: what each chat shall show, and what it does show."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.messages import LANE_BROADCAST, PAGE, SCREEN, Posted, Reader, View
from bot.store.database import Row, Transaction
from bot.store.moments import from_text, maybe

AWAY = "unreachable"
"""The fault of every message to a chat that takes none at present."""

DOUBT = "doubt"
"""The fault of a message that is sent once, when nobody knows what became of it."""

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

# A screen that a tap waits for is not put behind by a broadcast, and what is sent once stays in its lane, held or in
# doubt until it has been seen. Only a screen is written anew by taps: then it is held no more, and brings what it says.
WANT = (
    "INSERT INTO messages (network, chat_id, key, text, buttons, neutral, lane, revision, shown,"  # noqa: S608  no input
    " document, document_name, document_stamp, carries, once, held, fault)"
    " VALUES (:network, :chat_id, :key, :text, :buttons, :neutral, :lane, 1, 0, :document, :name, :stamp,"
    " :carries, :once, :held,"
    " (SELECT :away FROM accounts"
    " WHERE network = :network AND chat_id = :chat_id AND unreachable IS NOT NULL))"
    " ON CONFLICT (network, chat_id, key) DO UPDATE SET text = excluded.text, buttons = excluded.buttons,"
    " neutral = excluded.neutral, revision = messages.revision + 1,"
    " lane = CASE WHEN messages.once = 1 AND messages.message_id IS NULL THEN messages.lane"
    " WHEN messages.shown <> messages.revision AND messages.fault IS NULL AND messages.lane < excluded.lane"
    " THEN messages.lane ELSE excluded.lane END,"
    f" held = CASE WHEN excluded.lane < {LANE_BROADCAST} AND messages.once = 0 THEN 0 ELSE messages.held END,"
    " once = CASE WHEN messages.once = 1 THEN 1 ELSE excluded.once END,"
    f" carries = CASE WHEN messages.key = '{SCREEN}' THEN excluded.carries"
    " ELSE COALESCE(excluded.carries, messages.carries) END,"
    f" fault = CASE WHEN messages.fault = '{DOUBT}' AND messages.message_id IS NULL THEN messages.fault"
    " ELSE excluded.fault END,"
    " document = CASE WHEN messages.shown = messages.revision AND messages.shown_document = excluded.document_stamp"
    " THEN NULL ELSE excluded.document END,"
    " document_name = excluded.document_name, document_stamp = excluded.document_stamp"
    " WHERE COALESCE(messages.text, '') <> COALESCE(excluded.text, '')"
    " OR COALESCE(messages.buttons, '') <> COALESCE(excluded.buttons, '')"
    " OR COALESCE(messages.document_stamp, '') <> COALESCE(excluded.document_stamp, '')"
    " OR COALESCE(messages.carries, '') <> COALESCE(excluded.carries, messages.carries, '')"
    " OR messages.fault IS NOT NULL"
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

Place = tuple[str, int, str]
"""Where a message stands: the network, the chat, and the key there."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one chat. ``text`` None means that it shall not be there; ``shown`` is the revision it shows."""

    id: int
    network: str
    chat_id: int
    key: str
    text: str | None
    buttons: str | None
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


async def want(tx: Transaction, wanted: Iterable[Mapping[str, object]]) -> None:
    """Say what messages shall become, each as ``wish`` writes it; wanting what is wanted already changes nothing."""
    await tx.run_many(WANT, wanted)


def wish(
    reader: Reader,
    key: str,
    view: View | None,
    lane: int,
    stamp: str | None = None,
    *,
    once: bool = False,
    held: bool = False,
) -> dict[str, object]:
    """Write down what a message shall become.

    ``stamp`` tells the view's document from others without telling what is in it. A document that the chat shows
    already is not kept a second time. A chat that takes no messages at present is left in peace until it works again.
    What goes ``once`` is not sent again when nobody knows what became of it; what is ``held`` waits until it is let go.
    """
    document = view.document if view else None
    if (document is None) is not (stamp is None):
        message = "a document and its stamp come together"
        raise ValueError(message)
    if document and key == SCREEN:
        message = "a kiosk's screen is one message that only changes: it carries no document"
        raise ValueError(message)
    return {
        "network": reader.network,
        "chat_id": reader.chat_id,
        "key": key,
        "text": view.text if view else None,
        "buttons": keyboard(view) if view else None,
        "neutral": int(view.neutral) if view else 1,
        "lane": lane,
        "document": document.content if document else None,
        "name": document.name if document else None,
        "stamp": stamp,
        "carries": named(view.carries) if view and view.carries else None,
        "once": int(once),
        "held": int(held),
        "away": AWAY,
    }


def named(broadcasts: Iterable[int]) -> str:
    """Write which broadcasts a message brings: numbers between spaces, so that each is found by ``like``."""
    return f" {' '.join(str(each) for each in broadcasts)} "


def like(broadcast: int) -> str:
    """Return the pattern of whatever brings a broadcast."""
    return f"% {broadcast} %"


def brought(carries: str | None) -> list[int]:
    """Read which broadcasts a message brings."""
    return [int(each) for each in (carries or "").split()]


def keyboard(view: View) -> str:
    """Write a view's buttons as the chat network's inline keyboard."""
    return json.dumps(
        [
            [
                {"text": button.text, "callback_data": button.data} | ({"style": button.style} if button.style else {})
                for button in row
            ]
            for row in view.rows
        ]
    )


async def forget(tx: Transaction, network: str, chat_id: int, message_id: int) -> None:
    """Let a message that is none of ours disappear from a chat."""
    await tx.run(
        "INSERT INTO messages (network, chat_id, key, neutral, lane, revision, shown, message_id)"
        " VALUES (:network, :chat_id, :key, 1, 0, 1, 0, :message_id) ON CONFLICT (network, chat_id, key) DO NOTHING",
        network=network,
        chat_id=chat_id,
        key=f"stray:{message_id}",
        message_id=message_id,
    )


async def renew(tx: Transaction, reader: Reader, key: str, sent_before: datetime, sent_after: datetime) -> None:
    """Let a message be made anew, below everything else, where the old one was sent between two moments."""
    await tx.run(
        "UPDATE messages SET key = 'stray:' || message_id, text = NULL, buttons = NULL, revision = revision + 1,"
        " document = NULL, document_name = NULL, document_stamp = NULL"
        " WHERE network = :network AND chat_id = :chat_id AND key = :key AND message_id IS NOT NULL"
        " AND sent_at > :sent_after AND sent_at <= :sent_before",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
        sent_after=maybe(sent_after),
        sent_before=maybe(sent_before),
    )


async def move_down(tx: Transaction, reader: Reader, key: str, instead: View) -> None:
    """Let a message be sent anew below everything else; the old one says ``instead`` where the new one is.

    An old one with a document is taken away: a document cannot become words.
    """
    await tx.run(
        "UPDATE messages SET key = 'was:' || message_id, buttons = '[]', revision = revision + 1,"
        " text = CASE WHEN shown_document IS NULL THEN :text END,"
        " document = NULL, document_name = NULL, document_stamp = NULL"
        " WHERE network = :network AND chat_id = :chat_id AND key = :key AND message_id IS NOT NULL",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
        text=instead.text,
    )


async def there(tx: Transaction, places: Collection[Place]) -> set[Place]:
    """Return those of these places, each a network, a chat and a key, at which there is a message."""
    if not places:
        return set()
    named = ", ".join(f"(:network{number}, :chat{number}, :key{number})" for number in range(len(places)))
    values: dict[str, object] = {}
    for number, (network, chat_id, key) in enumerate(sorted(places)):
        values |= {f"network{number}": network, f"chat{number}": chat_id, f"key{number}": key}
    sql = f"SELECT network, chat_id, key FROM messages WHERE (network, chat_id, key) IN (VALUES {named})"  # noqa: S608  names of our own
    return {(row["network"], row["chat_id"], row["key"]) for row in await tx.rows(sql, **values)}


async def pages_of_staff(tx: Transaction) -> list[tuple[Row, str]]:
    """Return the living pages that stand in chats of the staff: whose each is, as a row of people, and its key."""
    rows = await tx.rows(
        "SELECT DISTINCT p.*, p.language AS person_language, m.key FROM people p JOIN accounts a ON a.person = p.id"
        " JOIN messages m ON m.network = a.network AND m.chat_id = a.chat_id"
        " WHERE m.key >= :first AND m.key < :last AND m.text IS NOT NULL ORDER BY p.id, m.key",
        first=PAGE,
        last=PAGE[:-1] + chr(ord(PAGE[-1]) + 1),
    )
    return [(row, row["key"]) for row in rows]


async def keys_of(tx: Transaction, person: str) -> list[str]:
    """Return the keys of everything that somebody's chats shall show."""
    rows = await tx.rows(
        "SELECT DISTINCT m.key FROM messages m JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id"
        " WHERE a.person = :person AND m.text IS NOT NULL ORDER BY m.key",
        person=person,
    )
    return [row["key"] for row in rows]


async def take_away(tx: Transaction, words: Collection[str], person: str | None = None) -> None:
    """Take every message away that says one of these words as a whole, from one person's chats or from all.

    Its key goes as well; what was never sent is simply deleted.
    """
    found = await tx.rows(
        "SELECT m.id, m.key, m.text, m.buttons FROM messages m WHERE m.text IS NOT NULL AND (:person IS NULL OR EXISTS"
        " (SELECT 1 FROM accounts a WHERE a.network = m.network AND a.chat_id = m.chat_id AND a.person = :person))",
        person=person,
    )
    said = re.compile(rf"(?<![\w-])(?:{'|'.join(re.escape(word) for word in sorted(words))})(?![\w-])")
    those = [{"id": row["id"]} for row in found if said.search(f"{row['key']}\n{row['text']}\n{row['buttons']}")]
    await tx.run_many("DELETE FROM messages WHERE id = :id AND message_id IS NULL AND sending = 0", those)
    await tx.run_many(
        "UPDATE messages SET key = 'stray:' || COALESCE(message_id, -id), text = NULL, buttons = NULL,"
        " document = NULL, document_name = NULL, document_stamp = NULL, revision = revision + 1, fault = NULL"
        " WHERE id = :id",
        those,
    )


async def shown_on(tx: Transaction, network: str) -> set[tuple[int, int]]:
    """Return chat and message id of everything that a network is known to show."""
    rows = await tx.rows(
        "SELECT chat_id, message_id FROM messages WHERE network = :network AND message_id IS NOT NULL", network=network
    )
    return {(row["chat_id"], row["message_id"]) for row in rows}


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


async def urgent(tx: Transaction, network: str, limit: int) -> list[Message]:
    """Return for each chat the first message that it does not show as wanted; answers to taps come first.

    What is told to many is not among them.
    """
    rows = await tx.rows(f"{URGENT} ORDER BY lane, id LIMIT :limit", network=network, limit=limit)
    return [_message(row) for row in rows]


async def behind(tx: Transaction, network: str, limit: int, busy: Collection[int]) -> list[Message]:
    """Return the next messages of broadcasts, one for a chat, to chats that wait for nothing else and are not busy."""
    chats = {f"chat{number}": chat for number, chat in enumerate(busy)}
    others = f" AND chat_id NOT IN ({', '.join(f':{name}' for name in chats)})" if chats else ""
    sql = f"{BEHIND}{others} ORDER BY id LIMIT :limit"
    rows = await tx.rows(sql, network=network, limit=limit, **chats)
    firsts = {row["chat_id"]: row for row in reversed(rows)}
    return [_message(row) for row in reversed(firsts.values())]


async def anything_waits(tx: Transaction, network: str) -> bool:
    """Say whether some chat of a network does not show what it shall."""
    return await tx.row(f"SELECT id FROM messages WHERE {WAITS} LIMIT 1", network=network) is not None  # noqa: S608  no input


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


def _message(row: Row) -> Message:
    return Message(
        row["id"],
        row["network"],
        row["chat_id"],
        row["key"],
        row["text"],
        row["buttons"],
        bool(row["neutral"]),
        row["revision"],
        row["shown"],
        row["message_id"],
        from_text(row["sent_at"]) if row["sent_at"] else None,
        row["sending"],
        row["document"],
        row["document_name"],
        row["document_stamp"],
        row["shown_document"],
        row["lane"],
        row["carries"],
    )
