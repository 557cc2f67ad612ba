"""Several at a theme night at the same instant: everybody's screen shows their own, and agrees with the rows."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Person, Role
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.store import people
from bot.usecases.theme_nights import theme_nights
from tests.hub.afternoon import as_staff
from tests.hub.theme_nights import ENDS, STARTS, a_draft, a_theme_night, at_screen, joins, opens, standing_of, takes_off
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, whole_hub
from tests.watches.invariants import check

LATER, LATER_ENDS = STARTS + timedelta(7), ENDS + timedelta(7)


async def looks_at(hub: WholeHub, number: str, night: ThemeNight) -> Device:
    await hub.settled()  # a hub that has just started still writes its screens
    kiosk = await at_screen(hub, number)
    message = await kiosk.shows("Hvem vil du snakke med?")
    await hub.settled()
    await kiosk.press_raw(message["id"], "nights")
    await kiosk.press_raw(message["id"], f"night:{night.id}")
    await kiosk.shows("Gjeld og frihet", "Sted:")
    await hub.settled()
    return kiosk


async def cancels(hub: WholeHub, night: ThemeNight) -> None:
    await opens(hub, "TK1", f"night_page:{night.id}", "Gjeld og frihet")
    page = await hub["TK1"].shows("Gjeld og frihet", "Plakat")
    await hub.settled()
    await hub["TK1"].press_raw(page["id"], f"night_off:{night.id}:{night.revision}:few")
    await hub.settled()


async def test_a_night_is_cancelled_while_somebody_looks_at_it_who_never_signed_up(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        on_list, looking = await looks_at(hub, "A01", night), await looks_at(hub, "B01", night)
        await on_list.press("Meld meg på")
        await on_list.shows("Du er påmeldt.")
        await hub.settled()
        await cancels(hub, night)
        assert await standing_of(hub, night, "A01") == "called_off"
        await on_list.shows("Temakvelden er avlyst.", "Be om en samtale")
        assert "ledig" not in await on_list.everything()
        await looking.shows("Denne temakvelden finnes ikke lenger.")
        assert "Be om en samtale" not in await looking.everything()


async def test_each_screen_shows_its_own_whatever_somebody_else_presses(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        first, second = await looks_at(hub, "A01", night), await looks_at(hub, "B01", night)
        await first.press("Meld meg på")
        await first.shows("Du er påmeldt.")
        waits = await second.shows("Sett meg i kø")
        await hub.settled()
        await second.press_raw(waits["id"], f"join:{night.id}")
        await second.shows("nummer 1")
        await hub.settled()
        assert "nummer 1" not in await first.everything()
        await first.press("Jeg kan ikke komme")
        await first.press("Ja, meld meg av")
        await first.shows("Du er ikke påmeldt lenger.")
        await second.shows("Ja, jeg kommer")
        await hub.settled()
        shown = {number: await hub[kiosk].everything() for number, kiosk in (("A01", "K-A"), ("B01", "K-B"))}
        assert "Ja, jeg kommer" not in shown["A01"]
        assert [each for each in ("B01", "Selje", "A01", "Furu") if each in "".join(shown.values())] == []
        assert await hub.rows(WHO_READ) == [], "nobody reads another's slip by pressing"


WHO_READ = "SELECT actor, about FROM audit WHERE action = 'read'"
SEATS = "SELECT inmate, state FROM sign_ups WHERE night = :night ORDER BY inmate"


async def both_at_once(*presses: Awaitable[Any]) -> None:
    await asyncio.gather(*presses)


async def says(hub: WholeHub, number: str, *words: str) -> bool:
    """Say whether somebody's screen has one of these words."""
    shown = await hub[f"K-{number[0]}"].everything()
    return any(word in shown for word in words)


@pytest.mark.parametrize("turn", range(3))
async def test_two_want_the_last_seat_at_the_same_instant(tmp_path: Path, turn: int) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        both = [await looks_at(hub, number, night) for number in ("A01", "B01")]
        screens = [await each.shows("Meld meg på") for each in both]
        await both_at_once(
            *(each.press_raw(screen["id"], f"join:{night.id}") for each, screen in zip(both, screens, strict=True))
        )
        await hub.settled()
        states = {row["inmate"]: row["state"] for row in await hub.rows(SEATS, night=night.id)}
        assert sorted(states.values()) == ["seated", "waiting"]
        for number, state in states.items():
            assert await says(hub, number, "Du er påmeldt.") is (state == "seated")
            assert await says(hub, number, "nummer 1") is (state == "waiting")
        await check(hub.rows, hub.running.turns.hub)


async def test_an_offer_is_accepted_at_the_moment_it_passes_on(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1, closes=STARTS)
        for number in ("A01", "B01", "B02"):
            await joins(hub, night, number)
        await takes_off(hub, "TK1", night, "A01")
        kiosk = await looks_at(hub, "B01", night)
        yes = await kiosk.shows("Ja, jeg kommer")
        data = data_of(yes, "Ja, jeg kommer")[0]
        hub.running.clock.set(hub.running.clock.now() + timedelta(hours=24, seconds=-1))  # type: ignore[attr-defined]
        await both_at_once(kiosk.press_raw(yes["id"], data), hub.advance(2))
        await hub.settled()
        states = {row["inmate"]: row["state"] for row in await hub.rows(SEATS, night=night.id)}
        assert (states["B01"], states["B02"]) in {("seated", "waiting"), ("passed", "offered")}
        if await says(hub, "B01", "Du er påmeldt."):
            assert states["B01"] == "seated"
        await check(hub.rows, hub.running.turns.hub)


@pytest.mark.parametrize("turn", range(3))
async def test_a_night_is_cancelled_while_somebody_signs_up(tmp_path: Path, turn: int) -> None:
    async with whole_hub(tmp_path) as hub:
        night = await a_theme_night(hub, seats=1)
        kiosk = await looks_at(hub, "A01", night)
        screen = await kiosk.shows("Meld meg på")
        await opens(hub, "TK1", f"night_page:{night.id}", "Gjeld og frihet")
        page = await hub["TK1"].shows("Gjeld og frihet", "Plakat")
        await hub.settled()
        off = hub["TK1"].press_raw(page["id"], f"night_off:{night.id}:{night.revision}:few")
        join = kiosk.press_raw(screen["id"], f"join:{night.id}")
        await both_at_once(*((off, join) if turn % 2 else (join, off)))
        await hub.settled()
        assert await hub.rows("SELECT state FROM theme_nights WHERE id = :id", id=night.id) == [{"state": "cancelled"}]
        states = {row["inmate"]: row["state"] for row in await hub.rows(SEATS, night=night.id)}
        assert states in ({}, {"A01": "called_off"})
        assert not await says(hub, "A01", "Du er påmeldt.", "Meld meg på")
        assert await says(hub, "A01", "Be om en samtale") is bool(states)
        await check(hub.rows, hub.running.turns.hub)


async def test_two_publish_the_same_night_and_it_is_told_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        async with as_staff(hub, "N1") as turn:
            draft = await theme_nights.create(turn, a_draft(turn.now, starts=LATER, ends=LATER_ENDS, made_by="N1"))
            await theme_nights.propose(turn, draft.id, draft.revision)
        pages = [await sees(hub, chat, draft.id) for chat in ("TK1", await another_coordinator(hub))]
        await both_at_once(*(device.press_raw(page["id"], data) for device, page, data in pages))
        await hub.settled()
        about = f"night:{draft.id}"
        assert [row[:2] for row in await hub.audit(about) if row[1] == "night_published"] in (
            [("TK1", "night_published")],
            [("TK2", "night_published")],
        )
        assert await hub.rows("SELECT COUNT(*) AS n FROM broadcasts WHERE about = :about", about=about) == [{"n": 1}]
        said = [await device.everything() for device, _page, _data in pages]
        assert sorted("Temakvelden er lagt ut." in each for each in said) == [False, True]
        await check(hub.rows, hub.running.turns.hub)


async def sees(hub: WholeHub, chat: str, night: int) -> tuple[Device, Message, str]:
    """Let a coordinator open the preview; return the button that publishes."""
    device = hub[chat]
    await device.say("/start")
    start = await device.shows("Hva vil du gjøre?")
    await hub.settled()  # or else the hub may not know yet which message this is, and its page has no such button
    await device.press_raw(start["id"], f"night_preview:{night}")
    page = await device.shows("Legg ut")
    await hub.settled()
    return device, page, data_of(page, "Legg ut")[0]


async def another_coordinator(hub: WholeHub) -> str:
    """Let the duty leader's chat be a second coordinator's."""
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, Person("TK2", Role.COORDINATOR, "To", "nb", frozenset(), frozenset("ABCN")))
        await tx.run("UPDATE accounts SET person = 'TK2' WHERE person = 'VL'")
    return "VL"
