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

from PIL import Image
from playwright.async_api import Page, ViewportSize, expect

from bot.clock import MovableClock
from bot.demo.files import OPENS
from handlers.chat.words import Words
from tests.browser import chromium
from tests.browser.kiosk_walk import PINS, KioskWalk
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
LANGUAGES = ("nb", "en")
KIOSKS = {"K-A"}
KIOSK_HAS_IT = {"inmate-welcome", "inmate-home"}
"""What the walk along the kiosk's own screens has drawn already."""
KIOSK_ALONE, ADVISER_ALONE = "?device=K-A", "?device=N1"
PUT_AWAY = "() => document.querySelectorAll('.kiosk .alert').forEach((each) => each.remove())"
"""A strip that any press at the kiosk puts away; who walks through a kiosk's pages presses elsewhere."""
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
        await self.page.page.evaluate(PUT_AWAY)
        await self.page.keep(self.prefix + name, self.folder)


async def kiosk_pages(folder: Path, language: str, size: str, wanted: Container[str] | None) -> None:
    with TemporaryDirectory() as data:
        async with hub_that_speaks(Path(data) / "hub", language) as hub, on_page(hub, SIZES[size], KIOSK_ALONE) as page:
            camera = Camera(hub, page, folder, f"kiosk-{language}-{size}-", wanted)
            await KioskWalk(hub, camera.keep, language).every_page()


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
    await draw_all(folder, everything=everything)
    for drawn in folder.glob("*.png"):
        make_small(drawn)


def make_small(drawn: Path) -> None:
    """Keep as many colours of a picture as one sees: the repository keeps every version of every picture."""
    with Image.open(drawn) as picture:
        few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(drawn, optimize=True)


async def draw_all(folder: Path, *, everything: bool) -> None:
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
