"""A button that a page offers is not one that is always refused: it comes from the same rule as the refusal."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.people import STAFF, Role
from bot.domain.slips import Slip, State, later_dates
from bot.store import keys
from bot.store.database import Database
from bot.usecases.slips import Facts
from handlers import tables
from handlers.card_rows import rows_waiting
from handlers.words import words
from tests.afternoon import AFTERNOON, make_afternoon
from tests.evenings import a_draft, a_night, joins
from tests.real_turns import demo_hub, described
from tests.walks import Walker, first_of, walker
from tests.whole_hub import whole_hub

ROLES = [role for role in Role if role & STAFF]
SAYS_WHY: set[tuple[str, str]] = set()
"""What is offered although it may be refused: the refusal is the answer to what was asked."""


def unexpected(walk: Walker) -> list[str]:
    """Return how one came to what was refused."""
    return [f"{kind}: {path}" for kind, path in walk.refusals.items() if kind not in SAYS_WHY]


@asynccontextmanager
async def an_afternoon(folder: Path) -> AsyncIterator[Walker]:
    """Walk through the demo's prison on an afternoon with slips in every state and a theme night with a line."""
    async with whole_hub(folder) as hub:
        await make_afternoon(hub)
        night = await a_night(hub, seats=2, closes=a_draft(AFTERNOON).starts)
        for number in ("A01", "A03", "B01", "B02"):
            await joins(hub, night, number)
        await hub.settled()
        composed = hub.running.turns.hub
    settings = Settings(data=folder)
    async with (
        await Database.open(settings.database) as database,
        walker(database, described(), keys.read(settings.key), AFTERNOON) as walking,
    ):
        walking.turns.hub = composed
        async with walking.turns.begin() as turn:
            await tables.open_up(walking.application, turn)
        yield walking


@pytest.mark.parametrize("role", ROLES, ids=lambda role: str(role.name).lower())
async def test_what_a_page_of_the_staff_offers_is_accepted_when_it_is_pressed_at_once(
    tmp_path: Path, role: Role
) -> None:
    async with an_afternoon(tmp_path) as walk:
        await walk.walk(walk.chats[first_of(described(), role)])
    assert walk.faults == []
    assert unexpected(walk) == []


@pytest.mark.parametrize("inmate", ["A01", "A03", "A06", "B01", "B02"])
async def test_what_a_screen_offers_is_accepted_when_it_is_pressed_at_once(tmp_path: Path, inmate: str) -> None:
    async with an_afternoon(tmp_path) as walk:
        await walk.walk_at_screen(walk.chats[f"K-{inmate[0]}"], inmate)
    assert walk.faults == []
    assert unexpected(walk) == []


@pytest.mark.parametrize(("ahead", "offered"), [(timedelta(days=1), True), (timedelta(days=60), False)])
def test_more_time_is_offered_only_where_there_is_a_later_date(ahead: timedelta, offered: bool) -> None:
    hub, _ = demo_hub(), words("nb", demo_hub().zone)
    slip = Slip("FJ-1", "A01", "A", "nav", None, None, None, State.WAITING, AFTERNOON, AFTERNOON + ahead)
    pressed = [button.data for row in rows_waiting(hub, Facts(slip, None, None, (), ()), AFTERNOON, _) for button in row]
    assert ("later:FJ-1:1" in pressed) is offered
    assert bool(later_dates(slip, hub, AFTERNOON)) is offered
