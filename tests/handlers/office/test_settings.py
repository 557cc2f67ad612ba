"""Settings change at once, with bounds and a history; the coordinator only reads."""

from pathlib import Path

from tests.handlers.staff.test_staff import open_page
from tests.hub.whole_hub import data_of, whole_hub, words_of


async def test_an_administrator_changes_a_setting_and_it_stays(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm = hub["ADM"]
        await open_page(adm, "⚙️ Innstillinger", "Ta vare på lapper")
        await adm.press("30 dager")
        await adm.shows("Nå: 30 dager", "av ADM")
        await adm.say("45")
        await adm.shows("Nå: 45 dager")
        await adm.say("0")
        await adm.shows("Tallet er for lite eller for stort.")
        await adm.say("mange")
        await adm.shows("Det kan jeg ikke bruke her.")
        assert hub.running.turns.hub.retention_days == 45
        assert await hub.audit("retention_days") == [
            ("ADM", "setting", "retention_days", "30"),
            ("ADM", "setting", "retention_days", "45"),
        ]
    async with whole_hub(tmp_path) as hub:
        assert hub.running.turns.hub.retention_days == 45


async def test_a_screen_warns_before_it_locks(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm = hub["ADM"]
        await open_page(adm, "⚙️ Innstillinger", "Skjermen varsler etter")
        page = await adm.shows("Nå: 40 sekunder")
        assert data_of(page, "60 sekunder") == []
        await adm.press_raw(page["id"], data_of(page, "20 sekunder")[0].replace(":20", ":60"))
        await adm.alerted("Skjermen varsler alltid før den låser. Ingenting ble endret.")
        await adm.press("20 sekunder")
        await adm.shows("Nå: 20 sekunder")
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Hvem vil du snakke med?")
        await hub.advance(21)
        await kiosk.shows("Er du der fortsatt?")


async def test_two_administrators_do_not_overwrite_each_other(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm = hub["ADM"]
        await open_page(adm, "⚙️ Innstillinger", "Ta vare på lapper")
        page = await adm.shows("Nå: 90 dager")
        stale = data_of(page, "180 dager")[0]
        await adm.press("60 dager")
        await adm.shows("Nå: 60 dager")
        await adm.press_raw(page["id"], stale)
        assert "endret i mellomtiden" in await adm.alerted()
        assert hub.running.turns.hub.retention_days == 60


async def test_a_coordinator_reads_the_settings_and_changes_none(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await open_page(tk1, "⚙️ Innstillinger", "Koordinator leser")
        page = await tk1.shows("Nå: Nei", "Hver lesing står da i loggen.")
        assert "Ja" not in words_of(page).splitlines()
        await tk1.press_raw(page["id"], "setting:coordinator_reads:1:0")
        await tk1.say("1")
        await hub.settled()
        assert not hub.running.turns.hub.coordinator_reads
        assert await hub.rows("SELECT * FROM settings") == []


async def test_slips_are_closed_to_the_coordinator_at_once_also_where_one_stands_open(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm, tk1 = hub["ADM"], hub["TK1"]
        await open_page(adm, "⚙️ Innstillinger", "Koordinator leser")
        await adm.press("Ja", of="Nå: Nei")
        await adm.shows("Nå: Ja")
        await open_page(tk1, "☀️ I dag", "FJ-107")
        await tk1.shows("FJ-107", "B02 Mose", "Tema: Brev jeg har fått")
        await adm.press("Nei", of="Nå: Ja")
        await adm.shows("Nå: Nei")
        await hub.settled()
        assert "Mose" not in await tk1.everything()
        await open_page(tk1, "☀️ I dag", "FJ-107")
        await tk1.shows("📋 Samtalelapp FJ-107, avdeling B.", "⬅️ Startside")
        assert "Mose" not in await tk1.everything()


async def test_an_order_that_the_file_spoils_later_falls_back_to_the_file(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm = hub["ADM"]
        await open_page(adm, "⚙️ Innstillinger", "Skjermen låser etter")
        await adm.press("45 sekunder")
        await adm.shows("Nå: 45 sekunder")
    file = tmp_path / "hub.yaml"
    file.write_text(
        file.read_text("utf-8")
        .replace("warn_after_seconds: 40", "warn_after_seconds: 50")
        .replace("lock_after_seconds: 60", "lock_after_seconds: 70"),
        "utf-8",
    )
    async with whole_hub(tmp_path) as hub:
        now = hub.running.turns.hub
        assert (now.warn_after.total_seconds(), now.lock_after.total_seconds()) == (50, 70)
