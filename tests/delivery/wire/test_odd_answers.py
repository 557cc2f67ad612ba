"""Whatever answers: it is told in words of ours, nothing of it is kept, nothing ends, and all is well afterwards."""

import json
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import RetryAfter, TelegramError

from bot.delivery.networks import Network
from bot.delivery.wire import answers, bot_api
from bot.delivery.wire.troubles import NotUnderstood, TurnedAway, in_words, silence_of
from tests.botapi.breaking import NO_ANSWERS, ODD, Breaking, breaking, elsewhere, faithful, raw
from tests.botapi.server import TOKEN, BotApi, listening
from tests.delivery.outside import EVERY_METHOD, GONE, HELP, NEW, OLD, PAPER, SECRET, WORDS, Outside, outside
from tests.runs import own_loop
from tests.watches.hushed import sings

pytestmark = [
    pytest.mark.usefixtures("soon"),
    pytest.mark.filterwarnings("ignore:.*retry_after"),  # the chat library trips over its own deprecation
]

MARKUP = '{"inline_keyboard": [[{"text": "CANARYbutton", "callback_data": "CANARYdata"}]]}'
Ask = Callable[[Network], Awaitable[Any]]
ASKS: dict[str, Ask] = {
    "getMe": lambda network: network.connect(),
    "getUpdates": lambda network: network.updates(None),
    "sendMessage": lambda network: network.call("sendMessage", chat_id=NEW, text=WORDS, reply_markup=MARKUP),
    "editMessageText": lambda network: network.call("editMessageText", chat_id=NEW, message_id=1, text=WORDS),
    "editMessageCaption": lambda network: network.call("editMessageCaption", chat_id=NEW, message_id=1, caption=WORDS),
    "deleteMessage": lambda network: network.call("deleteMessage", chat_id=NEW, message_id=1),
    "answerCallbackQuery": lambda network: network.call("answerCallbackQuery", callback_query_id="1", text=WORDS),
    "setMyCommands": lambda network: network.call("setMyCommands", commands=HELP),
    "deleteMyCommands": lambda network: network.call("deleteMyCommands"),
    "sendDocument": lambda network: network.send_document(NEW, WORDS, MARKUP, "CANARYname.pdf", b"CANARYcontent"),
}


A_WHILE = 1
"""How long silence lasts at most in these tests (``soon``), also where nothing is said of it."""


@pytest.fixture
async def behind() -> AsyncIterator[tuple[Breaking, Network]]:
    server = BotApi()
    server.says(NEW, WORDS)
    async with server.served() as upstream, breaking(upstream) as (proxy, address):
        network = bot_api.over_http("telegram", address, TOKEN)
        yield proxy, network
        await network.disconnect()


def tells(error: BaseException) -> str:
    """Return everything that an error could tell anybody, with what it came from."""
    return "".join([str(error), repr(error), *traceback.format_exception(error)])


async def trouble_of(ask: Ask, network: Network) -> Exception | None:
    try:
        await ask(network)
    except TelegramError as error:
        return error
    return None


@pytest.mark.parametrize("kind", ODD)
async def test_an_odd_answer_is_told_in_words_of_ours_and_quotes_nobody(
    behind: tuple[Breaking, Network], kind: str, told: pytest.LogCaptureFixture
) -> None:
    proxy, network = behind
    proxy.breaks = ODD[kind]
    found = {name: await trouble_of(ask, network) for name, ask in ASKS.items()}
    known = [error for error in found.values() if error]
    assert len(proxy.broken) == len(ASKS)
    assert [text for error in known for text in (tells(error), in_words(error)) if sings(text)] == []
    assert not sings(told.text)
    assert told.records, "nobody listens"


@pytest.mark.parametrize("kind", [kind for kind in ODD if kind.startswith("too many")])
async def test_too_much_was_not_sent_whatever_is_asked_for_with_it_and_lasts_an_hour_at_most(
    behind: tuple[Breaking, Network], kind: str
) -> None:
    proxy, network = behind
    proxy.breaks = ODD[kind]
    found = {name: await trouble_of(ask, network) for name, ask in ASKS.items()}
    silences = {name: silence_of(error) if isinstance(error, RetryAfter) else error for name, error in found.items()}
    assert silences == dict.fromkeys(ASKS, A_WHILE)


@pytest.mark.parametrize("kind", NO_ANSWERS)
async def test_what_no_server_would_answer_is_not_understood_whatever_was_asked(
    behind: tuple[Breaking, Network], kind: str
) -> None:
    proxy, network = behind
    proxy.breaks = NO_ANSWERS[kind]
    assert {name: type(await trouble_of(ask, network)) for name, ask in ASKS.items()} == dict.fromkeys(
        ASKS, NotUnderstood
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed_with_anybodys_words(behind: tuple[Breaking, Network], status: int) -> None:
    proxy, network = behind
    came: list[str] = []

    async def hear(request: Any) -> Any:
        came.append(await request.text())
        return await ODD["HTML with 200"](request)

    async with listening(hear, "/{path:.*}") as other:
        proxy.breaks = elsewhere(status, other)
        found = {name: await trouble_of(ask, network) for name, ask in ASKS.items()}
    assert {name: type(error) for name, error in found.items()} == dict.fromkeys(ASKS, TurnedAway)
    assert (came, in_words(found["getMe"] or Exception())) == (
        [],
        f"its address sends elsewhere, where nothing is sent ({status})",
    )


async def everything_is_wanted(hub: Outside) -> None:
    """Let one of each kind of call be due: something new, a change, something gone, a paper, a menu, an update."""
    await hub.want(WORDS, NEW)
    await hub.want(f"{WORDS}, otherwise", OLD)
    await hub.want(None, GONE)
    await hub.want(WORDS, PAPER, document=b"CANARYcontent")
    await hub.want_menu(HELP, NEW)
    hub.server.says(NEW, WORDS)


CALLED = EVERY_METHOD - {"getme", "answercallbackquery"}


@pytest.mark.parametrize("kind", ODD)
async def test_an_odd_answer_ends_nothing_and_when_it_is_over_all_is_shown(
    tmp_path: Path, kind: str, told: pytest.LogCaptureFixture
) -> None:
    async with outside(tmp_path) as hub:
        await hub.want(WORDS, OLD)
        await hub.want(WORDS, GONE)
        await hub.settled()
        hub.proxy.breaks = ODD[kind]
        await everything_is_wanted(hub)

        async def all_were_broken() -> bool:
            return set(hub.proxy.broken) >= ({"getupdates"} if "too many" in kind else CALLED - {"setmycommands"})

        await hub.until(all_were_broken)
        hub.proxy.let_through()
        await hub.settled()

        async def all_has_come() -> bool:
            return bool(await hub.rows("SELECT id FROM inbox"))

        await hub.until(all_has_come)
        faults = [row["fault"] for row in await hub.rows("SELECT fault FROM messages UNION SELECT fault FROM menus")]
        assert (hub.ended, hub.server.unheard) == ([], [])
        if "quotes" not in kind and kind != "a chat that has moved" and "refused" not in kind:
            assert (hub.server.shown(OLD), hub.server.shown(GONE), faults) == ([f"{WORDS}, otherwise"], [], [None])
            assert {*hub.server.shown(NEW), *hub.server.shown(PAPER)} == {WORDS}
    assert not sings(str(faults))
    assert not sings(told.text)
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", [*NO_ANSWERS, "HTML with 502", "reset", "cut"])
async def test_a_network_that_does_not_say_who_it_is_is_asked_again(tmp_path: Path, kind: str) -> None:
    async with outside(tmp_path, breaks=ODD[kind]) as hub:

        async def asked_thrice() -> bool:
            return hub.proxy.broken.count("getme") >= 3

        await hub.until(asked_thrice)
        hub.proxy.let_through()
        hub.server.says(NEW, WORDS)

        async def has_come() -> bool:
            return bool(await hub.rows("SELECT id FROM inbox"))

        await hub.until(has_come)
        assert (hub.ended, hub.network.epoch) == ([], TOKEN.partition(":")[0])


# ── any answer there could be ──

NAMES = (
    *("ok", "result", "update_id", "message_id", "date", "chat", "id", "type", "parameters", "retry_after", "username"),
    *("description", "first_name", "is_bot", "message", "error_code", "document", "reply_markup"),
)
KEYS = st.sampled_from(NAMES)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(KEYS, inside, max_size=5),
    max_leaves=12,
)
ANSWERS = st.builds(
    lambda wrapped, value, status: (json.dumps({"ok": status < 400, "result": value} if wrapped else value), status),
    st.booleans(),
    VALUES,
    st.sampled_from([200, 200, 200, 201, 400, 401, 403, 404, 409, 429, 500]),
)


@given(ANSWERS, st.sampled_from(sorted(ASKS)))
@settings(max_examples=300, deadline=None)
def test_any_answer_is_read_or_refused_by_name(answer: tuple[str, int], method: str) -> None:
    body, status = answer
    try:
        read = answers.read(method, status, body.encode())
    except (NotUnderstood, TurnedAway):
        return
    assert isinstance(json.loads(read)["ok"], bool)


async def survives(folder: Path, given_answers: list[tuple[str, int]]) -> list[str]:
    left = list(given_answers)

    async def whatever(asked: Any) -> Any:
        return await (raw(*left.pop()) if left else faithful)(asked)

    async with outside(folder, breaks=whatever) as hub:
        await everything_is_wanted(hub)

        async def all_were_given() -> bool:
            return not left and bool(await hub.rows("SELECT id FROM inbox"))

        await hub.until(all_were_given)
        await hub.settled()
        return hub.ended


@pytest.mark.long
@given(st.lists(ANSWERS, min_size=1, max_size=12))
@settings(max_examples=12, deadline=None)
def test_no_row_of_answers_ends_a_part(given_answers: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        assert own_loop.run(survives(Path(folder), given_answers)) == []
