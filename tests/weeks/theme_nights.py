"""A coordinator and a provider plan theme nights: proposed, changed, published, full, cancelled, over."""

from tests.hub.afternoon import as_staff
from tests.hub.theme_nights import without_the_demos
from tests.hub.twins import Hub, hubs_of
from tests.weeks.stage import opens, told

TOP = "Plasser: "


async def presses(hub: Hub, who: str, *labels: str, of: str = "") -> None:
    for label in labels:
        await hub[who].press(label, of=of)
        await hub.settled()


async def says(hub: Hub, who: str, *lines: str) -> None:
    for line in lines:
        await hub[who].say(line)
        await hub.settled()


async def plans(hub: Hub, who: str, day: str, *, about: str = "Jobb") -> None:
    """Put a night together, and meet every question on the way."""
    door = "Temakvelder" if who == "TK1" else "Foreslå temakveld"
    await opens(hub, who, door)
    await presses(hub, who, "➕")
    await presses(hub, who, "Fjordheim fengsel", of="I hvilket fengsel?")
    await says(hub, who, about)
    await presses(hub, who, "Senere")
    await says(hub, who, "Et senter")
    await presses(hub, who, "NAV", of="Hvilken tjeneste hører den til?")
    await says(hub, who, day, "18.00-19.30")
    await presses(hub, who, "Tilbake", "18.00–19.30")
    await presses(hub, who, "Avdeling B", "Gå videre", of="Hvilke avdelinger kan komme?")
    await presses(hub, who, "Fellesrom B (12)", of="I hvilket rom?")
    await presses(hub, who, "12", of="Hvor mange plasser?")


async def edits(hub: Hub, *labels: str) -> None:
    await presses(hub, "TK1", "Endre", of=TOP)
    for label in labels:
        await presses(hub, "TK1", label)


async def the_theme_nights(hub: Hub) -> None:
    """Bring about every kind of message about planning theme nights; there are no others yet."""
    for each in hubs_of(hub):
        async with as_staff(each, "TK1") as turn:
            await without_the_demos(turn)
    await opens(hub, "TK1", "Temakvelder")
    await proposals(hub)
    await a_draft_that_changes(hub)
    await published(hub)


async def proposals(hub: Hub) -> None:
    for answer in ("Trekk den tilbake", "decline", "publish"):
        await plans(hub, "N1", "27.1.")
        await presses(hub, "N1", "Foreslå den")
        await opens(hub, "TK1", "I dag")
        if answer == "Trekk den tilbake":
            await presses(hub, "N1", answer, "Ja, slett den")
            continue
        await presses(hub, "TK1", "Se på den", of="Noen foreslår")
        if answer == "decline":
            await presses(hub, "TK1", "Ikke denne gangen", of=TOP)
            await presses(hub, "TK1", "Ja, ikke nå")
    await edits(hub, "Tema", "engelsk")
    await says(hub, "TK1", "A job")
    await presses(hub, "TK1", "Se og legg ut", of=TOP)
    await presses(hub, "TK1", "engelsk", "Kontaktbetjent", of="Slik blir det")
    await presses(hub, "TK1", "Legg ut", of="Slik blir det")
    await presses(hub, "TK1", "⬅️ Temakvelden", of="Temakvelden er lagt ut.")
    await presses(hub, "TK1", "Avlys", of=TOP)
    await presses(hub, "TK1", "For få på jobb")
    await opens(hub, "TK1", "Temakvelder")


async def a_draft_that_changes(hub: Hub) -> None:
    await plans(hub, "TK1", "13.1.")
    await edits(hub, "Om kvelden", "norsk bokmål")
    await says(hub, "TK1", "Om jobb.")
    await edits(hub, "Plasser per avdeling", "Avdeling B")
    await says(hub, "TK1", "8")
    for labels in (
        ("Språk",),
        ("Tolk",),
        ("Lista åpner",),
        ("Lista stenger",),
        ("Etter en kveld",),
        ("Trekk plassene",),
        ("For kvinner",),
    ):
        await edits(hub, *labels)
    await edits(hub, "Om kvelden", "norsk bokmål", "Ingen tekst")
    await edits(hub, "Tema", "engelsk")
    await says(hub, "TK1", "A job")
    await opens(hub, "TK1", "Temakvelder")


SIGNED = (
    "INSERT INTO sign_ups (night, inmate, unit, state, place, seat, unit_seat, source, at, revision)"
    " SELECT (SELECT MAX(id) FROM theme_nights WHERE state = 'published'), 'B0' || {n}, 'B', '{state}', {n}, {seat},"
    " {seat}, 'screen', '2027-01-13T09:00:00.000000+00:00', 1"
)


async def published(hub: Hub) -> None:
    await presses(hub, "TK1", "📝 ons. 13. jan.", of="🎟️ Temakvelder")
    await presses(hub, "TK1", "Trekk plassene", of="Hva skal endres?")
    await presses(hub, "TK1", "Se og legg ut", of=TOP)
    await presses(hub, "TK1", "Legg ut", of="Slik blir det")
    await presses(hub, "TK1", "⬅️ Temakvelden", of="Temakvelden er lagt ut.")
    await told(hub, "UPDATE theme_nights SET seats = 2, caps = '{}' WHERE starts < '2027-01-14'")
    for n, state in enumerate(("seated", "came"), start=1):
        await told(hub, SIGNED.format(n=n, state=state, seat=n))
    for n, state in enumerate(("waiting", "waiting", "waiting", "waiting", "entered"), start=3):
        await told(hub, SIGNED.format(n=n, state=state, seat="NULL"))
    for mine in ("Behold den andres", "Bruk mitt"):
        await edits(hub, "Hvem kommer")
        await told(hub, f"UPDATE theme_nights SET host = 'Senteret {mine}', revision = revision + 1")
        await says(hub, "TK1", "Et annet senter")
        await presses(hub, "TK1", mine)
    await presses(hub, "TK1", "En kveld til", of="📣 Den er lagt ut.")
    await presses(hub, "TK1", "Slett", of="📝 Et utkast.")
    await presses(hub, "TK1", "Ja, slett den")
    await opens(hub, "TK1", "Temakvelder")
    await presses(hub, "TK1", "🎟️ ons. 13. jan.", of="🎟️ Temakvelder")
    await presses(hub, "TK1", "Avlys", of="📣 Den er lagt ut.")
    await presses(hub, "TK1", "Gjesten kan ikke")
    await told(hub, "UPDATE theme_nights SET state = 'published' WHERE starts < '2027-01-14'")
    await told(hub, "UPDATE sign_ups SET state = 'came', seat = 2, unit_seat = 2 WHERE inmate = 'B02'")


async def a_theme_night_that_is_over(hub: Hub) -> None:
    """Come back when the theme night is over."""
    await opens(hub, "TK1", "Temakvelder")
    await presses(hub, "TK1", "🎟️ ons. 13. jan.", of="De siste ukene")
