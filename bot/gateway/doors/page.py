"""The page itself: a handful of files without anything personal, which everybody may read, but nobody without end."""

import asyncio
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.doors.answers import PAGE_HEADERS, error, refused_in_words
from bot.gateway.doors.limits import Buckets

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}
INDEX, BOARD = "index.html", "board.html"


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """The content and the type of every file, by its name; read once, so that no request names a path of ours."""
    found = (path for path in STATIC.iterdir() if path.suffix in TYPES)
    return {path.name: (path.read_bytes(), TYPES[path.suffix]) for path in found}


@dataclass(frozen=True)
class Page:
    """One address asks for a hundred files a second at most: a hundred screens have their page in half a minute."""

    asked: Buckets = field(default_factory=lambda: Buckets(1000, 100))

    def routes(self) -> list[Route]:
        """Return the page, the board's page, and the files that they ask for."""
        return [
            Route("/", partial(self.tell, INDEX)),
            Route("/board", partial(self.tell, BOARD)),
            Route("/static/{name}", partial(self.tell, None)),
        ]

    async def tell(self, name: str | None, request: Request) -> Response:
        return await refused_in_words(partial(self._file, name or request.path_params["name"], request))

    async def _file(self, name: str, request: Request) -> Response:
        self.asked.take(request.client.host if request.client else "", asyncio.get_running_loop().time())
        if name not in files():
            return error(404, "There is no such file; the page is at /.")
        content, kind = files()[name]
        return Response(content, headers=PAGE_HEADERS, media_type=kind)
