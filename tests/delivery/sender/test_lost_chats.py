"""A chat that takes no messages is noted once and left in peace; others, and what was on the way, are not."""

import pytest

from bot.domain.chat.accounts import Away
from bot.store import accounts
from tests.delivery.network import Answer, refusal
from tests.delivery.sender.post import ADVISER, CARD, OTHER, SHOWN, Post, belongs_to_somebody


async def test_a_chat_that_has_blocked_the_bot_is_noted_and_left_in_peace(post: Post) -> None:
    post.wire.script = [refusal(403, "Forbidden: bot was blocked by the user")]
    await post.want("one")
    await post.settled()
    await post.want("two", OTHER)
    await post.settled()
    assert await post.rows() == [{"shown": 0, "doubts": 0, "fault": "Forbidden"}, SHOWN]
    assert len(post.wire.calls) == 2


BLOCKED = refusal(403, "Forbidden: bot was blocked by the user")


GONE = [
    BLOCKED,
    refusal(403, "Forbidden: user is deactivated"),
    refusal(403, "Forbidden: bot can't initiate conversation with a user"),
    refusal(400, "Bad Request: chat not found"),
]


async def unreachable(post: Post) -> list[int]:
    async with post.database.transaction() as tx:
        rows = await tx.rows("SELECT chat_id FROM accounts WHERE unreachable IS NOT NULL ORDER BY chat_id")
    return [row["chat_id"] for row in rows]


async def due(post: Post) -> list[str]:
    async with post.database.transaction() as tx:
        return [row["kind"] for row in await tx.rows("SELECT kind FROM reminders ORDER BY at, kind DESC")]


@pytest.mark.parametrize("answer", GONE, ids=lambda answer: answer[1]["description"])
async def test_a_chat_that_takes_no_messages_is_noted_once_with_what_is_due(post: Post, answer: Answer) -> None:
    post.sender.network.leaves_house = True
    await belongs_to_somebody(post, ADVISER)
    post.wire.script = [answer]
    await post.want("one")
    await post.settled()
    for key in ("slip:FJ-2", "slip:FJ-3", CARD):
        await post.want("more", key=key)
    await post.want("other", OTHER)
    await post.settled()
    assert (await unreachable(post), await due(post)) == ([ADVISER], ["unreachable", "undelivered", "knock"])
    assert post.wire.told() == [("sendMessage", "one"), ("sendMessage", "other")]
    faults = [row["fault"] for row in await post.rows("fault")]
    assert faults == ["unreachable", "unreachable", "unreachable", None]


@pytest.mark.parametrize(
    "answer", [refusal(400, "Bad Request: message is too long"), refusal(400, "Bad Request: chat not found")]
)
async def test_another_refusal_in_the_house_says_nothing_about_the_chat(post: Post, answer: Answer) -> None:
    await belongs_to_somebody(post, ADVISER)
    post.wire.script = [answer]
    await post.want("one")
    await post.settled()
    assert (await unreachable(post), await due(post)) == ([], ["undelivered"])


async def test_a_403_of_something_on_the_way_is_waited_out(post: Post) -> None:
    await belongs_to_somebody(post, ADVISER)
    post.wire.script = [(403, b"<html>not through this proxy</html>"), (403, b"{}")]
    await post.want("one")
    await post.settled()
    assert (await unreachable(post), await post.rows()) == ([], [SHOWN])
    assert len(post.wire.calls) == 3


async def test_a_message_that_comes_through_says_that_the_chat_works_again(post: Post) -> None:
    await belongs_to_somebody(post, ADVISER)
    post.wire.script = [BLOCKED]
    await post.want("one")
    await post.settled()
    async with post.database.transaction() as tx:
        await accounts.try_one(tx, "house", ADVISER)
    post.sender.wake.set()
    await post.settled()
    assert (await unreachable(post), post.wire.told()) == ([], [("sendMessage", "one")] * 2)
    assert set(await due(post)) == {"unreachable", "undelivered", "knock", "reachable"}


async def test_also_a_sender_that_has_just_started_knows_which_chats_were_lost(post: Post) -> None:
    await belongs_to_somebody(post, ADVISER)
    async with post.database.transaction() as tx:
        await accounts.lose(tx, Away("house", ADVISER, post.sender.clock.now()))
    await post.want("one")
    await post.settled()
    assert post.wire.calls == []
    async with post.database.transaction() as tx:
        await accounts.try_one(tx, "house", ADVISER)
    post.sender.wake.set()
    await post.settled()
    assert (await unreachable(post), await due(post)) == ([], ["reachable"])
