"""The container as a script: what Dockerfile and .dockerignore say, done in a folder where no engine is."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
INSTRUCTION = re.compile(r"([A-Z]+)\s+(.*)", re.DOTALL)


@dataclass
class Stage:
    """What one FROM begins: instructions in their order."""

    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """Return what stands after each instruction of this name."""
        return [said for instruction, said in self.steps if instruction == name]

    def command(self, name: str) -> list[str]:
        """Return the only command in exec form after an instruction, as HEALTHCHECK's."""
        [said] = self.all(name)
        return [str(word) for word in json.loads(said[said.index("[") :])]

    def environment(self) -> dict[str, str]:
        """Return what ENV sets."""
        return dict(pair.split("=", 1) for said in self.all("ENV") for pair in shlex.split(said))


def stages() -> list[Stage]:
    """Read the Dockerfile."""
    text = "".join(line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines(True) if line[0] != "#")
    found: list[Stage] = []
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        if (read := INSTRUCTION.fullmatch(line)) and read[1] == "FROM":
            found.append(Stage(read[2].partition(" ")[0]))
        elif read:
            found[-1].steps.append((read[1], read[2]))
    return found


def in_context(path: str) -> bool:
    """Say whether .dockerignore lets a file into the build: the last line that matches it or a folder above decides."""
    kept = True
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!").rstrip("/")
        if pattern and any(_matches(pattern, above) for above in _and_above(path)):
            kept = line.startswith("!")
    return kept


def _and_above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]


def _matches(pattern: str, path: str) -> bool:
    spelled = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    spelled = spelled.replace(r"\[", "[").replace(r"\]", "]")
    return re.fullmatch(spelled, path) is not None


def build(folder: Path) -> Path:
    """Do what stage one does, from the wheel on; what the wheel needs is linked from where the tests run.

    Return the environment that stage two would carry.
    """
    first = stages()[0]
    source, environment = folder / "src", folder / "opt" / "samtalelapp"
    source.mkdir(parents=True)
    for said in first.all("COPY"):
        *wanted, to = said.split()
        for each in wanted:
            _copy(ROOT / each, source / to / ("" if to.endswith("/") and (ROOT / each).is_dir() else Path(each).name))
    for step in (step.strip() for said in first.all("RUN") for step in said.split("&&")):
        if "--require-hashes" not in step:
            _run(step, source, environment)
    [packages] = environment.glob("lib/python*/site-packages")
    (packages / "linked.pth").write_text(f"{_site_packages()}\n", "utf-8")
    return environment


def _copy(origin: Path, to: Path) -> None:
    files = sorted(path for path in origin.rglob("*") if path.is_file()) if origin.is_dir() else [origin]
    for file in files:
        if in_context(file.relative_to(ROOT).as_posix()):
            target = to / file.relative_to(origin) if origin.is_dir() else to
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _run(step: str, source: Path, environment: Path) -> None:
    python = shlex.quote(sys.executable)
    step = step.replace("/opt/samtalelapp", shlex.quote(str(environment)))
    step = re.sub(r"\A(pip|python)\b", lambda found: python + (" -m pip" if found[0] == "pip" else ""), step)
    known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(step, shell=True, cwd=source, env=known, check=True, capture_output=True)


def _site_packages() -> Path:
    """Return where the packages of the environment that runs the tests are; what is editable there is not found."""
    return next(Path(folder) for folder in sys.path if folder.endswith("site-packages"))
