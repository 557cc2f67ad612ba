"""Four weeks of the advisers: every card, question, reminder and list, by chat and by telephone."""

from datetime import timedelta

from bot.store import chats
from tests.hub.twins import Hub, hubs_of, writes_newest_code
from tests.hub.whole_hub import data_of
from tests.weeks.stage import at, at_own_slip, blocks, opens, sends, wishes

LAST_CHAT = 299


async def four_weeks(hub: Hub) -> None:
    """Bring about every kind of message that the hub has for its advisers."""
    await four_weeks_of_talks(hub)
    await whom_nothing_reaches(hub)


async def four_weeks_of_talks(hub: Hub) -> None:
    """Bring about all that is said of slips and talks, while everybody can be reached."""
    await hub.settled()
    await what_is_typed(hub)
    await more_time_and_an_answer(hub)
    await a_talk_that_did_not_happen(hub)
    await a_slip_at_the_wrong_service(hub)
    await a_day_that_becomes_free(hub)
    await after_the_last_day_of_the_timetable(hub)


async def what_is_typed(hub: Hub) -> None:
    n1 = hub["N1"]
    await hub["VL"].say("/hjelp")
    for words in ("/start", "/hjelp", "/kode", "/idag", "/lapper", "hva nå?", "/start feil-kode"):
        await n1.say(words)
        await hub.settled()
    await n1.shows("Den virker én gang")
    for _ in range(2):
        await writes_newest_code(hub, "N1")
    await n1.shows("Denne koden er brukt allerede.")


async def more_time_and_an_answer(hub: Hub) -> None:
    h1, g1 = hub["H1"], hub["G1"]
    await h1.press("Trenger mer tid", of="FJ-102")
    await h1.press("27. jan.", of="FJ-102")
    assert await sends(hub, "A04", "Bolig") == "FJ-116"
    await asks_in_vain_for_more_time(hub, "FJ-116")
    await h1.shows("FJ-116", "Fristen ligger lenger fram allerede.")
    await h1.press("Tilbake", of="FJ-116")
    await g1.press("Svar uten møte", of="FJ-107")
    await g1.press("2", of="Hvilket svar")
    await g1.shows("FJ-107", "Besvart uten møte.")
    await at_own_slip(hub, "B02", "FJ-107", "Jeg vil snakke likevel")
    await g1.shows("FJ-107", "Den innsatte vil fortsatt gjerne ha en samtale.")


async def asks_in_vain_for_more_time(hub: Hub, code: str) -> None:
    """Press what no button says any more, where the promise lies as far ahead as it can."""
    card = await hub["H1"].shows(code, "Hører til andre")
    [elsewhere] = data_of(card, "Hører til andre")
    await hub["H1"].press_raw(card["id"], elsewhere.replace("where", "later"))


async def times_that_change(hub: Hub) -> None:
    """Both sides propose, say yes and no, cancel, think again, and let a time go."""
    n1, n2 = hub["N1"], hub["N2"]
    await n1.press("Annen tid", of="FJ-103")
    await n1.press("14. jan. kl. 11.00", of="FJ-103")
    await n1.press("Angre", of="FJ-103")
    await n1.press("Annen tid", of="FJ-103")
    await n1.press("14. jan. kl. 11.00", of="FJ-103")
    await at_own_slip(hub, "A07", "FJ-103", "Nei takk")
    await n1.shows("FJ-103", "Den innsatte sa nei til tiden.")
    await n2.press("Avlys", of="FJ-106")
    await n2.press("rom", of="FJ-106")
    await n2.shows("FJ-106", "Tiden er avlyst.")
    await at_own_slip(hub, "A05", "FJ-105", "Jeg kan ikke komme", "Vent på ny tid", "Jeg er syk")
    await n1.shows("FJ-105", "Den innsatte kan ikke komme da")
    await at_own_slip(hub, "B13", "FJ-108", "Jeg kan ikke komme", "Annen tid", "14. jan")
    await n1.press("Kan ikke da", of="FJ-108")
    await n1.shows("FJ-108", "Den innsatte har fått vite at tiden ikke passer.")
    await n1.press("Sett tid", of="FJ-108")
    await n1.press("14. jan. kl. 10.00", of="FJ-108")
    await at_own_slip(hub, "B13", "FJ-108", "Jeg kan ikke komme", "Annen tid", "14. jan")
    await n1.press("Ja, det passer", of="FJ-108")
    await n1.press("Annen tid", of="FJ-108")
    await n1.press("14. jan", of="FJ-108")


async def by_phone(hub: Hub) -> None:
    """The coordinator enters what an adviser says on the telephone."""
    await opens(hub, "TK1", "I dag")
    for each in hubs_of(hub):
        page = (await each["TK1"].messages())[-1]["id"]
        await each["TK1"].press_raw(page, "phone:FJ-110")
    await hub["TK1"].press("Sett tid", of="FJ-110")
    await hub["TK1"].press("Veileder N2", of="Hvem er på telefonen?")
    await hub["TK1"].press("14. jan", of="FJ-110")
    await hub["TK1"].shows("FJ-110", "Skrevet inn av koordinatoren, på telefon.")


async def a_talk_that_did_not_happen(hub: Hub) -> None:
    n1, n2, sk1 = hub["N1"], hub["N2"], hub["SK1"]
    await wishes(hub, "A01", "kl. 09.00", "Klage på vedtak")
    await n1.press("Sett tid", of="Ny samtalelapp FJ-117")
    await n1.press("Tilbake", of="FJ-117")
    await n1.press("Hører til andre", of="FJ-117")
    await n1.press("Tilbake", of="FJ-117")
    await n2.press("Ta over", of="FJ-117")
    await n2.press("Sett tid", of="FJ-117")
    await n2.press("kl. 09.00", of="FJ-117")
    await n2.shows("✅ Samtale torsdag 14. januar kl. 09.00")
    await hub.settled()
    await n2.press_raw((await n2.shows("✅ Samtale torsdag 14. januar kl. 09.00"))["id"], "held:FJ-117:4")
    await times_that_change(hub)
    await by_phone(hub)
    await hub.to(at(13, 15))
    await hub.to(at(14, 7, 30))
    await n2.say("/idag")
    await opens(hub, "VL", "Forflytninger", *["➖ fra kl. 09.00"] * 4, "➕ fra kl. 09.00")
    await walked_to(hub, "KB-A1", "FJ-117")
    await hub.to(at(14, 9, 31))
    await n2.press("Ble ikke noe av", of="FJ-117")
    await n2.press("Syk", of="FJ-117")
    await at_own_slip(hub, "A01", "FJ-117", "Nei takk")
    await hub.to(at(14, 12, 31))
    await at_own_slip(hub, "A04", "FJ-110", "Samtalen ble ikke noe av", "Angre")
    await n2.press("Holdt", of="FJ-110")
    await sk1.press("Sett tid", of="FJ-115")
    await sk1.press("15. jan", of="FJ-115")


async def walked_to(hub: Hub, officer: str, code: str) -> None:
    """An officer goes to the door: not ready, not found, and then on the way."""
    await hub[officer].say("/idag")
    for label in ("Ikke nå", "Hentet", "Angre", "Innelåst", "Angre", "Ikke funnet", "Hentet"):
        await hub[officer].press(f"{code} {label}")
        await hub.settled()
    await hub["N2"].shows(code, "På vei.")


async def a_slip_at_the_wrong_service(hub: Hub) -> None:
    g1 = hub["G1"]
    assert await sends(hub, "A02", "Økonomi og gjeld", "Brev jeg har fått") == "FJ-118"
    await g1.press("Hører til andre", of="FJ-118")
    await g1.press("NAV", of="FJ-118")
    await hub.to(at(19, 9))
    await hub.to(at(21, 15))
    await at_own_slip(hub, "A02", "FJ-118", "Trekk lappen tilbake", "Ja, trekk tilbake")
    await hub["N3"].shows("FJ-118", "Trukket tilbake")


async def a_day_that_becomes_free(hub: Hub) -> None:
    n1 = hub["N1"]
    assert await sends(hub, "A03") == "FJ-119"
    await n1.press("Sett tid", of="FJ-119")
    await n1.press("kl. 09.00", of="FJ-119")
    for day in (25, 28):
        await hub.to(at(day, 12))
    await hub.to(at(3, 15, month=2))
    await at_own_slip(hub, "A03", "FJ-119", "Trekk lappen tilbake", "Ja, trekk tilbake")


async def after_the_last_day_of_the_timetable(hub: Hub) -> None:
    await hub.to(at(5, 15, month=2) + timedelta(hours=1))
    assert await sends(hub, "A01", "NAV", "Klage på vedtak") == "FJ-120"
    await hub["N2"].press("Sett tid", of="FJ-120")
    await hub["N2"].shows("FJ-120", "Det er ingen ledig tid i timeplanen.")


async def whom_nothing_reaches(hub: Hub) -> None:
    g1, h1 = hub["G1"], hub["H1"]
    for each in hubs_of(hub):
        async with each.running.database.transaction() as tx:
            await chats.link_person(tx, "house", LAST_CHAT, "N3")
    assert await sends(hub, "A02", "Økonomi og gjeld", "Brev jeg har fått") == "FJ-121"
    assert await sends(hub, "A01", "Bolig") == "FJ-122"
    await h1.press("Sett tid", of="FJ-122")
    for chat in (hub["N2"].chat, g1.chat, h1.chat, hub["K-C"].chat, LAST_CHAT):
        await blocks(hub, chat)
    for each in hubs_of(hub):
        for words in ("åpen for kollegene igjen", "Ingen kan nås for 1 lapp", "En kiosk får ikke", "En annen samtale"):
            await each["TK1"].shows(words)
    assert await sends(hub, "A02", "Økonomi og gjeld", "Brev jeg har fått") == "FJ-123"
    await g1.say("/hjelp")
    await hub["K-C"].press("English")
    for each in hubs_of(hub):
        for words in ("FJ-123, avdeling A: noen kan nås igjen", "En kiosk får meldinger på Samtalelapp igjen"):
            await each["TK1"].shows(words)
