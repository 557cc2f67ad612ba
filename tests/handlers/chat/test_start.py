"""Where everybody of the staff begins: a start page with doors that open, and words that name only what they may."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hub.whole_hub import WholeHub, data_of, whole_hub

EVERYBODY = ("N1", "V1", "SK1", "KB-A1", "TK1", "VL", "ADM", "REV")
REFUSED = "for noen andre på servicetorget"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


@pytest.mark.parametrize("who", EVERYBODY)
async def test_every_door_of_a_start_page_opens(hub: WholeHub, who: str) -> None:
    await hub[who].say("/start")
    page = await hub[who].shows("Hva vil du gjøre?")
    doors = [button["text"] for row in page["buttons"] or [] for button in row]
    assert doors
    for door in doors:
        await hub[who].say("/meny")
        await hub.settled()
        before = await hub[who].messages()
        await hub[who].press(door, of="Hva vil du gjøre?")
        await hub.settled()
        assert (door, await hub[who].alert()) == (door, None)
        assert await hub[who].messages() != before


@pytest.mark.parametrize("who", EVERYBODY)
async def test_help_names_only_commands_that_are_answered(hub: WholeHub, who: str) -> None:
    await hub[who].say("/hjelp")
    said = (await hub[who].shows("/kode gir en engangskode"))["text"]
    for command in re.findall(r"/[a-z]+", said):
        await hub[who].say(command)
    await hub.settled()
    assert REFUSED not in await hub[who].everything()


async def test_an_adviser_begins_with_the_day_and_with_what_waits(hub: WholeHub) -> None:
    await hub["N1"].say("/start")
    await hub["N1"].press("☀️ Dagens samtaler")
    await hub["N1"].shows("📅 onsdag 13. januar: ingen samtaler.")
    await hub["N1"].press("⬅️ Startside", of="ingen samtaler")
    await hub["N1"].press("📥 Det som venter")
    await hub["N1"].shows("1 lapp venter på deg")
    await hub.settled()
    assert data_of((await hub["N1"].messages())[-1], "Sett tid")
