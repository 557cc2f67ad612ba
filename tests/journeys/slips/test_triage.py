"""The social adviser's two lists through the whole hub: slips to send on, and talks in the cells."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.hub.whole_hub import WholeHub, whole_hub, words_of


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        yield running


async def open_list(hub: WholeHub) -> None:
    await hub["SK1"].say("/start")
    await hub["SK1"].press("Å fordele", of="Hva vil du gjøre?")


async def test_the_list_has_the_oldest_first_and_sends_on_in_two_taps(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("Jeg vet ikke")
    await hub["K-A"].press("Send", of="Skal vi sende denne lappen?")
    await hub["K-A"].shows("FJ-116")
    await open_list(hub)
    page = await hub["SK1"].shows("🧭 2 lapper å fordele", "A10 Alm, språk: somali")
    assert page["text"].index("FJ-115") < page["text"].index("FJ-116")
    await hub["SK1"].press("FJ-116 hører til")
    await hub["SK1"].press("NAV", of="Hvor hører FJ-116, avdeling A, til?")
    left = await hub["SK1"].shows("🧭 1 lapp å fordele", "FJ-115")
    assert "FJ-116" not in words_of(left)
    await hub["N1"].shows("FJ-116", "Sett tid")
    rows = await hub.rows("SELECT service, adviser FROM ownerships WHERE slip = 'FJ-116' AND until IS NULL")
    assert rows == [{"service": "nav", "adviser": None}]


async def test_pressed_twice_or_late_a_slip_is_sent_on_once(hub: WholeHub) -> None:
    await open_list(hub)
    await hub["SK1"].press("FJ-115 hører til")
    page = await hub["SK1"].shows("Hvor hører FJ-115")
    await hub["SK1"].press("NAV", of="Hvor hører FJ-115")
    await hub["SK1"].shows("🧭 Ingenting å fordele.")
    await hub["SK1"].press_raw(page["id"], "sort:FJ-115:gjeld:1")
    await hub["SK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    assert [action for _, action, _, _ in await hub.audit("FJ-115")].count("forward") == 1


async def test_nobody_else_opens_the_lists(hub: WholeHub) -> None:
    await hub.settled()
    message = (await hub["N1"].messages())[-1]
    for data in ("sort", "cells", "sort:FJ-115:1", "sort:FJ-115:nav:1"):
        await hub["N1"].press_raw(message["id"], data)
        await hub["N1"].alerted("Denne knappen er for noen andre på servicetorget. Ingenting er endret.")


async def test_the_cell_talks_stand_by_day_and_unit_and_say_who_to_whom_it_concerns(hub: WholeHub) -> None:
    await hub["SK1"].press("Sett tid", of="FJ-115")
    await hub["SK1"].press("15. jan. kl. 09.00", of="FJ-115")
    await hub["SK1"].shows("FJ-115", "✅ Samtale fredag 15. januar kl. 09.00, På cella.")
    await hub["SK1"].say("/start")
    await hub["SK1"].press("På cella", of="Hva vil du gjøre?")
    page = await hub["SK1"].shows("Samtaler på cella")
    assert page["text"] == (
        "🛏️ Samtaler på cella\nfredag 15. januar, avdeling A:\n09.00–09.30 · FJ-115\nA10 Alm, språk: somali"
    )
    await hub["SK1"].press("Avlys", of="FJ-115")
    await hub["SK1"].press("Syk")
    await hub["SK1"].shows("Ingen samtaler på cella de neste to ukene.")
