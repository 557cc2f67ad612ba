"""Where tests put their files: in memory where the machine has room for them there, for none of them needs a disk.

What a disk does that is full or refuses is shown by limits of the process and by rights, which are the same there; and
a process that is killed leaves in memory what it leaves on a disk. A commit does not wait for a disk, so that a run is
as quick as its processors.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
"""Bytes that must be free there: a whole run leaves some hundred million at a time."""


def has_room(folder: Path) -> bool:
    """Say whether files can be made there, and run, and there is enough room for them."""
    if not (folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)):
        return False
    return not os.statvfs(folder).f_flag & os.ST_NOEXEC and shutil.disk_usage(folder).free >= ROOM


def common() -> Path:
    """Return a folder that everybody on this machine can reach: those of a run are its own user's alone."""
    return MEMORY if has_room(MEMORY) else Path("/tmp")


def keep_files_in_memory() -> Path | None:
    """Let this process and those that it starts make their temporary files in memory; whoever names a place gets it.

    Return the folder that was made for them, to be taken away at the end: what stays there fills the memory. Whoever
    wants to look at files afterwards names a place for them, as TMPDIR.
    """
    if "TMPDIR" in os.environ or not has_room(MEMORY):
        return None
    made = tempfile.mkdtemp(prefix="samtalelapp-tests-", dir=MEMORY)
    tempfile.tempdir = os.environ["TMPDIR"] = made
    return Path(made)
