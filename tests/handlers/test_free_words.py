"""Nothing free leaves the house: each field that somebody writes has a word of its own, and none of it is seen outside.

Every page that the staff and inmates can reach is walked through; each press is made in the house, and also outside, as
somebody forges it who knows its data. After each, everything that any chat outside shows is read.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.notices.notices import Notice
from bot.domain.notices.notices import State as NoticeState
from bot.domain.people import STAFF, Role
from bot.domain.refusals import Refusal
from bot.domain.reminders import Kind, Reminder
from bot.domain.services import Hub, Texts
from bot.domain.theme_nights.theme_nights import State
from bot.store import chats as chat_rows
from bot.store import notices, theme_nights
from bot.store.database import Transaction
from bot.store.moments import from_text
from bot.usecases import opening
from bot.usecases.turn import Turn
from handlers import tables
from tests.handlers.test_offered_buttons import an_afternoon
from tests.hub.afternoon import AFTERNOON
from tests.hub.real_turns import described
from tests.hub.theme_nights import a_draft
from tests.hub.walks import FIRST_CHAT, Sheet, Walker, first_of, whole

ROLES = [role for role in Role if role & STAFF]
FREE = re.compile("CANARY[a-z]+")
TICKED = "CANARYticked"
"""The one text of which its coordinator has said that it may leave."""

CALLED = {f"CANARY{name}" for name in ("service", "readers", "subject", "offers", "answer", "name", "hired")}
"""What services, their answers and those who work there are called: read by everybody at a screen, wherever that is."""

KIOSKS = {"K-A": 801, "K-B": 802}
MAILED = ("N1", "V1")


def texts(word: str) -> dict[str, str]:
    return {"nb": f"CANARY{word}", "en": f"CANARY{word}"}


def told_by_the_file(hub: Hub) -> Hub:
    """Let everything that hub.yaml says in words be a word of its own, but for what may leave.

    That are places, and the social adviser's name: a slip is sent there from outside as well (decision 6).
    """
    services = {
        key: replace(
            each,
            name=each.name if key == hub.triage else texts("service"),
            about=texts("offers"),
            readers=texts("readers"),
            topics=tuple(replace(topic, name=texts("subject")) for topic in each.topics),
        )
        for key, each in hub.services.items()
    }
    answers = {key: texts("answer") for key in hub.answers}
    names: dict[str, Texts] = {**dict.fromkeys(hub.names, texts("name")), "N2": texts("hired")}
    return replace(hub, services=services, answers=answers, names=names)


async def told_by_people(tx: Transaction) -> None:
    """Let everything that is typed into the hub, or said of a person, be a word of its own."""
    await tx.run("UPDATE inmates SET alias = 'CANARYalias'")
    await tx.run("UPDATE people SET name = 'CANARYhired'")
    words = {name: json.dumps(texts(name)) for name in ("topic", "about")}
    await tx.run("UPDATE theme_nights SET topic = :topic, about = :about, host = 'CANARYhost'", **words)
    for state in (State.DRAFT, State.PROPOSED, State.CANCELLED, State.DECLINED):
        night = a_draft(AFTERNOON, state=state, topic=texts("topic"), about=texts("about"), host="CANARYhost")
        await theme_nights.add(tx, replace(night, made_by="V1" if state is State.PROPOSED else "TK1"))
    for number, word in enumerate(("notice", "ticked", "notice")):
        await notices.add(tx, a_notice(word, urgent=number > 1))


def a_notice(word: str, *, urgent: bool) -> Notice:
    groups = ("OFFICER", "PROVIDER", "SOCIAL_ADVISER", "DUTY_LEADER")
    until = AFTERNOON.replace(day=20)
    ticked = f"CANARY{word}" == TICKED
    known = (0, "FJ", NoticeState.PUBLISHED, 1, texts(word), ("A", "B"), groups, AFTERNOON, until, "TK1", AFTERNOON)
    return Notice(*known, urgent=urgent, service="nav", outside=ticked)


async def everybody_is_outside(tx: Transaction) -> None:
    """Let the staff have a chat outside besides the one in the house, two of them a mailbox, and two kiosks as well."""
    for number, person in enumerate(described().staff):
        await chat_rows.link_person(tx, "telegram", FIRST_CHAT + number, person.id)
    for kiosk, chat in KIOSKS.items():
        await chat_rows.link_kiosk(tx, "telegram", chat, kiosk)
    await opening.keep_mailboxes(tx, {person: f"{person}@example.org" for person in MAILED})


@dataclass
class Outside(Walker):
    """Makes each press outside as well, and reads whatever any chat outside then shows."""

    there: dict[int, int] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    async def _in_turn(self, tx: Transaction, chat: int, work: Callable[[Turn], Any], network: str = "house") -> Turn:
        turn = await super()._in_turn(tx, chat, work, network)
        if network != "house":
            self.faults += [f"{self.path}, outside, a toast: {word}" for word in FREE.findall(turn.edge.alert or "")]
        return turn

    async def _press(self, tx: Transaction, chat: int, key: str, data: str, network: str = "house") -> None:
        async with self._undone(tx) as part:
            with suppress(Refusal):
                await super()._press(part, self.there[chat], key, data, "telegram")
            await self._read(part, f"{self.path}, outside")
        await super()._press(tx, chat, key, data, network)
        await self._read(tx, self.path)

    async def _read(self, tx: Transaction, path: str) -> None:
        found = await tx.rows("SELECT * FROM messages WHERE network <> 'house' AND text IS NOT NULL")
        rows = [whole(tx, row) for row in found]
        self.seen += [row["text"] for row in rows]
        self.faults += [f"{path}: a paper" for row in rows if row["recipe"] is not None]
        self._look_at(rows, path)

    async def asked(self, who: str, data: str) -> list[tuple[str, bytes | None]]:
        """Press something outside; return the words and the papers that come there of it."""
        async with self._undone() as tx:
            before = {row["id"] for row in await tx.rows("SELECT id FROM messages")}
            await super()._press(tx, self.there[self.chats[who]], "any", data, "telegram")
            found = await tx.rows("SELECT id, network, text, recipe FROM messages ORDER BY id")
            return [(row["text"], row["recipe"]) for row in found if row["id"] not in before]

    async def everything_due(self) -> None:
        """Do each thing that is due some day, and each that is due daily."""
        async with self.turns.database.reading() as tx:
            rows = await tx.rows("SELECT kind, about, at FROM reminders WHERE done IS NULL")
        found = [Reminder(Kind(row["kind"]), row["about"], from_text(row["at"])) for row in rows]
        for reminder in found:
            self.path = f"{reminder.kind} {reminder.about}"
            async with self._undone() as tx:
                with suppress(Refusal):
                    await self._in_turn(tx, 0, lambda turn: tables.run_job(self.application, turn, reminder))  # noqa: B023
                await self._read(tx, self.path)


def words_in(sheet: Sheet) -> set[str]:
    return set(FREE.findall("\n".join([sheet.text, *(str(button) for button in sheet.buttons)])))


def free_outside(sheet: Sheet) -> Iterator[str]:
    """Name the free words on a sheet outside; inside, they may stand."""
    if sheet.network != "house":
        yield from sorted(words_in(sheet) - {TICKED} - (CALLED if sheet.key == "screen" else set()))


@asynccontextmanager
async def outside(folder: Path) -> AsyncIterator[Outside]:
    async with an_afternoon(folder) as inside:
        walk = Outside(inside.turns, inside.application, inside.chats, look=free_outside, depth=4)
        walk.turns.hub = told_by_the_file(walk.turns.hub)
        chats = {person.id: FIRST_CHAT + number for number, person in enumerate(described().staff)} | KIOSKS
        walk.there = {walk.chats[whose]: chat for whose, chat in chats.items()}
        async with walk.turns.database.transaction() as tx:
            await told_by_people(tx)
            await everybody_is_outside(tx)
        async with walk.turns.begin() as turn:
            await tables.open_up(walk.application, turn)
            for number in ("1", "2", "3"):
                await tables.run_job(walk.application, turn, Reminder(Kind.NOTICE_BEGINS, number, AFTERNOON))
        yield walk


@pytest.mark.parametrize("role", ROLES, ids=lambda role: str(role.name).lower())
async def test_whatever_the_staff_press_nothing_free_is_seen_outside(tmp_path: Path, role: Role) -> None:
    async with outside(tmp_path) as walk:
        await walk.walk(walk.chats[first_of(described(), role)])
    assert walk.faults == []
    assert any(TICKED in text for text in walk.seen)


@pytest.mark.parametrize(("kiosk", "inmate"), [("K-A", "A01"), ("K-A", "A06"), ("K-B", None)])
async def test_whatever_is_pressed_at_a_screen_nothing_free_is_seen_outside(
    tmp_path: Path, kiosk: str, inmate: str | None
) -> None:
    async with outside(tmp_path) as walk:
        await walk.walk_at_screen(walk.chats[kiosk], inmate)
    assert walk.faults == []
    assert walk.seen


@pytest.mark.parametrize("data", ["make_poster:1:nb", "make_week_poster:FJ:2027-01-18:nb"])
async def test_a_poster_that_is_asked_for_outside_is_handed_over_in_the_house_alone(tmp_path: Path, data: str) -> None:
    async with outside(tmp_path) as walk:
        async with walk.turns.database.reading() as tx:
            [night] = await tx.rows("SELECT id FROM theme_nights WHERE state = 'published'")
        [(text, paper)] = await walk.asked("TK1", data.replace(":1:", f":{night['id']}:"))
    assert (text.splitlines()[1:], paper) == (["Papiret gis bare ut på husets eget nett."], None)
    assert FREE.findall(text) == []


async def test_whatever_is_due_nothing_free_is_seen_outside(tmp_path: Path) -> None:
    async with outside(tmp_path) as walk:
        await walk.everything_due()
    assert walk.faults == []
    assert any("FJ-1" in text for text in walk.seen)
