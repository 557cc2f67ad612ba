"""The system's Chromium: where it is, and how a test gets a browser of its own."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = f"no Chromium was found: set CHROMIUM to its path, or install one of {', '.join(NAMES)}"


def find() -> str | None:
    """The browser's path: what the variable CHROMIUM names (which must then be there), else the first on PATH."""
    named = os.environ.get("CHROMIUM")
    return next((path for name in ([named] if named else NAMES) if (path := shutil.which(name))), None)


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A fresh browser without a window, closed at the end.

    Raises RuntimeError when there is no Chromium.
    """
    path = find()
    if path is None:
        raise RuntimeError(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path)
        try:
            yield browser
        finally:
            await browser.close()
