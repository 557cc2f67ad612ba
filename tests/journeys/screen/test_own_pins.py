"""J2: a PIN is its owner's alone: one that stood in a file is changed at once, and anybody changes their own."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot import founding
from bot.config import Settings
from bot.demo import files
from bot.gateway.doors.limits import Buckets
from bot.hubfile import HubFileFault
from tests.hub.devices import RealHub, real_hub
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub
from tests.journeys.screen.test_j02_pin_forgotten import a_code, enter, make_pin

OLD, NEW, OTHER = "2101", "7391", "8264"
HOME = "Hvem vil du snakke med?"
MAKE = "Lag din egen kode"
_made = TemporaryDirectory(prefix="samtalelapp-")


@cache
def in_earnest() -> Path:
    return Path(_made.name) / "data"


@asynccontextmanager
async def founded(folder: Path) -> AsyncIterator[RealHub]:
    """A hub that was made as ``samtalelapp init`` makes one, with two people of a file."""
    if not in_earnest().exists():
        people = Path(_made.name) / "people.yaml"
        people.write_text(
            "inmates:\n  A01: {alias: Furu, unit: A, language: nb, pin: 2101}\n"
            "  A02: {alias: Gran, unit: A, language: nb, pin: 2102}\n"
        )
        await founding.create(Settings(data=in_earnest()), files.HUB, people)
    shutil.copytree(in_earnest(), folder, dirs_exist_ok=True)
    async with real_hub(folder) as hub:
        yield hub


async def change(kiosk: Device, present: str = OLD) -> None:
    await kiosk.press("📂 Mer")
    await kiosk.press("Bytt koden min")
    await kiosk.shows("Trykk koden du har nå (4 sifre)")
    await enter(kiosk, present)


async def signs_in(kiosk: Device, pin: str) -> None:
    await kiosk.sign_in("A01", pin)
    await kiosk.shows(HOME)


async def test_j02_a_pin_of_a_file_opens_nothing_but_the_way_to_ones_own(tmp_path: Path) -> None:
    async with founded(tmp_path) as hub:
        kiosk = await hub.joined("K-A")
        hub.doorkeeper.doors.presses = Buckets(1000, 1000)
        await kiosk.sign_in("A01", OLD)
        pad = await kiosk.shows(MAKE, "Bare du kjenner koden.")
        for forged in ("home", "mine", "new_pin"):
            await kiosk.press_raw(pad["id"], forged)
            await kiosk.alerted("Skjermen ble låst. Du kan starte på nytt.")
        await enter(kiosk, OLD)
        await kiosk.shows("Andre kan kjenne denne koden. Lag en annen (4 sifre)")
        await enter(kiosk, "1234")
        await kiosk.shows("Den koden er lett å gjette. Velg en annen (4 sifre)")
        await kiosk.press("Avbryt")
        await kiosk.sign_in("A01", OLD)
        await make_pin(kiosk)
        await kiosk.shows(HOME)
        await kiosk.press("Ferdig")
        await signs_in(kiosk, NEW)
        rows = await hub.rows("SELECT id, pin_given FROM inmates ORDER BY id")
        assert rows == [{"id": "A01", "pin_given": 0}, {"id": "A02", "pin_given": 1}]


async def test_j02_in_the_demo_everybody_keeps_the_pin_of_the_file(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await signs_in(hub["K-A"], OLD)


async def test_j02_ones_own_pin_is_changed_three_taps_from_home_and_the_present_one_is_asked_first(
    tmp_path: Path,
) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await signs_in(kiosk, OLD)
        await change(kiosk)
        await enter_new(kiosk)
        assert await kiosk.alerted() == "Den nye koden din er klar."
        await kiosk.shows(HOME)
        await kiosk.press("Ferdig")
        await kiosk.sign_in("A01", OLD)
        await kiosk.press("Tilbake", of="stemte ikke")
        await signs_in(kiosk, NEW)
        done = [line[:2] for line in await hub.audit("A01") if line[1] == "change_pin"]
        assert done == [("A01@K-A", "change_pin")]


async def enter_new(kiosk: Device) -> None:
    await kiosk.shows(MAKE, "Kode: ○○○○")
    await enter(kiosk, "4321")
    await kiosk.shows("Den koden er lett å gjette.")
    await enter(kiosk, NEW)
    await kiosk.shows("Trykk den nye koden en gang til", "Kode: ○○○○")
    await enter(kiosk, OTHER)
    await kiosk.shows("De to var ikke like.", "Kode: ○○○○")
    await enter(kiosk, NEW)
    await kiosk.shows("Trykk den nye koden en gang til", "Kode: ○○○○")
    await enter(kiosk, NEW)


async def test_j02_stopping_or_a_wrong_present_pin_changes_nothing_and_leads_back(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await signs_in(kiosk, OLD)
        for digits in ("", "73"):
            await change(kiosk, digits)
            await kiosk.press("Avbryt")
            await kiosk.shows(HOME)
        await change(kiosk)
        await kiosk.shows(MAKE)
        await kiosk.press("Avbryt")
        await kiosk.shows(HOME)
        await change(kiosk, OTHER)
        await kiosk.shows("Det var ikke koden du har nå. Ingenting er endret.")
        await kiosk.press("Tilbake")
        await kiosk.shows("Andre tjenester:")
        await kiosk.press("Ferdig")
        await signs_in(kiosk, OLD)
        tries = await hub.rows("SELECT kiosk FROM wrong_tries")
        assert tries == [{"kiosk": "K-A"}], "who stands at somebody's page cannot try out the PIN for nothing"


async def test_j02_the_present_pin_takes_a_pause_like_any_other(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await signs_in(kiosk, OLD)
        for _ in range(2):
            await change(kiosk, OTHER)
            await kiosk.press("Tilbake", of="Ingenting er endret")
            await kiosk.press("⬅️ Tilbake", of="Andre tjenester:")
        await change(kiosk, OTHER)
        await hub["KB-A1"].shows("Skjermen K-A: en kode tar en pause")
        await takes_a_break(kiosk)
        await kiosk.press("Tilbake")
        await kiosk.press("⬅️ Tilbake", of="Andre tjenester:")
        await change(kiosk, OLD)
        await takes_a_break(kiosk)


async def takes_a_break(kiosk: Device) -> None:
    """During a break no code is right or wrong, and nobody is told that the right one was not theirs."""
    shown = await kiosk.shows("Du kan prøve igjen her om 1 minutt. En betjent kan hjelpe deg nå.", "Tilbake")
    assert "Det var ikke koden" not in shown["text"]
    assert data_of(shown, "Prøv igjen") == []


async def asks_for_six(folder: Path) -> None:
    described = folder / "hub.yaml"
    described.write_text(described.read_text("utf-8").replace("pin_digits: 4", "pin_digits: 6"), "utf-8")


async def test_j02_where_a_hub_asks_for_six_digits_everybody_makes_a_new_pin(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with whole_hub(tmp_path):
        pass
    await asks_for_six(tmp_path)
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        assert "hub.yaml asks for PINs of 6 digits, and 42 people have one of another length" in caplog.text
        await kiosk.sign_in("A17", "2117" + "00")
        await kiosk.press("Tilbake", of="stemte ikke")
        code = await six(hub)
        await kiosk.press("Avdeling A")
        await kiosk.shows("A○○")
        await kiosk.press("Avbryt")
        await kiosk.sign_in("A17", code)
        await kiosk.shows("Lag din egen kode (6 sifre)", "Kode: ○○○○○○")
        await enter(kiosk, "739174", "○○○○○○")
        await kiosk.shows("en gang til", "○○○○○○")
        await enter(kiosk, "739174", "○○○○○○")
        await kiosk.shows(HOME)
        await kiosk.press("Ferdig")
        await kiosk.sign_in("A17", "739174")
        await kiosk.shows(HOME)
        page = await kiosk.shows(HOME)
        assert "4 sifre" not in str(page)


async def six(hub: WholeHub) -> str:
    code = await a_code(hub, digits=6)
    assert len(code) == 6
    return code


async def test_a_file_of_other_lengths_or_easy_pins_is_told_and_not_taken(tmp_path: Path) -> None:
    people = tmp_path / "people.yaml"
    for pin, fault in (("210117", "has not 4 digits"), ("1234", "is easy to guess"), ("0001", "is easy to guess")):
        people.write_text(f"inmates:\n  A01: {{alias: Furu, unit: A, language: nb, pin: {pin}}}\n")
        with pytest.raises(HubFileFault) as told:
            await founding.create(Settings(data=tmp_path / "data"), files.HUB, people)
        assert fault in str(told.value)
        assert pin not in str(told.value)
