"""Bad input gets a clear answer and changes nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.files import OPENS
from bot.gateway.bot_api.calls import answer
from tests.hub.whole_hub import Device, WholeHub, whole_hub, words_of

STRANGER = 950
HINT = "Her trykker du på knappene. Det som ble skrevet, er slettet."
UNKNOWN = "Hei! Jeg kjenner ikke denne kontoen ennå. Spør servicetorget om en kode, og skriv: /start KODE"
WELCOME = "Hei! Her kan du be om en samtale."
NONSENSE = [
    "x",
    "finish ",
    "mine\n",
    "MINE",
    "slip:",
    "slip:FJ-110\n",
    "slip:FJ-99999999999999999999",
    "withdraw:FJ-110:99999999999999999999",
    "home:999999999999",
    "send:-1",
    "send:1e9",
    "ask:" + "n" * 40,
    "ask:nav:nav",
    "unit:A' OR 1=1 --",
    "topic:nav:../../etc/passwd",
    "card:FJ-110; DROP TABLE slips",
    "set:FJ-110:{slot}:1",
    "🙂" * 16,
    "send:١",  # a digit, but none of ours
]


async def at_home(hub: WholeHub) -> Device:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].shows("Hvem vil du snakke med?")
    await hub.settled()
    return hub["K-A"]


def raw_message(chat: int, **content: Any) -> dict[str, Any]:
    """Return an update as Telegram would hand it over."""
    user = {"id": chat, "is_bot": False, "first_name": "Noen"}
    message = {"message_id": 800_000, "date": 1_800_000_000, "chat": {"id": chat, "type": "private"}, "from": user}
    return {"message": message | content}


async def receive(hub: WholeHub, update: dict[str, Any]) -> None:
    assert hub.running.house is not None
    await hub.running.house.receive(update)


async def only_the_screen_may_move(hub: WholeHub) -> dict[str, Any]:
    rows = await hub.domain()
    return {name: rows[name] for name in rows if name not in {"kiosk_sessions", "reminders"}}


@pytest.mark.parametrize("who", ["K-A", "N1"])
async def test_forged_presses_change_nothing(tmp_path: Path, who: str) -> None:
    async with whole_hub(tmp_path) as hub:
        device = await at_home(hub) if who == "K-A" else hub["N1"]
        await hub.settled()
        message, rows, before = (await device.messages())[0], await hub.domain(), await device.everything()
        for data in NONSENSE:
            await device.press_raw(message["id"], data)
        assert await device.alerted() == "Det forsto jeg ikke. Bruk gjerne knappene."
        await hub.settled()
        assert await hub.domain() == rows
        assert await device.everything() == before
        refused = await hub.rows("SELECT outcome FROM audit WHERE action = 'refused'")
        assert refused == [{"outcome": "NotUnderstood"}] * len(NONSENSE)


async def test_well_formed_presses_on_what_does_not_exist_change_nothing(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, adviser = await at_home(hub), hub["N1"]
        screen, card = (await kiosk.messages())[0], (await adviser.messages())[0]
        rows = await only_the_screen_may_move(hub)
        for data in ("slip:FJ-9999999", "withdraw:FJ-102:1", "again:FJ-101:2", "send:999999999", "home:99", "review"):
            await kiosk.press_raw(screen["id"], data)
        for data in ("about:nothing", "ask:nothing", "topic:nothing:x", "language:xx", "times:7", "wish:7:nav.N1.R1.1"):
            await kiosk.press_raw(screen["id"], data)
        for data in ("card:FJ-9999999", "times:FJ-9999999:1", "forward:FJ-110:nothing:2", "forward:FJ-110:helse:2"):
            await adviser.press_raw(card["id"], data)
        for slot in ("nav.N1.R1.9999999999", "nav.N1.R1.x", "gjeld.G1.R2.2701260800", "nav.N2.R1.2701141000", "..."):
            await adviser.press_raw(card["id"], f"set:FJ-110:{slot}:2")
        await hub.settled()
        assert await only_the_screen_may_move(hub) == rows
        assert await hub.rows("SELECT id FROM inbox WHERE state <> 'done'") == []


async def test_a_press_on_a_message_that_is_none_of_ours_changes_nothing(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        assert hub.running.house
        keyboard = {"inline_keyboard": [[{"text": "Sett tid", "callback_data": "times:FJ-110:2"}]]}
        message = {"chat_id": hub["N1"].chat, "text": "hei", "reply_markup": keyboard}
        said = await answer(hub.running.house, "sendMessage", message)
        await hub.settled()  # or else the card that is on its way has a button like it, and may be what was pressed
        rows = await hub.domain()
        await hub["N1"].press_raw(said["message_id"], "times:FJ-110:2")
        assert await hub["N1"].alerted() == "Dette er endret i mellomtiden. Nå ser du det nyeste."
        assert await hub.domain() == rows


@pytest.mark.parametrize("text", ["hei", "/idag", "/start en-kode", "/start", "4 7391", "x" * 4096])
async def test_what_is_typed_at_a_kiosk_is_deleted_with_a_neutral_hint(tmp_path: Path, text: str) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = await at_home(hub)
        rows = await only_the_screen_may_move(hub)
        await kiosk.say(text)
        await kiosk.shows(HINT, "Hvem vil du snakke med?")
        await hub.settled()
        assert [each["sender"] for each in await kiosk.messages()] == ["bot"]
        assert await only_the_screen_may_move(hub) == rows
        await kiosk.press("Ferdig")
        await kiosk.shows(WELCOME)
        await hub.settled()
        assert HINT not in await kiosk.everything()


@pytest.mark.parametrize(
    "content",
    [
        {"text": "x" * 5000},
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9}], "caption": "/start kode"},
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "width": 9,
                "height": 9,
                "type": "regular",
                "is_animated": False,
                "is_video": False,
            }
        },
        {"location": {"latitude": 59.9, "longitude": 10.7}},
        {"contact": {"phone_number": "12345678", "first_name": "Noen"}},
        {"text": "/start kode\n"},
    ],
    ids=["5000 characters", "photo", "sticker", "place", "contact", "newline"],
)
async def test_other_things_than_buttons_get_an_answer_and_change_nothing(
    tmp_path: Path, content: dict[str, Any]
) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk, adviser = hub["K-A"], hub["N1"]
        await kiosk.shows(WELCOME)
        await hub.settled()
        rows = await hub.domain()
        for device in (kiosk, adviser):
            await receive(hub, raw_message(device.chat, **content))
        is_command = content.get("text", "").startswith("/")
        await adviser.shows(
            "kommandoen kjenner jeg ikke" if is_command else "Det forsto jeg ikke. Bruk gjerne knappene."
        )
        await kiosk.shows(HINT, WELCOME)
        await hub.settled()
        assert await hub.domain() == rows
        assert await hub.rows("SELECT payload FROM inbox WHERE payload IS NOT NULL") == []


async def test_the_house_takes_no_message_over_4096_characters(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        answer = await hub["N1"].say("x" * 5000)
        assert (answer.status_code, answer.json()) == (400, {"error": "A message has 1 to 4096 characters."})


@pytest.mark.parametrize("text", ["/kode", "/idag", "/lapper", "/hjelp", "/start", "hei"])
async def test_an_account_that_nobody_knows_is_told_how_to_join(tmp_path: Path, text: str) -> None:
    async with whole_hub(tmp_path) as hub:
        assert hub.running.house is not None
        await hub.running.house.open_chat(STRANGER, "noen", "staff")
        rows, stranger = await hub.domain(), Device(hub.http, STRANGER, house=hub.running.house)
        await stranger.say(text)
        await stranger.shows(UNKNOWN)
        await hub.settled()
        assert [words_of(each) for each in await stranger.messages()] == [UNKNOWN]
        assert await hub.domain() == rows


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": "nothing"},
        {"message": {"message_id": 1}},
        {"message": {"message_id": "one", "date": "today", "chat": 7}},
        {"callback_query": {"id": "1", "from": {"id": 201}, "data": "home"}},
        {"callback_query": []},
        {"poll": {}},
        {"something_new": {"from": {"id": 201}}},
    ],
)
async def test_an_update_that_cannot_be_read_is_set_aside_and_the_next_one_works(
    tmp_path: Path, update: dict[str, Any]
) -> None:
    async with whole_hub(tmp_path) as hub:
        rows = await hub.domain()
        await receive(hub, update)
        await hub["N1"].say("/hjelp")
        await hub["N1"].shows("Hver lapp er én melding her.")
        await hub.settled()
        assert await hub.rows("SELECT state FROM inbox ORDER BY id") == [{"state": "quarantined"}, {"state": "done"}]
        assert await hub.domain() == rows


# ── one-time codes ────────────────────────────────────────────────────────────────────────────────────────────────────


async def a_code(hub: WholeHub) -> str:
    await hub["N1"].say("/kode")
    return str((await hub["N1"].shows("Den virker én gang"))["text"].partition("/start ")[2].split()[0])


async def newcomer(hub: WholeHub, chat: int = STRANGER) -> Device:
    assert hub.running.house is not None
    await hub.running.house.open_chat(chat, "noen", "staff")
    return Device(hub.http, chat, house=hub.running.house)


async def accounts(hub: WholeHub) -> list[tuple[int, str]]:
    rows = await hub.rows("SELECT chat_id, person FROM accounts WHERE chat_id >= 950 ORDER BY chat_id")
    return [(row["chat_id"], row["person"]) for row in rows]


async def test_a_code_works_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        first, second, code = await newcomer(hub), await newcomer(hub, STRANGER + 1), await a_code(hub)
        await first.say(f"/start {code}")
        await first.shows("Velkommen! Denne kontoen er koblet til servicetorget nå.")
        await first.shows("Ny samtalelapp FJ-110")
        await second.say(f"/start {code}")
        await second.shows("Denne koden er brukt allerede. Spør servicetorget om en ny.")
        await hub.settled()
        assert await accounts(hub) == [(STRANGER, "N1")]
        assert code not in await first.everything()


async def test_a_code_is_good_for_fifteen_minutes(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        device, code = await newcomer(hub), await a_code(hub)
        await hub.to(OPENS + timedelta(minutes=16))
        await device.say(f"/start {code}")
        await device.shows("Denne koden er eldre enn 15 minutter. Spør servicetorget om en ny.")
        assert await accounts(hub) == []


@pytest.mark.parametrize("code", ["feil", "' OR 1=1", "0" * 64, "x" * 65])
async def test_a_code_that_nobody_made_opens_nothing(tmp_path: Path, code: str) -> None:
    async with whole_hub(tmp_path) as hub:
        device = await newcomer(hub)
        await device.say(f"/start {code}")
        await device.until(lambda each: each["sender"] == "bot" and "kode" in each["text"], "what is wrong")
        assert await accounts(hub) == []


async def test_a_kiosk_cannot_use_a_code_and_does_not_spend_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        device, code = await newcomer(hub), await a_code(hub)
        await hub["K-A"].say(f"/start {code}")
        await hub["K-A"].shows(HINT, WELCOME)
        await hub.settled()
        assert code not in await hub["K-A"].everything()
        assert await hub.rows("SELECT kiosk FROM accounts WHERE chat_id = 101") == [{"kiosk": "K-A"}]
        await device.say(f"/start {code}")
        await device.shows("Velkommen!")
        await hub.settled()
        assert await accounts(hub) == [(STRANGER, "N1")]
