"""The page itself: a handful of files without anything personal."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.gateway.answers import PAGE_HEADERS, error

STATIC = Path(__file__).parent / "static"
SUFFIXES = {".css", ".html", ".js", ".svg"}


async def page_file(request: Request) -> Response:
    path = STATIC / request.path_params.get("name", "index.html")
    if path.suffix not in SUFFIXES or not path.is_file():
        return error(404, "There is no such file; the page is at /.")
    return FileResponse(path, headers=PAGE_HEADERS)


ROUTES = [Route("/", page_file), Route("/static/{name}", page_file)]
