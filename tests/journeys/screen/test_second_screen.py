"""Who signs in at another screen has left the first: it is locked and wiped, and what they had begun comes along."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hub.whole_hub import WholeHub, data_of, whole_hub, words_of
from tests.journeys.slips.test_j01_happy_path import WELCOME, WELCOME_AT_C

REVIEW = "Tema: Klage på vedtak"
SESSIONS = "SELECT kiosk, inmate, view, trail, draft IS NULL AS empty FROM kiosk_sessions WHERE kiosk <> 'K-N'"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as opened:
        await opened["K-C"].sign_in("C01", "2301")
        await opened["K-C"].press("NAV", of="Hvem vil du snakke med?")
        await opened["K-C"].press("Klage på vedtak")
        await opened["K-C"].shows(REVIEW)
        await opened.settled()
        yield opened


async def test_the_first_screen_is_locked_and_nothing_of_the_person_stays_there(hub: WholeHub) -> None:
    before = await hub["K-C"].shows(REVIEW)
    await hub["K-A"].sign_in("C01", "2301")
    await hub["K-A"].shows(REVIEW)
    await hub.settled()
    assert [words_of(each) for each in await hub["K-C"].messages()] == [WELCOME_AT_C]
    first = [each for each in await hub.rows(SESSIONS) if each["kiosk"] == "K-C"]
    assert first == [{"kiosk": "K-C", "inmate": None, "view": "welcome", "trail": "", "empty": 1}]
    due = await hub.rows("SELECT about FROM reminders WHERE kind IN ('idle_lock', 'idle_warning') AND done IS NULL")
    assert {each["about"] for each in due} == {"K-A"}
    await hub["K-C"].press_raw(before["id"], data_of(before, "Send")[0])
    await hub.settled()
    assert await hub.rows("SELECT code FROM slips WHERE code >= 'FJ-116'") == []


async def test_what_was_begun_comes_along_and_is_kept_nowhere_else(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("C01", "2301")
    await hub["K-A"].press("Send", of=REVIEW)
    await hub["K-A"].shows("Lappen er sendt", "FJ-116")
    await hub.settled()
    assert await hub.rows("SELECT inmate FROM drafts") == []
    await hub["K-C"].sign_in("C01", "2301")
    await hub["K-C"].shows("Hvem vil du snakke med?")
    await hub["K-A"].shows("Her kan du be om en samtale")
    await hub.settled()
    assert [words_of(each) for each in await hub["K-A"].messages()] == [WELCOME]


async def test_a_wrong_code_at_another_screen_ends_nothing(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("C01", "0000")
    await hub["K-A"].shows("Nummer og kode stemte ikke.")
    await hub.settled()
    await hub["K-C"].shows(REVIEW)


async def test_a_code_that_was_being_changed_at_the_first_screen_stays_as_it_was(hub: WholeHub) -> None:
    kiosk = hub["K-C"]
    await kiosk.press_raw((await kiosk.shows(REVIEW))["id"], "new_pin")
    await kiosk.shows("Trykk koden du har nå")
    await hub["K-A"].sign_in("C01", "2301")
    await hub["K-A"].shows(REVIEW)
    await hub.settled()
    assert [words_of(each) for each in await kiosk.messages()] == [WELCOME_AT_C]
    assert hub.running.turns.pads == {}
