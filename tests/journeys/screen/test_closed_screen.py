"""J2, where somebody sprays: the screen takes no more codes, says so kindly, and an officer opens it with one press."""

import asyncio
from pathlib import Path

from bot.gateway.doors.limits import Buckets
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of
from tests.journeys.notices.desk import nav_is_here
from tests.journeys.screen.test_own_pins import OLD, OTHER, change, founded, signs_in

WRONG = "9999"
CLOSED = "Denne skjermen tar ikke imot koder akkurat nå."
TOLD = "Skjermen K-A: mange feil koder den siste timen"
OPEN = "Åpne skjerm K-A"
OFFICERS = ("KB-A1", "KB-A2", "KB-A3")


async def spray(kiosk: Device, count: int) -> None:
    for number in range(count):
        await kiosk.sign_in(f"A{30 + number}", WRONG)
        await kiosk.press("Tilbake", of="stemte ikke")


async def close(hub: WholeHub) -> None:
    await spray(hub["K-A"], 19)
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].shows(CLOSED)
    await hub.settled()


async def test_j02_twenty_tries_close_the_screen_and_all_else_stays_usable(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await hub["KB-A2"].say("/start")
        await hub["KB-A2"].press("Forflytninger")
        await spray(kiosk, 19)
        await hub.settled()
        assert "mange feil koder" not in await hub["KB-A1"].everything()
        await kiosk.sign_in("A01", "2101")
        shown = await kiosk.shows(CLOSED, "En betjent kan åpne den.", "papirlapp. Den teller like mye.")
        assert data_of(shown, "Avdeling") == []
        await hub.settled()
        for who in OFFICERS:
            assert len([each for each in await hub[who].messages() if TOLD in (each["text"] or "")]) == 1
        await hub["KB-A2"].shows("Skjermen K-A er stengt: mange feil koder.", OPEN)
        assert "K-A" not in await hub["KB-B1"].everything() + await hub["TK1"].everything()
        for button, page in (("Hva finnes her?", "I dag og de neste dagene"), ("Det haster", "Si fra til en betjent")):
            await kiosk.press(button)
            await kiosk.shows(page)
            await kiosk.press("⬅️ Tilbake")
        await kiosk.press("English")
        await kiosk.shows("This screen takes no codes just now.")
        await kiosk.press("Norsk")
        shown = await kiosk.shows(CLOSED)
        await hub.settled()
        await kiosk.press_raw(shown["id"], "unit:A")
        await hub.settled()
        await kiosk.shows(CLOSED)
        await hub["K-B"].sign_in("A01", "2101")
        await hub["K-B"].shows("Hvem vil du snakke med?")
        assert [line[:2] for line in await hub.audit("K-A")] == [("K-A", "close_kiosk")]


async def test_j02_a_closed_screen_is_closed_after_a_restart_and_one_press_opens_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await close(hub)
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.shows(CLOSED)
        message = await hub["KB-A1"].shows(TOLD, "Ingen kan logge inn der før du åpner den.")
        assert [button["text"] for row in message["buttons"] for button in row] == [f"🔓 {OPEN}"]
        await hub["KB-B1"].say("/start")
        await hub.settled()
        [home] = await hub["KB-B1"].messages()
        await hub["KB-B1"].press_raw(home["id"], "open_screen:K-A:1")
        await hub["KB-B1"].alerted("Denne knappen er for noen andre på servicetorget. Ingenting er endret.")
        await hub["KB-A3"].say("/start")
        await hub["KB-A3"].press("Forflytninger")
        await hub["KB-A3"].shows("Skjermen K-A er stengt: mange feil koder.", OPEN)
        await asyncio.gather(hub["KB-A1"].press(OPEN, of=TOLD), hub["KB-A2"].press(OPEN, of=TOLD))
        await kiosk.shows("Trykk på avdelingen din for å starte", "Avdeling A")
        await hub.settled()
        for who in OFFICERS:
            await hub[who].shows("Skjermen K-A er åpnet igjen kl. ")
            assert OPEN not in await hub[who].everything()
        assert [line[1] for line in await hub.audit("K-A")] == ["close_kiosk", "open_kiosk"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Hvem vil du snakke med?")


async def test_j02_where_the_officers_are_gone_the_coordinator_is_told_and_opens_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await close(hub)
        for officer in OFFICERS:
            await send_away(hub, officer)
        await hub["TK1"].shows(TOLD, OPEN)
        await hub["TK1"].say("/idag")
        page = await hub["TK1"].press(OPEN, of="Skjermen K-A er stengt: mange feil koder.")
        assert "Ingenting trenger deg nå" not in words_of(page)
        await hub["K-A"].shows("Trykk på avdelingen din for å starte", "Avdeling A")
        await hub.settled()
        await hub["TK1"].shows("Skjermen K-A er åpnet igjen kl. ")
        await hub["TK1"].until(lambda each: each["id"] == page["id"] and OPEN not in words_of(each), "without it")


async def send_away(hub: WholeHub, who: str) -> None:
    coordinator = hub["TK1"]
    await coordinator.say("/start")
    await hub.settled()
    home = [each for each in await coordinator.messages() if each["buttons"]][-1]
    await coordinator.press_raw(home["id"], f"revoke:{who}")
    await coordinator.press("Ja, ta den bort", of="Ta bort tilgangen?")
    await coordinator.shows(f"{who} har ikke tilgang lenger")
    await hub.settled()


async def test_j02_where_no_officer_hears_it_the_coordinator_is_told_at_once(tmp_path: Path) -> None:
    async with founded(tmp_path) as hub:
        kiosk, coordinator = await hub.joined("K-A"), await hub.joined("TK1")
        hub.doorkeeper.doors.presses = Buckets(10_000, 10_000)
        await spray(kiosk, 19)
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows(CLOSED)
        await coordinator.press(OPEN, of=TOLD)
        await kiosk.shows("Avdeling A")


async def test_j02_the_days_page_opens_it_too_and_the_next_closing_is_told_anew(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        officer = hub["KB-A1"]
        await close(hub)
        await officer.say("/start")
        await officer.press("Forflytninger")
        page = await officer.press(OPEN, of="Skjermen K-A er stengt")
        await officer.until(lambda each: each["id"] == page["id"] and OPEN not in str(each), "the page without it")
        await hub["K-A"].shows("Avdeling A")
        await close(hub)
        await hub["KB-A3"].shows(TOLD, OPEN)
        told = [each["text"] for each in await hub["KB-A3"].messages() if "Skjermen K-A" in (each["text"] or "")]
        assert ["åpnet igjen" in text for text in told] == [True, False]


async def every_page(hub: WholeHub, kiosk: Device) -> dict[str, str]:
    """Walk every page that a screen has for who is not signed in: its words, by what was pressed."""
    found: dict[str, str] = {}
    [page] = await kiosk.messages()
    todo = ["start"]
    while todo:
        data = todo.pop()
        if data in found or data.startswith(("unit:", "language:", "back:")):
            continue
        await kiosk.press_raw(page["id"], data)
        await hub.settled()
        [page] = await kiosk.messages()
        found[data] = words_of(page)
        todo += [button["data"] for row in page["buttons"] for button in row]
    await kiosk.press_raw(page["id"], "start")
    return found


async def test_j02_no_page_of_a_closed_screen_sends_anybody_to_the_units_that_are_not_there(tmp_path: Path) -> None:
    way = "avdelingen din"
    async with whole_hub(tmp_path) as hub:
        await nav_is_here(hub)
        kiosk = hub["K-A"]
        with_units = {data for data, words in (await every_page(hub, kiosk)).items() if way in words}
        assert {data.partition(":")[0] for data in with_units} == {"start", "about", "night", "notices"}
        await close(hub)
        closed = await every_page(hub, kiosk)
        assert [data for data, words in closed.items() if way in words] == []
        assert [data for data in with_units if CLOSED not in closed[data]] == []
        await kiosk.press("Oppslag")
        await kiosk.shows("Det henger oppe til", CLOSED, "papirlapp. Den teller like mye.")
        await hub["KB-A1"].press(OPEN, of=TOLD)
        await kiosk.shows("Gå tilbake og trykk på avdelingen din")


async def test_j02_a_closed_screen_does_not_ask_for_the_present_pin(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await spray(kiosk, 17)
        await signs_in(kiosk, OLD)
        for _ in range(2):
            await change(kiosk, OTHER)
            await kiosk.press("Tilbake", of="Ingenting er endret")
            await kiosk.press("⬅️ Tilbake", of="Andre tjenester:")
        await change(kiosk, OLD)
        await kiosk.shows(CLOSED)
        await kiosk.press("Tilbake")
        await kiosk.press("Bytt koden min")
        shown = await kiosk.shows(CLOSED, "En betjent kan åpne den.")
        assert "Trykk koden" not in shown["text"]
