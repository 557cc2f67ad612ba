"""The board: a page for a big screen in the house. It is open to everybody there, because nothing on it is personal."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.doors.answers import refused_in_words, told
from bot.gateway.doors.limits import Buckets

LONGEST = 40
"""More characters no prison and no choice of languages has."""


@dataclass(frozen=True)
class Board:
    """What hangs there is the hub's to say: ``look`` is asked for a prison by its prefix and languages as "nb-ar".

    Where nobody asks for one, it is "". It answers with plain data of finished sentences, or raises NotThere or
    JournalFault. One address asks at most twice a second in the long run, which is enough for six screens behind it.
    """

    look: Callable[[str, str], Awaitable[Any]]
    asked: Buckets = field(default_factory=lambda: Buckets(30, 2))

    def routes(self) -> list[Route]:
        """Return what the board's page asks; it needs no cookie, and sets none."""
        return [Route("/board/week", self.tell)]

    async def tell(self, request: Request) -> Response:
        return await refused_in_words(partial(self._tell, request))

    async def _tell(self, request: Request) -> Response:
        self.asked.take(request.client.host if request.client else "", asyncio.get_running_loop().time())
        prison, languages = (request.query_params.get(name, "")[:LONGEST] for name in ("prison", "languages"))
        return told(await self.look(prison, languages))
