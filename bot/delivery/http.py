"""The wire to a Bot API server: aiohttp, twice as fast here as what the chat library brings (docs/decisions)."""

from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import FormData
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotSent(NetworkError):
    """The request never reached the server, so that it can be repeated without doubt."""


class HttpRequest(BaseRequest):
    """Carries the chat library's calls over HTTP; a failed connection is told apart from a lost answer."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take, where a call does not say otherwise."""
        return READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Close the pool of connections."""
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
        """Make one call; raise NotSent, TimedOut or NetworkError where there is no answer."""
        del write_timeout, connect_timeout, pool_timeout
        if self._session is None:
            await self.initialize()
        assert self._session is not None  # noqa: S101 - for the type checker
        seconds = read_timeout if isinstance(read_timeout, int | float) else READ_SECONDS
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_SECONDS, sock_read=seconds)
        address, body = url.partition("?")[0], _body(url, request_data)
        headers = None if isinstance(body, FormData) else FORM
        try:
            async with self._session.request(method, address, data=body, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(str(error)) from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(str(error)) from error


def _body(address: str, data: RequestData | None) -> bytes | FormData:
    if data and data.contains_files:
        return _parts(data)
    fields = urlencode(data.json_parameters) if data else address.partition("?")[2]
    return fields.encode()


def _parts(data: RequestData) -> FormData:
    form = FormData(quote_fields=False)  # a quoted name would be the file's name on the other side
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
