"""Whatever is owed and may be sent is sent within a second, however slowly rows are looked up and answers come."""

import asyncio
import math
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import Limits
from bot.delivery.sender import Sender
from bot.delivery.sending.going import Facts, Going, who_goes
from bot.domain.chat.messages import LANE_BROADCAST, LANE_DUE, LANE_TAP, Line, Reader, View
from bot.store import messages
from bot.store.database import Database
from bot.store.showing import Message
from tests.delivery import jumping
from tests.delivery.jumping import InlineConnection
from tests.delivery.network import LOST, NEVER_SENT, Answer, Call, ScriptedWire, network_of, refusal
from tests.hub.real_turns import StillClock
from tests.proving import PROVE

SCHEDULES, PARTS = (100_000, 8) if PROVE else (300, 1)
FAILED_ONCE = (81_861,)
"""What the long version has found, played in every run."""

A_SECOND, LOOK_EVERY, PATIENCE = 1.0, 0.2, 600.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
FAULTS: list[Answer] = [
    NEVER_SENT,
    LOST,
    refusal(500, "Internal Server Error"),
    refusal(429, "Too Many Requests: retry after 2", retry_after=2),
    (200, b"<html>"),
    (400, b"<html>"),
]
OWED = "SELECT id, chat_id, lane, revision FROM messages WHERE shown <> revision AND fault IS NULL AND held = 0"
WHICH = "SELECT id, revision FROM messages WHERE chat_id = ? AND (message_id = ? OR (text = ? AND message_id IS NULL))"


@dataclass
class Weather(ScriptedWire):
    """A network that takes its time, and that fails now and then; it knows which calls are under way."""

    chance: random.Random = field(default_factory=random.Random)
    slowest: float = 0
    faults: int = 0
    under_way: Counter[int] = field(default_factory=Counter)
    failed: list[tuple[Call, Answer]] = field(default_factory=list)

    async def _answer(self, call: Call) -> tuple[int, bytes]:
        assert call.chat_id is not None
        self.under_way[call.chat_id] += 1
        try:
            await asyncio.sleep(self.chance.uniform(0, self.slowest))
            if self.faults and self.chance.random() < 0.4:
                self.faults -= 1
                self.script = [self.chance.choice(FAULTS)]
                self.failed.append((call, self.script[0]))
            return await super()._answer(call)
        finally:
            self.under_way[call.chat_id] -= 1


@dataclass
class Watch:
    """Looks at all that is known from outside, and says when something that might have gone did not."""

    connection: InlineConnection
    wire: Weather
    limits: Limits
    since: dict[object, tuple[float, int]] = field(default_factory=dict)
    rows: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)
    chats: dict[int, tuple[float, float]] = field(default_factory=dict)

    def look(self, now: float) -> bool:
        """Say whether anything is still owed; fail where it might have gone for more than a second."""
        self._note_failures(now)
        owed = self.connection.raw.execute(OWED).fetchall()
        able = {} if self.connection.under_way else self._able(owed, now)
        self.since = {who: self.since.get(who, (now, calls)) for who, calls in able.items()}
        for who, (began, calls) in list(self.since.items()):
            if calls != able[who]:
                self.since[who] = now, able[who]
            elif now - began > A_SECOND:
                pytest.fail(f"{who} might have been sent since {now - began} s: {[tuple(row) for row in owed]}")
        return bool(owed) or bool(self.connection.under_way)

    def _able(self, owed: list[Any], now: float) -> dict[object, int]:
        """Return the chats that may be sent something at once, and broadcasts as one; with how much has gone so far."""
        free = [row for row in owed if self._is_free(row, now)]
        urgent = {row["chat_id"] for row in free if row["lane"] < LANE_BROADCAST}
        behind = {row["chat_id"] for row in free if row["lane"] == LANE_BROADCAST} - urgent
        gone = Counter(call.chat_id for call in self.wire.calls)
        able: dict[object, int] = {chat: gone[chat] for chat in urgent}
        if behind and self.limits.room_behind(now) >= 1:
            able["broadcasts"] = len(self.wire.calls)
        return able

    def _is_free(self, row: Any, now: float) -> bool:
        chat, own = row["chat_id"], self.rows.get((row["id"], row["revision"]), (0, 0.0))[1]
        barred = max(own, self.chats.get(chat, (0, 0.0))[1])
        return not self.wire.under_way[chat] and barred <= now and not self.limits.wait_for(chat, now)

    def _note_failures(self, now: float) -> None:
        for call, answer in self.wire.failed:
            chat = int(call.chat_id or 0)
            long = answer is NEVER_SENT
            pause = min(max(self.chats.get(chat, (0, 0.0))[0] * 2, FIRST_PAUSE), LONGEST_PAUSE) if long else FIRST_PAUSE
            self.chats[chat] = pause, now + pause
            for row in self.connection.raw.execute(WHICH, (chat, call.message_id, call.text)).fetchall():
                times = self.rows.get((row["id"], row["revision"]), (0, 0.0))[0] + 1
                self.rows[row["id"], row["revision"]] = times, now + min(FIRST_PAUSE * 2**times, LONGEST_PAUSE)
        self.wire.failed.clear()


@dataclass(frozen=True)
class Schedule:
    """One afternoon, made up from a number: who wants what when, how fast the network is, and what goes wrong."""

    seed: int

    def play(self) -> None:
        chance = random.Random(self.seed)
        slow = chance.choice([0, 0, 0.05, 0.4])
        with jumping.database_that_takes(lambda: chance.choice([0, 0, slow])) as (database, connection):
            jumping.run(self._afternoon(chance, database, connection))

    async def _afternoon(self, chance: random.Random, database: Database, connection: InlineConnection) -> None:
        faults = chance.choice([0, 0, 2, 6])
        wire = Weather(chance=chance, slowest=chance.choice([0, 0.1, 1.5]), faults=faults)
        network = network_of(wire)
        network.limits = limits = Limits(chance.choice([0, 1, 2, 4, 30]), chance.choice([0, 1]))
        sender = Sender(network, database, StillClock(), draw=str.encode)
        tasks = [asyncio.create_task(sender.run()), asyncio.create_task(_wishes(chance, database, sender.wake))]
        watch, loop = Watch(connection, wire, limits), asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while watch.look(loop.time()) or not tasks[1].done():
            assert loop.time() < until, "it never comes to rest"
            assert not tasks[0].done()
            await asyncio.sleep(LOOK_EVERY)
        tasks[0].cancel()
        with suppress(asyncio.CancelledError):
            await tasks[0]


async def _wishes(chance: random.Random, database: Database, wake: asyncio.Event) -> None:
    """Let chats be told things, changed and taken back, as turns do."""
    chats = chance.randint(1, 5)
    for number in range(chance.randint(3, 14)):
        await asyncio.sleep(chance.choice([0, 0, 0.02, 0.3, 1.0]))
        lane = chance.choice([LANE_TAP, LANE_TAP, LANE_DUE, LANE_BROADCAST])
        text = None if chance.random() < 0.1 else f"{number}"
        async with database.transaction() as tx:
            for chat in range(1, chats + 1) if lane == LANE_BROADCAST else [chance.randint(1, chats)]:
                key = f"notice:{number}" if lane == LANE_BROADCAST else f"slip:{chance.randint(1, 4)}"
                reader = Reader("house", chat, "nb", leaves_house=False)
                view = View((Line(text),)) if text else None
                once = lane == LANE_BROADCAST
                await messages.want(tx, [messages.wish(reader, key, view, lane, once=once)])
        wake.set()


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.filterwarnings("ignore:.*retry_after")  # the chat library trips over its own deprecation
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_is_owed_and_may_be_sent_is_sent_within_a_second(part: int) -> None:
    for seed in (*FAILED_ONCE, *range(part, SCHEDULES, PARTS)):
        try:
            Schedule(seed).play()
        except BaseException as fault:
            fault.add_note(f"in the schedule {seed}")
            raise


async def _fed_by_nobody_else(database: Database) -> list[str | None]:
    """Owe one chat five messages, wake the sender once, and see what has gone when a minute is over."""
    wire = ScriptedWire()
    network = network_of(wire)
    network.limits = Limits(per_second=30, per_chat=1)
    sender = Sender(network, database, StillClock(), draw=str.encode)
    for number in range(5):
        reader = Reader("house", 1, "nb", leaves_house=False)
        async with database.transaction() as tx:
            await messages.want(tx, [messages.wish(reader, f"slip:{number}", View((Line(f"{number}"),)), LANE_TAP)])
    sender.wake.set()
    task = asyncio.create_task(sender.run())
    await asyncio.sleep(60)
    task.cancel()
    await asyncio.wait({task})
    return [call.text for call in wire.calls]


@pytest.mark.parametrize("milliseconds", [0, 50, 400, 1000])
def test_however_slowly_rows_are_looked_up_a_crowded_chat_gets_all_that_waits_for_it(milliseconds: int) -> None:
    with jumping.database_that_takes(lambda: milliseconds / 1000) as (database, _):
        assert jumping.run(_fed_by_nobody_else(database)) == ["0", "1", "2", "3", "4"]


BAD = [
    refusal(500, "Internal Server Error"),
    refusal(403, "not through here"),
    refusal(401, "Unauthorized"),
    (200, b"<html>"),
    (400, b"<html>"),
    (404, b"<html>"),
    (502, b"<html>"),
    LOST,
    NEVER_SENT,
]


@dataclass
class Slow(ScriptedWire):
    """A network that takes its ten seconds before it fails."""

    async def _answer(self, call: Call) -> tuple[int, bytes]:
        if self.answers(call):
            await asyncio.sleep(10)
        return await super()._answer(call)


async def _until_the_good_one_goes(database: Database, answer: Answer) -> float:
    """Owe a chat three messages that fail for ever and a good one; return after how many seconds that goes."""
    wire = Slow(answers=lambda call: answer if f"{call.text}".startswith("bad") else None)
    sender = Sender(network_of(wire), database, StillClock(), draw=str.encode)
    reader = Reader("house", 1, "nb", leaves_house=False)
    for number, text in enumerate(("bad 1", "bad 2", "bad 3", "good")):
        async with database.transaction() as tx:
            await messages.want(tx, [messages.wish(reader, f"slip:{number}", View((Line(text),)), LANE_TAP)])
    task, loop = asyncio.create_task(sender.run()), asyncio.get_running_loop()
    began = loop.time()
    while "good" not in [call.text for call in wire.calls]:
        assert loop.time() - began < PATIENCE
        await asyncio.sleep(LOOK_EVERY)
    task.cancel()
    await asyncio.wait({task})
    return loop.time() - began


@pytest.mark.parametrize("answer", BAD, ids=str)
def test_no_answer_to_one_message_holds_the_others_of_its_chat_for_a_minute(answer: Answer) -> None:
    with jumping.database_that_takes(lambda: 0) as (database, _):
        seconds = jumping.run(_until_the_good_one_goes(database, answer))
    assert seconds - 3 * 10 < 60, "beside the ten seconds that each answer takes"


def _message(number: int, chat: int) -> Message:
    return Message(number, "house", chat, "slip:1", "x", None, False, 1, 0, None, None, 0)


TIMES = st.floats(0, 100)
CHATS = st.integers(1, 6)


@given(
    st.lists(CHATS, unique=True),
    st.sets(CHATS),
    st.dictionaries(CHATS, TIMES),
    st.dictionaries(st.tuples(st.integers(1, 9), st.integers(1, 2)), TIMES),
    st.integers(0, 3),
    TIMES,
)
def test_while_anything_is_owed_and_nothing_is_under_way_the_time_to_look_again_is_known(
    owed: list[int],
    running: set[int],
    resting: dict[int, float],
    aside: dict[tuple[int, int], float],
    places: int,
    places_at: float,
) -> None:
    facts = Facts(50.0, running, resting, aside, 32 - len(running))
    pending = [_message(number, chat) for number, chat in enumerate(owed, start=1)]
    going = who_goes(pending, facts, places, places_at)
    assert {message.chat_id for message in going.now} <= set(owed) - facts.busy
    assert len(going.now) <= places
    left = len(pending) + len(aside) - len(going.now)
    assert going.look_at < math.inf or going.now or running or not left


def test_somebody_elses_places_under_way_are_looked_at_again_after_a_second() -> None:
    limits = Limits(per_second=1)
    limits.begin()
    facts = Facts(50.0, frozenset(), {}, {}, 32)
    going = who_goes([_message(1, 1)], facts, limits.room(50.0), 50.0 + limits.until_change(50.0))
    assert going == Going((), 51.0)
