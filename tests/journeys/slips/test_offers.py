"""Times that are proposed, answered, moved, cancelled and taken back, by either side, at the screen and by phone."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest_asyncio

from tests.hub.whole_hub import WholeHub, whole_hub

OSLO = ZoneInfo("Europe/Oslo")
STANDING = "SELECT slip, outcome, starts FROM bookings WHERE outcome IN ('live', 'offered') AND slip = 'FJ-116'"
STATE = "SELECT state, offered_by, news FROM slips WHERE code = 'FJ-116'"


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        yield running


async def sent_with_a_wish(hub: WholeHub) -> None:
    """A01 sends a slip to NAV and wishes for the second of the nearest times."""
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("NAV", of="Hvem vil du snakke med?")
    await kiosk.press("Hopp over")
    await kiosk.press("Velg tid")
    await kiosk.press("14. jan. kl. 10.30")
    await kiosk.press("Send", of="Skal vi sende denne lappen?")
    await kiosk.shows("Lappen er sendt", "FJ-116")


async def offered(hub: WholeHub) -> None:
    """N1 proposes another time than the wish."""
    await sent_with_a_wish(hub)
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].shows("Den innsatte blir spurt først")
    await hub["N1"].press("14. jan. kl. 11.00", of="FJ-116")
    await hub["N1"].shows("Foreslått: torsdag 14. januar kl. 11.00. Tiden er holdt av.")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press("FJ-116")
    await hub["K-A"].shows("NAV foreslår en annen tid: torsdag 14. januar kl. 11.00.")


async def test_the_wish_itself_is_booked_straight_away(hub: WholeHub) -> None:
    await sent_with_a_wish(hub)
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("14. jan. kl. 10.30", of="FJ-116")
    await hub["N1"].shows("✅ Samtale torsdag 14. januar kl. 10.30")
    assert await hub.rows(STATE) == [{"state": "booked", "offered_by": None, "news": 1}]


async def test_another_time_is_held_and_booked_when_the_inmate_says_yes(hub: WholeHub) -> None:
    await offered(hub)
    assert [row["outcome"] for row in await hub.rows(STANDING)] == ["offered"]
    await hub["K-A"].press("Ja, det passer")
    await hub["K-A"].shows("Du har samtale torsdag 14. januar kl. 11.00")
    await hub["N1"].shows("✅ Samtale torsdag 14. januar kl. 11.00")
    assert [row["outcome"] for row in await hub.rows(STANDING)] == ["live"]


async def test_no_thank_you_keeps_the_promise_and_frees_the_time(hub: WholeHub) -> None:
    await offered(hub)
    promise = await hub.rows("SELECT answer_by FROM slips WHERE code = 'FJ-116'")
    await hub["K-A"].press("Nei takk")
    await hub["K-A"].shows("Du sa nei til tiden. Det er helt greit.", "skal svare senest")
    await hub["N1"].shows("Den innsatte sa nei til tiden.", "Sett tid")
    assert await hub.rows(STANDING) == []
    assert await hub.rows("SELECT * FROM claims WHERE holder = 'FJ-116'") == []
    assert await hub.rows("SELECT answer_by FROM slips WHERE code = 'FJ-116'") == promise
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].shows("Den innsatte har sagt nei til tor. 14. jan. kl. 11.00.", "14. jan. kl. 10.30")


async def test_an_offer_that_nobody_answers_ends_two_hours_before_its_time_at_the_latest(hub: WholeHub) -> None:
    await offered(hub)
    await hub["K-A"].press("Ferdig")
    await hub.to(datetime(2027, 1, 14, 8, 59, tzinfo=OSLO))
    assert [row["outcome"] for row in await hub.rows(STANDING)] == ["offered"]
    await hub.to(datetime(2027, 1, 14, 9, 0, tzinfo=OSLO))
    await hub["N1"].shows("Den foreslåtte tiden er ledig igjen.", "Sett tid")
    assert await hub.rows(STATE) == [{"state": "waiting", "offered_by": None, "news": 1}]
    assert await hub.rows(STANDING) == []
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press("FJ-116")
    await hub["K-A"].shows("Tiden som ble foreslått, holdes ikke av lenger. Det er ikke din feil.")


async def test_the_inmate_proposes_another_time_and_the_adviser_says_yes(hub: WholeHub) -> None:
    await offered(hub)
    await hub["K-A"].press("Annen tid")
    await hub["K-A"].press("14. jan. kl. 09.00")
    await hub["K-A"].shows("Du har foreslått torsdag 14. januar kl. 09.00. Tiden er holdt av.")
    await hub["N1"].shows("Den innsatte foreslår torsdag 14. januar kl. 09.00.")
    await hub["N1"].press("Ja, det passer", of="FJ-116")
    await hub["N1"].shows("✅ Samtale torsdag 14. januar kl. 09.00")
    await hub["K-A"].shows("Du har samtale torsdag 14. januar kl. 09.00")
    assert [row["outcome"] for row in await hub.rows(STANDING)] == ["live"]


async def test_nobody_answers_their_own_proposal(hub: WholeHub) -> None:
    await offered(hub)
    card = await hub["N1"].shows("Foreslått: torsdag")
    await hub.settled()
    await hub["N1"].press_raw(card["id"], "accept:FJ-116:3")
    await hub["N1"].alerted()
    assert await hub.rows(STATE) == [{"state": "offered", "offered_by": "adviser", "news": 0}]


async def booked(hub: WholeHub) -> None:
    await offered(hub)
    await hub["K-A"].press("Ja, det passer")
    await hub["N1"].shows("✅ Samtale torsdag 14. januar kl. 11.00")


async def test_i_cannot_come_gives_the_time_back_and_keeps_the_place_in_line(hub: WholeHub) -> None:
    await booked(hub)
    await hub["K-A"].press("Jeg kan ikke komme")
    await hub["K-A"].press("Vent på ny tid")
    await hub["K-A"].press("Jeg vil ikke si det")
    await hub["K-A"].shows("Du kunne ikke komme. Det er helt greit.", "Du beholder plassen din i køen.")
    await hub["N1"].shows("Den innsatte kan ikke komme da, og ønsker en ny tid.", "Sett tid")
    assert await hub.rows(STANDING) == []


async def test_a_cancelled_talk_is_not_the_inmates_fault_and_has_a_new_date(hub: WholeHub) -> None:
    await booked(hub)
    await hub["N1"].press("Avlys", of="FJ-116")
    await hub["N1"].press("Rådgiveren kunne ikke", of="FJ-116")
    await hub["K-A"].shows("Samtalen er avlyst. Det er ikke din feil.", "fredag 15. januar", "beholder plassen")
    await hub["N1"].shows("Tiden er avlyst. Den innsatte beholder plassen i køen.")
    due = await hub.rows("SELECT kind FROM reminders WHERE about = 'FJ-116' AND done IS NULL ORDER BY kind")
    assert [row["kind"] for row in due] == ["broken", "half"]


async def test_a_booked_talk_is_moved_by_proposing_another_time(hub: WholeHub) -> None:
    await booked(hub)
    await hub["N1"].press("Annen tid", of="FJ-116")
    await hub["N1"].press("14. jan. kl. 09.00", of="FJ-116")
    await hub["K-A"].shows("NAV foreslår en annen tid: torsdag 14. januar kl. 09.00.")
    assert [row["outcome"] for row in await hub.rows(STANDING)] == ["offered"]


async def test_more_time_is_given_once_with_a_date(hub: WholeHub) -> None:
    await sent_with_a_wish(hub)
    await hub["N1"].press("Trenger mer tid", of="FJ-116")
    await hub["N1"].press("27. jan.", of="FJ-116")
    await hub["N1"].shows("Svar senest onsdag 27. januar", "Den innsatte har fått vite at du trenger mer tid.")
    card = await hub["N1"].shows("FJ-116")
    assert "Trenger mer tid" not in str(card["buttons"])
    revision = (await hub.rows("SELECT revision FROM slips WHERE code = 'FJ-116'"))[0]["revision"]
    await hub["N1"].press_raw(card["id"], f"extend:FJ-116:10:{revision}")
    await hub["N1"].alerted("Du har fått mer tid én gang. Du kan sette tid eller svare.")


async def test_an_answer_without_a_meeting_is_read_and_may_be_enough_or_not(hub: WholeHub) -> None:
    await sent_with_a_wish(hub)
    await hub["N1"].press("Svar uten møte", of="FJ-116")
    await hub["N1"].shows("Hvilket svar skal den innsatte få?", "2. Vi har sendt deg et brev.")
    await hub["N1"].press("2", of="Hvilket svar skal")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press("FJ-116")
    await hub["K-A"].shows("NAV har svart:", "«Vi har sendt deg et brev. En betjent gir deg det.»")
    await hub["K-A"].press("Jeg vil snakke likevel")
    await hub["N1"].shows("FJ-116", "Den innsatte vil fortsatt gjerne ha en samtale.", "Sett tid")
    assert await hub.rows(STATE) == [{"state": "waiting", "offered_by": None, "news": 0}]


async def test_an_adviser_takes_the_last_step_back_until_the_inmate_has_read_it(hub: WholeHub) -> None:
    await sent_with_a_wish(hub)
    await hub["K-A"].press("Ferdig")
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("14. jan. kl. 10.30", of="FJ-116")
    await hub["N1"].press("Angre", of="FJ-116")
    await hub["N1"].shows("FJ-116", "Sett tid", "Ønsker")
    assert await hub.rows(STANDING) == []
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub["N1"].press("14. jan. kl. 10.30", of="FJ-116")
    card = await hub["N1"].shows("FJ-116", "✅ Samtale torsdag")
    undo = next(button["data"] for row in card["buttons"] for button in row if "Angre" in button["text"])
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press("FJ-116")
    await hub["K-A"].shows("Du har samtale")
    await hub["N1"].press_raw(card["id"], undo)
    await hub["N1"].alerted("Dette kan ikke angres lenger. Nå ser du det nyeste.")
    assert [row["outcome"] for row in await hub.rows(STANDING)] == ["live"]


async def test_that_a_talk_was_held_can_be_taken_back_and_counts_once(hub: WholeHub) -> None:
    await booked(hub)
    await hub.to(datetime(2027, 1, 14, 11, 30, tzinfo=OSLO))
    await hub["N1"].press("Holdt", of="FJ-116")
    await hub["N1"].shows("Samtalen ble holdt")
    await hub["N1"].press("Angre", of="FJ-116")
    await hub["N1"].press("Holdt", of="FJ-116")
    await hub["N1"].shows("Samtalen ble holdt")
    held = await hub.rows("SELECT outcome FROM bookings WHERE slip = 'FJ-116' AND outcome = 'held'")
    assert len(held) == 1


async def test_a_withdrawn_slip_comes_back_with_its_time_if_that_is_still_free(hub: WholeHub) -> None:
    await booked(hub)
    await hub["K-A"].press("Trekk lappen tilbake")
    await hub["K-A"].press("Ja, trekk tilbake")
    await hub["K-A"].shows("Lappen er trukket tilbake")
    await hub["K-A"].press("Angre")
    await hub["K-A"].shows("Du har samtale torsdag 14. januar kl. 11.00")
    await hub["N1"].shows("✅ Samtale torsdag 14. januar kl. 11.00")
    owners = await hub.rows("SELECT adviser FROM ownerships WHERE slip = 'FJ-116' AND until IS NULL")
    assert owners == [{"adviser": "N1"}]


async def test_a_sent_on_slip_is_taken_back_by_who_sent_it_on(hub: WholeHub) -> None:
    await sent_with_a_wish(hub)
    await hub["N1"].press("Hører til andre", of="FJ-116")
    await hub["N1"].press("Bolig", of="FJ-116")
    await hub["H1"].shows("FJ-116")
    await hub["N1"].press("Angre", of="FJ-116")
    await hub["N1"].shows("Ny samtalelapp FJ-116")
    await hub["H1"].shows("FJ-116", "Du trenger ikke gjøre noe")


async def test_the_coordinator_answers_for_an_adviser_on_the_phone_and_it_is_marked(hub: WholeHub) -> None:
    await sent_with_a_wish(hub)
    coordinator = hub["TK1"]
    await coordinator.say("/start")
    await coordinator.press("☀️ I dag", of="Hei, Koordinator TK1!")
    await coordinator.press("📥 Det som venter", of="6 lapper venter på svar:")
    await coordinator.press("FJ-116 · A", of="FJ-116 · avdeling A · NAV · ons. 20. jan.")
    card = await coordinator.shows("Samtalelapp FJ-116, avdeling A.")
    assert "Furu" not in card["text"]
    await coordinator.press("Sett tid", of="FJ-116")
    await coordinator.press("Veileder N2", of="Hvem er på telefonen?")
    await coordinator.press("14. jan. kl. 10.30", of="FJ-116")
    await coordinator.shows("✅ Samtale torsdag 14. januar kl. 10.30", "Skrevet inn av koordinatoren, på telefon.")
    await hub["N2"].shows("✅ Samtale torsdag 14. januar kl. 10.30", "på telefon")
    assert ("TK1", "book", "FJ-116", "phone") in await hub.audit("FJ-116")


async def test_an_offer_too_close_to_its_time_is_not_made(hub: WholeHub) -> None:
    await sent_with_a_wish(hub)
    await hub.to(datetime(2027, 1, 14, 8, 30, tzinfo=OSLO))
    await hub["N1"].press("Sett tid", of="FJ-116")
    page = await hub["N1"].shows("Den innsatte blir spurt først")
    assert "09.00" not in str(page["buttons"])
    revision = (await hub.rows("SELECT revision FROM slips WHERE code = 'FJ-116'"))[0]["revision"]
    before = await hub.domain()
    starts = datetime(2027, 1, 14, 9, 0, tzinfo=OSLO).astimezone(ZoneInfo("UTC"))
    await hub["N1"].press_raw(page["id"], f"set:FJ-116:nav.N1.R1.{starts:%y%m%d%H%M}:{revision}")
    await hub["N1"].alerted("Denne tiden begynner for snart til å foreslås. Velg en senere.")
    assert await hub.domain() == before
    assert timedelta(hours=2) > starts - datetime(2027, 1, 14, 8, 30, tzinfo=OSLO)
