"""The front door in a process of its own that is forked from a warm one, so that a start costs little.

All but the loading is as people have it: what is written on two pipes, the signals, the exit code. With the loading
``tests/test_container.py`` opens the installed one, and ``tests/privacy/test_privacy.py`` that of ``python -m bot``.
"""

import asyncio
import os
import resource
import signal
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Self

from bot import cli
from tests.hub.warm import WARM

NO_END = resource.RLIM_INFINITY


def _umask() -> int:
    found = os.umask(0o077)
    os.umask(found)
    return found


@dataclass(frozen=True)
class Asked:
    """A command and what it finds around it; no file may grow beyond so many bytes, which is its ``room``."""

    arguments: list[str]
    environment: dict[str, str]
    room: int = NO_END
    folder: str = field(default_factory=os.getcwd)
    umask: int = field(default_factory=_umask)


def open_the_front_door(asked: Asked, out: Connection, complaint: Connection) -> None:
    """Carry out a command; this is done in the new process."""
    for number, pipe in enumerate((out, complaint), start=1):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    os.environ.clear()
    os.environ.update(asked.environment)
    os.chdir(asked.folder)
    os.umask(asked.umask)
    resource.setrlimit(resource.RLIMIT_FSIZE, (asked.room, asked.room))
    sys.exit(cli.main(asked.arguments))


class Heard(asyncio.StreamReaderProtocol):
    """What comes out of one pipe; it knows as well when nobody says anything more."""

    def __init__(self) -> None:
        """Be ready to read."""
        self.reader, self.ended = asyncio.StreamReader(), asyncio.Event()
        super().__init__(self.reader)

    def eof_received(self) -> None:
        """Let the pipe be closed: a stream's way is to keep it open for an answer."""
        super().eof_received()

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.ended.set()


async def _listen() -> tuple[Heard, Connection]:
    ours, theirs = os.pipe()
    _, heard = await asyncio.get_running_loop().connect_read_pipe(Heard, os.fdopen(ours, "rb", 0))
    return heard, Connection(theirs, readable=False)


@dataclass(frozen=True)
class Forked:
    """A command that was begun; whoever has it asks what is asked of asyncio's ``Process``."""

    process: ForkServerProcess
    out: Heard
    complaint: Heard

    @classmethod
    async def begin(cls, asked: Asked) -> Self:
        (out, its_out), (complaint, its_complaint) = await _listen(), await _listen()
        process = WARM.Process(target=open_the_front_door, args=(asked, its_out, its_complaint), daemon=True)
        await asyncio.to_thread(process.start)
        its_out.close()
        its_complaint.close()
        return cls(process, out, complaint)

    @property
    def stdout(self) -> asyncio.StreamReader:
        return self.out.reader

    @property
    def pid(self) -> int:
        assert self.process.pid
        return self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int | None:
        """Wait until it has ended and all is heard that it said."""
        await asyncio.to_thread(self.process.join)
        await asyncio.gather(self.out.ended.wait(), self.complaint.ended.wait())
        return self.returncode

    async def communicate(self) -> tuple[bytes, bytes]:
        """Wait for its end, and return what it still had to say."""
        out, complaint = await asyncio.gather(self.out.reader.read(), self.complaint.reader.read())
        await self.wait()
        return out, complaint
