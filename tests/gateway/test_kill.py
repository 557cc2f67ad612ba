"""A killed process loses nothing that it answered, and its numbers do not come again."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.gateway.bot_api.calls import answer
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, StillClock

CHILD = """
import asyncio, itertools, sys
from pathlib import Path
from bot.gateway.bot_api.calls import answer
from bot.gateway.house import House
from tests.gateway.conftest import KIOSK, StillClock

async def send_and_press(house, worker):
    for round in itertools.count():
        sent = await answer(house, "sendMessage", {"chat_id": KIOSK, "text": "Hei"})
        print("sent", sent["message_id"], flush=True)
        await house.press(KIOSK, sent["message_id"], f"{worker}:{round}")
        print("pressed", f"{worker}:{round}", flush=True)
        await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": sent["message_id"]})
        print("deleted", sent["message_id"], flush=True)

async def main():
    house = await House.open(Path(sys.argv[1]), StillClock().now)
    await house.open_chat(KIOSK, "Kiosk A", "kiosk")
    await asyncio.gather(*(send_and_press(house, worker) for worker in range(5)))

asyncio.run(main())
"""


def run_and_kill(path: Path, answers: int) -> dict[str, list[str]]:
    """What the child had answered when it was killed."""
    root = Path(__file__).parents[2]
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE, text=True, cwd=root)
    assert child.stdout
    lines = [child.stdout.readline() for _ in range(answers)]
    os.kill(child.pid, signal.SIGKILL)
    lines += child.stdout.read().splitlines(keepends=True)
    child.stdout.close()
    child.wait()
    answered: dict[str, list[str]] = {"sent": [], "pressed": [], "deleted": []}
    for kind, value in (line.split() for line in lines if line.endswith("\n")):
        answered[kind].append(value)
    return answered


async def everything(house: House) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while batch := await answer(house, "getUpdates", {"offset": found[-1]["update_id"] + 1 if found else 0}):
        found += batch
    return found


async def test_a_killed_house_keeps_what_it_answered(tmp_path: Path, clock: StillClock) -> None:
    answered = run_and_kill(tmp_path / "house.db", answers=200)
    house = await House.open(tmp_path / "house.db", clock.now)
    last = max(map(int, answered["sent"]))
    there = {message["id"] for message in house.chat(KIOSK)["messages"]}
    assert not there & set(map(int, answered["deleted"]))
    unfinished = set(map(int, answered["sent"])) - set(map(int, answered["deleted"]))
    assert len(unfinished - there) <= 5  # deleted, and killed before it could say so
    sent = await answer(house, "sendMessage", {"chat_id": KIOSK, "text": "Hei"})
    assert sent["message_id"] > last
    pressed = [update["callback_query"]["data"] for update in await everything(house)]
    assert len(pressed) == len(set(pressed))
    assert set(answered["pressed"]) <= set(pressed)
    await house.close()


async def test_three_kills_in_a_row_give_no_number_twice(tmp_path: Path) -> None:
    runs = [run_and_kill(tmp_path / "house.db", answers=60) for _ in range(3)]
    numbers = [int(number) for run in runs for number in run["sent"]]
    assert len(numbers) == len(set(numbers))
