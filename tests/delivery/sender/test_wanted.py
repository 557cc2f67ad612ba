"""Chats come to look like the rows: in order, with the fewest calls, and answers to taps before everything else."""

import asyncio
from pathlib import Path

import pytest

from bot.delivery.limits import Limits
from bot.delivery.sender import Sender
from bot.delivery.sending import pauses
from bot.domain.chat.messages import SCREEN, Line, Reader, View
from bot.store import messages
from bot.store.database import Database
from tests.delivery.network import BROKEN_OFF, Call, ScriptedWire, network_of, refusal
from tests.delivery.sender.post import ADVISER, CARD, KIOSK, OTHER, PATIENCE, SHOWN, Post, running
from tests.hub.real_turns import StillClock


async def test_a_wanted_message_is_sent_then_edited_then_deleted(post: Post) -> None:
    for text in ("one", "two", None):
        await post.want(text)
        await post.settled()
    assert post.wire.calls == [
        Call("sendMessage", ADVISER, None, "one"),
        Call("editMessageText", ADVISER, 1, "two"),
        Call("deleteMessage", ADVISER, 1, None),
    ]
    assert await post.rows() == []


async def test_what_is_wanted_already_is_not_sent_again(post: Post) -> None:
    for _ in range(3):
        await post.want("same")
        await post.settled()
    assert post.wire.told() == [("sendMessage", "same")]


async def test_what_is_no_longer_wanted_before_it_was_sent_is_never_sent(post: Post) -> None:
    async with post.database.transaction() as tx:
        reader = Reader("house", ADVISER, "nb", leaves_house=False)
        await messages.want(tx, [messages.wish(reader, CARD, View((Line("x"),)), 0)])
        await messages.want(tx, [messages.wish(reader, CARD, None, 0)])
    post.sender.wake.set()
    await post.settled()
    assert (post.wire.calls, await post.rows()) == ([], [])


async def test_ten_changes_while_an_edit_is_under_way_are_one_edit(post: Post) -> None:
    await post.want("0")
    await post.settled()
    post.wire.held = asyncio.Event()
    await post.want("1")
    await post.called(2)
    for number in range(2, 12):
        await post.want(f"{number}")
    post.wire.held.set()
    await post.settled()
    assert post.wire.told() == [("sendMessage", "0"), ("editMessageText", "1"), ("editMessageText", "11")]


async def test_one_chat_gets_its_messages_one_after_the_other_and_chats_do_not_wait_for_each_other(post: Post) -> None:
    post.wire.held = asyncio.Event()
    for chat in (ADVISER, OTHER):
        for key in ("a", "b"):
            await post.want(key, chat, key)
    await post.called(2)
    await asyncio.sleep(0.05)
    assert [(call.chat_id, call.text) for call in post.wire.calls] == [(ADVISER, "a"), (OTHER, "a")]
    post.wire.held.set()
    await post.settled()
    assert sorted((call.chat_id, call.text) for call in post.wire.calls[2:]) == [(ADVISER, "b"), (OTHER, "b")]


async def test_answers_to_taps_go_before_everything_else(post: Post) -> None:
    reader = Reader("house", ADVISER, "nb", leaves_house=False)
    async with post.database.transaction() as tx:
        for number in range(3):
            await messages.want(tx, [messages.wish(reader, f"due:{number}", View((Line(f"due {number}"),)), 1)])
        await messages.want(tx, [messages.wish(reader, "tap", View((Line("tap"),)), 0)])
    post.sender.wake.set()
    await post.settled()
    assert [text for _, text in post.wire.told()] == ["tap", "due 0", "due 1", "due 2"]


async def test_who_presses_before_the_number_of_a_message_is_known_here_leaves_it_where_it_is(post: Post) -> None:
    post.wire.held = asyncio.Event()
    await post.want("welcome", KIOSK, SCREEN, neutral=True)
    await post.called(1)
    async with post.database.transaction() as tx:
        await messages.forget(tx, "house", KIOSK, 1)
    post.wire.held.set()
    await post.settled()
    assert post.wire.told() == [("sendMessage", "welcome")], "it was taken for a stray one, and is none"
    assert await post.rows("key, message_id") == [{"key": SCREEN, "message_id": 1}]


async def test_not_modified_is_success(post: Post) -> None:
    await post.want("one")
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: message is not modified")]
    await post.want("two")
    await post.settled()
    assert (len(post.wire.calls), await post.rows()) == (2, [SHOWN])


async def test_a_chat_in_trouble_does_not_hold_up_the_others(post: Post) -> None:
    def trouble(call: Call) -> None:
        if call.chat_id == ADVISER:
            raise BROKEN_OFF

    post.wire.before = trouble
    async with post.database.transaction() as tx:
        reader = Reader("house", ADVISER, "nb", leaves_house=False)
        for number in range(300):
            await messages.want(tx, [messages.wish(reader, f"slip:FJ-{number}", View((Line("x"),)), 0)])
    await post.want("for the other", OTHER)

    async def arrived() -> bool:
        return ("sendMessage", "for the other") in post.wire.told()

    await post.until(arrived)


async def test_a_send_under_way_is_marked_before_it_leaves(post: Post) -> None:
    post.wire.held = asyncio.Event()
    await post.want("one")
    await post.called(1)
    assert await post.rows("sending, revision") == [{"sending": 1, "revision": 1}]
    post.wire.held.set()
    await post.settled()
    assert await post.rows("sending, shown") == [{"sending": 0, "shown": 1}]


async def test_a_sender_that_is_ended_before_a_message_could_leave_gives_its_place_back(tmp_path: Path) -> None:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire = ScriptedWire()
        network = network_of(wire)
        network.limits = limits = Limits(per_second=1)
        post = Post(database, wire, Sender(network, database, StillClock(), draw=str.encode))
        await post.want("one")

        def place_is_taken() -> bool:
            now = asyncio.get_running_loop().time()
            return not limits.silence_left(now) and not limits.room(now)

        async with running(post.sender), asyncio.timeout(PATIENCE):
            while not place_is_taken():  # noqa: ASYNC110  what is waited for is over within a few turns of the loop
                await asyncio.sleep(0)
        assert wire.calls == []
        async with running(post.sender):
            await post.settled()
        assert wire.told() == [("sendMessage", "one")]


async def test_a_token_that_is_refused_for_a_while_loses_no_reminder(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.05)
    post.wire.script = [refusal(401, "Unauthorized")]
    await post.want("reminder")
    await post.settled()
    assert await post.rows() == [{"shown": 1, "doubts": 0, "fault": None}]
