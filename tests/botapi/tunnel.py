"""A proxy that connects to whatever it is asked for, as HTTPS_PROXY names one: it sees a host and encrypted bytes."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.delivery.keeping import end_all

USER = "CANARYuser:CANARYpassword"
ASKS = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
NOT_ALLOWED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nCANARY"


@dataclass
class Tunnel:
    """Leads every host to one port of this machine. ``asked`` is for which hosts it was asked."""

    port: int
    asks_for_password: bool = False
    allows: bool = True
    asked: list[str] = field(default_factory=list)
    seen: bytearray = field(default_factory=bytearray)
    ways: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one CONNECT, and carry bytes both ways until one side ends."""
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.split()[1].decode())
        password = b64encode(USER.encode())
        if refused := (not self.allows and NOT_ALLOWED) or (self.asks_for_password and password not in head and ASKS):
            writer.write(refused)
            writer.close()
            return
        await self._lead(reader, writer)

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        both = {asyncio.create_task(self._carry(reader, to_there)), asyncio.create_task(self._carry(there, writer))}
        self.ways |= both
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        await end_all(both)
        writer.close()
        to_there.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while part := await reader.read(65536):
            self.seen += part
            writer.write(part)
            await writer.drain()


@asynccontextmanager
async def tunnelling(tunnel: Tunnel) -> AsyncIterator[str]:
    """Listen on a free port of this machine; give the proxy's address."""
    server = await asyncio.start_server(tunnel.take, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await end_all(tunnel.ways)
