"""A button that a page offers is not one that is always refused: it comes from the same rule as the refusal."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.people import ADMINS, STAFF, Person, Role
from bot.domain.slips.promises import later_dates
from bot.domain.slips.slips import Slip, State
from bot.store import bookings, keys, people
from bot.store.database import Database
from bot.usecases.hub import composed
from bot.usecases.slips.cards import Facts
from handlers import tables
from handlers.chat.words import words
from handlers.slips.card_rows import rows_waiting
from handlers.staff import hiring
from tests.hub.afternoon import AFTERNOON, make_afternoon
from tests.hub.real_turns import demo_hub, described
from tests.hub.theme_nights import a_draft, a_theme_night, joins
from tests.hub.walks import Walker, first_of, walker
from tests.hub.whole_hub import whole_hub
from tests.runs.once import made_once

ROLES = [role for role in Role if role & STAFF]


def unexpected(walk: Walker) -> list[str]:
    """Return how one came to what was refused."""
    return [f"{kind}: {path}" for kind, path in walk.refusals.items()]


@asynccontextmanager
async def an_afternoon(folder: Path) -> AsyncIterator[Walker]:
    """Walk through the demo's prison on an afternoon with slips in every state and a theme night with a line."""
    shutil.copytree(await made_once(folder, "walked afternoon", _make_the_afternoon), folder, dirs_exist_ok=True)
    async with _walking(folder, AFTERNOON) as walking:
        yield walking


async def _make_the_afternoon(folder: Path) -> None:
    async with whole_hub(folder) as hub:
        await make_afternoon(hub)
        night = await a_theme_night(hub, seats=2, closes=a_draft(AFTERNOON).starts)
        for number in ("A01", "A03", "B01", "B02"):
            await joins(hub, night, number)
        await hub.settled()


@asynccontextmanager
async def a_moment(folder: Path, moment: datetime) -> AsyncIterator[Walker]:
    """Walk through the demo's prison as it is at a moment."""
    async with whole_hub(folder) as hub:
        await hub.to(moment)
    async with _walking(folder, moment) as walking:
        yield walking


@asynccontextmanager
async def _walking(folder: Path, moment: datetime) -> AsyncIterator[Walker]:
    settings = Settings(data=folder)
    async with (
        await Database.open(settings.database) as database,
        walker(database, described(), keys.read(settings.key), moment) as walking,
    ):
        async with database.reading() as tx:
            walking.turns.hub = await composed(tx, demo_hub())
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


async def test_of_somebodys_services_and_units_those_can_be_switched_that_have_a_button(tmp_path: Path) -> None:
    refused: dict[str, dict[str, str]] = {}
    async with an_afternoon(tmp_path) as walk:
        for person in described().staff:
            page = ("staff", f"staff:{person.role.name}", f"person:{person.id}")
            refused[person.id] = await walk.refused_on(walk.chats["ADM"], "/start", *page)
            if person.role not in ADMINS:
                refused[person.id] |= await walk.refused_on(walk.chats["ADM"], "/start", *page, f"scope:{person.id}")
    assert {person: found for person, found in refused.items() if found} == {}
    assert {"scope_service", "scope_unit", "revoke", "role"} <= {data.partition(":")[0] for data in walk.pressed}


WHY = ("det er samtaler foran", "innsatte har denne betjenten", "ingen andre gjør det")


async def what_ties(walk: Walker, person: Person) -> tuple[set[str], set[str], set[str]]:
    """Return the services and units of somebody in which there are talks ahead, inmates, or nobody else."""
    async with walk.turns.begin() as turn:
        ahead = await bookings.ahead_of(turn.tx, person.id, turn.now)
        inmates = [each.unit for each in await people.inmates(turn.tx) if each.officer == person.id]
        others = [each for each in await people.everybody(turn.tx) if each.id != person.id]
    hub = walk.turns.hub
    names = {key: each.name["nb"] for key, each in hub.services.items()}
    alone = {unit for unit in person.units if not any(each.answers(hub.triage, unit) for each in others)}
    alone = alone if hub.triage in person.services else set()
    return (
        {names[each.slot.service] for each in ahead} | {each.unit for each in ahead},
        set(inmates),
        alone | ({names[hub.triage]} if alone else set()),
    )


async def test_why_something_cannot_be_switched_off_is_said_only_where_it_is_so(tmp_path: Path) -> None:
    said: dict[str, set[str]] = {why: set() for why in WHY}
    async with an_afternoon(tmp_path) as walk:
        async with walk.turns.begin() as turn:
            await turn.tx.run("UPDATE people SET units = '[\"A\", \"B\"]' WHERE id = 'KB-A1'")
        for person in (each for each in described().staff if each.role not in ADMINS):
            page = ("staff", f"staff:{person.role.name}", f"person:{person.id}", f"scope:{person.id}")
            [sheet] = await walk.page(walk.chats["ADM"], "/start", *page)
            facts = dict(zip(WHY, await what_ties(walk, person), strict=True))
            for line in sheet.text.splitlines():
                if line.startswith("Disse står fast"):
                    why = line.removeprefix("Disse står fast, for ").partition(":")[0]
                    names = set(line.partition(": ")[2].rstrip(".").split(", "))
                    assert names <= facts[why], (person.id, line)
                    said[why] |= {person.id}
    assert [who in said[why] for why, who in zip(WHY, ("N1", "KB-A1", "SK1"), strict=True)] == [True, True, True]
    assert "N3" not in set().union(*said.values()), "this one works for one service, and nothing else holds it"


async def test_another_role_is_offered_at_its_end_only_where_nothing_is_left_behind(tmp_path: Path) -> None:
    async with an_afternoon(tmp_path) as walk:
        to_role = ("staff", "staff:PROVIDER", "person:N1", "role:N1", "hire_say:*:OFFICER", f"hire_say:*:{hiring.DONE}")
        [page] = await walk.page(walk.chats["ADM"], "/start", *to_role)
    assert "har samtaler foran seg" in page.text
    assert [each for each in page.buttons if each["callback_data"].startswith("hire_done")] == []


OFFICERS = {"A01": "KB-A1", "A07": "KB-A3", "A10": "KB-A1", "B02": "KB-B1"}


async def test_a_service_with_an_open_slip_is_not_offered_for_a_second_one(tmp_path: Path) -> None:
    async with an_afternoon(tmp_path) as walk:
        for inmate, officer in OFFICERS.items():
            asked = ("behalf", f"behalf_for:{inmate}", "behalf_say:*:yes")
            assert await walk.refused_on(walk.chats[officer], "/start", *asked) == {}
            [page] = await walk.page(walk.chats[officer], "/start", *asked)
            hint = f"{inmate} har åpen lapp hos tjenester som ikke vises her."
            assert (hint in page.text) is (inmate != "A01")
    assert any(data.endswith(":nav") for data in walk.pressed)


CODE = "FJ-103"
"""A07's talk with N1 on Thursday 14 January, 09.30 to 10.00."""

TALK = datetime.fromisoformat("2027-01-14T09:30+01:00")
AROUND_A_TALK = {"a minute before": -1, "as it begins": 0, "in the middle": 15, "as it ends": 30}


@pytest.mark.parametrize("minutes", AROUND_A_TALK.values(), ids=AROUND_A_TALK)
@pytest.mark.parametrize("who", ["N1", "TK1"])
async def test_what_a_card_offers_around_its_talk_is_accepted(tmp_path: Path, who: str, minutes: int) -> None:
    async with a_moment(tmp_path, TALK + timedelta(minutes=minutes)) as walk:
        at = (f"slip:{CODE}", f"card:{CODE}") if who == "N1" else ("home", f"phone:{CODE}")
        assert await walk.refused_at(walk.chats[who], *at) == {}
        offered = {data.partition(":")[0] for data in walk.pressed if CODE in data}
    assert offered >= ({"times", "cancel"} if minutes < 0 else {"held", "reasons"} if minutes == 30 else set())


@pytest.mark.parametrize(("ahead", "offered"), [(timedelta(days=1), True), (timedelta(days=60), False)])
def test_more_time_is_offered_only_where_there_is_a_later_date(ahead: timedelta, offered: bool) -> None:
    hub, _ = demo_hub(), words("nb", demo_hub().zone)
    slip = Slip("FJ-1", "A01", "A", "nav", None, None, None, State.WAITING, AFTERNOON, AFTERNOON + ahead)
    pressed = [
        button.data for row in rows_waiting(hub, Facts(slip, None, None, (), ()), AFTERNOON, _) for button in row
    ]
    assert ("later:FJ-1:1" in pressed) is offered
    assert bool(later_dates(slip, hub, AFTERNOON)) is offered
