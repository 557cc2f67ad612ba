"""J1: from a tap at the kiosk to a talk that took place, every promise kept on the way."""

from datetime import timedelta
from pathlib import Path

from bot.demo.files import OPENS
from tests.whole_hub import whole_hub


async def test_j01_a_slip_becomes_a_talk_in_three_taps_and_two(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, adviser = hub["K-A"], hub["N1"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Hvem vil du snakke med?")
        await kiosk.press("NAV")
        await kiosk.press("Hopp over")
        await kiosk.press("Send", of="Skal jeg sende dette til NAV?")
        await kiosk.shows("FJ-116", "onsdag 20. januar")
        await adviser.press("Sett tid", of="FJ-116")
        await adviser.press("11.00", of="FJ-116")
        await adviser.shows("FJ-116", "torsdag 14. januar kl. 11.00, Servicetorget 1")
        await kiosk.press("Mine samtaler")
        await kiosk.shows("FJ-116", "Du har samtale torsdag 14. januar kl. 11.00")
        await kiosk.press("Ferdig")
        await kiosk.shows("Her kan du be om en samtale")
        assert len(await kiosk.messages()) == 1
        await hub.to(OPENS + timedelta(hours=5))
        await adviser.shows("Påminnelse for torsdag 14. januar", "11.00 · FJ-116")
        await hub.to(OPENS + timedelta(hours=21, minutes=30))
        await adviser.shows("I dag, torsdag 14. januar", "11.00 · FJ-116")
        await hub.to(OPENS + timedelta(hours=25, minutes=30))
        await adviser.press("Holdt", of="FJ-116")
        await adviser.shows("FJ-116", "Samtalen ble holdt")
        slips = await hub.rows("SELECT state FROM slips WHERE code = 'FJ-116'")
        assert slips == [{"state": "held"}]
