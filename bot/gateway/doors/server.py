"""Runs a web app so that a taken port is our sentence and stopping takes no time."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from bot.gateway.doors.connections import Connection, Porter
from bot.gateway.doors.gate import Gate

LOCAL = ("127.0.0.1", "::1")
DATE_SECONDS = 1.0
PARTING_SECONDS = 1.0
LOOK_SECONDS = 0.002


class PortTaken(Exception):
    """The address cannot be listened on; the message says which and what to do."""


class DoorFault(Exception):
    """The addresses cannot be listened on as asked, or not safely; the message says why and what would be right."""


class _Server(uvicorn.Server):
    """Waits for its end instead of looking for it ten times a second, and is at its end when the last answer is."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ends = asyncio.Event()

    def stop(self) -> None:
        """Let what is being answered come to its end, for a moment, and nothing begin."""
        self._ends.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the caller."""
        yield

    async def main_loop(self) -> None:
        """Keep the date that answers bear, until the end."""
        while not self._ends.is_set():
            await self.on_tick(0)
            with suppress(TimeoutError):
                async with asyncio.timeout(DATE_SECONDS):
                    await self._ends.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Part with everybody; whatever is not answered in time is given up."""
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(PARTING_SECONDS):
                while state.connections or state.tasks:  # noqa: ASYNC110  neither of them has an event
                    await asyncio.sleep(LOOK_SECONDS)
        for unanswered in state.tasks:
            unanswered.cancel()


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


def tls(certificate: Path, key_file: Path) -> ssl.SSLContext:
    """Read a certificate (with its chain) and its key, both PEM; DoorFault says what is wrong with them."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        for file in (certificate, key_file):
            file.read_bytes()
        context.load_cert_chain(certificate, key_file, password="")
    except OSError as error:
        # An SSLError is an OSError too, and has no name of a file.
        where = error.filename or f"{certificate} and {key_file}"
        why = error.strerror if error.filename else "they are no certificate and its key, in PEM, without a password"
        raise DoorFault(f"{where} cannot be used: {why}.") from error
    return context


async def serve(
    app: ASGIApp,
    listening: socket.socket,
    on_stop: Callable[[], None],
    *,
    tls: ssl.SSLContext | None = None,
    proxied: bool = False,
    gate: Gate | None = None,
) -> None:
    """Serve until cancelled, whom the ``gate`` lets in; ``on_stop`` must end what would go on by itself.

    ``proxied``: a proxy on this machine says who asks and how; what other machines say about that is not believed.
    """
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        access_log=False,
        log_config=None,
        log_level="error",
        lifespan="off",
        server_header=False,
        proxy_headers=proxied,
        forwarded_allow_ips=list(LOCAL),
    )
    config.load()
    server = _Server(config)
    porter = Porter(gate or Gate(), tls, config=config, server_state=server.server_state, app_state={})
    running = asyncio.create_task(server.serve(sockets=[]))
    standing = asyncio.create_task(porter.stand(listening))
    try:
        await asyncio.wait({running, standing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        standing.cancel()
        on_stop()
        server.stop()
        await asyncio.wait({running, standing})
        listening.close()
    await running
    await standing
