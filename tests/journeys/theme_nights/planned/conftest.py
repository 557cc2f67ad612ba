"""What the tests of this folder share."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest_asyncio

from tests.hub.afternoon import as_staff
from tests.hub.theme_nights import without_the_demos
from tests.hub.whole_hub import Device, WholeHub, whole_hub
from tests.journeys.theme_nights.planned.desk import Patient


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path / "data") as running:
        async with as_staff(running, "TK1") as turn:
            await without_the_demos(turn)
        patient: dict[str, Device] = {
            title: Patient(each.http, each.chat, running, house=each.house) for title, each in running.devices.items()
        }
        yield replace(running, devices=patient)
