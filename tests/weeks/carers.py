"""Weeks of the contact officers, the social adviser and the duty leader: movements, answers, slips on behalf, paper."""

from bot.domain.audit import Entry
from bot.store import audit
from tests.twins import Hub, hubs_of
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
    await promises_that_break(hub)


async def nobody_to_care_for(hub: Hub) -> None:
    await told(hub, "UPDATE inmates SET officer = 'KB-C1' WHERE officer = 'KB-C2'")
    await opens(hub, "KB-C2", "Skriv for noen", "Startside", "Hjelp med kode", "Startside")
    await opens(hub, "KB-C2", "Svar å fortelle", "Startside", "Forflytninger")
    await hub["KB-C2"].say("/meny")
    await hub["KB-C2"].say("/sendt")


async def help_with_a_code(hub: Hub) -> None:
    await opens(hub, "KB-A1", "Hjelp med kode", "A03 Bjørk", "Tilbake", "A03 Bjørk", "Ja, gi en kode")
    await hub["KB-A1"].press("Ta bort", of="Kode til A03")
    await opens(hub, "SK1", "Hjelp med kode", "Flere")
    for each in hubs_of(hub):
        async with each.running.database.transaction() as tx:
            for _ in range(19):
                await audit.add(tx, Entry(each.running.clock.now(), "K-A", "sign_in", "A17", "wrong_pin"))
    for _ in range(3):
        await hub["K-A"].sign_in("A17", "9999")
        await hub["K-A"].press("Tilbake")
    await hub["KB-A1"].shows("mange feil koder")


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
    await opens(hub, "SK1", "På cella", "Oppdater")
    await many_like(hub, "FJ-117", 12)
    await opens(hub, "SK1", "Å fordele", "Neste", "Forrige")
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
    await hub.to(at(14, 8))
    await hub["KB-A3"].press_raw(page, "walks:2027-01-30")
    await hub.settled()
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


async def promises_that_break(hub: Hub) -> None:
    await hub.to(at(15, 8))
    await hub.to(at(18, 8))
    await hub.to(at(20, 16))
    for officer in ("KB-A1", "KB-A2", "KB-A3"):
        await reads(hub, officer)
