"""The coordinator's timetable through the whole hub: sessions added, moved and cancelled, with everybody in them."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.slips.slips import WHY_CANCELLED
from bot.usecases.timetable.sessions import seen
from handlers.chat.rows import BUTTON_LENGTH
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, whole_hub, words_of
from tests.journeys.timetable.timetables import THURSDAY, open_session

OSLO = ZoneInfo("Europe/Oslo")
IN_SESSION = "SELECT slip, outcome FROM bookings WHERE outcome IN ('live', 'offered') AND adviser = 'N1' ORDER BY slip"
STATES = "SELECT code, state, news FROM slips WHERE code IN ('FJ-103', 'FJ-105', 'FJ-116', 'FJ-117') ORDER BY code"


async def asks_for(kiosk: Device, time: str) -> None:
    await kiosk.press("NAV", of="Hvem vil du snakke med?")
    await kiosk.press("Hopp over")
    await kiosk.press("Velg tid")
    await kiosk.press(time)
    await kiosk.press("Send", of="Skal vi sende denne lappen?")
    await kiosk.shows("Lappen er sendt")


async def four_in_the_session(hub: WholeHub) -> None:
    """FJ-103 and FJ-105 are booked; A01 has an offer; B01 has proposed a time. All with N1 on Thursday."""
    await hub["K-A"].sign_in("A01", "2101")
    await asks_for(hub["K-A"], "14. jan. kl. 10.30")
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("14. jan. kl. 11.00", of="FJ-116")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press("FJ-116")
    await hub["K-A"].shows("NAV foreslår en annen tid")
    await hub["K-B"].sign_in("B01", "2201")
    await asks_for(hub["K-B"], "14. jan. kl. 10.30")
    await hub["N1"].press("Sett tid", of="FJ-117")
    await hub["N1"].press("14. jan. kl. 10.30", of="FJ-117")
    await hub["K-B"].press("Mine samtaler")
    await hub["K-B"].press("FJ-117")
    await hub["K-B"].press("Jeg kan ikke komme")
    await hub["K-B"].press("Annen tid")
    await hub["K-B"].press("14. jan")
    await hub["K-B"].shows("Du har foreslått torsdag 14. januar")


async def test_a_cancelled_thursday_is_told_to_everybody_who_was_in_it(hub: WholeHub) -> None:
    await four_in_the_session(hub)
    assert [row["slip"] for row in await hub.rows(IN_SESSION)] == ["FJ-103", "FJ-105", "FJ-108", "FJ-116", "FJ-117"]
    await open_session(hub)
    await hub["TK1"].press("Avlys", of="tider er tatt")
    await hub["TK1"].shows("4 personer har avtale da.", "Hvorfor skal økta avlyses?")
    await hub["TK1"].press("Syk")
    await hub["TK1"].shows("Økta er avlyst.", "4 personer får beskjed og venter videre.")
    assert await hub.rows(STATES) == [
        {"code": "FJ-103", "state": "waiting", "news": 1},
        {"code": "FJ-105", "state": "waiting", "news": 1},
        {"code": "FJ-116", "state": "waiting", "news": 1},
        {"code": "FJ-117", "state": "waiting", "news": 1},
    ]
    assert [row["slip"] for row in await hub.rows(IN_SESSION)] == ["FJ-108"]
    said = ("Samtalen er avlyst. Det er ikke din feil.", "Du beholder plassen din i køen.")
    for kiosk in ("K-A", "K-B"):
        await hub[kiosk].shows(*said)
    for code in ("FJ-103", "FJ-105", "FJ-116", "FJ-117"):
        await hub["N1"].shows(code, "Tiden er avlyst. Den innsatte beholder plassen i køen.", "Sett tid")
    await hub["N1"].shows("Økta din er avlyst: torsdag 14. januar", "4 lapper er berørt.")


async def test_an_inmate_reads_of_it_at_the_next_sign_in_with_a_new_date(hub: WholeHub) -> None:
    await open_session(hub)
    await hub["TK1"].press("Avlys", of="tider er tatt")
    await hub["TK1"].press("Rådgiveren kunne ikke")
    await hub["TK1"].shows("Økta er avlyst.")
    await hub["K-A"].sign_in("A05", "2105")
    await hub["K-A"].press("Mine samtaler (1 ny)")
    await hub["K-A"].press("FJ-105")
    await hub["K-A"].shows(
        "Samtalen er avlyst. Det er ikke din feil.",
        "NAV skal svare senest fredag 15. januar.",
        "Du beholder plassen din i køen.",
    )


async def test_what_is_here_and_the_times_at_the_kiosk_follow_at_once(hub: WholeHub) -> None:
    for adviser in ("N1", "N2"):
        await open_session(hub, f"tor. 14. 09.00 {adviser}")
        await hub["TK1"].press("Avlys", of="tider er tatt")
        await hub["TK1"].press("Ikke oppgitt")
        await hub["TK1"].shows("Økta er avlyst.", f"Med Veileder {adviser}")
    await hub["K-A"].press("Hva finnes her?")
    here = await hub["K-A"].shows("I dag og de neste dagene")
    assert "NAV: torsdag 14. januar" not in here["text"]
    await hub["K-B"].sign_in("B01", "2201")
    await hub["K-B"].press("NAV", of="Hvem vil du snakke med?")
    await hub["K-B"].press("Hopp over")
    await hub["K-B"].press("Velg tid")
    times = await hub["K-B"].shows("Når passer det?")
    assert "14. jan" not in words_of(times)
    assert "21. jan" in words_of(times)


async def test_the_advisers_list_of_the_day_follows(hub: WholeHub) -> None:
    await hub.to(datetime(2027, 1, 13, 15, 0, tzinfo=OSLO))
    await hub["N1"].shows("Påminnelse for torsdag 14. januar", "FJ-103", "FJ-105")
    await open_session(hub)
    await hub["TK1"].press("Avlys", of="tider er tatt")
    await hub["TK1"].press("Syk")
    await hub["N1"].shows("torsdag 14. januar: ingen samtaler")


async def test_when_somebody_more_is_hit_the_number_is_shown_anew(hub: WholeHub) -> None:
    await open_session(hub)
    await hub["TK1"].press("Avlys", of="tider er tatt")
    page = await hub["TK1"].shows("2 personer har avtale da.")
    await hub["N1"].press("Sett tid", of="FJ-110")
    await hub["N1"].press("14. jan. kl. 09.00", of="FJ-110")
    await hub["N1"].shows("FJ-110", "✅ Samtale")
    await hub["TK1"].shows("3 personer har avtale da.")
    await hub["TK1"].press_raw(page["id"], data_of(page, "Syk")[0])
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["TK1"].shows("3 personer har avtale da.")
    await hub["TK1"].press("Syk")
    await hub["TK1"].shows("3 personer får beskjed og venter videre.")


def moves_of(message: Message) -> list[str]:
    return [*data_of(message, "Avlys"), *data_of(message, "Flytt")]


async def test_late_a_session_that_is_over_can_only_be_read(hub: WholeHub) -> None:
    await open_session(hub)
    page = await hub["TK1"].shows("tider er tatt")
    await hub.to(datetime(2027, 1, 14, 15, 0, tzinfo=OSLO))
    await hub["TK1"].press_raw(page["id"], f"off:{THURSDAY}:ill:000000:-")
    await hub["TK1"].alerted("Denne tiden har vært. Velg en senere.")
    await hub["TK1"].until(lambda each: "tider er tatt" in words_of(each) and not moves_of(each), "the session alone")


async def test_a_moved_session_offers_the_new_times_and_takes_the_old_ones_back(hub: WholeHub) -> None:
    await open_session(hub)
    await hub["TK1"].press("Flytt", of="tider er tatt")
    await hub["TK1"].press("Servicetorget 2", of="I hvilket rom?")
    await hub["TK1"].press("ons. 20. jan", of="Hvilken dag?")
    await hub["TK1"].press("Som før", of="Fra når til når?")
    await hub["TK1"].shows("2 personer har avtale da.", "onsdag 20. januar", "09.00–12.00, 13.00–15.00")
    await hub["TK1"].press("✅ Flytt")
    await hub["TK1"].shows("Økta er flyttet.", "2 personer har fått en ny tid som tilbud.")
    await hub["N1"].shows("Økta din er flyttet: torsdag 14. januar", "Den er nå: onsdag 20. januar")
    await hub["N1"].shows("FJ-103", "Foreslått: onsdag 20. januar kl. 09.30. Tiden er holdt av.")
    rows = await hub.rows("SELECT slip, slot, outcome FROM bookings WHERE outcome = 'offered' ORDER BY slip")
    assert [(row["slip"], row["slot"]) for row in rows] == [
        ("FJ-103", "nav.N1.R2.2701200830"),
        ("FJ-105", "nav.N1.R2.2701200900"),
    ]
    await hub["KB-A3"].say("/start")
    await hub["KB-A3"].press("Svar å fortelle", of="Hva vil du gjøre?")
    await hub["KB-A3"].shows("Du kan få samtale onsdag 20. januar", "Bare denne tiden er holdt av til deg nå.")
    await hub["K-A"].sign_in("A07", "2107")
    await hub["K-A"].press("Mine samtaler (1 ny)")
    await hub["K-A"].press("FJ-103")
    await hub["K-A"].shows("NAV foreslår en annen tid", "Bare denne tiden er holdt av til deg nå.")
    await hub["K-A"].press("Ja, det passer", of="NAV foreslår en annen tid: onsdag 20. januar kl. 09.30.")
    await hub["N1"].shows("FJ-103", "✅ Samtale onsdag 20. januar kl. 09.30, Servicetorget 2.")


async def add(hub: WholeHub, day: str, hours: str, minutes: str = "30 minutter") -> None:
    coordinator = hub["TK1"]
    await coordinator.say("/start")
    await coordinator.press("Timeplan", of="Hva vil du gjøre?")
    await coordinator.press("Ny økt")
    await coordinator.press("NAV", of="Hvilken tjeneste?")
    await coordinator.press("Veileder N1", of="Hvem kommer?")
    await coordinator.press("Servicetorget 2", of="I hvilket rom?")
    await coordinator.shows("Hvilken dag?")
    await coordinator.say(day)
    await coordinator.shows("Fra når til når?")
    await coordinator.say(hours)
    await coordinator.press(minutes, of="Hvor lang er hver samtale?")


async def test_a_session_is_added_in_a_few_taps_and_booked_at_once(hub: WholeHub) -> None:
    await add(hub, "15.1.", "13-15", "45 minutter")
    await hub["TK1"].shows(
        "fredag 15. januar", "13.00–15.00", "Sted: Servicetorget 2.", "Hver samtale har 45 minutter."
    )
    await hub["TK1"].press("Legg til")
    await hub["TK1"].shows("Økta står i timeplanen.")
    await hub["N1"].shows("Du har fått en ny økt: fredag 15. januar, 13.00–15.00, Servicetorget 2.")
    await hub["K-A"].press("Hva finnes her?")
    await hub["K-A"].shows("NAV: fredag 15. januar kl. 13.00–15.00, Servicetorget 2")
    await hub["TK1"].press("Timeplan", of="Økta står")
    await hub["TK1"].shows("13.00–15.00 · NAV · Veileder N1 · Servicetorget 2 · 0 av 2")


async def test_an_added_session_is_still_there_after_a_restart(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await add(hub, "15.1.", "13-15")
        await hub["TK1"].press("Legg til")
        await hub["TK1"].shows("Økta står i timeplanen.")
    async with whole_hub(tmp_path) as hub:
        await open_session(hub, "fre. 15. 13.00 N1")


async def test_a_clash_is_told_and_other_hours_can_be_chosen(hub: WholeHub) -> None:
    await add_until_hours(hub, "14.1.")
    await hub["TK1"].press("09.00–12.00")
    await hub["TK1"].alerted("Rådgiveren eller rommet er opptatt da. Velg en annen tid.")
    await hub["TK1"].press("18.00–20.00", of="Fra når til når?")
    await hub["TK1"].shows("Hvor lang er hver samtale?")


async def add_until_hours(hub: WholeHub, day: str) -> None:
    await hub["TK1"].say("/start")
    await hub["TK1"].press("Timeplan", of="Hva vil du gjøre?")
    await hub["TK1"].press("Ny økt")
    await hub["TK1"].press("NAV", of="Hvilken tjeneste?")
    await hub["TK1"].press("Veileder N1", of="Hvem kommer?")
    await hub["TK1"].press("Servicetorget 2", of="I hvilket rom?")
    await hub["TK1"].shows("Hvilken dag?")
    await hub["TK1"].say(day)


async def test_a_day_that_is_over_closed_or_unreadable_is_told_and_the_page_stays(hub: WholeHub) -> None:
    await add_until_hours(hub, "12.1.")
    await hub["TK1"].shows("Denne tiden har vært. Velg en senere.")
    await hub["TK1"].say("25.3.2027")
    await hub["TK1"].shows("Servicetorget er stengt den dagen. Velg en annen.")
    await hub["TK1"].say("i morgen")
    await hub["TK1"].shows("Det forsto jeg ikke.")
    await hub["TK1"].press("tor. 21. jan", of="Hvilken dag?")
    await hub["TK1"].shows("Fra når til når?")


async def test_a_button_of_an_earlier_page_and_a_second_press_change_nothing(hub: WholeHub) -> None:
    await add(hub, "15.1.", "13-15")
    summary = await hub["TK1"].shows("Legg til")
    data = data_of(summary, "Legg til")[0]
    await hub["TK1"].press_raw(summary["id"], "session_say:2:nav")
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["TK1"].press("Legg til")
    await hub["TK1"].shows("Økta står i timeplanen.")
    await hub["TK1"].press_raw(summary["id"], data)
    await hub["TK1"].shows("Uke 2")
    await hub.settled()
    assert len(await hub.rows("SELECT * FROM sessions")) == 1


async def test_one_page_back_asks_again(hub: WholeHub) -> None:
    await add(hub, "15.1.", "13-15")
    await hub["TK1"].press("Tilbake", of="Legg til")
    await hub["TK1"].press("Tilbake", of="Hvor lang er hver samtale?")
    await hub.settled()
    await hub["TK1"].press("18.00–20.00", of="Fra når til når?")
    await hub["TK1"].press("60 minutter")
    await hub["TK1"].shows("18.00–20.00", "Hver samtale har 60 minutter.", "Legg til")


async def test_what_is_typed_after_leaving_the_task_is_not_taken_for_a_day(hub: WholeHub) -> None:
    await add_until_hours(hub, "15.1.")
    await hub["TK1"].press("Timeplan", of="Fra når til når?")
    await hub["TK1"].shows("Uke 2")
    await hub["TK1"].say("13-15")
    await hub["TK1"].shows("Det forsto jeg ikke.")


async def test_no_day_that_cannot_be_is_looked_up(hub: WholeHub) -> None:
    await open_session(hub)
    page = await hub["TK1"].shows("tider er tatt")
    for day in ("2027-02-31", "9999-12-31", "0001-01-01"):
        await hub["TK1"].press_raw(page["id"], f"week:-:{day}")
        await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")


async def test_a_word_that_is_no_button_of_the_page_is_refused(hub: WholeHub) -> None:
    await hub["TK1"].say("/start")
    await hub["TK1"].press("Timeplan", of="Hva vil du gjøre?")
    await hub["TK1"].press("Ny økt")
    page = await hub["TK1"].shows("Hvilken tjeneste?")
    step = data_of(page, "NAV")[0].split(":")[1]
    for word in ("helse", "N1", "2027-01-14", "same"):
        await hub["TK1"].press_raw(page["id"], f"session_say:{step}:{word}")
        await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["TK1"].shows("Hvilken tjeneste?")


async def test_every_page_has_short_buttons_small_data_and_a_way_back(hub: WholeHub) -> None:
    pages: list[Message] = []
    for label, words in (
        ("Timeplan", "Uke 2"),
        ("tor. 14. 09.00 N1", "tider er tatt"),
        ("Avlys", "Hvorfor skal økta avlyses?"),
        ("Nei, behold den", "tider er tatt"),
        ("Flytt", "I hvilket rom?"),
        ("Servicetorget 2", "Hvilken dag?"),
        ("Som før", "Fra når til når?"),
        ("18.00–20.00", "✅ Flytt"),
        ("✅ Flytt", "Økta er flyttet."),
    ):
        if not pages:
            await hub["TK1"].say("/start")
        await hub["TK1"].press(label)
        pages.append(await hub["TK1"].shows(words))
    buttons = [button for page in pages for row in page["buttons"] for button in row]
    assert [each["text"] for each in buttons if len(each["text"].replace("\ufe0f", "")) > BUTTON_LENGTH] == []
    assert [each["data"] for each in buttons if len(each["data"].encode()) > 64] == []
    assert [page["text"] for page in pages if not data_of(page, "Startside")] == []


def test_the_longest_button_of_a_cancel_fits_into_what_a_network_carries() -> None:
    slot = f"{'s' * 9}.{'p' * 6}.{'r' * 5}.2701140800"
    longest = max(len(f"off:{slot}:{reason}:{seen(())}:NVE") for reason in WHY_CANCELLED)
    assert longest <= 64
