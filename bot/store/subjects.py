"""What the messages of the chats are about: found by it when it changes, and taken away by it when it goes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.chat import uses
from bot.domain.chat.messages import STRAY, WAS
from bot.domain.people import Person
from bot.domain.screen.kiosks import KioskSession
from bot.domain.subjects import Subject, read
from bot.store.database import Row, Transaction
from bot.store.keys import Keys
from bot.store.kiosks import session_of
from bot.store.messages import AWAY, DOUBT
from bot.store.people import person_of

Place = tuple[str, int, str]
"""Where a message stands: the network, the chat, and the key there."""

Found = TypeVar("Found", Place, Subject)

AT_ONCE = 1_000
"""So many places or subjects stand in one question: SQLite looks for each value among the names of all of them.

It would take some thirty thousand values, and PostgreSQL twice that.
"""

STANDS = f"m.text IS NOT NULL AND m.key NOT LIKE '{STRAY}%' AND m.key NOT LIKE '{WAS}%'"


@dataclass(frozen=True, slots=True)
class At:
    """What is known of the places that are about to be written: the page that stands in each, and what it is about.

    What stood in those that were ``refused`` has not arrived, and whoever counts that hears of what comes instead.
    """

    there: Mapping[Place, str] = field(default_factory=dict)
    about: Mapping[Place, frozenset[str]] = field(default_factory=dict)
    refused: frozenset[Place] = frozenset()


async def at(tx: Transaction, places: Collection[Place]) -> At:
    """Return which of these places have a message, and what it has been about so far."""
    found: dict[Place, set[str]] = {}
    there: dict[Place, str] = {}
    refused: set[Place] = set()
    for batch in _batches(places):
        for row in await _at(tx, batch):
            place = row["network"], row["chat_id"], row["key"]
            there[place] = row["page"]
            found.setdefault(place, set()).update({row["subject"]} if row["subject"] else ())
            refused |= {place} if row["fault"] not in {None, AWAY, DOUBT} else set()
    return At(there, {place: frozenset(each) for place, each in found.items()}, frozenset(refused))


def expect_at(tx: Transaction, place: Place) -> None:
    """Say that just this place is likely to be written."""
    sql, values = _asked_at([place])
    tx.expect(sql, **values)


async def _at(tx: Transaction, places: Sequence[Place]) -> list[Row]:
    sql, values = _asked_at(places)
    return await tx.rows(sql, **values)


def _asked_at(places: Sequence[Place]) -> tuple[str, dict[str, object]]:
    named = ", ".join(f"(:network{number}, :chat{number}, :key{number})" for number in range(len(places)))
    values: dict[str, object] = {}
    for number, (network, chat_id, key) in enumerate(places):
        values |= {f"network{number}": network, f"chat{number}": chat_id, f"key{number}": key}
    sql = (
        "SELECT m.network, m.chat_id, m.key, m.page, m.fault, s.subject FROM messages m"  # noqa: S608  names of our own
        f" LEFT JOIN message_subjects s ON s.message = m.id WHERE (m.network, m.chat_id, m.key) IN (VALUES {named})"
    )
    return sql, values


def _batches(items: Collection[Found]) -> Iterator[Sequence[Found]]:
    """Return these in parts: a database takes only so many values in one question."""
    ordered = sorted(items)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


async def write(tx: Transaction, wanted: Mapping[Place, frozenset[str]], before: At) -> None:
    """Write down what messages are about now, where that has changed."""
    gone = [(place, each) for place, now in wanted.items() for each in before.about.get(place, frozenset()) - now]
    new = [(place, each) for place, now in wanted.items() for each in now - before.about.get(place, frozenset())]
    message = "SELECT id FROM messages WHERE network = :network AND chat_id = :chat_id AND key = :key"
    if gone:
        sql = f"DELETE FROM message_subjects WHERE subject = :subject AND message = ({message})"  # noqa: S608  no input
        await tx.run_many(sql, _values(gone))
    if new:
        sql = (
            "INSERT INTO message_subjects (message, subject)"  # noqa: S608  no input
            f" SELECT id, :subject FROM ({message}) AS its WHERE true ON CONFLICT (subject, message) DO NOTHING"
        )
        await tx.run_many(sql, _values(new))


def _values(found: Iterable[tuple[Place, str]]) -> list[dict[str, object]]:
    return [
        {"network": network, "chat_id": chat_id, "key": key, "subject": subject}
        for (network, chat_id, key), subject in sorted(found)
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands about something: in whose chats of the staff, by its key and its page, and on which screens."""

    pages: tuple[tuple[Person, str, str], ...] = ()
    screens: tuple[KioskSession, ...] = ()


async def standing(tx: Transaction, keys: Keys, subjects: Collection[Subject]) -> Standing:
    """Return everything that stands about any of these, each once."""
    pages: dict[tuple[str, str, str], Person] = {}
    screens: dict[str, KioskSession] = {}
    for batch in _batches(subjects):
        rows = await _standing(tx, batch)
        pages |= {(row["id"], row["key"], row["page"]): person_of(row) for row in rows if row["id"]}
        screens |= {row["kiosk"]: session_of(row, keys) for row in rows if row["kiosk"]}
    return Standing(
        tuple((pages[each], *each[1:]) for each in sorted(pages)), tuple(screens[each] for each in sorted(screens))
    )


async def _standing(tx: Transaction, subjects: Sequence[Subject]) -> list[Row]:
    named, listed = _named(subjects)
    return await tx.rows(
        "SELECT DISTINCT p.id, p.role, p.name, p.language AS person_language, p.services, p.units, m.key, m.page,"  # noqa: S608  no input
        " k.unit, k.language AS greets_in, ks.*"
        " FROM message_subjects s JOIN messages m ON m.id = s.message"
        " JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id LEFT JOIN people p ON p.id = a.person"
        " LEFT JOIN kiosks k ON k.id = a.kiosk LEFT JOIN kiosk_sessions ks ON ks.kiosk = a.kiosk"
        f" WHERE s.subject IN ({listed}) AND {STANDS}",
        **named,
    )


async def at_kiosks(tx: Transaction, keys: Keys, subjects: Collection[Subject]) -> list[str]:
    """Return the kiosks on whose screens something stands about any of these."""
    return [each.kiosk for each in (await standing(tx, keys, subjects)).screens]


async def of_person(tx: Transaction, person: str) -> dict[str, frozenset[Subject]]:
    """Return everything that somebody's chats shall show: by key, what it is about."""
    rows = await tx.rows(
        "SELECT DISTINCT m.key, s.subject FROM messages m JOIN accounts a ON a.network = m.network"
        " AND a.chat_id = m.chat_id LEFT JOIN message_subjects s ON s.message = m.id"
        " WHERE a.person = :person AND m.text IS NOT NULL ORDER BY m.key",
        person=person,
    )
    found: dict[str, frozenset[Subject]] = {}
    for row in rows:
        about = frozenset({read(row["subject"])}) if row["subject"] else frozenset()
        found[row["key"]] = found.get(row["key"], frozenset()) | about
    return found


async def take_away(
    tx: Transaction, subjects: Collection[Subject], person: str | None = None, besides: Collection[str] = ()
) -> None:
    """Take every message away that is about one of these, from one person's chats or from all, ``besides`` some keys.

    Its key goes as well; what was never sent is simply deleted.
    """
    those: dict[int, str] = {}
    for batch in _batches(subjects):
        those |= {row["id"]: row["key"] for row in await _about(tx, batch, person)}
    await _take(tx, [{"id": number} for number, key in those.items() if key not in besides])


async def _about(tx: Transaction, subjects: Sequence[Subject], person: str | None) -> list[Row]:
    named, listed = _named(subjects)
    return await tx.rows(
        "SELECT DISTINCT m.id, m.key FROM messages m JOIN message_subjects s ON s.message = m.id"  # noqa: S608  no input
        f" WHERE m.text IS NOT NULL AND s.subject IN ({listed}) AND (:person IS NULL OR EXISTS"
        " (SELECT 1 FROM accounts a WHERE a.network = m.network AND a.chat_id = m.chat_id AND a.person = :person))",
        person=person,
        **named,
    )


async def _take(tx: Transaction, those: list[dict[str, object]]) -> None:
    await tx.run_many("DELETE FROM messages WHERE id = :id AND message_id IS NULL AND sending = 0", those)
    await tx.run_many(
        f"UPDATE messages SET key = '{STRAY}' || COALESCE(message_id, -id), of_use = '{uses.STANDS}',"  # noqa: S608  no input
        " text = NULL, buttons = NULL, face = NULL, recipe = NULL, document_name = NULL, document_stamp = NULL,"
        " sheets = NULL, passing = 0, fault = NULL, revision = revision + 1 WHERE id = :id",
        those,
    )


def _named(subjects: Collection[Subject]) -> tuple[dict[str, object], str]:
    named: dict[str, object] = {f"subject{number}": str(each) for number, each in enumerate(subjects)}
    return named, ", ".join(f":{name}" for name in named)
