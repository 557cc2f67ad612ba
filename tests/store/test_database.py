"""One file, one hub, whole transactions: whatever is wrong is told, and nothing is half done."""

import asyncio
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from bot.domain.refusals import Refusal, SlotTaken, Stale
from bot.store import files as module
from bot.store.database import Database, Row, Transaction
from bot.store.files import DatabaseFault, migrations
from tests.store.databases import LOOK, PUT, facts, hops_of, put

SLIP = (
    "INSERT INTO slips (code, inmate, unit, state, sent_at, answer_by, revision, broken, forwards, news)"
    " VALUES (:code, 'A01', 'A', 'waiting', '', '', 1, 0, 0, 0)"
)
OWN = "INSERT INTO ownerships (slip, revision, service, since) VALUES ('FJ-1', :revision, 'nav', '')"
BOOK = (
    "INSERT INTO bookings (slip, revision, inmate, slot, service, adviser, room, starts, ends, outcome, made_at)"
    " VALUES ('FJ-1', :revision, 'A01', '', 'nav', 'N1', 'R1', '', '', 'live', '')"
)
CLAIM = "INSERT INTO claims (resource, cell, holder) VALUES (:resource, :cell, 'FJ-1')"


# Migrations
async def tables(database: Database) -> set[str]:
    async with database.transaction() as tx:
        return {row["name"] for row in await tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}


async def test_what_was_read_is_read_anew_once_something_was_written(database: Database) -> None:
    count = "SELECT COUNT(*) AS n FROM facts WHERE name = :name"
    asked: list[str] = []
    async with database.transaction() as tx:
        await database._connection.set_trace_callback(asked.append)
        seen = [await tx.rows(count, name="a"), await tx.rows(count, name="a"), await tx.rows(count, name="b")]
        await tx.run(PUT, name="a", value="")
        seen.append(await tx.rows(count, name="a"))
        await tx.run_many(PUT, [{"name": "b", "value": ""}])
        seen.append(await tx.rows(count, name="b"))
        with suppress(KeyError):
            async with tx.part():
                await tx.run("DELETE FROM facts")
                assert (await tx.rows(count, name="a"))[0]["n"] == 0
                raise KeyError
        seen.append(await tx.rows(count, name="a"))
    assert [rows[0]["n"] for rows in seen] == [0, 0, 0, 1, 1, 1]
    assert len([sql for sql in asked if sql.startswith("SELECT COUNT")]) == 6


async def test_what_is_made_of_rows_is_made_once_until_one_of_their_table_is_written(database: Database) -> None:
    made: list[str] = []

    def make(row: Row) -> str:
        made.append(row["name"])
        return str(row["name"]).upper()

    async def asked(tx: Transaction) -> list[str]:
        return await tx.every(make, "SELECT name FROM facts WHERE name < 'c' ORDER BY name")

    async with database.transaction() as tx:
        await tx.run(PUT, name="a", value="")
        assert [await asked(tx), await asked(tx), made] == [["A"], ["A"], ["a"]]
        (await asked(tx)).clear()
        assert await asked(tx) == ["A"], "what one does with a list, the next one sees"
        await tx.run(PUT, name="b", value="")
        assert [await asked(tx), made] == [["A", "B"], ["a", "a", "b"]]
    async with database.reading() as tx:
        assert [await asked(tx), made] == [["A", "B"], ["a", "a", "b", "a", "b"]]


async def test_what_is_written_goes_with_the_next_question_and_the_rest_with_the_commit(database: Database) -> None:
    async def work() -> None:
        async with database.transaction() as tx:
            await tx.run(PUT, name="a", value="")
            written = await tx.run_many(PUT, [{"name": "b", "value": ""}, {"name": "c", "value": ""}])
            names = [row["name"] for row in await tx.rows(LOOK)]
            async with tx.part():
                await tx.run("DELETE FROM facts")
            assert (names, written.changed) == (["a", "b", "c"], 2)
            await tx.run(PUT, name="d", value="")

    assert await hops_of(database, work) == [
        [PUT, PUT, LOOK],
        ["SAVEPOINT part", "DELETE FROM facts", "RELEASE part"],
        [PUT, "COMMIT"],
    ]
    assert await facts(database) == {"d": ""}


PEOPLE = "SELECT id FROM people WHERE role = :role ORDER BY id"


async def add_person(tx: Transaction, name: str) -> None:
    await tx.run(
        "INSERT INTO people (id, role, name, language, services, units)"
        " VALUES (:id, 'PROVIDER', :id, 'nb', '[]', '[]')",
        id=name,
    )


async def providers(database: Database) -> list[str]:
    async with database.transaction() as tx:
        return [row["id"] for row in await tx.rows(PEOPLE, role="PROVIDER")]


async def test_what_is_expected_goes_with_the_next_question(database: Database) -> None:
    count = "SELECT COUNT(*) AS n FROM facts"

    async def work() -> None:
        async with database.transaction() as tx:
            tx.expect(LOOK)
            tx.expect(count)
            await tx.run(PUT, name="a", value="")
            tx.expect(LOOK)
            assert [row["name"] for row in await tx.rows(LOOK)] == ["a"]
            tx.expect(count)
            await tx.rows("SELECT * FROM claims")
            assert [row["n"] for row in await tx.rows(count)] == [1]

    hops = await hops_of(database, work)
    assert hops == [[LOOK, count, PUT, LOOK], [count, "SELECT * FROM claims"], ["COMMIT"]]


async def test_what_hardly_ever_changes_is_read_once_until_it_is_written(database: Database) -> None:
    async def look_twice() -> None:
        assert await providers(database) == await providers(database)

    async with database.transaction() as tx:
        await add_person(tx, "N1")
    assert await hops_of(database, look_twice) == [[PEOPLE], ["COMMIT"]]
    async with database.transaction() as tx:
        await add_person(tx, "N2")
    assert await providers(database) == ["N1", "N2"]
    async with database.transaction() as tx:
        await tx.run("DELETE FROM people WHERE id = 'N1'")
    assert await providers(database) == ["N2"]


async def test_what_was_read_and_undone_is_kept_by_nobody(database: Database) -> None:
    async with database.transaction() as tx:
        await add_person(tx, "N1")
    assert await providers(database) == ["N1"]
    with suppress(KeyError):
        async with database.transaction() as tx:
            await add_person(tx, "N2")
            assert len(await tx.rows(PEOPLE, role="PROVIDER")) == 2
            raise KeyError
    assert await providers(database) == ["N1"]
    async with database.transaction() as tx:
        with suppress(KeyError):
            async with tx.part():
                await add_person(tx, "N2")
                assert len(await tx.rows(PEOPLE, role="PROVIDER")) == 2
                raise KeyError
        assert len(await tx.rows(PEOPLE, role="PROVIDER")) == 1
    assert await providers(database) == ["N1"]


async def test_a_transaction_that_asks_nothing_and_writes_nothing_costs_nothing(database: Database) -> None:
    async def work() -> None:
        async with database.transaction():
            pass

    assert await hops_of(database, work) == []


async def test_nothing_is_written_where_one_only_looks(database: Database) -> None:
    with pytest.raises(RuntimeError, match="only looks"):
        async with database.reading() as tx:
            await tx.run(PUT, name="a", value="")


async def test_a_part_undoes_itself_alone_wherever_it_has_come(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run(PUT, name="before", value="")
        for number, looks in enumerate((False, True)):
            with suppress(KeyError):
                async with tx.part():
                    await tx.run(PUT, name=f"{number}", value="")
                    if looks:
                        await tx.rows(LOOK)
                    await tx.run(PUT, name=f"{number} too", value="")
                    raise KeyError
        await tx.run(PUT, name="after", value="")
    assert await facts(database) == {"before": "", "after": ""}


async def test_a_part_whose_last_write_is_refused_is_undone_and_the_rest_goes_on(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(SlotTaken):
            async with tx.part():
                await run_twice(tx, CLAIM, {"resource": "room:R1", "cell": 1}, {"resource": "room:R1", "cell": 1})
        await tx.run(PUT, name="after", value="")
        assert await tx.rows("SELECT * FROM claims") == []
    assert await facts(database) == {"after": ""}


async def test_a_new_database_has_every_migration(database: Database) -> None:
    async with database.transaction() as tx:
        version = await tx.row("PRAGMA user_version")
    assert version
    assert version["user_version"] == len(migrations())
    assert {"slips", "claims", "inbox", "messages"} <= await tables(database)


async def test_a_migration_that_fails_leaves_nothing_of_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await (await Database.create(path)).close()
    broken = [*migrations(), (99, "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);")]
    with monkeypatch.context() as patch:
        patch.setattr(module, "migrations", lambda: broken)
        with pytest.raises((DatabaseFault, sqlite3.Error)):
            await Database.open(path)
    async with await Database.open(path) as database:
        assert "half" not in await tables(database)


async def test_a_later_migration_keeps_what_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with await Database.create(path) as database:
        await put(database, "old", "row")
    more = [*migrations(), (99, "CREATE TABLE more (x);")]
    monkeypatch.setattr(module, "migrations", lambda: more)
    async with await Database.open(path) as database:
        assert (await facts(database), "more" in await tables(database)) == ({"old": "row"}, True)


# Whole or not at all
async def test_what_is_raised_inside_leaves_nothing_behind(database: Database) -> None:
    async def refused() -> None:
        async with database.transaction() as tx:
            await tx.run(PUT, name="half", value="")
            raise Stale

    with pytest.raises(Stale):
        await refused()
    assert await facts(database) == {}


async def test_transactions_take_turns(database: Database) -> None:
    async def count() -> None:
        async with database.transaction() as tx:
            row = await tx.row("SELECT COUNT(*) AS n FROM facts")
            await asyncio.sleep(0)
            assert row
            await tx.run(PUT, name=str(row["n"]), value="")

    await asyncio.gather(*(count() for _ in range(50)))
    assert set(await facts(database)) == {str(n) for n in range(50)}


async def limit_pages(database: Database, more: int) -> None:
    async with database.transaction() as tx:
        present = await tx.row("PRAGMA page_count")
        assert present
        await tx.run(f"PRAGMA max_page_count = {present['page_count'] + more}")


async def write_much(database: Database, *shrugged_at: type[Exception]) -> None:
    async with database.transaction() as tx:
        with suppress(*shrugged_at):
            for number in range(100):
                await tx.run(PUT, name=f"{number}", value="x" * 2000)


async def test_a_full_disk_leaves_no_transaction_open_and_nothing_half_done(database: Database) -> None:
    await put(database, "before")
    await limit_pages(database, 3)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await write_much(database)
    assert await facts(database) == {"before": ""}
    await limit_pages(database, 1000)
    await put(database, "after")
    assert await facts(database) == {"before": "", "after": ""}


async def test_a_full_disk_that_is_met_with_a_shrug_does_not_commit_the_half(database: Database) -> None:
    await limit_pages(database, 3)
    with pytest.raises(sqlite3.Error):
        await write_much(database, sqlite3.OperationalError)
    await limit_pages(database, 1000)
    assert await facts(database) == {}


# The last word
async def with_a_slip(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run("INSERT INTO inmates (id, unit, alias, language) VALUES ('A01', 'A', 'Furu', 'nb')")
        await tx.run(
            "INSERT INTO people (id, role, name, language, services, units)"
            " VALUES ('N1', 'PROVIDER', 'N1', 'nb', '[]', '[]')"
        )
        await tx.run(SLIP, code="FJ-1")


async def run_twice(tx: Transaction, sql: str, first: dict[str, object], second: dict[str, object]) -> None:
    await tx.run(sql, **first)
    await tx.run(sql, **second)


@pytest.mark.parametrize(
    ("sql", "first", "second", "refusal"),
    [
        (CLAIM, {"resource": "room:R1", "cell": 1}, {"resource": "room:R1", "cell": 1}, SlotTaken),
        (OWN, {"revision": 1}, {"revision": 2}, Stale),
        (BOOK, {"revision": 1}, {"revision": 2}, Stale),
    ],
)
async def test_a_broken_constraint_has_its_name_in_the_domain(
    database: Database, sql: str, first: dict[str, object], second: dict[str, object], refusal: type[Refusal]
) -> None:
    await with_a_slip(database)
    with pytest.raises(refusal):
        async with database.transaction() as tx:
            await run_twice(tx, sql, first, second)
    with pytest.raises(refusal):
        async with database.transaction() as tx:
            await tx.run_many(sql, [first, second])
    async with database.transaction() as tx:
        left = await tx.row(
            "SELECT (SELECT COUNT(*) FROM claims) + (SELECT COUNT(*) FROM ownerships)"
            " + (SELECT COUNT(*) FROM bookings) AS n"
        )
    assert left
    assert left["n"] == 0


async def test_a_past_owner_and_a_past_time_leave_room_for_the_next(database: Database) -> None:
    await with_a_slip(database)
    async with database.transaction() as tx:
        await tx.run(OWN, revision=1)
        await tx.run("UPDATE ownerships SET until = ''")
        await tx.run(OWN, revision=2)
        await tx.run(BOOK, revision=1)
        await tx.run("UPDATE bookings SET outcome = 'not_held'")
        await tx.run(BOOK, revision=2)


async def test_a_broken_constraint_without_a_name_stays_what_it_is(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        async with database.transaction() as tx:
            await tx.run(SLIP, code="FJ-1")


async def test_every_commit_is_durable(database: Database) -> None:
    async with database.transaction() as tx:
        found = [await tx.row(f"PRAGMA {name}") for name in ("synchronous", "journal_mode", "foreign_keys")]
    assert [list(dict(row).values()) for row in found if row] == [[2], ["wal"], [1]]
