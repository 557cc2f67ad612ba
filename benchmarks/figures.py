"""What was measured, as figures: ratios of one run, their median, and the pages that tell them."""

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
DATA = ROOT / "docs" / "benchmarks.json"
PACKAGES = ("python-telegram-bot", "aiohttp", "aiosqlite", "uvloop", "uvicorn", "starlette")


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that is measured; ``limit`` is the least ratio, or the largest where less is better."""

    name: str
    work: str
    rival: str
    limit: float
    less_is_better: bool
    told: Callable[[float], str]

    def met(self, ratio: float) -> bool:
        """Say whether a ratio reaches the goal."""
        return ratio <= self.limit if self.less_is_better else ratio >= self.limit

    def __str__(self) -> str:
        """Return the goal as the page says it."""
        return f"{'≤' if self.less_is_better else '≥'} {self.limit:.2f}"


@dataclass(frozen=True, slots=True)
class Figures:
    """Both sides of a goal, run by run."""

    goal: Goal
    ours: list[float] = field(default_factory=list)
    rival: list[float] = field(default_factory=list)

    def add(self, ours: float, rival: float) -> None:
        """Add a run."""
        self.ours.append(ours)
        self.rival.append(rival)

    @property
    def runs(self) -> list[float]:
        """Return the ratio of each run."""
        return [round(one / other, 3) for one, other in zip(self.ours, self.rival, strict=True)]

    @property
    def ratio(self) -> float:
        """Return the median of the runs' ratios."""
        return round(median(self.runs), 3)

    def as_json(self) -> dict[str, object]:
        """Return the figures as docs/benchmarks.json has them."""
        sides = {"ours": self.goal.told(median(self.ours)), "rival": self.goal.told(median(self.rival))}
        goal = {"goal": str(self.goal), "met": self.goal.met(self.ratio)}
        return {"ratio": self.ratio, "runs": self.runs, **sides, **goal}

    def cells(self) -> list[str]:
        """Return the figures as a line of the table."""
        told, met = self.as_json(), "met" if self.goal.met(self.ratio) else "**not met**"
        runs = f"{min(self.runs):.2f} to {max(self.runs):.2f} in {len(self.runs)}"
        ours, rival = f"{told['ours']}", f"{told['rival']} ({self.goal.rival})"
        return [self.goal.name, self.goal.work, ours, rival, f"{self.ratio:.2f}", runs, str(self.goal), met]


HEAD = ["", "work", "ours", "beside", "ratio", "runs", "goal", ""]


def table(figures: list[Figures]) -> str:
    """Return the one table, in Markdown."""
    lines = [HEAD, ["---"] * len(HEAD), *(each.cells() for each in figures)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def circumstances() -> dict[str, str | int]:
    """Return with what and on what it was measured."""
    return {
        "commit": commit(),
        "cores": os.cpu_count() or 1,
        "machine": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in PACKAGES},
    }


def commit() -> str:
    """Return the commit, and whether the files differ from it."""
    head = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", "bot", "handlers", "benchmarks")
    return f"{head} with changes" if changed else head


def _git(*arguments: str) -> str:
    ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.strip()


def write(figures: list[Figures], about: dict[str, str | int], words: str) -> None:
    """Write the page for people and the file for programs."""
    told = ", ".join(f"{name} {value}" for name, value in about.items())
    PAGE.write_text(words.format(table=table(figures), circumstances=told), "utf-8")
    data = {each.goal.name: each.as_json() for each in figures} | {"circumstances": about}
    DATA.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")
