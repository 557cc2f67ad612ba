"""What is started here to be killed ends by itself when nobody is left to end it."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from tests.crash import child
from tests.crash.processes import Child

Started = tuple[Callable[..., None], list[Any]]


def a_hub(settings: Settings, _path: Path) -> Started:
    return child.run_hub, [settings]


def a_house(_settings: Settings, path: Path) -> Started:
    return child.run_house, [path]


def a_slow_house(_settings: Settings, path: Path) -> Started:
    return child.run_slow_house, [path, range(900, 902)]


@pytest.mark.parametrize("kind", [a_hub, a_house, a_slow_house])
async def test_a_process_whose_starter_is_gone_ends(
    settings: Settings, tmp_path: Path, kind: Callable[[Settings, Path], Started]
) -> None:
    run, about = kind(settings, tmp_path / "house.db")
    started = await Child.start(run, *about)
    try:
        await started.hears()
        started.pipe.close()  # as the machine does for whoever dies
        await started.ended()
        assert started.process.exitcode == -signal.SIGKILL
    finally:
        started.process.kill()
