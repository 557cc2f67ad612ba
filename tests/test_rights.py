"""What lies on the disk is for whoever runs the hub alone; what others may read is refused with what mends it."""

import asyncio
import os
import re
import shlex
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import app, founding
from bot.cli import main
from bot.config import Settings
from bot.demo import files
from bot.rights import FolderFault
from tests.faults.nobody import as_nobody, give, what_is_refused
from tests.hub.front_door import ANY_PORT, Said, everything_in, opened, run
from tests.hub.whole_hub import new_hub, whole_hub
from tests.memory import common

NAMES = ["house.db", "hub.yaml", "samtalelapp.db", "samtalelapp.key"]
COMMANDS = {
    "run": ["run", *ANY_PORT["run"]],
    "demo": ["demo", *ANY_PORT["demo"]],
    "invite": ["invite", "N1"],
    "device": ["device", "K-A"],
}


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes_of(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def only_ours(folder: Path) -> dict[str, int]:
    return {path.name: 0o700 if path.is_dir() else 0o600 for path in (folder, *folder.rglob("*"))}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
async def test_everything_that_init_and_run_make_is_for_us_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    data = tmp_path / "deep" / "data"
    with umask(mask):
        assert (await run("init", "--data", data, "--hub", files.HUB)).code == 0
        async with opened("run", "--data", data) as hub:
            assert "Umask:\t0077\n" in Path(f"/proc/{hub.process.pid}/status").read_text()
            assert {f"{name}-wal" for name in NAMES if name.endswith(".db")} <= {path.name for path in data.iterdir()}
            assert modes_of(data) == only_ours(data)
            await hub.interrupt()
    assert modes_of(data) == only_ours(data)


@pytest.mark.parametrize("mask", [0o000, 0o022])
async def test_a_demos_folder_is_for_us_alone_as_well(tmp_path: Path, mask: int) -> None:
    with umask(mask):
        async with opened("demo", "--data", tmp_path / "demo") as hub:
            assert modes_of(tmp_path / "demo") == only_ours(tmp_path / "demo")
            await hub.interrupt()


@pytest.mark.parametrize("mask", [0o000, 0o022])
async def test_what_is_made_without_the_front_door_is_for_us_alone_as_well(tmp_path: Path, mask: int) -> None:
    settings = Settings(data=tmp_path / "data", demo=True)
    with umask(mask):
        await founding.create(settings, files.HUB, files.PEOPLE)
        async with whole_hub(settings.data):
            assert modes_of(settings.data) == only_ours(settings.data)


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    async with whole_hub(tmp_path / "a hub"):
        pass
    return tmp_path / "a hub"


def told_by(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> Said:
    capsys.readouterr()
    return Said(main(arguments), *capsys.readouterr())


@pytest.mark.parametrize("command", COMMANDS)
def test_what_others_may_read_is_refused_with_the_command_that_mends_it(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(new_hub(tmp_path / "a hub"))
    data = tmp_path / "a hub"
    (data / "house.db").touch(0o600)
    (data / "samtalelapp.db-wal").touch(0o600)
    for name in ("house.db", "samtalelapp.db", "samtalelapp.db-wal", "samtalelapp.key", "hub.yaml"):
        (data / name).chmod(0o640)
    data.chmod(0o750)
    before = everything_in(data)
    ended = told_by([*COMMANDS[command], "--data", str(data)], capsys)
    assert (ended.code, ended.out) == (app.FAULTS[FolderFault], "")
    assert ended.complaint.startswith(f"samtalelapp: Others on this machine may read what lies in {data}. ")
    assert len(ended.complaint.splitlines()) == 1
    assert everything_in(data) == before
    mend = ended.complaint.partition("Mend it with: ")[2]
    subprocess.run(["sh", "-c", mend], check=True)
    assert modes_of(data) == only_ours(data)


@pytest.mark.parametrize("mode", [0o601, 0o604, 0o640, 0o620, 0o660, 0o666, 0o644])
@pytest.mark.parametrize("name", ["samtalelapp.key", "samtalelapp.db", "house.db", "hub.yaml"])
async def test_one_looser_file_is_enough(data: Path, name: str, mode: int) -> None:
    settings = Settings(data=data, demo=True, port=0)
    (data / name).chmod(mode)
    with pytest.raises(
        FolderFault, match=re.escape(f"Mend it with: chmod 600 {shlex.quote(str(data / name))}") + r"\Z"
    ):
        async with app.running(settings):
            pass


@pytest.mark.parametrize("mode", [0o701, 0o710, 0o750, 0o755, 0o777])
async def test_a_looser_folder_is_enough_and_a_new_hub_is_not_made_in_one(data: Path, mode: int) -> None:
    settings = Settings(data=data, demo=True, port=0)
    mend = re.escape(f"Mend it with: chmod 700 {shlex.quote(str(data))}") + r"\Z"
    data.chmod(mode)
    with pytest.raises(FolderFault, match=mend):
        async with app.running(settings):
            pass
    for each in data.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    with pytest.raises(FolderFault, match=mend):
        await founding.create(settings, files.HUB, files.PEOPLE)
    assert list(data.iterdir()) == []


PASSWD = Path("/etc/passwd")
"""A file that everybody may read, and that nobody but root may write: as secrets are that root has mounted."""


async def test_a_secret_that_root_has_mounted_is_fine_where_it_can_only_be_read(tmp_path: Path) -> None:
    own = Path(tempfile.mkdtemp(dir=common()))
    give(own)
    try:
        (own / "key").symlink_to(PASSWD)
        assert await as_nobody(what_is_refused, own, [], [PASSWD, own / "key"]) == ""
        assert f"chmod 600 {PASSWD}" in await as_nobody(what_is_refused, own, [PASSWD], [])
    finally:
        shutil.rmtree(own)


async def test_a_secret_of_our_own_that_others_may_read_is_refused_even_where_we_may_not_write_it() -> None:
    own = Path(tempfile.mkdtemp(dir=common()))
    try:
        (own / "key").touch()
        (own / "key").chmod(0o444)
        give(own, own / "key")
        assert f"chmod 600 {own / 'key'}" in await as_nobody(what_is_refused, own, [], [own / "key"])
    finally:
        shutil.rmtree(own)
