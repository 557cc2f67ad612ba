"""What every test run needs: it says which tests it left out, and why."""

import os
from pathlib import Path

import pytest

from tests.browser import chromium

pytest.register_assert_rewrite("tests.invariants", "tests.crash.reference", "tests.model")

BROWSER_TESTS = Path(chromium.__file__).parent
LEFT_OUT = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser tests out where no Chromium is found; under CI that is a failure."""
    left_out = [item for item in items if item.path.is_relative_to(BROWSER_TESTS)]
    if not left_out or chromium.find():
        return
    if os.environ.get("CI", "").lower() not in {"", "0", "false"}:
        raise pytest.UsageError(f"{len(left_out)} browser tests cannot run under CI: {chromium.MISSING}")
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    config.stash[LEFT_OUT] = [item.nodeid for item in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    left_out = config.stash.get(LEFT_OUT, [])
    if left_out:
        terminalreporter.section(f"left out: {len(left_out)} browser tests")
        terminalreporter.line(f"Because {chromium.MISSING}.")
        for name in left_out:
            terminalreporter.line(f"  {name}")
