"""A notice that brings a slip: one tap, one receipt, one card, and nobody asks twice (F40)."""

from tests.hub.whole_hub import Message, WholeHub, data_of
from tests.journeys.notices.desk import GREETS, HOME, nav_is_here, newest, opens_desk, presses

NAV_IS_HERE = "📣 NAV er her torsdag 14. januar, 09.00–15.00."
SENT_ALREADY = "Du har allerede en lapp der. Ingenting er endret. Det er lapp FJ-116."
OPEN = "SELECT code, inmate, state FROM slips WHERE code > 'FJ-115' ORDER BY code"


async def at_notices(hub: WholeHub, kiosk: str, number: str, pin: str) -> Message:
    """Sign in and open the notices; return the screen."""
    await hub[kiosk].sign_in(number, pin)
    await hub[kiosk].press("📣 Oppslag", of=HOME)
    return await hub[kiosk].shows("Det henger oppe til")


async def test_nav_is_here_thursday_and_one_tap_brings_a_receipt_and_a_card(hub: WholeHub) -> None:
    await nav_is_here(hub)
    await hub["K-A"].shows(GREETS, NAV_IS_HERE)
    screen = await at_notices(hub, "K-A", "A01", "2101")
    assert "Veilederne hos NAV kan lese lappen." in screen["text"]
    await hub["K-A"].press("🙋 Samtale: NAV")
    await hub["K-A"].shows("Lappen er sendt. Nummeret er FJ-116.", "NAV skal svare senest")
    await hub["N1"].shows("Ny samtalelapp FJ-116", "Sett tid")
    assert await hub.rows(OPEN) == [{"code": "FJ-116", "inmate": "A01", "state": "waiting"}]


async def test_pressed_twice_it_is_asked_once_and_the_receipt_stays(hub: WholeHub) -> None:
    await nav_is_here(hub)
    screen = await at_notices(hub, "K-A", "A01", "2101")
    [ask] = data_of(screen, "Samtale: NAV")
    for _ in range(2):
        await hub["K-A"].press_raw(screen["id"], ask)
    await hub.settled()
    await hub["K-A"].alerted(SENT_ALREADY)
    assert "Lappen er sendt. Nummeret er FJ-116." in await newest(hub["K-A"])
    assert len(await hub.rows(OPEN)) == 1


async def test_whoever_has_an_open_slip_there_is_shown_the_way_to_it(hub: WholeHub) -> None:
    await nav_is_here(hub)
    screen = await at_notices(hub, "K-A", "A05", "2105")
    assert "Du har allerede lappen FJ-105 der." in screen["text"]
    assert data_of(screen, "Samtale: NAV") == []
    await hub["K-A"].press("📋 Lapp FJ-105")
    await hub["K-A"].shows("FJ-105", "torsdag 14. januar")


async def test_whoever_is_not_signed_in_reads_it_and_how_to_ask(hub: WholeHub) -> None:
    await nav_is_here(hub)
    await hub["K-A"].press("📣 Oppslag")
    screen = await hub["K-A"].shows(NAV_IS_HERE, "Gå tilbake og trykk på avdelingen din")
    assert data_of(screen, "Samtale: NAV") == []
    await hub["K-A"].press_raw(screen["id"], "notice_ask:1")
    await hub.settled()
    assert await hub.rows(OPEN) == []
    await hub["K-A"].press("Tilbake")
    await hub["K-A"].shows(GREETS, NAV_IS_HERE)


async def test_somebody_of_another_unit_reads_it_there_and_cannot_ask_with_it(hub: WholeHub) -> None:
    await nav_is_here(hub, "Avdeling B", "Avdeling C")
    screen = await at_notices(hub, "K-A", "B01", "2201")
    assert NAV_IS_HERE in screen["text"]
    assert data_of(screen, "Samtale: NAV") == []
    await hub["K-A"].press_raw(screen["id"], "notice_ask:1")
    await hub["K-A"].alerted("Dette oppslaget finnes ikke lenger. Nå ser du det nyeste.")
    assert await hub.rows(OPEN) == []


async def test_pressed_after_it_was_withdrawn_it_says_so_and_is_gone(hub: WholeHub) -> None:
    await nav_is_here(hub)
    screen = await at_notices(hub, "K-A", "A01", "2101")
    await opens_desk(hub)
    await presses(hub, "TK1", "Ta ned 1", "Ja, ta det ned")
    await hub["K-A"].shows("Det er ingen oppslag nå.")
    await hub["K-A"].press_raw(screen["id"], "notice_ask:1")
    await hub["K-A"].alerted("Dette oppslaget finnes ikke lenger. Nå ser du det nyeste.")
    assert await hub.rows(OPEN) == []
