"""How often the commonest taps go to the database's thread, and with how many statements, in a hub that has begun."""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.files import OPENS
from bot.store.statements import Opened, _run
from tests.hub.whole_hub import WholeHub, data_of, whole_hub

DONE = "UPDATE inbox SET state = 'done'"
OF_EVERY_TAP = ("tries FROM inbox", "FROM accounts a LEFT JOIN people", "ROW_NUMBER", "lane = 2 LIMIT 1")
"""What waits, who sent it, and what is to be shown."""


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def cost(hub: WholeHub, tap: Awaitable[object]) -> tuple[int, int]:
    """Return how many hops the turn of a tap makes, from its beginning to its commit, and how many statements."""
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
    return len(turn), sum(len(hop) for _, hop in turn)


def too_much(found: dict[str, tuple[int, int]], most: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {tap: n for tap, n in found.items() if n[0] > most[tap][0] or n[1] > most[tap][1]}


async def test_a_tap_at_the_kiosk_asks_little(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.press("Avdeling A")
    pad = await kiosk.shows("A○○")
    buttons = {digit: data_of(pad, digit)[0] for digit in "012"}
    for digit in "01210":
        await kiosk.press_raw(pad["id"], buttons[digit])
    found = {
        "sign in": await cost(hub, kiosk.press_raw(pad["id"], buttons["1"])),
        "service": await cost(hub, kiosk.press("NAV", of="Hvem vil du snakke med?")),
        "topic": await cost(hub, kiosk.press("Hopp over")),
        "send": await cost(hub, kiosk.press("Send", of="Skal vi sende denne lappen?")),
        "mine": await cost(hub, kiosk.press("Mine samtaler")),
        "open": await cost(hub, kiosk.press("FJ-116")),
    }
    most = {"sign in": (7, 19), "service": (2, 10), "topic": (2, 9), "send": (6, 21), "mine": (3, 13), "open": (2, 12)}
    assert too_much(found, most) == {}


async def test_answering_asks_no_more_for_every_page_that_stands_open(hub: WholeHub) -> None:
    kiosk, adviser = hub["K-A"], hub["N1"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.send_slip("NAV")
    found = {
        "times": await cost(hub, adviser.press("Sett tid", of="FJ-116")),
        "set": await cost(hub, adviser.press("14. jan.", of="FJ-116")),
    }
    await hub.to(OPENS + timedelta(hours=22))
    await hub["KB-A2"].say("/idag")
    found["tick"] = await cost(hub, hub["KB-A2"].press("Hentet"))
    assert too_much(found, {"times": (7, 25), "set": (9, 27), "tick": (9, 20)}) == {}


async def test_twenty_pages_more_that_stand_open_cost_a_tap_little(hub: WholeHub) -> None:
    kiosk, adviser = hub["K-A"], hub["N1"]
    staff = [device for name, device in hub.devices.items() if not name.startswith("K-")]
    for device in staff:
        await device.say("/idag")
        await device.say("/start")
    assert len(staff) == 20
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("NAV", of="Hvem vil du snakke med?")
    await kiosk.press("Hopp over", of="Hva trenger du hjelp til?")
    found = {
        "send": await cost(hub, kiosk.press("Send", of="Skal vi sende denne lappen?")),
        "times": await cost(hub, adviser.press("Sett tid", of="FJ-116")),
        "set": await cost(hub, adviser.press("14. jan.", of="FJ-116")),
    }
    await hub.to(OPENS + timedelta(hours=22))
    for device in staff:
        await device.say("/idag")
    found["tick"] = await cost(hub, hub["KB-A2"].press("Hentet"))
    assert too_much(found, {"send": (10, 30), "times": (10, 33), "set": (13, 36), "tick": (9, 20)}) == {}


async def test_what_the_hub_asks_of_every_tap_makes_no_hop_of_its_own(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await hub.settled()
    connection: Any = hub.running.database._connection
    whole, asked, [sender] = connection._execute, [], hub.running.senders
    # Ten times a second at most the sender looks by the clock whether a broadcast may go on: that is no tap's.
    await hub.until(lambda: sender._look_at == math.inf, "nothing to look for by the clock")

    async def noted(run: Callable[..., Any], *args: Any) -> Any:
        by_the_clock = sender._look_at <= asyncio.get_running_loop().time()
        asked.append(([each.sql for each in args[1]] if run is _run else [], by_the_clock))
        return await whole(run, *args)

    connection._execute = noted
    await kiosk.press("Mine samtaler")
    await hub.settled()
    del connection._execute
    times = {question: sum(question in sql for hop, _ in asked for sql in hop) for question in OF_EVERY_TAP}
    by_taps = [hop for hop, by_the_clock in asked if hop and not by_the_clock]
    alone = [hop for hop in by_taps if "COMMIT" not in hop and any(each in hop[0] for each in OF_EVERY_TAP)]
    assert (min(times.values()) > 0, alone) == (True, [])
