"""A loop for tests that cannot be asyncio's own, as each of their examples has one: the loop that a hub runs on."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.cli import loop_factory

Result = TypeVar("Result")


def runner() -> asyncio.Runner:
    """Return what runs one thing after the other, until it is closed."""
    return asyncio.Runner(loop_factory=loop_factory())


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run something to its end."""
    with runner() as loop:
        return loop.run(work)
