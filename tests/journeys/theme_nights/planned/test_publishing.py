"""A theme night is put together in a short flow, published, and cancelled with a talk instead (F53)."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.people import READERS
from handlers.chat.rows import BUTTON_LENGTH
from handlers.chat.words import Words
from handlers.said.managers import ROLE_NAMES
from handlers.theme_nights.preview import RULE
from tests.hub.whole_hub import WholeHub, data_of
from tests.journeys.theme_nights.planned.desk import (
    a_draft,
    at_theme_nights,
    published,
    second_coordinator,
    signed_up,
    to_the_theme_night,
)


async def test_a_night_is_put_together_in_a_short_flow_and_nobody_else_sees_it(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    page = await hub["TK1"].shows("📝 Et utkast.")
    assert page["text"] == (
        "📝 Et utkast. Ingen andre ser det ennå.\n"
        "🎟️ Jobb når du kommer ut\n"
        "tirsdag 26. januar kl. 18.00–19.30\n"
        "Sted: Gymsal.\n"
        "Med: Arbeidslivstelefonen.\n"
        "Dette er for avdelingene A og B.\n"
        "Meld deg på senest mandag 25. januar kl. 15.00.\n"
        "De som melder seg på først, får plass.\n"
        "engelsk: A job when you get out\n"
        "Hører til NAV.\n"
        "Plasser: 0 av 20\n"
        "Avdeling A: 0 av 8\n"
        "Avdeling B: 0 av 20"
    )
    await hub["K-A"].press("Temakvelder")
    await hub["K-A"].shows("Ingen temakveld er planlagt nå.")
    second = await second_coordinator(hub)
    await at_theme_nights(second)
    await second.shows("Ingen temakveld er planlagt ennå.")


async def test_from_who_has_seen_it_one_goes_back_to_the_night(hub: WholeHub) -> None:
    await published(hub)
    told = await hub["TK1"].shows("Vist på", "⬅️ Temakvelden")
    [back] = data_of(told, "⬅️ Temakvelden")
    await hub["TK1"].press("⬅️ Temakvelden", of="Vist på")
    page = await hub["TK1"].shows("📣 Den er lagt ut.", "Plasser: 0 av 20")
    assert (back, data_of(page, "Hvem har sett den")) == ("night_page:1", ["told_so_far:1"])


async def test_before_it_is_published_it_is_told_which_languages_lack(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    hub.running.turns.hub = replace(hub.running.turns.hub, languages=("nb", "en", "pl", "ar"))
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].shows("⚠️ Mangler på: polsk, arabisk.", "Der ser folk et annet språk, og hvilket.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await hub["TK1"].shows("✅ Temakvelden er lagt ut.")


async def test_before_it_is_published_each_audience_is_shown_and_counted(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    concerned = await hub.rows("SELECT COUNT(*) AS n FROM inmates WHERE unit IN ('A', 'B')")
    inmates = f"{concerned[0]['n']} innsatte."
    screen = await hub["TK1"].shows("Slik blir det: 🖥️ norsk bokmål", "Det gjelder: 2 skjermer, 14 ansatte", inmates)
    assert "🎟️ Temakveld tirsdag 26. januar kl. 18.00: Jobb når du kommer ut" in screen["text"]
    await hub["TK1"].press("🖥️ engelsk")
    english = await hub["TK1"].shows("Slik blir det: 🖥️ engelsk")
    assert "🎟️ Theme night Tuesday 26 January at 18:00: A job when you get out" in english["text"]
    await hub["TK1"].press("Kontaktbetjent", of="Slik blir det")
    await hub["TK1"].shows("Slik blir det: Kontaktbetjent")
    await hub["TK1"].press("☑️ Rådgiver", of="Slik blir det")
    fewer = await hub["TK1"].shows("▫️ Rådgiver", "2 skjermer, 8 ansatte")
    await hub.settled()
    assert await hub.rows("SELECT * FROM broadcasts") == []
    assert data_of(fewer, "Legg ut")


async def test_what_each_group_of_the_staff_that_is_told_will_see_is_shown_before(hub: WholeHub) -> None:
    """Then it is published, and somebody of each group reads that and nothing else."""
    await a_draft(hub["TK1"])
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    shown = {}
    for role in READERS:
        name = ROLE_NAMES[role](Words("nb", ZoneInfo("Europe/Oslo")))
        await hub["TK1"].press(name, of="Slik blir det")
        page = await hub["TK1"].shows(f"Slik blir det: {name}")
        shown[str(role.name)] = page["text"].split(RULE)[1].strip()
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    for person, called in await readers(hub):
        told = await hub[person].shows("Jobb når du kommer ut")
        assert told["text"] == shown.pop(called)
    assert shown == {}


async def readers(hub: WholeHub) -> list[tuple[str, str]]:
    """Return one of each group whom a night for the units A and B concerns, with their role."""
    found = await hub.rows("SELECT role, MIN(id) AS id FROM people WHERE units LIKE '%\"A\"%' GROUP BY role")
    groups = {role.name for role in READERS}
    return [(row["id"], row["role"]) for row in found if row["role"] in groups]


async def test_published_it_stands_on_the_screens_and_with_the_staff_and_the_progress_is_seen(hub: WholeHub) -> None:
    await published(hub)
    line = "🎟️ Temakveld tirsdag 26. januar kl. 18.00: Jobb når du kommer ut"
    for title in ("K-A", "K-B", "KB-A1", "KB-B1", "N1", "VL", "SK1"):
        await hub[title].shows(line)
    await hub.settled()
    await hub.advance(4)
    await hub["TK1"].shows("Vist på 2 av 2 skjermer, hos 14 av 14 ansatte.")
    await hub.settled()
    for title in ("K-C", "K-N", "KB-C1"):
        assert "Jobb når" not in await hub[title].everything()
    await hub["K-A"].press("English")
    await hub["K-A"].shows("Theme night Tuesday 26 January at 18:00: A job when you get out")


async def test_cancelled_everybody_is_told_and_offered_a_talk_instead(hub: WholeHub) -> None:
    await published(hub)
    await signed_up(hub, "A01", "B01")
    await to_the_theme_night(hub)
    await hub["TK1"].shows("📣 Den er lagt ut.", "Plasser: 2 av 20", "Avdeling A: 1 av 8", "2 personer ville komme.")
    await hub["TK1"].press("Avlys", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("2 personer har meldt seg på.", "Hvorfor skal temakvelden avlyses?")
    await hub["TK1"].press("Gjesten kan ikke")
    await hub["TK1"].shows("Temakvelden er avlyst.", "2 personer får beskjed, og kan be om en samtale.")
    await hub["TK1"].shows("❌ Den er avlyst. Gjesten kan ikke.", "2 personer får beskjed")
    officer = await hub["KB-A1"].shows("❌ Avlyst: Jobb når du kommer ut", "tirsdag 26. januar")
    assert "Temakveld tirsdag" not in officer["text"]
    await hub.settled()
    assert "Jobb når" not in await hub["K-A"].everything()
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("Temakvelder (1 ny)")
    await hub["K-A"].press("Jobb når")
    await hub["K-A"].press("Be om en samtale")
    await hub["K-A"].shows("Lappen er sendt", "NAV")
    assert await hub.rows("SELECT holder FROM claims WHERE holder LIKE 'night:%'") == []


async def test_a_second_press_on_a_reason_changes_nothing(hub: WholeHub) -> None:
    await published(hub)
    await to_the_theme_night(hub)
    await hub["TK1"].press("Avlys", of="📣 Den er lagt ut.")
    ask = await hub["TK1"].shows("Ingen har meldt seg på ennå.")
    await hub["TK1"].press("Få påmeldte")
    await hub["TK1"].shows("Temakvelden er avlyst.")
    await hub.settled()
    rows = await hub.domain()
    await hub["TK1"].press_raw(ask["id"], data_of(ask, "Få påmeldte")[0])
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub.settled()
    assert await hub.domain() == rows


async def test_every_page_has_short_buttons_small_data_and_a_way_back(hub: WholeHub) -> None:
    await published(hub)
    await to_the_theme_night(hub)
    await hub["TK1"].press("Endre", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("Hva skal endres?")
    pages = [each for each in await hub["TK1"].messages() if each["buttons"]]
    buttons = [button for page in pages for row in page["buttons"] for button in row]
    assert [each["text"] for each in buttons if len(each["text"]) > BUTTON_LENGTH] == []
    assert [each["data"] for each in buttons if len(each["data"].encode()) > 64] == []
    assert [page["text"] for page in pages if not data_of(page, "Startside") and "Hei" not in page["text"]] == []
