"""Weeks of the contact officers, the social adviser and the duty leader: movements, answers, slips on behalf, paper."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.theme_nights.theme_nights import Why
from bot.store import closings
from bot.usecases.theme_nights import sign_ups, theme_nights
from tests.hub.afternoon import as_staff
from tests.hub.theme_nights import a_theme_night, numbers
from tests.hub.twins import Hub, hubs_of
from tests.weeks.stage import at, at_own_slip, many_like, opens, told

ONE_WAY_TO_PROPOSE = ("Jeg kan ikke komme", "Annen tid", "14. jan")


def with_a_silent_service(text: str) -> str:
    """Let the debt adviser's service be one of which others only learn that there is a talk."""
    assert "    icon: 💰\n" in text
    return text.replace("    icon: 💰\n", "    icon: 💰\n    silent: true\n")


async def officers_days(hub: Hub) -> None:
    """Bring about every kind of message for those who care for inmates, and for the duty leader."""
    await hub.settled()
    await nobody_to_care_for(hub)
    await help_with_a_code(hub)
    await slips_on_behalf(hub)
    await papers(hub)
    await lists_of_the_social_adviser(hub)
    await news_to_tell(hub)
    await walks(hub)
    await theme_nights_with_a_line(hub)
    await the_door_of_a_theme_night(hub)
    await a_theme_night_that_is_drawn_and_cancelled(hub)
    await promises_that_break(hub)
    await a_talk_of_which_nobody_tells(hub)


async def nobody_to_care_for(hub: Hub) -> None:
    await told(hub, "UPDATE inmates SET officer = 'KB-C1' WHERE officer = 'KB-C2'")
    await opens(hub, "KB-C2", "Skriv for noen", "Startside", "Hjelp med kode", "Startside")
    await opens(hub, "KB-C2", "Svar å fortelle", "Startside", "Forflytninger")
    await hub["KB-C2"].say("/meny")
    await hub["KB-C2"].say("/sendt")


async def help_with_a_code(hub: Hub) -> None:
    await told(
        hub,
        "INSERT INTO pin_codes (inmate, stamp, expires, wrong, made_by, letter)"
        " VALUES ('A03', 'a letter', '2027-01-27T09:00:00.000000+00:00', 0, 'TK1', 1)",
    )
    await opens(hub, "KB-A1", "Hjelp med kode", "A03 Bjørk", "Tilbake", "A03 Bjørk", "Ja, gi en kode")
    await hub["KB-A1"].press("Ta bort", of="Kode til A03")
    await opens(hub, "SK1", "Hjelp med kode", "Flere")
    for each in hubs_of(hub):
        async with each.running.database.transaction() as tx:
            for _ in range(16):
                await closings.add_try(tx, "K-A", each.running.clock.now())
    for _ in range(3):
        await hub["K-A"].sign_in("A17", "9999")
        await hub["K-A"].press("Tilbake")
    await hub["K-A"].sign_in("A17", "9999")
    await hub["K-A"].shows("tar ikke imot koder")
    await opens(hub, "KB-A1", "Forflytninger")
    await hub["KB-A1"].press("Åpne skjerm K-A", of="den siste timen")
    await hub["K-A"].shows("Avdeling A")


async def slips_on_behalf(hub: Hub) -> None:
    officer = hub["KB-A1"]
    await opens(hub, "KB-A1", "Skriv for noen", "A01 Furu", "Nei", "Startside")
    await opens(
        hub, "KB-A1", "Skriv for noen", "A01 Furu", "Ja, det er greit", "NAV", "Tilbake", "NAV", "Klage på vedtak"
    )
    await officer.press("Sendt av meg")
    await opens(hub, "KB-A1", "Skriv for noen", "A02 Gran", "Ja, det er greit", "Jeg vet ikke", "Send")
    await opens(hub, "SK1", "Skriv for noen", "Flere", "B01 Lyng", "Ja, det er greit", "NAV", "Send uten tema")
    for number, service in (("A03 Bjørk", "Bolig"), ("A10 Alm", "NAV"), ("A13 Einer", "NAV")):
        await opens(hub, "KB-A1", "Skriv for noen", number, "Ja, det er greit", service, "Send uten tema")
    await told(hub, "UPDATE slips SET written_by = 'TK1' WHERE code = 'FJ-117'")
    await hub["SK1"].press("Sett tid", of="FJ-117")
    await hub["N1"].press("Svar uten møte", of="FJ-116")
    await hub["N1"].press("2", of="Hvilket svar")
    await hub["N1"].press("Sett tid", of="FJ-120")
    await hub["N1"].press("14. jan", of="FJ-120")
    await hub["N1"].press("Annen tid", of="FJ-120")
    await hub["N1"].press("14. jan", of="FJ-120")
    await hub["N1"].press("Sett tid", of="FJ-121")
    await hub["N1"].press("14. jan. kl. 09.00", of="FJ-121")
    await officer.say("/sendt")


async def papers(hub: Hub) -> None:
    await opens(hub, "KB-A1", "Papirlapper")
    for line in ("hva?", "P1", "4.1. 9.00"):
        await hub["KB-A1"].say(line)
    for label in (
        "Tilbake",
        "Tidligere i dag",
        "A16 Pil",
        "NAV",
        "Tilbake",
        "NAV",
        "Send uten tema",
        "Uten nummer",
        "I går",
    ):
        await hub["KB-A1"].press(label)
        await hub.settled()
    await opens(hub, "SK1", "Papirlapper", "Uten nummer", "Nå", "Flere")
    await opens(hub, "KB-A1", "Papirlapper")
    await hub["KB-A1"].say("P3")
    await hub["KB-A1"].say("4.1. 9.00")
    for label in ("A16 Pil", "Økonomi og gjeld", "Send uten tema"):
        await hub["KB-A1"].press(label)
        await hub.settled()
    await opens(hub, "TK1", "Papirlapper", "Uten nummer", "Nå", "A01 Furu", "Bolig", "Send")


async def lists_of_the_social_adviser(hub: Hub) -> None:
    sk1 = hub["SK1"]
    await opens(hub, "SK1", "På cella", "Startside")
    await sk1.press("Sett tid", of="FJ-115")
    await sk1.press("15. jan", of="FJ-115")
    await opens(hub, "SK1", "På cella", "Startside")
    await many_like(hub, "FJ-117", 32)
    await opens(hub, "SK1", "Å fordele", "➡️ 2", "⬅️ 1")
    await sk1.press("FJ-117 hører til")
    await sk1.press("NAV", of="Hvor hører FJ-117")
    await hub.settled()
    await told(hub, "UPDATE ownerships SET until = since WHERE slip LIKE 'FJ-117__'")
    await told(hub, "UPDATE slips SET state = 'closed' WHERE code LIKE 'FJ-117__'")
    await opens(hub, "SK1", "Å fordele")


async def reads(hub: Hub, who: str = "SK1") -> None:
    await hub[who].say("/svar")
    await hub.settled()


async def news_to_tell(hub: Hub) -> None:
    """Bring about each kind of news, and hand some of it over."""
    n1, n2, h1, g1 = (hub[name] for name in ("N1", "N2", "H1", "G1"))
    await reads(hub)
    await hub["SK1"].press("FJ-103 Fortalt")
    await n1.press("Trenger mer tid", of="FJ-110")
    await n1.press("27. jan.", of="FJ-110")
    await h1.press("Hører til andre", of="FJ-102")
    await h1.press("Økonomi og gjeld", of="FJ-102")
    await h1.press("Hører til andre", of="FJ-111")
    await h1.press("NAV", of="FJ-111")
    await reads(hub, "KB-A3")
    await reads(hub, "KB-A2")
    await g1.press("Svar uten møte", of="FJ-107")
    await g1.press("2", of="Hvilket svar")
    await reads(hub, "KB-B1")
    await n2.press("Annen tid", of="FJ-106")
    await n2.press("14. jan", of="FJ-106")
    await hub["KB-A2"].press("Vis svarene", of="FJ-106")
    await hub["KB-A2"].press("FJ-106 Nei takk")
    await n2.press("Sett tid", of="FJ-106")
    await n2.press("14. jan", of="FJ-106")
    await n1.press("Avlys", of="FJ-105")
    await n1.press("Syk", of="FJ-105")
    await reads(hub, "KB-A2")
    await at_own_slip(hub, "B13", "FJ-108", *ONE_WAY_TO_PROPOSE)
    await n1.press("Kan ikke da", of="FJ-108")
    await reads(hub, "KB-B1")
    await hub["KB-B1"].press("FJ-107 Ny samtale")
    await reads(hub, "KB-A1")
    await many_like(hub, "FJ-103", 9)
    await reads(hub)
    await told(hub, "DELETE FROM bookings WHERE slip LIKE 'FJ-103__'")
    await told(hub, "DELETE FROM ownerships WHERE slip LIKE 'FJ-103__'")
    await told(hub, "DELETE FROM slips WHERE code LIKE 'FJ-103__'")


async def walks(hub: Hub) -> None:
    """The day of the talks: pages of it before, on and after it; who is at the door, and who can walk along."""
    await opens(hub, "KB-A3", "Forflytninger", "Neste dag", "Dagen før", "Neste dag")
    await opens(hub, "VL", "Forflytninger", "Neste dag")
    page = (await hub["KB-A3"].shows("onsdag 13. januar"))["id"]
    await hub.to(at(14, 0, 10))
    await hub["KB-A3"].press_raw(page, "walks:2027-01-30")
    await hub["KB-A3"].shows("onsdag 13. januar", "☀️ I dag")
    await hub.to(at(14, 8))
    for label in ("Ikke nå", "Hentet", "Angre", "Ikke funnet", "Hentet", "Angre", "Innelåst", "Angre"):
        await hub["KB-A3"].press(f"FJ-103 {label}", of="torsdag 14. januar")
        await hub.settled()
    for _ in range(4):
        await hub["VL"].press("➖ fra kl. 09.00", of="torsdag 14. januar")
        await hub.settled()
    await hub["VL"].press("➕ fra kl. 10.00", of="torsdag 14. januar")
    await hub.to(at(14, 11))
    await hub["N1"].press("Ble ikke noe av", of="FJ-103")
    await hub["N1"].press("Det var ikke følge", of="FJ-103")
    await hub.settled()
    await told(hub, "UPDATE slips SET written_by = 'KB-A3' WHERE code = 'FJ-103'")
    await reads(hub, "KB-A3")
    await hub["KB-A3"].say("/sendt")


async def raw(hub: Hub, who: str, data: str) -> None:
    """Press what another page has a button for."""
    await hub[who].say("/start")
    start = await hub[who].shows("Hva vil du gjøre?")
    await hub.settled()
    await hub[who].press_raw(start["id"], data)
    await hub.settled()


async def publish(hub: Hub, starts: datetime, **changes: Any) -> None:
    for each in hubs_of(hub):
        await each.settled()
        await a_theme_night(each, starts=starts, ends=starts + timedelta(minutes=90), closes=starts, **changes)


async def busy(hub: Hub, number: str) -> None:
    """Let somebody be elsewhere while the first theme night is."""
    await told(
        hub,
        f"INSERT INTO claims (resource, cell, holder) SELECT 'person:{number}', cell, 'FJ-900' FROM claims"
        " WHERE holder = 'night:1'",
    )


async def theme_nights_with_a_line(hub: Hub) -> None:
    """Three seats, one of them for A: signed up on behalf and from paper, taken off, offered, declined."""
    await publish(hub, at(14, 18), seats=3, caps={"A": 1})
    await opens(hub, "KB-C1", "Temakvelder", "Startside")
    a1 = ("Temakvelder", "tor. 14. jan. kl. 18.00", "Meld på noen", "A10 Alm")
    await opens(hub, "KB-A1", *a1, "Nei")
    await opens(hub, "KB-A1", *a1, "Ja, det er greit", "En til")
    await raw(hub, "TK1", "night_list:1")
    await hub["TK1"].press("Papirliste")
    await hub["TK1"].say("A01 B01 B02 B03 B05 C01 Z99 A01, hva")
    await hub["TK1"].say("A01 " + " ".join(f"Q{number:02}" for number in range(70)))
    await busy(hub, "B05")
    await busy(hub, "B13")
    await takes_off(hub, "B02 Mose")
    await hub["KB-B1"].press("Vis svarene", of="temakveld torsdag 14. januar")
    await hub["KB-B1"].press("B03 Nei")
    await raw(hub, "TK1", "night_list:1")
    await hub["TK1"].press("Papirliste", of="plasser er tatt")
    await hub["TK1"].say("B09 B10 B11 B12 B13")
    await raw(hub, "KB-B3", "night_list:1")
    await hub["KB-B3"].press("Meld på noen")
    await opens(hub, "KB-B1", "Forflytninger")


async def takes_off(hub: Hub, who: str) -> None:
    await raw(hub, "TK1", "night_list:1")
    for label, of in (("Ta av lista", "plasser er tatt"), (who, "Hvem kan ikke komme?"), ("Ja, ta av lista", who[:3])):
        await hub["TK1"].press(label, of=of)
        await hub.settled()


async def the_door_of_a_theme_night(hub: Hub) -> None:
    await hub.to(at(14, 17, 10))
    await takes_off(hub, "B01 Lyng")
    await raw(hub, "KB-B3", "door:1")
    await hub["KB-B3"].press("B09 Dal", of="Trykk på den som kommer")
    await hub["KB-B3"].press("B09 Dal", of="Trykk på den som kommer")
    await hub["KB-B3"].press("Deltakerliste", of="Trykk på den som kommer")
    await raw(hub, "KB-B3", "walk_in:1:N:0")
    await raw(hub, "KB-B3", "walk_in:1")
    await hub["KB-B3"].press("Avdeling B", of="Hvor kommer personen fra?")
    await hub["KB-B3"].press("B04 Sund", of="Hvem kommer inn?")
    await raw(hub, "KB-B3", "walk_in:1")
    await hub.to(at(14, 20))
    await raw(hub, "KB-B3", "night_list:1")


async def a_theme_night_that_is_drawn_and_cancelled(hub: Hub) -> None:
    await publish(hub, at(15, 18), seats=1, lottery=True)
    await raw(hub, "TK1", "join_paper:2")
    everybody = [*numbers("A", 18), *numbers("B", 14)]
    await hub["TK1"].say(" ".join(everybody))
    await raw(hub, "TK1", "night_list:2")
    for each in hubs_of(hub):
        async with each.running.turns.begin() as turn:
            await sign_ups.close_list(turn, 2)
    await raw(hub, "TK1", "night_list:2")
    for each in hubs_of(hub):
        async with as_staff(each, "TK1") as turn:
            night = await theme_nights.one(turn, 2)
            await theme_nights.cancel(turn, 2, night.revision, Why.HOST)
    await raw(hub, "TK1", "night_list:2")
    await raw(hub, "KB-B3", "door:2")
    await reads(hub, "KB-B2")
    await hub["KB-B2"].press("B06 Fortalt")
    await hub.settled()


async def promises_that_break(hub: Hub) -> None:
    await hub.to(at(15, 8))
    await hub.to(at(18, 8))
    await hub.to(at(20, 16))
    for officer in ("KB-A1", "KB-A2", "KB-A3"):
        await reads(hub, officer)


async def a_talk_of_which_nobody_tells(hub: Hub) -> None:
    """Let the fifth working day after the talks pass: who cares for an inmate says that somebody finds out."""
    await hub.to(at(21, 16))
    for officer in ("KB-A1", "KB-A2", "KB-A3"):
        await reads(hub, officer)
