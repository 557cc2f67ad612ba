"""Every line that somebody may press, pressed for what is not theirs: another's slip, unit, prison, desk or kiosk."""

import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo.files import OPENS
from bot.domain.chat.desks import Desk
from bot.domain.notices.notices import Notice, State
from bot.domain.people import Role
from bot.domain.theme_nights.theme_nights import ThemeNight, Why
from bot.store import chats, people
from bot.store import desks as desk_rows
from bot.usecases.notices import notices
from bot.usecases.staff import devices
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import sign_ups, theme_nights
from handlers.chat.lines import FIELDS, Line
from handlers.tables import HANDLERS
from tests.handlers.others import (
    ABOUT_NOBODY,
    ALL,
    CANCELLED,
    DESKS,
    DRAFTS,
    EVERYWHERE,
    FIRST_CHAT,
    FOR_C,
    NAMED,
    NOBODYS,
    PLANNING,
    PRESSERS,
    PROPOSAL,
    REVISIONS,
    WHOSE,
    Presser,
    fields_of,
    foreign_presses,
    names_somebody,
    own_lines,
    staff,
)
from tests.handlers.test_who_may import EXAMPLES
from tests.hub.afternoon import AFTERNOON, as_inmate, as_staff, make_afternoon
from tests.hub.announcing import KEY, at_the_desk, tell
from tests.hub.theme_nights import ENDS, STARTS, a_draft, a_theme_night, joins, standing_of
from tests.hub.whole_hub import Rows, WholeHub, whole_hub
from tests.runs.once import made_once

SECRET = "Hemmelig gjest"
ALIASES = rf"{SECRET}|\b(?:Bjørk|Rogn|Selje|Osp|Lønn|Eik|Alm|Hassel|Mose|Skar)\b"
TOPICS = "Et sted å bo|ID-papirer|Arbeid og tiltak|Penger til å leve|Brev jeg har fått|Vi har sendt deg et brev"
NUMBERS = r"\b(?:A0[3-8]|A1[04]|B02|B13|FJ-1\d\d)\b"
WORDS, CANARIES = re.compile(f"{ALIASES}|{TOPICS}"), re.compile(f"{ALIASES}|{TOPICS}|{NUMBERS}")


def in_unit_b(now: datetime) -> Notice:
    """Return a notice with which nobody of another unit asks for a talk, and which no other prison changes."""
    texts = {"nb": "Vi er her i dag", "en": "We are here today"}
    until = now + timedelta(days=1)
    return Notice(0, "FJ", State.PUBLISHED, 0, texts, ("B",), (), now, until, "TK1", now, service="nav")


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    """Run a hub on a copy of the afternoon: twenty-five tests would live through the same one."""
    lived = await made_once(tmp_path, "afternoon", live_through)
    shutil.copytree(lived, tmp_path, dirs_exist_ok=True)
    async with whole_hub(tmp_path, clock=MovableClock(AFTERNOON, lambda: AFTERNOON)) as running:
        yield running


async def live_through(data: Path) -> None:
    """Let a hub have something of everybody's: slips, theme nights, a device, a notice and what is told to many."""
    async with whole_hub(data, clock=MovableClock(OPENS, lambda: OPENS)) as running:
        night = await make_theme_nights(running)
        await make_afternoon(running)
        await somebody_withdraws(running, night)
        async with as_staff(running, "TK1") as turn:
            await devices.join(turn, await devices.invite_kiosk(turn, "K-A"), kiosk=True)
            await notices.publish(turn, in_unit_b(turn.now))
        await announce_with_a_doubt(running, night)
        await running.settled()


async def make_theme_nights(hub: WholeHub) -> ThemeNight:
    """Let there be a theme night in every state, by a coordinator and by a provider, at two prisons."""
    week = {"starts": STARTS + timedelta(7), "ends": ENDS + timedelta(7)}
    soon = {"starts": AFTERNOON + timedelta(minutes=10), "ends": AFTERNOON + timedelta(minutes=70)}
    night = await a_theme_night(hub, seats=2)
    door = await a_theme_night(hub, **soon, closes=OPENS + timedelta(hours=3))
    for number in ("B02", "B13", "A04"):
        await joins(hub, night, number)
        await joins(hub, door, number)
    async with as_staff(hub, "TK1") as turn:
        await theme_nights.create(turn, a_draft(turn.now, **week, host=SECRET))
    async with as_staff(hub, "N1") as turn:
        await theme_nights.create(turn, a_draft(turn.now, **week, host=SECRET, made_by="N1"))
        proposal = await theme_nights.create(turn, a_draft(turn.now, **week, host=SECRET, made_by="N1"))
        await theme_nights.propose(turn, proposal.id, proposal.revision)
    await a_theme_night(hub, prison="NV", units=("N",), room="NR", seats=8)
    off = await a_theme_night(hub, starts=STARTS + timedelta(1), ends=ENDS + timedelta(1))
    await joins(hub, off, "B02")
    async with as_staff(hub, "TK1") as turn:
        await theme_nights.cancel(turn, off.id, off.revision, Why.FEW)
    await a_theme_night(hub, starts=STARTS + timedelta(2), ends=ENDS + timedelta(2), units=("C",), room="R7", seats=8)
    return night


async def somebody_withdraws(hub: WholeHub, night: ThemeNight) -> None:
    """Let a seat become free, so that A04 has the offer of it."""
    async with as_inmate(hub, "B13", "K-B") as turn:
        await sign_ups.withdraw(turn, night.id, 1)
    assert await standing_of(hub, night, "A04") == "offered"


async def announce_with_a_doubt(hub: WholeHub, night: ThemeNight) -> None:
    """Let a night be announced, and nobody know whether an officer has read it."""
    async with at_the_desk(hub) as context:
        tell(context, await broadcasts.begin(context.turn, night.holder, ["KB-A1", "N1"], []), ["KB-A1", "N1"])
    await hub.settled()
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE messages SET fault = 'doubt' WHERE carries IS NOT NULL AND key = :key", key=KEY)
    assert await hub.rows("SELECT COUNT(*) AS n FROM messages WHERE fault = 'doubt'") == [{"n": 2}]


@dataclass
class Desktop:
    """A chat in which somebody presses, in the hub's own process."""

    hub: WholeHub
    chat: int

    async def press(self, data: str) -> None:
        assert self.hub.running.house
        messages = self.hub.running.house.room(self.chat).messages.values()
        newest = [message.id for message in messages if message.sender == "bot"][-1]
        await self.hub.running.house.press(self.chat, newest, data)

    async def say(self, text: str) -> None:
        assert self.hub.running.house
        await self.hub.running.house.say(self.chat, text)

    def everything(self) -> str:
        assert self.hub.running.house
        return str(self.hub.running.house.chat(self.chat))


async def seated(hub: WholeHub, presser: Presser) -> Desktop:
    """Let the presser stand where they press."""
    if presser.person is None:
        if presser.role is Role.INMATE:
            await hub["K-A"].sign_in("A01", "2101")
            await hub["K-A"].shows("Hvem vil du snakke med?")
        return Desktop(hub, hub["K-A"].chat)
    assert hub.running.house
    await hub.running.house.open_chat(FIRST_CHAT, presser.person.id, "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, presser.person)
        await chats.link_person(tx, "house", FIRST_CHAT, presser.person.id)
    desktop = Desktop(hub, FIRST_CHAT)
    await desktop.say("/start")
    await hub.settled()
    return desktop


async def sits_down(hub: WholeHub, presser: Presser, desk: Desk) -> None:
    if presser.person:
        async with hub.running.turns.begin() as turn:
            await desk_rows.save(turn.tx, turn.keys, presser.person.id, desk)


def canaries_for(presser: Presser, line: Line) -> re.Pattern[str]:
    if line.what in DESKS:
        return re.compile(ALIASES)
    """Return what may not be shown: to whom may know a number or a code, only an alias and a topic are too much."""
    return WORDS if presser.role in NOBODYS or presser.theirs or line.what in DESKS else CANARIES


async def rows_of_others(hub: WholeHub, presser: Presser) -> dict[str, Rows]:
    """Return every row but the presser's own desk, which a refusal may clear."""
    rows = await hub.domain()
    own = presser.person and presser.person.id
    return {**rows, "desks": [row for row in rows["desks"] if row["person"] != own]}


async def refused(hub: WholeHub) -> int:
    return int((await hub.rows("SELECT COUNT(*) AS n FROM audit WHERE action = 'refused'"))[0]["n"])


def test_each_field_of_a_press_is_somebodys_or_nobodys() -> None:
    nobodys = {
        "revision",
        "page",
        "service",
        "topic",
        "language",
        "languages",
        "token",
        "reason",
        "code",
        "day",
        "hour",
    }
    nobodys |= {"number", "word", "tick", "setting"}
    assert set(FIELDS) == nobodys | set(WHOSE)
    assert {*ABOUT_NOBODY, *NAMED, *DESKS} <= {line.what for line in HANDLERS}
    numbered = {line.what for line in HANDLERS if "{number}" in line.what and not set(fields_of(line)) & set(WHOSE)}
    assert numbered - {*NAMED} == {"log:{word}:{number}"}, "a number names somebody's data: say so in NAMED"


@pytest.mark.parametrize("presser", PRESSERS[:2], ids=lambda each: each.name)
async def test_a_night_for_others_is_not_there_at_a_screen(hub: WholeHub, presser: Presser) -> None:
    desktop = await seated(hub, presser)
    for number in (*DRAFTS, PROPOSAL, FOR_C, CANCELLED):
        await desktop.press("home" if presser.slips else "start")
        for verb in ("night", "leaving") if presser.slips else ("night",):
            await desktop.press(f"{verb}:{number}")
            await hub.settled()
            assert "finnes ikke lenger" in desktop.everything(), number
            assert SECRET not in desktop.everything()


async def test_a_draft_is_its_makers_alone_even_in_the_same_prison(hub: WholeHub) -> None:
    desktop = await seated(hub, Presser("colleague", staff("X10", Role.COORDINATOR, EVERYWHERE), ALL))
    kept = {row["key"]: row["revision"] for row in await hub.rows(REVISIONS)}
    lines = [line for line in HANDLERS if line.what in PLANNING and line.may & Role.COORDINATOR]
    nobodys = Presser("colleague", staff("X10", Role.COORDINATOR, EVERYWHERE), ALL, nights=DRAFTS)
    presses = [data for line in lines for data in foreign_presses(nobodys, line, kept)]
    rows, so_far = await rows_of_others(hub, nobodys), await refused(hub)
    for data in presses:
        await desktop.press(data)
    await hub.settled()
    assert (await refused(hub) - so_far, len(presses)) == (2 * len(lines),) * 2
    assert await rows_of_others(hub, nobodys) == rows
    assert SECRET not in desktop.everything()


@pytest.mark.parametrize("presser", PRESSERS, ids=lambda each: each.name)
async def test_what_is_not_theirs_is_refused_and_changes_and_shows_nothing(hub: WholeHub, presser: Presser) -> None:
    desktop = await seated(hub, presser)
    kept = await hub.rows(REVISIONS)
    revisions = {row["key"]: row["revision"] for row in kept}
    rows, let_in, pressed = await rows_of_others(hub, presser), Counter[str](), 0
    for line in own_lines(presser):
        if presser.role in NOBODYS or not names_somebody(line) or line.what in presser.theirs:
            continue
        await sits_down(hub, presser, DESKS.get(line.what, Desk("nothing", 7)))
        before, so_far = rows, await refused(hub)
        presses = list(foreign_presses(presser, line, revisions))
        for data in presses:
            await desktop.press(data)
        await hub.settled()
        rows = await rows_of_others(hub, presser)
        if rows != before:
            let_in[f"{line.what} changed rows"] += 1
        if missing := len(presses) - (await refused(hub) - so_far):
            let_in[f"{line.what} was taken"] += missing
        if leak := canaries_for(presser, line).findall(desktop.everything()):
            let_in[f"{line.what} showed {leak}"] += 1
        pressed += len(presses)
        if line.what in DESKS:
            await desktop.press("doors")  # whoever has a page with a draft of their own goes away from it
    assert let_in == {}
    assert pressed > 0 or presser.role in NOBODYS


@pytest.mark.parametrize("presser", PRESSERS, ids=lambda each: each.name)
async def test_pages_of_ones_own_show_nothing_of_others(hub: WholeHub, presser: Presser) -> None:
    desktop = await seated(hub, presser)
    told = []
    for line in own_lines(presser):
        if presser.role not in NOBODYS and (names_somebody(line) or line.what in presser.theirs):
            continue
        data = re.sub(r"\{(\w+)\}", lambda found: EXAMPLES[found[1]], line.what)
        await (desktop.press(data) if line.pressed else desktop.say(data))
        await hub.settled()
        told += [(line.what, each) for each in canaries_for(presser, line).findall(desktop.everything())]
    assert told == []
