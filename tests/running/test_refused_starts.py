"""What keeps a hub from starting is said in one sentence, with an exit code of its own, and nothing is touched."""

import asyncio
import socket
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import app
from bot.cli import main
from bot.config import SettingsFault
from bot.gateway.doors.server import DoorFault, PortTaken
from bot.gateway.journal import JournalFault
from bot.hubfile import HubFileFault
from bot.store import keys
from bot.store.files import DatabaseFault
from bot.store.keys import KeyFault
from tests.hub.front_door import ANY_PORT, Said, everything_in, run
from tests.hub.whole_hub import new_hub, whole_hub


@dataclass
class Refused:
    """A new hub, and what the command says that will not run it."""

    data: Path
    capsys: pytest.CaptureFixture[str]

    def to_run(self, fault: type[Exception], *words: str, options: tuple[str, ...] = ()) -> None:
        """The hub does not start, says why in one sentence, and changes no file."""
        before = everything_in(self.data)
        code = main(["run", "--data", str(self.data), *ANY_PORT["run"], *options])
        ended = Said(code, *self.capsys.readouterr())
        assert (ended.code, ended.out) == (app.FAULTS[fault], "")
        assert ended.complaint.startswith("samtalelapp: ")
        assert [word for word in words if word not in ended.complaint] == []
        assert "Traceback" not in ended.complaint
        after = everything_in(self.data)
        assert {name: after[name] for name in before} == before


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    asyncio.run(new_hub(tmp_path))
    # A demo has no e-mail; its first start as a real hub would open a mailbox, and the file would not stay as it was.
    described = tmp_path / "hub.yaml"
    described.write_text(described.read_text("utf-8").replace(", email: besoksvenner@example.org", ""), "utf-8")
    return Refused(tmp_path, capsys)


def test_a_missing_key_file(refused: Refused) -> None:
    (refused.data / "samtalelapp.key").unlink()
    refused.to_run(KeyFault, "samtalelapp.key is missing")


def test_a_key_file_that_is_none(refused: Refused) -> None:
    (refused.data / "samtalelapp.key").write_text("hei")
    refused.to_run(KeyFault, "is not a key file")


def test_the_key_file_of_another_hub(refused: Refused) -> None:
    (refused.data / "samtalelapp.key").unlink()
    keys.create(refused.data / "samtalelapp.key")
    refused.to_run(KeyFault, "was made with another database")


def test_a_missing_database(refused: Refused) -> None:
    (refused.data / "samtalelapp.db").unlink()
    refused.to_run(DatabaseFault, "There is no database at")
    assert not (refused.data / "samtalelapp.db").exists()


def test_a_newer_database(refused: Refused) -> None:
    with closing(sqlite3.connect(refused.data / "samtalelapp.db")) as connection:
        connection.execute("PRAGMA user_version = 999")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    refused.to_run(DatabaseFault, "made by a newer Samtalelapp", "Update first")


def test_a_corrupt_database(refused: Refused) -> None:
    whole = (refused.data / "samtalelapp.db").read_bytes()
    (refused.data / "samtalelapp.db").write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    refused.to_run(DatabaseFault, "damaged")


def test_a_database_that_is_none(refused: Refused) -> None:
    (refused.data / "samtalelapp.db").write_bytes(b"hei" * 5000)
    refused.to_run(DatabaseFault, "damaged or is no database")


def test_a_database_of_another_program(refused: Refused) -> None:
    (refused.data / "samtalelapp.db").unlink()
    with closing(sqlite3.connect(refused.data / "samtalelapp.db")) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    refused.to_run(DatabaseFault, "another program")


def test_a_corrupt_file_of_the_house_network(refused: Refused) -> None:
    (refused.data / "house.db").write_bytes(b"hei" * 5000)
    refused.to_run(JournalFault, "house.db")


def test_a_hub_file_that_is_wrong(refused: Refused) -> None:
    (refused.data / "hub.yaml").write_text("name: [")
    refused.to_run(HubFileFault, "hub.yaml")


def test_a_certificate_that_is_missing(refused: Refused) -> None:
    refused.to_run(
        DoorFault, "none.pem cannot be used", options=("--certificate", "none.pem", "--key-file", "none.key")
    )


def test_an_address_that_others_can_reach_without_encryption(refused: Refused) -> None:
    refused.to_run(DoorFault, "everybody on the way can read along", options=("--staff", "0.0.0.0:0"))


@pytest.mark.parametrize("address", ["8080", ":8080", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1"])
def test_an_address_that_is_none_is_not_understood(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", "--staff", address])
    assert (ended.value.code, "is no HOST:PORT" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("name", ["https://hub.example.org", "hub.example.org:8443", "hub.example.org/x", "*", ""])
def test_a_host_name_that_is_none_is_not_understood(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["run", "--host", name])
    assert (ended.value.code, "is no host name" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"SAMTALELAPP_SMTP_HOST": "post.example.org"}, "SAMTALELAPP_SMTP_FROM is missing"),
        ({"SAMTALELAPP_TELEGRAM_API_URL": "nowhere"}, "SAMTALELAPP_TELEGRAM_API_URL has no scheme or no host"),
        ({"SAMTALELAPP_HOUSE_URL": "http://127.0.0.1:x"}, "SAMTALELAPP_HOUSE_URL has no port from 1 to 65535"),
    ],
)
async def test_a_setting_that_is_wrong(refused: Refused, environment: dict[str, str], told: str) -> None:
    ended = await run("run", "--data", refused.data, **environment)
    assert (ended.code, ended.out) == (app.FAULTS[SettingsFault], "")
    assert ended.complaint.startswith(f"samtalelapp: {told}")


async def test_a_second_hub_on_the_same_file(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        ended = await run("run", "--data", tmp_path, *ANY_PORT["run"])
        assert (ended.code, ended.out) == (app.FAULTS[DatabaseFault], "")
        assert "Another hub is using" in ended.complaint
        invited = await run("invite", "N1", "--data", tmp_path)
        assert (invited.code, invited.out) == (app.FAULTS[DatabaseFault], "")
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].shows("Hvem vil du snakke med?")


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    before = everything_in(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = await run("run", "--data", tmp_path, "--staff", "127.0.0.1:0", "--kiosks", f"127.0.0.1:{port}")
    assert (ended.code, ended.out) == (app.FAULTS[PortTaken], "")
    assert f"127.0.0.1:{port} cannot be used" in ended.complaint
    assert everything_in(tmp_path) == before


def test_every_fault_has_an_exit_code_of_its_own() -> None:
    codes = [*app.FAULTS.values(), app.BROKEN]
    assert len(set(codes)) == len(codes)
    assert not {0, 1, 2} & set(codes)
