"""The officer's day: own inmates only, the newest always, and a late or foreign press changes nothing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.files import OPENS
from bot.domain.movements import Tick
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of

THURSDAY = OPENS + timedelta(hours=22)
AFTER_MIDNIGHT = OPENS + timedelta(hours=38, minutes=10)
"""Thursday is over, and the hub has not cleared it away yet."""
CHANGED = "Dette er endret i mellomtiden. Nå ser du det nyeste."
OTHERS = "En annen følger opp denne personen. Ingenting er endret."
ANOTHER_DAY = "Denne siden gjelder en annen dag. Ingenting er endret."


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def ticks(hub: WholeHub) -> list[tuple[str, str]]:
    await hub.settled()
    return [(row["slip"], row["tick"]) for row in await hub.rows("SELECT slip, tick FROM ticks ORDER BY slip")]


async def thursdays_page(hub: WholeHub, officer: str) -> Device:
    await hub.to(THURSDAY)
    await hub[officer].say("/idag")
    await hub.settled()
    return hub[officer]


async def test_each_officer_sees_own_inmates_and_nobody_else(hub: WholeHub) -> None:
    await hub.to(THURSDAY)
    for name in hub.devices:
        if name.startswith("KB-") or name == "VL":
            await hub[name].say("/idag")
    await hub.settled()
    own = {"KB-A2": {"Selje", "Osp"}, "KB-A3": {"Lønn"}}
    for name in (name for name in hub.devices if name.startswith("KB-")):
        shown = "\n".join([words_of(each) for each in await hub[name].messages() if "forflytning" in words_of(each)])
        assert {alias for alias in ("Selje", "Osp", "Lønn", "Skar") if alias in shown} == own.get(name, set())
    everything = await hub["VL"].everything()
    assert all(number in everything for number in ("A05", "A06", "A07"))
    assert not any(word in everything for word in ("Selje", "Osp", "Lønn", "NAV", "Arbeid og tiltak"))


async def test_a_page_never_says_to_which_service_somebody_goes(hub: WholeHub) -> None:
    officer = await thursdays_page(hub, "KB-A2")
    page = words_of(await officer.shows("🚶 torsdag 14. januar"))
    assert not any(word in page for word in ("NAV", "Arbeid", "Penger", "N1", "N2"))


async def test_the_page_of_tomorrow_changes_by_itself_when_a_talk_is_booked_and_withdrawn(hub: WholeHub) -> None:
    officer, kiosk = hub["KB-A1"], hub["K-A"]
    await officer.say("/idag")
    await officer.press("Neste dag", of="onsdag 13. januar: ingen forflytninger")
    await officer.shows("torsdag 14. januar: ingen forflytninger")
    await kiosk.sign_in("A01", "2101")
    await kiosk.send_slip("NAV")
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("09.00", of="FJ-116")
    page = await officer.shows("08.50 · A01 Furu · FJ-116 · Servicetorget 1 · samtale 09.00")
    assert data_of(page, "Hentet") == []  # nobody is fetched today
    await kiosk.press("Mine samtaler")
    await kiosk.press("FJ-116")
    await kiosk.press("Trekk lappen tilbake")
    await kiosk.press("Ja, trekk tilbake")
    await officer.shows("torsdag 14. januar: ingen forflytninger")


async def test_an_offered_time_is_no_movement_until_it_is_accepted(hub: WholeHub) -> None:
    officer, adviser, kiosk = hub["KB-A2"], hub["N2"], hub["K-A"]
    await officer.say("/idag")
    await officer.press("Neste dag")
    await officer.shows("torsdag 14. januar: 2 forflytninger")
    await adviser.press("Annen tid", of="FJ-106")
    await adviser.press("14. jan. kl. 11.00", of="FJ-106")
    await officer.shows("torsdag 14. januar: 1 forflytning")
    await kiosk.sign_in("A06", "2106")
    await kiosk.press("Mine samtaler")
    await kiosk.press("FJ-106")
    await kiosk.press("Ja, det passer")
    await officer.shows("torsdag 14. januar: 2 forflytninger", "10.50 · A06 Osp · FJ-106")


async def test_a_talk_in_the_cell_is_no_movement(hub: WholeHub) -> None:
    await hub["SK1"].press("Sett tid", of="FJ-115")
    await hub["SK1"].press("15. jan. kl. 09.00", of="FJ-115")
    await hub["SK1"].shows("FJ-115", "✅ Samtale fredag 15. januar kl. 09.00, På cella")
    officer = await thursdays_page(hub, "KB-A1")
    await officer.press("Neste dag", of="torsdag 14. januar")
    await officer.shows("fredag 15. januar: ingen forflytninger")
    await hub["K-A"].sign_in("A10", "2110")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press("FJ-115")
    page = await hub["K-A"].shows("Sted: På cella.")
    assert "henter deg" not in page["text"]


async def test_a_tick_pressed_twice_is_set_once_and_the_second_press_is_told(hub: WholeHub) -> None:
    officer = await thursdays_page(hub, "KB-A2")
    page = await officer.shows("🚶 torsdag 14. januar")
    pressed = data_of(page, "FJ-105 Hentet")[0]
    await officer.press_raw(page["id"], pressed)
    await officer.press_raw(page["id"], pressed)
    await officer.alerted(CHANGED)
    await officer.press_raw(page["id"], data_of(page, "FJ-105 Innelåst")[0])  # from the page as it was
    assert await ticks(hub) == [("FJ-105", "fetched")]


async def test_nobody_ticks_for_an_inmate_of_another_officer(hub: WholeHub) -> None:
    officer = await thursdays_page(hub, "KB-A2")
    press = data_of(await officer.shows("🚶 torsdag 14. januar"), "FJ-105 Hentet")[0]
    other = await thursdays_page(hub, "KB-A1")
    await other.press_raw((await other.shows("🚶 torsdag 14. januar"))["id"], press)
    await other.alerted(OTHERS)
    assert "A05" not in await other.everything()
    leader = await thursdays_page(hub, "VL")
    await leader.press_raw((await leader.shows("🚶 torsdag 14. januar"))["id"], press)
    await leader.alerted("Denne knappen er for noen andre på servicetorget. Ingenting er endret.")
    assert await ticks(hub) == []


async def test_a_movement_that_was_cancelled_meanwhile_is_not_ticked(hub: WholeHub) -> None:
    officer = await thursdays_page(hub, "KB-A2")
    page = await officer.shows("🚶 torsdag 14. januar: 2 forflytninger")
    await hub["N2"].press("Avlys", of="FJ-106")
    await hub["N2"].press("Syk", of="FJ-106")
    await officer.shows("🚶 torsdag 14. januar: 1 forflytning")
    await officer.press_raw(page["id"], data_of(page, "FJ-106 Hentet")[0])
    await officer.alerted(CHANGED)
    assert await ticks(hub) == []


async def test_yesterdays_page_pressed_today_changes_nothing_and_shows_the_way_to_today(hub: WholeHub) -> None:
    officer = await thursdays_page(hub, "KB-A2")
    page = await officer.shows("🚶 torsdag 14. januar")
    await hub.to(AFTER_MIDNIGHT)
    await officer.press_raw(page["id"], data_of(page, "FJ-105 Hentet")[0])
    await officer.alerted(ANOTHER_DAY)
    assert await ticks(hub) == []
    await officer.press("I dag", of="🚶 torsdag 14. januar")
    await officer.shows("🚶 fredag 15. januar")


@pytest.mark.parametrize("day", ["2027-01-12", "2027-02-30", "9999-99-99", "2099-01-01"])
async def test_a_day_that_no_button_offers_is_refused(hub: WholeHub, day: str) -> None:
    officer = hub["KB-A1"]
    await officer.say("/idag")
    page = await officer.shows("onsdag 13. januar")
    await hub.settled()
    await officer.press_raw(page["id"], f"walks:{day}")
    assert await officer.alerted() in {CHANGED, ANOTHER_DAY}
    await hub.settled()
    assert len([each for each in await officer.messages() if "forflytning" in words_of(each)]) == 1


async def test_the_start_page_does_not_take_the_place_of_a_living_page(hub: WholeHub) -> None:
    officer = hub["KB-A2"]
    await officer.say("/start")
    await officer.press("Forflytninger", of="Hei, Kontaktbetjent KB-A2!")
    await officer.press("Neste dag", of="onsdag 13. januar")
    await officer.press("Startside", of="torsdag 14. januar")
    await officer.shows("Hei, Kontaktbetjent KB-A2!")
    await officer.shows("torsdag 14. januar: 2 forflytninger")


@pytest.mark.parametrize("found", list(Tick))
async def test_outside_the_house_a_card_says_no_more_than_now_or_not_now(hub: WholeHub, found: Tick) -> None:
    await hub.to(THURSDAY)
    hub.running.turns.networks["house"].leaves_house = True
    await hub["KB-A3"].say("/idag")
    await hub.settled()
    page = await hub["KB-A3"].shows("09.20 · FJ-103 · avdeling A · Servicetorget 1 · samtale 09.30")
    revision = data_of(page, "Hentet")[0].split(":")[2]
    await hub["KB-A3"].press_raw(page["id"], f"tick:FJ-103:{revision}:-:{found}")
    card = await hub["N1"].shows("FJ-103", "På vei." if found is Tick.FETCHED else "Kommer ikke nå.")
    shown = words_of(card) + await hub["KB-A3"].everything()
    assert not any(word in shown for word in ("A07", "Lønn", "Betjenten noterer", "Ikke funnet", "Innelåst"))


async def test_pages_go_in_the_night_after_their_day(hub: WholeHub) -> None:
    officer = hub["KB-A2"]
    await officer.say("/idag")
    await officer.shows("onsdag 13. januar")
    await hub.to(THURSDAY - timedelta(hours=5))
    assert "onsdag 13. januar" in await officer.everything()
    await hub.to(THURSDAY)
    assert "onsdag 13. januar" not in await officer.everything()
    assert "torsdag 14. januar" in await officer.everything()
