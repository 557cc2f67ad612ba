"""P0 and P1: the hub and a bare echo bot, each in a process of its own, on the same local Bot API server."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import rival_bot
from benchmarks.server import SIDES

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "build" / "benchmarks"
RIVAL = ROOT / "build" / "rival"
PINS = Path(__file__).with_name("rival.txt")
GRACE = 10.0

Command = list[str | Path]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured in one run; a part with 0 seconds is left out."""

    kiosks: int = 50
    p0_seconds: float = 20
    p1_seconds: float = 5


def rival_python() -> Path:
    """Return the rival's own Python, of our version; its environment holds what it asks for by itself, and no more."""
    python = RIVAL / "bin" / "python"
    made = RIVAL / PINS.name
    wanted = f"{sys.version}\n{PINS.read_text('utf-8')}"
    if not made.exists() or made.read_text("utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", RIVAL], check=True)
        install: Command = [
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--quiet",
            "install",
            "--require-hashes",
            "-r",
            PINS,
        ]
        subprocess.run([python, *install], check=True)
        made.write_text(wanted, "utf-8")
    return python


@contextmanager
def process(command: Command, log: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run a program until the block is left; it ends when it is asked to, or when there is no more to read."""
    with log.open("w") as words:
        pipe = subprocess.PIPE
        variables = {**os.environ, **environment}
        running = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=words, text=True, env=variables)
        try:
            yield running
        finally:
            running.terminate()
            running.communicate(timeout=GRACE)


def run(side: str, size: Size, prison: Path) -> dict[str, float]:
    """Measure one side once, on fresh files."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=BUILD) as name:
        folder = Path(name)
        with process(_server(folder, side, size), folder / "server.log") as server:
            where = told(server, folder)
            address = {"SAMTALELAPP_HOUSE_URL": where["url"], "SAMTALELAPP_HOUSE_TOKEN": where["token"]}
            with process(_bot(side, folder, prison), folder / "bot.log", **address):
                return told(server, folder)


def _server(folder: Path, side: str, size: Size) -> Command:
    seconds = [str(size.p0_seconds), str(size.p1_seconds)]
    return [sys.executable, "-m", "benchmarks.server", folder, side, str(size.kiosks), *seconds]


def _bot(side: str, folder: Path, prison: Path) -> Command:
    if side not in SIDES:
        raise ValueError(side)
    if side == "rival":
        return [rival_python(), str(rival_bot.__file__)]
    shutil.copytree(prison, folder / "hub")
    return [sys.executable, "-m", "bot", "demo", "--data", folder / "hub", "--port", "0"]


def told(server: subprocess.Popen[str], folder: Path) -> dict[str, Any]:
    """Return the next thing that a server's process says."""
    line = server.stdout.readline() if server.stdout else ""
    if not line:
        logs = "\n".join(log.read_text("utf-8")[-2000:] for log in sorted(folder.glob("*.log")))
        message = f"The local Bot API server ended before it had measured anything.\n{logs}"
        raise RuntimeError(message)
    said: dict[str, Any] = json.loads(line)
    return said
