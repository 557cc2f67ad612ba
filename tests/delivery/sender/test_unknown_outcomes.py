"""What nobody knows the outcome of is counted and repeated as its kind allows; what never left is no doubt."""

import asyncio
from typing import Any

import pytest

from bot.delivery.limits import Limits
from bot.domain.chat.messages import Line, Reader, View
from bot.store import messages
from tests.delivery.network import BROKEN_OFF, LOST, NEVER_SENT, refusal
from tests.delivery.sender.post import ADVISER, CARD, OTHER, SHOWN, Post
from tests.patience import until


# What a network may answer
@pytest.mark.filterwarnings("ignore:.*retry_after")  # the chat library trips over its own deprecation
async def test_too_many_requests_are_obeyed_by_every_chat(post: Post) -> None:
    times: list[float] = []
    post.wire.before = lambda _call: times.append(asyncio.get_running_loop().time())
    post.wire.script = [refusal(429, "Too Many Requests: retry after 1", retry_after=1)]
    await post.want("one")
    limits, loop = post.sender.network.limits, asyncio.get_running_loop()
    await until(lambda: limits.silence_left(loop.time()) > 0, "silence")
    await post.want("two", OTHER)
    await post.settled()
    assert len(times) == 3
    assert min(times[1:]) - times[0] >= 1.0
    assert await post.rows() == [SHOWN, SHOWN]


@pytest.mark.filterwarnings("ignore:.*retry_after")  # as above
async def test_who_waits_for_the_pace_hears_of_too_many_requests_too(post: Post) -> None:
    times: list[float] = []
    post.wire.before = lambda _call: times.append(asyncio.get_running_loop().time())
    post.wire.held = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, post.wire.held.set)
    post.wire.script = [refusal(429, "Too Many Requests: retry after 1", retry_after=1)]
    post.sender.network.limits = Limits(per_second=1)
    async with post.database.transaction() as tx:
        for chat in (ADVISER, OTHER):
            await messages.want(
                tx, [messages.wish(Reader("house", chat, "nb", leaves_house=False), CARD, View((Line("x"),)), 0)]
            )
    post.sender.wake.set()
    await post.settled()
    assert min(times[1:]) - times[0] >= 1.0


@pytest.mark.parametrize(
    "answer", [LOST, BROKEN_OFF, refusal(502, "Bad Gateway"), refusal(500, "Internal Server Error"), (200, b"<html>")]
)
async def test_a_send_of_unknown_outcome_is_counted_and_repeated(post: Post, answer: Any) -> None:
    post.wire.script = [answer]
    await post.want("one")
    await post.settled()
    assert post.wire.told() == [("sendMessage", "one")] * 2
    assert await post.rows() == [{**SHOWN, "doubts": 1}]
    assert post.sender.doubts == 1


@pytest.mark.parametrize("result", ["a word", [], {}, None, 7, {"message_id": "x"}])
async def test_an_answer_of_the_wrong_kind_is_an_unknown_outcome_and_no_end(post: Post, result: Any) -> None:
    post.wire.script = [(200, result)]
    await post.want("one")
    await post.settled()
    assert post.wire.told()[-1] == ("sendMessage", "one")
    await post.want("two", OTHER)
    await post.settled()


async def test_what_was_never_sent_is_sent_later_without_doubt(post: Post) -> None:
    post.wire.script = [NEVER_SENT, NEVER_SENT, NEVER_SENT]
    await post.want("one")
    await post.settled()
    assert post.wire.told() == [("sendMessage", "one")] * 4
    assert (await post.rows(), post.sender.doubts) == ([SHOWN], 0)


@pytest.mark.parametrize("answer", [LOST, BROKEN_OFF, refusal(502, "Bad Gateway"), NEVER_SENT])
async def test_an_edit_or_a_deletion_can_be_repeated_without_doubt(post: Post, answer: Any) -> None:
    await post.want("one")
    await post.settled()
    for text in ("two", None):
        post.wire.script = [answer]
        await post.want(text)
        await post.settled()
    methods = [method for method, _ in post.wire.told()]
    assert methods == ["sendMessage", *["editMessageText"] * 2, *["deleteMessage"] * 2]
    assert post.sender.doubts == 0
