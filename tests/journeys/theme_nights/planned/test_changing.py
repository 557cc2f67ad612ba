"""A theme night is changed in place, and of two who change it nothing is lost."""

from tests.hub.whole_hub import WholeHub, data_of
from tests.journeys.theme_nights.planned.desk import (
    a_draft,
    at_theme_nights,
    changes,
    proposed,
    published,
    second_coordinator,
    to_the_theme_night,
)


async def test_a_text_that_is_corrected_changes_in_place_everywhere(hub: WholeHub) -> None:
    await published(hub)
    await hub["KB-A1"].shows("Jobb når du kommer ut")
    await to_the_theme_night(hub)
    await changes(hub["TK1"], "Tema", "norsk bokmål", of="📣 Den er lagt ut.")
    await hub["TK1"].say("Jobb og penger")
    await hub["TK1"].shows("Den er endret.", "Jobb og penger")
    await hub["TK1"].shows("📣 Den er lagt ut.", "Jobb og penger")
    for title in ("K-A", "KB-A1", "N1"):
        await hub[title].shows("Jobb og penger")
        assert "Jobb når" not in await hub[title].everything()
    news = [each for each in await hub["KB-A1"].messages() if "🎟️" in (each["text"] or "")]
    assert len(news) == 1


async def test_a_published_night_keeps_its_day_and_its_units(hub: WholeHub) -> None:
    await published(hub)
    await to_the_theme_night(hub)
    await hub["TK1"].press("Endre", of="📣 Den er lagt ut.")
    page = await hub["TK1"].shows("Hva skal endres?")
    assert [data_of(page, label) for label in ("Dag og tid", "Avdelinger og rom", "For kvinner")] == [[], [], []]
    await hub["TK1"].press_raw(page["id"], "night_edit:1:when")
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")


async def test_each_thing_about_a_draft_is_changed_with_one_tap_and_its_answer(hub: WholeHub) -> None:
    device = hub["TK1"]
    await a_draft(device)
    await changes(device, "Om kvelden", "norsk bokmål")
    await device.say("Vi snakker om arbeid.")
    await device.shows("📝 Et utkast.", "Vi snakker om arbeid.")
    await changes(device, "Plasser per avdeling", "Avdeling A")
    await device.say("4")
    await device.shows("📝 Et utkast.", "Avdeling A: 0 av 4")
    await changes(device, "Tolk", "polsk")
    await device.shows("📝 Et utkast.", "polsk")
    await changes(device, "Lista stenger")
    await device.say("30.1. 12.00")
    await device.shows("Lista stenger etter at den åpner, og før kvelden.")
    await device.say("24.1. 12.00")
    await device.shows("📝 Et utkast.", "Meld deg på senest søndag 24. januar kl. 12.00.")
    await changes(device, "Trekk plassene")
    await device.shows("📝 Et utkast.", "Plassene trekkes når lista stenger.")
    await changes(device, "Dag og tid", "ons. 20. jan", "17.00–18.30")
    await device.shows("📝 Et utkast.", "onsdag 20. januar kl. 17.00–18.30", "senest tirsdag 19. januar kl. 15.00")


async def test_of_two_coordinators_who_change_the_same_text_nothing_is_lost(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    await published(hub)
    await to_the_theme_night(hub)
    await changes(hub["TK1"], "Hvem kommer", of="📣 Den er lagt ut.")
    await at_theme_nights(other)
    await other.press("🎟️ tir. 26. jan.", of="🎟️ Temakvelder")
    await changes(other, "Hvem kommer", of="📣 Den er lagt ut.")
    await other.shows("Hvem kommer? En organisasjon")
    await other.say("Ut i jobb")
    await other.shows("Den er endret.")
    await hub["TK1"].say("Jobbsenteret")
    await hub["TK1"].shows("Noen andre har nettopp endret dette.", "Den andres: Ut i jobb", "Ditt: Jobbsenteret")
    await hub["TK1"].press("Bruk mitt")
    await hub["TK1"].shows("📣 Den er lagt ut.", "Med: Jobbsenteret.")
    await other.shows("📣 Den er lagt ut.", "Med: Jobbsenteret.")


async def test_two_coordinators_who_change_different_things_both_have_their_way(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    await published(hub)
    await to_the_theme_night(hub)
    await changes(hub["TK1"], "Hvem kommer", of="📣 Den er lagt ut.")
    await at_theme_nights(other)
    await other.press("🎟️ tir. 26. jan.", of="🎟️ Temakvelder")
    await changes(other, "🪑 Plasser", "10", of="📣 Den er lagt ut.")
    await other.shows("📣 Den er lagt ut.", "0 av 10")
    await hub["TK1"].say("Jobbsenteret")
    await other.shows("📣 Den er lagt ut.", "0 av 10", "Med: Jobbsenteret.")


async def test_what_changed_since_the_preview_is_seen_before_it_is_published(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    await proposed(hub)
    for device in (hub["TK1"], other):
        await at_theme_nights(device)
        await device.press("💡 tir. 26. jan.", of="🎟️ Temakvelder")
    await hub["TK1"].press("Se og legg ut", of="💡 Et forslag.")
    await hub["TK1"].shows("Slik blir det")
    await changes(other, "🪑 Plasser", "10", of="💡 Et forslag.")
    await other.shows("Den er endret.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await hub["TK1"].shows("Temakvelden er lagt ut.")
    assert await hub.rows("SELECT seats, state FROM theme_nights") == [{"seats": 10, "state": "published"}]
