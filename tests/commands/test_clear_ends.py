"""However a command ends, it says so in one sentence with an exit code of its own, and never with a traceback."""

import asyncio
import logging
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from apscheduler.events import EVENT_SCHEDULER_SHUTDOWN

from bot import app, jobs
from bot.clock import MachineClock
from bot.demo import files
from bot.gateway.journal import JournalFault
from bot.hubfile import HubFileFault
from bot.rights import FolderFault
from bot.store import keys
from bot.store.files import DatabaseFault
from bot.store.keys import KeyFault
from tests.faults.nobody import as_nobody, front_door, give
from tests.hub.whole_hub import whole_hub
from tests.memory import common

PORTS = {"demo": ["--port", "0"], "run": ["--staff", "127.0.0.1:0", "--kiosks", "127.0.0.1:0"]}
INTO_A_HUB = {
    "run": ["run", *PORTS["run"]],
    "demo": ["demo", *PORTS["demo"]],
    "invite": ["invite", "N1"],
    "device": ["device", "K-A"],
}
OUT_OF_NOTHING = {"init": ["init", "--hub", str(files.HUB)], "demo": ["demo", *PORTS["demo"]]}


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that somebody else than root can reach."""
    found = Path(tempfile.mkdtemp(dir=common(), prefix="samtalelapp-"))
    give(found)
    yield found
    found.chmod(0o700)
    for path in found.rglob("*"):
        path.chmod(0o700)
    shutil.rmtree(found)


# A hub that has run once: each test gets a copy of it.
_made = tempfile.TemporaryDirectory(prefix="samtalelapp-")
HAS_RUN = Path(_made.name) / "data"


@pytest.fixture
async def data(place: Path) -> Path:
    if not HAS_RUN.exists():
        async with whole_hub(HAS_RUN):
            pass
    shutil.copytree(HAS_RUN, place / "data")
    give(*(place / "data").rglob("*"), place / "data")
    return place / "data"


async def ends_in_a_sentence(arguments: list[str], data: Path, fault: type[Exception], *words: str) -> None:
    code, out, complaint = await as_nobody(front_door, [*arguments, "--data", str(data)])
    assert (code, out) == (app.FAULTS[fault], ""), complaint
    assert complaint.startswith("samtalelapp: ")
    assert len(complaint.splitlines()) == 1
    assert [word for word in words if word not in complaint] == []


def _a_folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir(0o700)
    give(path)


WRONG: dict[str, tuple[Callable[[Path], None], type[Exception], str]] = {
    "an unreadable key": (lambda data: (data / "samtalelapp.key").chmod(0o000), KeyFault, "samtalelapp.key cannot be"),
    "a folder as key": (
        lambda data: _a_folder_instead(data / "samtalelapp.key"),
        KeyFault,
        "samtalelapp.key cannot be",
    ),
    "an unreadable database": (lambda data: (data / "samtalelapp.db").chmod(0o000), DatabaseFault, "cannot be"),
    "a database to read only": (lambda data: (data / "samtalelapp.db").chmod(0o400), DatabaseFault, "must own"),
    "a folder as database": (lambda data: _a_folder_instead(data / "samtalelapp.db"), DatabaseFault, "cannot be"),
    "a folder to read only": (lambda data: data.chmod(0o500), DatabaseFault, "must own"),
    "a folder that lets nobody in": (lambda data: data.chmod(0o000), FolderFault, "must own"),
    "an unreadable hub.yaml": (lambda data: (data / "hub.yaml").chmod(0o000), HubFileFault, "hub.yaml: cannot be read"),
    "a folder as hub.yaml": (lambda data: _a_folder_instead(data / "hub.yaml"), HubFileFault, "cannot be read"),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("command", INTO_A_HUB)
async def test_a_command_that_cannot_use_its_hub_says_why(command: str, wrong: str, data: Path) -> None:
    spoil, fault, words = WRONG[wrong]
    spoil(data)
    await ends_in_a_sentence(INTO_A_HUB[command], data, fault, words)


@pytest.mark.parametrize("command", ["run", "demo"])
@pytest.mark.parametrize(
    "spoil", [_a_folder_instead, lambda path: path.chmod(0o000), lambda path: path.chmod(0o400)],
    ids=["a folder", "unreadable", "to read only"],
)  # fmt: skip
async def test_a_hub_that_cannot_use_its_chats_says_why(
    command: str, spoil: Callable[[Path], None], data: Path
) -> None:
    spoil(data / "house.db")
    await ends_in_a_sentence(INTO_A_HUB[command], data, JournalFault, "house.db")


@pytest.mark.parametrize("command", OUT_OF_NOTHING)
@pytest.mark.parametrize("mode", [0o500, 0o000])
async def test_a_hub_is_not_made_where_nothing_may_be_made(command: str, mode: int, place: Path) -> None:
    place.chmod(mode)
    await ends_in_a_sentence(OUT_OF_NOTHING[command], place / "data", FolderFault, str(place))


@pytest.mark.parametrize("command", OUT_OF_NOTHING)
async def test_a_hub_is_not_made_where_a_file_stands(command: str, place: Path) -> None:
    (place / "data").write_text("mine")
    give(place / "data")
    await ends_in_a_sentence(OUT_OF_NOTHING[command], place / "data", FolderFault, str(place / "data"))
    await ends_in_a_sentence(OUT_OF_NOTHING[command], place / "data" / "deeper", FolderFault, str(place / "data"))
    assert (place / "data").read_text() == "mine"


@pytest.mark.parametrize("name", ["samtalelapp.key", "samtalelapp.new", "hub.yaml"])
async def test_a_hub_is_not_made_where_a_folder_stands_in_a_files_place(name: str, place: Path) -> None:
    (place / "data" / name).mkdir(0o700, parents=True)
    give(place / "data", place / "data" / name)
    code, out, complaint = await as_nobody(front_door, [*OUT_OF_NOTHING["init"], "--data", str(place / "data")])
    assert (code in {app.FAULTS[FolderFault], app.FAULTS[KeyFault]}, out) == (True, "")
    assert (complaint.startswith("samtalelapp: "), len(complaint.splitlines())) == (True, 1)


def with_room_for(size: int, arguments: list[str]) -> tuple[int, str, str]:
    """Open the front door where no file may grow beyond so many bytes, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return front_door(arguments)


@pytest.mark.parametrize("room", [0, 16, 512, 4096, 60_000, 200_000])
@pytest.mark.parametrize("command", OUT_OF_NOTHING)
async def test_a_hub_is_not_made_on_a_full_disk_and_is_made_as_soon_as_there_is_room(
    command: str, room: int, place: Path
) -> None:
    arguments = [*OUT_OF_NOTHING["init"], "--data", str(place / "data")]
    code, out, complaint = await as_nobody(
        with_room_for, room, [*OUT_OF_NOTHING[command], "--data", str(place / "data")]
    )
    assert (code in {app.FAULTS[FolderFault], app.FAULTS[DatabaseFault]}, out) == (True, ""), complaint
    assert (complaint.startswith("samtalelapp: "), len(complaint.splitlines())) == (True, 1)
    code, out, complaint = await as_nobody(front_door, arguments)
    assert (code, complaint) == (0, "")


def key_with_room_for(size: int, path: Path) -> bool:
    """Make a key file where no file may grow beyond so many bytes; return whether anything stands there after that."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    with pytest.raises(FolderFault, match="File too large"):
        keys.create(path)
    return path.exists()


@pytest.mark.parametrize("room", [0, 16])
async def test_half_a_key_is_no_key_and_is_taken_away_again(room: int, place: Path) -> None:
    assert await as_nobody(key_with_room_for, room, place / "data" / "key.json") is False


@pytest.mark.parametrize("command", INTO_A_HUB)
@pytest.mark.parametrize("room", [0, 100, 5_000])
async def test_a_hub_does_not_start_on_a_full_disk(command: str, room: int, data: Path) -> None:
    code, out, complaint = await as_nobody(with_room_for, room, [*INTO_A_HUB[command], "--data", str(data)])
    assert (code in {app.FAULTS[DatabaseFault], app.FAULTS[JournalFault]}, out) == (True, ""), complaint
    assert (complaint.startswith("samtalelapp: "), len(complaint.splitlines())) == (True, 1)
    assert str(data) in complaint


async def test_check_says_that_it_may_not_read(place: Path) -> None:
    (place / "hub.yaml").write_text("name: x")
    (place / "hub.yaml").chmod(0o000)
    give(place / "hub.yaml")
    code, out, complaint = await as_nobody(front_door, ["check", str(place / "hub.yaml")])
    assert (code, out) == (app.FAULTS[HubFileFault], "")
    assert complaint.startswith("samtalelapp: hub.yaml: cannot be read (Permission denied)")


async def test_a_hub_that_is_stopped_in_the_middle_of_its_ticks_says_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "TICK_SECONDS", 0.003)
    for _ in range(5):
        async with whole_hub(tmp_path) as hub:
            ticks = hub.running.jobs._one_at_a_time
            await hub.until(ticks.locked, "ticks under way")
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


async def stop(scheduler: Any) -> None:
    """Stop a scheduler and wait for its end, for that of whatever it had begun, and for what it says of it."""
    ended = asyncio.Event()
    scheduler.add_listener(lambda _event: ended.set(), EVENT_SCHEDULER_SHUTDOWN)
    jobs.stop(scheduler)
    await ended.wait()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


async def test_a_tick_that_the_end_of_the_hub_cuts_off_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def tick() -> None:
        begun.set()
        await never.wait()

    scheduler: Any = jobs.schedule(tick)
    await begun.wait()
    await stop(scheduler)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_tick_that_had_not_begun_when_the_hub_ends_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    async def tick() -> None:
        await asyncio.Event().wait()

    scheduler: Any = jobs.schedule(tick)
    scheduler.get_jobs()[0].modify(next_run_time=MachineClock().now())
    await stop(scheduler)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
