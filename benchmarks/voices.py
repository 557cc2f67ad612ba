"""V1: making all that is said to everybody, beside espeak-ng by itself."""

import asyncio
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bot import founding
from bot.config import Settings
from bot.demo.files import HUB
from bot.hubfile import read_hub
from bot.speaking.sayings import Sayings
from bot.voices.engines import CALM, espeak_program
from bot.voices.speaking import AT_ONCE
from bot.voices.texts import spoken

NO_PROGRAM = "V1 needs the program espeak-ng: apt-get install espeak-ng"
MIB = 1024.0
"""What Linux counts memory in, for one MiB of it."""


def prepare(folder: Path) -> Path:
    """Make a demo hub whose sentences are to be made; return its data folder."""
    asyncio.run(founding.create(Settings(folder, demo=True), HUB, None))
    return folder


def run(data: Path) -> dict[str, float]:
    """Make all of them from nothing; return seconds, the most memory of any process in MiB, how many, and their MiB."""
    kept = data / "spoken"
    for each in kept.glob("*"):
        each.unlink()
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bot", "voices", "--data", str(data)], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"voices ended with {process.returncode}")
    sizes = [each.stat().st_size for each in kept.glob("*.wav")]
    return {
        "seconds": time.perf_counter() - begun,
        "memory": used.ru_maxrss / MIB,
        "sentences": len(sizes),
        "size": sum(sizes) / MIB / MIB,
    }


def bare() -> float:
    """Let espeak-ng say the same by itself, as many at once and as politely, and keep nothing; return the seconds."""
    program = espeak_program()
    if program is None or len(program) > 1:
        raise RuntimeError(NO_PROGRAM)
    hub = read_hub(HUB).hub
    said = [
        (language, spoken(text, language)) for language in hub.languages for text, _ in Sayings(hub, language).neutral()
    ]
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as few:
        list(few.map(partial(_say, program[0]), said))
    return time.perf_counter() - begun


def _say(program: str, asked: tuple[str, str]) -> None:
    language, text = asked
    voice, speed = CALM[language]
    command = ["nice", "-n", "10", program, "--stdin", "--stdout", "-b", "1", "-z", "-v", voice, "-s", str(speed)]
    subprocess.run(command, input=text.encode(), stdout=subprocess.DEVNULL, check=True)
