"""A demo prison for each test that kills, with its house network in the same process or in another."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import founding
from bot.config import Settings
from bot.demo import files
from tests.crash.processes import Child, start_house


@pytest.fixture(scope="module")
def newly_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo prison that nobody has used yet; hashing its PINs once is enough."""
    folder = tmp_path_factory.mktemp("new")
    asyncio.run(founding.create(Settings(data=folder, demo=True), files.HUB, files.PEOPLE))
    return folder


@pytest.fixture
def settings(newly_made: Path, tmp_path: Path) -> Settings:
    shutil.copytree(newly_made, tmp_path / "hub")
    return Settings(data=tmp_path / "hub", port=0, demo=True)


@pytest.fixture
async def apart(settings: Settings, tmp_path: Path) -> AsyncIterator[tuple[Settings, Child, str]]:
    """The house network in a process of its own, which lives on when the hub dies."""
    house, url, token = await start_house(tmp_path / "house.db")
    yield replace(settings, house_url=url, house_token=token), house, url
    await house.kill()
