"""An intake that nobody has to wait for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery import intake as module
from bot.delivery.intake import Intake
from bot.store.database import Database
from tests.delivery.intake.mail import Post, woken
from tests.delivery.network import ScriptedWire, network_of
from tests.hub.real_turns import StillClock


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(module, "SHORTEST_POLL", 0.01)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire = ScriptedWire()
        yield Post(database, wire, Intake(network_of(wire), database, StillClock(), woken, woken))
