"""The house between the bot and the page: presses, times, blocks, polls and what is written down."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.bot_api.calls import answer
from bot.gateway.chats import BotApiError, NotAllowed, NotThere, UploadedFile
from bot.gateway.house import House
from bot.gateway.journal import JournalFault
from tests.gateway.conftest import KIOSK, START, StillClock

NOW = int(START.timestamp())
USER = {"id": KIOSK, "is_bot": False, "first_name": "Kiosk A"}
CHAT = {"id": KIOSK, "type": "private", "first_name": "Kiosk A"}
MARKUP = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}


async def send(house: House, text: str = "Hei", **more: Any) -> int:
    sent = await answer(house, "sendMessage", {"chat_id": KIOSK, "text": text, **more})
    return int(sent["message_id"])


async def poll(house: House, **params: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await answer(house, "getUpdates", params)
    return found


async def refusal(house: House, method: str, **params: Any) -> tuple[int, str]:
    with pytest.raises(BotApiError) as caught:
        await answer(house, method, params)
    return caught.value.code, caught.value.description


async def pressed(house: House) -> str:
    """The id of a fresh press."""
    await house.press(KIOSK, await send(house), "yes")
    return str((await poll(house))[-1]["callback_query"]["id"])


async def test_a_press_reaches_the_bot_with_the_message_it_was_made_on(house: House) -> None:
    number = await send(house, reply_markup=MARKUP)
    await house.press(KIOSK, number, "forged")
    [update] = await poll(house)
    message = {"message_id": number, "from": house.me(), "chat": CHAT, "date": NOW, "text": "Hei"}
    assert update == {
        "update_id": update["update_id"],
        "callback_query": {
            "id": update["callback_query"]["id"],
            "from": USER,
            "message": message | {"reply_markup": MARKUP},
            "chat_instance": str(KIOSK),
            "data": "forged",
        },
    }


async def test_what_is_said_stands_in_the_chat_and_reaches_the_bot(house: House) -> None:
    await house.say(KIOSK, " Hei ")
    [update] = await poll(house)
    assert update["message"] == {"message_id": 1, "from": USER, "chat": CHAT, "date": NOW, "text": "Hei"}
    said = {"id": 1, "sender": "user", "text": "Hei", "date": NOW, "buttons": [], "documents": []}
    named = {"id": KIOSK, "title": "Kiosk A", "kind": "kiosk"}
    assert house.chat(KIOSK) == {**named, "messages": [said], "alert": None, "commands": []}


async def test_parameters_may_come_as_json_in_strings(house: House) -> None:
    given = {"chat_id": str(KIOSK), "text": "Hei", "reply_markup": '{"inline_keyboard":[[{"text":"Ja","url":"u"}]]}'}
    sent = await answer(house, "SENDMESSAGE", given)
    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "Ja", "url": "u"}]]}


@pytest.mark.parametrize(
    ("method", "params", "expected"),
    [
        ("sendPhoto", {}, (404, "Not Found: method not found")),
        (
            "sendMessage",
            {"chat_id": KIOSK, "text": "Hei", "parse_mode": "HTML"},
            (400, "Bad Request: unknown parameter parse_mode; known here: chat_id, text, reply_markup, passing, face"),
        ),
        ("getMe", {"x": 1}, (400, "Bad Request: unknown parameter x; known here: none")),
        ("sendMessage", {"text": "Hei"}, (400, "Bad Request: chat_id is empty")),
        ("sendMessage", {"chat_id": "@kiosk", "text": "Hei"}, (400, "Bad Request: chat not found")),
        ("sendMessage", {"chat_id": KIOSK, "text": "\ud800"}, (400, "Bad Request: strings must be encoded in UTF-8")),
        ("deleteMessage", {"chat_id": KIOSK}, (400, "Bad Request: message identifier is not specified")),
        (
            "deleteMessages",
            {"chat_id": KIOSK, "message_ids": "[1,"},
            (400, "Bad Request: can't parse a parameter as JSON"),
        ),
        ("sendDocument", {"chat_id": KIOSK}, (400, "Bad Request: there is no document in the request")),
        ("getFile", {"file_id": "gone"}, (400, "Bad Request: invalid file_id")),
    ],
)
async def test_what_the_house_does_not_know_is_an_error(
    house: House, method: str, params: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert await refusal(house, method, **params) == expected


async def test_an_offset_confirms_everything_below_it(house: House) -> None:
    for text in ("en", "to", "tre"):
        await house.say(KIOSK, text)
    first, second, third = await poll(house)
    assert await poll(house, offset=second["update_id"]) == [second, third]
    assert await poll(house) == [second, third]
    assert first["update_id"] + 2 == second["update_id"] + 1 == third["update_id"]


async def test_a_negative_offset_drops_all_but_the_last(house: House) -> None:
    for text in ("en", "to", "tre"):
        await house.say(KIOSK, text)
    everything = await poll(house)
    assert await poll(house, offset=-2) == everything[1:]
    assert await poll(house) == everything[1:]


async def test_an_offset_far_in_the_future_confirms_nothing(house: House) -> None:
    await house.say(KIOSK, "en")
    everything = await poll(house)
    assert await poll(house, offset=everything[0]["update_id"] + 1000) == everything


@pytest.mark.parametrize(("limit", "count"), [(-5, 1), (0, 1), (3, 3), (1000, 100)])
async def test_a_limit_is_brought_between_1_and_100(house: House, limit: int, count: int) -> None:
    await asyncio.gather(*(house.say(KIOSK, "Hei") for _ in range(101)))
    assert len(await poll(house, limit=limit)) == count


async def test_a_waiting_poll_gets_what_arrives(house: House) -> None:
    waiting = asyncio.create_task(poll(house, timeout=30))
    await asyncio.sleep(0)
    await house.say(KIOSK, "Hei")
    assert [update["message"]["text"] for update in await waiting] == ["Hei"]


async def test_a_waiting_poll_ends_when_the_house_stops(house: House) -> None:
    waiting = asyncio.create_task(poll(house, timeout=30))
    await asyncio.sleep(0)
    house.stop()
    assert await waiting == []
    assert (await refusal(house, "getUpdates"))[0] == 500


async def test_dropping_pending_updates_drops_them(house: House) -> None:
    await house.say(KIOSK, "Hei")
    assert (await answer(house, "getWebhookInfo", {}))["pending_update_count"] == 1
    await answer(house, "deleteWebhook", {"drop_pending_updates": True})
    assert await poll(house) == []


async def test_a_raw_update_is_queued_as_it_stands(house: House) -> None:
    await house.receive({"update_id": 5, "message": {"photo": "nonsense"}})
    assert await poll(house) == [{"update_id": 5, "message": {"photo": "nonsense"}}]


async def test_a_press_can_be_answered_once(house: House) -> None:
    query = await pressed(house)
    given = {"callback_query_id": query, "text": "Takk", "show_alert": True}
    assert await answer(house, "answerCallbackQuery", given) is True
    alert = house.chat(KIOSK)["alert"]
    assert alert == {"id": alert["id"], "text": "Takk", "show_alert": True}
    assert (await refusal(house, "answerCallbackQuery", **given))[1].startswith("Bad Request: query is too old")


async def test_a_press_can_be_answered_for_a_quarter_of_an_hour(house: House, clock: StillClock) -> None:
    query = await pressed(house)
    clock.move(timedelta(minutes=15, seconds=1))
    assert (await refusal(house, "answerCallbackQuery", callback_query_id=query))[0] == 400


async def test_an_alert_has_at_most_200_characters(house: House) -> None:
    query = await pressed(house)
    too_long = await refusal(house, "answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert too_long == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await answer(house, "answerCallbackQuery", {"callback_query_id": query, "text": "x" * 200}) is True


async def test_the_next_press_takes_the_alert_away(house: House) -> None:
    query = await pressed(house)
    await answer(house, "answerCallbackQuery", {"callback_query_id": query, "text": "Takk"})
    await pressed(house)
    assert house.chat(KIOSK)["alert"] is None


async def test_messages_can_be_edited_and_deleted_for_ever(house: House, clock: StillClock) -> None:
    old = await send(house)
    clock.move(timedelta(hours=48, seconds=1))
    new = await send(house)
    edited = await answer(house, "editMessageText", {"chat_id": KIOSK, "message_id": old, "text": "Ny"})
    assert (edited["text"], edited["edit_date"]) == ("Ny", NOW + 48 * 3600 + 1)
    assert [message["id"] for message in house.chat(KIOSK)["messages"]] == [old, new]
    assert await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": old}) is True
    assert [message["id"] for message in house.chat(KIOSK)["messages"]] == [new]


async def test_the_users_messages_can_be_deleted_and_not_edited(house: House) -> None:
    await house.say(KIOSK, "Hei")
    edit = await refusal(house, "editMessageText", chat_id=KIOSK, message_id=1, text="Hå")
    assert edit == (400, "Bad Request: message can't be edited")
    assert await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": 1}) is True
    assert house.chat(KIOSK)["messages"] == []


async def test_a_blocked_bot_cannot_send_but_can_edit(house: House) -> None:
    number = await send(house)
    house.block(KIOSK)
    blocked = await refusal(house, "sendMessage", chat_id=KIOSK, text="Hei")
    assert blocked == (403, "Forbidden: bot was blocked by the user")
    await answer(house, "editMessageText", {"chat_id": KIOSK, "message_id": number, "text": "Ny"})
    house.block(KIOSK, blocked=False)
    assert await send(house) == number + 1


async def test_an_edit_that_comes_after_a_deletion_brings_nothing_back(house: House) -> None:
    number = await send(house)
    deletion = answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": number})
    edit = refusal(house, "editMessageText", chat_id=KIOSK, message_id=number, text="Ny")
    deleted, refused = await asyncio.gather(deletion, edit)
    assert (deleted, refused) == (True, (400, "Bad Request: message to edit not found"))
    assert house.chat(KIOSK)["messages"] == []


async def test_a_document_goes_with_its_message(house: House) -> None:
    files = {"document": UploadedFile("lapp.pdf", b"%PDF")}
    sent = await answer(house, "sendDocument", {"chat_id": KIOSK}, files)
    file_id = sent["document"]["file_id"]
    assert house.document(file_id) == files["document"]
    await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": sent["message_id"]})
    with pytest.raises(NotThere):
        house.document(file_id)


@pytest.mark.parametrize(("data", "error"), [("", NotAllowed), ("ø" * 33, NotAllowed), ("\ud800", NotAllowed)])
async def test_a_press_carries_1_to_64_bytes(house: House, data: str, error: type[Exception]) -> None:
    number = await send(house)
    with pytest.raises(error):
        await house.press(KIOSK, number, data)


async def test_fifty_presses_at_once_cost_one_commit(house: House) -> None:
    number = await send(house)
    before = house.journal.commits
    await asyncio.gather(*(house.press(KIOSK, number, f"press:{index}") for index in range(50)))
    assert house.journal.commits - before == 1
    updates = await poll(house)
    assert [update["callback_query"]["data"] for update in updates] == [f"press:{index}" for index in range(50)]


async def test_one_bad_write_does_not_take_its_neighbours_along(house: House) -> None:
    bad = house.journal.write(("INSERT INTO nowhere VALUES (1)", ()), then=lambda: None)
    found = await asyncio.gather(house.say(KIOSK, "før"), bad, house.say(KIOSK, "etter"), return_exceptions=True)
    assert [type(one) for one in found] == [type(None), JournalFault, type(None)]
    assert [message["text"] for message in house.chat(KIOSK)["messages"]] == ["før", "etter"]


async def test_a_cancelled_caller_leaves_memory_and_file_alike(house: House, tmp_path: Path, clock: StillClock) -> None:
    saying = asyncio.create_task(house.say(KIOSK, "Hei"))
    await asyncio.sleep(0)
    saying.cancel()
    await house.say(KIOSK, "Hå")
    before = house.chat(KIOSK)
    await house.close()
    again = await House.open(tmp_path / "house.db", clock.now)
    assert again.chat(KIOSK) == before
    await again.close()


async def test_everything_is_there_after_a_restart(house: House, tmp_path: Path, clock: StillClock) -> None:
    kept = await send(house, reply_markup=MARKUP)
    await answer(house, "sendDocument", {"chat_id": KIOSK}, {"document": UploadedFile("lapp.pdf", b"%PDF")})
    await house.press(KIOSK, kept, "yes")
    await answer(house, "editMessageText", {"chat_id": KIOSK, "message_id": kept, "text": "Ny"})
    await answer(house, "setMyCommands", {"commands": [{"command": "help", "description": "Hjelp"}]})
    gone = await send(house)
    await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": gone})
    before = (house.chats(), house.chat(KIOSK), await poll(house), house.token, house.epoch)
    await house.close()

    again = await House.open(tmp_path / "house.db", clock.now)
    assert (again.chats(), again.chat(KIOSK), await poll(again), again.token, again.epoch) == before
    assert await answer(again, "getMyCommands", {}) == [{"command": "help", "description": "Hjelp"}]
    query = before[2][0]["callback_query"]["id"]
    assert await answer(again, "answerCallbackQuery", {"callback_query_id": query}) is True
    assert await send(again) == gone + 1
    await again.close()


async def test_confirmed_updates_are_gone_from_the_file(house: House, tmp_path: Path, clock: StillClock) -> None:
    await house.say(KIOSK, "Hei")
    [update] = await poll(house)
    await poll(house, offset=update["update_id"] + 1)
    await house.close()
    again = await House.open(tmp_path / "house.db", clock.now)
    assert await poll(again) == []
    await again.say(KIOSK, "Hå")
    assert [one["update_id"] for one in await poll(again)] == [update["update_id"] + 1]
    await again.close()


async def test_what_was_deleted_is_nowhere_in_the_file(house: House, tmp_path: Path) -> None:
    number = await send(house, "canary-7f3a")
    await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": number})
    await house.close()
    assert [path.name for path in tmp_path.iterdir() if b"canary-7f3a" in path.read_bytes()] == []


async def test_a_new_file_is_a_new_bot(house: House, tmp_path: Path, clock: StillClock) -> None:
    other = await House.open(tmp_path / "other.db", clock.now, token="1:given")
    assert (other.token, other.epoch == house.epoch) == ("1:given", False)
    await other.close()


async def test_a_file_has_one_house(house: House, tmp_path: Path, clock: StillClock) -> None:
    with pytest.raises(JournalFault, match="in use by another process"):
        await House.open(tmp_path / "house.db", clock.now)


async def test_a_foreign_file_is_left_as_it_is(tmp_path: Path, clock: StillClock) -> None:
    path = tmp_path / "foreign.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(JournalFault, match="belongs to something else"):
        await House.open(path, clock.now)
    assert path.read_bytes() == before


async def test_a_damaged_file_is_said_in_a_sentence(tmp_path: Path, clock: StillClock) -> None:
    path = tmp_path / "house.db"
    await (await House.open(path, clock.now)).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(JournalFault, match=r"bring back a backup|not a usable file"):
        await House.open(path, clock.now)


async def test_a_slow_reader_is_told_to_load_anew(house: House) -> None:
    async with house.subscribe() as slow:
        for index in range(1000):
            house.publish("clock", {"index": index})
        kinds = [(await anext(slow)).kind for _ in range(2)]
    assert (kinds[0], kinds[1]) == ("reload", "clock")


async def test_readers_hear_what_happens_in_every_chat(house: House) -> None:
    await house.open_chat(8, "Vakt", "staff")
    async with house.subscribe() as reader:
        number = await send(house)
        await answer(house, "deleteMessage", {"chat_id": KIOSK, "message_id": number})
        await house.say(8, "Hei")
        await house.open_chat(8, "Vakt 2", "staff")
        heard = [await anext(reader) for _ in range(4)]
    assert [(event.kind, event.data.get("chat")) for event in heard] == [
        ("chat", KIOSK),
        ("deleted", KIOSK),
        ("chat", 8),
        ("chats", None),
    ]


async def test_a_menu_is_kept_told_to_the_page_and_gone_with_its_chat(house: House, tmp_path: Path) -> None:
    await house.open_chat(9, "N1", "staff")
    commands = [{"command": "idag", "description": "Dagens samtaler"}]
    async with house.subscribe() as reader:
        await answer(house, "setMyCommands", {"commands": commands, "scope": {"type": "chat", "chat_id": 9}})
        event = await anext(reader)
    assert (event.kind, event.data) == ("commands", {"chat": 9, "commands": commands})
    await house.close()
    again = await House.open(tmp_path / "house.db", lambda: START)
    assert (again.chat(9)["commands"], again.chat(KIOSK)["commands"]) == (commands, [])
    await again.close_chat(9)
    await again.open_chat(9, "N2", "staff")
    assert again.chat(9)["commands"] == []
    await again.close()


@pytest.mark.parametrize("scope", [{"type": "all_group_chats"}, {"type": "chat"}, {"type": "default", "chat_id": 9}])
async def test_a_scope_that_the_house_has_not_is_refused(house: House, scope: dict[str, object]) -> None:
    with pytest.raises(BotApiError):
        await answer(house, "setMyCommands", {"commands": [], "scope": scope})
