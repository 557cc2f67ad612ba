"""P3 and P4: an announcement to a crowd at Telegram's pace, the hub and the local Bot API server in a process each."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.taps import BUILD, Command, process, told


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured in one run."""

    crowd: int = 1000
    kiosks: int = 50
    seconds: float = 40


def run(size: Size, prison: Path, *, calm_first: bool) -> dict[str, float]:
    """Measure once, on fresh files; ``refused`` is how often the network found it too much."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=BUILD) as name:
        folder = Path(name)
        order = "calm" if calm_first else "busy"
        asked: Command = [folder, str(size.crowd), str(size.kiosks), str(size.seconds), order]
        with process([sys.executable, "-m", "benchmarks.crowd_server", *asked], folder / "server.log") as server:
            where = told(server, folder)
            address = {"SAMTALELAPP_HOUSE_URL": where["url"], "SAMTALELAPP_HOUSE_TOKEN": where["token"]}
            shutil.copytree(prison, folder / "hub")
            hub: Command = [sys.executable, "-m", "benchmarks.crowd_hub", folder / "hub", str(size.crowd)]
            with process(hub, folder / "bot.log", **address, SAMTALELAPP_HOUSE_LIMITS="telegram") as running:
                return _measured(server, running, folder)


def _measured(server: Popen[str], hub: Popen[str], folder: Path) -> dict[str, float]:
    found: dict[str, Any] = told(server, folder)
    while "announce" in found:
        assert hub.stdin
        print(found["announce"], file=hub.stdin, flush=True)
        found = told(server, folder)
    return found
