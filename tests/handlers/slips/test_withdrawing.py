"""Changing one's mind, and two people doing things at once, twice, late or in another order."""

import asyncio
from pathlib import Path

from bot.demo.files import OPENS
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub, words_of

Button = dict[str, str]


async def asked(hub: WholeHub, service: str = "NAV") -> None:
    await hub["K-A"].sign_in("A01", "2101")
    assert await hub["K-A"].send_slip(service) == "FJ-116"


async def state(hub: WholeHub) -> str:
    return str((await hub.rows("SELECT state FROM slips WHERE code = 'FJ-116'"))[0]["state"])


async def open_own(kiosk: Device) -> None:
    await kiosk.press("Mine samtaler")
    await kiosk.press("FJ-116", of="📋 Mine samtaler")


# ── withdrawing ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_waiting_slip_is_withdrawn_in_two_steps_and_everybody_sees_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await open_own(hub["K-A"])
        await hub["K-A"].press("Trekk lappen tilbake")
        await hub["K-A"].press("Nei, behold den", of="Skal vi trekke tilbake lapp FJ-116?")
        await hub["K-A"].shows("NAV har fått lappen")
        assert await state(hub) == "waiting"
        await hub["K-A"].press("Trekk lappen tilbake")
        await hub["K-A"].press("Ja, trekk tilbake")
        await hub["K-A"].shows("Lappen er trukket tilbake.")
        for adviser in ("N1", "N2", "N3"):
            card = await hub[adviser].shows("FJ-116", "Trukket tilbake")
            assert words_of(card) == ("📋 Samtalelapp FJ-116, avdeling A.\nTrukket tilbake. Du trenger ikke gjøre noe.")
        await hub.settled()
        assert await state(hub) == "withdrawn"


async def test_a_withdrawn_time_is_free_for_somebody_else(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("11.00", of="FJ-116")
        await hub["K-A"].shows("Du har samtale")
        await open_own(hub["K-A"])
        await hub["K-A"].press("Trekk lappen tilbake")
        await hub["K-A"].press("Ja, trekk tilbake", of="Du har samtale")
        await hub["N1"].shows("FJ-116", "Trukket tilbake")
        await hub["K-A"].press("Ferdig")
        await hub["K-A"].sign_in("A02", "2102")
        await hub["K-A"].send_slip("NAV")
        await hub["N1"].press("Sett tid", of="FJ-117")
        await hub["N1"].press("11.00", of="FJ-117")
        await hub["N1"].shows("FJ-117", "✅ Samtale torsdag 14. januar kl. 11.00")
        await hub.settled()
        assert await hub.rows(
            "SELECT slip, outcome FROM bookings WHERE slip IN ('FJ-116', 'FJ-117') ORDER BY slip"
        ) == [
            {"slip": "FJ-116", "outcome": "released"},
            {"slip": "FJ-117", "outcome": "live"},
        ]


async def test_a_slip_withdrawn_while_the_adviser_chooses_a_time_gets_none(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["N1"].press("Sett tid", of="FJ-116")
        times = await hub["N1"].shows("FJ-116", "11.00")
        await open_own(hub["K-A"])
        await hub["K-A"].press("Trekk lappen tilbake")
        await hub["K-A"].press("Ja, trekk tilbake")
        await hub["N1"].shows("FJ-116", "Trukket tilbake")
        await hub["N1"].press_raw(times["id"], data_of(times, "11.00")[0])
        assert await hub["N1"].alerted() == "Dette er endret i mellomtiden. Nå ser du det nyeste."
        await hub.settled()
        assert await state(hub) == "withdrawn"
        assert await hub.rows("SELECT * FROM bookings WHERE slip = 'FJ-116'") == []


async def test_a_slip_that_gets_its_time_while_it_is_being_withdrawn_shows_that_first(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await open_own(hub["K-A"])
        await hub["K-A"].press("Trekk lappen tilbake")
        question = await hub["K-A"].shows("Skal vi trekke tilbake lapp FJ-116?")
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("11.00", of="FJ-116")
        await hub["K-A"].shows("Skal vi trekke tilbake lapp FJ-116?", "Du har samtale torsdag 14. januar")
        await hub["K-A"].press_raw(question["id"], data_of(question, "Ja, trekk tilbake")[0])
        assert await hub["K-A"].alerted() == "Dette er endret i mellomtiden. Nå ser du det nyeste."
        await hub.settled()
        assert await state(hub) == "booked"


# ── two advisers, one card ────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_first_adviser_to_press_has_the_slip_and_the_second_sees_who(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        second = await hub["N2"].shows("FJ-116", "Sett tid")
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].shows("FJ-116", "kl. 11.00")
        card = await hub["N2"].shows("FJ-116", "En kollega har tatt lappen.")
        assert words_of(card) == (
            "📋 Samtalelapp FJ-116, avdeling A.\n"
            "Svar senest onsdag 20. januar.\n"
            "En kollega har tatt lappen.\n"
            "Med Veileder N1.\n"
            "📥 Ta over"
        )
        await hub["N2"].press_raw(second["id"], data_of(second, "Sett tid")[0])
        assert await hub["N2"].alerted() == "Dette er endret i mellomtiden. Nå ser du det nyeste."
        await hub["N2"].press("Ta over", of="FJ-116")
        await hub["N2"].shows("FJ-116", "A01 Furu", "Sett tid")
        await hub["N1"].shows("FJ-116", "En kollega har tatt lappen.", "Med Veileder N2.")
        await hub.settled()
        owner = "SELECT adviser FROM ownerships WHERE slip = 'FJ-116' AND until IS NULL"
        assert await hub.rows(owner) == [{"adviser": "N2"}]


async def test_two_advisers_who_press_in_the_same_moment_make_one_owner(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        cards = {name: await hub[name].shows("FJ-116", "Sett tid") for name in ("N1", "N2", "N3")}
        presses = [hub[name].press_raw(card["id"], data_of(card, "Sett tid")[0]) for name, card in cards.items()]
        await asyncio.gather(*presses)
        await hub.settled()
        taken = [row for row in await hub.audit("FJ-116") if row[1] == "take"]
        assert len(taken) == 1
        owner = await hub.rows("SELECT adviser FROM ownerships WHERE slip = 'FJ-116' AND until IS NULL")
        assert owner == [{"adviser": taken[0][0]}]


# ── a talk that did not happen ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_talk_that_did_not_happen_leads_to_a_new_time_with_the_same_adviser(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["K-A"].press("Ferdig")
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("11.00", of="FJ-116")
        await hub["N1"].shows("FJ-116", "✅ Samtale")
        await hub.to(OPENS.replace(day=14, hour=11, minute=31))
        await hub["N1"].press("Ble ikke noe av", of="FJ-116")
        await hub["N1"].press("Det var ikke følge", of="FJ-116")
        card = await hub["N1"].shows("FJ-116", "Samtalen ble ikke noe av.")
        assert card["text"].splitlines()[-3:] == [
            "Samtalen ble ikke noe av.",
            "Grunn: Det var ikke følge.",
            "Vi spør om det er ønsket ny tid.",
        ]
        assert await state(hub) == "not_held"
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("Mine samtaler (1 ny)")
        await kiosk.press("🔔 FJ-116")
        await kiosk.press("Ja, en ny tid", of="Vil du ha en ny tid?")
        await kiosk.shows("NAV skal svare senest torsdag 21. januar.")
        await hub["N2"].shows("FJ-116", "Med Veileder N1.")
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("kl. 13.00", of="FJ-116")
        await kiosk.shows("Du har samtale torsdag 14. januar kl. 13.00", "Du møter: Veileder N1.")
        await hub.settled()
        assert await hub.rows("SELECT outcome FROM bookings WHERE slip = 'FJ-116' ORDER BY starts") == [
            {"outcome": "not_held"},
            {"outcome": "live"},
        ]


async def test_no_thank_you_ends_the_slip(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("11.00", of="FJ-116")
        await hub["K-A"].press("Ferdig", of="Du har samtale")
        await hub.to(OPENS.replace(day=14, hour=11, minute=31))
        await hub["N1"].press("Ble ikke noe av", of="FJ-116")
        await hub["N1"].press("Syk", of="FJ-116")
        await hub["N1"].shows("FJ-116", "Grunn: Syk.")
        await hub["K-A"].sign_in("A01", "2101")
        await open_own(hub["K-A"])
        await hub["K-A"].press("Nei takk")
        await hub["K-A"].shows("Lappen er ferdig.")
        await hub["N1"].shows("FJ-116", "Ferdig. Det er ikke ønsket ny tid.")
        assert await state(hub) == "closed"


async def test_nobody_can_say_that_a_talk_took_place_before_it_began(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("11.00", of="FJ-116")
        card = await hub["N1"].shows("FJ-116", "✅ Samtale")
        rows = await hub.domain()
        await hub["N1"].press_raw(card["id"], "held:FJ-116:3")
        assert await hub["N1"].alerted() == "Samtalen har ikke begynt ennå. Du kan svare når den er over."
        await hub.settled()
        assert await hub.domain() == rows


async def test_the_adviser_of_last_time_is_suggested_and_can_be_left(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A03", "2103")
        await kiosk.press("Økonomi og gjeld")
        await kiosk.press("Hopp over")
        await kiosk.shows("Du møter samme person igjen: Gjeldsrådgiver G1.")
        await kiosk.press("Hvem som helst")
        question = await kiosk.until(lambda each: "igjen" not in each["text"], "no adviser")
        assert data_of(question, "Hvem som helst") == []
        await kiosk.press("Send", of="Til: Økonomi og gjeld")
        await kiosk.shows("FJ-116")
        await hub.settled()
        assert await hub.rows("SELECT adviser FROM ownerships WHERE slip = 'FJ-116'") == [{"adviser": None}]


# ── twice, late, in another order, as somebody else ───────────────────────────────────────────────────────────────────


async def test_send_pressed_twice_sends_one_slip(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("NAV")
        await kiosk.press("Hopp over")
        question = await kiosk.shows("Til: NAV")
        send = data_of(question, "Send")[0]
        await asyncio.gather(*(kiosk.press_raw(question["id"], send) for _ in range(5)))
        await kiosk.shows("Lappen er sendt", "FJ-116")
        await hub.settled()
        assert await hub.rows("SELECT code FROM slips WHERE inmate = 'A01'") == [{"code": "FJ-116"}]
        assert [row[3] for row in await hub.audit("send")] == ["Stale"] * 4


async def test_a_time_pressed_twice_is_one_booking(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["N1"].press("Sett tid", of="FJ-116")
        times = await hub["N1"].shows("FJ-116", "11.00")
        choices = [data_of(times, hour)[0] for hour in ("11.00", "11.00", "10.30")]
        await asyncio.gather(*(hub["N1"].press_raw(times["id"], each) for each in choices))
        await hub["N1"].shows("FJ-116", "✅ Samtale torsdag 14. januar kl. 11.00")
        await hub.settled()
        assert await hub.rows("SELECT starts FROM bookings WHERE slip = 'FJ-116'") == [
            {"starts": "2027-01-14T10:00:00.000000+00:00"}
        ]


async def test_a_time_pressed_once_more_when_it_stands_shows_the_card_and_no_other_times(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["N1"].press("Sett tid", of="FJ-116")
        times = await hub["N1"].shows("FJ-116", "11.00")
        pressed = data_of(times, "11.00")[0]
        await hub["N1"].press_raw(times["id"], pressed)
        card = await hub["N1"].shows("FJ-116", "✅ Samtale torsdag 14. januar kl. 11.00")
        await hub["N1"].press_raw(times["id"], pressed)
        await hub["N1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        await hub.settled()
        assert await hub["N1"].shows("FJ-116") == card


async def test_buttons_of_an_earlier_screen_change_nothing(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("NAV")
        await kiosk.press("Hopp over")
        question = await kiosk.shows("Til: NAV")
        await kiosk.press("Velg tid")
        times = await kiosk.shows("Når passer det?")
        await kiosk.press("kl. 09.00")
        await kiosk.shows("Tid: helst torsdag 14. januar")
        await hub.settled()
        rows = await hub.domain()
        for message, label in ((question, "Send"), (question, "Velg tid"), (times, "Første ledige tid")):
            await kiosk.press_raw(message["id"], data_of(message, label)[0])
        assert await kiosk.alerted() == "Dette er endret i mellomtiden. Nå ser du det nyeste."
        await hub.settled()
        assert await hub.domain() == rows
        await kiosk.press("Send", of="Tid: helst torsdag 14. januar")
        await hub["N1"].shows("FJ-116", "Ønsker torsdag 14. januar")


async def test_a_wish_that_is_still_free_is_the_first_time_offered(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("NAV")
        await kiosk.press("Hopp over")
        await kiosk.press("Velg tid")
        times = await kiosk.shows("Når passer det?")
        third = [button for row in times["buttons"] for button in row][2]["text"].partition("kl. ")[2]
        await kiosk.press(f"kl. {third}")
        await kiosk.press("Send", of=f"Tid: helst torsdag 14. januar kl. {third}")
        await hub["N1"].press("Sett tid", of="FJ-116")
        card = await hub["N1"].until(lambda each: "FJ-116" in each["text"] and bool(data_of(each, third)), third)
        assert card["buttons"][0][0]["text"].endswith(f"kl. {third}")


async def test_another_services_adviser_and_another_inmate_can_do_nothing_with_a_slip(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked(hub)
        await hub["K-B"].sign_in("B01", "2201")
        stranger = await hub["K-B"].shows("Hvem vil du snakke med?")
        debt = await hub["G1"].shows("FJ-107")
        await hub.settled()
        rows = await hub.domain()
        for data in ("times", "where", "take", "held", "reasons"):
            await hub["G1"].press_raw(debt["id"], f"{data}:FJ-116:1")
        for data in ("card:FJ-116", "forward:FJ-116:gjeld:1", "set:FJ-116:gjeld.G1.R2.2701260800:1"):
            await hub["G1"].press_raw(debt["id"], data)
        for data in ("slip:FJ-116", "withdraw:FJ-116", "withdraw:FJ-116:1", "again:FJ-116:1", "close:FJ-116:1"):
            await hub["K-B"].press_raw(stranger["id"], data)
        await hub.settled()
        after = await hub.domain()
        # Whoever presses at a kiosk is there: only that may move.
        assert {name: after[name] for name in after if name not in {"kiosk_sessions", "reminders"}} == {
            name: rows[name] for name in rows if name not in {"kiosk_sessions", "reminders"}
        }
        assert "FJ-116" not in await hub["K-B"].everything()
        assert "FJ-116" not in await hub["G1"].everything()
        assert await hub["K-B"].alerted() == "Dette er endret i mellomtiden. Nå ser du det nyeste."
