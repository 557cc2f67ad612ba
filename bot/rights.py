"""Who may read what lies on the disk: whoever runs the hub, and nobody else on its machine."""

import errno
import os
import shlex
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077
SIDES = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, with the rights of the database itself."""


class FolderFault(Exception):
    """The data folder, or a file in it, may be read by others or cannot be used; the message says what mends it."""


@contextmanager
def private() -> Iterator[None]:
    """Let whatever is made meanwhile, by whatever library, be ours alone."""
    before = os.umask(OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def check(folder: Path, databases: Iterable[Path], secrets: Iterable[Path]) -> None:
    """Refuse a folder, databases or secrets that others may read, with the one command that mends them all.

    A secret may also be one that root has mounted for us: owned by root, and not to be written by whoever runs the hub.
    """
    if os.name != "posix":
        return
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):
        raise refused(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), folder)
    written = [Path(f"{database}{side}") for database in databases for side in SIDES]
    loose = [path for path in written if _is_loose(path)]
    loose += [path for path in secrets if _is_loose(path) and not _is_mounted(path)]
    commands = [f"chmod 700 {shlex.quote(str(folder))}"] if _is_loose(folder) else []
    commands += [f"chmod 600 {shlex.join(map(str, loose))}"] if loose else []
    if commands:
        message = f"Others on this machine may read what lies in {folder}. Mend it with: {' && '.join(commands)}"
        raise FolderFault(message)


def _is_loose(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & OTHERS)
    except OSError:
        return False  # what is not there is nobody's to read, and what cannot be used is told by whoever needs it


def _is_mounted(path: Path) -> bool:
    return path.stat().st_uid == 0 and not os.access(path, os.W_OK)


def make_folder(path: Path) -> None:
    """Make a folder of our own where there is none."""
    try:
        path.mkdir(FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise refused(error, path) from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, for our eyes only; FileExistsError where it is, FolderFault where it cannot.

    What could only be written in part is taken away again.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    except FileExistsError:
        raise
    except OSError as error:
        raise refused(error, path) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        path.unlink()
        raise refused(error, path) from error


def refused(error: OSError, path: Path) -> FolderFault:
    """Return the fault that says what the machine refuses, and where."""
    where = error.filename or path
    return FolderFault(f"{where} cannot be used: {error.strerror}. {_advice(error)}")


def _advice(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "Whoever runs the hub must own the data folder and all that is in it."
    if isinstance(error, NotADirectoryError | IsADirectoryError | FileExistsError):
        return "Something else stands where it should be; move it away, or name another folder with --data."
    return "Mend that, or name another folder with --data."
