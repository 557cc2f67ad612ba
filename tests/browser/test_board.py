"""The board in a browser: big and narrow, two languages in turn, from the right, and a hub that is away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser import chromium
from tests.browser.screens import BROKEN_WORDS, SHOTS, TOO_WIDE
from tests.hub.translated_theme_night import planned
from tests.hub.whole_hub import WholeHub, whole_hub

BIG, NARROW = ViewportSize(width=1920, height=1080), ViewportSize(width=400, height=800)
OLD, SMALL = ViewportSize(width=1366, height=768), ViewportSize(width=1024, height=768)
SOON = 12_000  # milliseconds: the board asks every three seconds
TURNS = "setInterval = (work) => { window.turn = work; return 0; }"
"""Languages take turns when the test says so."""

CONTRAST = """() => {
  const light = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const shade = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map((each) => light(each / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    const own = getComputedStyle(element).backgroundColor;
    return /, 0\\)$/.test(own) && element.parentElement ? ground(element.parentElement) : own;
  };
  const leaves = [...document.querySelectorAll("#board *")].filter((each) => !each.children.length);
  const written = leaves.filter((each) => each.offsetHeight);
  return Math.min(...written.map((each) => {
    const [one, other] = [shade(getComputedStyle(each).color), shade(ground(each))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }));
}"""


@asynccontextmanager
async def on_board(hub: WholeHub, size: ViewportSize, query: str = "") -> AsyncIterator[Page]:
    async with chromium.window(viewport=size, locale="nb-NO") as page:
        await page.add_init_script(TURNS)
        await page.goto(f"{hub.running.address}board{query}")
        await expect(page.locator(".week:not([hidden])")).to_be_visible()
        yield page


async def heights(page: Page) -> tuple[int, int]:
    """How high the page is, and how high the window."""
    high, window = await page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    return int(high), int(window)


@pytest.mark.parametrize(("name", "size"), [("big", BIG), ("old", OLD), ("small", SMALL), ("narrow", NARROW)])
async def test_the_week_stands_there_in_both_languages_in_turn(tmp_path: Path, name: str, size: ViewportSize) -> None:
    async with whole_hub(tmp_path) as hub:
        await planned(hub)
        async with on_board(hub, size) as page:
            for language, title, today, night in (
                ("nb", "Uke 2", "I dag", "Temakveld: Bolig – veien ut"),
                ("en", "Week 2", "Today", "Theme night: Housing – the way out"),
            ):
                week = page.locator(".week:not([hidden])")
                await expect(week).to_have_attribute("lang", language)
                await expect(week.locator("h1")).to_have_text(title)
                await expect(week.locator(".today .badge")).to_have_text(today)
                await expect(week.locator(".marked")).to_contain_text(night)
                high, window = await heights(page)
                assert (await page.evaluate(TOO_WIDE), high <= window or size == NARROW) == ([], True)
                assert await page.evaluate(CONTRAST) >= 4.5
                assert await page.evaluate(BROKEN_WORDS, ".week:not([hidden])") == []
                await page.screenshot(path=SHOTS / f"board-{language}-{name}.png")
                await page.evaluate("turn()")


async def test_a_full_week_fits_a_big_screen_without_scrolling(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for number in range(16):
            day = 11 + number % 7
            start = f"2027-01-{day}T{8 + number // 7:02}:00:00.000000+00:00"
            night = await planned(hub)
            async with hub.running.database.transaction() as tx:
                await tx.run("UPDATE theme_nights SET starts = :start WHERE id = :id", start=start, id=night)
        async with on_board(hub, BIG) as page:
            high, window = await heights(page)
            assert (await page.locator(".week:not([hidden]) .marked").count(), high <= window) == (16, True)


async def test_arabic_turns_the_board_round(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await planned(hub)
        async with on_board(hub, BIG, "?languages=ar") as page:
            week = page.locator(".week")
            await expect(week).to_have_css("direction", "rtl")
            first, last = week.locator(".day").first, week.locator(".day").last
            lefts = [await each.evaluate("each => each.getBoundingClientRect().left") for each in (first, last)]
            assert lefts[0] > lefts[1]
            await expect(week.locator(".marked b")).to_have_text("\u206817:00–19:00\u2069")
            assert await page.evaluate(TOO_WIDE) == []
            await page.screenshot(path=SHOTS / "board-ar-big.png")


async def test_what_changes_is_there_soon_and_nothing_else_is_drawn_anew(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, on_board(hub, BIG) as page:
        await page.evaluate("document.querySelector('.week').dataset.kept = 'yes'")
        await page.wait_for_timeout(4_000)
        assert await page.locator(".week[data-kept]").count() == 1
        await planned(hub)
        await expect(page.locator(".week:not([hidden]) .marked")).to_be_visible(timeout=SOON)
        async with hub.running.database.transaction() as tx:
            await tx.run("UPDATE theme_nights SET state = 'cancelled'")
        await expect(page.locator(".week:not([hidden]) .marked")).to_have_count(0, timeout=SOON)


async def test_a_hub_that_is_silent_leaves_the_last_plan_with_a_plain_sentence(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, on_board(hub, BIG) as page:
        lost = page.locator("#lost")
        await expect(lost).to_be_hidden()
        await page.route("**/board/week*", lambda route: route.abort())
        await expect(lost).to_contain_text("Tavla får ikke kontakt. Slik var planen kl.", timeout=SOON)
        await expect(page.locator(".week:not([hidden])")).to_contain_text("Torsdag 14. januar")
        await page.unroute("**/board/week*")
        await expect(lost).to_be_hidden(timeout=SOON)
