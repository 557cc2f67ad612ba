"""The page itself: a handful of files without anything personal, which everybody may read, but nobody without end.

Browsers keep them for when the hub is away; which ones, and in which version, the page's worker is told by its file.
"""

import asyncio
import json
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.gateway.doors.answers import PAGE_HEADERS, error, refused_in_words
from bot.gateway.doors.limits import Buckets

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}
INDEX, BOARD, WORKER = "index.html", "board.html", "worker.js"


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """The content and the type of every file, by its name; read once, so that no request names a path of ours."""
    found = (path for path in STATIC.iterdir() if path.suffix in TYPES)
    return {path.name: (path.read_bytes(), TYPES[path.suffix]) for path in found}


def kept() -> list[str]:
    """Return the paths that a browser keeps: the page, and what it asks for."""
    return ["/", *(f"/static/{name}" for name in sorted(files()) if not name.endswith(".html") and name != WORKER)]


@cache
def worker() -> bytes:
    """Return the page's worker: with any change in any file it is another one, so that browsers take the new files."""
    content, _kind = files()[WORKER]
    version = sha256(b"".join(f"{name}:{len(said)}:".encode() + said for name, (said, _) in sorted(files().items())))
    told = f"const KEPT = {json.dumps(kept())};\nconst VERSION = {json.dumps(version.hexdigest()[:16])};\n"
    return told.encode() + content


@dataclass(frozen=True)
class Page:
    """One address asks for a hundred files a second at most: a hundred screens have their page in half a minute.

    In another half a minute they have all of it kept.
    """

    asked: Buckets = field(default_factory=lambda: Buckets(1000, 100))

    def routes(self) -> list[Route]:
        """Return the page, the board's page, and the files that they ask for."""
        return [
            Route("/", partial(self.tell, INDEX)),
            Route("/board", partial(self.tell, BOARD)),
            Route(f"/{WORKER}", partial(self.tell, WORKER)),
            Route("/static/{name}", partial(self.tell, None)),
        ]

    async def tell(self, name: str | None, request: Request) -> Response:
        return await refused_in_words(partial(self._file, name or request.path_params["name"], request))

    async def _file(self, name: str, request: Request) -> Response:
        self.asked.take(request.client.host if request.client else "", asyncio.get_running_loop().time())
        if name not in files():
            return error(404, "There is no such file; the page is at /.")
        content, kind = (worker(), TYPES[".js"]) if name == WORKER else files()[name]
        return Response(content, headers=PAGE_HEADERS, media_type=kind)
