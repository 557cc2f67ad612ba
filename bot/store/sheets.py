"""The sheets of a message that is longer than one: all of them are kept, one is shown, and a press turns to another."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.chat.messages import Reader, View
from bot.store.contents import face, keyboard
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class Place:
    """Which list a message shows, and at which of its sheets it is, counted from 0."""

    name: str
    at: int


def written(sheets: Sequence[View], place: Place) -> str:
    """Write down all sheets, and at which of them a message is."""
    texts = [{"text": each.text, "buttons": keyboard(each), "face": face(each)} for each in sheets]
    return json.dumps({"name": place.name, "at": place.at, "sheets": texts}, ensure_ascii=False)


def texts(kept: str | None) -> list[str]:
    """Return all that is said and pressed on the sheets of a message, shown or not."""
    found = json.loads(kept)["sheets"] if kept else []
    return [word for each in found for word in (each["text"], each["buttons"])]


async def keep(tx: Transaction, wishes: Iterable[Mapping[str, object]]) -> None:
    """Keep the sheets of messages whose shown sheet has stayed as it was while others changed."""
    await tx.run_many(
        "UPDATE messages SET sheets = :sheets WHERE network = :network AND chat_id = :chat_id AND key = :key"
        " AND sheets <> :sheets",
        [{name: each[name] for name in ("sheets", "network", "chat_id", "key")} for each in wishes],
    )


async def place_of(tx: Transaction, reader: Reader, key: str) -> Place | None:
    """Return at which sheet of which list a message is; nothing where it is one whole."""
    row = await tx.row(
        "SELECT sheets FROM messages WHERE network = :network AND chat_id = :chat_id AND key = :key",
        network=reader.network,
        chat_id=reader.chat_id,
        key=key,
    )
    found = json.loads(row["sheets"]) if row and row["sheets"] else None
    return Place(found["name"], found["at"]) if found else None


async def turn_to(tx: Transaction, network: str, chat_id: int, key: str, number: int) -> bool:
    """Show another sheet of a message; say whether there is such a sheet."""
    there = "network = :network AND chat_id = :chat_id AND key = :key"
    where = {"network": network, "chat_id": chat_id, "key": key}
    row = await tx.row(f"SELECT sheets FROM messages WHERE {there} AND text IS NOT NULL", **where)  # noqa: S608  no input
    found = json.loads(row["sheets"]) if row and row["sheets"] else {"sheets": []}
    if not 0 <= number < len(found["sheets"]):
        return False
    sheet = found["sheets"][number]
    await tx.run(
        "UPDATE messages SET text = :text, buttons = :buttons, face = :face, sheets = :sheets, revision = revision + 1,"  # noqa: S608  no input
        f" lane = 0 WHERE {there}",
        text=sheet["text"],
        buttons=sheet["buttons"],
        face=sheet["face"],
        sheets=json.dumps({**found, "at": number}, ensure_ascii=False),
        **where,
    )
    return True
