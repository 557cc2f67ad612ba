"""On every way of starting, hub.yaml and people.yaml are read once each."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.commands import serving
from bot.demo import files
from bot.demo.routes import made_up
from tests.hub.front_door import ANY_PORT
from tests.patience import Looks

READ: list[Counter[Path]] = []
"""Where it is counted how often each file is read, as long as a test does."""


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if READ and event == "open":
        path, _mode, flags = arguments
        if str(path).endswith(".yaml") and not flags & (os.O_WRONLY | os.O_RDWR):
            READ[0][Path(path)] += 1


sys.addaudithook(_hear)


@pytest.fixture
def read() -> Iterator[Counter[Path]]:
    """Count how often each file is read from now on; nothing is known yet of the demo's own."""
    made_up.cache_clear()
    READ.append(Counter())
    yield READ[0]
    READ.clear()


async def start(capsys: pytest.CaptureFixture[str], command: str, data: Path, *options: str) -> None:
    """Start a hub by a command of the front door, and stop it when it is open."""
    asked = cli.parser().parse_args([command, "--data", str(data), *ANY_PORT[command], *options])
    work = asyncio.create_task(serving.COMMANDS.carry_out[command](asked))
    said = ""
    async for _ in Looks():
        said += capsys.readouterr().out
        if "Press Ctrl-C" in said or work.done():
            break
    assert "Press Ctrl-C" in said
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def test_each_file_is_read_once_on_every_way_of_starting(
    tmp_path: Path, read: Counter[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "hub.yaml"
    await start(capsys, "demo", tmp_path)
    assert read == {files.HUB: 1, files.PEOPLE: 1}
    read.clear()
    made_up.cache_clear()
    await start(capsys, "demo", tmp_path)
    assert read == {own: 1, files.HUB: 1, files.PEOPLE: 1}
    read.clear()
    await start(capsys, "run", tmp_path)
    assert read == {own: 1}
