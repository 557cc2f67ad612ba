"""Whatever names a slip or an inmate says that it is about them: only so is it found when that changes, and goes."""

import json
import re
from collections.abc import Awaitable, Callable

from bot.store.database import Database, Row

STANDING = (
    "SELECT m.id, m.key, m.text, m.buttons, m.sheets, a.kiosk, a.person FROM messages m JOIN accounts a"
    " ON a.network = m.network AND a.chat_id = m.chat_id"
    " WHERE m.text IS NOT NULL AND m.passing = 0 AND m.key NOT LIKE 'typed:%' AND m.key NOT LIKE 'was:%'"
)

EXAMPLES = re.compile(r"FJ-116, KB-A1|A01 A05 B03|: A01$", re.MULTILINE)
"""What can be looked for or written, said as an example."""


async def unsaid(database: Database) -> list[str]:
    """Return each message in which something is named that it is not about, with what that is."""
    async with database.transaction() as tx:
        return await _unsaid(tx.rows)


async def _unsaid(ask: Callable[[str], Awaitable[list[Row]]]) -> list[str]:
    subjects: dict[int, set[str]] = {}
    for row in await ask("SELECT message, subject FROM message_subjects"):
        subjects.setdefault(row["message"], set()).add(row["subject"])
    codes = [row["code"] for row in await ask("SELECT code FROM slips")]
    numbers = [row["id"] for row in await ask("SELECT id FROM inmates")]
    wanted = {code: {f"slip:{code}"} for code in codes}
    wanted |= {each: {f"named:{each}", f"inmate:{each}"} for each in numbers}
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, wanted))})(?![\w-])")
    return [
        f"{row['key']} of {row['person'] or row['kiosk']} names {word}: {row['text']!r}"
        for row in (await ask(STANDING) if wanted else [])
        for word in sorted(set(words.findall(_said(row))))
        if not wanted[word] & subjects.get(row["id"], set())
    ]


def _said(row: Row) -> str:
    said = "\n".join([row["text"], row["buttons"] or "", _all(row["sheets"])])
    return EXAMPLES.sub("", said)


def _all(sheets: str | None) -> str:
    return "\n".join(f"{each['text']}\n{each['buttons']}" for each in json.loads(sheets)["sheets"]) if sheets else ""
