"""What the tests of this folder share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.hub.whole_hub import WholeHub, whole_hub


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        await running.settled()
        yield running
