"""The page while the hub is away: a reload shows our words, not the browser's, and nothing personal is kept for it."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.gateway.doors import page as pages
from tests.browser.screens import screens
from tests.browser.test_joining import opened
from tests.browser.tour import hub_that_speaks
from tests.hub.devices import real_hub
from tests.hub.whole_hub import whole_hub
from tests.patience import until

DOWN = {
    "nb": "Skjermen virker ikke nå. Skriv på papirlapp. Den teller like mye.",
    "en": "The screen is not working now. Use a paper slip. It counts just as much.",
}
WELCOME = {"nb": "Her kan du be om en samtale", "en": "Here you can ask for a talk"}
KIOSK_ALONE = "?device=K-A"
READY = "async () => { await navigator.serviceWorker.ready; return navigator.serviceWorker.controller !== null; }"
CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    found[name] = requests.map((each) => new URL(each.url).pathname + new URL(each.url).search).sort();
  }
  return found;
}"""
STORED = "() => ({ ...localStorage })"


async def is_kept(page: Page) -> None:
    """Wait until the browser has all that a reload needs."""

    async def ready() -> bool:
        return bool(await page.evaluate(READY) and await page.evaluate(STORED))

    await until(ready, "the page was kept")


def port_of(address: str) -> int:
    return int(address.rstrip("/").rpartition(":")[2])


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_a_reload_while_the_hub_is_away_shows_the_hubs_words_and_the_page_comes_back(
    tmp_path: Path, language: str
) -> None:
    async with hub_that_speaks(tmp_path, language) as hub:
        port = port_of(hub.running.address)
        window = screens(hub.running.address, show=KIOSK_ALONE)
        page = await window.__aenter__()
        await page["K-A"].shows(WELCOME[language])
        await is_kept(page.page)
        await hub["K-A"].press("A", of=WELCOME[language])
    try:
        for _ in range(2):
            await page.page.reload()
            cover = page.page.locator(".cover")
            await expect(cover.locator("p")).to_have_text([DOWN[language], *set(DOWN.values()) - {DOWN[language]}])
            assert await page.too_wide() == []
        async with whole_hub(tmp_path, port=port):
            await page["K-A"].shows(WELCOME[language])
            await expect(cover).to_have_count(0)
    finally:
        await window.__aexit__(None, None, None)


async def test_a_browser_that_never_heard_the_hubs_words_says_them_in_norwegian_and_english(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        window = screens(hub.running.address, show=KIOSK_ALONE)
        page = await window.__aenter__()
        await is_kept(page.page)
        await page.page.evaluate("() => localStorage.clear()")
    try:
        await page.page.reload()
        await expect(page.page.locator(".cover p")).to_have_text(list(DOWN.values()))
        languages = await page.page.locator(".cover p").evaluate_all("all => all.map(({ lang }) => lang)")
        assert languages == list(DOWN)
    finally:
        await window.__aexit__(None, None, None)


async def test_a_proxy_that_is_there_without_its_hub_hides_nothing(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        port = port_of(hub.running.address)
        window = screens(hub.running.address, show=KIOSK_ALONE)
        page = await window.__aenter__()
        await is_kept(page.page)
    try:
        async with await asyncio.start_server(bad_gateway, "127.0.0.1", port):
            await page.page.reload()
            await expect(page.page.locator(".cover p")).to_have_text(list(DOWN.values()))
            assert "Bad Gateway" not in await page.page.content()
    finally:
        await window.__aexit__(None, None, None)


async def bad_gateway(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer as a proxy does whose hub is not there."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 11\r\nConnection: close\r\n\r\nBad Gateway")
    await writer.drain()
    writer.close()


async def test_of_a_device_nothing_but_the_pages_own_files_is_kept_also_when_it_has_left(tmp_path: Path) -> None:
    complaints: list[str] = []
    async with real_hub(tmp_path) as hub:
        link = f"{hub.running.kiosk_address}#{await hub.code('K-A')}"
        async with opened(link, complaints) as page:
            kiosk = page.locator('section[data-device="K-A"]')
            await kiosk.get_by_role("button", name="Avdeling A").click()
            await expect(kiosk).to_contain_text("Trykk nummeret ditt")
            await page.reload()
            await is_kept(page)
            kept = await in_the_browser(page)
            await hub.end("K-A")
            await expect(page.get_by_label("Skriv koden fra servicetorget")).to_be_visible()
            assert [kept, await in_the_browser(page)] == [
                ([pages.kept()], {"samtalelapp-away": f"{DOWN['nb']}\n\n{DOWN['en']}"})
            ] * 2
            assert complaints == []


async def in_the_browser(page: Page) -> tuple[list[Any], dict[str, str]]:
    """Return what a browser keeps of the page: in caches, and what it was told to remember."""
    cached: dict[str, Any] = await page.evaluate(CACHED)
    return list(cached.values()), await page.evaluate(STORED)


@contextmanager
def changed_page(copy: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let hubs that start now have another page."""
    shutil.copytree(pages.STATIC, copy)
    index = copy / pages.INDEX
    index.write_text(index.read_text("utf-8").replace("<title>", '<meta name="new"><title>'), "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(pages, "STATIC", copy)
        forget()
        yield
    forget()


def forget() -> None:
    pages.files.cache_clear()
    pages.worker.cache_clear()


async def test_a_new_version_of_the_page_takes_over_when_the_hub_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with whole_hub(tmp_path / "hub") as hub:
        port = port_of(hub.running.address)
        window = screens(hub.running.address, show=KIOSK_ALONE)
        page = await window.__aenter__()
        await is_kept(page.page)
        [old] = await page.page.evaluate(CACHED)
    try:
        await expect(page.page.locator(".cover")).to_be_visible()
        with changed_page(tmp_path / "static", monkeypatch):
            async with whole_hub(tmp_path / "hub", port=port):
                await expect(page.page.locator("meta[name=new]")).to_have_count(1)
                await page["K-A"].shows(WELCOME["nb"])
                [new] = await page.page.evaluate(CACHED)
                assert new != old
    finally:
        await window.__aexit__(None, None, None)
