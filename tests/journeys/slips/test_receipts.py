"""What was sent with one tap is taken back with one: every receipt has the button while nothing has come of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub
from tests.journeys.notices.desk import HOME, nav_is_here

RECEIPT = "Lappen er sendt. Nummeret er FJ-116."
UNDO = "↩️ Angre"
STATE = "SELECT state FROM slips WHERE code = 'FJ-116'"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as opened:
        yield opened


async def by_a_notice(hub: WholeHub) -> Device:
    await nav_is_here(hub)
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("📣 Oppslag", of=HOME)
    await kiosk.press("🙋 Samtale: NAV")
    return kiosk


async def by_three_taps(hub: WholeHub) -> Device:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    assert await kiosk.send_slip("NAV") == "FJ-116"
    return kiosk


WAYS = {"a notice": by_a_notice, "three taps": by_three_taps}


@pytest.mark.parametrize("way", WAYS)
async def test_a_slip_is_taken_back_from_its_receipt(hub: WholeHub, way: str) -> None:
    kiosk = await WAYS[way](hub)
    await kiosk.shows(RECEIPT, UNDO)
    await hub["N1"].shows("Ny samtalelapp FJ-116")
    await kiosk.press(UNDO, of=RECEIPT)
    await kiosk.shows("FJ-116", "Lappen er trukket tilbake.")
    await hub["N1"].loses("Ny samtalelapp FJ-116")
    assert await hub.rows(STATE) == [{"state": "withdrawn"}]


async def test_what_was_taken_back_by_mistake_is_there_again(hub: WholeHub) -> None:
    kiosk = await by_a_notice(hub)
    await kiosk.press(UNDO, of=RECEIPT)
    await kiosk.press(UNDO, of="Lappen er trukket tilbake.")
    await kiosk.shows("FJ-116", "NAV har fått lappen")
    assert await hub.rows(STATE) == [{"state": "waiting"}]


async def test_back_from_a_receipt_is_one_step_to_where_it_was_sent(hub: WholeHub) -> None:
    kiosk = await by_a_notice(hub)
    await kiosk.press("Tilbake", of=RECEIPT)
    await kiosk.shows("Du har allerede lappen FJ-116 der.")
    await kiosk.press("Lapp FJ-116")
    await kiosk.press("Tilbake", of="FJ-116 · ")
    await kiosk.shows("Du har allerede lappen FJ-116 der.")


async def test_once_there_is_an_answer_it_is_not_taken_back_from_the_receipt(hub: WholeHub) -> None:
    kiosk = await by_three_taps(hub)
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("09.00", of="FJ-116")
    receipt = await kiosk.shows("FJ-116", "Du har samtale")
    assert data_of(receipt, UNDO) == []
