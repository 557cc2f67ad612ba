"""What is here, rights and the texts about each service are there signed in too, each one step from where one was."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hub.whole_hub import Device, data_of, whole_hub

HOME = "Hvem vil du snakke med?"

RIGHTS = "Dine rettigheter"
MORE = "Bytt koden min"
BACK = "⬅️ Tilbake"


@pytest.fixture
async def kiosk(tmp_path: Path) -> AsyncIterator[Device]:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].press("📂 Mer", of=HOME)
        yield hub["K-A"]


async def test_rights_are_two_taps_from_home_and_back_is_one_step(kiosk: Device) -> None:
    await kiosk.press("Dine rettigheter", of=MORE)
    await kiosk.shows(RIGHTS, "Alle kan be om en samtale.", "🔒 Ferdig")
    await kiosk.press(BACK, of="Alle kan be om en samtale.")
    await kiosk.press("Hva finnes her?", of=MORE)
    await kiosk.press("Dine rettigheter", of="I dag og de neste dagene")
    await kiosk.press(BACK, of="Alle kan be om en samtale.")
    await kiosk.shows("I dag og de neste dagene")
    await kiosk.press(BACK, of="I dag og de neste dagene")
    await kiosk.press(BACK, of=MORE)
    await kiosk.shows(HOME)


async def test_a_service_is_read_about_and_asked_from_there(kiosk: Device) -> None:
    await kiosk.press("Hva finnes her?", of=MORE)
    page = await kiosk.shows("I dag og de neste dagene")
    await kiosk.press_raw(page["id"], "about:nav")
    about = await kiosk.shows("NAV", "Be om en samtale")
    assert "Gå tilbake og trykk" not in about["text"], "somebody is signed in"
    await kiosk.press("Be om en samtale", of="NAV")
    await kiosk.shows("Hva trenger du hjelp til?")
    await kiosk.press(BACK, of="Hva trenger du hjelp til?")
    about = await kiosk.shows("NAV", "Be om en samtale")
    await kiosk.press(BACK, of="Be om en samtale")
    await kiosk.shows("I dag og de neste dagene")


async def test_signed_out_they_lead_back_to_the_welcome(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.press("Hva finnes her?")
        here = await kiosk.shows("I dag og de neste dagene")
        assert data_of(here, "Ferdig") == []
        await kiosk.press_raw(here["id"], "about:nav")
        await kiosk.press(BACK, of="NAV")
        await kiosk.press(BACK, of="I dag og de neste dagene")
        await kiosk.shows("Her kan du be om en samtale")
