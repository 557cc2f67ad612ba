"""Whatever cannot be about a theme night is told at once, where it was said, and the question stays."""

from tests.hub.whole_hub import WholeHub, data_of
from tests.journeys.theme_nights.planned.desk import (
    a_draft,
    at_theme_nights,
    changes,
    marked,
    published,
    to_the_theme_night,
    written,
)


async def test_seats_that_cannot_be_are_told_at_once_and_the_question_stays(hub: WholeHub) -> None:
    device = hub["TK1"]
    await written(device)
    await marked(device, "Avdeling A")
    await device.press("Gymsal (20)", of="I hvilket rom?")
    await device.shows("Hvor mange plasser?")
    for said, told in (
        ("0", "En temakveld har minst én plass."),
        ("10000", "Det er plass til 20"),
        ("mange", "Det forsto jeg ikke."),
    ):
        await device.say(said)
        await device.shows(told)
    await hub.settled()
    assert await hub.rows("SELECT * FROM theme_nights") == []
    await device.say("15")
    await device.shows("📝 Et utkast.", "Plasser: 0 av 15")


async def test_a_day_or_hours_that_cannot_be_are_told_at_once_and_the_question_stays(hub: WholeHub) -> None:
    device = hub["TK1"]
    await written(device)
    await device.press("Tilbake", of="Hvilke avdelinger kan komme?")
    await device.press("Tilbake", of="Fra når til når?")
    await device.shows("Hvilken dag?")
    for said, told in (
        ("12.1.", "En temakveld ligger fram i tid."),
        ("25.3.2027", "Servicetorget er stengt den dagen."),
        ("snart", "Det forsto jeg ikke."),
    ):
        await device.say(said)
        await device.shows(told)
    await device.say("13.1.")
    await device.shows("onsdag 13. januar", "Fra når til når?")
    await device.say("08-09")
    await device.shows("En temakveld ligger fram i tid.")
    await device.say("20.30-22.00")
    await device.shows("Hvilke avdelinger kan komme?")
    await device.press("Gå videre", of="Hvilke avdelinger kan komme?")
    await device.alerted()
    await marked(device, "Avdeling A", go_on=False)
    await device.press("Gå videre", of="☑️ Avdeling A")
    await device.alerted("Dørene på avdelingen er låst da. Velg gjerne en annen tid. Det gjelder avdeling A.")


async def test_a_text_that_is_too_long_is_told_and_can_be_written_shorter(hub: WholeHub) -> None:
    await at_theme_nights(hub["TK1"])
    await hub["TK1"].press("Ny temakveld", of="🎟️ Temakvelder")
    await hub["TK1"].press("Fjordheim fengsel", of="I hvilket fengsel?")
    await hub["TK1"].shows("Hva handler temakvelden om?")
    await hub["TK1"].say("Jobb " * 20)
    await hub["TK1"].shows("Det er plass til 60 tegn.")
    await hub["TK1"].say("Jobb")
    await hub["TK1"].shows("Hva handler temakvelden om?", "engelsk")


async def test_units_that_are_never_together_are_told(hub: WholeHub) -> None:
    await written(hub["TK1"])
    await hub["TK1"].press("Kvinneavdelinger", of="Hvilke avdelinger kan komme?")
    await hub["TK1"].shows("☑️ Avdeling C", "▫️ Avdeling A")
    await hub["TK1"].press("Gå videre", of="☑️ Avdeling C")
    rooms = await hub["TK1"].shows("I hvilket rom?")
    assert [data_of(rooms, name) != [] for name in ("Gymsal", "Fellesrom C", "Fellesrom B", "På cella")] == [
        True,
        True,
        False,
        False,
    ]
    await hub["TK1"].press("Fellesrom C (8)")
    await hub["TK1"].press("8", of="Hvor mange plasser?")
    await hub["TK1"].shows("Dette er for kvinner på avdeling C.")


async def test_a_text_missing_in_one_language_is_told_before_it_is_published(hub: WholeHub) -> None:
    device = hub["TK1"]
    await at_theme_nights(device)
    await device.press("Ny temakveld", of="🎟️ Temakvelder")
    await device.press("Fjordheim fengsel", of="I hvilket fengsel?")
    await device.shows("Hva handler temakvelden om?")
    await device.say("Jobb når du kommer ut")
    await device.press("Senere", of="engelsk")
    await device.press("Hopp over", of="Hvem kommer?")
    await device.press("NAV", of="Hvilken tjeneste hører den til?")
    await device.press("tir. 26. jan", of="Hvilken dag?")
    await device.press("18.00–19.30", of="Fra når til når?")
    await marked(device, "Avdeling A")
    await device.press("Gymsal (20)", of="I hvilket rom?")
    await device.press("20", of="Hvor mange plasser?")
    await device.shows("⚠️ Temaet mangler på: engelsk.")
    await device.press("Se og legg ut")
    await device.alerted("En tekst mangler på ett språk. Skriv den først. Den mangler på: engelsk.")
    await changes(device, "Tema", "engelsk")
    await device.say("A job")
    await device.shows("Den er endret.")
    await device.shows("📝 Et utkast.", "engelsk: A job")
    await device.press("Se og legg ut", of="📝 Et utkast.")
    await device.shows("Slik blir det")


async def test_a_room_that_is_taken_is_told_when_it_is_chosen_and_when_it_is_published(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    await published(hub)
    await to_the_theme_night(hub)
    await at_theme_nights(hub["TK1"])
    await hub["TK1"].press("📝 tir. 26. jan.", of="🎟️ Temakvelder")
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].alerted("Rommet er opptatt da. Velg et annet rom eller en annen tid.")
    await written(hub["TK1"])
    await marked(hub["TK1"], "Avdeling A")
    await hub["TK1"].press("Gymsal (20)", of="I hvilket rom?")
    await hub["TK1"].alerted("Rommet er opptatt da. Velg et annet rom eller en annen tid.")
    await hub["TK1"].press("Servicetorget 1", of="I hvilket rom?")
    await hub["TK1"].shows("Hvor mange plasser?")


async def test_a_button_of_an_earlier_page_and_a_second_press_change_nothing(hub: WholeHub) -> None:
    await written(hub["TK1"])
    await marked(hub["TK1"], "Avdeling A")
    await hub["TK1"].press("Gymsal (20)", of="I hvilket rom?")
    page = await hub["TK1"].shows("Hvor mange plasser?")
    await hub.settled()
    await hub["TK1"].press_raw(page["id"], "theme_night_say:2:FJ")
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["TK1"].press("20", of="Hvor mange plasser?")
    await hub["TK1"].shows("📝 Et utkast.")
    await hub["TK1"].press_raw(page["id"], data_of(page, "20")[0])
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub.settled()
    assert len(await hub.rows("SELECT * FROM theme_nights")) == 1
