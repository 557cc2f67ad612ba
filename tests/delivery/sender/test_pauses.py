"""What fails comes last in its chat: however much that is, nothing that has not been tried waits for it."""

from bot.domain.chat.messages import LANE_TAP, Line, Reader, View
from bot.store import messages
from tests.delivery.network import refusal
from tests.delivery.sender.post import ADVISER, Post

MANY = 30
BAD, GOOD = [f"bad {number}" for number in range(MANY)], "good"


async def test_however_much_fails_in_a_chat_each_is_tried_once_before_any_is_tried_again(post: Post) -> None:
    post.wire.answers = lambda call: refusal(500, "Internal Server Error") if call.text in BAD else None
    reader = Reader("house", ADVISER, "nb", leaves_house=False)
    async with post.database.transaction() as tx:
        for text in (*BAD, GOOD):
            await messages.want(tx, [messages.wish(reader, f"slip:{text}", View((Line(text),)), LANE_TAP)])
    post.sender.wake.set()
    await post.until(post.has_sent(GOOD))
    assert [text for _method, text in post.wire.told()][: MANY + 1] == [*BAD, GOOD]
