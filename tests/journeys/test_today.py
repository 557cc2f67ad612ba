"""The coordinator's day through the whole hub: what needs somebody, in counts and queues, without names or texts."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest_asyncio

from bot.domain.chat.messages import LANE_DUE
from bot.store import chats, people
from handlers import tables
from handlers.day import today
from tests.hub.whole_hub import Message, WholeHub, data_of, whole_hub, words_of

OSLO = ZoneInfo("Europe/Oslo")
ALIASES = "SELECT alias FROM inmates"


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        yield running


async def todays_page(hub: WholeHub) -> Message:
    await hub["TK1"].say("/idag")
    await hub.settled()
    return await hub["TK1"].shows("I dag, ", "Startside")


async def test_the_day_says_what_is_broken_and_what_waits_since_when(hub: WholeHub) -> None:
    page = await todays_page(hub)
    assert page["text"] == (
        "☀️ I dag, onsdag 13. januar\n"
        "Kl. 10.00.\n"
        "❗ Brutte løfter, med ny frist: 1\n"
        "FJ-107 · avdeling B · Økonomi og gjeld · ons. 13. jan.\n"
        "📥 5 lapper venter på svar:\n"
        "Økonomi og gjeld: 1, den eldste fra man. 4. jan. (9 dager)\n"
        "Bolig: 2, den eldste fra man. 11. jan. (2 dager)\n"
        "NAV: 1, den eldste fra tir. 12. jan. (1 dag)\n"
        "Sosialkonsulenten: 1, den eldste fra ons. 13. jan. (i dag)"
    )
    assert data_of(page, "FJ-107 · B") == ["phone:FJ-107"]


async def test_a_slip_on_the_page_opens_without_name_and_topic(hub: WholeHub) -> None:
    await todays_page(hub)
    await hub["TK1"].press("FJ-107 · B")
    slip = await hub["TK1"].shows("FJ-107", "Startside")
    assert "Mose" not in slip["text"]
    assert "B02" not in slip["text"]
    await hub["TK1"].press("Startside", of="FJ-107")
    await hub["TK1"].shows("Hva vil du gjøre?")


async def test_the_page_says_by_itself_what_is_true_and_when_it_was_written(hub: WholeHub) -> None:
    await todays_page(hub)
    await hub.advance(4 * 60)
    assert "Kl. 10.00." in (await hub["TK1"].shows("I dag, "))["text"]
    await hub["N1"].press("Sett tid", of="FJ-110")
    await hub["N1"].press("14. jan. kl. 09.00", of="FJ-110")
    await hub["TK1"].shows("Kl. 10.04.", "4 lapper venter på svar:")


async def test_the_day_goes_on_with_promises_talks_and_offers(hub: WholeHub) -> None:
    await hub.to(datetime(2027, 1, 14, 10, 0, tzinfo=OSLO))
    page = await todays_page(hub)
    assert "❗ Brutte løfter, med ny frist: 1\nFJ-107 · avdeling B · Sosialkonsulenten · fre. 15. jan." in page["text"]
    assert "⏰ Løfter som snart brytes: 1\nFJ-115 · avdeling A · Sosialkonsulenten · fre. 15. jan." in page["text"]
    assert "🗒️ Samtaler ingen har fortalt om: 1\nFJ-103 · avdeling A · NAV · tor. 14. jan. kl. 09.30" in page["text"]
    await hub["N1"].press("Annen tid", of="FJ-108")
    await hub["N1"].press("14. jan. kl. 14.00", of="FJ-108")
    await hub["N1"].shows("FJ-108", "Foreslått")
    await hub["TK1"].shows("🕐 Tilbud uten svar: 1", "FJ-108 · avdeling B · NAV · tor. 14. jan. kl. 12.00")


async def test_a_slip_that_nobody_can_answer_has_no_owner(hub: WholeHub) -> None:
    async with hub.running.database.transaction() as tx:
        await people.retire(tx, "H1")
    page = await todays_page(hub)
    assert "🙋 Lapper uten eier: 2\nFJ-102 · avdeling A · Bolig" in page["text"]


async def test_a_slip_whose_only_adviser_no_message_reaches_has_no_owner(hub: WholeHub) -> None:
    async with hub.running.database.transaction() as tx:
        await tx.run("DELETE FROM accounts WHERE person = 'H1'")
    assert "🙋 Lapper uten eier: 2" in (await todays_page(hub))["text"]
    async with hub.running.database.transaction() as tx:
        await chats.link_person(tx, "email", 901, "H1")
    assert "🙋" not in (await todays_page(hub))["text"]


async def test_the_switcher_shows_one_prison_the_other_or_both(hub: WholeHub) -> None:
    await hub["K-N"].sign_in("N01", "2401", unit="Avdeling")
    assert await hub["K-N"].send_slip("NAV") == "NV-1"
    page = await todays_page(hub)
    assert "📥 6 lapper venter på svar:" in page["text"]
    await hub["TK1"].press("Nordvik overgangsbolig", of="6 lapper")
    nordvik = await hub["TK1"].shows("☑️ Nordvik overgangsbolig", "Ingenting trenger deg nå.")
    assert "📥 1 lapp venter på svar:\nNAV: 1" in nordvik["text"]
    await hub["TK1"].press("Fjordheim fengsel", of="1 lapp")
    await hub["TK1"].shows("☑️ Fjordheim fengsel", "5 lapper venter på svar:")
    await hub["TK1"].press("Alle", of="5 lapper")
    await hub["TK1"].shows("☑️ Alle", "6 lapper venter på svar:")


async def test_a_long_queue_has_pages_of_its_own(hub: WholeHub) -> None:
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE slips SET broken = 1 WHERE state = 'booked'")
        await tx.run("UPDATE slips SET state = 'waiting', broken = 1 WHERE state = 'booked' OR state = 'waiting'")
    page = await todays_page(hub)
    assert "❗ Brutte løfter, med ny frist: 9" in page["text"]
    assert "… og 3 til" in page["text"]
    await hub["TK1"].press("Alle brutte")
    every = await hub["TK1"].shows("❗ Brutte løfter, med ny frist: 9", "Tilbake")
    assert every["text"].count(" · avdeling ") == 9
    await hub["TK1"].press("Tilbake", of="ny frist: 9")
    await hub["TK1"].shows("I dag, ", "… og 3 til")


async def test_no_name_and_no_topic_ever_stands_on_the_page(hub: WholeHub) -> None:
    await hub.to(datetime(2027, 1, 14, 12, 0, tzinfo=OSLO))
    page = words_of(await todays_page(hub))
    aliases = [row["alias"] for row in await hub.rows(ALIASES)]
    services = hub.running.turns.hub.services.values()
    topics = [topic.name["nb"] for service in services for topic in service.topics]
    assert [word for word in (*aliases, *topics) if word in page.replace("Noe annet", "")] == []


async def test_an_advisers_today_is_still_the_list_of_talks(hub: WholeHub) -> None:
    await hub["N1"].say("/idag")
    await hub["N1"].shows("onsdag 13. januar: ingen samtaler")
    await hub["SK1"].say("/today")
    await hub["SK1"].shows("onsdag 13. januar: ingen samtaler")


async def test_in_the_morning_the_day_comes_as_a_message_of_its_own(hub: WholeHub) -> None:
    await todays_page(hub)
    async with hub.running.turns.begin(lane=LANE_DUE) as turn:
        person = await people.person(turn.tx, "TK1")
        assert person
        await today.morning(tables.context_of(hub.running.dispatch.application, turn), person)
    await hub.settled()
    pages = [each for each in await hub["TK1"].messages() if "Kl. 10.00." in each["text"]]
    assert len(pages) == 2
    await hub["TK1"].press("FJ-107 · B")
    await hub["TK1"].shows("FJ-107", "Startside")
