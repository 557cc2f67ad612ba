"""The system's Chromium: where it is, and how a test gets a window of its own."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = f"no Chromium was found: set CHROMIUM to its path, or install one of {', '.join(NAMES)}"


def find() -> str | None:
    """The browser's path: what the variable CHROMIUM names (which must then be there), else the first on PATH."""
    named = os.environ.get("CHROMIUM")
    return next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)


RUNNING: ContextVar[Browser] = ContextVar("the browser that runs")


@asynccontextmanager
async def launched() -> AsyncIterator[None]:
    """Let a Chromium run, of which every window is one until the end.

    Raises RuntimeError when there is none.
    """
    path = find()
    if path is None:
        raise RuntimeError(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path)
        before = RUNNING.set(browser)
        try:
            yield
        finally:
            RUNNING.reset(before)
            await browser.close()


@asynccontextmanager
async def window(**how: Any) -> AsyncIterator[Page]:
    """Open a window that knows nothing of any other: cookies, what is stored and what may be done are its own."""
    page = await RUNNING.get().new_page(**how)
    try:
        yield page
    finally:
        await page.context.close()
