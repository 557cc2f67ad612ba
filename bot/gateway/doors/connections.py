"""Connections as a gate lets them in: counted before anything is read, and ended when nothing is asked in time."""

import asyncio
import logging
import socket
import ssl
from functools import partial
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.gateway.doors.gate import Gate, Visit

log = logging.getLogger(__name__)

OUT_OF_FILES_SECONDS = 1.0


class Connection(H11Protocol):
    """A connection on which the whole head of each request must come within the gate's patience."""

    def __init__(self, gate: Gate, visit: Visit, **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self._gate, self._visit = gate, visit
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._visit.cut = transport.abort
        if self._gate.awaits(self._visit):
            self._look()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._gate.leave(self._visit)
        super().connection_lost(exc)

    def handle_events(self) -> None:
        super().handle_events()
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def _look(self) -> None:
        """Give time to ask as long as nothing is being answered; what is being answered may take as long as it does."""
        if self.cycle is not None and not self.cycle.response_complete:  # type: ignore[redundant-expr]  # None at first
            self._stop_waiting()
            self._gate.ask(self._visit)
        elif self._deadline is None and not self.transport.is_closing():
            self._deadline = self.loop.call_later(self._gate.patience, self.transport.abort)
            self._gate.wait(self._visit)

    def _stop_waiting(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None


class Porter:
    """Takes connections from a listening socket through a gate; ``uvicorn`` is what a connection needs besides."""

    def __init__(self, gate: Gate, tls: ssl.SSLContext | None, **uvicorn: Any) -> None:
        self._gate, self._tls, self._uvicorn = gate, tls, uvicorn
        self._greeted: set[asyncio.Task[None]] = set()

    async def stand(self, listening: socket.socket) -> None:
        """Take connections until cancelled."""
        listening.setblocking(False)
        loop = asyncio.get_running_loop()
        try:
            while True:
                try:
                    accepted, address = await loop.sock_accept(listening)
                except OSError as error:
                    log.error("The %s door takes nobody for a moment: %s", self._gate.name, error.strerror)
                    await asyncio.sleep(OUT_OF_FILES_SECONDS)
                    continue
                self._take(accepted, address[0])
                await self._gate.settled()
        finally:
            for greeted in self._greeted:
                greeted.cancel()

    def _take(self, accepted: socket.socket, address: str) -> None:
        visit = Visit(address, partial(_hang_up, accepted))
        if not self._gate.enter(visit):
            accepted.close()
            return
        greeted = asyncio.create_task(self._greet(accepted, visit))
        self._greeted.add(greeted)
        greeted.add_done_callback(self._greeted.discard)

    async def _greet(self, accepted: socket.socket, visit: Visit) -> None:
        patience = self._gate.patience if self._tls else None
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                partial(Connection, self._gate, visit, **self._uvicorn),
                accepted,
                ssl=self._tls,
                ssl_handshake_timeout=patience,
            )
        except OSError:
            # Whoever does not speak TLS, or goes away while speaking it, is no fault of ours; TimeoutError is one too.
            self._gate.leave(visit)


def _hang_up(accepted: socket.socket) -> None:
    # Before there is a connection of uvicorn's, its socket is all there is; whoever reads it then finds it ended.
    try:
        accepted.shutdown(socket.SHUT_RDWR)
    except OSError:
        accepted.close()
