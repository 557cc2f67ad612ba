"""A document is sent once, its recipe is kept no longer, and one that nobody wants any more leaves nothing."""

import asyncio
from typing import Any

import pytest

from bot.domain.chat.messages import Line, Reader, View
from bot.store import clearing, showing
from tests.delivery.network import BROKEN_OFF, LOST, NEVER_SENT, Call, refusal
from tests.delivery.sender.post import ADVISER, CARD, GONE_TO_EDIT, OTHER, SHOWN, Post
from tests.hub.real_turns import StillClock

# A document
NO_RECIPE = {"recipe": None}


async def test_a_document_is_sent_once_and_its_recipe_is_kept_no_longer(post: Post) -> None:
    for _ in range(2):
        await post.hand(b"%PDF 1")
        await post.settled()
    assert post.wire.calls == [Call("sendDocument", ADVISER, None, "paper", b"%PDF 1")]
    assert (await post.rows(), await post.rows("recipe")) == ([SHOWN], [NO_RECIPE])


async def test_what_stands_beside_a_document_changes_in_place(post: Post) -> None:
    for text in ("one", "two"):
        await post.hand(b"%PDF 1", text)
        await post.settled()
    assert post.wire.calls[1:] == [Call("editMessageCaption", ADVISER, 1, "two")]
    assert await post.rows("recipe") == [NO_RECIPE]


async def test_a_document_that_the_chat_has_is_not_kept_again_where_new_words_are_refused(post: Post) -> None:
    await post.hand(b"%PDF 1", "one")
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: chat not found")]
    await post.hand(b"%PDF 1", "two")
    await post.settled()
    assert await post.rows("recipe, fault") == [{"recipe": None, "fault": "Chat not found"}]


async def test_another_document_takes_the_place_of_the_first(post: Post) -> None:
    for content in (b"%PDF 1", b"%PDF 2"):
        await post.hand(content)
        await post.settled()
    assert post.wire.calls[1:] == [
        Call("deleteMessage", ADVISER, 1, None),
        Call("sendDocument", ADVISER, None, "paper", b"%PDF 2"),
    ]
    assert (await post.rows(), await post.rows("recipe")) == ([SHOWN], [NO_RECIPE])


async def test_words_become_a_document_and_a_document_becomes_words_by_being_sent_anew(post: Post) -> None:
    await post.want("words")
    await post.settled()
    await post.hand(b"%PDF 1")
    await post.settled()
    await post.want("words")
    await post.settled()
    methods = ["sendMessage", "deleteMessage", "sendDocument", "deleteMessage", "sendMessage"]
    assert [method for method, _ in post.wire.told()] == methods
    assert await post.rows() == [SHOWN]


async def test_a_document_that_is_no_longer_wanted_leaves_nothing(post: Post) -> None:
    await post.hand(b"%PDF 1")
    await post.settled()
    await post.want(None)
    await post.settled()
    assert (post.wire.told()[-1][0], await post.rows()) == ("deleteMessage", [])


async def test_a_document_that_was_taken_back_before_it_was_sent_keeps_no_recipe_and_is_never_sent(post: Post) -> None:
    post.wire.script = [refusal(403, "Forbidden: bot was blocked by the user")]
    await post.hand(b"%PDF 1")
    await post.settled()
    await post.want(None)
    await post.settled()
    assert ([method for method, _ in post.wire.told()], await post.rows()) == (["sendDocument"], [])


@pytest.mark.parametrize(
    ("answer", "doubts"),
    [(NEVER_SENT, 0), (LOST, 1), (BROKEN_OFF, 1), (refusal(502, "Bad Gateway"), 1), ((200, b"<html>"), 1)],
)
async def test_a_document_is_sent_again_as_words_are(post: Post, answer: Any, doubts: int) -> None:
    post.wire.script = [answer]
    await post.hand(b"%PDF 1")
    await post.settled()
    assert post.wire.calls == [Call("sendDocument", ADVISER, None, "paper", b"%PDF 1")] * 2
    assert (await post.rows(), await post.rows("recipe")) == ([{**SHOWN, "doubts": doubts}], [NO_RECIPE])


@pytest.mark.parametrize("result", ["a word", [], {}, None, 7, {"message_id": 1, "date": 10**30, "chat": {"id": 1}}])
async def test_a_wrong_answer_to_a_document_is_an_unknown_outcome_and_no_end(post: Post, result: Any) -> None:
    post.wire.script = [(200, result)]
    await post.hand(b"%PDF 1")
    await post.settled()
    assert await post.rows() == [{**SHOWN, "doubts": 1}]


async def test_a_document_that_somebody_deleted_is_let_go(post: Post) -> None:
    await post.hand(b"%PDF 1")
    await post.settled()
    post.wire.script = [GONE_TO_EDIT]
    await post.hand(b"%PDF 1", "other words")
    await post.settled()
    assert ([method for method, _ in post.wire.told()], await post.rows()) == (
        ["sendDocument", "editMessageCaption"],
        [],
    )


async def test_the_place_of_a_document_that_somebody_deleted_is_free_for_another(post: Post) -> None:
    await post.hand(b"%PDF 1")
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: message to delete not found")]
    await post.hand(b"%PDF 2")
    await post.settled()
    assert post.wire.calls[-1] == Call("sendDocument", ADVISER, None, "paper", b"%PDF 2")
    assert await post.rows() == [SHOWN]


async def test_another_document_that_is_wanted_while_the_first_is_sent_follows_it(post: Post) -> None:
    post.wire.held = asyncio.Event()
    await post.hand(b"%PDF 1")
    await post.called(1)
    await post.hand(b"%PDF 2")
    await post.hand(b"%PDF 1")
    await post.hand(b"%PDF 2")
    post.wire.held.set()
    await post.settled()
    assert [call.document for call in post.wire.calls] == [b"%PDF 1", None, b"%PDF 2"]
    assert (await post.rows(), await post.rows("recipe")) == ([SHOWN], [NO_RECIPE])


async def test_on_a_network_that_starts_afresh_sent_documents_are_gone_and_unsent_ones_wait(post: Post) -> None:
    await post.hand(b"%PDF 1")
    await post.settled()
    post.wire.script = [refusal(403, "Forbidden: bot was blocked by the user")]
    await post.hand(b"%PDF 2", chat=OTHER)
    await post.settled()
    async with post.database.transaction() as tx:
        await showing.forget_shown(tx, "house")
    post.sender.wake.set()
    await post.settled()
    assert [(call.chat_id, call.document) for call in post.wire.calls[2:]] == [(OTHER, b"%PDF 2")]
    assert await post.rows() == [SHOWN]


async def test_a_document_that_is_moved_down_is_taken_away_above(post: Post) -> None:
    await post.hand(b"%PDF 1")
    await post.settled()
    async with post.database.transaction() as tx:
        reader = Reader("house", ADVISER, "nb", leaves_house=False)
        await clearing.move_down(tx, reader, CARD, View((Line("see below"),)), StillClock().now())
    await post.hand(b"%PDF 1")
    await post.settled()
    assert [method for method, _ in post.wire.told()] == ["sendDocument", "deleteMessage", "sendDocument"]
    assert await post.rows() == [SHOWN]
