"""A crowd in a process of its own: connections from made-up addresses of this machine that never ask to the end."""

import asyncio
import resource
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Secret: kanarifugl"
"""A request that goes on, with a word that must stand nowhere."""


def stand_there(port: int, count: int, addresses: int) -> list[socket.socket]:
    """Open that many connections, in turn from that many addresses, and begin to ask on each."""
    opened = []
    for number in range(count):
        connection = socket.create_connection(("127.0.0.1", port), 30, (f"127.0.1.{number % addresses + 1}", 0))
        with suppress(ConnectionError):
            connection.sendall(HALF)
        opened.append(connection)
    return opened


def until_all_are_cut(opened: list[socket.socket]) -> None:
    for connection in opened:
        with suppress(ConnectionError):
            while connection.recv(1024):
                pass


@asynccontextmanager
async def crowd(port: int, count: int, addresses: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """Have a crowd at a port until the block is left; its next line comes when the last of them has been cut."""
    arguments = ("-m", "tests.faults.crowd", str(port), str(count), str(addresses))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=pipe, stdout=pipe)
    try:
        assert process.stdout
        assert await process.stdout.readline() == b"there\n"
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


if __name__ == "__main__":
    _few, may = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (may, may))
    everybody = stand_there(*(int(argument) for argument in sys.argv[1:]))
    print("there", flush=True)
    until_all_are_cut(everybody)
    print("cut", flush=True)
    sys.stdin.read()
