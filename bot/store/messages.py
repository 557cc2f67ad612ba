"""Messages as wanted state: what each chat shall show; ``showing`` has what it does show."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.chat.messages import SCREEN, STRAY, Reader, View
from bot.domain.chat.uses import STANDS
from bot.store import contents
from bot.store import sheets as sheets_of
from bot.store.database import Statement, Transaction
from bot.store.moments import maybe

AWAY = "unreachable"
"""The fault of every message to a chat that takes none at present."""

DOUBT = "doubt"
"""The fault of a message that is sent once, when nobody knows what became of it."""

# A screen that a tap waits for is not put behind by a broadcast, and what is sent once stays in its lane, held or in
# doubt until it has been seen. Only a screen is written anew by others: then it is held no more, unless it is for what
# is paused too, and brings what it says. Nobody else would let it go, for it may not bring any more what held it.
WANT = (
    "INSERT INTO messages (network, chat_id, key, of_use, page, text, buttons, face, neutral, lane, revision,"  # noqa: S608  no input
    " shown, recipe, document_name, document_stamp, carries, once, held, passing, wanted_at, sheets, fault)"
    f" VALUES (:network, :chat_id, :key, COALESCE(:use, '{STANDS}'), :page, :text, :buttons, :face, :neutral, :lane,"
    " 1, 0,"
    " :recipe, :name, :stamp, :carries, :once, :held, :passing, :at, :sheets,"
    " (SELECT :away FROM accounts"
    " WHERE network = :network AND chat_id = :chat_id AND unreachable IS NOT NULL))"
    " ON CONFLICT (network, chat_id, key) DO UPDATE SET text = excluded.text, buttons = excluded.buttons,"
    " face = excluded.face,"
    " sheets = excluded.sheets, page = excluded.page, of_use = COALESCE(:use, messages.of_use),"
    " neutral = excluded.neutral, revision = messages.revision + 1,"
    " lane = CASE WHEN messages.once = 1 AND messages.message_id IS NULL THEN messages.lane"
    " WHEN messages.shown <> messages.revision AND messages.fault IS NULL AND messages.lane < excluded.lane"
    " THEN messages.lane ELSE excluded.lane END,"
    " held = CASE WHEN excluded.held = 0 AND messages.once = 0 THEN 0 ELSE messages.held END,"
    " once = CASE WHEN messages.once = 1 THEN 1 ELSE excluded.once END,"
    f" carries = CASE WHEN messages.key = '{SCREEN}' THEN excluded.carries"
    " ELSE COALESCE(excluded.carries, messages.carries) END,"
    f" fault = CASE WHEN messages.fault = '{DOUBT}' AND messages.message_id IS NULL THEN messages.fault"
    " ELSE excluded.fault END,"
    " recipe = CASE WHEN messages.shown = messages.revision AND messages.shown_document = excluded.document_stamp"
    " THEN NULL ELSE excluded.recipe END,"
    " document_name = excluded.document_name, document_stamp = excluded.document_stamp, passing = excluded.passing,"
    " wanted_at = COALESCE(excluded.wanted_at, messages.wanted_at)"
    " WHERE messages.passing + excluded.passing > 0 OR COALESCE(messages.text, '') <> COALESCE(excluded.text, '')"
    " OR COALESCE(messages.buttons, '') <> COALESCE(excluded.buttons, '')"
    " OR COALESCE(messages.face, '') <> COALESCE(excluded.face, '')"
    " OR COALESCE(messages.document_stamp, '') <> COALESCE(excluded.document_stamp, '')"
    " OR COALESCE(messages.carries, '') <> COALESCE(excluded.carries, messages.carries, '')"
    " OR messages.fault IS NOT NULL OR (messages.held > excluded.held AND messages.once = 0)"
)


async def want(tx: Transaction, wanted: Iterable[Mapping[str, object]], at: datetime | None = None) -> Statement | None:
    """Say ``at`` a moment what messages shall become, each as ``wish`` writes it; what is wanted already stays so.

    Of what passes nobody can say whether it is the same: it is shown again. How many have ``changed`` is known when
    that is written.
    """
    wishes = [{**each, "at": maybe(at)} for each in wanted]
    if not wishes:
        return None
    written = await tx.run_many(WANT, wishes)
    for each in wishes:
        contents.keep(tx, each)
    if cut := [each for each in wishes if each["sheets"]]:
        await sheets_of.keep(tx, cut)
    return written


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
    The ``sheets`` of which the view is one are added to it, and how long it is of ``use``, where that is not as it was.
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
        "use": None,
        "page": view.name if view else "",
        **contents.written(view),
        "neutral": int(view.neutral) if view else 1,
        "lane": lane,
        "name": document.name if document else None,
        "stamp": stamp,
        "carries": named(view.carries) if view and view.carries else None,
        "once": int(once),
        "held": int(held),
        "sheets": None,
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


async def forget(tx: Transaction, network: str, chat_id: int, message_id: int) -> None:
    """Let a message that is none of ours disappear from a chat."""
    await tx.run(
        "INSERT INTO messages (network, chat_id, key, neutral, lane, revision, shown, message_id)"
        " VALUES (:network, :chat_id, :key, 1, 0, 1, 0, :message_id) ON CONFLICT (network, chat_id, key) DO NOTHING",
        network=network,
        chat_id=chat_id,
        key=f"{STRAY}{message_id}",
        message_id=message_id,
    )


async def on_its_way(tx: Transaction, network: str, chat_id: int, data: str) -> str | None:
    """Return the key of the message with this button that is being sent to a chat just now, if there is one."""
    rows = await tx.rows(
        "SELECT * FROM messages WHERE network = :network AND chat_id = :chat_id AND sending = revision"
        " AND message_id IS NULL AND text IS NOT NULL",
        network=network,
        chat_id=chat_id,
    )
    shown = ((row["key"], json.loads(contents.of(tx, row).buttons or "[]")) for row in rows)
    return next((key for key, buttons in shown if any(data in _pressing(each) for each in buttons)), None)


def _pressing(row: list[dict[str, str]]) -> set[str]:
    return {button["callback_data"] for button in row}
