"""Runs a program that speaks: as a process of its own, without a shell, behind everything else, and ended in time."""

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import Sequence
from functools import cache
from typing import cast

PATIENCE_SECONDS = 30.0
MOST_BYTES = 32 * 1024 * 1024
LAST_MOMENT = 5.0
INPUT, OUTPUT = 0, 1
OURS = "SAMTALELAPP_"
"""Begins the names of our own settings, tokens among them: they are no program's business."""


class ProgramFault(Exception):
    """The program said nothing; the message says why, and nothing of what it was asked to say."""


@cache
def _politely() -> tuple[str, ...]:
    nice = shutil.which("nice")
    return (nice, "-n", "10") if nice else ()


class Hearing(asyncio.SubprocessProtocol):
    """Takes what a program writes, until it has ended and everything has been read."""

    def __init__(self) -> None:
        self.written = bytearray()
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waits_for = {"exit", "output"}

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == OUTPUT and len(self.written) <= MOST_BYTES:
            self.written += data

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        if fd == OUTPUT:
            self._done("output")

    def process_exited(self) -> None:
        self._done("exit")

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)

    def _done(self, part: str) -> None:
        self._waits_for.discard(part)
        if not self._waits_for and not self.over.done():
            self.over.set_result(None)


async def output_of(command: Sequence[str], said: str, patience: float = PATIENCE_SECONDS) -> bytes:
    """Return what a program writes when it is given a text; it is killed when it takes too long, or nobody waits."""
    starting = asyncio.ensure_future(_started(command))
    try:
        transport, hearing = await asyncio.shield(starting)
    except asyncio.CancelledError:
        # Half a start leaves a process that nobody ends.
        await _end(*await starting)
        raise
    try:
        _give(transport, f"{said}\n".encode())
        async with asyncio.timeout(patience):
            await hearing.over
    except TimeoutError:
        raise ProgramFault(f"it was not done within {patience:g} seconds") from None
    finally:
        await _end(transport, hearing)
    if code := transport.get_returncode():
        raise ProgramFault(f"it ended with {code}")
    if len(hearing.written) > MOST_BYTES:
        raise ProgramFault(f"it wrote more than {MOST_BYTES} bytes")
    return bytes(hearing.written)


async def _started(command: Sequence[str]) -> tuple[asyncio.SubprocessTransport, Hearing]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment |= {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return await asyncio.get_running_loop().subprocess_exec(
            Hearing,
            *_politely(),
            *command,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise ProgramFault(f"it cannot be started: {error.strerror}") from error


def _give(transport: asyncio.SubprocessTransport, text: bytes) -> None:
    pipe = cast(asyncio.WriteTransport, transport.get_pipe_transport(INPUT))
    # A program that has ended already has closed it: how it ended says why.
    with contextlib.suppress(OSError, RuntimeError):
        pipe.write(text)
        pipe.close()


async def _end(transport: asyncio.SubprocessTransport, hearing: Hearing) -> None:
    """Leave nothing of the program behind, nor of what it has started."""
    if transport.get_returncode() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(transport.get_pid(), signal.SIGKILL)
    transport.close()
    await asyncio.shield(asyncio.wait({hearing.closed}, timeout=LAST_MOMENT))
