"""What a network hands over is kept first and confirmed after; nothing blocks what comes behind it."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import intake as module
from bot.delivery import networks as networks_module
from bot.delivery.intake import Intake
from bot.delivery.secrecy import Secrecy
from bot.delivery.sending.outages import CRY_OUT_AFTER, Outage
from bot.domain import codes
from bot.domain.chat.messages import Line, Reader, View
from bot.store import inbox, messages
from bot.store.database import Database
from handlers.tables import PRESSES_THAT_PASS
from tests.delivery.network import BROKEN_OFF, LOST, ME, NEVER_SENT, Answer, ScriptedWire, network_of, refusal
from tests.hub.real_turns import KEYS, StillClock

PATIENCE = 30.0
READER = Reader("house", 201, "nb", leaves_house=False)


def update(number: int, **more: Any) -> dict[str, Any]:
    return {"update_id": number, **more}


@dataclass
class Post:
    database: Database
    wire: ScriptedWire
    intake: Intake

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        async with self.database.transaction() as tx:
            return [dict(row) for row in await tx.rows(sql)]

    async def ids(self) -> list[int]:
        return [row["update_id"] for row in await self.rows("SELECT update_id FROM inbox ORDER BY id")]

    async def polled(self, times: int) -> list[int | None]:
        """Run until the network was asked so often; return the offsets it was given."""
        task = asyncio.create_task(self.intake.run())
        async with asyncio.timeout(PATIENCE):
            while len(self.wire.offsets) < times and not task.done():  # noqa: ASYNC110  the wire counts, it does not call
                await asyncio.sleep(0.002)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return self.wire.offsets


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(module, "SHORTEST_POLL", 0.01)


def woken() -> None:
    """Nobody sleeps here."""


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire = ScriptedWire()
        yield Post(database, wire, Intake(network_of(wire), database, StillClock(), woken, woken))


async def test_updates_are_kept_in_order_before_they_are_confirmed(post: Post) -> None:
    post.wire.updates = [(200, [update(5), update(6)]), (200, [update(7)])]
    assert await post.polled(3) == [None, 7, 8]
    assert await post.ids() == [5, 6, 7]


async def test_what_was_not_kept_is_not_confirmed(post: Post) -> None:
    await post.intake.connect()
    async with post.database.transaction() as tx:
        await tx.run("CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'no room'); END")
    post.wire.updates = [(200, [update(5)]), (200, [update(5)])]
    assert await post.polled(2) == [None, None]
    assert await post.ids() == []


async def test_an_update_that_comes_again_is_kept_once(post: Post) -> None:
    post.wire.updates = [(200, [update(5), update(5)]), (200, [update(5), update(6)])]
    await post.polled(3)
    assert await post.ids() == [5, 6]


async def test_the_same_number_from_another_bot_is_another_update(post: Post) -> None:
    post.wire.updates = [(200, [update(5)])]
    await post.polled(2)
    await post.rows("UPDATE inbox SET epoch = 'before'")
    post.wire.updates = [(200, [update(5)])]
    await post.polled(4)
    assert await post.ids() == [5, 5]


async def test_a_batch_is_kept_whole_or_not_at_all(post: Post) -> None:
    await post.intake.connect()
    async with post.database.transaction() as tx:
        await tx.run(
            "CREATE TRIGGER one BEFORE INSERT ON inbox WHEN NEW.update_id = 6"
            " BEGIN SELECT RAISE(ABORT, 'not this one'); END"
        )
    post.wire.updates = [(200, [update(5), update(6)])]
    with pytest.raises(sqlite3.IntegrityError):
        await post.intake.fetch(None)
    assert await post.ids() == []


@pytest.mark.parametrize(
    "answer",
    [
        LOST,
        BROKEN_OFF,
        NEVER_SENT,
        refusal(409, "Conflict: terminated by other getUpdates request"),
        refusal(401, "Unauthorized"),
        refusal(500, "Internal Server Error"),
        (200, b"<html>"),
        (200, {"not": "a list"}),
        (200, b'{"ok": true}'),
        (200, b"[]"),
        (200, [None, "x", 7, [], {}, {"update_id": "5"}, {"update_id": 2**70}]),
    ],
)
async def test_whatever_a_network_answers_the_next_updates_come_in(post: Post, answer: Any) -> None:
    post.wire.updates = [answer, (200, [update(5)])]
    await post.polled(3)
    assert await post.ids() == [5]


async def test_what_is_no_update_does_not_keep_its_neighbours_out(post: Post) -> None:
    post.wire.updates = [(200, [{"no": "id"}, update(5)])]
    assert await post.polled(2) == [None, 6]
    assert await post.ids() == [5]


# A network that starts afresh


async def shown(post: Post) -> None:
    async with post.database.transaction() as tx:
        for number, key in enumerate(("shown", "taken away", "refused", "under way")):
            await messages.want(tx, [messages.wish(READER, key, View((Line("x"),)), 0)])
            await tx.run("UPDATE messages SET shown = 1, message_id = :id WHERE key = :key", id=number, key=key)
        await messages.want(tx, [messages.wish(READER, "taken away", None, 0)])
        await tx.run("UPDATE messages SET fault = 'Forbidden', shown = 0 WHERE key = 'refused'")
        await tx.run("UPDATE messages SET sending = 1, shown = 0, message_id = NULL WHERE key = 'under way'")


async def test_the_same_bot_as_before_keeps_what_is_shown_and_counts_what_was_under_way(post: Post) -> None:
    await post.intake.connect()
    await shown(post)
    await post.intake.connect()
    assert await post.rows("SELECT key, shown, message_id, sending, doubts FROM messages ORDER BY id") == [
        {"key": "shown", "shown": 1, "message_id": 0, "sending": 0, "doubts": 0},
        {"key": "taken away", "shown": 1, "message_id": 1, "sending": 0, "doubts": 0},
        {"key": "refused", "shown": 0, "message_id": 2, "sending": 0, "doubts": 0},
        {"key": "under way", "shown": 0, "message_id": None, "sending": 0, "doubts": 1},
    ]


async def test_with_a_new_bot_everything_that_is_wanted_is_shown_anew(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post.intake.connect()
    await shown(post)
    monkeypatch.setitem(ME, "id", 8)
    again = Intake(network_of(post.wire), post.database, StillClock(), woken, woken)
    await again.connect()
    assert await post.rows("SELECT key, shown, message_id, sending, fault FROM messages ORDER BY id") == [
        {"key": key, "shown": 0, "message_id": None, "sending": 0, "fault": None}
        for key in ("shown", "refused", "under way")
    ]
    assert await post.rows("SELECT epoch FROM networks") == [{"epoch": "8"}]


class LeapingClock(StillClock):
    """Half a day passes between two looks at it."""

    def now(self) -> datetime:
        self.move(CRY_OUT_AFTER)
        return self.moment


async def test_half_a_day_of_silence_is_cried_out(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.intake.outage = Outage("house", LeapingClock())
    post.wire.updates = [BROKEN_OFF]
    await post.polled(2)
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("CRITICAL", "No updates from house for 12:00:00: it has a fault of its own")
    ]


async def test_a_digit_is_remembered_and_never_written_and_of_a_typed_code_the_stamp_is_kept(post: Post) -> None:
    digit = update(5, callback_query={"id": "1", "data": "pad:3xY_9"})
    marked = update(6, passing=True, callback_query={"id": "2", "data": "code:done"})
    joins = update(7, passing=True, message={"text": " /START@bot  kode-1 \n"})
    lasting = update(8, message={"text": "/start"})
    post.intake.secrecy = Secrecy(PRESSES_THAT_PASS, codes.TYPED, KEYS.stamp)
    post.wire.updates = [(200, [digit, marked, joins, lasting])]
    await post.intake.fetch(None)
    stamped = update(7, message={"text": f" /START@bot  {KEYS.stamp('kode-1')} \n"})
    async with post.database.reading() as tx:
        assert [each.payload for each in await inbox.waiting(tx, 9)] == [digit, marked, stamped, lasting]
    kept = [json.loads(row["payload"] or "null") for row in await post.rows("SELECT payload FROM inbox ORDER BY id")]
    assert kept == [None, None, stamped, lasting]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Skriv til boten: /start ACDE-FGHJ-KMNP\nDen virker én gang.", "Skriv til boten: /start {}"),
        ("acde-fghj-kmnp", "{}"),
        ("/start ACDE-FGHJ-KMNP ACDE-FGHJ-KMNP", "/start {}"),
        ("Husk /start og ACDE-FGHJ-KMNPX", "Husk /start og ACDE-FGHJ-KMNPX"),
        ("Ring 2222-3333-4444", "Ring 2222-3333-4444"),
        ("ACDEFGHJKMNP", "{}"),
        ("acde fghj kmnp\n", "{}\n"),
        ("ACDE\nFGHJ\nKMNP", "{}"),
        ("AC DE FG HJ KM NP", "{}"),
        ("ACDE–FGHJ—KMNP", "{}"),
        ("koden er acde–fghj–kmnp", "koden er {}"),
        ("Koden er ACDE FGHJ KMNP. Hilsen TK1", "Koden er {}"),
        ("start ACDEFGHJKMNP", "start {}"),
        ("/start: acdefghjkmnp", "/start: {}"),
        ("acdefghjkmnpq", "acdefghjkmnpq"),
        ("kaffe og prat med dame", "kaffe og prat med dame"),
    ],
)
async def test_a_code_is_never_written_wherever_it_stands_in_what_is_pasted(post: Post, text: str, kept: str) -> None:
    post.intake.secrecy = Secrecy(PRESSES_THAT_PASS, codes.TYPED, lambda _code: "stamp")
    post.wire.updates = [(200, [update(5, message={"text": text})])]
    await post.intake.fetch(None)
    [row] = await post.rows("SELECT payload FROM inbox")
    assert json.loads(row["payload"])["message"]["text"] == kept.format("stamp")
    written = re.match(post.intake.secrecy.pattern, text)
    assert (written is not None) is ("{}" in kept), "our own network keeps it in memory alone as well"


async def test_what_passed_is_done_when_nobody_remembers_it(post: Post) -> None:
    post.intake.secrecy = Secrecy(PRESSES_THAT_PASS, codes.TYPED, KEYS.stamp)
    post.wire.updates = [(200, [update(5, callback_query={"data": "pad:3"}), update(6, message={"text": "hei"})])]
    await post.intake.fetch(None)
    async with post.database.transaction() as tx:
        await inbox.drop_passed(tx)
        assert tx.unwritten == {}
    assert [row["state"] for row in await post.rows("SELECT state FROM inbox ORDER BY id")] == ["done", "waiting"]


async def test_a_batch_that_was_not_kept_is_not_remembered_either(post: Post) -> None:
    with suppress(ZeroDivisionError):
        async with post.database.transaction() as tx:
            digit = update(5, callback_query={"data": "pad:3"})
            await inbox.add(tx, "house", "7", [digit], StillClock().now(), {5})
            assert len(tx.unwritten) == 1
            raise ZeroDivisionError
    async with post.database.reading() as tx:
        assert (tx.unwritten, await inbox.waiting(tx, 9)) == ({}, [])


# What an administrator reads


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("bot")]


async def test_an_outage_is_told_once_then_ever_more_rarely_and_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = StillClock()
    outage = Outage("telegram", clock)
    outage.begin()
    for _ in range(4 * 3600):
        clock.move(timedelta(seconds=1))
        outage.note(BROKEN_OFF)
    fault = "it has a fault of its own"
    minutes = ["0:00:01", "0:01:01", "0:03:01", "0:07:01", "0:15:01", "0:31:01", "1:03:01", "2:03:01", "3:03:01"]
    assert said(caplog) == [f"No updates from telegram for {time}: {fault}" for time in minutes]
    caplog.clear()
    outage.note(LOST)
    outage.end()
    outage.end()
    assert said(caplog) == [
        "No updates from telegram for 4:00:00: no answer in time",
        "telegram answers again, after 4:00:00",
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refusal(401, "Unauthorized"), "it does not know the bot's token (401 or 404): the token in the settings"),
        (refusal(404, "Not Found"), "it does not know the bot's token (401 or 404): the token in the settings"),
        (
            refusal(409, "Conflict: terminated by other getUpdates request"),
            "another program asks with the same token, perhaps a second hub",
        ),
        (
            refusal(409, "Conflict: can't use getUpdates method while webhook is active"),
            "a webhook is set for this bot: another program takes its updates (409)",
        ),
        (NEVER_SENT, "no connection"),
        (refusal(502, "Bad Gateway"), "it has a fault of its own"),
        ((200, b'{"ok": true}'), "its answer cannot be read (KeyError)"),
    ],
)
async def test_what_is_wrong_with_a_network_is_told_in_words(
    post: Post, answer: Any, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    post.wire.updates = [answer]
    await post.polled(2)
    assert [words in line for line in said(caplog)] == [True]


# Another program with the same token


def noted_in(pauses: list[float]) -> Callable[[Exception, float], float]:
    def note(_error: Exception, pause: float) -> float:
        pauses.append(pause)
        return 0

    return note


async def test_a_hub_that_sees_another_one_asks_ever_more_rarely_and_is_quick_again_afterwards(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(module, "_wait", noted_in(pauses))
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.08)
    conflict = refusal(409, "Conflict: terminated by other getUpdates request")
    post.wire.updates = [conflict, (200, [update(1)]), conflict, (200, [update(2)]), conflict, conflict, conflict]
    await post.polled(8)
    assert (pauses, post.intake.network.is_contested) == ([0.01, 0.02, 0.04, 0.08, 0.08], True)
    assert len(said(caplog)) == 1
    monkeypatch.setattr(networks_module, "CONTEST_SECONDS", -1)
    post.wire.updates = [conflict, (200, [update(3)]), conflict]
    await post.polled(11)
    assert pauses[-1] == 0.01


# A server that does not wait


async def test_a_server_that_answers_at_once_with_nothing_new_is_asked_once_in_a_while(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHORTEST_POLL", 0.2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    post.wire.updates = [(200, []), (200, [update(5)]), (200, [update(5)]), (200, [update(5)])]
    assert await post.polled(5) == [None, None, 6, 6, 6]
    assert loop.time() - began >= 3 * 0.2


# A number that was used before


async def test_a_number_that_was_used_before_leaves_a_line(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.wire.updates = [(200, [update(5), update(6)]), (200, [update(7), update(6), update(5, new=True)])]
    post.wire.updates += [(200, [update(6), update(5)])] * 3
    await post.polled(6)
    assert await post.ids() == [5, 6, 7]
    assert said(caplog) == ["house hands over 2 updates under numbers that were used before, as 5: they are left out"]


# A server that hands over the same again and again


def alternately(times: int) -> list[Answer]:
    """Two servers behind one address: neither learns what was confirmed to the other."""
    return [(200, [update(number)]) for _ in range(times) for number in (5, 7)]


async def test_a_server_that_alternates_between_old_numbers_is_asked_once_in_a_while_and_told_once(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SHORTEST_POLL", 0.2)
    loop = asyncio.get_running_loop()
    began = loop.time()
    post.wire.updates = alternately(3)
    assert await post.polled(7) == [None, 6, 8, 6, 8, 6, 8]
    assert loop.time() - began >= 4 * 0.2
    assert await post.ids() == [5, 7]
    told = "house hands over 1 updates under numbers that were used before, as {}: they are left out"
    assert said(caplog) == [told.format(5), told.format(7)]


async def test_a_start_does_not_wait_for_a_server_that_hands_over_the_same_for_ever(post: Post) -> None:
    post.wire.updates = alternately(20)
    async with asyncio.timeout(PATIENCE):
        await post.intake.catch_up()
    assert (await post.ids(), len(post.wire.offsets) < 8) == ([5, 7], True)


async def test_what_waits_behind_a_batch_that_was_here_before_is_caught_up_with_as_well(post: Post) -> None:
    post.wire.updates = [(200, [update(5)])]
    await post.intake.fetch(None)
    post.wire.updates = [(200, [update(5)]), (200, [update(6)]), (200, [])]
    await post.intake.catch_up()
    assert (await post.ids(), post.wire.offsets[-1]) == ([5, 6], 7)
