"""Theme nights through the whole hub: planned, published, signed up for, changed, cancelled, proposed (F34, F53)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest_asyncio

from bot.domain.people import Person, Role
from bot.store import chats, people
from handlers.chat.rows import BUTTON_LENGTH
from tests.hub.afternoon import as_staff
from tests.hub.evenings import without_the_demos
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, whole_hub
from tests.weeks.stage import at


@dataclass(frozen=True)
class Patient(Device):
    """A device at which somebody waits until nothing moves any more, and then presses or types."""

    hub: WholeHub

    async def press(self, label: str, *, of: str = "") -> Message:
        await self.hub.settled()
        return await super().press(label, of=of)

    async def say(self, text: str) -> httpx.Response:
        await self.hub.settled()
        return await super().say(text)


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        async with as_staff(running, "TK1") as turn:
            await without_the_demos(turn)
        patient: dict[str, Device] = {
            title: Patient(each.http, each.chat, running, house=each.house) for title, each in running.devices.items()
        }
        yield replace(running, devices=patient)


async def at_nights(device: Device, door: str = "Temakvelder") -> None:
    await device.say("/start")
    await device.press(door, of="Hva vil du gjøre?")
    await device.shows("🎟️ Temakvelder")


async def written(device: Device, *, door: str = "Temakvelder", new: str = "Ny temakveld", day: str = "26.1.") -> None:
    """Answer every question up to the units."""
    await at_nights(device, door)
    await device.press(new, of="🎟️ Temakvelder")
    await device.press("Fjordheim fengsel", of="I hvilket fengsel?")
    await device.shows("Hva handler temakvelden om?", "norsk bokmål")
    await device.say("Jobb når du kommer ut")
    await device.shows("Hva handler temakvelden om?", "engelsk")
    await device.say("A job when you get out")
    await device.shows("Hvem kommer?")
    await device.say("Arbeidslivstelefonen")
    await device.press("NAV", of="Hvilken tjeneste hører den til?")
    await device.shows("Hvilken dag?")
    await device.say(day)
    await device.press("18.00–19.30", of="Fra når til når?")


async def a_draft(device: Device, units: tuple[str, ...] = ("Avdeling A", "Avdeling B"), day: str = "26.1.") -> None:
    await written(device, day=day)
    await device.shows("Hvilke avdelinger kan komme?")
    await marked(device, *units)
    await device.press("Gymsal (20)", of="I hvilket rom?")
    await device.press("20", of="Hvor mange plasser?")
    await device.shows("📝 Et utkast.", "Plasser: 0 av")


async def published(hub: WholeHub, day: str = "26.1.") -> None:
    await a_draft(hub["TK1"], day=day)
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await hub["TK1"].shows("Temakvelden er lagt ut.")


async def test_a_night_is_put_together_in_a_short_flow_and_nobody_else_sees_it(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    page = await hub["TK1"].shows("📝 Et utkast.")
    assert page["text"] == (
        "📝 Et utkast. Ingen andre ser det ennå.\n"
        "🎟️ Jobb når du kommer ut\n"
        "tirsdag 26. januar kl. 18.00–19.30\n"
        "Sted: Gymsal.\n"
        "Med: Arbeidslivstelefonen.\n"
        "Dette er for avdeling A, B.\n"
        "Meld deg på innen mandag 25. januar kl. 15.00.\n"
        "Den som melder seg på først, får plass.\n"
        "engelsk: A job when you get out\n"
        "Hører til NAV.\n"
        "Plasser: 0 av 20\n"
        "Avdeling A: 0 av 8\n"
        "Avdeling B: 0 av 20"
    )
    await hub["K-A"].press("Temakvelder")
    await hub["K-A"].shows("Det er ingen temakveld i sikte.")
    second = await second_coordinator(hub)
    await at_nights(second)
    await second.shows("Ingen temakveld er planlagt ennå.")


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
    await hub["TK1"].press("✅ Veileder", of="Slik blir det")
    fewer = await hub["TK1"].shows("▫️ Veileder", "2 skjermer, 8 ansatte")
    await hub.settled()
    assert await hub.rows("SELECT * FROM broadcasts") == []
    assert data_of(fewer, "Legg ut")


async def test_published_it_stands_on_the_screens_and_with_the_staff_and_the_progress_is_seen(hub: WholeHub) -> None:
    await published(hub)
    line = "🎟️ Temakveld tirsdag 26. januar kl. 18.00: Jobb når du kommer ut"
    for title in ("K-A", "K-B", "KB-A1", "KB-B1", "N1", "VL", "SK1"):
        await hub[title].shows(line)
    await hub["TK1"].shows("Vist på 2 av 2 skjermer, hos 14 av 14 ansatte.")
    await hub.settled()
    for title in ("K-C", "K-N", "KB-C1"):
        assert "Jobb når" not in await hub[title].everything()
    await hub["K-A"].press("English")
    await hub["K-A"].shows("Theme night Tuesday 26 January at 18:00: A job when you get out")


async def signed_up(hub: WholeHub, *numbers: str, label: str = "Ja, meld meg på") -> None:
    for number in numbers:
        kiosk = hub[f"K-{number[0]}"]
        await hub.settled()
        await kiosk.sign_in(number, f"2{'ABC'.index(number[0]) + 1}{number[1:]}")
        await kiosk.press("Temakvelder", of="Hvem vil du snakke med?")
        await kiosk.press(label)
        await kiosk.shows("Jobb når")
        await hub.settled()
        await kiosk.press("Ferdig")
        await hub.settled()


async def test_cancelled_everybody_is_told_and_offered_a_talk_instead(hub: WholeHub) -> None:
    await published(hub)
    await signed_up(hub, "A01", "B01")
    await to_the_night(hub)
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
    await to_the_night(hub)
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


# ── bad input ─────────────────────────────────────────────────────────────────────────────────────────────────────


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
    await device.press("Gå videre", of="✅ Avdeling A")
    await device.alerted("Dørene på avdelingen er låst da. Velg gjerne en annen tid. Det gjelder avdeling A.")


async def test_a_text_that_is_too_long_is_told_and_can_be_written_shorter(hub: WholeHub) -> None:
    await at_nights(hub["TK1"])
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
    await hub["TK1"].shows("✅ Avdeling C", "▫️ Avdeling A")
    await hub["TK1"].press("Gå videre", of="✅ Avdeling C")
    rooms = await hub["TK1"].shows("I hvilket rom?")
    assert [data_of(rooms, name) != [] for name in ("Gymsal", "Fellesrom C", "Fellesrom B", "På cella")] == [
        True,
        True,
        False,
        False,
    ]
    await hub["TK1"].press("Fellesrom C (8)")
    await hub["TK1"].press("8", of="Hvor mange plasser?")
    await hub["TK1"].shows("Dette er for kvinner. Avdeling C.")


async def test_a_text_missing_in_one_language_is_told_before_it_is_published(hub: WholeHub) -> None:
    device = hub["TK1"]
    await at_nights(device)
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
    await device.shows("❗ Temaet mangler på: engelsk.")
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
    await to_the_night(hub)
    await at_nights(hub["TK1"])
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


# ── changing ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_text_that_is_corrected_changes_in_place_everywhere(hub: WholeHub) -> None:
    await published(hub)
    await hub["KB-A1"].shows("Jobb når du kommer ut")
    await to_the_night(hub)
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
    await to_the_night(hub)
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
    await device.shows("📝 Et utkast.", "Meld deg på innen søndag 24. januar kl. 12.00.")
    await changes(device, "Trekk plassene")
    await device.shows("📝 Et utkast.", "Plassene trekkes når lista stenger.")
    await changes(device, "Dag og tid", "ons. 20. jan", "17.00–18.30")
    await device.shows("📝 Et utkast.", "onsdag 20. januar kl. 17.00–18.30", "innen tirsdag 19. januar kl. 15.00")


async def test_of_two_coordinators_who_change_the_same_text_nothing_is_lost(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    await published(hub)
    await to_the_night(hub)
    await changes(hub["TK1"], "Hvem kommer", of="📣 Den er lagt ut.")
    await at_nights(other)
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
    await to_the_night(hub)
    await changes(hub["TK1"], "Hvem kommer", of="📣 Den er lagt ut.")
    await at_nights(other)
    await other.press("🎟️ tir. 26. jan.", of="🎟️ Temakvelder")
    await changes(other, "🪑 Plasser", "10", of="📣 Den er lagt ut.")
    await other.shows("📣 Den er lagt ut.", "0 av 10")
    await hub["TK1"].say("Jobbsenteret")
    await other.shows("📣 Den er lagt ut.", "0 av 10", "Med: Jobbsenteret.")


async def test_what_changed_since_the_preview_is_seen_before_it_is_published(hub: WholeHub) -> None:
    other = await second_coordinator(hub)
    await proposed(hub)
    for device in (hub["TK1"], other):
        await at_nights(device)
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


# ── proposals, copies, drafts ─────────────────────────────────────────────────────────────────────────────────────


async def proposed(hub: WholeHub) -> None:
    await written(hub["N1"], door="Foreslå temakveld", new="Foreslå temakveld")
    await marked(hub["N1"], "Avdeling A")
    await hub["N1"].press("Gymsal (20)", of="I hvilket rom?")
    await hub["N1"].press("20", of="Hvor mange plasser?")
    await hub["N1"].press("Foreslå den", of="📝 Et utkast.")
    await hub["N1"].alerted("Takk! Koordinatoren ser på det.")


async def test_a_provider_proposes_and_learns_kindly_that_it_is_published(hub: WholeHub) -> None:
    await proposed(hub)
    await hub["TK1"].shows("Noen foreslår en temakveld.", "Den kommer fra Veileder N1.")
    await hub["TK1"].say("/idag")
    await hub["TK1"].shows("I dag, ", "💡 1 forslag til temakveld")
    await hub["TK1"].press("Se på den", of="Noen foreslår en temakveld.")
    await hub["TK1"].press("Se og legg ut", of="💡 Et forslag.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await hub["N1"].shows("Temakvelden din er lagt ut. Takk!")
    await hub["TK1"].shows("Forslaget er blitt en temakveld.")
    page = await hub["N1"].shows("📣 Den er lagt ut.")
    assert data_of(page, "Endre") == []
    await hub["N1"].press_raw(page["id"], "night_edit:1")
    await hub["N1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
    await hub["N1"].press_raw(page["id"], "night_off:1:3:few")
    await hub["N1"].alerted("Denne knappen er for noen andre på servicetorget. Ingenting er endret.")


async def test_a_provider_learns_kindly_that_it_does_not_fit(hub: WholeHub) -> None:
    await proposed(hub)
    await hub["TK1"].press("Se på den", of="Noen foreslår en temakveld.")
    await hub["TK1"].press("Ikke denne gangen", of="💡 Et forslag.")
    await hub["TK1"].press("Ja, ikke nå")
    await hub["N1"].shows("Takk for forslaget om temakveld.", "Du kan gjerne foreslå en ny.")
    await hub["TK1"].shows("Vi har takket nei til forslaget.")
    await hub["TK1"].shows("Forslaget passer ikke denne gangen.")


async def test_a_proposal_is_taken_back(hub: WholeHub) -> None:
    await proposed(hub)
    await hub["N1"].press("Trekk den tilbake", of="💡 Et forslag.")
    await hub["N1"].press("Ja, slett den")
    await hub["N1"].shows("Temakvelden er slettet.")
    await hub["TK1"].shows("Forslaget er trukket tilbake.")
    assert await hub.rows("SELECT * FROM theme_nights") == []


async def test_a_provider_sees_no_proposal_of_another(hub: WholeHub) -> None:
    await proposed(hub)
    await at_nights(hub["H1"], "Foreslå temakveld")
    page = await hub["H1"].shows("Ingen temakveld er planlagt ennå.")
    for pressed in ("night_page:1", "night_edit:1", "night_edit:1:host", "night_copy:1", "night_drop:1:2"):
        await hub["H1"].press_raw(page["id"], pressed)
        await hub["H1"].alerted("Denne temakvelden finnes ikke lenger. Du ser det nyeste nå.")


async def test_last_months_night_is_copied_as_a_draft(hub: WholeHub) -> None:
    await published(hub)
    await to_the_night(hub)
    await hub["TK1"].press("Kopier", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("📝 Et utkast.", "tirsdag 23. februar kl. 18.00–19.30", "Med: Arbeidslivstelefonen.")


async def test_when_many_wait_a_second_evening_is_suggested(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await to_the_night(hub)
    await changes(hub["TK1"], "🪑 Plasser", of="📣 Den er lagt ut.")
    await hub["TK1"].say("1")
    await hub["TK1"].shows("📣 Den er lagt ut.", "0 av 1")
    await signed_up(hub, "A01")
    await signed_up(hub, "A03", "B01", "B03", "B04", label="Sett meg i kø")
    await hub["TK1"].shows("📣 Den er lagt ut.", "1 av 1 · 4 venter", "Mange venter. En kveld til ville være bra.")
    await hub["TK1"].press("En kveld til", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("📝 Et utkast.", "23. februar")


# ── what the clock does ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_list_that_opens_at_the_end_of_an_evening_is_news_for_whoever_was_there(hub: WholeHub) -> None:
    await published(hub, "13.1.")
    await signed_up(hub, "A01")
    await to_the_night(hub)
    await hub["TK1"].press("Kopier", of="📣 Den er lagt ut.")
    await changes(hub["TK1"], "Tema", "norsk bokmål")
    await hub["TK1"].say("Neste kurs")
    await hub["TK1"].shows("📝 Et utkast.", "Neste kurs")
    await changes(hub["TK1"], "Etter en kveld", "Jobb når du kommer ut")
    await hub["TK1"].shows("📝 Et utkast.", "Du kan melde deg på fra onsdag 13. januar kl. 19.30.")
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await hub["TK1"].shows("Temakvelden er lagt ut.", "Neste kurs")
    await hub.to(at(13, 19, 31))
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("Temakvelder (1 ny)")
    await hub["K-A"].press("🔔 Jobb når")
    await hub["K-A"].shows("Du kan melde deg på neste kveld nå: Neste kurs.")
    await hub["K-A"].press("Neste kurs")
    await hub["K-A"].press("Ja, meld meg på")
    await hub["K-A"].shows("Du er påmeldt.")
    await hub["TK1"].shows("🌙 Kvelden er over.")


async def test_when_the_list_closes_the_seats_are_drawn(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    await changes(hub["TK1"], "Trekk plassene")
    await hub["TK1"].shows("📝 Et utkast.", "Plassene trekkes")
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await to_the_night(hub)
    await signed_up(hub, "A01", "A03")
    await hub["TK1"].shows("📣 Den er lagt ut.", "0 av 20 · 2 i trekningen")
    await hub.to(at(25, 15, 1))
    await hub["TK1"].shows("📣 Den er lagt ut.", "Plasser: 2 av 20")
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].shows("Temakvelder (1 ny)")


async def test_when_the_evening_is_over_the_screens_greet_without_it(hub: WholeHub) -> None:
    await published(hub, "13.1.")
    await hub["K-A"].shows("Jobb når du kommer ut")
    await hub.to(at(13, 19, 31))
    await hub.settled()
    assert "Jobb når" not in await hub["K-A"].everything()


async def test_every_page_has_short_buttons_small_data_and_a_way_back(hub: WholeHub) -> None:
    await published(hub)
    await to_the_night(hub)
    await hub["TK1"].press("Endre", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("Hva skal endres?")
    pages = [each for each in await hub["TK1"].messages() if each["buttons"]]
    buttons = [button for page in pages for row in page["buttons"] for button in row]
    assert [each["text"] for each in buttons if len(each["text"]) > BUTTON_LENGTH] == []
    assert [each["data"] for each in buttons if len(each["data"].encode()) > 64] == []
    assert [page["text"] for page in pages if not data_of(page, "Startside") and "Hei" not in page["text"]] == []


async def to_the_night(hub: WholeHub) -> None:
    """Open the page of the night that has just been published; it moves down."""
    await hub["TK1"].press("⬅️ Temakvelden", of="Temakvelden er lagt ut.")
    await hub.settled()


async def marked(device: Device, *units: str, go_on: bool = True) -> None:
    for unit in units:
        await device.press(f"▫️ {unit}", of="Hvilke avdelinger kan komme?")
        await device.shows(f"✅ {unit}")
    if go_on:
        await device.press("Gå videre", of="Hvilke avdelinger kan komme?")


async def changes(device: Device, *labels: str, of: str = "📝 Et utkast.") -> None:
    """Press one's way from the night's page to what shall be changed."""
    await device.press("Endre", of=of)
    await device.shows("Hva skal endres?")
    asked = ("Hva skal endres?", "", "")
    for label, page in zip(labels, asked, strict=False):
        await device.press(label, of=page)


async def second_coordinator(hub: WholeHub) -> Device:
    assert hub.running.house is not None
    await hub.running.house.open_chat(900, "TK2", "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, Person("TK2", Role.COORDINATOR, "TK2", "nb", frozenset(), frozenset("ABC")))
        await chats.link_person(tx, "house", 900, "TK2")
    return Patient(hub.http, 900, hub, house=hub.running.house)
