"""P2: durable bookings a second through the use case, beside the same rows written with plain sqlite3."""

import asyncio
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import prison
from bot import hubfile
from bot.cli import loop_factory
from bot.config import Settings
from bot.delivery.turns import Turns
from bot.demo.files import OPENS
from bot.domain import reminders as due
from bot.domain.people import Inmate, Person
from bot.domain.services import Hub
from bot.domain.slips import sending
from bot.domain.slips.slips import Draft, Slip
from bot.domain.timetable import timetable
from bot.domain.timetable.timetable import Slot
from bot.store import keys, reminders
from bot.store import slips as store
from bot.store.database import Database
from bot.usecases.timetable import bookings
from bot.usecases.turn import Actor

SERVICE = "nav"
TABLES = ("slips", "ownerships", "bookings", "claims", "reminders", "audit")
Row = dict[str, Any]


class StillClock:
    """A clock that stands, so that both sides write the same moments."""

    def now(self) -> datetime:
        """Return the moment at which the demo opens."""
        return OPENS.astimezone(UTC)


@dataclass(frozen=True)
class Prepared:
    """A hub with slips that wait, and a time for each."""

    settings: Settings
    hub: Hub
    adviser: Person
    work: list[tuple[Slip, Slot]]


async def prepare(folder: Path, size: int) -> Prepared:
    """Make a hub with so many waiting slips."""
    settings = await prison.with_times(folder)
    described = hubfile.read_hub(settings.hub)
    adviser = next(person for person in described.staff if SERVICE in person.services)
    slots = timetable.coming(described.hub, SERVICE, StillClock().now())[:size]
    work = [(_slip(number, described.hub), slot) for number, slot in enumerate(slots)]
    async with (
        await Database.open(settings.database) as database,
        _turns(database, settings, described.hub).begin() as turn,
    ):
        for slip, _ in work:
            await store.add(turn.tx, slip)
            await reminders.put(turn.tx, due.watch(slip, turn.now))
    return Prepared(settings, described.hub, adviser, work)


def _slip(number: int, hub: Hub) -> Slip:
    who = Inmate(prison.inmate(0), "A", "Nr0", "nb")
    sent = StillClock().now() - timedelta(days=1)
    return sending.send(f"{hub.prefix}-{number + 1}", Draft(SERVICE, "arbeid"), who, hub, sent)


def _turns(database: Database, settings: Settings, hub: Hub) -> Turns:
    return Turns(database, StillClock(), hub, keys.read(settings.key), {})


def copy_of(prepared: Prepared, folder: Path) -> Settings:
    """Return the settings of a fresh copy of the prepared hub."""
    shutil.copytree(prepared.settings.data, folder)
    return replace(prepared.settings, data=folder)


async def ours(prepared: Prepared, folder: Path) -> float:
    """Confirm every slip through the use case, one turn each; return bookings a second."""
    settings = copy_of(prepared, folder)
    async with await Database.open(settings.database) as database:
        turns = _turns(database, settings, prepared.hub)
        actor = Actor(prepared.adviser.role, prepared.adviser.id, "nb", person=prepared.adviser)
        begins = perf_counter()
        for slip, slot in prepared.work:
            async with turns.begin() as turn:
                turn.actor = actor
                await bookings.confirm(turn, slip.code, slot.id, slip.revision)
        return len(prepared.work) / (perf_counter() - begins)


def contents(file: Path) -> dict[str, list[Row]]:
    """Return every row that a booking writes to, table by table."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in TABLES}


@dataclass(frozen=True)
class Written:
    """The rows that one booking left behind."""

    slip: Row
    ownership: Row
    booking: Row
    claims: list[Row]
    reminders: list[Row]
    audit: list[Row]


def written(file: Path, prepared: Prepared) -> Iterator[Written]:
    """Return the rows of each booking out of a finished hub; a day's reminders belong to the day's first booking."""
    rows = {table: _by_slip(found) for table, found in contents(file).items()}
    told: set[str] = set()
    for slip, slot in prepared.work:
        day = f"{slot.adviser}/{slot.starts.astimezone(prepared.hub.zone).date()}"
        about = [slip.code] if day in told else [slip.code, day]
        told.add(day)
        yield Written(
            slip=rows["slips"][slip.code][0],
            ownership=max(rows["ownerships"][slip.code], key=lambda row: row["revision"]),
            booking=rows["bookings"][slip.code][0],
            claims=rows["claims"][slip.code],
            reminders=[row for one in about for row in rows["reminders"][one]],
            audit=rows["audit"][slip.code],
        )


def _by_slip(rows: list[Row]) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row.get("slip") or row.get("code") or row.get("holder") or row["about"]].append(row)
    return found


def plain(prepared: Prepared, like: Path, folder: Path) -> float:
    """Write the rows of a finished hub into a fresh copy, with nothing but sqlite3; return bookings a second."""
    settings = copy_of(prepared, folder)
    work = list(written(like, prepared))
    with closing(sqlite3.connect(settings.database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        begins = perf_counter()
        for each in work:
            _write(connection, each)
        return len(work) / (perf_counter() - begins)


SAVE = (
    "UPDATE slips SET wish = :wish, state = :state, answer_by = :answer_by, revision = :revision, broken = :broken,"
    " forwards = :forwards, sent_from = :sent_from, reason = :reason, news = :news, half_at = :half_at,"
    " extended = :extended, answer = :answer, offered_by = :offered_by, offer_until = :offer_until,"
    " phoned_by = :phoned_by, last = :last, last_side = :last_side, last_actor = :last_actor, last_at = :last_at,"
    " before = :before, ended_at = :ended_at WHERE code = :code"
)
DISOWN = "UPDATE ownerships SET until = :since WHERE slip = :slip AND until IS NULL"
OWN = "INSERT INTO ownerships VALUES (:slip, :revision, :service, :adviser, :since, :until)"
BOOK = (
    "INSERT INTO bookings VALUES (:slip, :revision, :inmate, :slot, :service, :adviser, :room, :starts, :ends,"
    " :outcome, :made_at)"
)
CLAIM = "INSERT INTO claims VALUES (:resource, :cell, :holder)"
CANCEL = "DELETE FROM reminders WHERE about = :code AND kind IN ('half', 'broken', 'expire', 'over')"
REMIND = "INSERT INTO reminders VALUES (:kind, :about, :at, :done)"
NOTE = "INSERT INTO audit (at, actor, action, about, outcome) VALUES (:at, :actor, :action, :about, :outcome)"


def _write(connection: sqlite3.Connection, rows: Written) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(SAVE, rows.slip)
    connection.execute(DISOWN, rows.ownership)
    connection.execute(OWN, rows.ownership)
    connection.execute(BOOK, rows.booking)
    connection.executemany(CLAIM, rows.claims)
    connection.execute(CANCEL, rows.slip)
    connection.executemany(REMIND, rows.reminders)
    connection.executemany(NOTE, rows.audit)
    connection.execute("COMMIT")


def run(prepared: Prepared, folder: Path) -> tuple[float, float]:
    """Measure both sides once; return bookings a second, ours and plain, after seeing that the rows are the same."""
    mine, theirs = folder / "ours", folder / "plain"
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        found = runner.run(ours(prepared, mine))
    beside = plain(prepared, mine / prepared.settings.database.name, theirs)
    one, other = (contents(side / prepared.settings.database.name) for side in (mine, theirs))
    if {name: _sorted(rows) for name, rows in one.items()} != {name: _sorted(rows) for name, rows in other.items()}:
        message = "The two sides of P2 did not write the same rows."
        raise RuntimeError(message)
    return found, beside


def _sorted(rows: list[Row]) -> list[str]:
    return sorted(repr(row) for row in rows)
