"""J1 as people do it: on the page, with a mouse or a finger, and with nothing but a keyboard."""

from pathlib import Path
from typing import Any

from tests.browser.screens import Screens, screens
from tests.hub.whole_hub import WholeHub, whole_hub

SLIP = "FJ-116"
TALK = "torsdag 14. januar kl. 11.00"
ON_A_BUTTON = "tor. 14. jan. kl. 11.00"
AFTERNOON, MORNING, HOUR = "Hopp til i dag 15.00", "Hopp til i morgen 07.30", "+1 time"


async def talks_in_the_database(hub: WholeHub) -> list[dict[str, Any]]:
    return await hub.rows(
        "SELECT slips.code, slips.inmate, state, service, adviser, room, starts, outcome"
        " FROM slips LEFT JOIN bookings ON slip = code WHERE code = :code",
        code=SLIP,
    )


HELD = [
    {
        "code": SLIP,
        "inmate": "A01",
        "state": "held",
        "service": "nav",
        "adviser": "N1",
        "room": "R1",
        "starts": "2027-01-14T10:00:00.000000+00:00",
        "outcome": "held",
    }
]


async def test_j01_a_slip_becomes_a_talk_by_clicking(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        kiosk, adviser = page["K-A"], page["N1"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Hvem vil du snakke med?")
        await page.keep("j01-1-home")
        await kiosk.press("NAV")
        await kiosk.press("Hopp over")
        await kiosk.press("Send")
        await kiosk.shows(f"Lappen er sendt. Nummeret er {SLIP}.", "NAV skal svare senest onsdag 20. januar.")
        await adviser.shows(SLIP)
        await page.keep("j01-2-sent")
        await adviser.press_on(SLIP, "Sett tid")
        await adviser.press_on(SLIP, ON_A_BUTTON)
        await adviser.sees(SLIP, TALK, "Servicetorget 1")
        await kiosk.shows("Du har samtale", TALK)
        await page.keep("j01-3-booked")
        await kiosk.press("Ferdig")
        await kiosk.shows("Her kan du be om en samtale")
        assert SLIP not in await kiosk.text()
        await page.move_clock(AFTERNOON)
        await adviser.sees("Påminnelse for torsdag 14. januar", f"11.00 · {SLIP}")
        await page.move_clock(MORNING)
        await adviser.sees("I dag, torsdag 14. januar", f"11.00 · {SLIP}")
        await page.keep("j01-4-reminded")
        for _ in range(4):
            await page.move_clock(HOUR)
        await adviser.press_on(f"Samtalelapp {SLIP}", "Holdt")
        await adviser.sees(f"Samtalelapp {SLIP}", "Samtalen ble holdt")
        await page.keep("j01-5-held")
        await hub.settled()
        assert (await talks_in_the_database(hub), page.complaints) == (HELD, [])


async def test_j01_a_slip_becomes_a_talk_by_keyboard_alone(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub, screens(hub.running.address) as page:
        await send_by_keyboard(page)
        await page.keep("j01-keyboard-1-sent")
        await answer_by_keyboard(page)
        await page.tab_to("Ferdig", "K-A")
        await page.key("Enter")
        await page["K-A"].shows("Her kan du be om en samtale")
        await jump_by_keyboard(page, AFTERNOON)
        await page["N1"].sees("Påminnelse for torsdag 14. januar", f"11.00 · {SLIP}")
        await jump_by_keyboard(page, MORNING)
        await page["N1"].sees("I dag, torsdag 14. januar", f"11.00 · {SLIP}")
        for _ in range(4):
            await jump_by_keyboard(page, HOUR)
        await page["N1"].sees("Ble samtalen holdt?")
        await page.tab_to("Holdt", "N1", of=SLIP)
        await page.keep("j01-keyboard-2-held")
        await page.key("Enter")
        await page["N1"].sees(f"Samtalelapp {SLIP}", "Samtalen ble holdt")
        await hub.settled()
        assert (await talks_in_the_database(hub), page.complaints) == (HELD, [])


async def send_by_keyboard(page: Screens) -> None:
    kiosk = page["K-A"]
    await page.tab_to("Avdeling A", "K-A")
    await page.key("Enter")
    await kiosk.shows("Trykk nummeret ditt")
    await page.key("0", "1", "2", "1", "0", "1")
    await kiosk.shows("Hvem vil du snakke med?")
    await page.tab_to("NAV", "K-A", key="ArrowDown")
    await page.key("Enter")
    await kiosk.shows("Hva trenger du hjelp til?")
    await page.tab_to("Hopp over", "K-A", key="ArrowDown")
    await page.key("Enter")
    await kiosk.shows("Til: NAV")
    await page.tab_to("Send", "K-A", key="ArrowDown")
    await page.key("Enter")
    await kiosk.shows(f"Nummeret er {SLIP}")


async def answer_by_keyboard(page: Screens) -> None:
    adviser = page["N1"]
    await adviser.sees(SLIP)
    await page.tab_to("Sett tid", "N1", of=SLIP)
    await page.key("Enter")
    await adviser.shows(ON_A_BUTTON)
    await page.tab_to(ON_A_BUTTON, "N1", key="ArrowDown", of=SLIP)
    await page.key("Enter")
    await adviser.sees(SLIP, TALK, "Servicetorget 1")


async def jump_by_keyboard(page: Screens, label: str) -> None:
    await page.tab_to(label)
    await page.key("Enter")
    await page.clock_has_moved()
