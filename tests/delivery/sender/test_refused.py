"""What a network refuses is let go, set aside, or comes anew, and nothing else waits for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.delivery.sending import pauses
from bot.delivery.sending.carrying import PLACEHOLDER
from bot.domain.chat.messages import LANE_BROADCAST, Line, Reader, View
from bot.store import clearing, messages
from tests.delivery.network import BROKEN_OFF, LOST, NEVER_SENT, Answer, Call, refusal
from tests.delivery.sender.post import ADVISER, CARD, FIXED, GONE_TO_EDIT, SHOWN, Post, belongs_to_somebody

NOT_MODIFIED = refusal(400, "Bad Request: message is not modified")


async def test_a_message_that_was_refused_is_tried_again_when_it_changes(post: Post) -> None:
    post.wire.script = [refusal(403, "Forbidden: bot was blocked by the user")]
    for text in ("one", "two"):
        await post.want(text)
        await post.settled()
    assert (post.wire.told(), await post.rows()) == ([("sendMessage", "one"), ("sendMessage", "two")], [SHOWN])


async def test_what_is_not_there_to_be_deleted_is_let_go(post: Post) -> None:
    await post.want("one")
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: message to delete not found")]
    await post.want(None)
    await post.settled()
    assert (len(post.wire.calls), await post.rows()) == (2, [])


TOO_OLD = refusal(400, "Bad Request: message can't be deleted for everyone")


@pytest.mark.parametrize("answer", [TOO_OLD, refusal(400, "Bad Request: MESSAGE_ID_INVALID")])
@pytest.mark.parametrize(("then", "left"), [([], 0), ([NOT_MODIFIED], 0), ([FIXED], 1), ([GONE_TO_EDIT], 0)])
async def test_what_cannot_be_deleted_says_nothing_any_more_and_else_is_given_up_and_counted(
    post: Post, answer: Answer, then: list[Answer], left: int
) -> None:
    await belongs_to_somebody(post, ADVISER)
    await post.want("one")
    await post.settled()
    post.wire.script = [answer, *then]
    await post.want(None)
    await post.settled()
    assert [method for method, _ in post.wire.told()] == ["sendMessage", "deleteMessage", "editMessageText"]
    assert post.wire.told()[-1] == ("editMessageText", PLACEHOLDER)
    assert (await post.rows(), await post.logged()) == ([], [("left_behind", f"X{ADVISER}")] * left)


async def test_a_document_that_cannot_be_deleted_is_made_to_say_nothing_by_its_caption(post: Post) -> None:
    await post.hand(b"%PDF 1")
    await post.settled()
    post.wire.script = [TOO_OLD]
    await post.want(None)
    await post.settled()
    assert post.wire.told()[-1] == ("editMessageCaption", PLACEHOLDER)


@pytest.mark.parametrize(
    "answer",
    [
        FIXED,
        refusal(400, "Bad Request: MESSAGE_ID_INVALID"),
        refusal(400, "Bad Request: there is no text in the message to edit"),
    ],
    ids=lambda answer: answer[1]["description"],
)
async def test_a_card_that_cannot_be_changed_is_sent_anew_and_the_old_one_taken_away(
    post: Post, answer: Answer
) -> None:
    await post.want("one")
    await post.settled()
    post.wire.script = [answer]
    await post.want("two")
    await post.settled()
    assert sorted(post.wire.calls[1:], key=lambda call: call.method) == [
        Call("deleteMessage", ADVISER, 1, None),
        Call("editMessageText", ADVISER, 1, "two"),
        Call("sendMessage", ADVISER, None, "two"),
    ]
    assert await post.rows("key, message_id, shown = revision AS shown, fault") == [
        {"key": CARD, "message_id": 2, "shown": 1, "fault": None}
    ]


async def test_an_old_page_that_cannot_say_where_the_new_one_is_is_no_message_of_its_own(post: Post) -> None:
    await post.want("one")
    await post.settled()
    post.wire.script = [FIXED]
    async with post.database.transaction() as tx:
        reader = Reader("house", ADVISER, "nb", leaves_house=True)
        later = post.sender.clock.now() + timedelta(days=3)
        await clearing.move_down(tx, reader, CARD, View((Line("see below"),)), later)
    post.sender.wake.set()
    await post.settled()
    assert (post.wire.told()[1:], await post.rows()) == ([("editMessageText", "see below")], [])


async def test_what_an_edit_may_not_say_is_set_aside_and_the_old_card_stays(post: Post) -> None:
    await post.want("one")
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: message is too long")]
    await post.want("two")
    await post.settled()
    assert await post.rows("message_id, fault") == [{"message_id": 1, "fault": "Message is too long"}]


# What fails for ever
def failing(*keys: str, answer: Answer) -> Callable[[Call], Answer | None]:
    """Say what a network answers that fails whatever is called for one message."""
    return lambda call: answer if call.method in keys or call.text in keys else None


@pytest.mark.parametrize(
    "answer",
    [
        refusal(500, "Internal Server Error"),
        (400, b"<html>no</html>"),
        (400, b"{}"),
        (200, b"<html>"),
        (403, b"<html>"),
        (404, b"<html>"),
        LOST,
        BROKEN_OFF,
        NEVER_SENT,
    ],
    ids=str,
)
@pytest.mark.parametrize("text", ["bad", None])
async def test_an_edit_or_a_deletion_that_fails_for_ever_steps_aside_and_the_others_go(
    post: Post, monkeypatch: pytest.MonkeyPatch, text: str | None, answer: Answer
) -> None:
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.2)
    await post.want("one", key="slip:FJ-0")
    await post.settled()
    post.wire.answers = failing("bad", "deleteMessage", answer=answer)
    await post.want(text, key="slip:FJ-0")
    for number in range(1, 6):
        await post.want(f"good {number}", key=f"slip:FJ-{number}")
    await post.until(post.has_sent("good 5"))
    post.wire.answers = lambda _call: None
    await post.settled()
    shown = [row for row in await post.rows("key, fault, shown = revision AS shown") if row["key"] == "slip:FJ-0"]
    assert shown == ([{"key": "slip:FJ-0", "fault": None, "shown": 1}] if text else [])


async def test_what_fails_for_ever_holds_up_no_broadcast_to_its_chat(post: Post) -> None:
    await post.want("one", key="slip:FJ-0")
    await post.settled()
    post.wire.answers = failing("bad", answer=refusal(500, "Internal Server Error"))
    await post.want("bad", key="slip:FJ-0")
    async with post.database.transaction() as tx:
        reader = Reader("house", ADVISER, "nb", leaves_house=False)
        await messages.want(tx, [messages.wish(reader, "notice:1", View((Line("news"),)), LANE_BROADCAST, once=True)])
    post.sender.wake.set()
    await post.until(post.has_sent("news"))


@pytest.mark.parametrize("answer", [(400, b"<html>no</html>"), (400, b"{}"), (400, b"null")])
async def test_a_new_card_that_something_on_the_way_refuses_is_sent_later(post: Post, answer: Answer) -> None:
    post.wire.script = [answer] * 3
    await post.want("one")
    await post.settled()
    assert (post.wire.told(), await post.rows("shown = revision AS shown, fault")) == (
        [("sendMessage", "one")] * 4,
        [{"shown": 1, "fault": None}],
    )


async def test_another_bad_request_is_noted_with_its_reason(post: Post) -> None:
    post.wire.script = [refusal(400, "Bad Request: chat not found")]
    await post.want("one")
    await post.settled()
    assert await post.rows("fault") == [{"fault": "Chat not found"}]
