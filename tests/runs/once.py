"""What many tests begin with is made once in a whole run: whichever process comes first does, and the others wait."""

import os
from collections.abc import Awaitable, Callable
from fcntl import LOCK_EX, flock
from pathlib import Path


async def made_once(tmp_path: Path, name: str, make: Callable[[Path], Awaitable[None]]) -> Path:
    """Return what ``make`` has put there, for a test to copy; ``tmp_path`` is the test's own folder."""
    own = tmp_path.parent
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made, part = shared / name, shared / f"{name}.part"
    with (shared / f"{name}.turn").open("a") as turn:
        flock(turn, LOCK_EX)
        if not made.exists():
            await make(part)
            part.rename(made)
    return made
