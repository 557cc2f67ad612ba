"""The front door as people use it: commands, what they print, and the exit codes by which a machine knows."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot import app
from bot.cli import main
from bot.clock import MachineClock
from bot.config import SettingsFault
from bot.demo import files
from bot.gateway.doors.server import DoorFault, PortTaken
from bot.gateway.journal import JournalFault
from bot.hubfile import HubFileFault
from bot.store import keys
from bot.store.files import DatabaseFault
from bot.store.keys import KeyFault
from tests.hub import loopback
from tests.hub.devices import join
from tests.hub.whole_hub import Device, new_hub, whole_hub

PATIENCE = 90.0
STOPS_WITHIN = 2.0
ANY_PORT = {"demo": ["--port", "0"], "run": ["--staff", "127.0.0.1:0", "--kiosks", "127.0.0.1:0"]}


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    complaint: str


async def started(*arguments: str | Path, **environment: str) -> asyncio.subprocess.Process:
    known = {name: value for name, value in os.environ.items() if not name.startswith("SAMTALELAPP_")}
    command = [sys.executable, "-m", "bot", *map(str, arguments)]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, env=known | environment, stdout=pipe, stderr=pipe)


async def said(process: asyncio.subprocess.Process) -> Said:
    try:
        out, complaint = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError:
        process.kill()
        raise
    assert process.returncode is not None
    return Said(process.returncode, out.decode(), complaint.decode())


async def run(*arguments: str | Path, **environment: str) -> Said:
    return await said(await started(*arguments, **environment))


async def addresses_of(process: asyncio.subprocess.Process) -> list[str]:
    assert process.stdout is not None
    while line := (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode():
        if found := re.findall(r"https?://[^\s,]+", line):
            return [str(each) for each in found]
    raise AssertionError((await said(process)).complaint)


@dataclass
class Open:
    """A hub that a command has opened."""

    process: asyncio.subprocess.Process
    addresses: list[str]
    http: httpx.AsyncClient
    more: AsyncExitStack
    ended: Said | None = None
    seconds: float = 0

    async def device(self, title: str) -> Device:
        chats = (await self.http.get("/client/chats")).raise_for_status().json()
        return Device(self.http, next(chat["id"] for chat in chats if chat["title"] == title))

    async def kiosk(self, code: str) -> Device:
        """Open a browser at the kiosks' door and join with this code."""
        http = await self.more.enter_async_context(loopback.client(self.addresses[1], timeout=PATIENCE))
        (await join(http, code)).raise_for_status()
        return Device(http, (await http.get("/client/chats")).json()[0]["id"])

    async def interrupt(self) -> Said:
        """Press Ctrl-C; note how long it took."""
        before = asyncio.get_running_loop().time()
        self.process.send_signal(signal.SIGINT)
        self.ended = await said(self.process)
        self.seconds = asyncio.get_running_loop().time() - before
        return self.ended


@asynccontextmanager
async def opened(*arguments: str | Path, **environment: str) -> AsyncIterator[Open]:
    process = await started(*arguments, *ANY_PORT[str(arguments[0])], **environment)
    try:
        addresses = await addresses_of(process)
        async with loopback.client(addresses[0], timeout=PATIENCE) as http, AsyncExitStack() as more:
            yield Open(process, addresses, http, more)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


# ── demo ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_demo_play_prints_the_journey() -> None:
    ended = await run("demo", "--play")
    assert (ended.code, ended.complaint) == (0, "")
    told = [
        "Hvem vil du snakke med?",
        "K-A: presses «🧭 NAV»",
        "Lappen er sendt. Nummeret er FJ-116.",
        "N1: presses «🕐 Sett tid»",
        "✅ Samtale torsdag 14. januar kl. 11.00, Servicetorget 1.",
        "Påminnelse for torsdag 14. januar",
        "N1: presses «👍 Holdt»",
        "Samtalen ble holdt. Takk.",
    ]
    places = [ended.out.find(words) for words in told]
    assert -1 not in places
    assert places == sorted(places)


async def test_the_demo_goes_on_where_it_was_and_reset_starts_afresh(tmp_path: Path) -> None:
    demo = ("demo", "--data", tmp_path / "demo")
    async with opened(*demo) as hub:
        kiosk = await hub.device("K-A")
        await kiosk.sign_in("A01", "2101")
        assert await kiosk.send_slip("NAV") == "FJ-116"
        (await hub.http.post("/demo/clock", json={"to": "2027-01-14T07:30:00+01:00"})).raise_for_status()
        ended = await hub.interrupt()
        assert (ended.code, ended.complaint, hub.seconds < STOPS_WITHIN) == (0, "", True)
    async with opened(*demo) as hub:
        assert (await hub.http.get("/demo")).json()["now"].startswith("2027-01-14T06:3")
        await (await hub.device("N1")).shows("FJ-116", "Sett tid")
        await hub.interrupt()
    async with opened(*demo, "--reset") as hub:
        assert (await hub.http.get("/demo")).json()["now"].startswith("2027-01-13T09:0")
        await (await hub.device("N1")).shows("FJ-110")
        assert "FJ-116" not in await (await hub.device("N1")).everything()
        await hub.interrupt()


# ── check, init, run, invite ──────────────────────────────────────────────────────────────────────────────────────────


async def test_check_says_that_a_hub_file_is_right() -> None:
    assert await run("check", files.HUB) == Said(
        0, f"{files.HUB} is right: Fjordheim fengsel, 14 services, 4 units.\n", ""
    )


async def test_check_tells_where_a_hub_file_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "hub.yaml"
    wrong.write_text(files.HUB.read_text("utf-8").replace("triage: sos", "triage: soss"), "utf-8")
    ended = await run("check", wrong)
    assert (ended.code, ended.out) == (app.FAULTS[HubFileFault], "")
    assert "triage" in ended.complaint
    assert "sos" in ended.complaint
    assert "Traceback" not in ended.complaint


async def test_check_tells_that_a_hub_file_is_missing(tmp_path: Path) -> None:
    ended = await run("check", tmp_path / "none.yaml")
    assert (ended.code, ended.out) == (app.FAULTS[HubFileFault], "")
    assert "none.yaml" in ended.complaint
    assert "Traceback" not in ended.complaint


async def test_init_then_run_then_ctrl_c_stops_within_two_seconds(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = await run("init", "--data", data, "--hub", files.HUB)
    assert (made.code, made.complaint) == (0, "")
    assert f"samtalelapp run --data {data}" in made.out
    assert {path.name for path in data.iterdir()} >= {"hub.yaml", "samtalelapp.db", "samtalelapp.key"}
    assert (data / "samtalelapp.key").stat().st_mode & 0o077 == 0
    again = await run("init", "--data", data, "--hub", files.HUB)
    assert again.code == app.FAULTS[DatabaseFault]
    assert "nothing was changed" in again.complaint
    adviser = await device_code("N1", data)
    async with opened("run", "--data", data) as hub:
        assert (await hub.http.get("/client/chats")).status_code == 401
        await join(hub.http, adviser)
        assert [chat["title"] for chat in (await hub.http.get("/client/chats")).json()] == ["N1"]
        assert (await hub.http.get("/demo")).status_code == 404
        async with hub.http.stream("GET", "/client/events") as events:
            assert events.status_code == 200
            ended = await hub.interrupt()
        assert (ended.code, hub.seconds < STOPS_WITHIN) == (0, True)
        [complaint] = ended.complaint.splitlines()
        assert complaint.endswith(
            "No SMTP server is set: letters to V1 wait until SAMTALELAPP_SMTP_HOST and _FROM are given"
        )


async def test_invite_makes_a_code_that_works_once_the_hub_runs(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    unknown = await run("invite", "N9", "--data", tmp_path)
    assert unknown.code == app.FAULTS[HubFileFault]
    assert "hub.yaml knows no N9" in unknown.complaint
    invited = await run("invite", "N1", "--data", tmp_path)
    assert (invited.code, invited.complaint) == (0, "")
    code = invited.out.partition("/start ")[2].strip()
    assert code.encode() not in (tmp_path / "samtalelapp.db").read_bytes()
    async with whole_hub(tmp_path, clock=MachineClock()) as hub:
        assert hub.running.house is not None
        await hub.running.house.open_chat(950, "noen", "staff")
        await Device(hub.http, 950).say(f"/start {code}")
        await Device(hub.http, 950).shows("Velkommen!")


async def device_code(owner: str, data: Path, *more: str) -> str:
    made = await run("device", owner, "--data", data, *more)
    assert (made.code, made.complaint) == (0, "")
    return made.out.rpartition("\n  ")[2].strip()


async def test_a_device_code_lets_the_first_browser_in_once_the_hub_runs(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    unknown = await run("device", "K-X", "--data", tmp_path)
    assert unknown.code == app.FAULTS[HubFileFault]
    assert "hub.yaml knows no K-X" in unknown.complaint
    first, second = await device_code("K-A", tmp_path), await device_code("K-A", tmp_path)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", first)
    async with opened("run", "--data", tmp_path) as hub:
        kiosk = await hub.kiosk(first)
        await kiosk.shows("Her kan du be om en samtale")
        assert (await join(kiosk.http, first)).status_code == 409
        await hub.interrupt()
    third = await device_code("K-A", tmp_path, "--instead")
    async with opened("run", "--data", tmp_path) as hub:
        async with loopback.client(hub.addresses[1], timeout=PATIENCE) as http:
            assert (await join(http, second)).json()["said"]["en"].startswith("I do not know this code.")
            assert (await http.get("/client/chats", headers=cookies_of(kiosk))).status_code == 401
        await (await hub.kiosk(third)).shows("Her kan du be om en samtale")
        await hub.interrupt()


def cookies_of(device: Device) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in device.http.cookies.items())}


async def test_invite_refuses_a_key_of_another_hub(tmp_path: Path) -> None:
    await new_hub(tmp_path)
    (tmp_path / "samtalelapp.key").unlink()
    keys.create(tmp_path / "samtalelapp.key")
    ended = await run("invite", "N1", "--data", tmp_path)
    assert (ended.code, ended.out) == (app.FAULTS[KeyFault], "")


@pytest.mark.parametrize(
    "environment",
    [
        {"SAMTALELAPP_TELEGRAM_TOKEN": "no token at all"},
        {"SAMTALELAPP_TELEGRAM_TOKEN": "1:x", "SAMTALELAPP_TELEGRAM_API_URL": "http://127.0.0.1:1"},
        {"SAMTALELAPP_TELEGRAM_TOKEN": "1:x", "HTTPS_PROXY": "http://127.0.0.1:1", "SAMTALELAPP_TELEGRAM_API_URL": ""},
    ],
    ids=["bad token", "unreachable", "unreachable proxy"],
)
async def test_a_telegram_that_does_not_answer_keeps_nobody_from_the_house(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    await new_hub(tmp_path)
    environment = {"SAMTALELAPP_TELEGRAM_API_URL": "http://127.0.0.1:1", **environment}
    for_kiosk, for_adviser = await device_code("K-A", tmp_path), await device_code("N1", tmp_path)
    async with opened("run", "--data", tmp_path, **environment) as hub:
        kiosk = await hub.kiosk(for_kiosk)
        await join(hub.http, for_adviser)
        await kiosk.sign_in("A01", "2101")
        code = await kiosk.send_slip("NAV")
        await (await hub.device("N1")).shows(code, "Sett tid")
        ended = await hub.interrupt()
        assert (ended.code, hub.seconds < STOPS_WITHIN) == (0, True)
        assert "Traceback" not in ended.complaint


# ── what keeps a hub from starting ────────────────────────────────────────────────────────────────────────────────────


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
