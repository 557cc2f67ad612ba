"""Whom a notice reaches, in whose language, and how that is seen: before it is published, and after."""

from tests.hub.whole_hub import WholeHub
from tests.journeys.notices.desk import GREETS, HOME, NOTICES, begins, newest, opens_desk, presses, publishes, says


async def test_an_urgent_notice_reaches_its_unit_alone_and_says_so_in_a_word(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Avdeling B", "Avdeling C")
    await publishes(hub, "Vannet er stengt", "The water is off", "Avdeling A", "Betjenter", style="❗ Viktig")
    welcome = await hub["K-A"].shows(GREETS, "❗ Viktig: Vannet er stengt", "📣 Biblioteket er stengt")
    assert welcome["text"].index("Vannet") < welcome["text"].index("Biblioteket")
    await hub["KB-A1"].shows("❗ Viktig: Vannet er stengt", "Det henger oppe til onsdag 13. januar kl. 20.00.")
    for elsewhere in ("K-B", "K-C", "K-N", "KB-B1", "KB-N1", "N1"):
        assert "Vannet" not in await hub[elsewhere].everything()


async def test_an_urgent_notice_without_a_unit_is_not_published(hub: WholeHub) -> None:
    await begins(hub, "❗ Viktig")
    await says(hub, "TK1", "Vannet er stengt", "The water is off")
    await hub["TK1"].press("Gå videre")
    await hub["TK1"].alerted("Ingen ville sett dette ennå. Velg minst én avdeling.")
    assert "På skjermene i hvilke avdelinger?" in await newest(hub["TK1"])


async def test_the_preview_says_how_it_looks_and_whom_it_reaches(hub: WholeHub) -> None:
    await begins(hub)
    await says(hub, "TK1", "Biblioteket er stengt", "The library is closed")
    await presses(hub, "TK1", "Avdeling B", "Betjenter", "Gå videre", "Nå", "13. jan. kl. 20.00")
    await hub["TK1"].shows(
        "📣 Biblioteket er stengt",
        "📣 The library is closed",
        "På skjermene i avdeling A, C. Får også beskjed: Betjenter.",
        "Det gjelder: 2 skjermer, 5 ansatte, 26 innsatte.",
    )
    assert await hub.rows(NOTICES) == []
    assert "Biblioteket" not in await hub["K-A"].everything()


async def test_each_reads_it_in_their_language(hub: WholeHub) -> None:
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE people SET language = 'en' WHERE id = 'KB-A1'")
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    await hub["KB-A2"].shows("📣 Biblioteket er stengt")
    await hub["KB-A1"].shows("📣 The library is closed", "It is posted until Wednesday 13 January at 20:00.")
    await hub["K-A"].press("English")
    await hub["K-A"].shows("Hi! Here you can ask for a talk.", "📣 The library is closed")


async def test_the_coordinator_sees_how_far_it_has_come(hub: WholeHub) -> None:
    await publishes(hub, "Biblioteket er stengt", "The library is closed", "Betjenter")
    await presses(hub, "TK1", "📊 Framdrift")
    await hub["TK1"].shows("📣 Biblioteket er stengt", "Vist på 3 av 3 skjermer, hos 8 av 8 ansatte.")


async def test_three_stand_on_the_welcome_and_all_behind_a_page(hub: WholeHub) -> None:
    for number in range(1, 8):
        await publishes(hub, f"Melding {number}", f"Message {number}")
    welcome = await hub["K-A"].shows(GREETS, "Melding 7", "Melding 6", "Melding 5", "… og 4 til")
    assert "Melding 4" not in welcome["text"]
    await hub["K-A"].press("📣 Oppslag")
    await hub["K-A"].shows("Melding 7", "Melding 3")
    await hub["K-A"].press("Flere oppslag")
    await hub["K-A"].shows("Melding 2", "Melding 1")
    await opens_desk(hub)
    await presses(hub, "TK1", "Flere oppslag")
    assert "Melding 1" in await newest(hub["TK1"])


async def test_on_a_screen_that_somebody_uses_it_stands_at_home_and_is_counted(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].shows(HOME)
    await publishes(hub, "Biblioteket er stengt", "The library is closed")
    await hub["K-A"].shows(HOME, "📣 Biblioteket er stengt")
    await presses(hub, "TK1", "📊 Framdrift")
    await hub["TK1"].shows("Vist på 3 av 3 skjermer")


async def test_what_is_here_tells_of_this_screens_prison_alone(hub: WholeHub) -> None:
    for kiosk, here, elsewhere in (("K-A", "Servicetorget 1", "Nordvik"), ("K-N", "Møterommet på Nordvik", "Service")):
        await hub[kiosk].press("Hva finnes her?")
        screen = await hub[kiosk].shows("I dag og de neste dagene:", here)
        assert elsewhere not in screen["text"]
