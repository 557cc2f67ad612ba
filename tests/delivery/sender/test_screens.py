"""What is personal reaches a kiosk by an edit alone, and whatever goes wrong, a neutral message comes first."""

import pytest

from bot.delivery.sending.carrying import PLACEHOLDER
from bot.domain.chat.messages import SCREEN
from tests.delivery.network import BROKEN_OFF, LOST, Call, refusal
from tests.delivery.sender.post import FIXED, KIOSK, Post


async def test_a_kiosks_screen_carries_no_document(post: Post) -> None:
    with pytest.raises(ValueError, match="carries no document"):
        await post.hand(b"%PDF 1", chat=KIOSK, key=SCREEN)


# A kiosk
async def test_what_is_personal_reaches_a_kiosk_only_by_an_edit(post: Post) -> None:
    await post.want("Mine samtaler", KIOSK, SCREEN)
    await post.settled()
    assert post.wire.calls == [
        Call("sendMessage", KIOSK, None, PLACEHOLDER),
        Call("editMessageText", KIOSK, 1, "Mine samtaler"),
    ]


async def test_a_kiosk_whose_message_is_gone_gets_a_neutral_one_first(post: Post) -> None:
    await post.want("Hei!", KIOSK, SCREEN, neutral=True)
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: message to edit not found")]
    await post.want("Mine samtaler", KIOSK, SCREEN)
    await post.settled()
    assert post.wire.told() == [
        ("sendMessage", "Hei!"),
        ("editMessageText", "Mine samtaler"),
        ("sendMessage", PLACEHOLDER),
        ("editMessageText", "Mine samtaler"),
    ]


async def test_a_lost_answer_to_a_kiosks_first_message_leaves_nothing_personal_behind(post: Post) -> None:
    post.wire.script = [LOST, BROKEN_OFF]
    await post.want("Mine samtaler", KIOSK, SCREEN)
    await post.settled()
    assert [text for method, text in post.wire.told() if method == "sendMessage"] == [PLACEHOLDER] * 3


async def test_a_kiosks_screen_that_cannot_be_changed_begins_with_a_neutral_one(post: Post) -> None:
    await post.want("Hei!", KIOSK, SCREEN, neutral=True)
    await post.settled()
    post.wire.script = [FIXED]
    await post.want("Mine samtaler", KIOSK, SCREEN)
    await post.settled()
    sent = [text for method, text in post.wire.told() if method == "sendMessage"]
    assert (sent, post.wire.told()[-1]) in [
        (["Hei!", PLACEHOLDER], ("editMessageText", "Mine samtaler")),
        (["Hei!", PLACEHOLDER], ("deleteMessage", None)),
    ]
