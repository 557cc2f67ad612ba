"""Compares what people remember with what the rows and the chats say."""

import re
import shutil
from collections import Counter
from pathlib import Path

import httpx

from bot.config import Settings
from handlers.screen.pads import PRESSES_THAT_PASS
from tests.crash.child import rows_of
from tests.crash.visitors import WELCOME, Memory, chat
from tests.hub.real_turns import demo_hub
from tests.hub.whole_hub import Device
from tests.watches import invariants
from tests.watches.invariants import Ask, Rows

CODE = re.compile(r"FJ-\d+")
PERSONAL = re.compile(r"FJ-\d|[ABC]\d\d|Mine samtaler|Ferdig|Hvem vil|Skal vi")
SENT = "SELECT about AS code FROM audit WHERE action = 'send' AND outcome = 'done'"
UNTOLD = (
    "SELECT code, state FROM slips s WHERE state IN ('waiting', 'booked')"
    f" AND code IN ({SENT}) AND 3 <> (SELECT COUNT(*) FROM messages WHERE key = 'slip:' || s.code"
    " AND chat_id IN (201, 202, 203) AND (text LIKE '%✅%') = (s.state = 'booked'))"
)
"""Slips to NAV of which not each of its three advisers has a card, or one that says something else."""

ON_LIST = "SELECT night, inmate FROM sign_ups WHERE state IN ('entered', 'waiting', 'offered', 'seated')"
ENDS = (
    "SELECT s.code, s.state, b.slot FROM slips s"
    " LEFT JOIN bookings b ON b.slip = s.code AND b.outcome IN ('live', 'offered')"
)
WRITTEN = (
    "SELECT s.code, s.inmate FROM audit a JOIN slips s ON s.code = a.about"
    " WHERE a.action = 'send' AND a.outcome = 'officer'"
)
DEEDS = (
    (("send", "behalf_done"), ("send",)),
    (("set", "propose"), ("book", "offer")),
    (("accept", "yes", "suits"), ("accept",)),
    (("decline", "no", "suits_not"), ("decline",)),
    (("not_coming",), ("cancel",)),
    (("answer",), ("answer",)),
    (("told",), ("told",)),
    (("new_talk",), ("again",)),
    (("join",), ("sign_up_seat", "sign_up_queue")),
    (("leave",), ("sign_up_withdraw",)),
    (("seat_yes",), ("sign_up_accept",)),
)
"""What is pressed, and what the log then says; pressed on what had changed meanwhile, it says that it was refused."""

UNDONE = (
    "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'waiting') AS waiting,"
    " (SELECT COUNT(*) FROM messages WHERE shown <> revision AND fault IS NULL AND held = 0) AS pending"
)
SETTLED = [{"waiting": 0, "pending": 0}]


def of_the_dead(settings: Settings, folder: Path) -> Ask:
    """Ask a copy of what a killed hub left behind; the next hub shall find it as it was."""
    folder.mkdir(exist_ok=True)
    for file in settings.data.glob("samtalelapp.db*"):
        shutil.copyfile(file, folder / file.name)

    async def ask(sql: str) -> Rows:
        return rows_of(folder / settings.database.name, sql)

    return ask


async def check_rows(ask: Ask, memory: Memory) -> None:
    """What was acknowledged is there exactly once, and everything fits together."""
    await invariants.check(ask, demo_hub())
    await _check_receipts(ask, memory)
    await _check_written(ask, memory)
    await _check_ends(ask, memory)
    await _check_lists(ask, memory)
    assert await ask(UNTOLD) == []


async def _check_receipts(ask: Ask, memory: Memory) -> None:
    sent = [row["code"] for row in await ask(SENT)]
    slips = {row["code"]: row["inmate"] for row in await ask(f"SELECT code, inmate FROM slips WHERE code IN ({SENT})")}
    assert len(sent) == len(set(sent)) == len(slips)
    assert {code: slips.get(code) for code in memory.receipts} == memory.receipts
    least, most = memory.presses("send")
    assert len(memory.receipts) <= len(slips) <= most, (least, most)


async def _check_ends(ask: Ask, memory: Memory) -> None:
    found = {row["code"]: (row["state"], row["slot"]) for row in await ask(ENDS)}
    assert {code: found.get(code) for code, ends in memory.ends.items() if found.get(code) not in ends} == {}
    live = Counter(row["slot"] for row in await ask("SELECT slot FROM bookings WHERE outcome IN ('live', 'offered')"))
    assert [slot for slot, count in live.items() if count > 1] == []


async def _check_lists(ask: Ask, memory: Memory) -> None:
    off = {row["id"] for row in await ask("SELECT id FROM theme_nights WHERE state = 'cancelled'")}
    assert memory.cancelled <= off <= memory.may_be_cancelled
    on = {(row["night"], row["inmate"]) for row in await ask(ON_LIST)}
    known = {about: may_be for about, may_be in memory.listed.items() if about[0] not in off}
    assert {about: may_be for about, may_be in known.items() if (about in on) not in may_be} == {}


async def _check_written(ask: Ask, memory: Memory) -> None:
    rows = await ask(WRITTEN)
    slips = {row["code"]: row["inmate"] for row in rows}
    assert len(slips) == len(rows)
    assert {code: slips.get(code) for code in memory.written} == memory.written
    assert len(memory.written) <= len(slips) <= memory.presses("behalf_done")[1]


async def check_presses(ask: Ask, memory: Memory) -> None:
    """Every press that the house network answered has come in, once, and was carried out or refused, once.

    Only digits of a PIN are lost with the processes in whose memory alone they are, and nothing that was sent is
    refused.
    """
    ids = [row["update_id"] for row in await ask("SELECT update_id FROM inbox ORDER BY update_id")]
    assert len(set(ids)) == len(ids)
    lasting = [data for data in memory.accepted if not PRESSES_THAT_PASS.match(data)]
    assert len(lasting) <= len(ids) <= len(memory.accepted) + len(memory.unsure)
    assert memory.presses("send")[0] <= len(await ask(SENT))
    for verbs, actions in DEEDS:
        least, most = memory.presses(*verbs)
        noted = await ask(
            f"SELECT COUNT(*) AS n FROM audit WHERE action IN ({_listed(actions)}) AND outcome <> 'paper'"
            f" OR (action = 'refused' AND about IN ({_listed(verbs)}))"
        )
        assert least <= noted[0]["n"] <= most, verbs
    assert await ask("SELECT id, state, fault FROM inbox WHERE state <> 'done'") == []


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


async def check_chats(ask: Ask, http: httpx.AsyncClient) -> None:
    """Kiosks show the welcome and nothing about anybody; a card stands once, and nothing that no row knows."""
    for account in await ask("SELECT chat_id, kiosk FROM accounts WHERE network = 'house'"):
        if account["kiosk"]:
            await _check_kiosk(ask, http, account["kiosk"], account["chat_id"])
        else:
            await _check_cards(ask, http, account["chat_id"])


async def _check_kiosk(ask: Ask, http: httpx.AsyncClient, kiosk: str, chat_id: int) -> None:
    [shown] = await chat(http, chat_id)
    assert WELCOME in shown
    assert PERSONAL.search(shown) is None
    assert await ask(f"SELECT inmate FROM kiosk_sessions WHERE kiosk = '{kiosk}'") == [{"inmate": None}]


async def _check_cards(ask: Ask, http: httpx.AsyncClient, chat_id: int) -> None:
    messages = await Device(http, chat_id).messages()
    rows = await ask(f"SELECT key, message_id FROM messages WHERE chat_id = {chat_id} AND text IS NOT NULL")
    assert {row["message_id"] for row in rows} == {each["id"] for each in messages if each["sender"] == "bot"}
    if all(row["key"].startswith("slip:") for row in rows):
        cards = Counter(CODE.findall(message["text"])[0] for message in messages)
        assert cards == Counter(row["key"].partition(":")[2] for row in rows)
