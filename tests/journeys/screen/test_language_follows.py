"""The language follows the person: at sign-in, on every page, and to the next screen (F115)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hub.whole_hub import WholeHub, whole_hub


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def test_at_sign_in_the_screen_speaks_the_language_of_who_signed_in_and_then_its_own_again(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A14", "2114")
    await kiosk.shows("Who do you want to talk to?")
    await kiosk.press("Finish")
    await kiosk.shows("Hei! Her kan du be om en samtale.")


async def test_who_speaks_none_of_the_screens_languages_hears_the_one_that_was_chosen_there(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.press("English")
    await kiosk.sign_in("A16", "2116", unit="Unit")
    await kiosk.shows("Who do you want to talk to?")


async def test_a_language_is_changed_on_any_page_and_one_goes_on_there(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("NAV")
    await kiosk.shows("Hva trenger du hjelp til?")
    await kiosk.press("🌐 Norsk")
    await kiosk.press("English")
    await kiosk.shows("What do you need help with?")


async def test_back_from_the_languages_leads_to_where_one_was_also_on_the_pad(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.press("Avdeling A")
    await kiosk.press("1")
    await kiosk.press("🌐 Norsk")
    await kiosk.press("⬅️ Tilbake", of="English")
    await kiosk.shows("A1○")


async def test_who_chose_a_language_at_one_screen_is_spoken_to_in_it_at_the_next(hub: WholeHub) -> None:
    first, other = hub["K-A"], hub["K-C"]
    await first.sign_in("A01", "2101")
    await first.press("🌐 Norsk")
    await first.press("English")
    await first.press("Finish")
    await first.sign_in("A02", "2102")
    await first.shows("Hvem vil du snakke med?")
    await other.sign_in("A01", "2101")
    await other.shows("Who do you want to talk to?")
