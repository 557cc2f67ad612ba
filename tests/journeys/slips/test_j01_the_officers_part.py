"""J1 as the contact officer, the adviser and the duty leader see it: told, fetched, and everybody agrees."""

from datetime import timedelta
from pathlib import Path

from bot.demo.files import OPENS
from tests.hub.whole_hub import WholeHub, whole_hub, words_of

THURSDAY_MORNING = OPENS + timedelta(hours=21, minutes=30)


async def a_talk_for_a01(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    assert await hub["K-A"].send_slip("NAV", "Klage på vedtak") == "FJ-116"
    await hub["K-A"].press("Ferdig")
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("11.00", of="FJ-116")
    await hub["N1"].shows("FJ-116", "✅ Samtale torsdag 14. januar kl. 11.00")
    await hub.settled()


async def test_j01_the_officer_tells_the_answer_and_cannot_read_it_again(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await a_talk_for_a01(hub)
        officer = hub["KB-A1"]
        assert await officer.everything() == (
            "🗣️ Det er nytt å fortelle nå: FJ-116, avdeling A.\n🗣️ Vis svarene"  # the talk is tomorrow morning
        )
        await officer.press("Vis svarene")
        assert words_of(await officer.shows("svar å fortelle")) == (
            "🗣️ 1 svar å fortelle\n"
            "👤 A01 Furu · FJ-116\n"
            "Du har samtale torsdag 14. januar kl. 11.00, Servicetorget 1.\n"
            "En betjent henter deg kl. 10.50.\n"
            "✅ FJ-116 Fortalt\n"
            "⬅️ Startside"
        )
        await officer.press("Fortalt", of="FJ-116")
        await officer.shows("Ingen svar å fortelle nå.")
        await officer.shows("FJ-116, avdeling A: ordnet.")
        await officer.press("Startside")
        await officer.press("Svar å fortelle", of="Hei, Kontaktbetjent KB-A1!")
        await officer.shows("Ingen svar å fortelle nå.")
        assert "Servicetorget" not in await officer.everything()
        await hub.settled()
        assert await hub.rows("SELECT news, revision, state FROM slips WHERE code = 'FJ-116'") == [
            {"news": 0, "revision": 3, "state": "booked"}
        ]
        assert (await hub.audit("FJ-116"))[-2:] == [
            ("KB-A1", "read", "FJ-116", "done"),
            ("KB-A1", "told", "FJ-116", "done"),
        ]


async def test_j01_the_officer_sees_the_movement_on_thursday_morning_and_the_tick_is_seen_at_once(
    tmp_path: Path,
) -> None:
    async with whole_hub(tmp_path) as hub:
        await a_talk_for_a01(hub)
        officer, adviser, leader = hub["KB-A1"], hub["N1"], hub["VL"]
        await hub.to(THURSDAY_MORNING)
        assert words_of(await officer.shows("forflytning")) == (
            "🚶 torsdag 14. januar: 1 forflytning\n"
            "🗣️ 1 svar å fortelle\n"
            "10.50 · A01 Furu · FJ-116 · Servicetorget 1 · samtale 11.00\n"
            "✅ FJ-116 Hentet\n⏳ FJ-116 Ikke nå\n🔍 FJ-116 Ikke funnet\n🔒 FJ-116 Innelåst\n"
            "🗣️ Vis svarene\n"
            "➡️ Neste dag\n⬅️ Startside"
        )
        line = "10.50 · A01 · FJ-116 · Servicetorget 1 · samtale 11.00 · Bergskog"
        assert line in (await leader.shows("4 forflytninger"))["text"].splitlines()
        await officer.press("Ikke nå", of="FJ-116")
        await adviser.shows("FJ-116", "Kommer ikke nå.", "Betjenten noterer: Ikke nå.")
        await leader.shows(f"{line} · Ikke nå")
        await officer.press("Hentet", of="samtale 11.00 · Ikke nå")
        await adviser.shows("FJ-116", "På vei.")
        await leader.shows(f"{line} · Hentet")
        assert "Kommer ikke nå" not in await adviser.everything()
        await officer.press("Angre", of="samtale 11.00 · Hentet")
        await officer.shows("FJ-116 Innelåst")
        await hub.settled()
        assert "På vei" not in await adviser.everything()
        assert await hub.rows("SELECT * FROM ticks") == []
        assert [each for each in await hub.audit("FJ-116") if each[1] == "tick"] == [
            ("KB-A1", "tick", "FJ-116", "not_now"),
            ("KB-A1", "tick", "FJ-116", "fetched"),
            ("KB-A1", "tick", "FJ-116", "back"),
        ]


async def test_j01_the_inmate_is_told_on_the_screen_who_comes_and_when(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await a_talk_for_a01(hub)
        kiosk, officer = hub["K-A"], hub["KB-A1"]
        await officer.press("Vis svarene")
        await officer.shows("1 svar å fortelle")
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("Mine samtaler")
        await kiosk.press("FJ-116")
        await kiosk.shows("Du har samtale torsdag 14. januar kl. 11.00.", "En betjent henter deg kl. 10.50.")
        await officer.shows("Ingen svar å fortelle nå.")  # read at the screen: nobody needs to tell it
        await officer.shows("FJ-116, avdeling A: ordnet.")
