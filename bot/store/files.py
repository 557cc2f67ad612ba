"""The hub's file before it is used: made for us alone, whole, of this program, and with today's tables."""

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import aiosqlite

from bot import rights

APPLICATION_ID = 0x53414C41
MIGRATIONS = Path(__file__).parent / "migrations"
WAYS_OUT = {
    sqlite3.SQLITE_FULL: "The disk is full. Make room on it, and start again.",
    sqlite3.SQLITE_READONLY: "It may not be read and written. Whoever runs the hub must own it and its folder.",
    sqlite3.SQLITE_CANTOPEN: "It, or the folder it is in, cannot be opened for writing. Whoever runs the hub must own"
    " both, and there must be room on the disk.",
    sqlite3.SQLITE_IOERR: "The disk does not do what it is asked. Look for room on it, and for faults of its own.",
}


class DatabaseFault(Exception):
    """The database file cannot be used; the message says why and what would be right."""


def is_of_disk(error: sqlite3.Error) -> bool:
    """Say whether the disk did not take something, rather than that something was wrong with it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in WAYS_OUT


def make(path: Path) -> None:
    """Make an empty file for a new database; refuse a path where something stands already."""
    rights.make_folder(path.parent)
    try:
        rights.write_new(path, b"")
    except FileExistsError as error:
        message = f"{path} exists already. A new hub needs a new file; nothing was changed."
        raise DatabaseFault(message) from error


async def connected(path: Path, *, new: bool) -> aiosqlite.Connection:
    """Open a database that is there, and bring its tables up to date."""
    _check_there(path)
    try:
        connection = await aiosqlite.connect(path, isolation_level=None, timeout=1)
    except sqlite3.Error as error:
        raise fault_of(path, error) from error
    connection.row_factory = sqlite3.Row
    try:
        await _prepare(connection, path, new=new)
    except BaseException:
        await connection.close()
        raise
    return connection


def _check_there(path: Path) -> None:
    try:
        path.stat()
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR}:
            message = f"There is no database at {path}. Make one with: samtalelapp init"
            raise DatabaseFault(message) from error
        raise rights.refused(error, path) from error
    if not os.access(path, os.R_OK | os.W_OK):
        # SQLite would say of such a file that somebody else is using it.
        raise DatabaseFault(f"{path} cannot be used. {WAYS_OUT[sqlite3.SQLITE_READONLY]}")


def fault_of(path: Path, error: sqlite3.Error) -> DatabaseFault:
    """Say in a sentence why a database cannot be used, and what would be right."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in WAYS_OUT:
        return DatabaseFault(f"{path} cannot be used ({error}). {WAYS_OUT[code]}")
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseFault(f"Another hub is using {path}. Stop it first; one hub, one database.")
    return DatabaseFault(f"{path} is damaged or is no database ({error}). Put the newest backup in its place.")


async def _prepare(connection: aiosqlite.Connection, path: Path, *, new: bool) -> None:
    try:
        await connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        await _check_ours(connection, path, new=new)
        await connection.execute("PRAGMA journal_mode = WAL")
        for setting in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "busy_timeout = 0"):
            await connection.execute(f"PRAGMA {setting}")
        await _check_whole(connection, path)
        await _migrate(connection, path)
    except sqlite3.DatabaseError as error:
        raise fault_of(path, error) from error


async def _pragma(connection: aiosqlite.Connection, name: str) -> Any:
    async with connection.execute(f"PRAGMA {name}") as cursor:
        row = await cursor.fetchone()
    return row[0] if row else None


async def _check_ours(connection: aiosqlite.Connection, path: Path, *, new: bool) -> None:
    tables = await _pragma(connection, "schema_version")
    if not tables and not new:
        message = f"{path} is empty: no hub was ever made in it. Put the newest backup in its place."
        raise DatabaseFault(message)
    if tables and await _pragma(connection, "application_id") != APPLICATION_ID:
        message = f"{path} is a database of another program. Name Samtalelapp's own file; nothing was changed."
        raise DatabaseFault(message)


async def _check_whole(connection: aiosqlite.Connection, path: Path) -> None:
    answer = await _pragma(connection, "quick_check")
    if answer != "ok":
        message = f"{path} is damaged ({answer}). Put the newest backup in its place; nothing was changed."
        raise DatabaseFault(message)


def migrations() -> list[tuple[int, str]]:
    """Return the numbered SQL files, oldest first."""
    return sorted((int(file.name.split("_")[0]), file.read_text("utf-8")) for file in MIGRATIONS.glob("*.sql"))


async def _migrate(connection: aiosqlite.Connection, path: Path) -> None:
    present = await _pragma(connection, "user_version")
    known = migrations()
    if present > known[-1][0]:
        message = (
            f"{path} was made by a newer Samtalelapp (tables {present}, this one knows {known[-1][0]}). Update first."
        )
        raise DatabaseFault(message)
    for number, sql in known:
        if number > present:
            marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number};"
            await connection.executescript(f"BEGIN IMMEDIATE; {sql}; {marks} COMMIT;")
