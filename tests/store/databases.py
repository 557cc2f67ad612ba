"""Databases for the tests of rows."""

from bot.store.database import Database

PUT = "INSERT INTO facts (name, value) VALUES (:name, :value)"


async def facts(database: Database) -> dict[str, str]:
    async with database.transaction() as tx:
        return {row["name"]: row["value"] for row in await tx.rows("SELECT * FROM facts")}


async def put(database: Database, name: str, value: str = "") -> None:
    async with database.transaction() as tx:
        await tx.run(PUT, name=name, value=value)
