"""The menu of commands beside an adviser's text field: with a mouse, with the keyboard, and from right to left."""

from pathlib import Path

from playwright.async_api import Locator, expect

from bot.gateway.bot_api.calls import answer
from tests.browser.screens import PHONE, Panel, screens
from tests.hub.whole_hub import WholeHub, whole_hub

ARABIC = [{"command": "today", "description": "محادثات اليوم"}]


def button(panel: Panel) -> Locator:
    return panel.box.get_by_role("button", name="Meny", exact=True)


def menu(panel: Panel) -> Locator:
    return panel.box.get_by_role("list", name="Meny")


async def set_menu(hub: WholeHub, title: str, commands: list[dict[str, str]]) -> None:
    assert hub.running.house
    scope = {"type": "chat", "chat_id": hub[title].chat}
    await answer(hub.running.house, "setMyCommands", {"commands": commands, "scope": scope})


async def test_a_press_on_a_command_says_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address, PHONE) as page:
        adviser = page["N1"]
        await expect(menu(adviser)).to_be_hidden()
        await button(adviser).click()
        await expect(button(adviser)).to_have_attribute("aria-expanded", "true")
        words = [
            "Startside /meny",
            "Dagens samtaler /idag",
            "Det som venter på deg /lapper",
            "Kode til en annen enhet /kode",
        ]
        await expect(menu(adviser).get_by_role("button")).to_have_text([*words, "Slik virker det /hjelp"])
        assert await page.too_wide() == []
        await page.keep("menu-320")
        await menu(adviser).get_by_role("button", name="Slik virker det").click()
        await adviser.sees("Hver lapp er én melding her.")
        await expect(adviser.box).not_to_contain_text("Du skrev: /hjelp")  # what was typed goes once it is read
        await expect(menu(adviser)).to_be_hidden()
        assert page.complaints == []


async def test_the_menu_is_used_with_the_keyboard_alone(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        adviser = page["N1"]
        await expect(button(adviser)).to_be_visible()
        await page.tab_to("Meny", "N1")
        await page.key("Enter", "Tab")
        assert (await page.focused())[1].startswith("Startside")
        await page.key("ArrowDown")
        assert (await page.focused())[1].startswith("Dagens samtaler")
        await page.key("Escape")
        assert (await page.focused())[1] == "Meny"
        await expect(menu(adviser)).to_be_hidden()
        await page.key("ArrowUp")
        assert (await page.focused())[1].startswith("Slik virker det")
        await page.key("Enter")
        await adviser.sees("Hver lapp er én melding her.")
        assert (await page.focused())[1] == "Meny"
        await page.key("Enter", "Shift+Tab")
        await expect(menu(adviser)).to_be_hidden()
        assert page.complaints == []


async def test_the_menu_changes_while_it_is_shown_and_a_kiosk_has_none(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        adviser = page["N1"]
        await expect(button(page["K-A"])).to_have_count(0)
        await button(adviser).click()
        await expect(menu(adviser).get_by_role("button")).to_have_count(5)
        await set_menu(hub, "N1", ARABIC)
        item = menu(adviser).get_by_role("button", name="محادثات اليوم")
        await expect(item).to_have_css("direction", "rtl")
        await expect(item.locator("bdi")).to_have_text("/today")
        await page.keep("menu-arabic")
        await set_menu(hub, "N1", [])
        await expect(button(adviser)).to_be_hidden()
        await expect(menu(adviser)).to_be_hidden()
        assert (page.complaints, await page.too_wide()) == ([], [])
