"""Theme nights for those who do not come to a screen: signed up with consent, told what is new, never by a stranger."""

from pathlib import Path

import pytest

from tests.hub.theme_nights import (
    STARTS,
    a_theme_night,
    all_join,
    at_screen,
    finish,
    joins,
    labels,
    line_of,
    numbers,
    opens,
    standing_of,
    takes_off,
)
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub


async def as_far_as_consent(hub: WholeHub, inmate: str = "A10 Alm", who: str = "KB-A1") -> Device:
    await opens(hub, who, "evenings", "tirsdag 19. januar kl. 18.00 · Gjeld og frihet")
    await hub[who].press("tir. 19. jan. kl. 18.00")
    await hub.settled()
    await hub[who].press("Meld på noen")
    await hub[who].press(inmate, of="Hvem vil være med?")
    await hub[who].shows("Er det greit? Du kan si nei.")
    await hub.settled()
    return hub[who]


async def test_the_officer_asks_first_and_the_record_says_that_the_inmate_said_yes(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        officer = await as_far_as_consent(hub)
        asked = (await officer.shows("A10 Alm, språk: somali"))["text"]
        assert "Kontaktbetjent KB-A1 melder deg på en temakveld." in asked
        assert "Det handler om: Gjeld og frihet.\nDen er tirsdag 19. januar kl. 18.00." in asked
        assert await line_of(hub, night) == [], "before the yes nothing is kept"
        await officer.press("Ja, det er greit")
        await officer.shows("✅ A10: har plass 1", "Den kan trekkes tilbake ved skjermen.")
        [mine] = await line_of(hub, night)
        assert (mine.inmate, str(mine.source), mine.written_by) == ("A10", "staff", "KB-A1")
        assert [row[1:] for row in await hub.audit(mine.holder)] == [
            ("sign_up_seat", mine.holder, "done"),
            ("consent", mine.holder, "oral"),
        ]
        kiosk = await at_screen(hub, "A10")
        await kiosk.press("Mine samtaler")
        await kiosk.press("🎟️ Gjeld og frihet", of="Temakveld tirsdag 19. januar kl. 18.00")
        await kiosk.shows("Du er påmeldt.", "En betjent meldte deg på.")


async def test_it_is_asked_in_the_inmates_language_where_we_have_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await a_theme_night(hub)
        officer = await as_far_as_consent(hub, "B06 Holme", "KB-B2")
        asked = (await officer.shows("B06 Holme"))["text"]
        assert "It is about: Debt and freedom.\nIt is Tuesday 19 January at 18:00." in asked
        assert "Det handler om: Gjeld og frihet" in asked


async def test_no_ends_it_kindly_and_yes_pressed_twice_signs_up_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        officer = await as_far_as_consent(hub)
        page = await officer.press("Nei", of="Er det greit?")
        await officer.shows("Det er helt greit. Ingenting er skrevet ned.")
        await officer.press_raw(page["id"], data_of(page, "Ja, det er greit")[0])
        await officer.alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        assert await line_of(hub, night) == []
        officer = await as_far_as_consent(hub)
        page = await officer.press("Ja, det er greit")
        await officer.press_raw(page["id"], data_of(page, "Ja, det er greit")[0])
        await hub.settled()
        assert len(await line_of(hub, night)) == 1


async def test_one_goes_back_to_whom_one_chose_from_and_nothing_is_kept(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        await opens(hub, "TK1", f"night_list:{night.id}", "0 av 20 plasser er tatt")
        await hub["TK1"].press("Meld på noen")
        await hub["TK1"].press("➡️ Flere", of="Hvem vil være med?")
        await hub["TK1"].press("B06 Holme")
        page = await hub["TK1"].shows("B06 Holme", "Er det greit? Du kan si nei.")
        await hub["TK1"].press("⬅️ Tilbake", of="Er det greit?")
        chosen_from = await hub["TK1"].shows("Hvem vil være med?", "B06 Holme")
        assert chosen_from["id"] == page["id"]
        await hub.settled()
        await hub["TK1"].press_raw(page["id"], data_of(page, "Ja, det er greit")[0])
        await hub["TK1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        assert await line_of(hub, night) == []
        await hub["TK1"].press("B07", of="Hvem vil være med?")
        await hub["TK1"].press("Ja, det er greit", of="B07")
        await hub["TK1"].shows("✅ B07: har plass 1")


@pytest.mark.parametrize(
    "data", ["join_for:{}:A04", "join_for:{}:Z99", "unseat:{}:A04", "unseat:{}:A04:1", "seat_for:{}:A04:1:yes"]
)
async def test_an_officer_does_not_reach_the_people_of_others(tmp_path: Path, data: str) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        await joins(hub, night, "A04")
        before = await line_of(hub, night)
        page = await opens(hub, "KB-A1", f"night_list:{night.id}", "1 av 20 plasser er tatt")
        assert "A04" not in page["text"], "how many there are is all that others learn"
        await hub["KB-A1"].press_raw(page["id"], data.format(night.id))
        await hub["KB-A1"].alerted()
        await hub.settled()
        assert await line_of(hub, night) == before


async def test_whoever_has_nothing_to_do_with_a_night_does_not_see_its_list(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        await opens(hub, "KB-C1", "evenings", "Ingen temakvelder er satt opp ennå.")
        page = await hub["KB-C1"].shows("Ingen temakvelder")
        for data in ("night_list:{}", "door:{}", "attendance:{}", "join_for:{}", "join_paper:{}", "unseat:{}"):
            await hub["KB-C1"].press_raw(page["id"], data.format(night.id))
            await hub.settled()
        refused = await hub.rows("SELECT outcome FROM audit WHERE action = 'refused'")
        assert [row["outcome"] for row in refused] == ["NightGone"] * 6


async def test_a_freed_seat_is_told_by_the_officer_who_answers_for_the_inmate(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        await all_join(hub, night, ["B01"])
        await joins(hub, night, "B05")
        await joins(hub, night, "B09")
        kiosk = await at_screen(hub, "B01")
        await kiosk.press("Temakvelder")
        await kiosk.press("Gjeld og frihet")
        await kiosk.press("Jeg kan ikke komme")
        await kiosk.press("Ja, meld meg av")
        await finish(hub, kiosk)
        officer = hub["KB-B2"]
        await officer.press("Vis svarene", of="Noe nytt å fortelle nå")
        await officer.shows("B05 Strand · temakveld", "Du kan få plass: svar senest")
        page = await officer.press("B05 Nei")
        await officer.shows("Temakveld tirsdag 19. januar kl. 18.00: alt er fortalt.")
        assert [await standing_of(hub, night, each) for each in ("B05", "B09")] == ["withdrawn", "offered"]
        await officer.press_raw(page["id"], data_of(page, "B05 kommer")[0])
        await officer.alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        await hub["KB-B3"].press("Vis svarene", of="Noe nytt å fortelle nå")
        await hub["KB-B3"].press("B09 kommer")
        await hub.settled()
        assert await standing_of(hub, night, "B09") == "seated"


async def test_what_the_inmate_reads_at_the_screen_is_not_told_again(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        await joins(hub, night, "B01")
        await joins(hub, night, "B05")
        await takes_off(hub, "TK1", night, "B01")
        officer = hub["KB-B2"]
        await officer.press("Vis svarene", of="Noe nytt å fortelle nå")
        await officer.shows("1 svar å fortelle", "B05 Strand")
        kiosk = await at_screen(hub, "B05")
        await kiosk.press("Temakvelder (1 ny")
        await kiosk.press("🔔 Gjeld og frihet")
        await kiosk.shows("Vil du ha plassen?")
        await officer.shows("Ingen svar å fortelle nå.")
        await officer.shows("alt er fortalt.")
        assert "B05" not in await officer.everything()


async def test_somebody_else_at_another_screen_does_not_read_the_news_of_who_is_looking(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        await joins(hub, night, "B01")
        await joins(hub, night, "A05")
        waiting = await at_screen(hub, "A05")
        await waiting.press("Temakvelder")
        await waiting.press("Gjeld og frihet")
        await waiting.shows("Du er nummer 1 i køen.")
        leaving = await at_screen(hub, "B01")
        await leaving.press("Temakvelder")
        await leaving.press("Gjeld og frihet")
        await leaving.press("Jeg kan ikke komme")
        await leaving.press("Ja, meld meg av")
        await waiting.shows("Vil du ha plassen?")
        await hub.settled()
        assert [each.news for each in await line_of(hub, night) if each.inmate == "A05"] == [True]


async def test_told_at_the_cell_door_it_is_told_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        await joins(hub, night, "B05")
        async with hub.running.database.transaction() as tx:
            await tx.run("DELETE FROM reminders WHERE kind = 'list_closes'")
        await hub.to(STARTS.replace(day=18, hour=15, minute=5))
        await hub["KB-B2"].say("/svar")
        await hub["KB-B2"].shows("B05 Strand", "Du har plass i morgen kl. 18.00.")
        page = await hub["KB-B2"].press("B05 Fortalt")
        await hub["KB-B2"].shows("Ingen svar å fortelle nå.")
        await hub["KB-B2"].press_raw(page["id"], data_of(page, "B05 Fortalt")[0])
        await hub["KB-B2"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        told = [row for row in await hub.audit(f"{night.holder}/B05") if row[1] == "told"]
        assert len(told) == 1


async def test_the_list_says_why_somebody_waits(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub)
        await all_join(hub, night, numbers("A", 8))
        await joins(hub, night, "A09")
        page = await opens(hub, "TK1", f"night_list:{night.id}", "8 av 20 plasser er tatt, 1 venter.")
        assert "1. A09 Ask, siden ons. 13. jan. kl. 10.0" in page["text"]
        assert "avdelingen er full (8 av 8)" in page["text"]
        own = await opens(hub, "KB-A3", f"night_list:{night.id}", "8 av 20 plasser er tatt, 1 venter.")
        assert "🪑 A: A07 Lønn, A08 Eik\n1. A09 Ask" in own["text"]
        assert "A01" not in own["text"]
        assert "🖨️ Deltakerliste" not in labels(own)
