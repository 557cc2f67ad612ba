"""Posters in the coordinator's chat: languages are chosen, a PDF comes, and no language is half spoken."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.theme_nights.theme_nights import State, Why
from bot.usecases.theme_nights import theme_nights
from tests.documents.pages import fonts_along, pages, words
from tests.hub.afternoon import as_staff
from tests.hub.translated_theme_night import HOUSING, planned
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, whole_hub

TITLE = "Plakat for uke 2"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        await running.settled()
        yield running


async def week_page(hub: WholeHub) -> Device:
    """Go to the poster of this week."""
    coordinator = hub["TK1"]
    await coordinator.say("/start")
    await coordinator.press("Timeplan")
    await coordinator.press("Ukeplakat", of="Uke 2")
    await coordinator.shows(TITLE, "På hvilke språk?")
    return coordinator


async def theme_night_page(hub: WholeHub, night: int, languages: str = "nb-ar") -> Message:
    """Press the poster of a theme night, as a button on its page does."""
    coordinator = hub["TK1"]
    await coordinator.say("/start")
    start = await coordinator.shows("Hei")
    await hub.settled()  # a button can be pressed when the hub knows that it is there
    await coordinator.press_raw(start["id"], f"poster:{night}:{languages}")
    await hub.settled()
    return (await coordinator.messages())[-1]


async def paper(hub: WholeHub, device: Device) -> bytes:
    """Fetch the newest document of a chat."""
    sent = await device.until(lambda message: bool(message["documents"]), "a poster")
    assert sent["documents"][0]["file_name"] == "Plakat.pdf"
    file = await hub.http.get(f"/client/documents/{sent['documents'][0]['file_id']}")
    return file.raise_for_status().content


def said(made: bytes, page: int = 0) -> str:
    return " ".join(words(made, page))


async def test_the_poster_of_a_week_comes_as_one_page_in_norwegian(hub: WholeHub) -> None:
    await planned(hub)
    coordinator = await week_page(hub)
    await coordinator.press("Lag plakaten")
    made = await paper(hub, coordinator)
    assert (pages(made), fonts_along(made)) == (1, True)
    for text in ("Uke 2", "Torsdag 14. januar", "NAV", "Servicetorget 1", "Temakveld: Bolig – veien ut", "Gymsal"):
        assert text in said(made)
    assert not {"N1", "N2", "SK1", "TK1"} & set(said(made).split())


async def test_each_chosen_language_has_its_page(hub: WholeHub) -> None:
    coordinator = await week_page(hub)
    await coordinator.press("Engelsk", of=TITLE)
    await coordinator.press("Arabisk", of="☑️ Engelsk")
    await coordinator.shows("☑️ Norsk bokmål", "☑️ Engelsk", "☑️ Arabisk", "Arabisk er ikke kontrollert")
    await coordinator.press("Lag plakaten", of="☑️ Arabisk")
    made = await paper(hub, coordinator)
    assert pages(made) == 3
    assert "Week 2" in said(made, 1)
    assert "غرفة الزيارة" in said(made, 2)


async def test_without_a_language_there_is_nothing_to_make(hub: WholeHub) -> None:
    coordinator = await week_page(hub)
    await coordinator.press("☑️ Norsk bokmål", of=TITLE)
    page = await coordinator.until(
        lambda each: bool(data_of(each, "Engelsk")) and not data_of(each, "☑️ Norsk"), "no mark"
    )
    assert data_of(page, "Lag plakaten") == []


async def test_the_poster_of_a_theme_night_says_everything_and_names_nobody(hub: WholeHub) -> None:
    page = await theme_night_page(hub, await planned(hub))
    await hub["TK1"].press_raw(page["id"], data_of(page, "Lag plakaten")[0])
    made = await paper(hub, hub["TK1"])
    assert pages(made) == 2
    norwegian = said(made)
    for text in ("Temakveld", "Torsdag 14. januar", "Kl. 17.00 til 19.00", "Gymsal", "Boligkontoret i", "Meld deg på"):
        assert text in norwegian
    assert "Alle på avdeling A og B" in norwegian
    assert "Senest onsdag 13. januar kl. 15.00" in norwegian
    assert "TK1" not in norwegian + said(made, 1)


async def test_a_language_that_lacks_a_text_is_refused_with_its_name(hub: WholeHub) -> None:
    topic = {language: text for language, text in HOUSING.topic.items() if language != "ar"}
    page = await theme_night_page(hub, night := await planned(hub, topic=topic))
    assert "Arabisk: Det mangler tekst for temaet «Bolig – veien ut»." in page["text"]
    assert "En plakat er helt på ett språk" in page["text"]
    assert data_of(page, "Lag plakaten") == []
    await hub["TK1"].press_raw(page["id"], f"make_poster:{night}:nb-ar")
    await hub.settled()
    assert [each for message in await hub["TK1"].messages() for each in message["documents"]] == []


async def test_the_page_of_a_poster_says_at_once_which_text_is_there_by_now(hub: WholeHub) -> None:
    topic = {language: text for language, text in HOUSING.topic.items() if language != "ar"}
    night = await planned(hub, topic=topic)
    await theme_night_page(hub, night)
    await hub["TK1"].shows("Arabisk: Det mangler tekst for temaet")
    async with as_staff(hub, "TK1") as turn:
        found = await theme_nights.one(turn, night)
        found, _ = await theme_nights.change(turn, night, found.revision, topic=HOUSING.topic)
    page = await hub["TK1"].shows("☑️ Arabisk", "Lag plakaten")
    assert "Det mangler tekst" not in page["text"]
    async with as_staff(hub, "TK1") as turn:
        await theme_nights.cancel(turn, night, found.revision, Why.HOST)
    await hub["TK1"].shows("Den er avlyst.")
    assert "På hvilke språk?" not in await hub["TK1"].everything()


async def test_there_is_no_poster_of_a_theme_night_that_does_not_take_place(hub: WholeHub) -> None:
    page = await theme_night_page(hub, await planned(hub, state=State.CANCELLED))
    assert "På hvilke språk?" not in str(page["text"])


async def test_several_prisons_have_a_poster_each(hub: WholeHub) -> None:
    coordinator = await week_page(hub)
    await coordinator.press("Nordvik", of=TITLE)
    await coordinator.shows("☑️ Nordvik")
    await coordinator.press("Lag plakaten", of="☑️ Nordvik")
    made = await paper(hub, coordinator)
    assert "Nordvik overgangsbolig" in said(made)
    assert "Sosialkonsulenten" not in said(made)
