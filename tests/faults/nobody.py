"""The front door, opened by somebody who is nobody special on this machine: to root, no file is forbidden."""

import asyncio
import io
import os
import traceback
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot import cli, rights
from tests.hub.warm import WARM

NOBODY = 65534
PATIENCE = 60.0


def give(*paths: Path) -> None:
    """Let files and folders belong to whoever opens the front door here."""
    for path in paths if os.getuid() == 0 else ():
        os.chown(path, NOBODY, NOBODY)


async def as_nobody(work: Callable[..., Any], *about: Any) -> Any:
    """Do something in a process of nobody special; return what came of it, or raise what it raised as text."""
    ours, theirs = WARM.Pipe()
    process = WARM.Process(target=_do, args=(theirs, work, about), daemon=True)
    await asyncio.to_thread(process.start)
    theirs.close()
    if not await asyncio.to_thread(ours.poll, PATIENCE):
        process.kill()
        raise TimeoutError
    try:
        done, result = ours.recv()
    except EOFError:
        await asyncio.to_thread(process.join)
        raise AssertionError(f"it ended without a word: {process.exitcode}") from None
    await asyncio.to_thread(process.join)
    if not done:
        raise AssertionError(result)
    return result


def _do(pipe: Connection, work: Callable[..., Any], about: Iterable[Any]) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        pipe.send((True, work(*about)))
    except BaseException:
        pipe.send((False, traceback.format_exc()))
        raise


def front_door(arguments: list[str]) -> tuple[int, str, str]:
    """Return the exit code of a command, and what it said."""
    out, complaint = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(complaint):
        code = cli.main(arguments)
    return code, out.getvalue(), complaint.getvalue()


def what_is_refused(folder: Path, databases: list[Path], secrets: list[Path]) -> str:
    """Return what is said of the rights of a folder, its databases and its secrets; nothing where they are right."""
    try:
        rights.check(folder, databases, secrets)
    except rights.FolderFault as fault:
        return str(fault)
    return ""
