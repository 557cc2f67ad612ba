"""Runs a web app so that a taken port is our sentence and stopping takes no time."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


class PortTaken(Exception):
    """The address cannot be listened on; the message says which and what to do."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the caller."""
        yield


def bind(host: str, port: int) -> socket.socket:
    """Take the address before anything else is started; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise PortTaken(f"{host}:{port} cannot be used ({error.strerror}); choose another port.") from error
    # asyncio does this only for sockets it has made itself; without it each answer waits 40 ms for an acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def serve(app: ASGIApp, listening: socket.socket, on_stop: Callable[[], None]) -> None:
    """Serve until cancelled; ``on_stop`` must end what would go on by itself (``House.stop``)."""
    config = uvicorn.Config(
        app, access_log=False, log_level="warning", timeout_graceful_shutdown=1, lifespan="off", server_header=False
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(running)
    finally:
        on_stop()
        server.should_exit = True
        await running
