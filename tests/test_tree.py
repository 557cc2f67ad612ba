"""The tests have the tree of the code: who looks for what shows something finds it where that something stands."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
OF_THEIR_OWN = re.compile(r"^\| `tests/(\w+)` \|", re.MULTILINE)
ELSEWHERE = {
    "bot/usecases/inmates": "tests/handlers/inmates",
    "bot/usecases/notices": "tests/journeys/notices",
    "bot/usecases/staff": "tests/handlers/staff",
    "bot/usecases/telling": "tests/journeys/test_telling_many.py",
    "handlers/telling": "tests/journeys/test_telling_many.py",
    "handlers/timetable": "tests/journeys/timetable",
}
"""What has no tests of its own, for others show it: folders of the code, and where they are shown."""


def folders(top: Path) -> Iterator[Path]:
    """Every folder with modules in it, by its way from the top."""
    for path in sorted({each.parent for each in top.rglob("*.py")} - {top}):
        yield path.relative_to(top)


def code_of(tested: Path) -> Path:
    """Return where the code stands whose tests stand here."""
    return ROOT / tested if tested.parts[0] == "handlers" else ROOT / "bot" / tested


def is_code(path: Path) -> bool:
    return path.is_dir() or path.with_suffix(".py").is_file()


def mirrored() -> set[Path]:
    of_their_own = set(OF_THEIR_OWN.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert {name for name in of_their_own if not (TESTS / name).is_dir()} == set()
    return {each for each in folders(TESTS) if each.parts[0] not in of_their_own}


def test_every_folder_of_tests_is_named_in_the_map_or_after_what_stands_there_in_the_code() -> None:
    found = mirrored()
    assert Path("delivery/sender") in found
    assert [
        each for each in found if not code_of(each).is_dir() and not code_of(each).with_suffix(".py").is_file()
    ] == []


def test_every_folder_of_the_code_has_tests_there_or_is_shown_elsewhere() -> None:
    code = {f"{top}{each}" for top in ("bot/", "handlers/") for each in map(Path.as_posix, folders(ROOT / top))}
    tested = {code_of(each).relative_to(ROOT).as_posix() for each in mirrored()}
    assert {"bot/usecases/slips", "handlers/slips"} <= code & tested
    assert code - tested == set(ELSEWHERE)
    assert [where for where in ELSEWHERE.values() if not (ROOT / where).exists()] == []
