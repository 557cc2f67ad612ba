"""A file is read in one go: what has grown past 250 lines holds two things, and is split by noun."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_LINES = 250


def sizes(*folders: str) -> Iterator[tuple[str, int]]:
    """Every line counts, blank ones and docstrings too: so long is the way from top to bottom."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_of_bot_and_handlers_is_longer_than_250_lines() -> None:
    measured = dict(sizes("bot", "handlers"))
    assert {"bot/app.py", "handlers/tables.py", "bot/domain/slips.py"} <= set(measured)
    assert {name: lines for name, lines in measured.items() if lines > MOST_LINES} == {}
