"""While something is under way it is wanted otherwise: the answer to the old is no answer to the new."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.sender import Sender
from bot.delivery.sending import pauses
from bot.delivery.wire import answers
from bot.domain.chat.messages import SCREEN
from bot.store.database import Database
from tests.delivery.network import BROKEN_OFF, LOST, NEVER_SENT, Answer, ScriptedWire, network_of, refusal
from tests.delivery.sender.post import ADVISER, CARD, KIOSK, SHOWN, Post, running
from tests.hub.real_turns import StillClock

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after")  # the chat library trips over its own deprecation

HOME, WELCOME = "home of somebody", "welcome"
TOO_LONG = refusal(400, "Bad Request: message is too long")
UNKNOWN = refusal(400, "Bad Request: something else")
BLOCKED = refusal(403, "Forbidden: bot was blocked by the user")
NO_EDIT = refusal(400, "Bad Request: message can't be edited")
NO_DELETION = refusal(400, "Bad Request: message can't be deleted")
FOR_GOOD = [TOO_LONG, UNKNOWN, BLOCKED, refusal(400, "Bad Request: chat not found")]
FOR_NOW = [
    LOST,
    BROKEN_OFF,
    NEVER_SENT,
    refusal(401, "Unauthorized"),
    refusal(403, "something on the way"),
    refusal(429, "Too Many Requests"),
    refusal(500, "Internal Server Error"),
    (502, b"<html>"),
]
OF_AN_EDIT = [
    NO_EDIT,
    refusal(400, "Bad Request: message to edit not found"),
    refusal(400, "Bad Request: message is not modified"),
]


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(answers, "SOME_SILENCE", 1)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire = ScriptedWire()
        sender = Sender(network_of(wire), database, StillClock(), draw=str.encode)
        async with running(sender):
            yield Post(database, wire, sender)


async def hold(post: Post, *answers: Answer) -> asyncio.Event:
    """Let what comes next be under way until the event is set, and be answered so."""
    await post.settled()
    post.wire.held = asyncio.Event()
    post.wire.script = list(answers)
    return post.wire.held


async def shows(post: Post, text: str) -> None:
    """Wait until nothing more is tried, and see that this went out last and stands in the rows."""
    await post.settled()
    said = [words for method, words in post.wire.told() if method != "deleteMessage"]
    assert (said[-1], await post.rows()) == (text, [SHOWN])


@pytest.mark.parametrize("answer", [*FOR_GOOD, *FOR_NOW, *OF_AN_EDIT])
async def test_a_kiosk_is_wiped_whatever_the_page_before_was_answered(post: Post, answer: Answer) -> None:
    await post.want("first", KIOSK, SCREEN, neutral=True)
    before = await hold(post, answer)
    await post.want(HOME, KIOSK, SCREEN)
    await post.called(2)
    await post.want(WELCOME, KIOSK, SCREEN, neutral=True)
    before.set()
    await shows(post, WELCOME)


@pytest.mark.parametrize("answer", [*FOR_GOOD, *FOR_NOW, *OF_AN_EDIT])
async def test_a_card_that_has_changed_is_shown_whatever_the_card_before_was_answered(
    post: Post, answer: Answer
) -> None:
    await post.want("one")
    before = await hold(post, answer)
    await post.want("two")
    await post.called(2)
    await post.want("three")
    before.set()
    await shows(post, "three")


@pytest.mark.parametrize("answer", FOR_GOOD)
async def test_a_new_card_that_has_changed_is_sent_whatever_it_was_answered_before(post: Post, answer: Answer) -> None:
    before = await hold(post, answer)
    await post.want("one")
    await post.called(1)
    await post.want("two")
    before.set()
    await shows(post, "two")


@pytest.mark.parametrize("answer", [*FOR_GOOD, *FOR_NOW, *OF_AN_EDIT])
async def test_a_card_that_is_taken_back_goes_whatever_its_change_was_answered(post: Post, answer: Answer) -> None:
    await post.want("one")
    before = await hold(post, answer)
    await post.want("two")
    await post.called(2)
    await post.want(None)
    before.set()
    await post.settled()
    assert [method for method, _ in post.wire.told()].count("deleteMessage") <= 1
    assert await post.rows() == []


async def test_a_card_that_is_wanted_after_all_is_not_given_up(post: Post) -> None:
    await post.want("one")
    before = await hold(post, NO_DELETION, NO_EDIT)
    await post.want(None)
    await post.called(2)
    await post.want("again")
    before.set()
    await shows(post, "again")
    assert (await post.logged(), post.wire.told()[-1]) == ([], ("editMessageText", "again"))


async def test_what_is_refused_for_good_and_has_not_changed_stays_set_aside(post: Post) -> None:
    await post.want("one")
    before = await hold(post, TOO_LONG)
    await post.want("two", ADVISER, CARD)
    before.set()
    await post.settled()
    [row] = await post.rows("fault, shown, revision, sending")
    assert row == {"fault": "Message is too long", "shown": 1, "revision": 2, "sending": 0}
