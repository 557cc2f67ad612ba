"""A hundred at once for twenty seats, on the real database: by the rule, by the constraints, and by both (J10)."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.people import Inmate
from bot.domain.refusals import SlotTaken, Stale
from bot.domain.theme_nights import joining
from bot.domain.theme_nights import sign_ups as line_rules
from bot.domain.theme_nights.refusals import BusyThen, NightGone, NoSeatLeft, RoomTaken, SeatsTaken
from bot.domain.theme_nights.sign_ups import Source
from bot.domain.theme_nights.theme_nights import State, ThemeNight, Why
from bot.store import sign_ups as rows_of_sign_ups
from bot.usecases.theme_nights import seats, sign_ups, theme_nights
from tests.domain.theme_nights.test_theme_nights import NIGHT
from tests.hub.real_turns import RealTurns, all_at_once, real_turns

HALF = 50
EVERYBODY = tuple(Inmate(f"{unit}{number:02}", unit, "Lyng", "nb") for number in range(HALF) for unit in "AB")
SEATED = "SELECT unit, COUNT(*) AS n FROM sign_ups WHERE seat IS NOT NULL GROUP BY unit ORDER BY unit"
DRAFT = replace(NIGHT, id=0, state=State.DRAFT)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    async with real_turns(tmp_path, EVERYBODY) as opened:
        yield opened


async def published(hub: RealTurns, night: ThemeNight = DRAFT) -> ThemeNight:
    async with hub.as_adviser("TK1") as turn:
        draft = await theme_nights.create(turn, night)
        return await theme_nights.publish(turn, draft.id, draft.revision)


async def join(hub: RealTurns, night: int, inmate: str) -> str:
    async with hub.as_adviser("TK1") as turn:
        return str((await sign_ups.join_for(turn, night, inmate)).mine.state)


async def everybody_at_once(hub: RealTurns, night: ThemeNight) -> Counter[str]:
    results = await all_at_once(*(join(hub, night.id, each.id) for each in EVERYBODY))
    return Counter(each if isinstance(each, str) else type(each).__name__ for each in results)


async def seated(hub: RealTurns) -> list[tuple[str, int]]:
    return [(row["unit"], row["n"]) for row in await hub.rows(SEATED)]


async def test_a_hundred_at_once_get_twenty_seats_eight_of_them_in_unit_a(hub: RealTurns) -> None:
    assert await everybody_at_once(hub, await published(hub)) == {"seated": 20, "waiting": 80}
    assert await seated(hub) == [("A", 8), ("B", 12)]
    places = await hub.rows("SELECT place FROM sign_ups ORDER BY place")
    assert [row["place"] for row in places] == list(range(1, 101)), "everybody has a place of their own in line"


async def test_without_the_constraints_the_rule_alone_gives_twenty(hub: RealTurns) -> None:
    night = await published(hub)
    for index in ("sign_ups_one_per_seat", "sign_ups_one_per_unit_seat"):
        await hub.run(f"DROP INDEX {index}")
    assert (await everybody_at_once(hub, night))["seated"] == 20
    assert await seated(hub) == [("A", 8), ("B", 12)]


async def test_without_the_rule_the_constraints_alone_let_nobody_sit_twice(
    hub: RealTurns, monkeypatch: pytest.MonkeyPatch
) -> None:
    night = await published(hub)
    numbers = iter(range(10**6))

    def any_seat(night: ThemeNight, *_: object) -> tuple[int, int]:
        number = next(numbers)
        return number % night.seats + 1, number % 8 + 1

    monkeypatch.setattr(joining, "free_seat", any_seat)
    found = await everybody_at_once(hub, night)
    assert found["seated"] <= 16, "eight seats of each unit"
    assert found["seated"] + found[NoSeatLeft.__name__] == 100
    rows = await hub.rows("SELECT seat, unit, unit_seat FROM sign_ups WHERE seat IS NOT NULL")
    assert len({row["seat"] for row in rows}) == len({(row["unit"], row["unit_seat"]) for row in rows}) == len(rows)


async def test_a_freed_seat_has_one_new_owner_whoever_is_quick(hub: RealTurns) -> None:
    night = await published(hub, replace(DRAFT, seats=1))
    for each in ("A00", "B00", "A01", "B01"):
        await join(hub, night.id, each)
    async with hub.as_adviser("TK1") as turn:
        step = await sign_ups.withdraw(turn, night.id, 1, "A00")
    assert [each.inmate for each in step.offered] == ["B00"]
    revision = step.offered[0].revision

    async def answer(yes: bool) -> None:
        async with hub.as_adviser("TK1") as turn:
            await (sign_ups.accept if yes else sign_ups.decline)(turn, night.id, revision, "B00")

    results = await all_at_once(*(answer(yes) for yes in (True, False, True)))
    assert [type(each) for each in results] == [type(None), Stale, Stale]
    assert await seated(hub) == [("B", 1)]


async def test_an_offer_that_nobody_answers_passes_on(hub: RealTurns) -> None:
    night = await published(hub, replace(DRAFT, seats=1))
    for each in ("A00", "B00", "A01"):
        await join(hub, night.id, each)
    async with hub.as_adviser("TK1") as turn:
        await sign_ups.withdraw(turn, night.id, 1, "A00")
    hub.clock.move(timedelta(hours=24))
    async with hub.turns.begin() as turn:
        step = await sign_ups.let_pass(turn, night.id, "B00")
    assert step is not None
    assert [each.inmate for each in step.offered] == ["A01"]
    states = await hub.rows("SELECT inmate, state, news FROM sign_ups ORDER BY place")
    assert [(row["inmate"], row["state"], row["news"]) for row in states] == [
        ("A00", "withdrawn", 0),
        ("B00", "passed", 1),
        ("A01", "offered", 1),
    ]
    due = await hub.rows("SELECT about FROM reminders WHERE kind = 'seat_passes' AND done IS NULL")
    assert [row["about"] for row in due] == [f"{night.id}/A01"]


async def test_a_seat_and_a_talk_are_never_at_the_same_time(hub: RealTurns) -> None:
    first = await published(hub)
    await join(hub, first.id, "B00")
    second = await published(hub, replace(DRAFT, room="R5", units=("B",), seats=5, caps={}))
    with pytest.raises(BusyThen):
        await join(hub, second.id, "B00")
    await hub.run(f"DELETE FROM claims WHERE holder = 'night:{first.id}/B00'")
    await join(hub, second.id, "B00")
    claims = await hub.rows("SELECT COUNT(*) AS n FROM claims WHERE resource = 'person:B00'")
    assert claims[0]["n"] == 18, "ninety minutes in cells of five"


async def test_a_room_holds_one_night_at_a_time(hub: RealTurns) -> None:
    await published(hub)
    with pytest.raises(RoomTaken):
        await published(hub)
    half_past = NIGHT.starts + timedelta(minutes=30)
    with pytest.raises(RoomTaken):
        await published(hub, replace(DRAFT, starts=half_past, ends=half_past + timedelta(hours=1)))
    after = await published(hub, replace(DRAFT, starts=NIGHT.ends, ends=NIGHT.ends + timedelta(minutes=30)))
    assert after.state is State.PUBLISHED


async def test_a_night_in_a_room_with_a_session_is_refused(hub: RealTurns) -> None:
    thursday = datetime(2027, 1, 28, 8, tzinfo=UTC)
    in_video_room = replace(DRAFT, room="R3", starts=thursday, ends=thursday + timedelta(hours=1), seats=3, caps={})
    with pytest.raises(RoomTaken):
        await published(hub, in_video_room)


async def test_two_coordinators_at_once_lose_nothing(hub: RealTurns) -> None:
    async with hub.as_adviser("TK1") as turn:
        draft = await theme_nights.create(turn, DRAFT)

    async def change(**changes: Any) -> None:
        async with hub.as_adviser("TK1") as turn:
            await theme_nights.change(turn, draft.id, draft.revision, **changes)

    results = await all_at_once(change(host="Bymisjon-lag"), change(seats=10))
    assert [type(each) for each in results] == [type(None), Stale]
    [row] = await hub.rows("SELECT host, seats, revision FROM theme_nights")
    assert row == {"host": "Bymisjon-lag", "seats": 20, "revision": 2}


async def test_more_seats_are_offered_at_once_and_fewer_than_are_given_are_refused(hub: RealTurns) -> None:
    night = await published(hub, replace(DRAFT, seats=2))
    for each in ("A00", "B00", "A01"):
        await join(hub, night.id, each)
    async with hub.as_adviser("TK1") as turn:
        changed, offered = await theme_nights.change(turn, night.id, night.revision, seats=3)
    assert [each.inmate for each in offered] == ["A01"]
    with pytest.raises(SeatsTaken):
        async with hub.as_adviser("TK1") as turn:
            await theme_nights.change(turn, night.id, changed.revision, seats=2)


async def test_a_cancelled_night_gives_everything_back_and_asks_everybody(hub: RealTurns) -> None:
    night = await published(hub, replace(DRAFT, seats=1))
    for each in ("A00", "B00"):
        await join(hub, night.id, each)
    async with hub.as_adviser("TK1") as turn:
        _, called_off = await theme_nights.cancel(turn, night.id, night.revision, Why.HOST)
    assert [(each.inmate, str(each.state), each.news) for each in called_off] == [
        ("A00", "called_off", True),
        ("B00", "called_off", True),
    ]
    assert await hub.rows("SELECT * FROM claims") == []
    assert await hub.rows("SELECT * FROM reminders WHERE done IS NULL") == []
    again = await published(hub)
    assert again.id != night.id


async def test_a_draw_is_the_same_whoever_looks_and_nobody_can_foresee_it(hub: RealTurns) -> None:
    night = await published(hub, replace(DRAFT, lottery=True, seats=5))
    await asyncio.gather(*(join(hub, night.id, each.id) for each in EVERYBODY[:20]))
    assert await seated(hub) == []
    hub.clock.moment = night.closes
    async with hub.turns.begin() as turn:
        drawn = await sign_ups.close_list(turn, night.id)
        assert await sign_ups.close_list(turn, night.id) == ()
    assert len(drawn) == 20
    in_order = [each.inmate for each in sorted(drawn, key=lambda each: each.place)]
    assert in_order != sorted(in_order)
    assert sum(n for _, n in await seated(hub)) == 5


async def test_a_paper_list_is_typed_in_once(hub: RealTurns) -> None:
    night = await published(hub, replace(DRAFT, seats=2))
    async with hub.as_adviser("TK1") as turn:
        done = await sign_ups.join_all(turn, night.id, ["A00", "B00", "Z99", "A00", "A01"])
    assert [(who, getattr(what, "mine", None) and str(what.mine.state)) for who, what in done if who != "Z99"] == [  # type: ignore[union-attr]
        ("A00", "seated"),
        ("B00", "seated"),
        ("A01", "waiting"),
    ]
    assert type(dict(done)["Z99"]).__name__ == "OutsideScope"
    rows = await hub.rows("SELECT source, written_by, COUNT(*) AS n FROM sign_ups GROUP BY source, written_by")
    assert rows == [{"source": str(Source.PAPER), "written_by": "TK1", "n": 3}]


async def test_a_seat_that_somebody_took_at_the_same_instant_refuses_the_whole_turn(hub: RealTurns) -> None:
    night = await published(hub)
    await join(hub, night.id, "B00")
    async with hub.as_adviser("TK1") as turn:
        line = await rows_of_sign_ups.of_theme_night(turn.tx, night.id)
    twin = replace(line[0], inmate="B01")
    with pytest.raises((NoSeatLeft, SlotTaken)):
        async with hub.turns.begin() as turn:
            await seats.keep(turn, night, None, twin, line_rules.Move.SEAT)
    assert await seated(hub) == [("B", 1)]


async def test_a_draft_of_somebody_else_and_another_prison_s_night_do_not_exist(hub: RealTurns) -> None:
    async with hub.as_adviser("N1") as turn:
        draft = await theme_nights.create(turn, replace(DRAFT, made_by="N1"))
    for stranger in ("TK1", "G1"):
        with pytest.raises(NightGone):
            async with hub.as_adviser(stranger) as turn:
                await theme_nights.one(turn, draft.id)
    async with hub.as_adviser("N1") as turn:
        proposed = await theme_nights.propose(turn, draft.id, draft.revision)
    with pytest.raises(NightGone):
        async with hub.as_adviser("N1") as turn:
            await theme_nights.publish(turn, draft.id, proposed.revision)
    async with hub.as_adviser("TK1") as turn:
        assert (await theme_nights.publish(turn, draft.id, proposed.revision)).state is State.PUBLISHED


async def test_with_fewer_seats_everybody_who_has_one_has_a_number_that_there_is(hub: RealTurns) -> None:
    night = await published(hub, replace(DRAFT, seats=3))
    for inmate in ("A00", "B00", "B01"):
        assert await join(hub, night.id, inmate) == "seated"
    async with hub.as_adviser("TK1") as turn:
        await sign_ups.withdraw(turn, night.id, 1, "A00")
    async with hub.as_adviser("TK1") as turn:
        await theme_nights.change(turn, night.id, night.revision, seats=2, caps={"A": 2, "B": 2})
    numbers = await hub.rows("SELECT inmate, seat, unit_seat FROM sign_ups WHERE seat IS NOT NULL ORDER BY inmate")
    assert [tuple(row.values()) for row in numbers] == [("B00", 2, 1), ("B01", 1, 2)]
    assert await join(hub, night.id, "A01") == "waiting"
