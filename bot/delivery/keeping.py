"""Keeping the parts of a network that leaves the house going, and ending what is under way."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bot.delivery import growing
from bot.faults import place_of

log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0


async def keep_going(network: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work, which should never end, and begin it again whenever an error of the hub's own has ended it.

    The pauses grow, and are short again after it has gone well for longer than the longest one.
    """
    loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
    while True:
        began = loop.time()
        try:
            await work()
        except Exception as error:  # whatever it is: the house network needs nobody, and goes on
            log.error("A part of %s has stopped; again in %.0f seconds: %s", network, pause, place_of(error))
        if loop.time() - began > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = growing.pause(pause, FIRST_PAUSE, LONGEST_PAUSE)


async def end_all(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait until they are over; what they end with is looked at by nobody, and by no log."""
    under_way = list(tasks)
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
