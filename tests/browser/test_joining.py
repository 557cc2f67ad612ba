"""A browser becomes a device: with a code that is written or comes in a link; and nothing is left when it is ended."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, expect

from bot.domain.codes import grouped
from bot.gateway.bot_api.calls import answer
from tests.browser import chromium
from tests.browser.screens import DESK, PATIENCE, PHONE, TOO_WIDE
from tests.hub.devices import RealHub, real_hub

WELCOME = "Her kan du be om en samtale"
TITLE = "Skriv koden fra servicetorget"
UNKNOWN = ["Jeg kjenner ikke denne koden.", "I do not know this code."]


@asynccontextmanager
async def opened(address: str, complaints: list[str]) -> AsyncIterator[Page]:
    """Open a hub's door in a window of its own, and note what the browser complains about."""
    async with chromium.window(viewport=DESK, locale="nb-NO") as page:
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type in {"error", "warning"} else None)
        await page.goto(address)
        yield page


async def is_at(page: Page, where: str) -> None:
    await expect(page.locator("html")).to_have_attribute("data-house", where)


async def write(page: Page, code: str) -> None:
    await page.get_by_label(TITLE).fill(code)
    await page.keyboard.press("Enter")


async def test_a_kiosk_joins_by_keyboard_and_fills_the_window(tmp_path: Path) -> None:
    complaints: list[str] = []
    async with real_hub(tmp_path) as hub, opened(hub.running.kiosk_address, complaints) as page:
        await is_at(page, "outside")
        assert complaints == []
        await expect(page.get_by_label(TITLE)).to_be_focused()
        await write(page, "feil-feil-feil")
        for words in UNKNOWN:
            await expect(page.get_by_role("alert")).to_contain_text(words)
        await expect(page.get_by_label(TITLE)).to_be_focused()
        await page.set_viewport_size(PHONE)
        assert await page.evaluate(TOO_WIDE) == []
        await page.set_viewport_size(DESK)
        await write(page, grouped(await hub.code("K-A")).lower())
        await is_at(page, "up")
        kiosk = page.locator('section[data-device="K-A"]')
        await expect(kiosk).to_contain_text(WELCOME)
        box = await kiosk.bounding_box()
        assert box
        assert (box["width"], box["height"] >= DESK["height"]) == (DESK["width"], True)
        assert await shown(page, ".top", ".nameplate", ".demo", "#leave", ".join") == []
        await kiosk.get_by_role("button", name="Avdeling A").click()
        await expect(kiosk).to_contain_text("Trykk nummeret ditt")
        await page.reload()
        await expect(kiosk).to_contain_text("Trykk nummeret ditt")
        await hub.running.jobs.move_clock(hub.clock, hub.clock.now())


async def shown(page: Page, *selectors: str) -> list[str]:
    return [each for each in selectors if await page.locator(each).locator("visible=true").count()]


async def test_an_adviser_joins_by_a_link_and_logs_out_and_nothing_is_left(tmp_path: Path) -> None:
    complaints: list[str] = []
    async with real_hub(tmp_path) as hub:
        link = f"{hub.running.address}#{grouped(await hub.code('N1'))}"
        async with opened(link, complaints) as page:
            await is_at(page, "up")
            assert await page.evaluate("location.href") == hub.running.address
            await expect(page.locator('section[data-device="N1"]')).to_contain_text("FJ-110")
            assert await page.locator("section[data-device]").count() == 1
            assert await shown(page, ".top", ".demo", ".join") == []
            await page.get_by_label("Skriv en melding").fill("/idag")
            await page.keyboard.press("Enter")
            await expect(page.locator('section[data-device="N1"]')).to_contain_text("ingen samtaler")
            await page.get_by_role("button", name="Logg ut").click()
            await is_empty(page)
            await page.reload()
            await is_empty(page)
            assert await hub.listed() == []
            assert complaints == []


async def is_empty(page: Page) -> None:
    await is_at(page, "outside")
    await expect(page.get_by_label(TITLE)).to_be_visible()
    assert await page.locator("section[data-device], article, .tile, #leave").count() == 0
    document = await page.content()
    assert [words for words in ("FJ-", "NAV", "N1", "A04") if words in document] == []


async def test_a_device_that_is_ended_is_wiped_at_once_and_can_join_again(tmp_path: Path) -> None:
    complaints: list[str] = []
    async with real_hub(tmp_path) as hub, opened(hub.running.address, complaints) as page:
        await write(page, await hub.code("N1"))
        await expect(page.locator('section[data-device="N1"]')).to_contain_text("FJ-110")
        await hub.end("N1")
        await expect(page.locator("article")).to_have_count(0)
        await is_empty(page)
        assert await heard_after(page, hub) == []
        await write(page, await hub.code("G1"))
        await expect(page.locator('section[data-device="G1"]')).to_contain_text("FJ-107")
        assert "FJ-110" not in await page.content()
        assert complaints == []


async def heard_after(page: Page, hub: RealHub) -> list[str]:
    """Return what of a message to the chat comes through to a page that is outside."""
    assert hub.running.house
    await answer(hub.running.house, "sendMessage", {"chat_id": 201, "text": "KANARIFUGL"})
    await page.wait_for_timeout(300)
    return [words for words in ("KANARIFUGL",) if words in await page.content()]


async def test_a_kiosk_comes_back_by_itself_when_the_hub_was_away(tmp_path: Path) -> None:
    complaints: list[str] = []
    async with real_hub(tmp_path) as hub:
        port = int(hub.running.kiosk_address.rstrip("/").rpartition(":")[2])
        browser = opened(f"{hub.running.kiosk_address}#{await hub.code('K-A')}", complaints)
        page = await browser.__aenter__()
        kiosk = page.locator('section[data-device="K-A"]')
        await expect(kiosk).to_contain_text(WELCOME)
    try:
        await expect(kiosk).to_contain_text("Skjermen virker ikke nå.")
        async with real_hub(tmp_path, kiosks=("127.0.0.1", port)) as hub:
            await expect(kiosk).to_contain_text(WELCOME)
            await is_at(page, "up")
            await hub.end("K-A")
            await expect(page.get_by_label(TITLE)).to_be_visible()
    finally:
        await browser.__aexit__(None, None, None)
