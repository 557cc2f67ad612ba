"""A file is read in one go, and a folder at a glance: what has grown past that holds two things, and is split."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_LINES, MOST_LINES_OF_TESTS = 250, 400
MOST_FILES = 18
FLAT = "bot/store"
"""One file a noun, and so are its tests: nothing in it depends on where it lies."""


def sizes(*folders: str) -> Iterator[tuple[str, int]]:
    """Every line counts, blank ones and docstrings too: so long is the way from top to bottom."""
    for path in modules(*folders):
        yield path.relative_to(ROOT).as_posix(), len(path.read_text(encoding="utf-8").splitlines())


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def test_no_file_of_bot_and_handlers_is_longer_than_250_lines() -> None:
    measured = dict(sizes("bot", "handlers"))
    assert {"bot/app.py", "handlers/tables.py", "bot/domain/slips/slips.py"} <= set(measured)
    assert {name: lines for name, lines in measured.items() if lines > MOST_LINES} == {}


def test_no_file_of_the_tests_is_longer_than_400_lines() -> None:
    measured = dict(sizes("tests", "benchmarks"))
    assert len(measured) > 200
    assert {name: lines for name, lines in measured.items() if lines > MOST_LINES_OF_TESTS} == {}


def test_no_folder_holds_more_files_than_one_sees_at_a_glance() -> None:
    files: dict[str, int] = {}
    for path in modules("bot", "handlers", "tests", "benchmarks"):
        folder = path.parent.relative_to(ROOT).as_posix()
        files[folder] = files.get(folder, 0) + 1
    assert files.pop(FLAT) > MOST_FILES
    assert len(files) > 50
    assert {folder: count for folder, count in files.items() if count > MOST_FILES} == {}
