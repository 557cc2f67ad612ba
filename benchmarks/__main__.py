"""`make bench`: measures P0 to P4 and V1, and writes docs/benchmarks.md and docs/benchmarks.json."""

import argparse
import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import bookings, crowds, figures, prison, taps, voices
from benchmarks.figures import Figures, Goal
from benchmarks.page import PAGE

ECHO = "a bare echo bot"
P0 = Goal("P0", "tap to screen, p95, 50 kiosks", ECHO, 1.1, True, lambda seconds: f"{seconds * 1000:.1f} ms")
P1 = Goal("P1", "taps a second, 50 kiosks", ECHO, 3.0, False, lambda taps: f"{taps:.0f}/s")
P2 = Goal("P2", "bookings a second", "plain sqlite3", 0.5, False, lambda each: f"{each:.0f}/s")
P3 = Goal(
    "P3",
    "tap to screen, p95, 50 kiosks, while 1,000 are told at Telegram's pace",
    "nobody is told",
    1.3,
    True,
    lambda seconds: f"{seconds * 1000:.1f} ms",
)
P4 = Goal("P4", "telling 1,000 at Telegram's pace", "30 a second", 1.05, True, lambda seconds: f"{seconds:.1f} s")
V1 = Goal(
    "V1",
    "making all that is said to everybody, nb and en",
    "espeak-ng by itself",
    2.0,
    True,
    lambda seconds: f"{seconds:.1f} s",
)
V1_MEMORY = Goal("V1, memory", "the same, at the most", "128 MiB", 1.0, True, lambda memory: f"{memory:.0f} MiB")
MOST_MEMORY = 128
PACE = 30
RUNS = 5
BOOKINGS = 1000


def measure_taps(folder: Path, size: taps.Size, runs: int) -> list[Figures]:
    """Measure P0 and P1, the two sides by turns; the first goes second the next time."""
    asyncio.run(prison.with_kiosks(folder, size.kiosks))
    p0, p1 = Figures(P0), Figures(P1)
    for number in range(runs):
        order = ("ours", "rival") if number % 2 else ("rival", "ours")
        found = {side: taps.run(side, size, folder) for side in order}
        for figure, name in ((p0, "p0"), (p1, "p1")):
            if found["ours"][name]:
                figure.add(found["ours"][name], found["rival"][name])
    return [each for each in (p0, p1) if each.ours]


def measure_crowds(folder: Path, size: crowds.Size, runs: int) -> list[Figures]:
    """Measure P3 and P4; with or without a crowd that is told goes first by turns. One refused message ends it."""
    asyncio.run(prison.with_crowd(folder, size.kiosks, size.crowd))
    p3, p4 = Figures(P3), Figures(P4)
    for number in range(runs):
        found = crowds.run(size, folder, calm_first=bool(number % 2))
        if found["refused"]:
            message = f"The network found it too much {found['refused']:.0f} times; that must never be."
            raise RuntimeError(message)
        p3.add(found["busy"], found["calm"])
        p4.add(found["own"], size.crowd / PACE)
    return [p3, p4]


def measure_bookings(folder: Path, size: int, runs: int) -> Figures:
    """Measure P2."""
    prepared = asyncio.run(bookings.prepare(folder / "prepared", size))
    p2 = Figures(P2)
    for number in range(runs):
        p2.add(*bookings.run(prepared, folder / str(number)))
    return p2


def measure_voices(folder: Path, runs: int) -> list[Figures]:
    """Measure V1, the two sides by turns."""
    data = voices.prepare(folder)
    v1, memory = Figures(V1), Figures(V1_MEMORY)
    for _ in range(runs):
        plain, ours = voices.bare(), voices.run(data)
        v1.add(ours["seconds"], plain)
        memory.add(ours["memory"], MOST_MEMORY)
    print(f"{ours['sentences']:.0f} sentences, {ours['size']:.0f} MiB")
    return [v1, memory]


def measure(names: list[str], runs: int) -> list[Figures]:
    """Measure what is asked for."""
    size = taps.Size(p0_seconds=20 if "P0" in names else 0, p1_seconds=5 if "P1" in names else 0)
    taps.BUILD.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=taps.BUILD) as name:
        folder = Path(name)
        tapped = measure_taps(folder / "taps", size, runs) if size.p0_seconds or size.p1_seconds else []
        booked = [measure_bookings(folder, BOOKINGS, runs)] if "P2" in names else []
        told = measure_crowds(folder / "crowds", crowds.Size(), runs) if {"P3", "P4"} & set(names) else []
        said = measure_voices(folder / "voices", runs) if "V1" in names else []
        return [*tapped, *booked, *told, *said]


def main() -> None:
    """Measure everything and write it down, or only print what is asked for by name."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="The measurements of docs/benchmarks.md.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="P0, P1, P2, P3, P4 or V1 alone; nothing is written then"
    )
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each side is measured (%(default)s)")
    asked = parser.parse_args()
    found = measure(asked.names or ["P0", "P1", "P2", "P3", "P4", "V1"], asked.runs)
    print(figures.table(found))
    if not asked.names:
        figures.write(found, figures.circumstances(), PAGE)


if __name__ == "__main__":
    main()
