"""The front door as people use it: commands, what they print, and the exit codes by which a machine knows."""

import re
from pathlib import Path

import pytest

from bot import app
from bot.clock import MachineClock
from bot.demo import files
from bot.hubfile import HubFileFault
from bot.store import keys
from bot.store.files import DatabaseFault
from bot.store.keys import KeyFault
from tests.hub import loopback
from tests.hub.devices import join
from tests.hub.front_door import PATIENCE, Said, opened, run, stops_soon
from tests.hub.whole_hub import Device, new_hub, whole_hub


async def test_demo_play_prints_the_journey() -> None:
    ended = await run("demo", "--play")
    assert (ended.code, ended.complaint) == (0, "")
    told = [
        "Hvem vil du snakke med?",
        "K-A: presses «💼 NAV»",
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
        assert (ended.code, ended.complaint) == (0, "")
    assert await stops_soon(hub, *demo)
    async with opened(*demo) as hub:
        assert (await hub.http.get("/demo")).json()["now"].startswith("2027-01-14T06:3")
        await (await hub.device("N1")).shows("FJ-116", "Sett tid")
        await hub.interrupt()
    async with opened(*demo, "--reset") as hub:
        assert (await hub.http.get("/demo")).json()["now"].startswith("2027-01-13T09:0")
        await (await hub.device("N1")).shows("FJ-110")
        assert "FJ-116" not in await (await hub.device("N1")).everything()
        await hub.interrupt()


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
        assert ended.code == 0
        [complaint] = ended.complaint.splitlines()
        assert complaint.endswith(
            "No SMTP server is set: letters to V1 wait until SAMTALELAPP_SMTP_HOST and _FROM are given"
        )
    assert await stops_soon(hub, "run", "--data", data)


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
        assert ended.code == 0
        assert "Traceback" not in ended.complaint
    assert await stops_soon(hub, "run", "--data", tmp_path, **environment)
