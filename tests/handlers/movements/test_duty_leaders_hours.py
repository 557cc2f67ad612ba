"""The duty leader says how many can walk in an hour, and everybody who is told of an escort is told the same."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.files import OPENS
from tests.hub.whole_hub import Message, WholeHub, data_of, whole_hub

THURSDAY = OPENS + timedelta(hours=22)
CHANGED = "Dette er endret i mellomtiden. Nå ser du det nyeste."
FETCHED = "En betjent henter deg kl. 09.50."
ARRANGING = "Tiden er holdt av til deg. Vi ordner følge."
NOT_YET = "Følge er ikke ordnet ennå."


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def tomorrows_page(hub: WholeHub) -> Message:
    await hub["VL"].say("/idag")
    await hub["VL"].press("Neste dag", of="onsdag 13. januar")
    page = await hub["VL"].shows("torsdag 14. januar: 3 forflytninger")
    await hub.settled()
    return page


async def fewer(hub: WholeHub, clock: str, staff: int) -> None:
    """Lower the number of an hour until so many can walk."""
    while f"Fra kl. {clock}: {staff} kan gå" not in (await hub["VL"].shows("torsdag 14. januar"))["text"]:
        await hub["VL"].press(f"➖ fra kl. {clock}", of="torsdag 14. januar")
        await hub.settled()


async def capacity(hub: WholeHub) -> list[tuple[str, str, int, int]]:
    await hub.settled()
    rows = await hub.rows("SELECT * FROM capacity ORDER BY prison, day, hour")
    return [(row["prison"], row["day"], row["hour"], row["staff"]) for row in rows]


async def test_the_page_says_for_each_hour_who_can_walk_and_who_needs_to(hub: WholeHub) -> None:
    page = await tomorrows_page(hub)
    assert page["text"] == (
        "🚶 torsdag 14. januar: 3 forflytninger\n"
        "▪️ Fra kl. 09.00: 4 kan gå, 1 trengs\n"
        "09.20 · A07 · FJ-103 · Servicetorget 1 · samtale 09.30 · Bergskog\n"
        "▪️ Fra kl. 10.00: 4 kan gå, 2 trengs\n"
        "09.50 · A05 · FJ-105 · Servicetorget 1 · samtale 10.00 · Bergskog\n"
        "▪️ Fra kl. 11.00: 4 kan gå, 0 trengs\n"
        "▪️ Fra kl. 13.00: 3 kan gå, 2 trengs\n"
        "13.20 · A06 · FJ-106 · Servicetorget 1 · samtale 13.30 · Bergskog\n"
        "▪️ Fra kl. 14.00: 3 kan gå, 0 trengs\n"
        "▪️ Fra kl. 17.00: 2 kan gå, 0 trengs\n"
        "▪️ Fra kl. 18.00: 2 kan gå, 0 trengs\n"
        "▪️ Fra kl. 19.00: 2 kan gå, 0 trengs"
    )


async def test_screen_card_and_both_pages_agree_when_an_escort_goes_and_comes(hub: WholeHub) -> None:
    await tomorrows_page(hub)
    kiosk, card, officer, leader = hub["K-A"], hub["N1"], hub["KB-A2"], hub["VL"]
    await officer.say("/idag")
    await officer.press("Neste dag")
    await kiosk.sign_in("A05", "2105")
    await kiosk.press("Mine samtaler")
    await kiosk.press("FJ-105")
    await kiosk.shows(FETCHED)
    await fewer(hub, "10.00", 1)  # A05 needs two
    await kiosk.shows(ARRANGING, "Når det er ordnet, ser du det her.")
    await card.shows("FJ-105", NOT_YET)
    await officer.shows("A05 Selje · FJ-105 · Servicetorget 1 · samtale 10.00 · venter på følge")
    await leader.shows("1 venter på følge", "samtale 10.00 · Bergskog · venter på følge")
    await leader.press("➕ fra kl. 10.00")
    await kiosk.shows(FETCHED)
    await hub.settled()
    everything = await card.everything() + await officer.everything() + await leader.everything()
    assert NOT_YET not in everything
    assert "venter på følge" not in everything


async def test_when_the_first_gives_the_time_back_the_next_has_the_escort(hub: WholeHub) -> None:
    await tomorrows_page(hub)
    await fewer(hub, "10.00", 2)  # as many as A05 needs, who was first
    kiosk, card = hub["K-A"], hub["N1"]
    await kiosk.sign_in("A01", "2101")
    assert await kiosk.send_slip("NAV") == "FJ-116"
    await card.press("Sett tid", of="FJ-116")
    await card.press("14. jan. kl. 10.30", of="FJ-116")
    await card.shows("FJ-116", "✅ Samtale torsdag 14. januar kl. 10.30", NOT_YET)
    await kiosk.press("Mine samtaler")
    await kiosk.press("FJ-116")
    await kiosk.shows(ARRANGING)
    await hub["VL"].shows("1 venter på følge", "A01 · FJ-116")
    await card.press("Avlys", of="FJ-105")
    await card.press("Syk", of="FJ-105")
    await kiosk.shows("En betjent henter deg kl. 10.20.")
    await hub.settled()
    assert NOT_YET not in await card.everything()
    assert "venter på følge" not in await hub["VL"].everything()


async def test_two_presses_on_the_same_page_change_it_once(hub: WholeHub) -> None:
    page = await tomorrows_page(hub)
    pressed = data_of(page, "➖ fra kl. 10.00")[0]
    await hub["VL"].press_raw(page["id"], pressed)
    await hub["VL"].press_raw(page["id"], pressed)
    await hub["VL"].alerted(CHANGED)
    assert await capacity(hub) == [("FJ", "2027-01-14", 10, 3)]
    assert await hub.audit("FJ 2027-01-14 10") == [("VL", "capacity", "FJ 2027-01-14 10", "3")]


async def test_fewer_than_none_is_not_offered_and_not_possible(hub: WholeHub) -> None:
    await tomorrows_page(hub)
    await fewer(hub, "10.00", 0)
    page = await hub["VL"].shows("torsdag 14. januar")
    assert data_of(page, "➖ fra kl. 10.00") == []
    await hub["VL"].press_raw(page["id"], "escorts:FJ:2027-01-14:10:0:-1")
    await hub["VL"].alerted("Det forsto jeg ikke. Bruk gjerne knappene.")
    await hub["VL"].press_raw(page["id"], "escorts:FJ:2027-01-14:10:0:100")
    await hub["VL"].alerted("Dette tallet går ikke. Ingenting er endret.")
    assert await capacity(hub) == [("FJ", "2027-01-14", 10, 0)]


@pytest.mark.parametrize(
    "data", ["escorts:NV:2027-01-14:10:4:3", "escorts:XX:2027-01-14:10:4:3", "escorts:-:2027-01-14:10:4:3"]
)
async def test_another_prison_is_none_of_the_duty_leaders(hub: WholeHub, data: str) -> None:
    page = await tomorrows_page(hub)
    await hub["VL"].press_raw(page["id"], data)
    await hub["VL"].alerted("En annen følger opp denne personen. Ingenting er endret.")
    assert await capacity(hub) == []


@pytest.mark.parametrize(
    "data", ["escorts:FJ:2027-01-14:24:0:1", "escorts:FJ:2027-01-14:10:x:3", "escorts:FJ:2027-13-14:10:4:3"]
)
async def test_what_no_page_has_is_refused(hub: WholeHub, data: str) -> None:
    page = await tomorrows_page(hub)
    await hub["VL"].press_raw(page["id"], data)
    assert await hub["VL"].alerted() in {CHANGED, "Dette tallet går ikke. Ingenting er endret."}
    assert await capacity(hub) == []


async def test_yesterdays_hours_are_not_changed_today(hub: WholeHub) -> None:
    page = await tomorrows_page(hub)
    await hub.to(THURSDAY)
    fewer = data_of(await hub["VL"].shows("torsdag 14. januar"), "➖ fra kl. 10.00")[0]
    await hub.to(THURSDAY + timedelta(days=1))
    assert "torsdag 14. januar" not in await hub["VL"].everything()
    await hub["VL"].say("/idag")
    page = await hub["VL"].shows("fredag 15. januar")
    await hub.settled()
    await hub["VL"].press_raw(page["id"], fewer)
    await hub["VL"].alerted("Denne siden gjelder en annen dag. Ingenting er endret.")
    assert await capacity(hub) == []


async def test_an_officer_does_not_change_how_many_can_walk(hub: WholeHub) -> None:
    await hub["KB-A2"].say("/idag")
    page = await hub["KB-A2"].shows("onsdag 13. januar")
    await hub.settled()
    await hub["KB-A2"].press_raw(page["id"], "escorts:FJ:2027-01-14:10:4:3")
    await hub["KB-A2"].alerted("Denne knappen er for noen andre på servicetorget. Ingenting er endret.")
    assert await capacity(hub) == []


async def test_an_offer_that_is_accepted_late_takes_nobodys_escort(hub: WholeHub) -> None:
    await tomorrows_page(hub)
    await fewer(hub, "11.00", 2)
    await hub["N2"].press("Annen tid", of="FJ-106")
    await hub["N2"].press("14. jan. kl. 11.00", of="FJ-106")  # A06 needs two, and has not answered yet
    await hub["N2"].shows("FJ-106", "Foreslått")
    await hub.advance(60)
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("NAV")
    await hub["K-A"].press("Hopp over")
    await hub["K-A"].press("Send", of="Til: NAV")
    await hub["K-A"].press("Ferdig")
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("14. jan. kl. 11.30", of="FJ-116")
    await hub["N1"].shows("FJ-116", "✅ Samtale torsdag 14. januar kl. 11.30")
    await hub.advance(60)
    await hub["KB-A2"].press("Vis svarene")
    await hub["KB-A2"].press("FJ-106 Ja, det passer")
    await hub["N2"].shows("FJ-106", "✅ Samtale torsdag 14. januar kl. 11.00", NOT_YET)
    await hub["VL"].shows(
        "1 venter på følge", "A06 · FJ-106 · Servicetorget 1 · samtale 11.00 · Bergskog · venter på følge"
    )
    card = [each for each in await hub["N1"].messages() if "FJ-116, avdeling" in each["text"]][-1]
    assert NOT_YET not in card["text"]
