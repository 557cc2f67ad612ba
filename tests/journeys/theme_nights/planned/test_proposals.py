"""Theme nights that providers propose, that are copied, or that many wait for."""

from tests.hub.whole_hub import WholeHub, data_of
from tests.journeys.theme_nights.planned.desk import (
    a_draft,
    at_theme_nights,
    changes,
    proposed,
    published,
    signed_up,
    to_the_theme_night,
)


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
    await at_theme_nights(hub["H1"], "Foreslå temakveld")
    page = await hub["H1"].shows("Ingen temakveld er planlagt ennå.")
    for pressed in ("night_page:1", "night_edit:1", "night_edit:1:host", "night_copy:1", "night_drop:1:2"):
        await hub.settled()
        await hub["H1"].press_raw(page["id"], pressed)
        await hub["H1"].alerted("Denne temakvelden finnes ikke lenger. Nå ser du det nyeste.")


async def test_last_months_night_is_copied_as_a_draft(hub: WholeHub) -> None:
    await published(hub)
    await to_the_theme_night(hub)
    await hub["TK1"].press("Kopier", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("📝 Et utkast.", "tirsdag 23. februar kl. 18.00–19.30", "Med: Arbeidslivstelefonen.")


async def test_when_many_wait_a_second_theme_night_is_suggested(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await to_the_theme_night(hub)
    await changes(hub["TK1"], "🪑 Plasser", of="📣 Den er lagt ut.")
    await hub["TK1"].say("1")
    await hub["TK1"].shows("📣 Den er lagt ut.", "0 av 1")
    await signed_up(hub, "A01")
    await signed_up(hub, "A03", "B01", "B03", "B04", label="Sett meg i kø")
    await hub["TK1"].shows("📣 Den er lagt ut.", "1 av 1 · 4 venter", "Mange venter. En kveld til ville være bra.")
    await hub["TK1"].press("En kveld til", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("📝 Et utkast.", "23. februar")
