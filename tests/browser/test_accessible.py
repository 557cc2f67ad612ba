"""The kiosk for everybody: the checker of axe-core, best practices included, finds nothing on any of its pages."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import ViewportSize

from bot.languages import INMATES, catalogue
from handlers import tables
from tests.browser.kiosk_walk import KioskWalk, shows_the_newest
from tests.browser.screens import BROKEN_WORDS, DESK, PHONE, Screens, screens
from tests.browser.tour import hub_that_speaks

KIOSK_ALONE = "?device=K-A"
SPOKEN = [each for each in ("nb", "en", "ar") if catalogue(each, INMATES).exists()]
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}

AT_200_PERCENT = ViewportSize(width=640, height=400)
"""What is left of a screen of 1280 by 800 when everything on it is twice as large."""
WALLS = [ViewportSize(width=width, height=height) for width, height in ((1920, 1080), (1280, 800), (1024, 600))]
HEIGHT = "() => document.scrollingElement.scrollHeight - innerHeight"
UNFILLED = """() => {
  const bar = document.querySelector(".kiosk .bar").getBoundingClientRect();
  return Math.round(innerHeight - bar.bottom);
}"""


async def found_by_axe(page: Screens, options: dict[str, Any]) -> list[str]:
    """Return what breaks a rule, and where."""
    results = await Axe().run(page.page, options=options)
    return [
        f"{broken['id']}: {node['target'][0]} {node['html'][:120]} {[each['message'] for each in node['any']][:1]}"
        for broken in results.response["violations"]
        for node in broken["nodes"]
    ]


@pytest.mark.long
@pytest.mark.parametrize("language", SPOKEN)
async def test_no_page_of_a_kiosk_breaks_a_rule_by_day_or_by_night(tmp_path: Path, language: str) -> None:
    found: dict[str, list[str]] = {}
    seen = set[str]()
    async with (
        hub_that_speaks(tmp_path, language) as hub,
        screens(hub.running.address, DESK, KIOSK_ALONE) as page,
    ):
        await page.page.emulate_media(reduced_motion="reduce")

        async def look(name: str) -> None:
            await shows_the_newest(page.page, hub["K-A"])
            seen.add(await walk.name())
            found[name] = await found_by_axe(page, EVERYTHING)
            if (spoken := await page.page.locator("html").get_attribute("lang")) != language:
                found[name].append(f"is in {spoken}")
            await page.page.emulate_media(color_scheme="dark")
            found[f"{name}, dark"] = await found_by_axe(page, CONTRAST)
            await page.page.emulate_media(color_scheme="light")

        walk = KioskWalk(hub, look, language)
        await walk.every_page()
        assert {name: broken for name, broken in found.items() if broken} == {}
        assert seen == set(tables.PAGES)
        assert page.complaints == []


@pytest.mark.long
@pytest.mark.parametrize("language", SPOKEN)
async def test_no_page_of_a_kiosk_sticks_out_or_breaks_a_word_on_a_phone_at_200_percent_or_on_the_wall(
    tmp_path: Path, language: str
) -> None:
    found: dict[str, list[str]] = {}
    seen = set[str]()
    async with (
        hub_that_speaks(tmp_path, language) as hub,
        screens(hub.running.address, PHONE, KIOSK_ALONE) as page,
    ):

        async def look(name: str) -> None:
            await shows_the_newest(page.page, hub["K-A"])
            seen.add(await walk.name())
            for size in (PHONE, AT_200_PERCENT, DESK, *WALLS):
                await page.page.set_viewport_size(size)
                broken = await page.page.evaluate(BROKEN_WORDS, '[data-device="K-A"] .screen')
                found[f"{name} at {size['width']}"] = await page.too_wide() + broken

        walk = KioskWalk(hub, look, language)
        await walk.every_page()
    assert {where: wide for where, wide in found.items() if wide} == {}
    assert seen == set(tables.PAGES)


@pytest.mark.parametrize("language", SPOKEN)
async def test_home_fills_a_screen_on_the_wall_and_is_seen_whole(tmp_path: Path, language: str) -> None:
    found: dict[int, list[int]] = {}
    async with (
        hub_that_speaks(tmp_path, language) as hub,
        screens(hub.running.address, DESK, KIOSK_ALONE) as page,
    ):
        walk = KioskWalk(hub, unseen, language)
        await walk.sign_in("A05")
        await walk.go("ask:nav", "topic:", "back:", "home")  # with a next talk and a slip that was begun
        await shows_the_newest(page.page, hub["K-A"])
        for size in WALLS:
            await page.page.set_viewport_size(size)
            found[size["width"]] = [await page.page.evaluate(each) for each in (HEIGHT, UNFILLED)]
    assert found == {1920: [0, 0], 1280: [0, 0], 1024: [0, 0]}


async def unseen(name: str) -> None:
    """See nothing of what one passes."""
