"""Whoever reads without signing in is asked before the screen locks, and keeps their language until it does."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import subjects
from bot.domain.reminders import Kind
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of

ASKED = "Er du der fortsatt?"
ENGLISH = "Still there?"
WELCOME = "Her kan du be om en samtale"
READING = {
    "here": "Hva finnes her?",
    "rights": "Dine rettigheter",
    "nights": "Temakvelder",
    "urgent": "Si fra til en betjent nå.",
    "about:nav": "NAV",
}


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as opened:
        yield opened


async def opens(kiosk: Device, data: str) -> None:
    await kiosk.press_raw((await kiosk.messages())[0]["id"], data)


@pytest.mark.parametrize("page", READING)
async def test_who_reads_is_asked_and_goes_on_reading(hub: WholeHub, page: str) -> None:
    kiosk = hub["K-A"]
    await kiosk.shows(WELCOME)
    await opens(kiosk, page)
    await kiosk.shows(READING[page])
    await hub.settled()
    await hub.advance(40)
    asked = await kiosk.shows(ASKED)
    assert data_of(asked, "Ferdig") == [], "nobody is signed in, so that there is nothing to be locked away"
    await kiosk.press("Jeg trenger mer tid")
    await kiosk.shows(READING[page])
    await hub.settled()
    await hub.advance(59)
    await kiosk.shows(ASKED)
    await hub.advance(1)
    await kiosk.shows(WELCOME)


async def test_a_number_half_entered_is_there_again(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.press("Avdeling A")
    pad = await kiosk.shows("Nummer: A○○")
    await kiosk.press_raw(pad["id"], data_of(pad, "1")[0])
    await kiosk.shows("Nummer: A1○")
    await hub.settled()
    await hub.advance(40)
    asked = await kiosk.shows(ASKED)
    assert "A1" not in words_of(asked)
    await kiosk.press("Jeg trenger mer tid")
    await kiosk.shows("Nummer: A1○")
    await hub.settled()
    await hub.advance(61)
    await kiosk.shows(WELCOME)
    assert hub.running.turns.pads == {}


async def test_a_language_chosen_is_spoken_until_the_screen_locks(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.shows(WELCOME)
    await opens(kiosk, "language:en")
    await kiosk.shows("Hi! Here you can ask for a talk.")
    for page, words in (("here", "What is here?"), ("rights", "Your rights"), ("start", "Hi!"), ("urgent", "officer")):
        await opens(kiosk, page)
        await kiosk.shows(words)
        await hub.settled()
        await hub.advance(45)
        await kiosk.press("I need more time", of=ENGLISH)
        await kiosk.shows(words)
        await hub.settled()
    await hub.advance(40)
    await kiosk.shows(ENGLISH)
    await hub.advance(20)
    await kiosk.shows(WELCOME)


async def test_a_screen_that_rests_asks_nobody(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await opens(kiosk, "here")
    await kiosk.press("⬅️ Tilbake", of="Hva finnes her?")
    await kiosk.shows(WELCOME)
    await hub.settled()
    waiting = await hub.rows(
        "SELECT kind FROM reminders WHERE kind IN (:warning, :lock) AND done IS NULL",
        warning=str(Kind.IDLE_WARNING),
        lock=str(Kind.IDLE_LOCK),
    )
    assert waiting == []
    await hub.advance(120)
    assert ASKED not in await kiosk.everything()


async def test_the_question_says_once_how_long_there_is_and_is_true_when_it_is_written_anew(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await opens(kiosk, "here")
    await kiosk.shows(READING["here"])
    await hub.settled()
    await hub.advance(40)
    await kiosk.shows(ASKED, "Skjermen låses om 20 sekunder.")
    await hub.advance(10)
    await kiosk.shows(ASKED, "Skjermen låses om 20 sekunder.")
    async with hub.running.turns.begin() as turn:
        turn.touch(subjects.HUB)
    await kiosk.shows(ASKED, "Skjermen låses om 10 sekunder.")


async def test_a_page_of_the_house_can_count_down_to_the_moment_at_which_the_screen_locks(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await opens(kiosk, "here")
    await kiosk.shows(READING["here"])
    await hub.settled()
    locks = hub.running.clock.now() + timedelta(seconds=60)
    assert "until" not in (await kiosk.shows(READING["here"]))["face"]
    await hub.advance(40)
    assert (await kiosk.shows(ASKED))["face"]["until"] == locks.isoformat()


async def test_whoever_presses_anything_has_answered_the_question(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await opens(kiosk, "here")
    await kiosk.shows(READING["here"])
    await hub.settled()
    await hub.advance(40)
    await kiosk.press("Det haster", of=ASKED)
    await kiosk.press("Tilbake", of=READING["urgent"])
    await kiosk.shows(READING["here"])
