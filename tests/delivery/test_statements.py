"""How much the commonest taps ask of the database: each question is one hop to its thread."""

from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.files import OPENS
from tests.hub.whole_hub import WholeHub, data_of, whole_hub

DONE = "UPDATE inbox SET state = 'done'"
MANY = ("INSERT", "DELETE FROM message_subjects")
"""What is done for many rows in one hop."""


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def hops(hub: WholeHub, tap: Awaitable[object]) -> int:
    """Return how many hops the turn of a tap makes; many rows for one table go in one."""
    await hub.settled()
    asked: list[str] = []
    connection = hub.running.database._connection
    await connection.set_trace_callback(asked.append)
    await tap
    await hub.settled()
    await connection.set_trace_callback(None)  # type: ignore[arg-type] # None ends it, as in sqlite3
    [turn] = [each for each in "\n;".join(asked).split("BEGIN IMMEDIATE") if DONE in each]
    statements = [each.strip() for each in turn.partition("\n;COMMIT")[0].split("\n;") if each.strip()]
    pairs = zip(statements, ["", *statements[:-1]], strict=True)
    return sum(not (one.startswith(MANY) and one[:22] == before[:22]) for one, before in pairs)


async def test_a_tap_at_the_kiosk_asks_little(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.press("Avdeling A")
    pad = await kiosk.shows("A○○")
    buttons = {digit: data_of(pad, digit)[0] for digit in "012"}
    for digit in "01210":
        await kiosk.press_raw(pad["id"], buttons[digit])
    found = {
        "sign in": await hops(hub, kiosk.press_raw(pad["id"], buttons["1"])),
        "service": await hops(hub, kiosk.press("NAV", of="Hvem vil du snakke med?")),
        "topic": await hops(hub, kiosk.press("Hopp over")),
        "send": await hops(hub, kiosk.press("Send", of="Skal jeg sende dette til")),
        "mine": await hops(hub, kiosk.press("Mine samtaler")),
        "open": await hops(hub, kiosk.press("FJ-116")),
    }
    most = {"sign in": 15, "service": 8, "topic": 7, "send": 20, "mine": 12, "open": 9}
    assert {tap: n for tap, n in found.items() if n > most[tap]} == {}


async def test_answering_asks_no_more_for_every_page_that_stands_open(hub: WholeHub) -> None:
    kiosk, adviser = hub["K-A"], hub["N1"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.send_slip("NAV")
    found = {
        "times": await hops(hub, adviser.press("Sett tid", of="FJ-116")),
        "set": await hops(hub, adviser.press("14. jan.", of="FJ-116")),
    }
    await hub.to(OPENS + timedelta(hours=22))
    await hub["KB-A2"].say("/idag")
    found["tick"] = await hops(hub, hub["KB-A2"].press("Hentet"))
    most = {"times": 23, "set": 28, "tick": 24}
    assert {tap: n for tap, n in found.items() if n > most[tap]} == {}
