"""A week of those who see to people, kiosks and settings, and of the auditor who reads what everybody did."""

from bot.domain.audit import Entry
from bot.store import audit
from bot.usecases.audit import PAGE
from bot.usecases.chat.owed import DROPPED
from bot.usecases.staff import devices
from handlers.office.actions import ACTIONS, OUTCOMES, OUTCOMES_OF
from tests.hub.twins import Hub, hubs_of
from tests.weeks.stage import opens, told

ROLES = ("Rådgiver", "Sosialkonsulent", "Kontaktbetjent", "Koordinator", "Vaktleder", "Administrator", "Revisor")


async def managers_week(hub: Hub) -> None:
    """Bring about every kind of message for the coordinator's and the administrator's pages, and for the auditor."""
    await hub.settled()
    await who_works_here(hub)
    await somebody_new(hub)
    await another_role(hub)
    await who_lives_here(hub)
    await somebody_arrives(hub)
    await kiosks_and_browsers(hub)
    await settings(hub)
    await sent_away(hub)
    await the_log(hub)


async def who_works_here(hub: Hub) -> None:
    await opens(hub, "ADM", "Ansatte")
    for role in ROLES:
        await hub["ADM"].press(role, of="De som jobber her")
        await hub["ADM"].press("Tilbake")
        await hub.settled()
    await opens(hub, "TK1", "Ansatte", "Rådgiver", "N1", "Tjenester, avdelinger", "Tilbake", "Inviter")
    await hub["TK1"].press("Ferdig, ta bort", of="Invitasjon til N1")
    await hub["TK1"].press("Nettleserkode", of="N1 · ")
    await hub["TK1"].press("Ferdig, ta bort", of="Nettleserkode til")
    await opens(hub, "TK1", "Ansatte", "Rådgiver", "V1")
    await told(hub, "DELETE FROM accounts WHERE person = 'V1'")
    await opens(hub, "TK1", "Ansatte", "Rådgiver", "V1")
    await opens(hub, "TK1", "Ansatte", "Sosialkonsulent", "SK1", "Tjenester, avdelinger")
    await told(hub, "UPDATE people SET units = '[\"A\", \"B\"]' WHERE id = 'KB-A1'")
    await opens(hub, "TK1", "Ansatte", "Kontaktbetjent", "KB-A1", "Tjenester, avdelinger")
    await told(hub, "UPDATE people SET units = '[\"A\"]' WHERE id = 'KB-A1'")
    await opens(hub, "TK1", "Ansatte", "Kontaktbetjent", "KB-A1")
    for each in hubs_of(hub):
        page = (await each["TK1"].messages())[-1]["id"]
        await each["TK1"].press_raw(page, "staff:NOBODY")


async def somebody_new(hub: Hub) -> None:
    await opens(
        hub, "TK1", "Ansatte", "Legg til noen", "Rådgiver", "▫️ 💼 NAV", "Gå videre", "▫️ Avdeling A", "Gå videre"
    )
    await hub["TK1"].say("Veileder i vikariat")
    await hub["TK1"].press("Legg til og inviter", of="Kalles: Veileder i vikariat")


async def another_role(hub: Hub) -> None:
    await opens(
        hub, "ADM", "Ansatte", "Rådgiver", "G1", "Annen rolle", "Vaktleder", "Gå videre", "Endre", "Gjør det likevel"
    )


async def who_lives_here(hub: Hub) -> None:
    await told(
        hub,
        "INSERT INTO inmates SELECT 'C' || (id0 + 40), 'C', 'Prøve' || id0, 'nb', NULL, NULL, 0, 0, 0, 4, NULL FROM ("
        "WITH RECURSIVE n(id0) AS (SELECT 1 UNION ALL SELECT id0 + 1 FROM n WHERE id0 < 20) SELECT id0 FROM n)",
    )
    await opens(hub, "TK1", "Innsatte", "Avdeling C", "Flere")
    await opens(hub, "TK1", "Innsatte", "Avdeling C", "C41", "Tilbake")
    await opens(hub, "TK1", "Innsatte", "Avdeling A", "A01", "Kontaktbetjent", "KB-A2", "PIN-brev")
    await opens(hub, "TK1", "Innsatte", "PIN-brev (")
    await told(hub, "UPDATE inmates SET unit = 'C', officer = NULL WHERE unit = 'N'")
    await opens(hub, "TK1", "Innsatte", "Avdeling N")
    await told(hub, "UPDATE people SET units = '[\"A\"]' WHERE id IN ('KB-C1', 'KB-C2')")
    await opens(hub, "TK1", "Innsatte", "Avdeling C", "C41", "Kontaktbetjent")


async def somebody_arrives(hub: Hub) -> None:
    await opens(hub, "TK1", "Innsatte", "Nyinnsatt")
    await hub["TK1"].press("A", of="Hvilken avdeling?")
    await hub["TK1"].say("Ola Nordmann")
    await hub["TK1"].press("A19", of="Hvilket nummer?")
    await hub["TK1"].press("Andre navn")
    await hub["TK1"].press("Villapal", of="Hvilket oppdiktet navn?")
    await hub["TK1"].press("litauisk", of="Hvilket språk?")
    await hub["TK1"].press("Ingen ennå", of="Hvem er kontaktbetjent?")
    await hub["TK1"].press("2", of="Hvor mange betjenter")
    await hub["TK1"].press("Legg til")


async def kiosks_and_browsers(hub: Hub) -> None:
    for each in hubs_of(hub):
        async with each.running.turns.begin() as turn:
            code = await devices.invite_kiosk(turn, "K-B")
        async with each.running.turns.begin() as turn:
            await devices.join(turn, code, kiosk=True)
    await opens(hub, "TK1", "Kiosker, nettlesere", "Kode til K-A")
    await hub["TK1"].press("Avslutt K-B")


async def settings(hub: Hub) -> None:
    for label, choice in (
        ("Ta vare på lapper", "30 dager"),
        ("Koordinator leser", "Ja"),
        ("Skjermen varsler etter", "20 sekunder"),
        ("Skjermen låser etter", "90 sekunder"),
    ):
        await opens(hub, "ADM", "Innstillinger", label, choice)
    await opens(hub, "TK1", "Innstillinger", "Ta vare på lapper", "Tilbake")


async def sent_away(hub: Hub) -> None:
    await opens(hub, "TK1", "Ansatte", "Rådgiver", "N1", "Ta bort tilgangen", "Nei, behold den", "Ta bort tilgangen")
    await hub["TK1"].press("Ja, ta den bort")
    await opens(hub, "TK1", "Ansatte", "Kontaktbetjent", "KB-A1", "Ta bort tilgangen")


async def the_log(hub: Hub) -> None:
    """Let the log hold every action and outcome that has words, and read all of it."""
    late = [(DROPPED, outcome) for outcome in OUTCOMES_OF[DROPPED]]
    told_apart = [*((action, "done") for action in ACTIONS), *(("send", outcome) for outcome in OUTCOMES), *late]
    for each in hubs_of(hub):
        async with each.running.database.transaction() as tx:
            for action, outcome in [*told_apart, ("refused", "Stale")]:
                await audit.add(tx, Entry(each.running.clock.now(), "N2", action, "FJ-103", outcome))
    older = ["Eldre"] * (len(told_apart) // PAGE)
    await opens(hub, "REV", "Innsynslogg", *older, "Nyeste", "Avvist", "Alt", "Lest")
    for line in ("FJ-103", "ZZ-999"):
        await hub["REV"].say(line)
        await hub.settled()
    await opens(hub, "REV", "Innsynslogg", "N2", *older)
