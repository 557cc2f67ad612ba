"""What the tests of this folder share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.sender import Sender
from bot.delivery.sending import pauses
from bot.store.database import Database
from tests.delivery.network import ScriptedWire, network_of
from tests.delivery.sender.post import Post, running
from tests.hub.real_turns import StillClock


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.01)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire = ScriptedWire()
        sender = Sender(network_of(wire), database, StillClock(), draw=str.encode)
        async with running(sender):
            yield Post(database, wire, sender)
