"""Giving each kept update its turn: handled, refused in words, or set aside; never silently lost."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.delivery.foreseen import BATCH
from bot.delivery.hashing import Hashing
from bot.delivery.toasts import Toasts
from bot.delivery.turns import Turns
from bot.delivery.updates import about, blocks, chat_of, unfit
from bot.domain.people import Role
from bot.domain.refusals import Refusal
from bot.faults import place_of
from bot.store import inbox
from bot.store.database import Transaction
from bot.store.inbox import Arrived
from bot.usecases import people
from bot.usecases.hashing import Uncounted
from bot.usecases.turn import Turn, current_turn

log = logging.getLogger(__name__)

PAUSE_AFTER_FAULT = 1.0

Tell = Callable[[Update, Turn, Refusal, Any], Awaitable[None]]
Apologise = Callable[[Update, Turn], Awaitable[None]]
Unchanged = Callable[[Turn], str]


class _Refused(Exception):
    """Rolls a refused turn back, and carries what the edge will show again."""

    def __init__(self, refusal: Refusal, again: Any) -> None:
        super().__init__()
        self.refusal, self.again = refusal, again


@dataclass
class Dispatch:
    """Takes updates out of the inbox in order; ``tell`` and ``apologise`` have the words that this place has not.

    ``unchanged`` has them for a press after which everything looks as before: no press is without an answer.
    ``late`` says of each network up to which row of the inbox what came from it was done before this hub was there.
    """

    turns: Turns
    application: Application[Any, Any, Any, Any, Any, Any]
    tell: Tell
    apologise: Apologise
    language: str
    unchanged: Unchanged
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    counts: dict[str, int] = field(default_factory=lambda: {"done": 0, "refused": 0, "failed": 0, "quarantined": 0})
    late: dict[str, float] = field(default_factory=dict)
    toasts: Toasts = field(init=False)
    hashing: Hashing = field(init=False)
    _among: Transaction | None = None

    def __post_init__(self) -> None:
        """Show what is said for a moment on the networks of the turns, and count what they ask for."""
        self.toasts, self.hashing = Toasts(self.turns), Hashing(self.turns.keys, self.wake.set)

    async def run(self) -> None:
        """Handle whatever waits, then sleep until more has come."""
        try:
            while True:
                await self._handle_or_wait()
        finally:
            await self.toasts.end()
            await self.hashing.end()

    async def _handle_or_wait(self) -> None:
        try:
            await self.handle_waiting()
        except sqlite3.Error as error:
            self.turns.database.trouble.note(error)
            await asyncio.sleep(PAUSE_AFTER_FAULT)
            return
        await self.wake.wait()
        self.wake.clear()

    async def handle_waiting(self) -> None:
        """Handle every update that waits now; one that needs a hash has its turn when that is known.

        Where fewer came than are taken at once, no more waits: what comes later, or shall be tried again, says so.
        """
        more = True
        while more:
            self.wake.clear()
            more = await self._handle_next() == BATCH or self.wake.is_set()
            self.toasts.show()

    async def catch_up(self) -> None:
        """Handle what was taken in before a restart; who pressed may be gone, and is told nothing for a moment."""
        await self.application.initialize()
        while await self._handle_next() or await self.hashing.next_is_over():
            self.toasts.forget()

    async def _handle_next(self) -> int:
        """Handle what waits, as much as is taken at once; return how much that was."""
        arrived = await self._next()
        if len(arrived) == 1:
            await self.handle(arrived[0])
        elif arrived:
            await self._handle_together(arrived)
        return len(arrived)

    async def _handle_together(self, arrived: list[Arrived]) -> None:
        """Give several waiting updates a turn each, every one a part of its own, and make them durable together."""
        before = None
        try:
            async with self.turns.database.transaction() as self._among:
                # Not sooner: while this waited, another turn may have changed the hub.
                before = self.turns.pads, self.turns.hub, self.turns.locks
                for update in arrived:
                    await self.handle(update)
        except BaseException:
            # Nothing of it has happened: no toast is due, no digit was pressed, the hub is as it was.
            if before:
                self.turns.pads, self.turns.hub, self.turns.locks = before
            self.toasts.forget()
            raise
        finally:
            self._among = None

    async def _next(self) -> list[Arrived]:
        async with self.turns.database.reading() as tx:
            return await inbox.waiting(tx, BATCH, self.hashing.aside())

    async def handle(self, arrived: Arrived) -> None:
        """Give one update its turn."""
        update = self._parsed(arrived)
        if update is None or unfit(update):
            await self._quarantine(arrived, unfit(update))
        elif not self.hashing.waits(arrived.id, (arrived.network, chat_of(update))):
            await self._take(arrived, update)

    async def _take(self, arrived: Arrived, update: Update) -> None:
        try:
            await self._play_or_refuse(arrived, update)
        except Uncounted as uncounted:
            # Nothing has happened. When that is known, the update has its turn again, and what its chat sent after it.
            self.hashing.begin(arrived.id, (arrived.network, chat_of(update)), uncounted.question)
            return
        except sqlite3.OperationalError:
            raise
        except Exception as error:
            await self._fail(arrived, update, error)
        self.hashing.forget(arrived.id)

    async def _play_or_refuse(self, arrived: Arrived, update: Update) -> None:
        try:
            await self._play(arrived, update)
        except _Refused as refused:
            await self._refuse(arrived, update, refused)

    def _parsed(self, arrived: Arrived) -> Update | None:
        try:
            return Update.de_json(arrived.payload, self.turns.networks[arrived.network].bot)
        except Exception as error:  # whatever the chat library trips over, the next update shall have its turn
            log.warning("Update %s of %s cannot be parsed: %s", arrived.id, arrived.network, type(error).__name__)
            return None

    def _begin(self, arrived: Arrived, update: Update) -> AbstractAsyncContextManager[Turn]:
        return self.turns.begin(arrived.network, chat_of(update), among=self._among)

    async def _play(self, arrived: Arrived, update: Update) -> None:
        try:
            async with self._begin(arrived, update) as turn:
                turn.hashes = self.hashing.known(arrived.id)
                turn.edge.late = arrived.id <= self.late.get(arrived.network, 0)
                await self._meet(turn, update)
                await self._process(turn, update)
                await inbox.finish(turn.tx, arrived.id)
        except Refusal as refusal:
            # The database has the last word, and says it when everything is written.
            raise _Refused(refusal, turn.edge.again) from refusal
        if turn.edge.alert is None and not turn.edge.visible:
            turn.edge.alert = self.unchanged(turn)
        self.counts["done"] += 1
        self.toasts.add(arrived.network, update, turn)

    async def _meet(self, turn: Turn, update: Update) -> None:
        query = update.callback_query
        pressed = query.message.message_id if query and query.message else None
        data = query.data if query else None
        await people.meet(turn, self.language, pressed, works=not blocks(update), data=data)

    async def _process(self, turn: Turn, update: Update) -> None:
        mark = current_turn.set(turn)
        try:
            await self.application.process_update(update)
        finally:
            current_turn.reset(mark)
        if isinstance(turn.edge.failure, Refusal):
            raise _Refused(turn.edge.failure, turn.edge.again)
        if turn.edge.failure is not None:
            raise turn.edge.failure
        if not turn.edge.handled:
            message = "no handler took the update"
            raise RuntimeError(message)

    async def _refuse(self, arrived: Arrived, update: Update, refused: _Refused) -> None:
        async with self._begin(arrived, update) as turn:
            await self._meet(turn, update)
            if not self._keeps_quiet(turn):
                await self.tell(update, turn, refused.refusal, refused.again)
            await turn.note("refused", about(update), type(refused.refusal).__name__)
            await inbox.finish(turn.tx, arrived.id)
        self.counts["refused"] += 1
        self.toasts.add(arrived.network, update, turn)

    async def _fail(self, arrived: Arrived, update: Update, error: Exception) -> None:
        log.error("Update %s of %s failed: %s", arrived.id, arrived.network, place_of(error))
        self.counts["failed"] += 1
        try:
            await self._count_failure(arrived, update, error)
        except sqlite3.OperationalError:
            raise
        except Exception as worse:
            log.error("Update %s of %s is set aside without a word: %s", arrived.id, arrived.network, place_of(worse))
            await self._quarantine(arrived, type(error).__name__)

    async def _count_failure(self, arrived: Arrived, update: Update, error: Exception) -> None:
        async with self._begin(arrived, update) as turn:
            if not await inbox.fail(turn.tx, arrived.id, type(error).__name__):
                self.wake.set()
                return
            await self._meet(turn, update)
            if not self._keeps_quiet(turn):
                await self.apologise(update, turn)
        self.counts["quarantined"] += 1
        self.toasts.add(arrived.network, update, turn)

    def _keeps_quiet(self, turn: Turn) -> bool:
        """Say whether there is nothing to say: whom this hub does not know, the other one with its token may know."""
        return turn.actor.role is Role.STRANGER and self.turns.networks[turn.network].is_contested

    async def _quarantine(self, arrived: Arrived, fault: str) -> None:
        self.counts["quarantined"] += 1
        async with self._among.part() if self._among else self.turns.database.transaction() as tx:
            await inbox.quarantine(tx, arrived.id, fault)
