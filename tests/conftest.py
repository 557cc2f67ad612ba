"""What every test run needs: it says which tests it left out, and why, hears the logs, and watches every turn."""

import asyncio
import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.cli import loop_factory
from tests.browser import chromium
from tests.memory import keep_files_in_memory
from tests.pins import hash_cheaply
from tests.runs import in_line, made_once, proved
from tests.watches import held
from tests.watches.hushed import Ear

pytest.register_assert_rewrite("tests.watches.invariants", "tests.crash.reference", "tests.model")

# How long an example takes is the machine's doing: what has to be quick is measured, in benchmarks/.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

BROWSER_TESTS = Path(chromium.__file__).parent
LEFT = pytest.StashKey[list[str]]()
IN_MEMORY = pytest.StashKey[Path | None]()
EAR = pytest.StashKey[Ear]()
HEARD, LEFT_OUT, HELD = "heard", "left_out", "held"
"""What a worker of a run in parallel tells at its end."""


def pytest_configure(config: pytest.Config) -> None:
    """Hear every record of the whole run, from whichever test and thread it comes; make no file that others may read.

    A hub refuses a data folder that others may read, and tests put files of their own into some.
    """
    os.umask(0o077)
    config.stash[IN_MEMORY] = keep_files_in_memory()
    hash_cheaply()
    held.begin()
    config.stash[EAR], config.stash[LEFT] = Ear(), []
    logging.getLogger().addHandler(config.stash[EAR])
    proved.listen(config)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Let Hypothesis count all letters there are, which takes it two seconds in a fresh clone, before workers begin."""
    if not hasattr(session.config, "workerinput"):
        st.text().validate()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing in memory; whoever wants to look at files afterwards names a place for them, as TMPDIR."""
    if made := config.stash.get(IN_MEMORY, None):
        shutil.rmtree(made, ignore_errors=True)


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Let every test run on the loop that a hub runs on; where there is but one, no test's name says which."""
    return {"the hub's": loop_factory() or asyncio.new_event_loop}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    in_line.choose(item.path)
    made_once.choose(item.path)


@pytest.fixture(autouse=True)
def records_as_they_are() -> Iterator[None]:
    """Let a test that logs as the front door does change no other test's records: the ear must hear everything."""
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)


def pytest_collection_finish() -> None:
    """Let the collector of garbage look no more, each time, at what all tests are made of and nobody throws away."""
    gc.freeze()


def pytest_runtest_logstart(nodeid: str) -> None:
    held.WATCH.during = nodeid
    for handler in logging.getLogger().handlers:
        if isinstance(handler, Ear):
            handler.during = nodeid


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Read what the test and its processes wrote on stderr; a record of this process has been read already."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, Ear):
            handler.read(report.capstderr)
    held.WATCH.read(report.capstderr)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let the run fail where a log told what nobody may read there, a turn held the database for too long, or tests are
    left out that may not be.

    A worker hands all of it to the run that it belongs to.
    """
    config = session.config
    told = {HEARD: config.stash[EAR].heard, LEFT_OUT: config.stash[LEFT], HELD: held.WATCH.found}
    if hasattr(config, "workeroutput"):
        config.workeroutput.update(told)
    elif told[HEARD] or told[HELD] or (told[LEFT_OUT] and is_under_ci()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Learn from a worker that has ended what it heard; all of them leave out the same tests."""
    told = getattr(node, "workeroutput", {})
    node.config.stash[EAR].heard += told.get(HEARD, [])
    held.WATCH.found += told.get(HELD, [])
    node.config.stash[LEFT] = told.get(LEFT_OUT, node.config.stash[LEFT])


def is_under_ci() -> bool:
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest; leave the browser tests out where no Chromium is found, which under CI is a failure.

    Of tests in parallel, a long one that is begun last has the others wait for it.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    left_out = [item for item in items if item.path.is_relative_to(BROWSER_TESTS)]
    if left_out and not chromium.find():
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        config.stash[LEFT] = [item.nodeid for item in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if heard := list(dict.fromkeys(config.stash[EAR].heard)):
        terminalreporter.section(f"told in a log: {len(heard)} lines", red=True)
        for line in heard:
            terminalreporter.line(line)
    if found := list(dict.fromkeys(held.WATCH.found)):
        terminalreporter.section(f"held the only transaction: {len(found)} times", red=True)
        for line in found:
            terminalreporter.line(line)
    if left_out := config.stash[LEFT]:
        terminalreporter.section(f"left out: {len(left_out)} browser tests", red=is_under_ci())
        terminalreporter.line(f"Because {chromium.MISSING}.")
