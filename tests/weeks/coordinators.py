"""A week of the coordinator: the day's queues, and a timetable that changes."""

from bot.store import people
from tests.hub.translated_theme_night import planned
from tests.hub.twins import Hub, hubs_of
from tests.weeks.announcers import announcements
from tests.weeks.notices import notices
from tests.weeks.stage import at, many_like, opens, sends, told
from tests.weeks.theme_nights import a_theme_night_that_is_over, the_theme_nights


async def coordinators_week(hub: Hub) -> None:
    """Bring about every kind of message about the day and the timetable."""
    await hub.settled()
    await posters(hub)
    await the_theme_nights(hub)
    await the_day(hub)
    await what_did_not_come_through(hub)
    await new_sessions(hub)
    await moved_sessions(hub)
    await cancelled_sessions(hub)
    await long_queues(hub)
    await a_theme_night_that_is_over(hub)
    await a_week_without_anybody(hub)
    await nothing_waits(hub)
    await announcements(hub)
    await notices(hub)


async def what_did_not_come_through(hub: Hub) -> None:
    """Messages to ten of the staff were refused, one came too late, and one cannot be taken away."""
    await told(
        hub, "UPDATE messages SET fault = 'no', shown = 0 WHERE chat_id BETWEEN 201 AND 299 AND text IS NOT NULL"
    )
    for action in ("dropped", "left_behind"):
        await told(
            hub,
            "INSERT INTO audit (at, actor, action, about, outcome) SELECT MAX(at), 'hub',"
            f" '{action}', 'x', 'done' FROM audit",
        )
    await hub["TK1"].say("/idag")
    await hub["TK1"].shows("Meldinger som ikke kom fram", "kom for sent", "gammel melding")
    await told(hub, "UPDATE messages SET fault = NULL, shown = revision WHERE fault = 'no'")
    await hub.settled()


async def the_day(hub: Hub) -> None:
    for _ in range(2):
        await hub["TK1"].say("/idag")
        await hub.settled()
    for label in ("Nordvik overgangsbolig", "Alle"):
        await hub["TK1"].press(label, of="I dag, ")
        await hub.settled()


async def new_sessions(hub: Hub) -> None:
    await opens(hub, "TK1", "Timeplan", "Uka før", "Uka etter", "Ny økt", "NAV", "Tilbake", "NAV", "Veileder N1")
    await hub["TK1"].press("Servicetorget 2", of="I hvilket rom?")
    for line in ("15.1.", "13.00-15.00"):
        await hub["TK1"].say(line)
        await hub.settled()
    await hub["TK1"].press("30 minutter")
    await hub["TK1"].press("Legg til")
    await hub["N1"].shows("Du har fått en ny økt")


async def moved_sessions(hub: Hub) -> None:
    """One person can come at the new time, and one cannot."""
    await opens(hub, "TK1", "Timeplan", "tor. 14. 09.00 N1", "Flytt", "Servicetorget 2", "ons. 20. jan", "Som før")
    await hub["TK1"].press("✅ Flytt")
    await hub["N1"].shows("Økta din er flyttet")
    await opens(hub, "TK1", "Timeplan", "Uka etter", "ons. 20. 09.00 N1")


async def cancelled_sessions(hub: Hub) -> None:
    await opens(hub, "TK1", "Timeplan", "tor. 14. 09.00 N2", "Avlys", "Nei, behold den", "Avlys", "Syk")
    await opens(hub, "TK1", "Timeplan", "fre. 15. 13.00 N1", "Avlys", "rom")
    await hub["N2"].shows("Økta din er avlyst")


async def posters(hub: Hub) -> None:
    """Of a week and of a night: in a language that lacks everything, in one that a machine wrote, and in our own."""
    topic = {"nb": "Veien ut", "en": "The way out", "ar": "الطريق إلى الخارج"}
    [night] = {await planned(each, topic=topic) for each in hubs_of(hub)}
    await opens(hub, "TK1", "Timeplan", "Ukeplakat", "Ukrainsk", "Ukrainsk", "Arabisk", "Lag plakaten")
    await hub["TK1"].shows("heng den opp")
    await opens(hub, "TK1", "Timeplan", "Ukeplakat", "Norsk bokmål")
    page = await hub["TK1"].shows("Plakat for uke 2", "Norsk bokmål")
    for languages in ("nb-uk", "nb", "-"):
        await hub["TK1"].press_raw(page["id"], f"poster:{night}:{languages}")
        await hub.settled()


def with_ukrainian_posters(described: str) -> str:
    """Let posters be made in a language without their words, in which a service and a room have no name."""
    described = described.replace(" se]", " uk]").replace(" se: ", " uk: ")
    for name in (", uk: Galledanustibat }", ", uk: Galledanlatnja 2 }"):
        assert name in described
        described = described.replace(name, " }")
    return described


async def long_queues(hub: Hub) -> None:
    """Let every queue be longer than what the day's page shows of it."""
    await sends(hub, "A01", "Bolig")
    await many_like(hub, "FJ-107", 32)
    await many_like(hub, "FJ-115", 7)
    await many_like(hub, "FJ-108", 7)
    await many_like(hub, "FJ-103", 7)
    await many_like(hub, "FJ-102", 7)
    for each in hubs_of(hub):
        async with each.running.database.transaction() as tx:
            await people.retire(tx, "H1")
    await told(hub, "UPDATE bookings SET starts = '2027-01-12T08:00:00.000000+00:00' WHERE slip LIKE 'FJ-108%'")
    await told(hub, "UPDATE bookings SET ends = '2027-01-12T08:30:00.000000+00:00' WHERE slip LIKE 'FJ-108%'")
    await hub.to(at(13, 16))
    await hub.to(at(14, 7, 30))
    await hub["TK1"].say("/idag")
    await hub.settled()
    for label in ("Alle brutte", "Alle som snart brytes", "Alle uten eier", "Alle uten beskjed", "Alle tilbud"):
        await hub["TK1"].press(label, of="Kl. 07.30.")
        await hub.settled()
        if label == "Alle brutte":
            await hub["TK1"].press("➡️ 2", of="Brutte løfter")
            await hub["TK1"].press("⬅️ 1", of="Brutte løfter")
        await hub["TK1"].press("Tilbake")
        await hub.settled()


async def a_week_without_anybody(hub: Hub) -> None:
    await opens(hub, "TK1", "Timeplan", *["Uka etter"] * 4)
    await hub["TK1"].shows("Ingen er her denne uka.")


async def nothing_waits(hub: Hub) -> None:
    await told(hub, "UPDATE ownerships SET until = since")
    await told(hub, "UPDATE slips SET state = 'closed'")
    await hub["TK1"].say("/idag")
    await hub["TK1"].shows("Ingenting trenger deg nå.")
