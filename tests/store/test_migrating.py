"""A database of the first release, with slips in every state it knew, goes on in this one."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.turns import Turns
from bot.domain.slips.slips import Reason, State
from bot.domain.timetable.bookings import Outcome
from bot.store import bookings as rows_of_bookings
from bot.store import slips as rows_of_slips
from bot.store.database import Database
from bot.store.files import APPLICATION_ID, migrations
from bot.store.moments import to_text
from bot.usecases import opening
from bot.usecases.slips import offers, slips, talks, undoing
from bot.usecases.timetable import bookings
from tests.hub.real_turns import KEYS, RealTurns, StillClock, demo_hub, described

NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
AHEAD, BEFORE = datetime(2027, 1, 14, 8, tzinfo=UTC), datetime(2027, 1, 7, 8, tzinfo=UTC)
PROMISE, HALF = NOW + timedelta(days=6), NOW + timedelta(days=2)
STATES = {
    "FJ-1": ("waiting", None, 1),
    "FJ-2": ("booked", "N1", 5),
    "FJ-3": ("held", "N1", 3),
    "FJ-4": ("not_held", "N1", 3),
    "FJ-5": ("withdrawn", None, 2),
    "FJ-6": ("closed", "N1", 4),
}
ENDED = {"held", "withdrawn", "closed"}
TALKS = {
    "FJ-2": [("released", BEFORE), ("live", AHEAD)],
    "FJ-3": [("held", BEFORE)],
    "FJ-4": [("not_held", BEFORE)],
    "FJ-6": [("not_held", BEFORE)],
}

FAULTS = [
    "Bad Request (400). Parsing the server response b'<html>/bot1:CANARY-token/sendMessage' failed",
    "Message can't be edited",
]


def _slip(connection: sqlite3.Connection, number: int, code: str) -> None:
    state, adviser, revision = STATES[code]
    sent, promise = to_text(NOW - timedelta(days=9)), to_text(PROMISE)
    inmate = f"B0{number}"
    connection.execute("INSERT INTO inmates VALUES (?, 'B', 'Lyng', 'nb', NULL)", (inmate,))
    connection.execute(
        "INSERT INTO slips VALUES (?, ?, 'B', NULL, NULL, ?, ?, ?, ?, 0, 0, NULL, NULL, 0)",
        (code, inmate, state, sent, promise, revision),
    )
    until = to_text(NOW - timedelta(days=1)) if state in ENDED else None
    connection.execute("INSERT INTO ownerships VALUES (?, 1, 'nav', ?, ?, ?)", (code, adviser, sent, until))
    for made, (outcome, starts) in enumerate(TALKS.get(code, [])):
        slot, ends = f"nav.N1.R1.{starts:%y%m%d%H%M}", to_text(starts + timedelta(minutes=30))
        connection.execute(
            "INSERT INTO bookings VALUES (?, ?, ?, 'nav', 'N1', 'R1', ?, ?, ?, ?)",
            (code, inmate, slot, to_text(starts), ends, outcome, to_text(NOW - timedelta(days=8 - made))),
        )


def first_release(path: Path) -> None:
    """Make the database as the first release did, after a week of use."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(migrations()[0][1])
        connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 1;")
        for person in (*described().staff, None):
            role, known = (person.role.name, person.id) if person else ("PROVIDER", "N9")
            connection.execute("INSERT INTO people VALUES (?, ?, ?, 'nb', '[]', '[]')", (known, role, known))
        connection.execute("INSERT INTO accounts VALUES ('telegram', 7, 'N9', NULL)")
        connection.execute("INSERT INTO counters VALUES ('slips', 115)")
        connection.executemany(
            "INSERT INTO messages (network, chat_id, key, neutral, lane, revision, shown, fault)"
            " VALUES ('telegram', 7, ?, 1, 0, 1, 0, ?)",
            enumerate(FAULTS),
        )
        for number, code in enumerate(STATES, 1):
            _slip(connection, number, code)
        cell = int(AHEAD.timestamp()) // 300
        connection.executemany(
            "INSERT INTO claims VALUES (?, ?, 'FJ-2')",
            [(who, cell + each) for who in ("person:B02", "adviser:N1", "room:R1") for each in range(6)],
        )
        connection.executemany(
            "INSERT INTO reminders VALUES (?, 'FJ-1', ?, NULL)",
            [("half", to_text(HALF)), ("broken", to_text(PROMISE))],
        )
        connection.commit()


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    first_release(tmp_path / "hub.db")
    async with await Database.open(tmp_path / "hub.db") as database:
        async with database.transaction() as tx:
            places = [(place.id, place.unit, place.language) for place in described().kiosks]
            await opening.take_over(tx, tuple(described().staff), places)
        clock = StillClock(NOW)
        yield RealTurns(Turns(database, clock, demo_hub(), KEYS, {}, demo_hub()), clock)


async def test_every_slip_is_there_in_its_state(hub: RealTurns) -> None:
    async with hub.turns.begin() as turn:
        found = {code: await rows_of_slips.get(turn.tx, code) for code in STATES}
    assert {code: slip and (str(slip.state), slip.adviser, slip.revision) for code, slip in found.items()} == STATES


async def test_what_had_ended_is_deleted_in_its_time_and_nothing_else(hub: RealTurns) -> None:
    async with hub.turns.begin() as turn:
        assert await rows_of_slips.ended_before(turn.tx, NOW) == ["FJ-3", "FJ-5", "FJ-6"]
        assert await rows_of_slips.ended_before(turn.tx, NOW - timedelta(days=2)) == []


async def test_each_prison_counts_on_and_starts_at_one(hub: RealTurns) -> None:
    async with hub.turns.begin() as turn:
        assert [await rows_of_slips.next_code(turn.tx, prison) for prison in ("FJ", "NV")] == ["FJ-116", "NV-1"]


async def test_a_booked_talk_is_given_back_and_another_is_offered(hub: RealTurns) -> None:
    async with hub.as_adviser("N1") as turn:
        newest = await bookings.newest(turn, "FJ-2")
        assert newest
        assert (newest.outcome, newest.slot.starts) == (Outcome.LIVE, AHEAD)
        slip = await offers.give(turn, "FJ-2", "nav.N1.R1.2701140830", 5)
        assert slip.state is State.OFFERED
    assert {row["cell"] for row in await hub.rows("SELECT cell FROM claims")} == {
        int(AHEAD.timestamp()) // 300 + 6 + each for each in range(6)
    }


async def test_the_half_of_a_promise_outlives_whoever_begins_to_answer(hub: RealTurns) -> None:
    async with hub.as_adviser("N1") as turn:
        await slips.own_it(turn, "FJ-1", 1)
    due = await hub.rows("SELECT kind, at FROM reminders WHERE about = 'FJ-1' ORDER BY kind")
    assert due == [{"kind": "broken", "at": to_text(PROMISE)}, {"kind": "half", "at": to_text(HALF)}]


async def test_a_talk_that_is_over_is_told_of_and_taken_back(hub: RealTurns) -> None:
    hub.clock.move(timedelta(days=1))
    async with hub.as_adviser("N1") as turn:
        missed = await talks.miss(turn, "FJ-2", 5, Reason.ILL)
    async with hub.as_adviser("N1") as turn:
        assert (await undoing.undo(turn, "FJ-2", missed.revision)).state is State.BOOKED
        standing = await rows_of_bookings.standing(turn.tx, "FJ-2")
        assert standing
        assert standing.slot.starts == AHEAD


async def test_whoever_left_hub_yaml_with_the_new_release_has_left(hub: RealTurns) -> None:
    assert await hub.rows("SELECT role FROM people WHERE id = 'N9'") == [{"role": "NOBODY"}]
    assert await hub.rows("SELECT * FROM accounts WHERE person = 'N9'") == []


async def test_a_fault_that_quoted_a_token_quotes_it_no_more(hub: RealTurns) -> None:
    found = await hub.rows("SELECT fault FROM messages WHERE network = 'telegram' ORDER BY key")
    assert [row["fault"] for row in found] == ["NotUnderstood", "Message can't be edited"]


async def test_what_somebody_was_in_the_middle_of_begins_anew(tmp_path: Path) -> None:
    first_release(tmp_path / "hub.db")
    with closing(sqlite3.connect(tmp_path / "hub.db")) as connection:
        for number in (2, 3, 4):
            connection.executescript(f"{migrations()[number - 1][1]}; PRAGMA user_version = {number};")
        connection.execute("INSERT INTO desks (person, task, step, draft) VALUES ('N9', 'hire', 7, 'sealed')")
        connection.commit()
    async with await Database.open(tmp_path / "hub.db") as database, database.reading() as tx:
        rows = await tx.rows("SELECT task, step, draft FROM desks")
    assert [dict(row) for row in rows] == [{"task": None, "step": 8, "draft": None}]
