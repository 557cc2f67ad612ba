"""Our own pictures on the page: in the place of emoji, in the text's colour, unheard, and turned with the script."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator

from bot.gateway.bot_api.calls import answer
from tests.browser import chromium
from tests.browser.screens import Panel, Screens, screens
from tests.hub.whole_hub import WholeHub, whole_hub

HOME = "Hvem vil du snakke med?"
PARTS = """(within) => {
  const parts = [];
  const take = (node) => {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.data);
    else if (node.matches("svg")) parts.push(node.querySelector("use").getAttribute("href"));
    else node.childNodes.forEach(take);
  };
  take(within);
  return parts;
}"""
DRAWN = """(svg) => {
  const box = svg.querySelector("use").getBBox();
  const style = getComputedStyle(svg);
  return [box.width > 0 && box.height > 0, style.stroke, getComputedStyle(svg.closest("button")).color];
}"""
LOOK = """(tile) => {
  const style = getComputedStyle(tile);
  return [style.borderTopStyle, Math.round(parseFloat(style.borderTopWidth)), style.borderTopColor];
}"""


async def shown_on(hub: WholeHub, title: str, text: str, *labels: str, style: str | None = None) -> None:
    """Let the house network show a message as a bot sends it."""
    buttons = [[{"text": label, "callback_data": f"x{number}"}] for number, label in enumerate(labels)]
    if style:
        buttons[0][0]["style"] = style
    assert hub.running.house
    markup = {"inline_keyboard": buttons}
    await answer(hub.running.house, "sendMessage", {"chat_id": hub[title].chat, "text": text, "reply_markup": markup})


async def parts(found: Locator) -> list[str]:
    return list(await found.evaluate(PARTS))


def tile(panel: Panel, name: str) -> Locator:
    return panel.box.get_by_role("button", name=name, exact=True).last


async def test_an_emoji_is_drawn_wherever_it_stands_and_other_text_stays_text(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        text = "📋 Ny lapp\nSvar ✅ ja, ☀ eller <b>🐟</b> 👍🏽 🧑‍🤝‍🧑"
        await shown_on(hub, "K-A", text, "✅ Send 📤 nå")
        await shown_on(hub, "N1", text)
        await page["K-A"].shows("Ny lapp", "eller")
        await page["N1"].sees("Ny lapp", "eller")
        at = "/static/pictures.svg#"
        rest = ["Svar ", f"{at}circle-check", " ja, ", f"{at}sun", " eller <b>🐟</b> ", f"{at}thumbs-up", " 🧑‍🤝‍🧑"]
        assert await parts(page["K-A"].box.locator(".text")) == [f"{at}clipboard-list", " Ny lapp", *rest]
        card = await parts(page["N1"].card("Ny lapp").locator(".text"))
        assert card == [f"{at}clipboard-list", " Ny lapp", "\nSvar ", *rest[1:]]
        assert await parts(tile(page["K-A"], "Send nå")) == [f"{at}circle-check", " ", "Send ", f"{at}send", " nå"]
        assert page.complaints == []


async def test_a_picture_is_drawn_in_the_colour_of_its_text(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await page["K-A"].sign_in("A01", "2101")
        await page["K-A"].shows(HOME)
        found = [
            await tile(page["K-A"], name).locator("svg").evaluate(DRAWN) for name in ("Mine samtaler", "Temakvelder")
        ]
        white, ink = "rgb(255, 255, 255)", "rgb(34, 48, 46)"
        assert found == [[True, white, white], [True, ink, ink]]


async def test_topics_have_pictures_at_the_kiosk(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await page["K-A"].sign_in("A01", "2101")
        await page["K-A"].press("Bolig")
        await page["K-A"].shows("Hva trenger du hjelp til?")
        pictures = {
            name: (await parts(tile(page["K-A"], name)))[0].partition("#")[2]
            for name in ("Et sted å bo", "Beholde boligen min", "Husleie og regninger", "Noe annet")
        }
        assert pictures == {
            "Et sted å bo": "houses",
            "Beholde boligen min": "house-heart",
            "Husleie og regninger": "credit-card",
            "Noe annet": "message-circle-more",
        }


async def test_what_is_on_or_off_says_so_and_nothing_else_does(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await shown_on(hub, "K-A", "Hvilke?", "☑️ Avdeling A", "▫️ Avdeling B", "✅ Send")
        await page["K-A"].shows("Hvilke?")
        states = [
            await tile(page["K-A"], name).get_attribute("aria-pressed") for name in ("Avdeling A", "Avdeling B", "Send")
        ]
        assert states == ["true", "false", None]


async def test_a_code_is_seen_as_dots_and_heard_as_how_much_of_it_is_there(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        kiosk = page["K-A"]
        await kiosk.press("Avdeling A")
        await kiosk.shows("Trykk nummeret ditt")
        heard = [await kiosk.box.locator(".text").aria_snapshot()]
        await kiosk.press_keys("0121")
        heard.append(await kiosk.box.locator(".text").aria_snapshot())
        said = [line for each in heard for line in each.splitlines() if "Nummer" in line or "Kode" in line]
        assert said == ['- paragraph: "Nummer: A"', '- paragraph: "Nummer: A01"', '- paragraph: "Kode: 2/4"']


async def test_arrows_turn_with_the_script_and_other_pictures_do_not(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        turned = {}
        for text in ("Hva nå?", "ماذا الآن؟"):
            await shown_on(hub, "K-A", text, "⬅️ A", "➡️ B", "⏭️ C", "✅ D")
            await page["K-A"].shows(text)
            transforms = [
                await tile(page["K-A"], name).locator("svg").evaluate("svg => getComputedStyle(svg).transform")
                for name in "ABCD"
            ]
            turned[text] = [each != "none" for each in transforms]
        assert turned == {"Hva nå?": [False] * 4, "ماذا الآن؟": [True, True, False, False]}


@pytest.mark.parametrize("how", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}])
async def test_what_can_be_booked_stands_apart_by_more_than_its_colour(tmp_path: Path, how: dict[str, Any]) -> None:
    async with whole_hub(tmp_path) as hub, chromium.window(**how) as window:
        await window.goto(f"{hub.running.address}?device=K-A")
        page = Screens(window)
        await page.is_up()
        await page["K-A"].sign_in("A01", "2101")
        await page["K-A"].shows(HOME)
        bookable = await tile(page["K-A"], "NAV").evaluate(LOOK)
        await page["K-A"].press("Mer")
        coming = await tile(page["K-A"], "Helse (kommer)").evaluate(LOOK)
        assert bookable[1] >= coming[1] + 2
        assert (bookable[0], bookable[2] == coming[2]) == (
            ("double", True) if "forced_colors" in how else ("solid", False)
        )
