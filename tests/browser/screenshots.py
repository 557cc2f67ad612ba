"""Draws the pictures that the docs show, from the real page on a real hub: ``make screenshots``.

The clock stands still at the demo's first moment, so that the same hub gives the same pictures.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Container
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from playwright.async_api import Page, ViewportSize, expect

from bot.clock import MovableClock
from bot.demo.files import OPENS
from handlers.chat.words import Words
from tests.browser import chromium
from tests.browser.screens import PHONE, Panel, Screens, screens
from tests.browser.tour import Tour, hub_that_speaks
from tests.documents.pages import in_colour, picture
from tests.hub.devices import real_hub
from tests.hub.translated_theme_night import planned
from tests.hub.whole_hub import WholeHub, whole_hub

DOCS = Path(__file__).parents[2] / "docs" / "screenshots"
IN_THE_DOCS = {
    "wide": {"welcome", "here", "code", "home", "review", "times", "receipt", "slip-booked"},
    "narrow": {"welcome", "home", "review"},
    "adviser": {"1-new", "3-times", "4-booked", "6-today"},
}
DEMO = ViewportSize(width=1400, height=900)
WALL = ViewportSize(width=1024, height=768)
CARDS = ViewportSize(width=760, height=620)
SIZES = {"wide": WALL, "narrow": PHONE}
SCREEN = ViewportSize(width=1280, height=720)
ON_WALLS = ("nb", "en", "ar")
LANGUAGES = {"nb": "Norsk", "en": "English"}
PINS = {"A01": "2101", "A03": "2103", "A04": "2104", "A05": "2105", "B02": "2202"}
KIOSKS = {"K-A"}
KIOSK_HAS_IT = {"inmate-welcome", "inmate-home"}
"""What the walk along the kiosk's own screens has drawn already."""
KIOSK_ALONE, ADVISER_ALONE = "?device=K-A", "?device=N1"
ICONS_BEGIN = "\u2000"
DRAWN = 0.3  # seconds after which the page shows what the hub said, and no press any more
OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True)
class Camera:
    """Takes pictures of one open page: those that are wanted, or all; their names begin alike."""

    hub: WholeHub
    page: Screens
    folder: Path
    prefix: str = ""
    wanted: Container[str] | None = None

    async def keep(self, name: str) -> None:
        if self.wanted is not None and name not in self.wanted:
            return
        await self.hub.settled()
        await asyncio.sleep(DRAWN)
        await self.page.page.mouse.move(0, 0)
        await self.page.keep(self.prefix + name, self.folder)


@dataclass(frozen=True)
class Visit:
    """Somebody at a kiosk who reads one language and has pictures taken of every screen."""

    camera: Camera
    kiosk: Panel
    words: Words

    async def press(self, sentence: str, **values: object) -> None:
        """Press a button by what it says in the code; its icon is not part of its name."""
        await self.press_name(without_icon(self.words(sentence, **values)))

    async def press_name(self, name: str) -> None:
        await self.kiosk.press(name)
        await self.answered()

    async def press_first(self, part: str = "") -> None:
        """Press the first button that has this in its name."""
        await self.kiosk.box.locator("button.tile", has_text=part).first.click()
        await self.answered()

    async def answered(self) -> None:
        await self.kiosk.is_at_rest()
        await self.camera.hub.settled()

    async def open(self, code: str) -> None:
        await self.press_first(without_icon(self.words("📋 My talks")))
        await self.camera.keep(f"my-talks-{code}")
        await self.press_first(code)

    async def see(self, sentence: str, name: str) -> None:
        await self.press(sentence)
        await self.camera.keep(name)

    async def choose_language(self) -> None:
        if self.words.language != "nb":
            await self.press_name(LANGUAGES[self.words.language])

    async def sign_in(self, number: str) -> None:
        await self.choose_language()
        await self.kiosk.sign_in(number, PINS[number], self.words("Unit {unit}", unit="").strip())
        await self.kiosk.shows(without_icon(self.words("📋 My talks")))


def without_icon(label: str) -> str:
    return label.partition(" ")[2] if label[0] > ICONS_BEGIN else label


async def before_signing_in(visit: Visit) -> None:
    keep = visit.camera.keep
    await visit.choose_language()
    await keep("welcome")
    await visit.see("ℹ️ What is here?", "here")
    await visit.see("⚖️ Your rights", "rights")
    await visit.press("⬅️ Back")
    await visit.press_name("NAV")
    await keep("about")
    await visit.press("⬅️ Back")
    await visit.press("⬅️ Back")
    await visit.see("❗ It is urgent", "urgent")
    await visit.press("⬅️ Back")
    await visit.press("Unit {unit}", unit="A")
    await keep("number")
    for digit in "0188":
        await visit.press_name(digit)
    await keep("code")
    for digit in "88":
        await visit.press_name(digit)
    await keep("wrong-code")
    await visit.press("⬅️ Back")


async def from_home_to_sent(visit: Visit) -> None:
    keep, hub = visit.camera.keep, visit.camera.hub
    await visit.sign_in("A01")
    await keep("home")
    await visit.see("➡️ More services", "home-2")
    await visit.press_first()
    await keep("coming")
    await visit.press("⬅️ Back")
    await visit.press_name("NAV")
    await keep("topics")
    await visit.see("⏭️ Skip", "review")
    await visit.see("🕐 Choose a time", "times")
    await visit.press_first()
    await keep("review-wish")
    await hub.advance(40)
    await keep("still-there")
    await visit.press("⏳ I need more time")
    await visit.see("✅ Send", "receipt")
    await visit.open("FJ-116")
    await keep("slip-waiting")
    await visit.see("↩️ Withdraw the slip", "withdraw")
    await visit.see("↩️ Yes, withdraw", "slip-withdrawn")
    await visit.see("🔒 Finish", "finished")


async def every_state(visit: Visit) -> None:
    states = {
        "FJ-101": ("A03", "held"),
        "FJ-105": ("A05", "booked"),
        "FJ-107": ("B02", "late"),
        "FJ-110": ("A04", "on"),
    }
    for code, (number, name) in states.items():
        await visit.sign_in(number)
        await visit.open(code)
        await visit.camera.keep(f"slip-{name}")
        await visit.press("🔒 Finish")
    await visit.camera.hub.advance(24.5 * 3600)
    await visit.camera.hub["N1"].press("Ble ikke noe av", of="FJ-105")
    await visit.camera.hub["N1"].press("Det var ikke følge", of="FJ-105")
    await visit.sign_in("A05")
    await visit.open("FJ-105")
    await visit.camera.keep("slip-not-held")
    await visit.see("No, thank you", "slip-closed")


async def kiosk_pages(folder: Path, language: str, size: str, wanted: Container[str] | None) -> None:
    async with hub_that_stands_still() as hub, on_page(hub, SIZES[size], KIOSK_ALONE) as page:
        camera = Camera(hub, page, folder, f"kiosk-{language}-{size}-", wanted)
        visit = Visit(camera, page["K-A"], Words(language, OSLO))
        await before_signing_in(visit)
        await from_home_to_sent(visit)
        await every_state(visit)


async def adviser_cards(folder: Path, wanted: Container[str] | None) -> None:
    async with hub_that_stands_still() as hub:
        await send_a_slip(hub)
        async with on_page(hub, CARDS, ADVISER_ALONE) as page:
            await one_slip_at_the_adviser(Camera(hub, page, folder, "adviser-", wanted), page["N1"])


async def one_slip_at_the_adviser(camera: Camera, adviser: Panel) -> None:
    await camera.keep("1-new")
    await adviser.press_on("FJ-116", "Hører til andre")
    await camera.keep("2-elsewhere")
    await adviser.press_on("FJ-116", "Tilbake")
    await adviser.press_on("FJ-116", "Sett tid")
    await camera.keep("3-times")
    await adviser.press_on("FJ-116", "tor. 14. jan. kl. 11.00")
    await camera.keep("4-booked")
    await camera.hub.advance(5 * 3600)
    await camera.keep("5-tomorrow")
    await camera.hub.advance(16.5 * 3600)
    await camera.keep("6-today")
    await camera.hub.advance(4 * 3600)
    await adviser.press_on("Samtalelapp FJ-116", "Ble ikke noe av")
    await adviser.card("Samtalelapp FJ-116").scroll_into_view_if_needed()
    await camera.keep("7-reasons")
    await adviser.press_on("Samtalelapp FJ-116", "Det var ikke følge")
    await camera.keep("8-did-not-happen")
    await camera.hub["N1"].say("/lapper")
    await camera.keep("9-open-slips")
    await camera.hub["N1"].say("/hjelp")
    await camera.keep("10-help")


async def everybodys_pages(folder: Path, language: str) -> None:
    """Draw the start page of every role, and what each role does most."""
    with TemporaryDirectory() as data:
        async with hub_that_speaks(Path(data) / "hub", language) as hub, on_page(hub, CARDS) as page:

            async def keep(name: str, device: str) -> None:
                if name in KIOSK_HAS_IT:
                    return
                await page.page.set_viewport_size(WALL if device in KIOSKS else CARDS)
                await page.turn_to(device)
                await page.fit_newest()
                await Camera(hub, page, folder, f"role-{language}-").keep(name)

            await Tour(hub, Words(language, OSLO), keep).every_page()
            (folder / f"paper-{language}.png").write_bytes(await invitation(hub))


async def invitation(hub: WholeHub) -> bytes:
    """Draw the paper with a one-time code, as it is printed."""
    await hub["N1"].say("/kode")
    sent = await hub["N1"].until(lambda message: bool(message["documents"]), "a paper")
    drawn = await hub.http.get(f"/client/documents/{sent['documents'][0]['file_id']}")
    png = BytesIO()
    picture(drawn.raise_for_status().content, scale=1).save(png, "PNG")
    return png.getvalue()


async def walls(folder: Path) -> None:
    """Draw what hangs on walls: the poster of a theme night and of a week in each language, and the board."""
    async with hub_that_stands_still() as hub:
        night = await planned(hub)
        for name, press in (("night", f"make_poster:{night}"), ("week", "make_week_poster:FJ:2027-01-11")):
            made = await poster(hub, f"{press}:{'-'.join(ON_WALLS)}")
            for page, language in enumerate(ON_WALLS):
                in_colour(made, 1.2, page).save(folder / f"poster-{name}-{language}.png")
        for language in ON_WALLS:
            await board(hub, folder, language)


async def poster(hub: WholeHub, press: str) -> bytes:
    """Let the coordinator make a poster."""
    coordinator = hub["TK1"]
    await coordinator.say("/start")
    await hub.settled()
    await coordinator.press_raw((await coordinator.messages())[-1]["id"], press)
    await hub.settled()
    sent = [each for message in await coordinator.messages() for each in message["documents"]][-1]
    return (await hub.http.get(f"/client/documents/{sent['file_id']}")).raise_for_status().content


async def board(hub: WholeHub, folder: Path, language: str) -> None:
    async with chromium.window(viewport=SCREEN) as page:
        await page.goto(f"{hub.running.address}board?languages={language}")
        await expect(page.locator(".week")).to_be_visible()
        await page.screenshot(path=folder / f"board-{language}.png", animations="disabled")


async def joining(folder: Path) -> None:
    """Draw the page of a browser that is no device of the hub yet."""
    with TemporaryDirectory() as data:
        async with real_hub(Path(data) / "hub") as hub, outside(hub.running.kiosk_address) as page:
            await page.screenshot(path=folder / "join.png", animations="disabled", caret="hide")


@asynccontextmanager
async def outside(address: str) -> AsyncIterator[Page]:
    async with chromium.window(viewport=CARDS, locale="nb-NO") as page:
        await page.goto(address)
        await expect(page.locator("html")).to_have_attribute("data-house", "outside")
        yield page


async def demo(folder: Path) -> None:
    async with hub_that_stands_still() as hub:
        await send_a_slip(hub)
        async with on_page(hub, DEMO) as page:
            await page["K-A"].shows("FJ-116")
            await page["N1"].sees("FJ-116")
            await Camera(hub, page, folder).keep("demo")


async def send_a_slip(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", PINS["A01"])
    await kiosk.press("NAV", of="Hvem vil du snakke med?")
    await kiosk.press("Hopp over")
    await kiosk.press("Send", of="Til: NAV")
    await kiosk.shows("FJ-116")


@asynccontextmanager
async def hub_that_stands_still() -> AsyncIterator[WholeHub]:
    with TemporaryDirectory() as data:
        async with whole_hub(Path(data) / "hub", clock=MovableClock(OPENS, lambda: OPENS)) as hub:
            yield hub


def on_page(hub: WholeHub, size: ViewportSize, show: str = "") -> AbstractAsyncContextManager[Screens]:
    return screens(hub.running.address, size, show, still=True)


async def draw(folder: Path, *, everything: bool) -> None:
    """Draw the pictures of the docs, or every screen there is."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    async with chromium.launched():
        await demo(folder)
        await joining(folder)
        await walls(folder)
        for language in LANGUAGES:
            await everybodys_pages(folder, language)
        await adviser_cards(folder, None if everything else IN_THE_DOCS["adviser"])
        for size in SIZES:
            for language in LANGUAGES:
                await kiosk_pages(folder, language, size, None if everything else IN_THE_DOCS[size])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("--everything", metavar="FOLDER", type=Path, help="draw every screen there is, to look at")
    asked = parser.parse_args()
    folder = asked.everything or DOCS
    asyncio.run(draw(folder, everything=asked.everything is not None))
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder.name}/")


if __name__ == "__main__":
    main()
