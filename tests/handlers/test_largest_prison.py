"""Every page is written for the largest prison that `check` accepts: it fits its network, and nothing of it is lost."""

import re
import shutil
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot import hubfile
from bot.domain.people import STAFF as STAFF_ROLES
from bot.domain.people import Inmate, Role
from bot.domain.reminders import Kind
from bot.hubfile import HubFile
from bot.store import people
from bot.store.database import Database
from bot.store.moments import to_text
from tests.handlers.test_offered_buttons import unexpected
from tests.hub import largest
from tests.hub.walks import Sheet, Walker, first_of, settle_in, walker
from tests.runs.once import made_once

ROLES = [role for role in Role if role & STAFF_ROLES]
INMATE = "UA00"
EXPECTED: dict[Role, set[str]] = {
    Role.PROVIDER: {"all_nights", "answer", "cancel", "extend", "forward", "held", "missed", "my_day", "set", "times"},
    Role.SOCIAL_ADVISER: {"sort", "cells", "answers", "evenings", "night_list", "door", "behalf_for", "pin_for"},
    Role.OFFICER: {"walks", "tick", "answers", "told", "evenings", "night_list", "door", "join_for"},
    Role.COORDINATOR: {
        "today",
        "queue",
        "week",
        "session",
        "phone",
        "night_page",
        "night_list",
        "notice_desk",
        "staff",
    },
    Role.DUTY_LEADER: {"escorts"},
    Role.ADMIN: {"staff", "person", "scope", "devices", "settings", "hire"},
    Role.AUDITOR: {"log"},
}
"""What each role has at least been led to."""

DEPTH = {"nb": 4, "en": 2}
"""So many presses from the start page; in the second language the sentences differ, and the ways do not."""


_made = TemporaryDirectory(prefix="samtalelapp-")


@cache
def read() -> HubFile:
    return hubfile.read_hub(largest.write(Path(_made.name)))


@cache
def described_in(language: str) -> HubFile:
    """Read the largest hub.yaml, in which everybody and every kiosk speaks one language."""
    described = read()
    staff = tuple(replace(each, language=language) for each in described.staff)
    kiosks = tuple(replace(each, language=language) for each in described.kiosks)
    return replace(described, staff=staff, kiosks=kiosks)


@asynccontextmanager
async def largest_prison(folder: Path, language: str = "nb") -> AsyncIterator[tuple[Walker, HubFile]]:
    described = described_in(language)
    filled = await made_once(folder, f"largest-{language}.db", partial(fill, described))
    copy = shutil.copy(filled, folder / "copy.db")
    async with await Database.open(Path(copy)) as database, walker(database, described) as walking:
        yield walking, described


async def fill(described: HubFile, path: Path) -> None:
    """Make a database of the largest prison, which takes a while."""
    async with await Database.create(path) as database:
        await settle_in(database, described)
        async with database.transaction() as tx:
            await largest.fill(tx, described.hub)


@pytest.mark.long
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("role", ROLES, ids=lambda role: str(role.name).lower())
async def test_every_page_of_the_staff_fits_its_network(tmp_path: Path, role: Role, language: str) -> None:
    async with largest_prison(tmp_path, language) as (walk, described):
        walk.depth = DEPTH[language]
        await walk.walk(walk.chats[first_of(described, role)])
    assert walk.faults == []
    assert unexpected(walk) == []
    assert walk.pressed >= EXPECTED[role] or language == "en"


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_every_screen_fits_its_network(tmp_path: Path, language: str) -> None:
    async with largest_prison(tmp_path, language) as (walk, _described):
        chat = walk.chats["K-000000"]
        await walk.walk_at_screen(chat, INMATE)
        signed_in, walk.pressed = walk.pressed, set()
        await walk.walk_at_screen(chat, None)
    assert walk.faults == []
    assert signed_in >= {"ask", "back", "topic", "send", "mine", "slip", "nights", "night", "notices"}
    assert walk.pressed >= {"here", "about", "nights", "night", "notices", "rights", "unit", "urgent"}


@pytest.mark.parametrize("kind", [Kind.MORNING, Kind.NIGHT])
async def test_what_is_written_every_day_fits_its_network(tmp_path: Path, kind: Kind) -> None:
    async with largest_prison(tmp_path) as (walk, _described):
        shown = await walk.job(kind)
        officer, leader = (walk.chats[each] for each in (largest.OFFICER, largest.LEADER))
        assert walk.faults == []
        if kind is Kind.MORNING:
            assert len(shown[f"house/{officer}/page:movements:2027-01-13"]) > 1
            assert len(shown[f"house/{leader}/page:capacity:2027-01-13"]) > 1


async def test_a_full_hub_says_so_in_place_of_the_button_to_add_somebody(tmp_path: Path) -> None:
    async with largest_prison(tmp_path) as (walk, described):
        doors = {first_of(described, Role.ADMIN): ("staff", "hire"), largest.COORDINATOR: ("inmates", "arrive")}
        said = {"staff": "Det er ikke plass til flere ansatte. Ta først", "inmates": "Det er ikke plass til flere. Si"}
        for who, (door, adds) in doors.items():
            [page] = await walk.page(walk.chats[who], "/start", door)
            assert (adds in _presses(page), said[door] in page.text) == (True, False)
        async with walk.turns.database.transaction() as tx:
            await people.add_person(tx, replace(described.staff[0], id="Z1"))
            await people.add_inmate(tx, Inmate("UL99", "UL", "Furu", "nb"), None)
        for who, (door, adds) in doors.items():
            [page] = await walk.page(walk.chats[who], "/start", door)
            assert (adds in _presses(page), said[door] in page.text) == (False, True)


def _presses(sheet: Sheet) -> set[str]:
    return {button["callback_data"] for button in sheet.buttons}


def codes_on(shown: Iterable[Sheet], pattern: str = r"FJO-[0-9]+") -> set[str]:
    return {code for sheet in shown for code in re.findall(pattern, sheet.text)}


TALKS = "SELECT slip FROM bookings WHERE room {} 'CELL'"
TO_SORT = (
    "SELECT s.code AS slip FROM slips s JOIN ownerships o ON o.slip = s.code"
    " WHERE o.service = 'sos' AND s.state = 'waiting'"
)
TO_TELL = (
    "SELECT code AS slip FROM slips WHERE news = 1 AND code NOT IN (SELECT slip FROM bookings WHERE starts <= :now)"
)
LISTS = [
    (largest.OFFICER, ("/start", "walks"), TALKS.format("<>")),
    (largest.LEADER, ("/start", "escorts"), TALKS.format("<>")),
    (largest.SOCIAL, ("/start", "cells"), TALKS.format("=")),
    (largest.SOCIAL, ("/start", "sort"), TO_SORT),
    (largest.OFFICER, ("/start", "answers"), TO_TELL),
    (largest.OFFICER, ("/sent",), "SELECT code AS slip FROM slips WHERE written_by = 'KB0001'"),
    (largest.COORDINATOR, ("/start", "today:-", "queue:broken:-"), "SELECT code AS slip FROM slips WHERE broken = 1"),
]


@pytest.mark.parametrize(("who", "presses", "there"), LISTS, ids=[" ".join(each[1]) for each in LISTS])
async def test_from_the_first_sheet_one_reaches_everything_that_is_on_a_list(
    tmp_path: Path, who: str, presses: tuple[str, ...], there: str
) -> None:
    async with largest_prison(tmp_path) as (walk, _described):
        async with walk.turns.database.reading() as tx:
            wanted = {
                row["slip"]
                for row in await tx.rows(there, **({"now": to_text(largest.NOW)} if ":now" in there else {}))
            }
        shown = await walk.page(walk.chats[who], *presses)
    assert len(wanted) > 70
    assert codes_on(shown) == wanted
    assert [turned_to(sheet) for sheet in shown] == [
        {n for n in (at - 1, (at + 1) % len(shown)) if n >= 0} for at in range(len(shown))
    ]


async def test_every_closed_screen_can_be_opened_from_the_coordinators_day_one_beside_what_is_said_of_it(
    tmp_path: Path,
) -> None:
    async with largest_prison(tmp_path) as (walk, _described):
        shown = await walk.page(walk.chats[largest.COORDINATOR], "/start", "today:-")
    said = [re.findall(r"Skjermen (K-[0-9]+) ", sheet.text) for sheet in shown]
    opened = [
        [data.split(":")[1] for data in sorted(_presses(sheet)) if data.startswith("open_here:")] for sheet in shown
    ]
    assert said == opened
    assert sorted(chain.from_iterable(said)) == largest.CLOSED


def turned_to(sheet: Sheet) -> set[int]:
    """Return to which sheets one can turn."""
    presses = (button["callback_data"] for button in sheet.buttons)
    return {int(data.partition(":")[2]) for data in presses if data.startswith("sheet:")}
