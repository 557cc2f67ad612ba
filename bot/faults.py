"""What a log may say of a fault: its type and its place in the code, never its words, which may quote a person."""

import asyncio
import logging
import sqlite3
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

QUIET_SECONDS = 60.0
"""For how long a fault that comes and goes is not told again."""

OF_THE_FILE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk does not do what it is asked; look for room on it, and for faults of its own",
    sqlite3.SQLITE_READONLY: "the file may only be read",
    sqlite3.SQLITE_CANTOPEN: "the file, or its folder, cannot be opened for writing",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is damaged",
}


def place_of(error: BaseException) -> str:
    """Return the error's type and the line that raised it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {where}"


def kind_of(error: sqlite3.Error) -> str:
    """Return what is wrong with a database's file in words of ours, with SQLite's own name for it."""
    words = OF_THE_FILE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return f"{words} ({error.sqlite_errorname})" if words else place_of(error)


@dataclass
class Lasting:
    """A database that fails for a while: told once for each kind of fault, and once more when it is over.

    Whoever meets the fault notes it, each second perhaps; the log is not to be filled on a disk that is full already.
    """

    _now: set[str] = field(default_factory=set)
    _quiet_until: dict[str, float] = field(default_factory=dict)

    def note(self, error: sqlite3.Error) -> None:
        """Say what is wrong, unless it has been said."""
        kind, loop_time = kind_of(error), asyncio.get_running_loop().time()
        if kind in self._now or loop_time < self._quiet_until.get(kind, 0):
            return
        self._now.add(kind)
        self._quiet_until[kind] = loop_time + QUIET_SECONDS
        log.error("The database does not work, and is tried until it does: %s", kind)

    def end(self) -> None:
        """Note that something was written."""
        if self._now:
            self._now.clear()
            log.warning("The database works again")
