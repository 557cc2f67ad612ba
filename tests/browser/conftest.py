"""One Chromium for the tests of this folder that a process runs: to start one costs more than most of them do."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import chromium
from tests.browser.screens import PATIENCE

# On a busy machine a page needs its time; what is waited for ends the waiting.
expect.set_options(timeout=PATIENCE)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Let the tests share a loop, for a browser answers on the one that it was started on."""
    if isinstance(collector, pytest.Module):
        collector.add_marker(pytest.mark.asyncio(loop_scope="package"))


@pytest_asyncio.fixture(autouse=True, scope="package", loop_scope="package")
async def one_chromium() -> AsyncIterator[None]:
    async with chromium.launched():
        yield
