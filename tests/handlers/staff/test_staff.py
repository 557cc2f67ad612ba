"""Who works at the hub is seen to at the hub: invited, added, changed, sent away; and it stays so after a restart."""

from pathlib import Path

from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of
from tests.hubfile.test_changing_staff import N2, change

NEW_CHAT = 950
NOT_THEIRS = "Dette er endret i mellomtiden."


async def open_page(device: Device, door: str, *path: str) -> None:
    await device.say("/start")
    await device.press(door, of="Hva vil du gjøre?")
    for label in path:
        await device.press(label)


async def a_new_device(hub: WholeHub, chat: int = NEW_CHAT) -> Device:
    assert hub.running.house is not None
    await hub.running.house.open_chat(chat, f"chat {chat}", "staff")
    return Device(hub.http, chat, house=hub.running.house)


async def code_shown(device: Device) -> str:
    shown = await device.shows("Invitasjon til", "/start ")
    return str(shown["text"].partition("/start ")[2].split()[0])


async def person_page(device: Device, role: str, person: str) -> None:
    await open_page(device, "👥 Ansatte", role)
    await device.until(lambda each: person in [b["text"] for row in each["buttons"] for b in row], person)
    await device.press(person, of=f"{person} · ")


async def test_a_coordinator_invites_somebody_and_the_code_disappears(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await person_page(tk1, "Rådgiver", "G1")
        await tk1.press("🔑 Inviter")
        code = await code_shown(tk1)
        assert code not in str(await hub.rows("SELECT * FROM invites"))
        new = await a_new_device(hub)
        await new.say(f"/start {code}")
        await new.shows("Velkommen!")
        await tk1.press("Ferdig, ta bort", of="Invitasjon til")
        await hub.settled()
        assert code not in await tk1.everything()
        await person_page(tk1, "Rådgiver", "H1")
        await tk1.press("🔑 Inviter")
        other = await code_shown(tk1)
        await hub.advance(15 * 60)
        assert other not in await tk1.everything()
        assert other not in str(await hub.rows("SELECT text FROM messages"))


async def test_a_new_adviser_is_added_invited_and_gets_the_slips_that_wait(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await open_page(tk1, "👥 Ansatte", "➕ Legg til noen")
        await tk1.press("Rådgiver", of="Hva skal personen gjøre?")
        await tk1.press("▫️ 💼 NAV")
        await tk1.press("➡️ Gå videre", of="☑️ 💼 NAV")
        for unit in "AB":
            await tk1.press(f"▫️ Avdeling {unit}")
            await tk1.shows(f"☑️ Avdeling {unit}")
        await tk1.press("➡️ Gå videre")
        await tk1.shows("N4", "Rådgiver · NAV · A · B")
        await tk1.say("Veileder i vikariat")
        await tk1.press("✅ Legg til og inviter", of="Kalles: Veileder i vikariat")
        code = await code_shown(tk1)
        new = await a_new_device(hub)
        await new.say(f"/start {code}")
        await new.shows("FJ-110")
        await new.shows("Nye lapper kommer hit av seg selv.", "/lapper")
        assert (await hub.audit("N4"))[0] == ("TK1", "add_person", "N4", "PROVIDER")
        assert "N4" in hub.running.turns.hub.services["nav"].advisers
    async with whole_hub(tmp_path) as hub:
        assert "N4" in hub.running.turns.hub.services["nav"].advisers
        assert hub.running.turns.hub.name_of("N4") == {"nb": "Veileder i vikariat", "en": "Veileder i vikariat"}


async def test_a_double_press_adds_nobody_twice(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await open_page(tk1, "👥 Ansatte", "➕ Legg til noen")
        await tk1.press("Kontaktbetjent", of="Hva skal personen gjøre?")
        await tk1.press("▫️ Avdeling A")
        await tk1.press("➡️ Gå videre", of="☑️ Avdeling A")
        last = await tk1.shows("✅ Legg til og inviter")
        for _ in range(2):
            await tk1.press_raw(last["id"], data_of(last, "✅ Legg til og inviter")[0])
        await hub.settled()
        assert len(await hub.rows("SELECT id FROM people WHERE id LIKE 'KB-A%'")) == 4
        new = await a_new_device(hub)
        await new.say(f"/start {await code_shown(tk1)}")
        await new.shows("Velkommen!", "/meny viser startsiden din")
        assert "/lapper" not in await new.everything()


async def test_whoever_loses_a_unit_loses_its_cards_at_once_and_colleagues_have_its_slips(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["N3"].press("Sett tid", of="FJ-110")  # taken: the slip is N3's now
        await hub["N1"].shows("FJ-110", "Ta over")
        await person_page(hub["TK1"], "Rådgiver", "N3")
        await hub["TK1"].press("🧭 Tjenester, avdelinger")
        await hub["TK1"].press("☑️ Avdeling A")
        await hub["TK1"].shows("▫️ Avdeling A")
        await hub.settled()
        assert "FJ-110" not in await hub["N3"].everything()
        await hub["N1"].press("Sett tid", of="FJ-110")
        await hub["N1"].shows("FJ-110", "kl.")
        assert ("TK1", "scope", "N3", "-A") in await hub.audit("N3")
        await hub["TK1"].press("▫️ Avdeling A")
        await hub["N3"].shows("FJ-110")


async def test_an_old_button_of_a_lost_card_does_nothing(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        card = await hub["N3"].shows("FJ-110")
        other = await hub["N3"].shows("FJ-103")
        await person_page(hub["TK1"], "Rådgiver", "N3")
        await hub["TK1"].press("🧭 Tjenester, avdelinger")
        await hub["TK1"].press("☑️ Avdeling A")
        await hub["TK1"].shows("▫️ Avdeling A")
        await hub.settled()
        before = await hub.rows("SELECT * FROM slips WHERE code = 'FJ-110'")
        for message in (card, other):
            await hub["N3"].press_raw(message["id"], "times:FJ-110:1")
            await hub["N3"].press_raw(message["id"], "card:FJ-110")
        await hub.settled()
        assert await hub.rows("SELECT * FROM slips WHERE code = 'FJ-110'") == before
        assert "FJ-110" not in await hub["N3"].everything()


async def test_a_scope_with_talks_ahead_stays_and_one_remains(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await person_page(tk1, "Rådgiver", "N1")
        await tk1.shows("Er med på: i huset.")
        await tk1.shows("3 samtaler foran seg")
        await tk1.press("🧭 Tjenester, avdelinger")
        page = await tk1.shows("Disse står fast, for det er samtaler foran: A, B.", "☑️ Avdeling C")
        assert [data_of(page, label) for label in ("☑️ Avdeling A", "☑️ 💼 NAV")] == [[], []]
        [pressed] = data_of(page, "☑️ Avdeling C")
        await tk1.press_raw(page["id"], pressed.replace(":C:", ":A:"))
        await tk1.alerted("Denne personen har samtaler foran seg. Flytt eller avlys dem først.")
        await tk1.press_raw(page["id"], pressed.replace("scope_unit", "scope_service").replace(":C:", ":nav:"))
        await tk1.alerted("Én tjeneste eller avdeling blir alltid igjen. Ingenting ble endret.")
        assert (await hub.rows("SELECT units, services FROM people WHERE id = 'N1'")) == [
            {"units": '["A", "B", "C", "N"]', "services": '["nav"]'}
        ]


async def test_whoever_is_sent_away_sees_and_does_nothing_and_the_inmates_are_told(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        n1, tk1 = hub["N1"], hub["TK1"]
        card = await n1.shows("FJ-103")
        await person_page(tk1, "Rådgiver", "N1")
        await tk1.press("🚫 Ta bort tilgangen")
        await tk1.shows("3 samtaler foran seg", "Disse samtalene avlyses")
        await tk1.press("🚫 Ja, ta den bort")
        await tk1.shows("N1 har ikke tilgang lenger.", "3 samtaler ble avlyst.")
        await hub.settled()
        assert "N1" not in {chat["title"] for chat in (await hub.http.get("/client/chats")).json()}
        assert (await hub.http.get(f"/client/chats/{n1.chat}")).status_code == 404
        left = await hub.rows("SELECT text FROM messages WHERE chat_id = :chat AND text IS NOT NULL", chat=n1.chat)
        assert left == []
        rows = await hub.rows(
            "SELECT code, state, news, reason FROM slips WHERE code IN ('FJ-103', 'FJ-105', 'FJ-108')"
        )
        assert {(row["state"], row["news"], row["reason"]) for row in rows} == {("waiting", 1, "adviser_away")}
        owners = await hub.rows("SELECT adviser FROM ownerships WHERE until IS NULL AND adviser = 'N1'")
        assert owners == []
        assert await hub.rows("SELECT * FROM claims WHERE resource = 'adviser:N1'") == []
        await hub["N2"].shows("FJ-103", "Sett tid")
        await hub["K-A"].sign_in("A07", "2107")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].shows("FJ-103")
        assert (await n1.press_raw(card["id"], "card:FJ-103")).status_code == 404
        assert not [each for each in hub.running.turns.hub.sessions if each.adviser == "N1"]
        assert ("TK1", "revoke", "N1", "done") in await hub.audit("N1")
    async with whole_hub(tmp_path) as hub:
        assert "N1" not in hub.devices, "somebody who was sent away got a new chat"
        assert "N1" not in hub.running.turns.hub.services["nav"].advisers
    change(tmp_path, lambda text: text.replace("nb: Veileder N1,", "nb: Veileder N1 igjen,"))
    async with whole_hub(tmp_path) as hub:
        await hub["N1"].shows("FJ-110")


async def test_a_code_made_before_is_void_for_whoever_was_sent_away(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await person_page(tk1, "Rådgiver", "V1")
        await tk1.press("🔑 Inviter")
        code = await code_shown(tk1)
        await tk1.press("🚫 Ta bort tilgangen")
        await tk1.press("🚫 Ja, ta den bort")
        await tk1.shows("V1 har ikke tilgang lenger.")
        new = await a_new_device(hub)
        await new.say(f"/start {code}")
        await new.shows("Jeg kjenner ikke denne koden.")


async def test_what_was_changed_in_the_hub_stays_until_the_line_in_the_file_changes(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await person_page(hub["TK1"], "Rådgiver", "N3")
        await hub["TK1"].press("🧭 Tjenester, avdelinger")
        await hub["TK1"].press("☑️ Avdeling C")
        await hub["TK1"].shows("▫️ Avdeling C")
    async with whole_hub(tmp_path) as hub:
        assert await hub.rows("SELECT units FROM people WHERE id = 'N3'") == [{"units": '["A", "B", "N"]'}]
    change(tmp_path, lambda text: text.replace("nb: Veileder N3,", "nb: Veileder N3 nå,"))
    async with whole_hub(tmp_path) as hub:
        assert await hub.rows("SELECT units FROM people WHERE id = 'N3'") == [{"units": '["A", "B", "C", "N"]'}]


async def test_whoever_is_taken_out_of_the_file_and_written_in_again_is_back(tmp_path: Path) -> None:
    async with whole_hub(tmp_path):
        pass
    whole = (tmp_path / "hub.yaml").read_text("utf-8")
    change(
        tmp_path, lambda text: text.replace(N2, N2.replace("N2:", "X1:")).replace("advisers: [N2]", "advisers: [X1]")
    )
    async with whole_hub(tmp_path) as hub:
        assert "N2" not in hub.devices
    change(tmp_path, lambda _text: whole)
    async with whole_hub(tmp_path) as hub:
        await hub["N2"].shows("FJ-110")


async def test_nobody_sends_themselves_away_and_the_last_coordinator_stays(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm = hub["ADM"]
        await person_page(adm, "Administrator", "ADM")
        page = await adm.shows("👤 Administrator")
        assert data_of(page, "Ta bort") == data_of(page, "Annen rolle") == []
        await adm.press_raw(page["id"], "revoke:ADM:1:0")
        await adm.alerted("Dette er din egen tilgang. Noen andre kan endre den.")
        await adm.press_raw(page["id"], "role:ADM:1")
        await adm.press_raw(page["id"], "revoke:TK1:1:0")
        await adm.alerted("Ingen andre gjør dette for servicetorget ennå. Legg til noen først.")
        await adm.press_raw(page["id"], "revoke:SK1:1:0")
        await hub.settled()
        assert await hub.rows("SELECT id FROM people WHERE role = 'NOBODY'") == []


async def test_a_coordinator_changes_no_role_and_nobody_above(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await open_page(tk1, "👥 Ansatte")
        page = await tk1.shows("👥 De som jobber her")
        before = await hub.rows("SELECT * FROM people ORDER BY id")
        for data in ("role:N1:1", "revoke:VL:1", "revoke:ADM:1", "invite:ADM", "device_person:VL", "scope_unit:VL:N:1"):
            await tk1.press_raw(page["id"], data)
        await hub.settled()
        assert await hub.rows("SELECT * FROM people ORDER BY id") == before
        assert await hub.rows("SELECT * FROM invites") == await hub.rows("SELECT * FROM device_codes") == []


async def test_two_administrators_at_once_do_it_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm, tk1 = hub["ADM"], hub["TK1"]
        for device in (adm, tk1):
            await person_page(device, "Rådgiver", "V1")
            await device.press("🚫 Ta bort tilgangen")
        page = await tk1.shows("🚫 Ja, ta den bort")
        await adm.press("🚫 Ja, ta den bort")
        await adm.shows("V1 har ikke tilgang lenger.")
        await tk1.shows("👥 De som jobber her")
        await hub.settled()
        await tk1.press_raw(page["id"], data_of(page, "🚫 Ja, ta den bort")[0])
        assert NOT_THEIRS in await tk1.alerted()
        assert [each for each in await hub.audit("V1") if each[1] == "revoke"] == [("ADM", "revoke", "V1", "done")]


async def test_an_administrator_gives_another_role_and_the_old_pages_are_gone(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        adm, n3 = hub["ADM"], hub["N3"]
        await n3.shows("FJ-110")
        await person_page(adm, "Rådgiver", "N3")
        await adm.press("🎭 Annen rolle")
        await adm.press("Vaktleder")
        await adm.press("➡️ Gå videre")
        await adm.press("✅ Endre")
        await adm.shows("👤 Vaktleder")
        await hub.settled()
        assert "FJ-110" not in await n3.everything()
        assert await hub.rows("SELECT role, services FROM people WHERE id = 'N3'") == [
            {"role": "DUTY_LEADER", "services": "[]"}
        ]
        await person_page(adm, "Vaktleder", "N3")
        await adm.press("🎭 Annen rolle")
        await adm.press("Rådgiver", of="Hva skal personen gjøre?")
        await adm.press("▫️ 💼 NAV")
        await adm.press("➡️ Gå videre", of="☑️ 💼 NAV")
        await adm.press("➡️ Gå videre", of="Hvilke avdelinger")
        await adm.press("✅ Endre")
        await n3.shows("FJ-110")


async def test_a_kiosk_and_a_browser_get_codes_and_are_ended(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await open_page(tk1, "🖥️ Kiosker")
        await tk1.shows("K-A, avdeling A: ingen nettleser er med.")
        await tk1.press("🔑 Kode til K-A")
        await tk1.shows("🔑 Nettleserkode til K-A:")
        made = await hub.rows("SELECT kiosk, person, used FROM device_codes")
        assert made == [{"kiosk": "K-A", "person": None, "used": None}]
        async with hub.running.database.transaction() as tx:
            for device, person, kiosk in ((1, None, "K-A"), (2, "N1", None), (3, "VL", None)):
                await tx.run(
                    "INSERT INTO devices (id, stamp, person, kiosk, joined, seen) VALUES"
                    " (:id, :id, :person, :kiosk, '2027-01-13T09:00:00.000000+00:00',"
                    " '2027-01-13T09:00:00.000000+00:00')",
                    id=device,
                    person=person,
                    kiosk=kiosk,
                )
        await open_page(tk1, "🖥️ Kiosker")
        page = await tk1.shows("K-A: med fra", "N1: med fra")
        assert "VL" not in words_of(page)
        await tk1.press_raw(page["id"], "device_end:3")
        await tk1.press("🚫 Avslutt K-A")
        await tk1.until(lambda each: "K-A: med fra" not in words_of(each) and "N1: med fra" in words_of(each), "ended")
        ended = await hub.rows("SELECT id FROM devices WHERE ended IS NOT NULL")
        assert ended == [{"id": 1}]
