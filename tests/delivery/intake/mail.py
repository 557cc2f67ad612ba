"""An intake at work over a network whose every answer is written down, and the rows that it keeps."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.delivery.intake import Intake
from bot.store.database import Database
from tests.delivery.network import ScriptedWire
from tests.patience import until

PATIENCE = 30.0


def update(number: int, **more: Any) -> dict[str, Any]:
    return {"update_id": number, **more}


@dataclass
class Post:
    database: Database
    wire: ScriptedWire
    intake: Intake

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        async with self.database.transaction() as tx:
            return [dict(row) for row in await tx.rows(sql)]

    async def ids(self) -> list[int]:
        return [row["update_id"] for row in await self.rows("SELECT update_id FROM inbox ORDER BY id")]

    async def polled(self, times: int) -> list[int | None]:
        """Run until the network was asked so often; return the offsets it was given."""
        task = asyncio.create_task(self.intake.run())
        await until(lambda: len(self.wire.offsets) >= times or task.done(), f"asked {times} times")
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return self.wire.offsets


def woken() -> None:
    """Nobody sleeps here."""
