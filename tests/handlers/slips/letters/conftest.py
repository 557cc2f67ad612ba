"""A post office, and letters that leave at once."""

from collections.abc import AsyncIterator

import pytest

from bot.delivery.sending import pauses
from bot.delivery.wire import letters
from tests.faults.post_office import PostOffice, post_office


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.1)
    monkeypatch.setattr(letters, "IDLE_SECONDS", 0.2)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as office:
        yield office
