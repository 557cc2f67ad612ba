"""Keeping the database and the house network's chats at one moment, and noticing when one of them was put back."""

import asyncio
import json
import logging
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError

from bot.clock import Clock
from bot.delivery.networks import Network
from bot.domain.reminders import Kind, Reminder
from bot.domain.together import Older, gap, older
from bot.domain.whole import Whole
from bot.faults import place_of
from bot.store import inbox, menus, reminders, showing, slips, together
from bot.store.database import Database, Transaction
from bot.store.moments import to_text
from bot.store.together import Known

log = logging.getLogger(__name__)

EVERY_SECONDS = 60.0
TRY_AGAIN_SECONDS = 1.0
SEEN: Whole[Older, str] = Whole(
    "what is seen to have been put back",
    Older,
    {
        Older.DATABASE: "The database was put back from an earlier day",
        Older.HOUSE: "The house network's file was put back from an earlier day",
        Older.LOST: "The house network's file was lost, and nobody knows how old the database is",
    },
)


@dataclass
class Together:
    """Moves both on together: at each start, whenever a code was given, and once a minute.

    ``written`` is set when something was written that may have given a code.
    """

    database: Database
    clock: Clock
    house: Network
    written: asyncio.Event = field(default_factory=asyncio.Event)
    _codes: dict[str, int] = field(default_factory=dict)

    async def meet(self) -> None:
        """Before anything is taken in or shown: see whether the two belong together, and make it so."""
        there = await self.house.call("keepMoment")
        async with self.database.transaction() as tx:
            known = await together.known(tx)
            put_back = older(there["moment"], known.kept, known.latest)
            if put_back:
                await self._begin_anew(tx, put_back, there, known)
            above = await inbox.highest(tx, self.house.name)
        if put_back:
            await self.house.call("startAfresh", above=above)
        await self.step(max(known.latest, there["moment"] or 0) + 1)

    async def _begin_anew(self, tx: Transaction, put_back: Older, there: dict[str, Any], known: Known) -> None:
        """Give no code twice, show everything anew, and let the coordinator know from when on something may lack."""
        log.warning("%s: everything is shown anew", SEEN[put_back])
        given = await together.codes(tx)
        for prison in sorted({*given, *there["codes"]}):
            highest = max(given.get(prison, 0), int(there["codes"].get(prison, 0)))
            await slips.count_from(tx, prison, highest + gap(put_back, known.at, self.clock.now()))
        await showing.forget_shown(tx, self.house.name)
        await menus.forget_shown(tx, self.house.name)
        at = None if put_back is Older.HOUSE else known.at
        since = to_text(at) if at else there["at"] or ""
        await reminders.put(tx, [Reminder(Kind.PUT_BACK, f"{put_back}/{since}", self.clock.now())])

    async def step(self, number: int | None = None) -> None:
        """Go on to the next moment: first here, then in the house, then known here to be so there."""
        now = self.clock.now()
        async with self.database.transaction() as tx:
            number = number or (await together.known(tx)).latest + 1
            await together.begin(tx, number, now)
            codes = await together.codes(tx)
        await self.house.call("keepMoment", moment=number, codes=json.dumps(codes), at=to_text(now))
        async with self.database.transaction() as tx:
            await together.keep(tx, number)
        self._codes = codes

    async def run(self) -> None:
        """Go on for ever."""
        while True:
            try:
                await self._code_or_minute()
                await self.step()
            except sqlite3.Error as error:
                self.database.trouble.note(error)
                await asyncio.sleep(TRY_AGAIN_SECONDS)
            except TelegramError as error:
                log.info("The moment is kept later: %s", place_of(error))
                await asyncio.sleep(TRY_AGAIN_SECONDS)

    async def _code_or_minute(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(EVERY_SECONDS):
                while not await self._code_given():
                    await self.written.wait()

    async def _code_given(self) -> bool:
        self.written.clear()
        async with self.database.reading() as tx:
            return await together.codes(tx) != self._codes
