"""A start of the program loads what it uses: what only some hubs need is loaded where one needs it."""

import subprocess
import sys
from functools import cache

SAYS = "import sys, {module}; print(*sys.modules)"
DRAWS = ("PIL", "fontTools", "fpdf", "uharfbuzz")


def loaded_by(module: str, *looked_for: str) -> list[str]:
    """Return which of these packages come along where a module is imported by itself."""
    return sorted({*looked_for} & everything_loaded_by(module))


@cache
def everything_loaded_by(module: str) -> frozenset[str]:
    asked = [sys.executable, "-c", SAYS.format(module=module)]
    return frozenset(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split())


def test_what_papers_are_drawn_with_is_not_loaded_by_a_start() -> None:
    assert loaded_by("bot.app", *DRAWS) == []
    assert loaded_by("fpdf", *DRAWS) == [*DRAWS]


def test_what_speaks_over_http_or_by_letter_is_not_loaded_by_a_start() -> None:
    assert loaded_by("bot.app", "aiohttp", "aiosmtplib") == []
    assert loaded_by("bot.delivery.wire.http", "aiohttp") == ["aiohttp"]
    assert loaded_by("bot.delivery.wire.letters", "aiosmtplib") == ["aiosmtplib"]


def test_the_chat_library_and_the_scheduler_are_not_loaded_where_no_hub_runs() -> None:
    assert loaded_by("bot.founding", "apscheduler", "telegram") == []
    assert loaded_by("bot.app", "apscheduler", "telegram") == ["apscheduler", "telegram"]


def test_a_command_loads_its_own_and_no_more() -> None:
    assert loaded_by("bot.cli", "bot.app", "bot.founding", "bot.hubfile", "pydantic", "yaml") == []
    assert loaded_by("bot.commands.checking", "bot.app", "bot.founding", "bot.usecases", "bot.hubfile") == [
        "bot.hubfile"
    ]
    assert loaded_by("bot.commands.founding", "bot.app", "bot.founding", "handlers") == ["bot.founding"]
