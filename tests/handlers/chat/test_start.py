"""Where everybody of the staff begins: a start page with doors that open, and words that name only what they may."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Settings
from tests.hub.whole_hub import WholeHub, data_of, new_hub, whole_hub

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


async def test_whoever_reads_nynorsk_finds_a_start_page_in_nynorsk(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    described = Settings(data=tmp_path).hub
    described.write_text(reads_nynorsk(described.read_text("utf-8"), "TK1"), "utf-8")
    async with whole_hub(tmp_path) as hub:
        await hub["TK1"].say("/start")
        page = await hub["TK1"].shows("Kva vil du gjere?")
        doors = [button["text"] for row in page["buttons"] or [] for button in row]
        assert (len(doors) > 5, {"☀️ I dag", "⚙️ Innstillinger"} & set(doors)) == (True, {"☀️ I dag"})
        await hub["N1"].say("/start")
        await hub["N1"].shows("Hva vil du gjøre?")


def reads_nynorsk(described: str, person: str) -> str:
    changed = re.sub(rf"(?m)^(  {person}: .*language: )nb", r"\1nn", described)
    assert changed != described
    return changed


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
