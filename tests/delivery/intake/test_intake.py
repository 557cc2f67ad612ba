"""What a network hands over is kept first and confirmed after; nothing blocks what comes behind it."""

import json
import re
import sqlite3
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest

from bot.delivery.intake import Intake
from bot.delivery.secrecy import Secrecy
from bot.delivery.sending.outages import CRY_OUT_AFTER, Outage
from bot.domain import codes
from bot.domain.chat.messages import Line, Reader, View
from bot.store import inbox, messages
from handlers.screen.pads import PRESSES_THAT_PASS
from tests.delivery.intake.mail import Post, update, woken
from tests.delivery.network import BROKEN_OFF, LOST, ME, NEVER_SENT, network_of, refusal
from tests.hub.real_turns import KEYS, StillClock

READER = Reader("house", 201, "nb", leaves_house=False)


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
