"""Whatever stands in a chat or on a screen says what it would say if it were opened now."""

import json

from bot.delivery.turns import Turns
from bot.domain import sheets
from bot.domain.messages import SCREEN, Reader, View, discreet
from bot.parts import Running
from bot.store import kiosks, people
from bot.store.contents import keyboard
from bot.store.database import Row
from handlers import tables
from handlers.chat.context import Context
from handlers.chat.rows import page
from handlers.chat.views import kind_of, rest_of

STANDING = (
    "SELECT m.network, m.chat_id, m.key, m.text, m.buttons, m.sheets, a.person, a.kiosk FROM messages m"
    " JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id"
    " WHERE m.text IS NOT NULL AND m.passing = 0 AND m.network <> 'email'"
)
Said = list[tuple[str, str]]

ANSWERS = {"not_signed_in"}
"""Pages that answer a press once: opened now, they would be another."""


async def stale(running: Running) -> list[str]:
    """Return each message that says something else than it would if it were opened now, with both."""
    found = []
    async with running.turns.begin() as turn:
        context = tables.context_of(running.dispatch.application, turn)
        for row in await turn.tx.rows(STANDING):
            now = await _now(running.turns, context, row)
            if now is not None and now != _stands(row):
                found.append(f"{row['key']} of {row['person'] or row['kiosk']}:\n{_stands(row)}\nbut would be\n{now}")
    return found


async def _now(turns: Turns, context: Context, row: Row) -> Said | None:
    written = await (_screen if row["key"] == SCREEN else _page)(turns, context, row)
    if written is None or written[0].passing:
        return None
    view, reader = written
    cut = sheets.cut(discreet(view, reader), lambda number, of: turns.count(reader.language, number, of))
    return [(each.text, keyboard(each)) for each in cut.sheets]


async def _screen(turns: Turns, context: Context, row: Row) -> tuple[View, Reader] | None:
    session = await kiosks.session(context.turn.tx, context.turn.keys, row["kiosk"])
    if session is None or session.view in ANSWERS:
        return None
    with context.turn.standing_at(session):
        return await page(context), Reader(row["network"], row["chat_id"], session.language, False, kiosk=row["kiosk"])


async def _page(turns: Turns, context: Context, row: Row) -> tuple[View, Reader] | None:
    kind, person = kind_of(tables.VIEWS, row["key"]), await people.person(context.turn.tx, row["person"])
    if kind is None or person is None:
        return None
    leaves = turns.networks[row["network"]].leaves_house
    reader = Reader(row["network"], row["chat_id"], person.language, leaves, person=person.id)
    build = await kind.write(context, person, rest_of(tables.VIEWS, row["key"]))
    view = build(reader) if build else None
    return (view, reader) if view else None


def _stands(row: Row) -> Said:
    kept = json.loads(row["sheets"])["sheets"] if row["sheets"] else [row]
    return [(each["text"], each["buttons"]) for each in kept]
