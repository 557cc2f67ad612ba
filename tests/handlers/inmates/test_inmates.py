"""People in prison by number alone: a new arrival, a contact officer, and the first code."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.handlers.staff.test_staff import open_page
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of


async def a_new_arrival(device: Device, language: str = "litauisk") -> None:
    await open_page(device, "📒 Innsatte", "➕ Nyinnsatt")
    await device.press("A", of="Hvilken avdeling?")
    await device.press("A19", of="Hvilket nummer?")
    await device.press("🔁 Andre navn")
    await device.press("Villapal", of="Hvilket oppdiktet navn?")
    await device.press(language, of="Hvilket språk?")
    await device.press("KB-A2", of="Hvem er kontaktbetjent?")
    await device.press("2", of="Hvor mange betjenter")
    await device.shows(f"A19 · Villapal · {language} · KB-A2 · følge 2")


@pytest.mark.parametrize(("language", "needed"), [("nynorsk", 0), ("engelsk", 0), ("polsk", 1)])
async def test_an_interpreter_is_needed_where_none_of_the_staffs_languages_is_theirs(
    tmp_path: Path, language: str, needed: int
) -> None:
    async with whole_hub(tmp_path) as hub:
        hub.running.turns.hub = replace(hub.running.turns.hub, languages=("nb", "en", "pl"))
        await a_new_arrival(hub["TK1"], f"{'norsk ' if language == 'nynorsk' else ''}{language}")
        await hub["TK1"].press("✅ Legg til")
        await hub["TK1"].shows("PIN-brev til A19")
        assert await hub.rows("SELECT interpreter FROM inmates WHERE id = 'A19'") == [{"interpreter": needed}]


async def test_a_new_arrival_is_added_and_the_first_code_disappears(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await a_new_arrival(tk1)
        last = await tk1.shows("✅ Legg til")
        for _ in range(2):
            await tk1.press_raw(last["id"], data_of(last, "✅ Legg til")[0])
        await tk1.shows("PIN-brev til A19")
        await hub.settled()
        assert await hub.rows("SELECT * FROM inmates WHERE id = 'A19'") == [
            {
                "id": "A19",
                "unit": "A",
                "alias": "Villapal",
                "language": "lt",
                "pin": None,
                "officer": "KB-A2",
                "escort": 2,
                "interpreter": 1,
                "pin_given": 0,
                "pin_digits": 4,
                "screen_language": None,
            }
        ]
        assert await hub.rows("SELECT inmate, wrong, made_by FROM pin_codes") == [
            {"inmate": "A19", "wrong": 0, "made_by": "TK1"}
        ]
        await tk1.press("Ferdig, ta bort", of="A19")
        await hub.settled()
        assert "PIN-brev til A19" not in await tk1.everything()
        assert await hub.audit("A19") == [
            ("TK1", "add_inmate", "A19", "done"),
            ("TK1", "pin_code", "A19", "done"),
        ]
        await open_page(tk1, "📒 Innsatte")
        everybody = await tk1.shows("📒 Hvem som bor her", "Avdeling A")
        assert data_of(everybody, "PIN-brev") == [], "another letter would end the one that is out"
        await tk1.press("Avdeling A")
        await tk1.press("A19", of="A19 · ")
        page = await tk1.shows("Har ingen kode ennå.", "Lager du et nytt brev, gjelder ikke det forrige lenger.")
        assert "Koden de har, virker fortsatt." not in page["text"]
        await tk1.press("📄 PIN-brev", of="📒 Én innsatt")
        await tk1.shows("PIN-brev til A19")


async def test_letters_for_everybody_are_made_a_few_at_a_time_until_all_have_one(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        async with hub.running.database.transaction() as tx:
            await tx.run("UPDATE inmates SET pin = NULL WHERE id IN ('A01','A02','A03','A04','A05','A06','A07','A08')")
        await open_page(hub["TK1"], "📒 Innsatte")
        await hub["TK1"].press("📄 PIN-brev (8)")
        await hub["TK1"].press("📄 PIN-brev (2)")
        await hub["TK1"].until(lambda each: "📒" in each["text"] and data_of(each, "PIN-brev") == [], "all have one")
        await hub.settled()
        out = await hub.rows("SELECT inmate, letter FROM pin_codes ORDER BY inmate")
        assert out == [{"inmate": f"A0{number}", "letter": 1} for number in range(1, 9)]
        assert len([each for each in await hub.audit(*(row["inmate"] for row in out)) if each[1] == "pin_code"]) == 8


async def test_a_name_that_is_typed_is_never_taken_and_does_not_stay(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await open_page(tk1, "📒 Innsatte", "➕ Nyinnsatt")
        await tk1.press("B", of="Hvilken avdeling?")
        await tk1.shows("Hvilket nummer?")
        await tk1.say("01")
        await tk1.shows("Noen har dette nummeret allerede.")
        await tk1.say("Ola Nordmann")
        await tk1.shows("Alias er et oppdiktet navn.")
        await tk1.say("40")
        await tk1.shows("B40", "Hvilket oppdiktet navn?")
        await tk1.say("Kari Nordmann")
        await hub.settled()
        assert "Nordmann" not in await tk1.everything()
        assert "Nordmann" not in str(await hub.rows("SELECT * FROM messages"))
        assert "Nordmann" not in str(await hub.rows("SELECT * FROM inbox"))
        assert await hub.rows("SELECT id FROM inmates WHERE id = 'B40'") == []


async def test_another_contact_officer_and_the_old_one_sees_nothing_of_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await hub["KB-A1"].say("/start")
        await hub["KB-A1"].press("✍️ Skriv for noen")
        await hub["KB-A1"].shows("A01")
        await open_page(tk1, "📒 Innsatte", "Avdeling A")
        await tk1.press("A01", of="A01 · norsk")
        await tk1.press("👮 Kontaktbetjent")
        await tk1.press("KB-A3", of="Hvem er kontaktbetjent for A01?")
        await tk1.shows("A01 · norsk bokmål · KB-A3")
        await hub.settled()
        assert "A01" not in await hub["KB-A1"].everything()
        assert ("TK1", "officer", "A01", "KB-A3") in await hub.audit("A01")
        page = await tk1.shows("A01 · norsk bokmål · KB-A3")
        for forged in ("officer:A01:KB-B1", "officer:A01:N1", "officer:Z99:KB-A1"):
            await tk1.press_raw(page["id"], forged)
        await hub.settled()
        assert await hub.rows("SELECT officer FROM inmates WHERE id = 'A01'") == [{"officer": "KB-A3"}]


async def test_an_officer_with_inmates_keeps_their_unit_and_one_who_leaves_leaves_them_without(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await open_page(tk1, "👥 Ansatte")
        page = await tk1.shows("👥 De som jobber her")
        await hub.settled()
        await tk1.press_raw(page["id"], "scope:KB-A1")
        before = await tk1.press("▫️ Avdeling B")
        scope = await tk1.shows("☑️ Avdeling B", "Disse står fast, for innsatte har denne betjenten: A.")
        assert data_of(scope, "☑️ Avdeling A") == []
        switch = data_of(scope, "☑️ Avdeling B")[0].replace(":B:", ":A:")
        await tk1.press_raw(before["id"], switch)
        await tk1.alerted("Denne betjenten er kontaktbetjent for noen. Velg en annen først.")
        await tk1.press_raw(page["id"], "revoke:KB-A1")
        await tk1.shows("Disse innsatte trenger da ny kontaktbetjent.")
        await tk1.press("🚫 Ja, ta den bort")
        await tk1.shows("KB-A1 har ikke tilgang lenger.")
        assert await hub.rows("SELECT id FROM inmates WHERE officer = 'KB-A1'") == []
        await open_page(tk1, "📒 Innsatte", "Avdeling A")
        await tk1.shows("A01 · norsk bokmål · ingen kontaktbetjent")


async def only_nordvik(hub: WholeHub) -> None:
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE people SET units = '[\"N\"]' WHERE id = 'TK1'")


async def test_a_coordinator_of_one_prison_sees_nothing_of_another(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await only_nordvik(hub)
        tk1 = hub["TK1"]
        await open_page(tk1, "📒 Innsatte")
        page = await tk1.shows("Avdeling N")
        assert "Avdeling A" not in words_of(page)
        for forged in (
            "inmates:A:0",
            "inmate:A01",
            "letter:A01",
            "officer:A01:KB-A2",
            "device_kiosk:K-A",
            "revoke:KB-A1",
        ):
            await tk1.press_raw(page["id"], forged)
        await open_page(tk1, "👥 Ansatte", "Kontaktbetjent · 1")
        await tk1.shows("KB-N1 · Kontaktbetjent KB-N1")
        await hub.settled()
        assert "A01" not in await tk1.everything()
        assert await hub.rows("SELECT * FROM pin_codes") == await hub.rows("SELECT * FROM device_codes") == []
        assert await hub.rows("SELECT role FROM people WHERE id = 'KB-A1'") == [{"role": "OFFICER"}]
