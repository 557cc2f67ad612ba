"""The process of the local Bot API server for P3 and P4: as slow as Telegram, with a crowd, and the load on it."""

import asyncio
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

import uvloop

from benchmarks import prison
from benchmarks.load import Kiosk, WatchedHouse, tap_times
from benchmarks.server import hub_kiosks, open_chats, serving, tell
from bot.gateway.bot_api.pace import Pace

LONGEST = 300.0
PRESS_EVERY = 4.0
"""Half as often as for P0: at Telegram's pace those taps alone nearly fill it, and nothing could be told meanwhile."""

AWAKE_SECONDS = 15.0


@dataclass
class Crowd:
    """Who of the crowd has been shown the news, and when the last one was."""

    house: WatchedHouse
    size: int
    shown: int = 0
    last: float = 0
    all_told: asyncio.Event = field(default_factory=asyncio.Event)

    def watch(self) -> None:
        """Begin to look."""
        chats = prison.crowd_chats(self.size)

        def heard(kind: str, data: Mapping[str, Any]) -> None:
            if kind == "chat" and data["chat"] in chats and data["message"]["text"] == prison.NEWS:
                self.shown, self.last = self.shown + 1, perf_counter()
                if self.shown % self.size == 0:
                    self.all_told.set()

        self.house.heard = heard

    def announce(self, about: str) -> float:
        """Ask for an announcement; return when."""
        self.all_told.clear()
        tell(announce=about)
        return perf_counter()

    async def over(self, kiosks: Iterable[Kiosk] = ()) -> None:
        """Wait until everybody has been told, while now and then a press keeps the kiosks from being locked."""
        async with asyncio.timeout(LONGEST):
            while not self.all_told.is_set():
                await asyncio.gather(*(kiosk.turn_page() for kiosk in kiosks))
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.all_told.wait(), AWAKE_SECONDS)


async def own_time(crowd: Crowd) -> float:
    """P4: return the seconds from asking until the last of the crowd was told."""
    asked = crowd.announce("notice:1")
    await crowd.over()
    return crowd.last - asked


async def busy(crowd: Crowd, kiosks: list[Kiosk], seconds: float) -> tuple[float, int]:
    """P3: return the 95th percentile of taps while an announcement is under way, and how many were told meanwhile."""
    before = crowd.shown
    crowd.announce("notice:2")
    times = await tap_times(kiosks, seconds, PRESS_EVERY)
    meanwhile = crowd.shown - before
    await crowd.over(kiosks)
    return quantiles(times, n=20)[-1], meanwhile


async def calm(kiosks: list[Kiosk], seconds: float) -> float:
    """P3: return the 95th percentile of taps with nothing else under way."""
    return quantiles(await tap_times(kiosks, seconds, PRESS_EVERY), n=20)[-1]


async def measure(folder: Path, size: int, kiosks: int, seconds: float, calm_first: bool) -> None:
    """Serve, press, let the hub announce, and say what came of it."""
    async with serving(folder / "house.db") as house:
        pace = house.pace = Pace()
        await open_chats(house, kiosks)
        for number, chat in enumerate(prison.crowd_chats(size)):
            await house.open_chat(chat, prison.member(number), "staff")
        crowd = Crowd(house, size)
        crowd.watch()
        ready = await hub_kiosks(house, kiosks)
        first = await calm(ready, seconds) if calm_first else 0
        while_told, meanwhile = await busy(crowd, ready, seconds)
        alone = first or await calm(ready, seconds)
        own = await own_time(crowd)
        tell(busy=while_told, calm=alone, own=own, told=meanwhile, refused=pace.refused)
        await asyncio.Event().wait()


if __name__ == "__main__":
    folder, size, kiosks, seconds, order = sys.argv[1:]
    uvloop.run(measure(Path(folder), int(size), int(kiosks), float(seconds), order == "calm"))
