"""Two coordinators at the desk of notices, and odd input: nothing is lost, and everything is told at once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.domain.notices.notices import Notice, State, checked
from bot.domain.people import Person, Role
from bot.domain.refusals import TextMissing
from bot.store import chats, people
from tests.hub.whole_hub import Device, WholeHub, data_of
from tests.journeys.notices.desk import NOTICES, at, begins, newest, opens_desk, presses, publishes, says


@pytest_asyncio.fixture
async def colleague(hub: WholeHub) -> Device:
    """A second coordinator, of one prison."""
    assert hub.running.house is not None
    await hub.running.house.open_chat(900, "TK2", "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, Person("TK2", Role.COORDINATOR, "Koordinator TK2", "nb", units=frozenset("ABC")))
        await chats.link_person(tx, "house", 900, "TK2")
    hub.devices["TK2"] = Device(hub.http, 900, house=hub.running.house)
    return hub["TK2"]


async def test_two_coordinators_correct_at_once_and_neither_text_is_lost(hub: WholeHub, colleague: Device) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    for who in ("TK1", "TK2"):
        await opens_desk(hub, who)
        await presses(hub, who, "Rett 1")
        await says(hub, who, f"Biblioteket er stengt, sier {who}")
        await presses(hub, who, "Som før")
    await presses(hub, "TK2", "Rett det")
    await presses(hub, "TK1", "Rett det")
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["K-A"].shows("Biblioteket er stengt, sier TK2")
    await hub["TK1"].shows(
        "📣 Biblioteket er stengt, sier TK1",
        "Noen andre har endret det i mellomtiden. Nå står det: Biblioteket er stengt, sier TK2",
    )
    await presses(hub, "TK1", "Rett det")
    await hub["K-A"].shows("Biblioteket er stengt, sier TK1")


async def test_what_one_coordinator_does_the_other_sees_at_once(hub: WholeHub, colleague: Device) -> None:
    await opens_desk(hub, "TK2")
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await colleague.shows("📣 Oppslag", "1 · 📣 Biblioteket er stengt")
    await presses(hub, "TK2", "Ta ned 1", "Ja, ta det ned")
    await hub["TK1"].shows("Ingen oppslag henger oppe, og ingen kommer.")


async def test_whoever_serves_one_prison_is_not_asked_which(hub: WholeHub, colleague: Device) -> None:
    await opens_desk(hub, "TK2")
    await presses(hub, "TK2", "Nytt oppslag")
    assert "Hva slags oppslag er det?" in await newest(colleague)


async def test_a_text_that_is_too_long_is_told_at_once_and_nothing_is_lost(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "x" * 200)
    await hub["TK1"].shows("Det er 40 bokstaver for langt for en skjerm.", "Skriv teksten på dette språket: engelsk.")
    assert "x" * 200 in await hub["TK1"].everything()
    await says(hub, "TK1", "x" * 160)
    await presses(hub, "TK1", "Gå videre", "Nå", "13. jan. kl. 20.00")
    await hub["TK1"].shows("📣 Biblioteket er stengt", "📣 " + "x" * 160)


async def test_a_typed_text_becomes_one_line(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket\n er   stengt", "The library is closed")
    await hub["K-A"].shows("📣 Biblioteket er stengt")


async def test_a_text_missing_in_one_language_is_never_published(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt")
    page = (await hub["TK1"].messages())[-1]
    [back] = data_of(page, "Tilbake")
    await hub["TK1"].press_raw(page["id"], f"notice_done:{back.partition(':')[2]}:0")
    await hub.settled()
    assert await hub.rows(NOTICES) == []
    assert "Skriv teksten på dette språket: engelsk." in await newest(hub["TK1"])
    now = hub.running.turns.clock.now()
    half = Notice(1, "FJ", State.PUBLISHED, 0, {"nb": "Hei"}, ("A",), (), now, now + timedelta(hours=1), "TK1", now)
    with pytest.raises(TextMissing, match="en"):
        checked(half, now)


async def test_a_language_that_nobody_writes_is_told_and_the_notice_goes_out_all_the_same(hub: WholeHub) -> None:
    hub.running.turns.hub = replace(hub.running.turns.hub, languages=("nb", "en", "pl"))
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    assert "Skriv teksten på dette språket: polsk." in await newest(hub["TK1"])
    await presses(hub, "TK1", "Ingen tekst", "Gå videre", "Nå", "13. jan. kl. 20.00")
    await hub["TK1"].shows("⚠️ Mangler på: polsk.", "Der ser folk et annet språk, og hvilket.")
    await presses(hub, "TK1", "Heng det opp")
    await hub["K-A"].shows("📣 Biblioteket er stengt")
    [row] = await hub.rows("SELECT texts FROM notices")
    assert json.loads(row["texts"]) == {"nb": "Biblioteket er stengt", "en": "The library is closed"}


async def test_an_end_in_the_past_and_a_beginning_in_the_past_are_told_at_once(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Gå videre")
    await says(hub, "TK1", "12.1.")
    await hub["TK1"].shows("Denne tiden har vært. Velg en senere.")
    await says(hub, "TK1", "20.1.", "19.1.")
    await hub["TK1"].shows("Oppslaget ville vært over allerede. Velg en senere slutt.")
    await says(hub, "TK1", "i morgen")
    await hub["TK1"].shows("Det forsto jeg ikke.")
    await says(hub, "TK1", "21.1.")
    await hub["TK1"].shows("Det henger oppe fra ons. 20. jan. kl. 07.30 til tor. 21. jan. kl. 20.00.")


async def test_published_too_late_it_is_told_and_the_draft_is_kept(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Gå videre", "Nå", "13. jan. kl. 20.00")
    await hub.to(at(13, 20, 1))
    await presses(hub, "TK1", "Heng det opp")
    await hub["TK1"].alerted("Oppslaget ville vært over allerede. Velg en senere slutt.")
    await presses(hub, "TK1", "Tilbake", "14. jan. kl. 20.00", "Heng det opp")
    await hub["K-A"].shows("📣 Biblioteket er stengt")
