"""Theme nights of one topic have different buttons, and from a list, a door and a poster a way leads back."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.hub.translated_theme_night import HOUSING, planned
from tests.hub.whole_hub import Message, WholeHub, whole_hub


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message["buttons"] for button in row]


async def two_of_one_topic(hub: WholeHub, later: timedelta) -> tuple[int, int]:
    first = await planned(hub)
    second = await planned(hub, starts=HOUSING.starts + later, ends=HOUSING.ends + later)
    return first, second


@pytest.mark.parametrize(
    ("later", "buttons"),
    [
        (timedelta(days=7), {"tor. 14. jan. Bolig – veien ut", "tor. 21. jan. Bolig – veien ut"}),
        (timedelta(hours=2), {"tor. 14. jan. kl. 17.00 Bolig – veien ut", "tor. 14. jan. kl. 19.00 Bolig – veien ut"}),
    ],
    ids=["two days", "one day"],
)
async def test_theme_nights_of_one_topic_have_different_buttons(
    tmp_path: Path, later: timedelta, buttons: set[str]
) -> None:
    async with whole_hub(tmp_path) as hub:
        await two_of_one_topic(hub, later)
        kiosk = hub["K-A"]
        await kiosk.press("Hva finnes her?")
        await kiosk.press("Temakvelder")
        assert buttons <= set(labels(await kiosk.shows("Temakvelder", "Bolig – veien ut")))
        await kiosk.press("⬅️ Tilbake", of="Bolig – veien ut")
        await kiosk.press("⬅️ Tilbake", of="Hva finnes her?")
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("Temakvelder")
        assert buttons <= set(labels(await kiosk.shows("Temakvelder", "Bolig – veien ut")))


async def test_a_theme_night_that_is_alone_with_its_topic_is_called_by_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await planned(hub)
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].press("Temakvelder")
        assert "Bolig – veien ut" in labels(await hub["K-A"].shows("Temakvelder", "Bolig – veien ut"))


async def test_from_a_list_a_door_and_a_poster_a_way_leads_back(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        number = await planned(hub)
        coordinator, officer = hub["TK1"], hub["KB-A1"]
        for page, way in (("Lista", "Temakvelden"), ("Plakat", "Temakvelden")):
            await coordinator.say("/start")
            await hub.settled()
            await coordinator.press_raw((await coordinator.messages())[-1]["id"], f"night_page:{number}")
            await coordinator.press(page, of="Bolig – veien ut")
            await hub.settled()
            await coordinator.press(way)
            await coordinator.shows("Bolig – veien ut", "Plakat")
        await officer.say("/start")
        await officer.press("Temakvelder")
        await officer.press("tor. 14. jan. kl. 17.00")
        await officer.press("⬅️ Temakvelder", of="Temakveld torsdag 14. januar")
        await officer.shows("🎟️ Temakvelder")
        await hub.to(HOUSING.starts - timedelta(minutes=30))
        await officer.press("tor. 14. jan. kl. 17.00")
        await officer.press("Ved døra", of="Temakveld torsdag 14. januar")
        await officer.press("Vis lista", of="kom")
        await officer.shows("Temakveld torsdag 14. januar", "⬅️ Temakvelder")
