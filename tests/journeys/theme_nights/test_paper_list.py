"""A paper list for a theme night typed in: everybody in its order, nothing lost, and nothing done twice."""

from pathlib import Path

import pytest

from bot.domain.theme_nights.sign_ups import State, waiting
from tests.hub.theme_nights import CLOSES, a_theme_night, line_of, numbers, opens
from tests.hub.whole_hub import Device, WholeHub, whole_hub

ASK = "Skriv numrene i samme rekkefølge som på papiret."


async def begin(hub: WholeHub, who: str, night: int) -> Device:
    await opens(hub, who, f"night_list:{night}", "🎟️ Temakveld")
    await hub[who].press("Papirliste")
    await hub[who].shows(ASK)
    await hub.settled()
    return hub[who]


async def test_a_line_of_numbers_signs_everybody_up_in_its_order_and_says_what_became_of_each(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=3)
        coordinator = await begin(hub, "TK1", night.id)
        await coordinator.say("A05 A01, b3;c1 Z99 hei A5  B-04")
        page = await coordinator.shows("Skriv de neste numrene, eller vis lista.")
        assert page["text"].splitlines() == [
            "🎟️ Temakveld tirsdag 19. januar kl. 18.00",
            "✅ A05: har plass 1",
            "✅ A01: har plass 2",
            "✅ B03: har plass 3",
            "▫️ C01: denne kvelden er for en annen gruppe.",
            "▫️ Z99: ingen her har dette nummeret. Se gjerne en gang til.",
            "⏳ B04: nummer 1 på ventelista",
            "1 ord er ikke et nummer. Numre ser slik ut: A01",
            "Skriv de neste numrene, eller vis lista.",
        ]
        line = await line_of(hub, night)
        assert [(each.inmate, str(each.source), each.written_by) for each in line] == [
            (number, "paper", "TK1") for number in ("A05", "A01", "B03", "B04")
        ]
        await hub.settled()
        assert "A05 A01, b3" not in await coordinator.everything(), "the typed line is taken off the chat"


async def test_typed_twice_it_is_done_once_and_the_second_time_says_where_everybody_stands(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        coordinator = await begin(hub, "TK1", night.id)
        await coordinator.say("A01 B01")
        await coordinator.shows("B01: nummer 1 på ventelista")
        before = await hub.domain()
        await coordinator.say("A01 B01")
        page = await coordinator.shows("✅ A01: har plass 1 (fra før)")
        assert "⏳ B01: nummer 1 på ventelista (fra før)" in page["text"]
        await hub.settled()
        assert (await hub.domain())["sign_ups"] == before["sign_ups"]
        assert (await hub.domain())["claims"] == before["claims"]


async def test_an_officer_types_in_their_own_people_and_others_are_unknown_to_them(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        officer = await begin(hub, "KB-A1", night.id)
        await officer.say("A01 A04 Q77")
        page = await officer.shows("A01: har plass 1")
        unknown = [text for text in page["text"].splitlines() if "ingen her har dette nummeret" in text]
        assert [text[3:6] for text in unknown] == ["A04", "Q77"], "another's is as if it were none"
        assert [each.inmate for each in await line_of(hub, night)] == ["A01"]


async def test_more_numbers_than_one_message_tells_of_are_asked_for_again(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        coordinator = await begin(hub, "TK1", night.id)
        await coordinator.say(" ".join(f"Q{number:02}" for number in range(30)) + " " + " ".join(numbers("A", 40)))
        page = await coordinator.shows("10 til ble for mye på én gang.")
        assert len(page["text"]) < 4096
        line = await line_of(hub, night)
        assert (len(line), sum(each.state is State.SEATED for each in line)) == (18, 8)


@pytest.mark.parametrize("typed", ["", "hva?", "1 2 3", "A0101", "A01" * 2000])
async def test_what_is_no_number_changes_nothing(tmp_path: Path, typed: str) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        coordinator = await begin(hub, "TK1", night.id)
        await coordinator.say(typed)
        await hub.settled()
        assert await line_of(hub, night) == []
        await coordinator.say("A01")
        await coordinator.shows("A01: har plass 1")


async def test_after_the_list_has_closed_the_page_says_so_for_each(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, closes=CLOSES.replace(day=13, hour=11))
        coordinator = await begin(hub, "TK1", night.id)
        async with hub.running.database.transaction() as tx:
            await tx.run("DELETE FROM reminders WHERE kind = 'list_closes'")
        await hub.advance(3700)
        await coordinator.say("A01 A02")
        page = await coordinator.shows("Lista er stengt")
        assert page["text"].count("Lista er stengt") == 2
        assert await line_of(hub, night) == []


async def test_in_line_the_order_of_the_paper_stands(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        coordinator = await begin(hub, "TK1", night.id)
        await coordinator.say("B09 B02 B07 B01")
        await coordinator.shows("B01: nummer 3 på ventelista")
        assert [each.inmate for each in waiting(await line_of(hub, night))] == ["B02", "B07", "B01"]
