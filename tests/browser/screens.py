"""The page as a person meets it: panels with words and buttons, a mouse or a keyboard, and pictures to look at."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.browser import chromium

SHOTS = Path(__file__).parent / "shots"
DESK = ViewportSize(width=1400, height=1000)
PHONE = ViewportSize(width=320, height=640)
MOST_STOPS = 120
PATIENCE = 30000  # milliseconds

FOCUSED = """() => {
  const active = document.activeElement;
  const words = active.getAttribute("aria-label") ?? (active.querySelector(".label") ?? active).textContent;
  const around = active.closest("article, .screen, #demo")?.innerText ?? "";
  return [active.closest("[data-device]")?.dataset.device ?? "", words.trim(), around];
}"""
ROOM_FOR_NEWEST = """() => {
  const newest = [...document.querySelectorAll("article")].at(-1);
  const list = newest?.closest(".list");
  return list ? Math.ceil(newest.offsetHeight + innerHeight - list.clientHeight + 60) : 0;
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const sticksOut = (box) => box.width > 0 && (box.left < -0.5 || box.right > width + 0.5);
  const found = [...document.body.querySelectorAll("*")].filter((each) => !each.matches(".unseen"));
  const wide = found.filter((each) => sticksOut(each.getBoundingClientRect()) || each.scrollLeft > 0);
  if (document.documentElement.scrollWidth > width) wide.unshift(document.documentElement);
  return wide.map((each) => `${each.tagName} ${each.className}: ${each.textContent.trim().slice(0, 40)}`);
}"""
BROKEN_WORDS = """(within) => {
  const texts = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  const broken = [];
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest(".unseen")) continue;
    for (const { 0: word, index } of texts.currentNode.data.matchAll(/[^\\s–-]+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      if (new Set([...range.getClientRects()].map((each) => each.top)).size > 1) broken.push(word);
    }
  }
  return broken;
}"""


@dataclass(frozen=True)
class Panel:
    """One device on the page."""

    title: str
    box: Locator

    async def press(self, name: str) -> None:
        """Click the newest button of this name; its icon is not part of the name."""
        await self.box.get_by_role("button", name=name, exact=True).last.click()

    async def press_on(self, card: str, name: str) -> None:
        """Click a button on the card with these words."""
        await self.card(card).get_by_role("button", name=name, exact=True).click()

    async def sign_in(self, number: str, pin: str, unit: str = "Avdeling") -> None:
        """Press unit, number and PIN."""
        await self.press(f"{unit} {number[0]}")
        await self.press_keys(number[1:] + pin)

    async def press_keys(self, digits: str) -> None:
        """Press keys of the digit pad, each when the page has shown the one before: the pad may move then."""
        for digit in digits:
            await self.box.get_by_role("button", name=digit, exact=True).last.wait_for()
            before = await self.box.text_content()
            await self.press(digit)
            await expect(self.box).not_to_have_text(str(before))

    def card(self, *words: str) -> Locator:
        """Return the newest of an adviser's messages with all these words."""
        cards = self.box.locator("article.card")
        for word in words:
            cards = cards.filter(has_text=word)
        return cards.last

    async def shows(self, *words: str) -> None:
        """Wait until all these words stand there."""
        for word in words:
            await expect(self.box).to_contain_text(word)

    async def sees(self, *words: str) -> None:
        """Wait until one of an adviser's messages has all these words."""
        await expect(self.card(*words)).to_be_visible()

    async def is_at_rest(self) -> None:
        """Wait until no press is under way."""
        await expect(self.box).to_have_attribute("data-state", "ready")
        await expect(self.box).not_to_have_attribute("data-busy", re.compile(".*"))

    async def text(self) -> str:
        """Return every word in the panel, buttons included."""
        return await self.box.inner_text()


@dataclass(frozen=True)
class Screens:
    """The whole page, with what the browser complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __getitem__(self, title: str) -> Panel:
        """Return a device by what stands on it: K-A, N1."""
        return Panel(title, self.page.locator(f'section[data-device="{title}"]'))

    async def turn_to(self, device: str) -> None:
        """Show one device alone, as its own browser does."""
        at = self.page.url.partition("?")[0].partition("#")[0]
        await self.page.goto(f"{at}?device={device}")
        await self.is_up()

    async def fit_newest(self) -> None:
        """Make the window so high that an adviser's newest message stands in it whole."""
        height = await self.page.evaluate(ROOM_FOR_NEWEST)
        size = self.page.viewport_size
        if size and height > size["height"]:
            await self.page.set_viewport_size({"width": size["width"], "height": height})

    async def is_up(self) -> None:
        """Wait until the page and the hub have found each other."""
        await expect(self.page.locator("html")).to_have_attribute("data-house", "up")

    async def too_wide(self) -> list[str]:
        """Return what sticks out of the window to the side."""
        return list(await self.page.evaluate(TOO_WIDE))

    async def move_clock(self, label: str) -> None:
        """Press one of the demo's buttons that move the hub's clock."""
        await self.page.locator("#demo").get_by_role("button", name=label, exact=True).click()
        await self.clock_has_moved()

    async def clock_has_moved(self) -> None:
        """Wait until the demo's clock stands where it was asked to go."""
        await expect(self.page.locator("#demo")).not_to_have_attribute("data-busy", "true")

    async def keep(self, name: str, folder: Path = SHOTS) -> Path:
        """Keep a picture of the window."""
        path = folder / f"{name}.png"
        await self.page.screenshot(path=path, animations="disabled", caret="hide")
        return path

    # the keyboard

    async def key(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for each in keys:
            await self.page.keyboard.press(each)

    async def focused(self) -> tuple[str, str, str]:
        """Return where the keyboard stands: the device (or nothing), the words, and what stands around them."""
        device, words, around = await self.page.evaluate(FOCUSED)
        return device, words, around

    async def tab_to(self, words: str, device: str = "", *, key: str = "Tab", of: str = "") -> None:
        """Go on with Tab, or an arrow, until the keyboard stands on these words, on a card that has ``of``."""
        stops = []
        for _ in range(MOST_STOPS):
            stops.append(await self.focused())
            if stops[-1][:2] == (device, words) and of in stops[-1][2]:
                return
            await self.key(key)
        raise AssertionError(f"{key} does not lead to {(device, words, of)}, but past {dict.fromkeys(stops)}")


@asynccontextmanager
async def screens(
    address: str, viewport: ViewportSize = DESK, show: str = "", *, still: bool = False, scale: float = 1
) -> AsyncIterator[Screens]:
    """Open the page in a window of its own; ``show`` is what stands behind the address, ``still`` stops its clock."""
    async with chromium.window(viewport=viewport, device_scale_factor=scale, locale="nb-NO") as page:
        page.set_default_timeout(PATIENCE)
        found = Screens(page)
        page.on("console", lambda message: _note(message, found.complaints))
        page.on("pageerror", lambda error: found.complaints.append(f"pageerror: {error}"))
        if still:
            await page.add_init_script("performance.now = () => 0")
        await page.goto(address + show)
        await found.is_up()
        yield found


def _note(message: ConsoleMessage, complaints: list[str]) -> None:
    if message.type in {"error", "warning"}:
        complaints.append(f"{message.type}: {message.text}")
