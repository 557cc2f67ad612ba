"""A hundred at once for one thing: one gets it, by the rule alone, by the constraint alone, and by both."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.refusals import AlreadyBusy, SlotTaken, Stale
from bot.domain.slips import slips as slip_rules
from bot.domain.slips.slips import Slip
from bot.domain.timetable import bookings as rules
from bot.domain.timetable import timetable
from bot.usecases.slips import drafts, slips
from bot.usecases.timetable import bookings
from tests.hub.real_turns import FIRST_KIOSK, INMATES, RealTurns, all_at_once, real_turns

HUNDRED = 100
SLOT = "nav.N1.R1.2701140800"
TWIN = "nav.N2.R1.2701140800"
KINDS = "SELECT DISTINCT kind FROM reminders WHERE kind IN ('half', 'broken', 'over') ORDER BY kind"
WITHOUT_KEY = "CREATE TABLE claims (resource TEXT NOT NULL, cell INTEGER NOT NULL, holder TEXT NOT NULL)"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path) as opened:
        yield opened


def without_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_claimed", lambda _day, _resource, _slot: False)


async def without_the_constraint(hub: RealTurns) -> None:
    await hub.run("DROP TABLE claims")
    await hub.run(WITHOUT_KEY)


async def confirm(hub: RealTurns, slip: Slip, slot: str) -> str:
    async with hub.as_adviser(timetable.slot_with(hub.turns.hub, slot).adviser) as turn:
        await bookings.confirm(turn, slip.code, slot, slip.revision)
        return "won"


def outcomes(results: list[Any]) -> Counter[object]:
    return Counter(result if isinstance(result, str) else type(result) for result in results)


async def a_hundred_for_one_slot(hub: RealTurns) -> Counter[object]:
    waiting = [await hub.send(inmate.id, "nav") for inmate in INMATES]
    assert len(waiting) == HUNDRED
    return outcomes(await all_at_once(*(confirm(hub, slip, SLOT) for slip in waiting)))


async def live_bookings(hub: RealTurns) -> int:
    return int((await hub.rows("SELECT COUNT(*) AS n FROM bookings WHERE outcome = 'live'"))[0]["n"])


async def test_of_a_hundred_for_one_slot_one_gets_it(hub: RealTurns) -> None:
    assert await a_hundred_for_one_slot(hub) == {"won": 1, SlotTaken: 99}
    assert await live_bookings(hub) == 1


async def test_the_constraint_alone_gives_the_slot_once(hub: RealTurns, monkeypatch: pytest.MonkeyPatch) -> None:
    without_the_rule(monkeypatch)
    assert await a_hundred_for_one_slot(hub) == {"won": 1, SlotTaken: 99}
    assert await live_bookings(hub) == 1


async def test_the_rule_alone_gives_the_slot_once(hub: RealTurns) -> None:
    await without_the_constraint(hub)
    assert await a_hundred_for_one_slot(hub) == {"won": 1, SlotTaken: 99}
    assert await live_bookings(hub) == 1


async def test_without_both_this_test_would_see_it(hub: RealTurns, monkeypatch: pytest.MonkeyPatch) -> None:
    without_the_rule(monkeypatch)
    await without_the_constraint(hub)
    assert (await a_hundred_for_one_slot(hub))["won"] > 1


async def test_whoever_loses_keeps_everything_as_it_was(hub: RealTurns, monkeypatch: pytest.MonkeyPatch) -> None:
    without_the_rule(monkeypatch)
    first, second = await hub.send("B01", "nav"), await hub.send("B02", "nav")
    assert outcomes(await all_at_once(confirm(hub, first, SLOT), confirm(hub, second, SLOT))) == {
        "won": 1,
        SlotTaken: 1,
    }
    assert await hub.rows("SELECT state, revision FROM slips ORDER BY revision") == [
        {"state": "waiting", "revision": 1},
        {"state": "booked", "revision": 2},
    ]
    assert await hub.rows(KINDS) == [
        {"kind": "broken"},
        {"kind": "half"},
        {"kind": "over"},
    ]
    assert await hub.rows("SELECT COUNT(*) AS n FROM audit WHERE action = 'book'") == [{"n": 1}]


@pytest.mark.parametrize("guard", ["both", "constraint", "rule"])
async def test_two_advisers_never_share_a_room(hub: RealTurns, monkeypatch: pytest.MonkeyPatch, guard: str) -> None:
    if guard == "constraint":
        without_the_rule(monkeypatch)
    if guard == "rule":
        await without_the_constraint(hub)
    first, second = await hub.send("B01", "nav"), await hub.send("B02", "nav")
    assert outcomes(await all_at_once(confirm(hub, first, SLOT), confirm(hub, second, TWIN))) == {
        "won": 1,
        SlotTaken: 1,
    }


async def one_person_in_two_places(hub: RealTurns) -> Counter[object]:
    """The same person, asked for by NAV and by the volunteers at the same time in two rooms."""
    to_nav, to_friends = await hub.send("B01", "nav"), await hub.send("B01", "frivillig")
    return outcomes(
        await all_at_once(
            confirm(hub, to_nav, "nav.N1.R1.2701140800"), confirm(hub, to_friends, "frivillig.V1.R4.2701140800")
        )
    )


@pytest.fixture
def thursday_friends(hub: RealTurns) -> None:
    """The volunteers come at NAV's time too."""
    nav = next(each for each in hub.turns.hub.sessions if each.service == "nav")
    monday = next(each for each in hub.turns.hub.sessions if each.service == "frivillig")
    changed = replace(monday, day=nav.day, hours=nav.hours)
    hub.turns.hub = replace(hub.turns.hub, sessions=(*hub.turns.hub.sessions, changed))


@pytest.mark.usefixtures("thursday_friends")
async def test_nobody_is_in_two_places(hub: RealTurns) -> None:
    assert await one_person_in_two_places(hub) == {"won": 1, AlreadyBusy: 1}


@pytest.mark.usefixtures("thursday_friends")
async def test_nobody_is_in_two_places_by_the_constraint_alone(hub: RealTurns, monkeypatch: pytest.MonkeyPatch) -> None:
    without_the_rule(monkeypatch)
    assert await one_person_in_two_places(hub) == {"won": 1, SlotTaken: 1}


@pytest.mark.usefixtures("thursday_friends")
async def test_nobody_is_in_two_places_by_the_rule_alone(hub: RealTurns) -> None:
    await without_the_constraint(hub)
    assert await one_person_in_two_places(hub) == {"won": 1, AlreadyBusy: 1}


@pytest.mark.usefixtures("thursday_friends")
async def test_without_both_somebody_would_be_in_two_places(hub: RealTurns, monkeypatch: pytest.MonkeyPatch) -> None:
    without_the_rule(monkeypatch)
    await without_the_constraint(hub)
    assert await one_person_in_two_places(hub) == {"won": 2}


async def press_send(hub: RealTurns, step: int) -> str:
    async with hub.at_chat(FIRST_KIOSK) as turn:
        return (await drafts.send(turn, step)).code


async def test_a_send_button_pressed_a_hundred_times_at_once_sends_one_slip(hub: RealTurns) -> None:
    async with hub.as_inmate("B01", "K-A") as turn:
        await drafts.begin(turn, "nav")
        step = turn.session.step
    pressed = await all_at_once(*(press_send(hub, step) for _ in range(HUNDRED)))
    assert outcomes(pressed) == {"FJ-1": 1, Stale: 99}
    assert await hub.rows("SELECT code, inmate FROM slips") == [{"code": "FJ-1", "inmate": "B01"}]
    assert await hub.rows("SELECT value FROM counters WHERE name = 'slips FJ'") == [{"value": 1}]


async def test_a_hundred_people_who_send_at_once_get_a_hundred_codes(hub: RealTurns) -> None:
    sent = await all_at_once(*(hub.send(inmate.id, "nav") for inmate in INMATES))
    assert {slip.code for slip in sent} == {f"FJ-{number}" for number in range(1, HUNDRED + 1)}
    assert [slip.inmate for slip in sent] == [inmate.id for inmate in INMATES]


async def test_a_slip_begun_by_two_advisers_at_once_belongs_to_the_first(hub: RealTurns) -> None:
    slip = await hub.send("B01", "nav")

    async def own(adviser: str) -> str:
        async with hub.as_adviser(adviser) as turn:
            await slips.own_it(turn, slip.code, slip.revision)
            return "won"

    assert outcomes(await all_at_once(own("N1"), own("N2"), own("N3"))) == {"won": 1, Stale: 2}
    owners = await hub.rows(
        "SELECT adviser, until FROM ownerships WHERE slip = :slip ORDER BY revision", slip=slip.code
    )
    assert owners == [
        {"adviser": None, "until": hub.clock.now().isoformat(timespec="microseconds")},
        {"adviser": "N1", "until": None},
    ]


def moved_anyway(slip: Slip, _move: object, **changes: Any) -> Slip:
    return replace(slip, revision=slip.revision + 1, **changes)


@pytest.mark.parametrize("without_revisions", [False, True])
async def test_a_slip_is_booked_once_even_where_stale_presses_were_taken(
    hub: RealTurns, monkeypatch: pytest.MonkeyPatch, without_revisions: bool
) -> None:
    if without_revisions:
        monkeypatch.setattr(slip_rules, "as_shown", lambda slip, _revision: slip)
        monkeypatch.setattr(slip_rules, "moved", moved_anyway)
    slip = await hub.send("B01", "nav")
    free = [slot.id for slot in timetable.coming(hub.turns.hub, "nav", hub.clock.now()) if slot.room == "R1"]
    free = [slot for slot in free if slot.startswith("nav.N1.")]
    results = await all_at_once(*(confirm(hub, slip, slot) for slot in free))
    assert outcomes(results) == {"won": 1, Stale: len(free) - 1}
    assert await live_bookings(hub) == 1


async def test_a_daily_cap_holds_when_everybody_comes_at_once(hub: RealTurns) -> None:
    services = hub.turns.hub.services
    day = timetable.coming(hub.turns.hub, "nav", hub.clock.now())[0].starts
    slots = [
        slot.id
        for slot in timetable.coming(hub.turns.hub, "nav", hub.clock.now())
        if slot.adviser == "N1" and slot.starts < day + timedelta(hours=12)
    ]
    waiting = [await hub.send(INMATES[number].id, "nav") for number in range(len(slots))]
    results = await all_at_once(*(confirm(hub, slip, slot) for slip, slot in zip(waiting, slots, strict=True)))
    assert outcomes(results)["won"] == services["nav"].daily_cap
