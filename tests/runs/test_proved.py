"""The page of the long proof says what was run, with which seeds, and what did not pass."""

from pathlib import Path

import pytest

from tests.runs.proved import Proved, Row, page


def report(nodeid: str, when: str, outcome: str, seconds: float) -> pytest.TestReport:
    where = (nodeid, 1, nodeid)
    return pytest.TestReport(nodeid, where, {}, outcome, None, when, duration=seconds)  # type: ignore[arg-type]


def test_each_test_has_one_line_with_its_seeds_and_what_did_not_pass() -> None:
    proved = Proved(Path("proof.md"), "7")
    for nodeid, outcome in (("tests/a.py::test_it_holds[0]", "passed"), ("tests/a.py::test_it_holds[1]", "failed")):
        proved.pytest_runtest_logreport(report(nodeid, "setup", "passed", 1))
        proved.pytest_runtest_logreport(report(nodeid, "call", outcome, 2))
    proved.pytest_runtest_logreport(report("tests/b.py::test_that_too", "call", "passed", 1))
    assert proved.rows == {
        "tests/a.py::test_it_holds": Row(["0", "1"], 6, 1),
        "tests/b.py::test_that_too": Row([], 1, 0),
    }
    assert page(proved.rows, "abc", "7").splitlines()[-2:] == [
        "| it holds (`tests/a.py`) | 0, 1 | 6 | 1 failed |",
        "| that too (`tests/b.py`) | – | 1 | passed |",
    ]


def test_a_run_in_one_process_can_keep_it_among_its_plugins() -> None:
    assert len({Proved(Path("proof.md"), "7"), Proved(Path("proof.md"), "7")}) == 2
