"""What must never be told: a token or a PIN in a log or a file, and one person's things in another's chat."""

import asyncio
import logging
import os
import random
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import founding, logs
from bot.config import Settings
from bot.demo import files
from bot.gateway.house import House
from tests.gateway.conftest import StillClock, served
from tests.hub.whole_hub import Device, WholeHub, whole_hub
from tests.watches.hushed import sings

TOKEN = "1234567890:CANARY-token-of-nobody-at-all-xyz"
RIGHT, WRONG = "7391", "7392"
PRESSES = 300


@pytest.fixture
def people_with_a_canary(tmp_path: Path) -> Path:
    path = tmp_path / "people.yaml"
    path.write_text(files.PEOPLE.read_text("utf-8").replace('pin: "2101"', f'pin: "{RIGHT}"'), "utf-8")
    return path


@pytest.fixture
def logs_as_they_are(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Log as the front door does, and everything of ours besides."""
    levels = {name: logging.getLogger(name).level for name in logs.LIBRARIES}
    caplog.set_level(logging.DEBUG)
    logs.begin()
    yield caplog
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[str]:
    """Telegram's place: it knows the canary token."""
    house = await House.open(tmp_path / "outside.db", StillClock().now, TOKEN)
    async with served(house) as address:
        yield address
    await house.close()


async def signs_in_right_and_wrong(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", WRONG)
    await kiosk.shows("Nummer og kode stemte ikke.")
    await kiosk.press("Prøv igjen")
    pad = await kiosk.shows("A○○")
    for digit in "01" + RIGHT:
        await kiosk.press_raw(pad["id"], next(each["data"] for each in buttons(pad) if each["text"] == digit))
    await kiosk.send_slip("NAV", "Klage på vedtak")
    await kiosk.press("Ferdig")
    await hub.settled()


def buttons(message: dict[str, list[list[dict[str, str]]]]) -> list[dict[str, str]]:
    return [button for row in message["buttons"] for button in row]


def rows_as_text(path: Path) -> str:
    """Return every column of every row of every table."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]
    return "\n".join(f"|{'|'.join(str(value) for value in row)}|" for row in rows)


async def test_no_token_and_no_pin_in_any_log_or_file(
    tmp_path: Path, people_with_a_canary: Path, telegram: str, logs_as_they_are: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    await founding.create(Settings(data=data, demo=True), files.HUB, people_with_a_canary)
    async with whole_hub(data, telegram_token=TOKEN, telegram_api_url=telegram) as hub:
        await signs_in_right_and_wrong(hub)
        raw = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    raw += b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    log = logs_as_they_are.text
    dumped = rows_as_text(data / "samtalelapp.db") + rows_as_text(data / "house.db")
    assert TOKEN.encode() not in raw
    assert TOKEN not in log
    digits = re.compile(rf"(?<![0-9A-Za-z+/=_-])({RIGHT}|{WRONG})(?![0-9A-Za-z+/=_-])")
    assert digits.findall(dumped) == []
    assert digits.findall(log) == []
    assert "A01" in dumped


async def test_a_refused_token_is_in_no_log_and_in_no_file(
    tmp_path: Path, telegram: str, logs_as_they_are: pytest.LogCaptureFixture
) -> None:
    refused = TOKEN.replace("1234567890", "9999999999")
    async with whole_hub(tmp_path / "data", telegram_token=refused, telegram_api_url=telegram) as hub:
        await hub.until(lambda: "No updates from telegram" in logs_as_they_are.text, "complaints")
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].shows("Hvem vil du snakke med?")
    assert not sings(logs_as_they_are.text)
    assert b"CANARY" not in b"".join(
        path.read_bytes().upper() for path in (tmp_path / "data").rglob("*") if path.is_file()
    )


@pytest.mark.long
async def test_the_command_itself_tells_no_token(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SAMTALELAPP_TELEGRAM_TOKEN": TOKEN,
        "SAMTALELAPP_TELEGRAM_API_URL": "http://127.0.0.1:1",
    }
    command = [sys.executable, "-m", "bot", "demo", "--data", str(tmp_path / "data"), "--port", "0"]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    complained = await process.stderr.readuntil(b"No updates from telegram")
    process.send_signal(signal.SIGINT)
    told, more = await process.communicate()
    assert b"CANARY" not in (told + complained + more).upper()
    assert b"CANARY" not in b"".join(
        path.read_bytes().upper() for path in (tmp_path / "data").rglob("*") if path.is_file()
    )


# ── nobody peeks ──────────────────────────────────────────────────────────────────────────────────────────────────────

HIS = re.compile("A01|Furu|Klage på vedtak|FJ-116")


async def every_button(hub: WholeHub, *names: str) -> set[str]:
    return {button["data"] for name in names for message in await hub[name].messages() for button in buttons(message)}


async def buttons_of_a01(hub: WholeHub) -> list[str]:
    """Return every button that A01 sees on the way, and N1 and N2 of the same slip."""
    kiosk, collected = hub["K-A"], set[str]()
    await kiosk.sign_in("A01", "2101")
    for label in ("NAV", "Klage på vedtak", "Velg tid", "14. jan", "Send", "Mine samtaler", "FJ-116"):
        collected |= await every_button(hub, "K-A")
        await kiosk.press(label)
        await hub.settled()
    await kiosk.press("Trekk lappen tilbake")
    await hub["N1"].press("Sett tid", of="FJ-116")
    await hub.settled()
    collected |= await every_button(hub, "K-A", "N1", "N2")
    own = {data for data in collected if "FJ-116" in data or data.startswith(("send", "wish", "any_time", "times:"))}
    return sorted(own)


async def pressed_by(device: Device, presses: list[str], chance: random.Random) -> None:
    for data in presses:
        messages = [message for message in await device.messages() if message["sender"] == "bot"]
        await device.press_raw(chance.choice(messages)["id"], data)


async def test_one_persons_buttons_do_nothing_in_anothers_chat(tmp_path: Path) -> None:
    chance = random.Random(20270113)
    async with whole_hub(tmp_path) as hub:
        copied = await buttons_of_a01(hub)
        assert len(copied) > 10
        await hub["K-B"].sign_in("B01", "2201")
        await hub["K-B"].shows("Hvem vil du snakke med?")
        await hub.settled()
        rows = {
            name: each for name, each in (await hub.domain()).items() if name not in {"kiosk_sessions", "reminders"}
        }
        await hub["V1"].say("/hjelp")  # nobody has written to V1 yet
        await hub["V1"].shows("Hver lapp er én melding her.")
        peeking = ("K-B", "K-C", "G1", "H1", "V1", "SK1")
        for name in peeking:
            presses = [chance.choice(copied) for _ in range(PRESSES // len(peeking))]
            await pressed_by(hub[name], presses, chance)
        await hub.settled()
        after = await hub.domain()
        assert {name: after[name] for name in rows} == rows
        told = {name: HIS.findall(await hub[name].everything() + str(await hub[name].alert())) for name in peeking}
        assert told == {name: [] for name in peeking}
        refused = await hub.rows("SELECT COUNT(*) AS n FROM audit WHERE action = 'refused'")
        assert refused == [{"n": PRESSES}]
