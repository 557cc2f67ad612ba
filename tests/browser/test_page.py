"""The page by itself: on a narrow screen, in a script that runs the other way, and when the hub is away."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops
from playwright.async_api import ViewportSize, expect

from bot.clock import MovableClock
from bot.gateway.bot_api.calls import answer
from tests.browser.screens import BROKEN_WORDS, PHONE, Panel, Screens, screens
from tests.hub.whole_hub import WholeHub, whole_hub
from tests.patience import Looks

DOWN = "Skjermen virker ikke nå. Skriv på papirlapp. Den teller like mye."
WELCOME = "Her kan du be om en samtale"
ARABIC = "مع من تريد أن تتحدث؟"
ARABIC_BUTTONS = [[{"text": "💼 NAV", "callback_data": "nav"}, {"text": "السكن", "callback_data": "bolig"}]]
KIOSK_ALONE = "?device=K-C"
ROUNDED = 8
"""By so much of 255 a colour may differ in two pictures of the same."""

SMALL = ViewportSize(width=320, height=480)
LEAVE = """async () => {
  [document.cookie, localStorage.left] = ["left=1", "1"];
  await caches.open("left");
}"""
LEFT = """async () =>
  [document.cookie, localStorage.getItem("left"), (await caches.keys()).includes("left")]"""


async def begin_a_slip(kiosk: Panel, number: str, pin: str) -> None:
    await kiosk.sign_in(number, pin)
    await kiosk.press("NAV")
    await kiosk.press("Penger til å leve for")
    await kiosk.shows("Til: NAV", "Penger til å leve for")


async def shown_on(hub: WholeHub, title: str, **message: object) -> None:
    """Let the house network show a message as a bot sends it, whatever this hub can say by itself."""
    assert hub.running.house
    await answer(hub.running.house, "sendMessage", {"chat_id": hub[title].chat, **message})


async def broken_words(page: Screens, device: str) -> dict[int, list[str]]:
    """Return the words on a kiosk's buttons that stand on two lines, by the width of the window."""
    found = {}
    for width in range(320, 1500, 20):
        await page.page.set_viewport_size({"width": width, "height": 900})
        if broken := await page.page.evaluate(BROKEN_WORDS, f'[data-device="{device}"] .buttons'):
            found[width] = broken
    return found


async def test_no_word_on_a_kiosks_buttons_is_broken_in_two_at_any_width(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await page["K-A"].shows(WELCOME)
        found = {"welcome": await broken_words(page, "K-A")}
        await page["K-A"].sign_in("A01", "2101")
        await page["K-A"].shows("Hvem vil du snakke med?")
        found["home"] = await broken_words(page, "K-A")
        assert found == {"welcome": {}, "home": {}}


async def test_nothing_sticks_out_to_the_side_at_320_css_pixels(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, PHONE) as page:
        kiosk, adviser = page["K-A"], page["N1"]
        too_wide = {"welcome": await page.too_wide()}
        await kiosk.press("Avdeling A")
        await kiosk.shows("Trykk nummeret ditt")
        too_wide["digit pad"] = await page.too_wide()
        await kiosk.press_keys("012101")
        await kiosk.shows("Hvem vil du snakke med?")
        too_wide["home"] = await page.too_wide()
        await kiosk.press("NAV")
        await kiosk.press("Hopp over")
        await kiosk.shows("Til: NAV")
        too_wide["review"] = await page.too_wide()
        await kiosk.press("Send")
        await adviser.press_on("FJ-116", "Sett tid")
        await adviser.sees("FJ-116", "tor. 14. jan. kl. 11.00")
        too_wide["the adviser's card"] = await page.too_wide()
        await page.keep("page-320")
        assert {where: found for where, found in too_wide.items() if found} == {}
        assert page.complaints == []


async def test_what_is_said_in_another_language_says_in_which_to_whoever_listens(tmp_path: Path) -> None:
    pieces = [{"text": "💼 "}, {"text": "Arbeid", "language": "nb"}, {"text": " (in Norwegian)"}]
    said = {"text": "💼 Arbeid (in Norwegian)", "pieces": pieces}
    face = {"look": "ask", "language": "en", "lines": [{"text": "Services"}, said], "rows": [[{**said, "data": "x"}]]}
    whole = {"cards": [], "bar": [], "above": [], **face}
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, PHONE, KIOSK_ALONE) as page:
        await page["K-C"].shows(WELCOME)
        await shown_on(hub, "K-C", text="Services", face=whole, reply_markup={"inline_keyboard": ARABIC_BUTTONS})
        await page["K-C"].shows("Arbeid (in Norwegian)")
        spans = page["K-C"].box.locator("span[lang=nb]")
        assert await spans.all_inner_texts() == ["Arbeid", "Arbeid"]
        [label] = await page["K-C"].box.locator(".tile .label").all_inner_texts()
        assert label == "Arbeid (in Norwegian)"
        assert page.complaints == []


async def test_a_new_screen_begins_at_its_top_though_the_button_stood_far_down(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, SMALL, KIOSK_ALONE) as page:
        kiosk = page["K-C"]
        await kiosk.press("English")
        await kiosk.shows("Hi! Here you can ask for a talk.")
        await expect(kiosk.box.locator(".lead")).to_be_in_viewport(ratio=1)
        await kiosk.press("What is here?")
        await kiosk.shows("Today and the next days:")
        await expect(kiosk.box.locator(".lead")).to_be_in_viewport(ratio=1)
        await kiosk.press("More services")
        await kiosk.shows("Into work (coming)")
        await expect(kiosk.box.locator(".lead")).to_be_in_viewport(ratio=1)


async def test_a_panel_turns_round_for_arabic_and_back_again(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        kiosk, adviser = page["K-A"], page["N1"]
        directions = [await direction(page, kiosk)]
        await shown_on(hub, "K-A", text=ARABIC, reply_markup={"inline_keyboard": ARABIC_BUTTONS})
        await shown_on(hub, "N1", text=ARABIC, reply_markup={"inline_keyboard": ARABIC_BUTTONS})
        await kiosk.shows(ARABIC)
        await adviser.sees(ARABIC)
        directions.append(await direction(page, kiosk))
        await page.keep("page-arabic")
        first, second = [await place(kiosk, name) for name in ("NAV", "السكن")]
        await expect(adviser.card(ARABIC)).to_have_css("direction", "rtl")
        assert (directions, first > second, await page.too_wide()) == (["ltr", "rtl"], True, [])
        assert page.complaints == []


async def direction(page: Screens, panel: Panel) -> str:
    return str(await panel.box.locator(".screen").evaluate("screen => getComputedStyle(screen).direction"))


async def place(panel: Panel, name: str) -> float:
    box = await panel.box.get_by_role("button", name=name, exact=True).bounding_box()
    assert box
    return box["x"]


async def test_when_the_hub_is_away_the_page_says_so_forgets_and_comes_back_by_itself(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        port = int(hub.running.address.rstrip("/").rpartition(":")[2])
        opened = screens(hub.running.address, show=KIOSK_ALONE)
        page = await opened.__aenter__()
        kiosk = page["K-C"]
        await begin_a_slip(kiosk, "C01", "2301")
    try:
        await kiosk.shows(DOWN)
        await expect(page.page.locator("html")).to_have_attribute("data-house", "down")
        await page.keep("page-down")
        assert not await words_in(page, "NAV", "Penger", "Veilederne", "C01", "Erle")
        async with whole_hub(tmp_path, port=port):
            await kiosk.shows(WELCOME)
            await page.is_up()
            assert not await words_in(page, DOWN, "NAV", "Penger")
            await begin_a_slip(kiosk, "C04", "2304")
    finally:
        await opened.__aexit__(None, None, None)


async def test_a_screen_that_cannot_be_locked_is_covered_forgets_and_comes_back_by_itself(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, show=KIOSK_ALONE) as page:
        kiosk, clock = page["K-C"], hub.running.clock
        assert isinstance(clock, MovableClock)
        await begin_a_slip(kiosk, "C01", "2301")
        async with hub.running.database._turn:  # nothing can be written, nor read
            clock.set(clock.now() + timedelta(seconds=65))
            await kiosk.shows(DOWN)
            await expect(page.page.locator("html")).to_have_attribute("data-house", "up")
            await page.keep("page-covered")
            assert not await words_in(page, "NAV", "Penger", "Veilederne", "C01", "Erle")
            await page.page.reload()
            await kiosk.shows(DOWN)
        await kiosk.shows(WELCOME)
        assert not await words_in(page, DOWN, "NAV", "Penger")
        await kiosk.sign_in("C04", "2304")
        await kiosk.shows("Hvem vil du snakke med?")


async def words_in(page: Screens, *words: str) -> list[str]:
    """Return which of these words stand anywhere in the document, shown or not."""
    document = await page.page.content()
    return [word for word in words if word in document]


async def test_j03_a_kiosk_left_open_shows_nothing_of_who_left_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, show=KIOSK_ALONE) as page:
        kiosk = page["K-C"]
        await kiosk.shows(WELCOME)
        untouched = await picture(page)
        await begin_a_slip(kiosk, "C01", "2301")
        await hub.advance(40)
        await kiosk.shows("Er du der fortsatt?", "Jeg trenger mer tid")
        assert not await words_in(page, "NAV", "Penger", "Veilederne")
        await hub.advance(20)
        await kiosk.shows(WELCOME)
        await page.keep("j03-locked")
        assert await words_in(page, "C01", "Erle", "NAV", "Penger") == []
        assert same(await picture(page), untouched)
        await kiosk.sign_in("C04", "2304")
        await kiosk.shows("Hvem vil du snakke med?")
        assert not await words_in(page, "C01", "Erle", "Penger")
        await kiosk.press("Ferdig")
        await kiosk.shows(WELCOME)
        await kiosk.sign_in("C01", "2301")
        await kiosk.shows("Til: NAV", "Penger til å leve for")
        assert page.complaints == []


async def picture(page: Screens) -> bytes:
    """Return what a window shows at rest, but for the clock: on a busy machine what is drawn comes a little later."""
    await page.page.mouse.move(0, 0)
    clock, before = page.page.locator(".head .time"), b""
    async for _ in Looks(50, step=0.1):
        now = await page.page.screenshot(animations="disabled", caret="hide", mask=[clock])
        if before and same(now, before):
            break
        before = now
    return now


def same(one: bytes, other: bytes) -> bool:
    """Say whether two pictures show the same: a browser rounds a colour, and words stand out far more."""
    pictures = [Image.open(BytesIO(each)).convert("RGB") for each in (one, other)]
    return pictures[0].size == pictures[1].size and max(ImageChops.difference(*pictures).tobytes()) <= ROUNDED


async def test_an_adviser_writes_and_is_answered(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        adviser = page["N1"]
        await adviser.box.get_by_label("Skriv en melding").fill("/idag")
        await page.key("Enter")
        await adviser.sees("onsdag 13. januar: ingen samtaler")
        assert page.complaints == []


async def test_a_paper_opens_in_a_tab_of_its_own_and_says_so(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        adviser = page["N1"]
        await adviser.box.get_by_label("Skriv en melding").fill("/kode")
        await page.key("Enter")
        await adviser.sees("Koden på papir")
        link = adviser.box.get_by_role("link", name="Invitasjon.pdf (åpnes i en ny fane, kan skrives ut)")
        attributes = [await link.get_attribute(name) for name in ("target", "rel", "download")]
        assert attributes == ["_blank", "noopener", None]
        await adviser.press_on("Koden på papir", "Ferdig, ta bort")
        await expect(link).to_have_count(0)
        assert page.complaints == []


async def test_more_devices_can_be_shown_and_put_away(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await page.page.get_by_text("Vis flere skjermer").click()
        await page.page.get_by_role("checkbox", name="K-B").check()
        await page["K-B"].shows(WELCOME)
        await page.key("Escape")
        await page["N1"].box.get_by_role("button", name="Lukk N1").click()
        titles = await page.page.locator("section[data-device]").evaluate_all(
            "all => all.map(each => each.dataset.device)"
        )
        assert (titles, page.complaints) == (["K-A", "K-B"], [])


async def test_a_window_finds_nothing_that_another_has_left(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        async with screens(hub.running.address) as page:
            assert [await page.page.evaluate(LEAVE), await page.page.evaluate(LEFT)] == [None, ["left=1", "1", True]]
        async with screens(hub.running.address) as page:
            assert await page.page.evaluate(LEFT) == ["", None, False]
