"""What the clock does to a theme night: its list opens and closes, and it ends."""

from tests.hub.whole_hub import WholeHub
from tests.journeys.theme_nights.planned.desk import a_draft, changes, published, signed_up, to_the_theme_night
from tests.weeks.stage import at


async def test_a_list_that_opens_at_the_end_of_a_theme_night_is_news_for_whoever_was_there(hub: WholeHub) -> None:
    await published(hub, "13.1.")
    await signed_up(hub, "A01")
    await to_the_theme_night(hub)
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
    await hub["K-A"].press("Meld meg på")
    await hub["K-A"].shows("Du er påmeldt.")
    await hub["TK1"].shows("🌙 Kvelden er over.")


async def test_when_the_list_closes_the_seats_are_drawn(hub: WholeHub) -> None:
    await a_draft(hub["TK1"])
    await changes(hub["TK1"], "Trekk plassene")
    await hub["TK1"].shows("📝 Et utkast.", "Plassene trekkes")
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await to_the_theme_night(hub)
    await signed_up(hub, "A01", "A03")
    await hub["TK1"].shows("📣 Den er lagt ut.", "0 av 20 · 2 i trekningen")
    await hub.to(at(25, 15, 1))
    await hub["TK1"].shows("📣 Den er lagt ut.", "Plasser: 2 av 20")
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].shows("Temakvelder (1 ny)")


async def test_when_the_theme_night_is_over_the_screens_greet_without_it(hub: WholeHub) -> None:
    await published(hub, "13.1.")
    await hub["K-A"].shows("Jobb når du kommer ut")
    await hub.to(at(13, 19, 31))
    await hub.settled()
    assert "Jobb når" not in await hub["K-A"].everything()
