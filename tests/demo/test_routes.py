"""The demo's clock goes forward only, through everything that is due, and says what is wrong with a bad request."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.files import OPENS
from tests.hub.whole_hub import WholeHub, whole_hub


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as hub:
        yield hub


async def moved(hub: WholeHub, body: Any) -> tuple[int, str]:
    answer = await hub.http.post("/demo/clock", json=body)
    return answer.status_code, answer.json().get("error", "")


async def test_the_clock_goes_to_a_moment_with_or_without_a_zone(hub: WholeHub) -> None:
    assert await moved(hub, {"to": "2027-01-14T07:30:00"}) == (200, "")
    now = datetime.fromisoformat((await hub.http.get("/demo")).json()["now"])
    assert now == OPENS.replace(day=14, hour=7, minute=30)
    assert await moved(hub, {"to": "2027-01-14T08:30:00+01:00"}) == (200, "")


async def test_a_moment_that_has_just_passed_is_now(hub: WholeHub) -> None:
    await hub.advance(1)
    assert await moved(hub, {"to": OPENS.isoformat()}) == (200, "")
    assert hub.running.clock.now() == OPENS + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"advance_seconds": -3600}, "The clock only goes forward. Start afresh with: make demo RESET=1"),
        ({"to": "2027-01-12T10:00:00"}, "The clock only goes forward. Start afresh with: make demo RESET=1"),
        ({"to": "soon"}, 'Send {"advance_seconds": 60} or {"to": "2027-01-14T07:30:00+01:00"}.'),
        ({}, 'Send {"advance_seconds": 60} or {"to": "2027-01-14T07:30:00+01:00"}.'),
        ({"advance_seconds": [1]}, 'Send {"advance_seconds": 60} or {"to": "2027-01-14T07:30:00+01:00"}.'),
        ({"to": 1}, 'Send {"advance_seconds": 60} or {"to": "2027-01-14T07:30:00+01:00"}.'),
        ({"advance_seconds": "inf"}, 'Send {"advance_seconds": 60} or {"to": "2027-01-14T07:30:00+01:00"}.'),
        ({"advance_seconds": 10**400}, 'Send {"advance_seconds": 60} or {"to": "2027-01-14T07:30:00+01:00"}.'),
        ({"to": "0001-01-01T00:00:00+14:00"}, "The clock only goes forward. Start afresh with: make demo RESET=1"),
        ({"to": "9999-12-31T23:59:59-14:00"}, "That is more than 400 days at once. Move in smaller steps."),
        ([], "The body must be an object."),
        ({"advance_seconds": 10**9}, "That is more than 400 days at once. Move in smaller steps."),
    ],
)
async def test_a_bad_move_is_refused_with_what_would_be_right(hub: WholeHub, body: Any, said: str) -> None:
    assert await moved(hub, body) == (400, said)


async def test_the_demo_tells_numbers_pins_kiosks_staff_and_where_to_jump(hub: WholeHub) -> None:
    told = (await hub.http.get("/demo")).json()
    assert told["people"][0] == {"number": "A01", "pin": "2101", "unit": "A", "language": "nb"}
    assert [kiosk["title"] for kiosk in told["kiosks"]] == ["K-A", "K-B", "K-C", "K-N"]
    roles = [(each["role"], each["about"]) for each in told["staff"]]
    assert (roles[0], roles.count(("officer", "avdeling A")), roles[-1]) == (("provider", "NAV"), 3, ("auditor", ""))
    assert dict(roles)["social_adviser"] == "Sosialkonsulenten"
    assert [jump["label"] for jump in told["jumps"]] == ["Hopp til i dag 15.00", "Hopp til i morgen 07.30"]
