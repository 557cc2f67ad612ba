"""The tick: APScheduler asks every second what is due, rows answer, and each runs as one turn."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.clock import Clock, MovableClock
from bot.domain import calendar
from bot.domain.reminders import Kind, Reminder, outlived
from bot.faults import place_of
from bot.store import facts, reminders
from bot.store.database import Database
from bot.store.moments import to_text
from bot.usecases.turn import Turn

log = logging.getLogger(__name__)

TICK_SECONDS = 1
TRY_AGAIN = timedelta(minutes=1)
DAILY = {Kind.NIGHT: time(4), Kind.MORNING: calendar.MORNING}
"""What is done every day and when; never between two and three, when clocks are changed."""

ON_WORKING_DAYS = {Kind.MORNING}


async def _at_once() -> None:
    """Nothing to wait for."""


@dataclass
class Jobs:
    """Does what is due, in the order of its time. ``begin`` opens a turn, ``do`` has the hub's answer to a reminder.

    ``settled`` waits until the house shows what was wanted, so that a moved clock leaves no message behind.
    """

    begin: Callable[[], AbstractAsyncContextManager[Turn]]
    do: Callable[[Turn, Reminder], Awaitable[None]]
    clock: Clock
    database: Database
    settled: Callable[[], Awaitable[None]] = _at_once
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Do everything that is due now."""
        async with self._one_at_a_time:
            try:
                await self._run_due()
                await self._keep_clock()
            except sqlite3.Error as error:
                self.database.trouble.note(error)

    async def move_clock(self, clock: MovableClock, to: datetime) -> None:
        """Move a demo's clock, stopping at every due time on the way."""
        async with self._one_at_a_time:
            while (at := await self._next_at()) is not None and at <= to:
                if at > clock.now():
                    clock.set(at)
                await self._run_due()
                await self.settled()
            if to > clock.now():
                clock.set(to)
            await self._keep_clock()

    async def _keep_clock(self) -> None:
        # A demo goes on where it was, also after a crash.
        if isinstance(self.clock, MovableClock):
            async with self.database.transaction() as tx:
                await facts.put(tx, facts.CLOCK, to_text(self.clock.now()))

    async def _next_at(self) -> datetime | None:
        async with self.database.reading() as tx:
            return await reminders.next_at(tx)

    async def _run_due(self) -> None:
        while reminder := await self._due():
            try:
                await self._run(reminder)
            except sqlite3.Error:
                raise
            except Exception as error:
                log.error("A %s could not be done; trying again in a minute: %s", reminder.kind, place_of(error))
                await self._postpone(reminder)

    async def _due(self) -> Reminder | None:
        async with self.database.reading() as tx:
            return await reminders.next_due(tx, self.clock.now())

    async def _run(self, reminder: Reminder) -> None:
        async with self.begin() as turn:
            if not await reminders.finish(turn.tx, reminder, turn.now):
                return
            await _plan_next(turn, reminder)
            if outlived(reminder, turn.hub, turn.now):
                await turn.note("dropped", reminder.about, str(reminder.kind))
                return
            await self.do(turn, reminder)

    async def _postpone(self, reminder: Reminder) -> None:
        async with self.begin() as turn:
            await reminders.postpone(turn.tx, reminder, turn.now + TRY_AGAIN)


async def _plan_next(turn: Turn, done: Reminder) -> None:
    # After an outage the days gone by are left out, but today's work is still done today.
    if done.kind in DAILY:
        midnight = calendar.at(turn.hub, calendar.today(turn.hub, turn.now), time())
        await _plan(turn, done.kind, max(done.at, midnight))


async def plan_days(turn: Turn) -> None:
    """Write down when each daily work is due next; one that is due already is left to be done."""
    for kind in DAILY:
        if not await reminders.planned(turn.tx, kind):
            await _plan(turn, kind, turn.now)


async def _plan(turn: Turn, kind: Kind, after: datetime) -> None:
    clock, zone = DAILY[kind], turn.hub.zone
    trigger = CronTrigger(hour=clock.hour, minute=clock.minute, timezone=zone)
    due = trigger.get_next_fire_time(None, after.astimezone(zone) + timedelta(seconds=1))
    while kind in ON_WORKING_DAYS and not calendar.is_working_day(turn.hub, calendar.today(turn.hub, due)):
        due = trigger.get_next_fire_time(due, due + timedelta(seconds=1))
    await reminders.put(turn.tx, [Reminder(kind, "hub", due)])


def stop(scheduler: AsyncIOScheduler) -> None:
    """Stop asking; a tick that is asked for in the moment in which the scheduler ends would be told as a fault."""
    scheduler.pause()
    scheduler.shutdown(wait=False)


def schedule(tick: Callable[[], Awaitable[None]]) -> AsyncIOScheduler:
    """Start asking once a second."""

    async def ask() -> None:
        # The scheduler cancels the tick that is under way when it stops, and would tell that as a fault.
        with suppress(asyncio.CancelledError):
            await tick()

    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(ask, "interval", seconds=TICK_SECONDS, misfire_grace_time=None, coalesce=True, max_instances=1)
    scheduler.start()
    return scheduler
