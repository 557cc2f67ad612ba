"""How much the commonest taps ask of the database: each question is one hop to its thread."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.files import OPENS
from bot.store.statements import Opened, _run
from tests.hub.whole_hub import WholeHub, data_of, whole_hub

DONE = "UPDATE inbox SET state = 'done'"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def hops(hub: WholeHub, tap: Awaitable[object]) -> int:
    """Return how many hops the turn of a tap makes, from its beginning to its commit."""
    await hub.settled()
    connection: Any = hub.running.database._connection
    whole = connection._execute
    turns: dict[int, list[tuple[Opened, list[str]]]] = {}

    async def noted(run: Callable[..., Any], *args: Any) -> Any:
        if run is _run and args[2]:
            turns.setdefault(id(args[2]), []).append((args[2], [each.sql for each in args[1]]))
        return await whole(run, *args)

    connection._execute = noted
    await tap
    await hub.settled()
    del connection._execute
    [turn] = [each for each in turns.values() if any(sql.startswith(DONE) for _, hop in each for sql in hop)]
    return len(turn)


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
    most = {"sign in": 10, "service": 5, "topic": 4, "send": 12, "mine": 8, "open": 5}
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
    most = {"times": 15, "set": 19, "tick": 20}
    assert {tap: n for tap, n in found.items() if n > most[tap]} == {}
