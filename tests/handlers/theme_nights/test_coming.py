"""Reminders of theme nights, offers that pass on after an outage, mornings, and how nothing is kept too long."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import reminders as due
from bot.domain.reminders import Kind, Reminder
from bot.store import database
from bot.usecases.theme_nights import sign_ups
from tests.handlers.office.test_retention import bytes_of, night, until_tidied
from tests.hub.afternoon import as_staff
from tests.hub.real_turns import demo_hub
from tests.hub.theme_nights import (
    DOOR,
    ENDS,
    STARTS,
    a_theme_night,
    all_join,
    at_screen,
    joins,
    line_of,
    numbers,
    opens,
    standing_of,
    takes_off,
)
from tests.hub.whole_hub import WholeHub, whole_hub


async def test_the_day_before_and_the_same_day_the_screen_reminds_who_has_a_seat(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        theme_night = await a_theme_night(hub, seats=1, closes=STARTS)
        await joins(hub, theme_night, "B01")
        await joins(hub, theme_night, "B05")
        for moment, said in (
            (STARTS.replace(day=18, hour=15, minute=5), "Du har plass i morgen kl. 18.00."),
            (STARTS.replace(hour=9), "Du har plass i dag kl. 18.00."),
        ):
            await hub.to(moment)
            assert [each.news for each in await line_of(hub, theme_night)] == [True, False]
            kiosk = await at_screen(hub, "B01")
            await kiosk.press("Temakvelder (1 ny")
            await kiosk.press("🔔 Gjeld og frihet")
            await kiosk.shows(said)
            await kiosk.press("Ferdig")
            await hub.settled()
            assert [each.news for each in await line_of(hub, theme_night)] == [False, False]


async def test_a_reminder_of_many_is_no_pile_of_messages(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        theme_night = await a_theme_night(hub, closes=STARTS)
        await all_join(hub, theme_night, numbers("B", 8))
        await hub.to(STARTS.replace(day=18, hour=15, minute=5))
        assert "Temakveld" not in await hub["KB-B1"].everything()
        await hub["KB-B1"].say("/svar")
        await hub["KB-B1"].shows("6 svar å fortelle")


async def sleeps_until(hub: WholeHub, seconds: float) -> None:
    """Let the hub miss everything in between, as in an outage: its clock alone goes on."""
    hub.running.clock.set(hub.running.clock.now() + timedelta(seconds=seconds))  # type: ignore[attr-defined]
    await hub.advance(1)


async def test_an_offer_that_ended_in_an_outage_passes_on_at_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        theme_night = await a_theme_night(hub, seats=1, closes=STARTS)
        for number in ("B01", "B05", "B09"):
            await joins(hub, theme_night, number)
        async with as_staff(hub, "TK1") as turn:
            await sign_ups.withdraw(turn, theme_night.id, 1, "B01")
        assert await standing_of(hub, theme_night, "B05") == "offered"
        await sleeps_until(hub, 40 * 3600)
        assert [await standing_of(hub, theme_night, each) for each in ("B05", "B09")] == ["passed", "offered"]
        [offered] = [each for each in await line_of(hub, theme_night) if each.offer_until]
        assert offered.offer_until is not None
        assert offered.offer_until > hub.running.clock.now() + timedelta(hours=19)


async def test_after_the_last_hours_a_seat_that_passes_stays_for_the_door(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        theme_night = await a_theme_night(hub, seats=1, closes=STARTS)
        for number in ("B01", "B05", "B09"):
            await joins(hub, theme_night, number)
        await hub.to(STARTS - timedelta(hours=5))
        async with as_staff(hub, "TK1") as turn:
            await sign_ups.withdraw(turn, theme_night.id, 1, "B01")
        await hub.to(DOOR)
        assert [await standing_of(hub, theme_night, each) for each in ("B05", "B09")] == ["passed", "waiting"]
        assert await hub.rows("SELECT 1 FROM claims WHERE resource LIKE 'person:%' AND holder LIKE 'night:%'") == []


async def test_a_reminder_of_a_theme_night_that_is_over_is_dropped(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        theme_night = await a_theme_night(hub, closes=STARTS)
        await joins(hub, theme_night, "B01")
        async with hub.running.database.transaction() as tx:
            await tx.run("DELETE FROM reminders WHERE kind IN ('list_closes', 'theme_night_over')")
        await sleeps_until(hub, (ENDS - hub.running.clock.now()).total_seconds() + 3600)
        assert [each.news for each in await line_of(hub, theme_night)] == [False]
        assert await hub.rows("SELECT outcome FROM audit WHERE action = 'dropped' AND about = '1'") == [
            {"outcome": "theme_night_tomorrow"}
        ]
        assert "Temakveld" not in await hub["KB-B1"].everything()
        assert "🪑" not in await hub["TK1"].everything()


@pytest.mark.parametrize("kind", [Kind.THEME_NIGHT_TOMORROW, Kind.THEME_NIGHT_TODAY])
def test_a_reminder_of_a_theme_night_is_of_use_on_its_day_alone(kind: Kind) -> None:
    planned = Reminder(kind, "1", STARTS.replace(hour=7, minute=30))
    assert not due.outlived(planned, demo_hub(), STARTS)
    assert due.outlived(planned, demo_hub(), STARTS + timedelta(days=1))
    passes = Reminder(Kind.SEAT_PASSES, "1/A01", STARTS)
    assert not due.outlived(passes, demo_hub(), STARTS + timedelta(days=9))


async def test_who_was_elsewhere_yesterday_has_the_offer_in_the_morning(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        theme_night = await a_theme_night(hub, seats=1, closes=STARTS)
        await joins(hub, theme_night, "B01")
        await joins(hub, theme_night, "B05")
        async with hub.running.database.transaction() as tx:
            await tx.run(
                "INSERT INTO claims (resource, cell, holder) SELECT 'person:B05', cell, 'FJ-900' FROM claims"
                " WHERE holder = 'night:1/B01'"
            )
        await takes_off(hub, "TK1", theme_night, "B01")
        await hub["TK1"].shows("1. B05 Strand", "noe annet da")
        async with hub.running.database.transaction() as tx:
            await tx.run("DELETE FROM claims WHERE holder = 'FJ-900'")
        await hub.to(night(1) + timedelta(hours=3, minutes=5))
        assert await standing_of(hub, theme_night, "B05") == "offered"
        await hub["KB-B2"].shows("Noe nytt å fortelle nå: temakveld tirsdag 19. januar kl. 18.00.")


async def test_a_list_is_gone_from_the_file_and_from_every_chat_when_its_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TIDY_SECONDS", 0.2)
    async with whole_hub(tmp_path) as hub:
        theme_night = await a_theme_night(hub, seats=2, closes=STARTS)
        for number in ("A15", "B05", "B09"):
            await joins(hub, theme_night, number)
        await takes_off(hub, "TK1", theme_night, "A15")
        await hub["KB-B3"].press("Vis svarene", of="Noe nytt å fortelle nå")
        await hub["KB-B3"].press("B09 kommer")
        await hub["KB-B3"].shows("alt er fortalt")
        await opens(hub, "KB-A3", f"join_paper:{theme_night.id}", "Skriv numrene")
        await hub["KB-A3"].say("A15")
        await hub["KB-A3"].shows("A15: nummer 1")
        kiosk = await at_screen(hub, "B05")
        await kiosk.press("Temakvelder")
        await kiosk.press("Gjeld og frihet")
        await kiosk.shows("Du er påmeldt.")
        async with hub.running.database.transaction() as tx:
            await tx.run(
                "UPDATE theme_nights SET starts = '2026-09-01T16:00:00+00:00', ends = '2026-09-01T18:00:00+00:00'"
            )
            await tx.run("DELETE FROM reminders WHERE kind LIKE 'evening%' OR kind LIKE 'list%' OR kind LIKE 'idle%'")
        await hub.to(night(1))
        await kiosk.shows("Her kan du be om en samtale")
        for who in ("TK1", "KB-B3", "KB-A3"):
            said = await hub[who].everything()
            assert "A15" not in said, who
            assert "B09" not in said, who
        assert await hub.rows("SELECT 1 FROM claims WHERE holder LIKE 'night:%/%'") == []
        about = f"{theme_night.id}/%"
        assert await hub.rows("SELECT about, done FROM reminders WHERE about LIKE :about", about=about) == []
        assert ("hub", "night_forgotten", theme_night.holder, "done") in await hub.audit(theme_night.holder)
        left = await hub.rows("SELECT key FROM messages WHERE text LIKE '%Barlind%'")
        assert left == []
        await until_tidied(tmp_path, b"Barlind", most=4)
        raw = bytes_of(tmp_path)
    raw += bytes_of(tmp_path)
    assert raw.count(b"Barlind") <= 4, "in the people's own rows and those alone"


async def test_ended_notices_are_deleted_as_well(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        async with hub.running.database.transaction() as tx:
            for number, ends in ((1, "2026-09-01T18:00:00.000000+00:00"), (2, "2027-01-10T18:00:00.000000+00:00")):
                await tx.run(
                    "INSERT INTO notices (id, prison, state, revision, texts, urgent, units, staff, starts, ends,"
                    " made_by, made_at) VALUES (:id, 'FJ', 'published', 1, '{}', 0, '[]', '[]', :ends, :ends, 'TK1',"
                    " :ends)",
                    id=number,
                    ends=ends,
                )
        await hub.to(night(1))
        assert await hub.rows("SELECT id FROM notices") == [{"id": 2}]
