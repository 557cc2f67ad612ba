"""What somebody will ask next goes with the commit before it, and is true when it is asked."""

from contextlib import suppress

from bot.store.database import Database
from bot.store.kept import MOST_FORESEEN
from tests.store.databases import LOOK, PUT, facts, hops_of


async def test_what_is_foreseen_goes_with_the_commit_and_is_there_for_one_asking(database: Database) -> None:
    async def put(name: str) -> None:
        async with database.transaction() as tx:
            await tx.run(PUT, name=name, value="")
            tx.foresee(LOOK)

    async def names() -> list[str]:
        async with database.reading() as tx:
            return [row["name"] for row in await tx.rows(LOOK)]

    async def work() -> None:
        await put("a")
        assert await names() == ["a"]
        assert await names() == ["a"]
        await put("b")
        async with database.transaction() as tx:
            await tx.run(PUT, name="c", value="")
        assert await names() == ["a", "b", "c"]

    assert await hops_of(database, work) == [
        [PUT, LOOK, "COMMIT"],
        [LOOK],
        [PUT, LOOK, "COMMIT"],
        [PUT, "COMMIT"],
        [LOOK],
    ]


async def test_what_is_foreseen_of_what_is_undone_is_known_to_nobody(database: Database) -> None:
    with suppress(KeyError):
        async with database.transaction() as tx:
            await tx.run(PUT, name="a", value="")
            tx.foresee(LOOK)
            await tx.written()
            raise KeyError
    assert await facts(database) == {}
    async with database.reading() as tx:
        assert await tx.rows(LOOK) == []


async def test_of_what_is_foreseen_and_never_asked_little_is_kept(database: Database) -> None:
    for number in range(3 * MOST_FORESEEN):
        async with database.transaction() as tx:
            await tx.run(PUT, name=f"{number}", value="")
            tx.foresee(f"SELECT {number}")
    assert database._kept._foreseen.count <= MOST_FORESEEN + 1
