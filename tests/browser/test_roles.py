"""Every role's pages in a real browser: in both languages, narrow and wide, by keyboard, and nothing to complain of."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import ViewportSize, expect

from handlers.chat.words import Words
from tests.browser.screens import DESK, Screens, screens
from tests.browser.tour import STARTS, Tour, hub_that_speaks
from tests.hub.whole_hub import WholeHub, whole_hub

OSLO = ZoneInfo("Europe/Oslo")
NARROW = ViewportSize(width=360, height=740)
LOW = ViewportSize(width=760, height=480)
MOST_STOPS = 200
BUTTON = re.compile(r"""\s*- '?button\b( "(?P<name>.*?)")?""")
TITLES = "all => all.map(each => each.dataset.device)"
REMEMBER = "() => { window.stops = new Set(); addEventListener('focusin', ({ target }) => window.stops.add(target)); }"
NEVER_STOPPED_AT = """() => [...document.querySelectorAll("button, a, textarea, select, input, summary")]
  .filter((each) => each.checkVisibility() && !window.stops.has(each)).map((each) => each.outerHTML.slice(0, 90))"""
AT_THE_END = "() => document.activeElement === document.body"
SHOWN_FROM_ITS_TOP = """() => {
  const [list, newest] = [document.querySelector(".list"), [...document.querySelectorAll("article")].at(-1)];
  const [at, page] = [list.getBoundingClientRect(), newest.getBoundingClientRect()];
  return [page.height > at.height, page.top >= at.top && page.top < at.top + 40];
}"""


async def by_keyboard(page: Screens) -> list[str]:
    """Go through the whole page with Tab; return what was never reached."""
    await page.page.evaluate(REMEMBER)
    for _ in range(MOST_STOPS):
        await page.key("Tab")
        if await page.page.evaluate(AT_THE_END):
            break
    return list(await page.page.evaluate(NEVER_STOPPED_AT))


async def without_a_name(page: Screens) -> list[str]:
    """Return the buttons that a screen reader has no word for, as it would meet them."""
    read_out = await page.page.locator("body").aria_snapshot()
    found = [button for line in read_out.splitlines() if (button := BUTTON.match(line))]
    assert len(found) == await page.page.get_by_role("button").count()
    return [button.string for button in found if not re.search(r"\w", button["name"] or "")]


@pytest.mark.long
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_every_page_of_every_role_fits_narrow_and_wide(tmp_path: Path, language: str) -> None:
    wrong: dict[str, list[str]] = {}
    seen: list[str] = []
    async with hub_that_speaks(tmp_path, language) as hub, screens(hub.running.address, NARROW) as page:

        async def look(name: str, device: str) -> None:
            seen.append(name)
            await page.turn_to(device)
            for size in (NARROW, DESK):
                await page.page.set_viewport_size(size)
                wrong[f"{name} at {size['width']}"] = await page.too_wide()
            wrong[f"{name}, names"] = await without_a_name(page)
            if name.endswith(("start", "welcome", "home")):
                wrong[f"{name}, keyboard"] = await by_keyboard(page)
            wrong[f"{name}, console"] = list(page.complaints)

        await Tour(hub, Words(language, OSLO), look).every_page()
    assert {where: found for where, found in wrong.items() if found} == {}
    assert seen[:8] == ["inmate-welcome", *(f"{role}-start" for role in STARTS)]
    assert len(seen) == 27


NO_VOICE = (
    "Skjermene leser ikke høyt her, for det er ingen stemme på maskinen. Installer espeak-ng (apt install espeak-ng, "
    "eller .venv/bin/python -m pip install espeakng-loader), og start demoen på nytt."
)
"""What the demo says in a hub that was given no voices, as this one."""


async def start(hub: WholeHub, page: Screens, who: str) -> None:
    await page.turn_to(who)
    await page[who].box.get_by_role("button", name="Start", exact=True).click()
    await hub.settled()


async def test_an_empty_chat_begins_with_one_press(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await start(hub, page, "TK1")
        await page["TK1"].sees("Hei, Koordinator TK1!", "Hva vil du gjøre?")
        await expect(page["TK1"].box.get_by_role("button", name="Start", exact=True)).to_be_hidden()
        assert page.complaints == []


async def test_a_page_that_is_higher_than_the_window_is_read_from_its_top(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, LOW) as page:
        await start(hub, page, "VL")
        leader = page["VL"]
        await leader.press("Forflytninger")
        await leader.sees("onsdag 13. januar: 0 forflytninger")
        await leader.is_at_rest()
        assert await page.page.evaluate(SHOWN_FROM_ITS_TOP) == [True, True]
        await leader.press("fra kl. 19.00")
        await leader.sees("Fra kl. 19.00: 3 kan gå")
        await leader.is_at_rest()
        last = leader.box.get_by_role("button", name="fra kl. 19.00").last
        await expect(last).to_be_in_viewport()
        await leader.press("Startside")
        await leader.sees("Hei, Vaktleder VL!")
        assert page.complaints == []


async def test_the_demo_shows_who_is_who_and_opens_several_side_by_side(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await page.page.get_by_text("Vis flere skjermer").click()
        groups = await page.page.locator("#choices legend").all_inner_texts()
        assert groups == [
            "Kiosker",
            "Veiledere og rådgivere",
            "Sosialkonsulent",
            "Kontaktbetjenter",
            "Koordinator",
            "Vaktleder",
            "Administrator",
            "Revisor",
        ]
        assert await page.too_wide() == []
        await page.page.get_by_role("checkbox", name="KB-B1 avdeling B").check()
        await page.key("Escape")
        await page.page.get_by_role("button", name="Åpne TK1").click()
        await expect(page["TK1"].box.get_by_role("button", name="Start", exact=True)).to_be_focused()
        await page.key("Enter")
        await page["TK1"].sees("Hei, Koordinator TK1!")
        titles = await page.page.locator("section[data-device]").evaluate_all(TITLES)
        assert titles == ["K-A", "N1", "KB-B1", "TK1"]
        await page["KB-B1"].shows("Kontaktbetjent")
        tips = await page.page.locator("#demo .try .hint").all_inner_texts()
        assert tips == [
            "Innsatt på K-A: nummer A01, PIN 2101. Be om en samtale.",
            "Betjent på KB-A2 eller koordinator på TK1: Trykk Start.",
            NO_VOICE,
            "Tavla for storskjerm",
        ]
        assert page.complaints == []
