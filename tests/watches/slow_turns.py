"""Turns that hold the only transaction for too long, each in its own way: what the watch over all turns is tried on."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from bot.documents import recipes
from bot.usecases.turn import Turn

Act = Callable[[Turn], Awaitable[None]]


async def sleeps(_turn: Turn) -> None:
    await asyncio.sleep(0)


async def waits_for_somebody(_turn: Turn) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.Event().wait()


async def lets_a_thread_draw(_turn: Turn) -> None:
    with suppress(ValueError):
        await asyncio.to_thread(recipes.draw, "")


async def waits_for_a_task(_turn: Turn) -> None:
    await asyncio.gather(asyncio.sleep(0))


async def reads_a_file(_turn: Turn) -> None:
    Path(__file__).read_bytes()


async def waits_without_awaiting(_turn: Turn) -> None:
    time.sleep(0)  # noqa: ASYNC251  what must not be


async def calls_somebody(_turn: Turn) -> None:
    with socket.socket() as line, suppress(OSError):
        line.setblocking(False)
        line.connect(("127.0.0.1", 9))


async def hashes(turn: Turn) -> None:
    turn.keys.hash_pin("7391")


async def compares_a_pin(turn: Turn) -> None:
    with suppress(ValueError):
        turn.keys.pin_matches("7391", "no hash")


SLOW: dict[str, Act] = {
    "awaits NoneType": sleeps,
    "awaits Future": waits_for_somebody,
    "awaits _GatheringFuture": waits_for_a_task,
    "open": reads_a_file,
    "sleep": waits_without_awaiting,
    "socket.connect": calls_somebody,
    "hash_pin": hashes,
    "pin_matches": compares_a_pin,
}
"""What holds a transaction, by what the watch says of it."""
