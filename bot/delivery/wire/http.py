"""The wire to a Bot API server: aiohttp, twice as fast here as what the chat library brings (docs/decisions)."""

import json
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import FormData
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.delivery.wire import answers
from bot.delivery.wire.troubles import Broken, NotSent, NotUnderstood, TurnedAway

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
UPLOAD_SECONDS = 60.0
MOST_BYTES = 16 * 1024 * 1024
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PROXY_ASKS = 407


class HttpRequest(BaseRequest):
    """Carries the chat library's calls over HTTP; a failed connection is told apart from a lost answer.

    A ``proxy`` is used where one is given. A redirect is not followed: what people wrote goes nowhere else.
    """

    def __init__(self, connections: int, proxy: str | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._over = False

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take, where a call does not say otherwise."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections."""
        self._over = False
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Close the pool of connections; whatever asks from now on is not sent."""
        self._over = True
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; raise NotSent, TimedOut or NetworkError where there is no answer that can be read."""
        del write_timeout, connect_timeout, pool_timeout
        if self._over:
            raise NotSent("the hub stops")
        await self.initialize()
        seconds = read_timeout if isinstance(read_timeout, int | float) else READ_SECONDS
        try:
            status, answer = await self._exchange(method, url, request_data, seconds)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _trouble(error) from None
        # The address of a file is asked for by GET, and what comes is no answer of the Bot API.
        return status, answers.read(_name(url), status, answer) if method == "POST" else answer

    async def _exchange(self, method: str, url: str, data: RequestData | None, seconds: float) -> tuple[int, bytes]:
        assert self._session is not None  # noqa: S101 - for the type checker
        address, body = url.partition("?")[0], _body(url, data)
        headers = None if isinstance(body, FormData) else FORM
        whole = CONNECT_SECONDS + (UPLOAD_SECONDS if isinstance(body, FormData) else seconds)
        # A byte now and then is no answer either, and waiting for a free connection is not sending.
        timeout = aiohttp.ClientTimeout(total=whole, connect=CONNECT_SECONDS, sock_read=seconds)
        async with self._session.request(
            method, address, data=body, headers=headers, timeout=timeout, proxy=self._proxy, allow_redirects=False
        ) as response:
            return response.status, await _whole(response)


async def _whole(response: aiohttp.ClientResponse) -> bytes:
    found = bytearray()
    async for part in response.content.iter_any():
        found += part
        if len(found) > MOST_BYTES:
            raise NotUnderstood(f"the answer does not end ({response.status})")
    return bytes(found)


def _trouble(error: Exception) -> NetworkError:
    """Say in words of our own what an error of the wire means: the library's hold the address, and so the token."""
    if isinstance(error, aiohttp.ClientHttpProxyError):
        says = "it asks for a user and a password" if error.status == PROXY_ASKS else "it does not let the hub through"
        return TurnedAway(f"the proxy does not connect us ({error.status}): {says}")
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return NotSent("the proxy cannot be reached")
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL):
        return NotSent(f"it cannot be reached ({type(error).__name__})")
    if isinstance(error, TimeoutError):
        return TimedOut()
    return Broken(f"the connection broke ({type(error).__name__})")


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def _body(address: str, data: RequestData | None) -> bytes | FormData:
    if data and data.contains_files:
        return _parts(data)
    fields = data.json_parameters if data else json.loads(address.partition("?")[2] or "{}")
    return urlencode(fields).encode()


def _parts(data: RequestData) -> FormData:
    form = FormData(quote_fields=False)  # a quoted name would be the file's name on the other side
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
