"""Whoever is asked about a theme night, or shown what of it can be changed, reads what is true by now."""

from tests.hub.whole_hub import WholeHub, data_of
from tests.journeys.theme_nights.planned.desk import (
    a_draft,
    changes,
    proposed,
    published,
    second_coordinator,
    signed_up,
    to_the_theme_night,
)

ASKS = "Hvorfor skal temakvelden avlyses?"


async def test_whoever_signs_up_is_counted_while_it_is_asked_why_a_night_is_cancelled(hub: WholeHub) -> None:
    await published(hub)
    await to_the_theme_night(hub)
    await hub["TK1"].press("Avlys", of="📣 Den er lagt ut.")
    await hub["TK1"].shows("Ingen har meldt seg på ennå.", ASKS)
    await signed_up(hub, "A01", "B01")
    await hub["TK1"].shows("2 personer har meldt seg på.", ASKS)
    await hub["TK1"].press("Gjesten kan ikke", of=ASKS)
    await hub["TK1"].shows("Temakvelden er avlyst.", "2 personer får beskjed")


async def test_nobody_is_asked_any_more_why_a_night_is_cancelled_that_a_colleague_has_cancelled(hub: WholeHub) -> None:
    await published(hub)
    await to_the_theme_night(hub)
    await hub["TK1"].press("Avlys", of="📣 Den er lagt ut.")
    page = await hub["TK1"].shows(ASKS)
    other = await second_coordinator(hub)
    await other.say("/start")
    await other.press("Temakvelder", of="Hva vil du gjøre?")
    await other.press("26. jan", of="🎟️ Temakvelder")
    await other.press("Avlys", of="📣 Den er lagt ut.")
    await other.press("For få", of=ASKS)
    await hub["TK1"].shows("❌ Den er avlyst.")
    await hub.settled()
    assert ASKS not in await hub["TK1"].everything()
    await hub["TK1"].press_raw(page["id"], data_of(page, "For få")[0])
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")


async def test_no_is_said_only_to_the_proposal_that_was_seen(hub: WholeHub) -> None:
    await proposed(hub)
    await hub["TK1"].press("Se på den", of="Noen foreslår en temakveld.")
    await hub["TK1"].press("Ikke denne gangen", of="💡 Et forslag.")
    page = await hub["TK1"].shows("Skal vi si nei til dette forslaget?")
    await changes(hub["N1"], "Hvem kommer", of="💡 Et forslag.")
    await hub["N1"].say("Fagforbundet")
    await hub["N1"].shows("Den er endret.")
    await hub["TK1"].shows("💡 Et forslag.", "Med: Fagforbundet.")
    await hub.settled()
    assert "Skal vi si nei" not in await hub["TK1"].everything()
    await hub["TK1"].press_raw(page["id"], data_of(page, "Ja, ikke nå")[0])
    await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")


async def test_what_can_be_changed_of_a_night_is_marked_as_it_is_by_now(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    await changes(hub["TK1"])
    draft = await hub["TK1"].shows("Hva skal endres?", "▫️ Trekk plassene")
    await hub["TK1"].say("/start")
    await hub["TK1"].press("Temakvelder", of="Hva vil du gjøre?")
    await hub["TK1"].press("26. jan", of="🎟️ Temakvelder")
    await changes(hub["TK1"], "Trekk plassene")
    await hub.settled()
    shown = [each for each in await hub["TK1"].messages() if "Hva skal endres?" in (each["text"] or "")]
    assert [data_of(each, "☑️ Trekk plassene") != [] for each in shown] == [True] * len(shown)
    assert draft["id"] in {each["id"] for each in shown}
