"""What stands at the screens: pages opened before something is done, and what is read there afterwards."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from bot.domain.chat.messages import SCREEN
from bot.store import kiosks as rows_of_kiosks
from bot.store.database import Transaction
from bot.usecases.screen import kiosks
from bot.usecases.turn import Turn
from handlers.chat.rows import page
from tests.hub.whole_hub import WholeHub
from tests.views.deeds.doing import Deed
from tests.views.seen import Said, said_on
from tests.views.standing import context_in, counted, said_in, taken_back, turn_in, turn_of


async def untrue(hub: WholeHub, deed: Deed, names: Iterable[str]) -> list[str]:
    """Return the pages that do not say what they would if they were opened after it; each kiosk stands at one."""
    said = list[str]()
    for found in _one_a_kiosk(names):
        said += await counted(hub, partial(_untrue, hub, deed, found))
    return said


def _one_a_kiosk(names: Iterable[str]) -> Iterator[dict[str, str]]:
    left: dict[str, list[str]] = {}
    for name in names:
        left.setdefault(name.partition("@")[2].partition(":")[0], []).append(name)
    while left:
        yield {kiosk: found.pop() for kiosk, found in left.items()}
        left = {kiosk: found for kiosk, found in left.items() if found}


async def _untrue(hub: WholeHub, deed: Deed, found: dict[str, str]) -> list[str]:
    turns = hub.running.turns
    async with taken_back(hub) as tx:
        now = (await turn_of(turns, tx, deed.before)).now
        for kiosk, name in found.items():
            await _open(hub, tx, now, kiosk, name)
        now = (await turn_of(turns, tx, deed.do, now)).now
        async with turn_in(turns, tx, now) as turn:
            seen = {name: (await _stands(turn, kiosk), await _fresh(hub, turn, kiosk)) for kiosk, name in found.items()}
    return [
        f"{name}\n{stands}\n{fresh}"
        for name, (stands, fresh) in seen.items()
        if stands != fresh and not (stands is None and deed.deletes)
    ]


async def _open(hub: WholeHub, tx: Transaction, now: datetime, kiosk: str, name: str) -> None:
    inmate, _, view = name.partition("@")[0], *name.partition(": ")[1:]
    async with turn_in(hub.running.turns, tx, now) as turn:
        await kiosks.act_for(turn, kiosk)
        turn.change_session(inmate=None if inmate == "None" else inmate, view=view)
        await rows_of_kiosks.save_session(turn.tx, turn.keys, turn.session)
        context = context_in(hub, turn)
        context.tell_kiosk(kiosk, await page(context))


async def _stands(turn: Turn, kiosk: str) -> Said | None:
    row = await turn.tx.row(
        "SELECT m.text, m.buttons, m.sheets FROM messages m JOIN accounts a ON a.network = m.network"
        " AND a.chat_id = m.chat_id WHERE a.kiosk = :kiosk AND m.network = 'house' AND m.key = :key",
        kiosk=kiosk,
        key=SCREEN,
    )
    return said_in(row) if row else None


async def _fresh(hub: WholeHub, turn: Turn, kiosk: str) -> Said:
    session = await rows_of_kiosks.session(turn.tx, turn.keys, kiosk)
    assert session
    with turn.standing_at(session):
        view = await page(context_in(hub, turn))
    return said_on(turn, view)
