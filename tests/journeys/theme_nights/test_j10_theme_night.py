"""J10: more want to come than there are seats; the line works by itself, and exactly twenty have one."""

from pathlib import Path

from bot.domain.theme_nights.sign_ups import State, number_in_line, waiting
from bot.domain.theme_nights.tallies import suggests_another, tally
from bot.domain.theme_nights.theme_nights import ThemeNight, Why
from bot.usecases.theme_nights import theme_nights
from tests.documents.pages import pages, words
from tests.hub.afternoon import as_staff
from tests.hub.theme_nights import (
    a_theme_night,
    all_join,
    at_screen,
    finish,
    labels,
    line_of,
    numbers,
    opens,
    standing_of,
)
from tests.hub.whole_hub import WholeHub, whole_hub

WANT = [*numbers("A", 10), *numbers("B", 14)]


async def full(hub: WholeHub) -> ThemeNight:
    """Let twenty-four sign up at once for twenty seats, of which A has eight."""
    night = await a_theme_night(hub)
    await all_join(hub, night, WANT)
    return night


async def in_line(hub: WholeHub, night: ThemeNight, unit: str) -> list[str]:
    return [each.inmate for each in waiting(await line_of(hub, night)) if each.unit == unit]


async def seated(hub: WholeHub, night: ThemeNight, unit: str) -> list[str]:
    return [each.inmate for each in await line_of(hub, night) if each.state is State.SEATED and each.unit == unit]


async def test_j10_exactly_twenty_of_those_who_come_at_once_are_in_and_eight_of_them_from_a(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await full(hub)
        line = await line_of(hub, night)
        counted = tally(line)
        assert (counted.wanted, counted.seated, counted.waiting) == (24, 20, 4)
        assert counted.by_unit == {"A": 8, "B": 12}
        assert sorted(each.seat for each in line if each.seat) == list(range(1, 21))
        assert suggests_another(counted)
        page = await opens(hub, "TK1", f"night_list:{night.id}", "20 av 20 plasser er tatt, 4 venter.")
        assert "A: 8 av 8 · B: 12 av 20" in page["text"]
        assert "De som melder seg på først, får plass." in page["text"]
        first = waiting(line)[0].inmate
        assert f"1. {first}" in page["text"]
        assert ": alle plasser er tatt" in page["text"]
        assert ("TK1", "read_night", night.holder, "done") in await hub.audit(night.holder)


async def test_j10_a_seat_that_is_given_back_goes_to_the_next_who_may_have_it_and_passes_on(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await full(hub)
        await opens(hub, "TK1", f"night_list:{night.id}", "4 venter.")
        [first, second] = await in_line(hub, night, "B")
        leaving = (await seated(hub, night, "B"))[0]
        kiosk = await at_screen(hub, leaving)
        await kiosk.press("Temakvelder")
        await kiosk.press("Gjeld og frihet")
        await kiosk.press("Jeg kan ikke komme")
        await kiosk.press("Ja, meld meg av")
        await kiosk.shows("Du er ikke påmeldt lenger.")
        await finish(hub, kiosk)
        assert await standing_of(hub, night, first) == "offered", "however many of A wait before"
        page = await hub["TK1"].shows("har tilbud til tor. 14. jan. kl. 10.0", "3 venter.")
        a_waits = (await in_line(hub, night, "A"))[0]
        assert f"{number_in_line(await line_of(hub, night), a_waits)}. {a_waits}" in page["text"]
        officer = await officer_of(hub, first)
        await hub[officer].shows("Noe nytt å fortelle nå: temakveld tirsdag 19. januar kl. 18.00.")
        await hub.advance(24 * 3600 + 60)
        assert await standing_of(hub, night, first) == "passed"
        assert await standing_of(hub, night, second) == "offered"
        assert tally(await line_of(hub, night)).wanted == 24, "for planning, whatever became of them"
        kiosk = await at_screen(hub, first)
        await kiosk.press("Temakvelder")
        late = await kiosk.press("Gjeld og frihet")
        await kiosk.shows("Plassen gikk til en annen.")
        await kiosk.press_raw(late["id"], f"seat_yes:{night.id}:2")
        assert await kiosk.alerted() == "Denne plassen holdes ikke av lenger. Nå ser du det nyeste."
        await kiosk.shows("Plassen gikk til en annen.")
        await finish(hub, kiosk)
        kiosk = await at_screen(hub, second)
        await kiosk.shows("Temakvelder (1 ny")
        await kiosk.press("Temakvelder")
        await kiosk.press("Gjeld og frihet")
        await kiosk.press("Ja, jeg kommer")
        await kiosk.shows("Du er påmeldt.")
        counted = tally(await line_of(hub, night))
        assert (counted.seated, counted.waiting, counted.by_unit) == (20, 2, {"A": 8, "B": 12})
        passed = [row for row in await hub.audit(f"{night.holder}/{first}") if row[1] == "sign_up_pass"]
        assert passed == [("hub", "sign_up_pass", f"{night.holder}/{first}", "done")]


async def officer_of(hub: WholeHub, number: str) -> str:
    return str((await hub.rows("SELECT officer FROM inmates WHERE id = :id", id=number))[0]["officer"])


async def test_j10_a_seat_of_a_goes_to_the_next_of_a(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await full(hub)
        next_one = waiting(await line_of(hub, night))[0].inmate
        leaving = (await seated(hub, night, next_one[0]))[0]
        await opens(hub, "TK1", f"night_list:{night.id}", "4 venter.")
        await hub["TK1"].press("Ta av lista")
        await hub["TK1"].press(leaving, of="Hvem kan ikke komme?")
        await hub["TK1"].press("Ja, ta av lista")
        await hub["TK1"].shows(f"{leaving} er tatt av lista.")
        assert await standing_of(hub, night, next_one) == "offered"
        await hub["TK1"].press(f"{next_one} kommer", of="har tilbud til")
        await hub.settled()
        assert await standing_of(hub, night, next_one) == "seated"
        assert tally(await line_of(hub, night)).seated == 20


async def test_j10_the_list_prints_numbers_and_aliases_with_boxes_and_no_reasons(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await full(hub)
        page = await opens(hub, "TK1", f"night_list:{night.id}", "4 venter.")
        assert "🖨️ Deltakerliste" in labels(page)
        await hub["TK1"].press("Deltakerliste")
        message = await hub["TK1"].shows("Deltakerlista, til å skrive ut.", "Arket ligger her i 10 minutter")
        file = await hub.http.get(f"/client/documents/{message['documents'][0]['file_id']}")
        said, line = words(file.content), await line_of(hub, night)
        aliases = {row["id"]: row["alias"] for row in await hub.rows("SELECT id, alias FROM inmates")}
        come = sorted(each.inmate for each in line if each.seat)
        assert said[:5] == [
            "Fjordheim fengsel",
            "Deltakerliste",
            "Gjeld og frihet",
            "tirsdag 19. januar kl. 18.00–19.30",
            "Sted: Gymsal.",
        ]
        wait = [f"{n}. {each.inmate} {aliases[each.inmate]}" for n, each in enumerate(waiting(line), start=1)]
        in_a, in_b = ([f"{each} {aliases[each]}" for each in come if each[0] == unit] for unit in "AB")
        whole = ["Avdeling A", *in_a, "Avdeling B", *in_b, "Venteliste", *wait, "Kom i tillegg"]
        assert [each for each in said[5:] if each] == whole[: len(said[5:])]
        assert pages(file.content) <= 2
        await hub.advance(11 * 60)
        assert [each for each in await hub["TK1"].messages() if each["documents"]] == []


async def test_j10_how_many_wanted_to_come_is_kept_when_the_list_is_deleted(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await full(hub)
        async with hub.running.database.transaction() as tx:
            await tx.run(
                "UPDATE theme_nights SET starts = '2026-09-01T16:00:00+00:00', ends = '2026-09-01T18:00:00+00:00'"
            )
            await tx.run("DELETE FROM reminders WHERE kind LIKE 'evening%' OR kind LIKE 'list%'")
        await hub.advance(24 * 3600)
        assert await line_of(hub, night) == []
        async with as_staff(hub, "TK1") as turn:
            kept = await theme_nights.tally(turn, night)
        assert (kept.wanted, kept.seated, dict(kept.by_unit)) == (24, 20, {"A": 8, "B": 12})


async def test_j10_where_it_is_cancelled_a_talk_is_asked_for_instead_and_the_officer_hears_of_it(
    tmp_path: Path,
) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await full(hub)
        async with as_staff(hub, "TK1") as turn:
            await theme_nights.cancel(turn, night.id, night.revision, Why.HOST)
        await hub["KB-B1"].say("/svar")
        await hub["KB-B1"].shows("B01 Lyng · temakveld tirsdag 19. januar kl. 18.00", "Temakvelden er avlyst.")
        kiosk = await at_screen(hub, "B01")
        await kiosk.press("Temakvelder")
        await kiosk.press("Gjeld og frihet")
        await kiosk.press("Be om en samtale", of="Temakvelden er avlyst")
        await kiosk.shows("Lappen er sendt")
        await hub.settled()
        found = await hub.rows(
            "SELECT s.inmate, o.service FROM slips s JOIN ownerships o ON o.slip = s.code WHERE s.code > 'FJ-115'"
        )
        assert found == [{"inmate": "B01", "service": "gjeld"}]
        await hub["KB-B1"].until(
            lambda message: "svar å fortelle" in message["text"] and "B01 Lyng · temakveld" not in message["text"],
            "the others' news alone",
        )
        assert await hub.rows("SELECT COUNT(*) AS n FROM claims WHERE holder LIKE 'night:%'") == [{"n": 0}]
