"""A hub for each journey through the timetable."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.hub.whole_hub import WholeHub, whole_hub


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        yield running
