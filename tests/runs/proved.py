"""What ``make prove`` has shown: a table for people, with the seeds, and the commit on which it was run."""

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import proving

PAGE = Path(__file__).parents[2] / "docs" / "proof.md"


@dataclass
class Row:
    """One test in all its runs: with which parameters, for how many seconds in all, and how many did not pass."""

    runs: list[str] = field(default_factory=list)
    seconds: float = 0
    failed: int = 0


@dataclass(eq=False)  # pytest keeps its plugins in a set
class Proved:
    """Listens to a run of the long versions, and writes down what it showed."""

    page: Path
    seed: str
    rows: dict[str, Row] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test went."""
        name, _, run = report.nodeid.partition("[")
        row = self.rows.setdefault(name, Row())
        row.seconds += report.duration
        row.failed += report.failed
        if report.when == "call" and run:
            row.runs.append(run.rstrip("]"))

    def pytest_sessionfinish(self) -> None:
        """Write the table."""
        self.page.write_text(page(self.rows, commit(), self.seed), "utf-8")


def page(rows: dict[str, Row], of: str, seed: str) -> str:
    """Return the page: one line a test, the longest first."""
    longest = sorted(rows.items(), key=lambda each: -each[1].seconds)
    return "\n".join(
        [
            "# What the long proof has shown",
            "",
            f"Written by `make prove`, on commit {of}, with the seed {seed} for what Hypothesis makes up. Other seeds",
            "stand beside the tests that take them; where there is none, a test has its own.",
            "",
            "| test | seeds and cases | seconds | result |",
            "|---|---|---|---|",
            *(_line(name, row) for name, row in longest),
            "",
        ]
    )


def _line(name: str, row: Row) -> str:
    path, _, test = name.partition("::")
    return f"| {_said(test)} (`{path}`) | {_runs(row.runs)} | {row.seconds:.0f} | {_result(row)} |"


def _said(test: str) -> str:
    return test.removeprefix("test_").replace("::", ": ").replace("_", " ")


def _runs(runs: Iterable[str]) -> str:
    return ", ".join(each.replace("|", "\\|") for each in runs) or "–"


def _result(row: Row) -> str:
    return f"{row.failed} failed" if row.failed else "passed"


def commit() -> str:
    """Return the commit that is checked out, marked where something was changed since."""
    asked = ["git", "-C", str(PAGE.parent), "describe", "--always", "--dirty", "--abbrev=12"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def listen(config: pytest.Config) -> None:
    """Listen to a run of all long versions: `make prove` gives it a seed, and who tries one by hand does not."""
    seed = config.getoption("--hypothesis-seed")
    if proving.PROVE and seed is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proved(PAGE, str(seed)))
