"""J3: somebody walks away from a kiosk, and whoever comes next finds nothing of them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.files import OPENS
from bot.gateway import journal
from bot.store import database
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of
from tests.journeys.slips.test_j01_happy_path import WELCOME, WELCOME_AT_B, WELCOME_AT_C

PERSONAL = re.compile("NAV|Klage|Hva trenger du|Skal vi sende|Hvem vil du|Erle|C01")
TYPED_ON_THE_SCREEN = ("Klage på vedtak", "Skal vi sende denne lappen")


async def begins_a_slip(kiosk: Device) -> None:
    """C01 has chosen a topic, and has not sent the slip."""
    await kiosk.sign_in("C01", "2301")
    await kiosk.press("NAV", of="Hvem vil du snakke med?")
    await kiosk.press("Klage på vedtak")
    await kiosk.shows("Til: NAV", "Tema: Klage på vedtak")


async def shown(device: Device) -> list[str]:
    return [words_of(message) for message in await device.messages()]


async def left_open(hub: WholeHub) -> Device:
    kiosk = hub["K-C"]
    await begins_a_slip(kiosk)
    await hub.settled()
    await hub.advance(61)
    await kiosk.shows("Her kan du be om en samtale")
    await hub.settled()
    return kiosk


async def test_j03_a_kiosk_warns_after_40_seconds_and_locks_after_60(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-C"]
        await begins_a_slip(kiosk)
        await hub.settled()
        await hub.advance(35)
        await kiosk.shows("Til: NAV")
        await hub.advance(5)
        await kiosk.shows("Er du der fortsatt?")
        await hub.settled()
        assert await shown(kiosk) == [
            "Er du der fortsatt?\nSkjermen låses om 20 sekunder.\n⏳ Jeg trenger mer tid\n"
            "🌐 Norsk\n❗ Det haster\n🔒 Ferdig"
        ]
        await hub.advance(20)
        await kiosk.shows("Her kan du be om en samtale")
        await hub.settled()
        assert await shown(kiosk) == [WELCOME_AT_C]


async def test_j03_nothing_of_who_left_is_in_the_chat_or_in_what_the_hub_wants_to_show(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = await left_open(hub)
        assert PERSONAL.findall(await kiosk.everything()) == []
        rows = await hub.rows("SELECT key, text, buttons FROM messages WHERE chat_id = :chat", chat=kiosk.chat)
        assert [(row["key"], PERSONAL.findall(f"{row['text']} {row['buttons']}")) for row in rows] == [("screen", [])]
        sessions = await hub.rows("SELECT inmate, view, draft, active_at FROM kiosk_sessions WHERE kiosk = 'K-C'")
        assert sessions == [{"inmate": None, "view": "welcome", "draft": None, "active_at": None}]
        assert await hub.rows("SELECT payload FROM inbox WHERE payload IS NOT NULL") == []


async def test_j03_nothing_of_who_left_can_be_read_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (journal, database):
        monkeypatch.setattr(module, "TIDY_SECONDS", 0.2)
    async with whole_hub(tmp_path) as hub:
        await begins_a_slip(hub["K-C"])
        await hub.settled()
        assert on_disk(hub.running.settings, TYPED_ON_THE_SCREEN) != []
        await hub.advance(61)
        await hub["K-C"].shows("Her kan du be om en samtale")
        await hub.settled()
        await hub.until(lambda: on_disk(hub.running.settings, TYPED_ON_THE_SCREEN) == [], "files without those words")


def on_disk(settings: Settings, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return which of these words stand in which database file of the hub, as the files store them."""
    stored = {word: (word.encode(), word.encode("unicode_escape").replace(b"\\x", b"\\u00")) for word in words}
    return [
        (path.name, word)
        for path in sorted(settings.data.glob("*.db*"))
        for word, forms in stored.items()
        if any(form in path.read_bytes() for form in forms)
    ]


async def test_j03_who_comes_next_sees_nothing_and_the_slip_waits_for_its_own_person(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = await left_open(hub)
        await kiosk.sign_in("C04", "2304")
        await kiosk.shows("Hvem vil du snakke med?")
        assert "Klage" not in await kiosk.everything()
        await kiosk.press("Mine samtaler")
        await kiosk.shows("🎟️ Temakveld torsdag 28. januar")
        await kiosk.press("Ferdig")
        await kiosk.sign_in("C01", "2301")
        await kiosk.shows("Til: NAV", "Tema: Klage på vedtak")
        await kiosk.press("Send")
        await kiosk.shows("Lappen er sendt", "FJ-116")
        await hub.settled()
        assert await hub.rows("SELECT inmate, topic FROM slips WHERE code = 'FJ-116'") == [
            {"inmate": "C01", "topic": "klage"}
        ]
        assert await hub.rows("SELECT * FROM drafts") == []


async def test_j03_a_kept_slip_is_sealed_and_comes_back_at_another_kiosk_too(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await left_open(hub)
        kept = await hub.rows("SELECT inmate, sealed FROM drafts")
        assert [(row["inmate"], "nav" in row["sealed"] or "klage" in row["sealed"]) for row in kept] == [("C01", False)]
        await hub["K-A"].sign_in("C01", "2301")
        await hub["K-A"].shows("Til: NAV", "Tema: Klage på vedtak")


async def test_j03_more_time_keeps_the_kiosk_open(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-C"]
        await begins_a_slip(kiosk)
        await hub.settled()
        await hub.advance(45)
        await kiosk.press("Jeg trenger mer tid")
        await kiosk.shows("Til: NAV", "Tema: Klage på vedtak")
        await hub.settled()
        await hub.advance(30)
        await kiosk.shows("Til: NAV")
        await hub.advance(15)
        await kiosk.shows("Er du der fortsatt?")
        await hub.advance(20)
        await kiosk.shows("Her kan du be om en samtale")


async def test_j03_a_press_on_the_screen_before_the_lock_does_nothing_after_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-C"]
        await begins_a_slip(kiosk)
        before = await kiosk.shows("Til: NAV")
        await hub.settled()
        await hub.advance(61)
        await kiosk.shows("Her kan du be om en samtale")
        await hub.settled()
        rows = await hub.domain()
        for label in ("Send", "Velg tid", "Tilbake"):
            await kiosk.press_raw(before["id"], data_of(before, label)[0])
        await hub.settled()
        assert await hub.domain() == rows
        assert await shown(kiosk) == [WELCOME_AT_C]
        assert await kiosk.alerted() == "Skjermen ble låst. Du kan starte på nytt."
        await kiosk.sign_in("C04", "2304")
        await kiosk.shows("Hvem vil du snakke med?")
        await kiosk.press_raw(before["id"], data_of(before, "Send")[0])
        await kiosk.alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        await hub.settled()
        assert await hub.rows("SELECT code FROM slips WHERE code = 'FJ-116'") == []


async def test_j03_after_a_restart_every_kiosk_is_locked_and_wiped(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await begins_a_slip(hub["K-C"])
        await hub["K-B"].sign_in("B02", "2202")
        await hub["K-B"].press("Mine samtaler")
        await hub["K-B"].shows("FJ-107")
        await hub["K-A"].press("Avdeling A")
        await hub["K-A"].shows("A○○")
        await hub.settled()
    async with whole_hub(tmp_path) as hub:
        for name in ("K-A", "K-B", "K-C"):
            await hub[name].shows("Her kan du be om en samtale")
        await hub.settled()
        assert [await shown(hub[name]) for name in ("K-A", "K-B", "K-C")] == [[WELCOME], [WELCOME_AT_B], [WELCOME_AT_C]]
        sessions = await hub.rows("SELECT inmate, view, draft FROM kiosk_sessions")
        assert sessions == [{"inmate": None, "view": "welcome", "draft": None}] * 4
        await hub["K-C"].sign_in("C01", "2301")
        await hub["K-C"].shows("Til: NAV", "Tema: Klage på vedtak")


async def test_j03_a_kiosk_shows_one_message_also_after_the_hub_stood_still_for_three_days(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-C"].shows("Her kan du be om en samtale")
        await hub.settled()
        clock = hub.running.clock
        assert isinstance(clock, MovableClock)
        clock.set(OPENS + timedelta(days=3))
        await hub.running.jobs.tick()
        await hub.settled()
        assert await shown(hub["K-C"]) == [WELCOME_AT_C]


async def test_j03_a_language_chosen_and_left_goes_back_to_the_kiosks_own(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-C"]
        await kiosk.press("English")
        await kiosk.shows("Hi! Here you can ask for a talk.")
        await hub.settled()
        await hub.advance(61)
        await kiosk.shows("Her kan du be om en samtale")


async def test_j03_a_wrong_code_does_not_stay_on_the_screen(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-C"]
        await kiosk.sign_in("C01", "0000")
        await kiosk.shows("Nummer og kode stemte ikke.")
        await hub.settled()
        await hub.advance(61)
        await kiosk.shows("Her kan du be om en samtale")
        await hub.settled()
        assert await shown(kiosk) == [WELCOME_AT_C]
