"""Patience that counts looks and not seconds: on a busy machine a look takes longer, and so does what it waits for."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self

STEP = 0.005
"""Seconds between two looks, on a machine that has nothing else to do."""

LOOKS = 6_000


class Looks:
    """Look again and again, ``async for _ in Looks()``; between two looks everything else goes on. It ends in time."""

    def __init__(self, most: int = LOOKS, *, step: float = STEP) -> None:
        self._done, self._most, self._step = 0, most, step

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> None:
        if self._done == self._most:
            raise StopAsyncIteration
        if self._done:
            await asyncio.sleep(self._step)
        self._done += 1


async def until(so: Callable[[], bool | Awaitable[bool]], what: str) -> None:
    """Look again until something is so."""
    async for _ in Looks():
        found = so()
        if found if isinstance(found, bool) else await found:
            return
    raise AssertionError(f"waited in vain: {what}")
