"""Chats come to look like the rows, whatever the network answers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.limits import Limits
from bot.delivery.sender import Sender
from bot.delivery.sending import pauses
from bot.delivery.sending.carrying import PLACEHOLDER
from bot.domain.chat.accounts import Away
from bot.domain.chat.messages import LANE_BROADCAST, SCREEN, Button, Document, Line, Reader, View
from bot.domain.people import Person, Role
from bot.store import accounts, clearing, messages, people, showing
from bot.store import chats as chat_rows
from bot.store.database import Database
from tests.delivery.network import BROKEN_OFF, LOST, NEVER_SENT, Answer, Call, ScriptedWire, network_of, refusal
from tests.hub.real_turns import StillClock

KIOSK, ADVISER, OTHER = 101, 201, 202
CARD = "slip:FJ-1"
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.01)


@dataclass
class Post:
    """A database, a wire, and the sender between them."""

    database: Database
    wire: ScriptedWire
    sender: Sender

    async def want(self, text: str | None, chat: int = ADVISER, key: str = CARD, *, neutral: bool = False) -> None:
        view = View((Line(text),), ((Button("OK", "ok"),),), neutral) if text is not None else None
        async with self.database.transaction() as tx:
            await messages.want(tx, [messages.wish(Reader("house", chat, "nb", leaves_house=False), key, view, 0)])
        self.sender.wake.set()

    async def hand(self, content: bytes, text: str = "paper", chat: int = ADVISER, key: str = CARD) -> None:
        view = View((Line(text),), ((Button("OK", "ok"),),), document=Document("paper.pdf", content.decode()))
        async with self.database.transaction() as tx:
            reader = Reader("house", chat, "nb", leaves_house=False)
            await messages.want(tx, [messages.wish(reader, key, view, 0, f"stamp of {content!r}")])
        self.sender.wake.set()

    async def rows(self, columns: str = "shown = revision AS shown, doubts, fault") -> list[dict[str, Any]]:
        async with self.database.transaction() as tx:
            return [dict(row) for row in await tx.rows(f"SELECT {columns} FROM messages ORDER BY id")]

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await true():  # noqa: ASYNC110  what is waited for happens in rows
                await asyncio.sleep(0.002)

    async def settled(self) -> None:
        async def quiet() -> bool:
            open_ones = "SELECT id FROM messages WHERE shown <> revision AND fault IS NULL"
            async with self.database.transaction() as tx:
                return not await tx.rows(open_ones)

        await self.until(quiet)

    def has_sent(self, text: str) -> Callable[[], Awaitable[bool]]:
        async def so() -> bool:
            return ("sendMessage", text) in self.wire.told()

        return so

    async def logged(self) -> list[tuple[str, str]]:
        async with self.database.transaction() as tx:
            return [(row["action"], row["about"]) for row in await tx.rows("SELECT * FROM audit ORDER BY id")]

    async def called(self, times: int) -> None:
        async def so_often() -> bool:
            return len(self.wire.calls) >= times

        await self.until(so_often)


@asynccontextmanager
async def running(sender: Sender) -> AsyncIterator[None]:
    task = asyncio.create_task(sender.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with await Database.create(tmp_path / "hub.db") as database:
        wire = ScriptedWire()
        sender = Sender(network_of(wire), database, StillClock(), draw=str.encode)
        async with running(sender):
            yield Post(database, wire, sender)


SHOWN = {"shown": 1, "doubts": 0, "fault": None}


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


# A document

NO_RECIPE = {"recipe": None}
GONE_TO_EDIT = refusal(400, "Bad Request: message to edit not found")
NOT_MODIFIED = refusal(400, "Bad Request: message is not modified")


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


# What a network may answer


@pytest.mark.filterwarnings("ignore:.*retry_after")  # the chat library trips over its own deprecation
async def test_too_many_requests_are_obeyed_by_every_chat(post: Post) -> None:
    times: list[float] = []
    post.wire.before = lambda _call: times.append(asyncio.get_running_loop().time())
    post.wire.script = [refusal(429, "Too Many Requests: retry after 1", retry_after=1)]
    await post.want("one")
    await post.called(1)
    await asyncio.sleep(0.05)
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


async def belongs_to_somebody(post: Post, *chats: int) -> None:
    async with post.database.transaction() as tx:
        for chat in chats:
            await people.add_person(tx, Person(f"X{chat}", Role.PROVIDER, "Noen", "nb"))
            await chat_rows.link_person(tx, "house", chat, f"X{chat}")


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
    assert (await unreachable(post), await due(post)) == ([ADVISER], ["unreachable", "knock"])
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
    assert (await unreachable(post), await due(post)) == ([], [])


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
    assert set(await due(post)) == {"unreachable", "knock", "reachable"}


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


async def test_a_message_that_was_refused_is_tried_again_when_it_changes(post: Post) -> None:
    post.wire.script = [refusal(403, "Forbidden: bot was blocked by the user")]
    for text in ("one", "two"):
        await post.want(text)
        await post.settled()
    assert (post.wire.told(), await post.rows()) == ([("sendMessage", "one"), ("sendMessage", "two")], [SHOWN])


async def test_not_modified_is_success(post: Post) -> None:
    await post.want("one")
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: message is not modified")]
    await post.want("two")
    await post.settled()
    assert (len(post.wire.calls), await post.rows()) == (2, [SHOWN])


async def test_what_is_not_there_to_be_deleted_is_let_go(post: Post) -> None:
    await post.want("one")
    await post.settled()
    post.wire.script = [refusal(400, "Bad Request: message to delete not found")]
    await post.want(None)
    await post.settled()
    assert (len(post.wire.calls), await post.rows()) == (2, [])


FIXED = refusal(400, "Bad Request: message can't be edited")
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
    await asyncio.sleep(1)
    assert await post.rows() == [{"shown": 1, "doubts": 0, "fault": None}]
