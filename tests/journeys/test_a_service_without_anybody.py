"""A service is never left without anybody by one press, and says so on the kiosk where nobody answers it (F24)."""

from pathlib import Path

from bot.domain.people import Role
from bot.usecases.slips import drafts
from bot.usecases.staff import staff
from tests.handlers.staff.test_staff import person_page
from tests.hub.afternoon import as_inmate, as_staff
from tests.hub.whole_hub import WholeHub, data_of, whole_hub

OWNER = (
    "SELECT s.state, s.answer_by, o.service, o.adviser, s.forwards FROM slips s"
    " JOIN ownerships o ON o.slip = s.code AND o.until IS NULL WHERE s.code = 'FJ-102'"
)
NOBODY = "⚠️ Da er det ingen som svarer på Bolig i avdeling A, B, C, N."
SORRY = "Ingen svarer på dette nå. Sosialkonsulenten hjelper deg."


async def takes_housing_from_h1(hub: WholeHub, who: str = "ADM") -> None:
    """Press until the page asks: H1 gets another service, and then loses the one that nobody else answers."""
    await person_page(hub[who], "Rådgiver", "H1")
    await hub[who].press("🧭 Tjenester, avdelinger")
    await hub[who].press("▫️ 💼 NAV")
    await hub[who].press("☑️ 🏠 Bolig", of="☑️ 💼 NAV")
    await hub.settled()


async def services_of_h1(hub: WholeHub) -> str:
    return str((await hub.rows("SELECT services FROM people WHERE id = 'H1'"))[0]["services"])


async def test_before_anything_happens_the_chat_says_what_would(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await takes_housing_from_h1(hub)
        page = await hub["ADM"].shows(NOBODY, "Gjør det likevel", "Tilbake")
        assert "2 lapper venter. De går til sosialkonsulenten, med samme frist." in page["text"]
        assert await services_of_h1(hub) == '["bolig", "nav"]'
        await hub["ADM"].press("Tilbake", of=NOBODY)
        await hub["ADM"].shows("☑️ 🏠 Bolig", "☑️ 💼 NAV")


async def test_done_anyway_the_slips_that_wait_have_an_owner_and_their_promise(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        [before] = await hub.rows(OWNER)
        await takes_housing_from_h1(hub)
        await hub["ADM"].press("Gjør det likevel")
        await hub["ADM"].shows("▫️ 🏠 Bolig")
        assert await hub.rows(OWNER) == [{**before, "service": "sos", "adviser": None}]
        await hub["SK1"].shows("Ny samtalelapp FJ-102")
        await hub.settled()
        assert "📋 Ny samtalelapp FJ-102" not in await hub["H1"].everything()
        await hub["K-A"].sign_in("A08", "2108")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].shows("FJ-102: Sosialkonsulenten skal svare senest")


async def test_the_kiosk_says_that_nobody_answers_and_promises_nothing(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].press("Bolig", of="Hvem vil du snakke med?")
        begun = await hub["K-A"].shows("Hva trenger du hjelp til?")
        await takes_housing_from_h1(hub)
        await hub["ADM"].press("Gjør det likevel")
        await hub["ADM"].shows("▫️ 🏠 Bolig")
        topic = data_of(begun, "Hopp over")[0]
        await hub["K-A"].press_raw(begun["id"], topic)
        await hub["K-A"].press("Send", of="Til: Bolig")
        await hub["K-A"].alerted(SORRY)
        assert await hub.rows("SELECT code FROM slips WHERE code > 'FJ-115'") == []
        await hub["K-A"].press("Tilbake", of="Til: Bolig")
        await hub["K-A"].press("Tilbake", of="Hva trenger du hjelp til?")
        await hub["K-A"].press("📂 Mer")
        await hub["K-A"].press("🏠 Bolig (ingen nå)")
        await hub["K-A"].press("💬 Sosialkonsulenten", of=SORRY)
        await hub["K-A"].press("Send", of="Til: Sosialkonsulenten")
        await hub["K-A"].shows("Lappen er sendt", "Sosialkonsulenten skal svare senest")


async def test_whoever_is_sent_away_leaves_nobodys_slip_behind(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        [before] = await hub.rows(OWNER)
        await person_page(hub["ADM"], "Rådgiver", "H1")
        await hub["ADM"].press("🚫 Ta bort tilgangen")
        await hub["ADM"].press("🚫 Ja, ta den bort", of=NOBODY)
        await hub["ADM"].shows("H1 har ikke tilgang lenger.")
        assert await hub.rows(OWNER) == [{**before, "service": "sos", "adviser": None}]


async def test_whoever_is_asked_about_a_service_reads_how_many_wait_by_now(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await takes_housing_from_h1(hub)
        await hub["ADM"].shows(NOBODY, "2 lapper venter.")
        async with as_inmate(hub, "A18", "K-A") as turn:
            await drafts.at_once(turn, "bolig")
        await hub["ADM"].shows(NOBODY, "3 lapper venter.")
        async with as_staff(hub, "ADM") as turn:
            await staff.add(turn, Role.PROVIDER, None, ["bolig"], ["A", "B", "C", "N"])
        await hub["ADM"].shows("☑️ 🏠 Bolig", "☑️ 💼 NAV")
        await hub.settled()
        assert NOBODY not in await hub["ADM"].everything()


async def test_whoever_is_asked_about_taking_access_away_reads_how_many_wait_by_now(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await person_page(hub["ADM"], "Rådgiver", "H1")
        await hub["ADM"].press("🚫 Ta bort tilgangen")
        await hub["ADM"].shows(NOBODY, "2 lapper venter.")
        async with as_inmate(hub, "A18", "K-A") as turn:
            await drafts.at_once(turn, "bolig")
        await hub["ADM"].shows(NOBODY, "3 lapper venter.")
        async with as_staff(hub, "ADM") as turn:
            await staff.add(turn, Role.PROVIDER, None, ["bolig"], ["A", "B", "C", "N"])
        await hub.settled()
        page = await hub["ADM"].shows("🚫 Ja, ta den bort")
        assert NOBODY not in page["text"]


async def test_a_press_that_has_not_seen_the_consequences_shows_them(tmp_path: Path) -> None:
    """Two do it at once: whoever saw that a colleague was left is asked when that colleague is gone too."""
    async with whole_hub(tmp_path) as hub:
        await person_page(hub["ADM"], "Rådgiver", "H1")
        await hub["ADM"].press("🚫 Ta bort tilgangen")
        page = await hub["ADM"].shows(NOBODY)
        [data] = data_of(page, "🚫 Ja, ta den bort")
        await hub["ADM"].press_raw(page["id"], data.rpartition(":")[0] + ":0")
        await hub.settled()
        assert await services_of_h1(hub) == '["bolig"]'
        await hub["ADM"].shows(NOBODY)


async def test_another_role_is_asked_about_too(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await person_page(hub["ADM"], "Rådgiver", "H1")
        await hub["ADM"].press("🎭 Annen rolle")
        await hub["ADM"].press("Vaktleder", of="Hva skal personen gjøre?")
        await hub["ADM"].press("➡️ Gå videre")
        await hub["ADM"].press("✅ Endre")
        await hub["ADM"].press("Gjør det likevel", of=NOBODY)
        await hub["ADM"].shows("👤 Vaktleder")
        assert (await hub.rows(OWNER))[0]["service"] == "sos"


async def test_a_slip_that_was_answered_and_is_asked_for_again_finds_somebody(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["H1"].press("Svar uten møte", of="FJ-102")
        await hub["H1"].press("1", of="Hvilket svar")
        await takes_housing_from_h1(hub)
        await hub["ADM"].press("Gjør det likevel")
        await hub["K-A"].sign_in("A08", "2108")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press("FJ-102", of="📋 Mine samtaler")
        await hub["K-A"].press("🙋 Jeg vil snakke likevel")
        await hub["K-A"].shows("Sosialkonsulenten skal svare senest")
        assert (await hub.rows(OWNER))[0]["service"] == "sos"


async def test_a_slip_that_is_withdrawn_and_taken_back_finds_somebody(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        [before] = await hub.rows(OWNER)
        await hub["K-A"].sign_in("A08", "2108")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press("FJ-102", of="📋 Mine samtaler")
        await hub["K-A"].press("Trekk lappen tilbake")
        await hub["K-A"].press("Ja, trekk tilbake")
        await hub["K-A"].shows("Lappen er trukket tilbake", "Angre")
        await takes_housing_from_h1(hub)
        await hub["ADM"].press("Gjør det likevel")
        await hub["ADM"].shows("▫️ 🏠 Bolig")
        await hub["K-A"].press("Angre")
        await hub["K-A"].shows("Sosialkonsulenten skal svare senest")
        assert await hub.rows(OWNER) == [{**before, "service": "sos", "adviser": None}]


async def test_what_waits_where_nobody_answers_when_the_hub_starts_goes_to_the_social_adviser(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        [before] = await hub.rows(OWNER)
        async with hub.running.database.transaction() as tx:  # as an earlier release left it
            await tx.run("""UPDATE people SET services = '["nav"]' WHERE id = 'H1'""")
        assert await hub.rows(OWNER) == [before]
    async with whole_hub(tmp_path) as hub:
        await hub["SK1"].shows("Ny samtalelapp FJ-102")
        assert await hub.rows(OWNER) == [{**before, "service": "sos", "adviser": None}]


TALKS_AHEAD = "Denne personen har samtaler foran seg. Flytt eller avlys dem først."
NOBODY_ELSE = "Ingen andre gjør dette for servicetorget ennå. Legg til noen først."
QUESTIONS = ("Gjør det likevel", "Ja, ta den bort")


async def has_a_talk_ahead(hub: WholeHub) -> None:
    await hub["H1"].press("Sett tid", of="FJ-102")
    page = await hub["H1"].until(lambda each: "set:FJ-102" in str(each["buttons"]), "times for FJ-102")
    first = next(button for row in page["buttons"] for button in row if button["data"].startswith("set:"))
    await hub["H1"].press_raw(page["id"], first["data"])
    await hub.until_rows("SELECT state FROM slips WHERE code = 'FJ-102'", [{"state": "booked"}])


async def refused_without_a_question(hub: WholeHub, why: str) -> None:
    await hub["ADM"].alerted(why)
    await hub.settled()
    told = await hub["ADM"].everything()
    assert [each for each in QUESTIONS if each in told] == []


async def test_an_old_button_is_refused_before_the_question_and_not_after_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await has_a_talk_ahead(hub)
        await person_page(hub["ADM"], "Rådgiver", "H1")
        await hub["ADM"].press("🧭 Tjenester, avdelinger")
        await hub["ADM"].press("▫️ 💼 NAV")
        page = await hub["ADM"].shows("☑️ 💼 NAV")
        [nav] = data_of(page, "☑️ 💼 NAV")
        old = nav.replace(":nav:", ":bolig:"), nav.replace("_service", "_unit").replace(":nav:", ":A:")
        for data, why in ((old[0], TALKS_AHEAD), ("revoke:SK1", NOBODY_ELSE), (old[1], TALKS_AHEAD)):
            await hub["ADM"].press_raw(page["id"], data)
            await refused_without_a_question(hub, why)
        assert await services_of_h1(hub) == '["bolig", "nav"]'
