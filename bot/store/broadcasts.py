"""Broadcasts, the chats that shall see them, and what became of them there."""

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.domain.broadcasts import Broadcast, State, Target
from bot.domain.chat.messages import LANE_BROADCAST, SCREEN
from bot.store.database import Row, Transaction
from bot.store.messages import AWAY, DOUBT, brought, like
from bot.store.moments import from_text, maybe_from, to_text
from bot.store.showing import NEVER_SENT, STOPPED, Message

BRINGS = "carries IS NOT NULL AND carries LIKE :carries"
NOT_SEEN = f"{BRINGS} AND shown <> revision AND (message_id IS NULL OR (key = '{SCREEN}' AND lane = {LANE_BROADCAST}))"
IN_CHAT = f"SELECT 1 FROM messages m WHERE m.network = t.network AND m.chat_id = t.chat_id AND {BRINGS}"  # noqa: S608  no input
TARGETS = (
    "SELECT t.person, t.kiosk, t.shown_at IS NOT NULL AS shown,"  # noqa: S608  no input
    f" EXISTS ({IN_CHAT} AND m.fault = '{DOUBT}') AS doubtful,"
    f" EXISTS ({IN_CHAT} AND m.shown <> m.revision AND m.fault IS NULL) AS waits,"
    f" EXISTS ({IN_CHAT} AND m.fault = '{AWAY}') OR NOT EXISTS (SELECT 1 FROM accounts a WHERE a.network = t.network"
    " AND a.chat_id = t.chat_id AND a.unreachable IS NULL) AS away"
    " FROM broadcast_targets t WHERE t.broadcast = :id"
)


async def add(
    tx: Transaction, about: str, person: str, at: datetime, people: Iterable[str], kiosks: Iterable[str]
) -> Broadcast:
    """Begin a broadcast to every chat of these people and kiosks."""
    row = await tx.row(
        "INSERT INTO broadcasts (about, state, person, at) VALUES (:about, :state, :person, :at) RETURNING *",
        about=about,
        state=str(State.RUNNING),
        person=person,
        at=to_text(at),
    )
    assert row  # noqa: S101 - an INSERT returns its row
    begun = _broadcast(row)
    for column, whose in (("person", people), ("kiosk", kiosks)):
        await tx.run_many(
            "INSERT INTO broadcast_targets (broadcast, network, chat_id, person, kiosk)"  # noqa: S608  names of our own
            f" SELECT :id, network, chat_id, person, kiosk FROM accounts WHERE {column} = :who",
            [{"id": begun.id, "who": each} for each in dict.fromkeys(whose)],
        )
    return begun


async def broadcast(tx: Transaction, number: int) -> Broadcast | None:
    """Return a broadcast by its number."""
    row = await tx.row("SELECT * FROM broadcasts WHERE id = :id", id=number)
    return _broadcast(row) if row else None


async def newest(tx: Transaction, about: str) -> Broadcast | None:
    """Return the broadcast about something that was begun last."""
    row = await tx.row("SELECT * FROM broadcasts WHERE about = :about ORDER BY id DESC LIMIT 1", about=about)
    return _broadcast(row) if row else None


async def running(tx: Transaction, abouts: Collection[str]) -> list[int]:
    """Return the broadcasts about any of these that are neither paused nor stopped."""
    if not abouts:
        return []
    names = {f"about{number}": about for number, about in enumerate(sorted(abouts))}
    listed = ", ".join(f":{name}" for name in names)
    sql = f"SELECT id FROM broadcasts WHERE state = :state AND about IN ({listed}) ORDER BY id"  # noqa: S608  names of our own
    return [row["id"] for row in await tx.rows(sql, state=str(State.RUNNING), **names)]


async def states(tx: Transaction, numbers: Collection[int]) -> dict[int, State]:
    """Return how these broadcasts stand."""
    found = [await broadcast(tx, number) for number in sorted(numbers)]
    return {each.id: each.state for each in found if each}


async def save(tx: Transaction, changed: Broadcast) -> None:
    """Write how a broadcast stands now."""
    await tx.run("UPDATE broadcasts SET state = :state WHERE id = :id", state=str(changed.state), id=changed.id)


async def targets(tx: Transaction, number: int) -> list[Target]:
    """Return every chat that shall see a broadcast, with what became of it there."""
    rows = await tx.rows(TARGETS, id=number, carries=like(number))
    return [_target(row) for row in rows]


async def moves(tx: Transaction, number: int) -> bool:
    """Say whether something of a broadcast is under way or may go now."""
    sql = f"SELECT id FROM messages WHERE {BRINGS} AND shown <> revision AND fault IS NULL AND held <> 1 LIMIT 1"  # noqa: S608  no input
    return await tx.row(sql, carries=like(number)) is not None


async def last_shown(tx: Transaction, number: int) -> datetime | None:
    """Return when a chat was last shown a broadcast, in UTC."""
    row = await tx.row("SELECT MAX(shown_at) AS at FROM broadcast_targets WHERE broadcast = :id", id=number)
    return maybe_from(row["at"]) if row else None


async def hold(tx: Transaction, number: int) -> None:
    """Let everything of a broadcast wait that no chat has been shown."""
    await tx.run(f"UPDATE messages SET held = 1 WHERE {NOT_SEEN}", carries=like(number))  # noqa: S608  no input


async def let_go(tx: Transaction, number: int) -> None:
    """Let what was held go."""
    await tx.run(f"UPDATE messages SET held = 0 WHERE {BRINGS} AND held = 1", carries=like(number))  # noqa: S608  no input


async def take_back(tx: Transaction, number: int) -> None:
    """Take away what was never sent; what is under way is not sent again, and a screen says what else it shall."""
    await tx.run(f"DELETE FROM messages WHERE {BRINGS} AND {NEVER_SENT}", carries=like(number))  # noqa: S608  no input
    await tx.run(
        f"UPDATE messages SET held = {STOPPED} WHERE {BRINGS} AND sending > 0 AND once = 1",  # noqa: S608  no input
        carries=like(number),
    )
    await let_go(tx, number)


async def send_again(tx: Transaction, number: int, person: str) -> bool:
    """Let somebody have a broadcast of which nobody knows whether it came; False where that is known."""
    rows = await tx.rows(
        f"UPDATE messages SET fault = NULL, held = 0 WHERE {BRINGS} AND fault = '{DOUBT}' AND text IS NOT NULL"  # noqa: S608  no input
        " AND EXISTS (SELECT 1 FROM accounts a WHERE a.network = messages.network AND a.chat_id = messages.chat_id"
        " AND a.person = :person) RETURNING id",
        carries=like(number),
        person=person,
    )
    return bool(rows)


async def screens_left(tx: Transaction, number: int) -> list[str]:
    """Return the kiosks that have not shown a broadcast and at which nobody is signed in."""
    rows = await tx.rows(
        "SELECT DISTINCT t.kiosk FROM broadcast_targets t JOIN kiosk_sessions s ON s.kiosk = t.kiosk"
        " WHERE t.broadcast = :id AND t.shown_at IS NULL AND s.inmate IS NULL ORDER BY t.kiosk",
        id=number,
    )
    return [row["kiosk"] for row in rows]


async def mark_shown(tx: Transaction, messages: Iterable[Message], now: datetime) -> None:
    """Note when chats were first shown the broadcasts that these messages bring."""
    seen = [
        {"id": number, "network": each.network, "chat_id": each.chat_id, "now": to_text(now)}
        for each in messages
        for number in brought(each.carries)
    ]
    if seen:
        await tx.run_many(
            "UPDATE broadcast_targets SET shown_at = :now"
            " WHERE broadcast = :id AND network = :network AND chat_id = :chat_id AND shown_at IS NULL",
            seen,
        )


def _broadcast(row: Row) -> Broadcast:
    return Broadcast(row["id"], row["about"], State(row["state"]), row["person"], from_text(row["at"]))


def _target(row: Row) -> Target:
    # A screen that is in use says it when it greets the next one.
    waits = bool(row["waits"]) or (row["kiosk"] is not None and not row["away"])
    return Target(
        row["person"] or row["kiosk"],
        row["kiosk"] is not None,
        bool(row["shown"]),
        bool(row["doubtful"]),
        waits,
        bool(row["away"]),
    )
