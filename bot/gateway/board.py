"""The board: a page for a big screen in the house. It is open to everybody there, because nothing on it is personal."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.gateway.answers import PAGE_HEADERS, refused_in_words, told
from bot.gateway.limits import Buckets
from bot.gateway.page import STATIC

LONGEST_PRISON = 8


@dataclass(frozen=True)
class Board:
    """What hangs there is the hub's to say: ``look`` is asked for a prison by its prefix, or for the main one by "".

    It answers with plain data of finished sentences, or raises NotThere or JournalFault. One address asks at most twice
    a second in the long run, which is enough for six screens behind it.
    """

    look: Callable[[str], Awaitable[Any]]
    asked: Buckets = field(default_factory=lambda: Buckets(30, 2))

    def routes(self) -> list[Route]:
        """Return the page and what it asks; neither needs a cookie, and neither sets one."""
        return [Route("/board", _page), Route("/board/week", self.tell)]

    async def tell(self, request: Request) -> Response:
        return await refused_in_words(partial(self._tell, request))

    async def _tell(self, request: Request) -> Response:
        self.asked.take(request.client.host if request.client else "", asyncio.get_running_loop().time())
        return told(await self.look(request.query_params.get("prison", "")[:LONGEST_PRISON]))


async def _page(_request: Request) -> Response:
    return FileResponse(STATIC / "board.html", headers=PAGE_HEADERS)
