"""Every role's start page: there is something to press, each button opens a page, and each page leads back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import STAFF, Role
from handlers.tables import DOORS
from tests.browser.tour import STARTS
from tests.whole_hub import Device, Message, WholeHub, whole_hub

HELP = "Slik virker det"
OPENED_BELOW = {"my_slips", "walks", "hours"}
"""Doors that may bring a page, or cards, to the bottom of the chat."""


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def at_start(hub: WholeHub, who: str) -> Message:
    await hub[who].say("/start")
    await hub.settled()
    return await hub[who].shows("Hva vil du gjøre?")


def test_every_role_has_something_to_press() -> None:
    each = [role for role in Role if role & STAFF]
    assert {role for role in each if sum(bool(door.may & role) for door in DOORS) < 2} == set()


@pytest.mark.parametrize("who", STARTS.values())
async def test_each_button_of_a_start_page_opens_a_page_with_a_way_back(hub: WholeHub, who: str) -> None:
    home = await at_start(hub, who)
    doors = [button["data"] for row in home["buttons"] for button in row]
    dead = []
    for door in doors:
        page = await at_start(hub, who)
        await hub[who].press_raw(page["id"], door)
        await hub.settled()
        if not await leads_back(hub[who], door, page):
            dead.append((door, await hub[who].alert()))
    assert (dead, len(doors) > 1) == ([], True)


async def leads_back(device: Device, door: str, page: Message) -> bool:
    """Say whether the start page has become another page, which has the way back."""
    messages = await device.messages()
    shown = [each for each in messages if each["id"] >= page["id"] or door in OPENED_BELOW]
    ways = [button["data"] for each in shown for row in each["buttons"] for button in row]
    became = next(each for each in messages if each["id"] == page["id"])
    return "doors" in ways and (became["text"] != page["text"] or door in OPENED_BELOW)


async def test_an_adviser_opens_the_day_and_what_waits_from_the_start_page(hub: WholeHub) -> None:
    await at_start(hub, "N1")
    await hub["N1"].press("Dagens samtaler", of="Hva vil du gjøre?")
    await hub["N1"].shows("onsdag 13. januar: ingen samtaler", "Startside")
    await hub["N1"].press("Startside", of="ingen samtaler")
    await hub["N1"].press("Det som venter på deg", of="Hva vil du gjøre?")
    await hub["N1"].shows("lapp venter på deg", "Startside")
    await hub["N1"].shows("FJ-110: se nederst")
    assert "Sett tid" in str((await hub["N1"].messages())[-1])


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("N1", "Hver lapp er én melding her."),
        ("KB-A2", "/idag viser hva du har foran deg i dag."),
        ("REV", "/meny viser startsiden din"),
    ],
)
async def test_the_help_is_about_what_this_role_does(hub: WholeHub, who: str, said: str) -> None:
    await at_start(hub, who)
    await hub[who].press(HELP)
    shown = await hub[who].shows(said, "/meny viser startsiden din", "/kode", "Startside")
    assert ("lapp" in shown["text"]) == (who == "N1")
    assert ("/idag" in shown["text"]) == (who != "REV")
