"""A town in which every pause is short."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.sending import broadcasts, pauses
from bot.delivery.sending.broadcasts import BEHIND_AT_ONCE
from tests.delivery.sending.broadcasts.town import Town, town_of


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(broadcasts, "BEHIND_PARALLEL", BEHIND_AT_ONCE)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(tmp_path, 6) as found:
        yield found
