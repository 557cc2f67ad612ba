"""The process of the local Bot API server: the house network over HTTP on a fresh file, and the load on it.

The load stands in this process, so that pressing costs as little as it can; it is the same for both sides.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles

import uvloop
from starlette.applications import Starlette

from benchmarks import prison
from benchmarks.load import Kiosk, WatchedHouse, tap_times, taps_a_second
from bot.clock import machine_now
from bot.gateway.chats import Button
from bot.gateway.doors import server, web


def tell(**what: object) -> None:
    """Say something to the benchmark that started this process."""
    print(json.dumps(what), flush=True)


@asynccontextmanager
async def serving(file: Path) -> AsyncIterator[WatchedHouse]:
    """Open the house network and its Bot API door, and say where it is."""
    house = await WatchedHouse.open(file, machine_now)
    house.watch()
    listening = server.bind("127.0.0.1", 0)
    app = Starlette(routes=web.routes(house, open_client=True, bot_api=True))
    running = asyncio.create_task(server.serve(app, listening, house.stop))
    tell(url=f"http://127.0.0.1:{listening.getsockname()[1]}", token=house.token)
    try:
        yield house
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await house.close()


async def open_chats(house: WatchedHouse, kiosks: int) -> None:
    """Give kiosks and advisers their chats."""
    for chat in prison.kiosk_chats(kiosks):
        await house.open_chat(chat, f"L-{chat}", "kiosk")
    for chat in prison.staff_chats():
        await house.open_chat(chat, f"S-{chat}", "staff")


async def rival_kiosks(house: WatchedHouse, kiosks: int) -> list[Kiosk]:
    """Put one message with a button into each chat, for the rival to edit."""
    for chat in prison.kiosk_chats(kiosks):
        await house.add(house.room(chat), "Hello", ((Button("Once more", "mine"),),))
    found = [Kiosk(house, chat, toasts=False) for chat in prison.kiosk_chats(kiosks)]
    await asyncio.gather(*(kiosk.turn_page() for kiosk in found))
    return found


async def hub_kiosks(house: WatchedHouse, kiosks: int) -> list[Kiosk]:
    """Wait for the hub's screens, and sign somebody in at each."""
    found = [Kiosk(house, chat, toasts=True) for chat in prison.kiosk_chats(kiosks)]
    await asyncio.gather(*(kiosk.appears("unit:A") for kiosk in found))
    await asyncio.gather(*(kiosk.sign_in(prison.inmate(number)) for number, kiosk in enumerate(found)))
    return found


SIDES = {"ours": hub_kiosks, "rival": rival_kiosks}


async def measure(folder: Path, side: str, kiosks: int, p0_seconds: float, p1_seconds: float) -> None:
    """Serve one side, press, and say what came of it."""
    async with serving(folder / "house.db") as house:
        await open_chats(house, kiosks)
        ready = await SIDES[side](house, kiosks)
        times = await tap_times(ready, p0_seconds)
        tell(
            p0=quantiles(times, n=20)[-1] if times else None,
            median=median(times) if times else None,
            p1=await taps_a_second(ready, p1_seconds) if p1_seconds else None,
        )
        await asyncio.Event().wait()


if __name__ == "__main__":
    folder, side, kiosks, p0_seconds, p1_seconds = sys.argv[1:]
    uvloop.run(measure(Path(folder), side, int(kiosks), float(p0_seconds), float(p1_seconds)))
