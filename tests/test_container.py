"""The container starts, answers, says that it is healthy, and stops: its steps run as a script, engine or none."""

import asyncio
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

import httpx
import pytest

from bot import app
from bot.cli import parser
from bot.config import DATA, KIOSK_DOOR, STAFF_DOOR
from bot.hubfile import HubFileFault
from tests.faults.hosting import ROOT, build, in_context, stages
from tests.faults.post_office import self_made_certificate

README = (ROOT / "README.md").read_text("utf-8")
SECTION = README.partition("### In a container")[2].partition("\n### ")[0]
SHIPPED = stages()[-1]
PATIENCE = 90.0
ENGINE_KILLS_AFTER = 10.0
LINES = [line for line in re.sub(r"\\\n\s*", "", SECTION).splitlines() if line.startswith("docker ")]
RUNS = [line for line in LINES if line.startswith("docker run ")]


def in_the_image(line: str) -> list[str]:
    """Return what a line of the README lets the image do."""
    words = shlex.split(line)
    return words[words.index("samtalelapp") + 1 :] or SHIPPED.command("CMD")


@dataclass
class Container:
    """The installed program with what the image says of it: its environment, its folder, its commands."""

    program: Path
    data: Path
    ports: tuple[int, int]

    @property
    def environment(self) -> dict[str, str]:
        said = SHIPPED.environment()
        here = {
            "PATH": f"{self.program / 'bin'}:{os.environ['PATH']}",
            DATA: str(self.data),
            STAFF_DOOR: said[STAFF_DOOR].replace("8080", str(self.ports[0])),
            KIOSK_DOOR: said[KIOSK_DOOR].replace("8081", str(self.ports[1])),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMTALELAPP_", "PYTHON"))}
        return kept | said | here

    @asynccontextmanager
    async def begun(self, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
        # What is not on PATH in the image is not on it here: the program is the installed one.
        entry = [str(self.program / "bin" / SHIPPED.command("ENTRYPOINT")[0]), *words]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *entry, env=self.environment, cwd=self.data, stdout=pipe, stderr=pipe
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def run(self, *words: str) -> tuple[int | None, str, str]:
        async with self.begun(*words) as process:
            out, complaint = await asyncio.wait_for(process.communicate(), PATIENCE)
        return process.returncode, out.decode(), complaint.decode()

    async def health(self) -> int | None:
        name, *words = SHIPPED.command("HEALTHCHECK")
        program = self.program / "bin" / name
        asked = await asyncio.create_subprocess_exec(str(program), *words, env=self.environment, cwd=self.data)
        return await asyncio.wait_for(asked.wait(), PATIENCE)

    @asynccontextmanager
    async def running(self, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
        async with self.begun(*words) as process:
            assert process.stdout is not None
            while b"Press Ctrl-C" not in (line := await asyncio.wait_for(process.stdout.readline(), PATIENCE)):
                assert line, (await process.communicate())[1].decode()
            yield process


async def stopped(process: asyncio.subprocess.Process, by: signal.Signals) -> tuple[int | None, str]:
    """Stop it as an engine does, within the time after which that would kill it."""
    process.send_signal(by)
    _, complaint = await asyncio.wait_for(process.communicate(), ENGINE_KILLS_AFTER)
    return process.returncode, complaint.decode()


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder once in the whole run: whichever of its processes comes first does, and the others wait for it."""
    own = tmp_path_factory.getbasetemp()
    made = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with made.with_suffix(".turn").open("a") as turn:
        flock(turn, LOCK_EX)
        if not made.exists():
            begun = made.with_suffix(".begun")
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(made)
    return made


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # An environment knows where it was made, and stays there.
    return Path((once(tmp_path_factory, "image", built) / "where").read_text("utf-8"))


def built(folder: Path) -> None:
    place = folder.with_name("installed")
    shutil.rmtree(place, ignore_errors=True)
    (folder / "where").write_text(str(build(place)), "utf-8")


@pytest.fixture
def container(program: Path, tmp_path: Path) -> Container:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        ports = one.getsockname()[1], other.getsockname()[1]
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    return Container(program, data, ports)


def test_what_is_shipped_is_what_was_built_and_not_the_checkout(container: Container) -> None:
    asked = [str(container.program / "bin" / "python"), "-c", "import bot, handlers; print(bot.__file__)"]
    told = subprocess.run(asked, cwd=container.data, env=container.environment, capture_output=True, check=True)
    assert Path(told.stdout.decode().strip()).is_relative_to(container.program)


@pytest.mark.long
async def test_the_demo_starts_where_other_machines_reach_it_says_so_and_stops(container: Container) -> None:
    [line] = [each for each in RUNS if in_the_image(each)[0] == "demo"]
    assert "--publish 127.0.0.1:8080:8080" in line
    words = [*in_the_image(line), "--port", str(container.ports[0])]
    assert await container.health() == 1
    async with container.running(*words) as process, httpx.AsyncClient() as http:
        address = f"http://127.0.0.1:{container.ports[0]}/"
        told = (await http.get(f"{address}client/device")).json()
        assert (told["door"], told["joined"], told["down"], told["voices"][-1]) == (None, True, False, "so")
        assert (await http.get(address, headers={"Host": "hub.example.org"})).status_code == 400
        assert await container.health() == 0
        assert await stopped(process, signal.Signals[SHIPPED.all("STOPSIGNAL")[0]]) == (0, "")
    assert (container.data / ".demo" / "samtalelapp.db").exists()


@pytest.mark.long
async def test_the_demo_says_loudly_to_whom_it_is_open(container: Container) -> None:
    async with container.begun("demo", "--listen", "0.0.0.0", "--port", str(container.ports[0])) as process:
        assert process.stdout is not None
        first = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        await stopped(process, signal.SIGINT)
    assert first.startswith(f"THIS DEMO IS OPEN TO EVERYBODY WHO CAN REACH 0.0.0.0:{container.ports[0]}")


async def test_a_first_start_without_a_hub_says_how_one_is_made(container: Container) -> None:
    code, out, complaint = await container.run(*SHIPPED.command("CMD"))
    assert (code, out) == (app.FAULTS[HubFileFault], "")
    assert complaint == (
        f"samtalelapp: There is no hub in {container.data} yet. Make one of your own hub.yaml first:\n"
        f"  samtalelapp init --data {container.data} --hub hub.yaml\n"
    )


@pytest.fixture(scope="module")
def own_hub(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Do the README's lines before `run`: check, init, a code; they stand in the folder beside what was mounted."""
    return once(tmp_path_factory, "own", lambda folder: asyncio.run(made(program, folder)))


async def made(program: Path, folder: Path) -> None:
    mounted = mounted_in(folder)
    for place in (*mounted.values(), folder / "data"):
        place.mkdir(mode=0o700)
    for file in (ROOT / "bot" / "demo").glob("*.yaml"):
        shutil.copy(file, mounted["/from"])
    shutil.copytree(ROOT / "bot" / "demo" / "recordings", mounted["/from"] / "recordings")
    certificate = self_made_certificate(mounted["/tls"] / "hub.pem")
    shutil.copy(certificate, mounted["/tls"] / "hub.key")
    before = [each for each in map(in_the_image, RUNS) if each[0] in {"check", "init", "device"}]
    assert [each[0] for each in before] == ["check", "init", "device", "device"]
    container = Container(program, folder / "data", (0, 0))
    for words in before:
        code, out, complaint = await container.run(*placed(words, mounted))
        assert (code, complaint, bool(out)) == (0, "", True), words


def mounted_in(folder: Path) -> dict[str, Path]:
    return {"/from": folder / "from", "/tls": folder / "tls"}


def placed(words: list[str], mounted: dict[str, Path]) -> list[str]:
    for inside, outside in mounted.items():
        words = [re.sub(rf"\A{inside}/", f"{outside}/", word) for word in words]
    return words


@pytest.mark.long
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
async def test_a_hub_of_ones_own_is_made_runs_with_its_certificate_and_stops(
    container: Container, own_hub: Path, by: signal.Signals
) -> None:
    shutil.copytree(own_hub / "data", container.data, dirs_exist_ok=True)
    [run] = [each for each in map(in_the_image, RUNS) if each[0] == "run" and "--certificate" in each]
    code, _, complaint = await container.run("run")
    assert (code, "everybody on the way can read along" in complaint) == (10, True)
    async with (
        container.running(*placed(run, mounted_in(own_hub))) as process,
        httpx.AsyncClient(verify=trusting()) as http,
    ):
        assert await container.health() == 0
        doors = [(await http.get(f"https://127.0.0.1:{port}/client/device")).json()["door"] for port in container.ports]
        assert doors == ["staff", "kiosk"]
        code, complaint = await stopped(process, by)
    assert (code, "Traceback" in complaint) == (0, False)
    assert await container.health() == 1


async def test_a_hub_behind_a_proxy_is_healthy(container: Container, own_hub: Path) -> None:
    shutil.copytree(own_hub / "data", container.data, dirs_exist_ok=True)
    async with container.running("run", "--behind-proxy", "--host", "hub.example.org") as process:
        assert await container.health() == 0
        await stopped(process, signal.SIGINT)


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


# ── what the files say ────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_line_of_the_readme_is_one_that_the_image_understands() -> None:
    commands = [in_the_image(each) for each in RUNS]
    assert [parser().parse_args(each).command is not None for each in commands] == [True] * len(commands)
    assert (LINES[0], LINES[-1]) == ("docker build --tag samtalelapp .", "docker stop hub")
    assert all("--volume samtalelapp" in each or " check " in each for each in RUNS)


def test_the_image_says_where_it_is_reached_and_who_it_runs_as() -> None:
    environment = SHIPPED.environment()
    ports = [environment[each].rpartition(":")[2] for each in (STAFF_DOOR, KIOSK_DOOR)]
    assert SHIPPED.all("EXPOSE") == [" ".join(ports)]
    assert SHIPPED.all("VOLUME") == SHIPPED.all("WORKDIR") == [environment[DATA]]
    assert SHIPPED.all("USER") == ["samtalelapp"]
    speaks, made = SHIPPED.all("RUN")
    assert "espeak-ng" in speaks
    assert "--uid 10001" in made
    assert f"--mode=0700 {environment[DATA]}" in made


def test_only_what_the_program_is_made_of_is_sent_to_the_build(tmp_path: Path) -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    sent = {path.partition("/")[0] for path in tracked if in_context(path)}
    assert sent == {"LICENSE", "README.md", "pyproject.toml", "requirements", "bot", "handlers", "locales"}
    never = [".git/config", ".venv/bin/python", "data/samtalelapp.db", "data/samtalelapp.key", ".demo/house.db-wal"]
    never += ["bot/x.db", "bot/demo/house.db-wal", "bot/samtalelapp.key", "bot/__pycache__/cli.cpython-311.pyc"]
    assert [path for path in never if in_context(path)] == []
    assert sys.version_info[:2] >= (3, 11)
