"""Commands are taken as people type them: in any case, with spaces, with our own name, and on one line."""

from pathlib import Path

import pytest

from tests.whole_hub import Device, WholeHub, whole_hub

NOT_UNDERSTOOD = "Det forsto jeg ikke."
NEW_CHAT = 951


async def says_today(hub: WholeHub, text: str) -> str:
    """Type something as an adviser, and return the words of what came of it."""
    await hub.settled()
    before = {each["id"] for each in await hub["N1"].messages()}
    await hub["N1"].say(text)
    new = await hub["N1"].until(lambda each: each["id"] not in before and each["sender"] == "bot", "an answer")
    return str(new["text"])


async def joins(hub: WholeHub, how: str, chat: int = NEW_CHAT) -> Device:
    """Join from a new chat with a command in which CODE stands for a code of N1's."""
    await hub["N1"].say("/kode")
    code = (await hub["N1"].shows("/start "))["text"].partition("/start ")[2].split()[0]
    assert hub.running.house is not None
    await hub.running.house.open_chat(chat, f"chat {chat}", "staff")
    new = Device(hub.http, chat)
    await new.say(how.replace("CODE", code))
    return new


async def test_a_command_is_known_in_any_case_with_spaces_and_with_our_name(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for text in ("/idag", "/IDAG", "/Idag  ", "/idag@samtalelapp_bot", "/today@Samtalelapp_Bot ", "/TODAY\u00a0"):
            assert "onsdag 13. januar" in await says_today(hub, text), text


async def test_a_command_for_another_bot_or_on_two_lines_is_not_ours(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for text in ("/idag@other_bot", "/idag@", "/idagen", "/idag i morgen", "/start\nidag", "x /idag"):
            assert NOT_UNDERSTOOD in await says_today(hub, text), text


@pytest.mark.parametrize(
    "how",
    [
        "/start  CODE",
        "/START CODE ",
        "/start@samtalelapp_bot CODE",
        "/start@SAMTALELAPP_BOT \u00a0CODE",
        "/start\tCODE",
    ],
)
async def test_a_code_joins_however_its_command_is_written(tmp_path: Path, how: str) -> None:
    async with whole_hub(tmp_path) as hub:
        await (await joins(hub, how)).shows("Velkommen!")


@pytest.mark.parametrize("how", ["/start@other_bot CODE", "/start\nCODE", "/start CO DE"])
async def test_a_code_joins_nobody_by_what_is_not_its_command(tmp_path: Path, how: str) -> None:
    async with whole_hub(tmp_path) as hub:
        new = await joins(hub, how)
        await hub.settled()
        assert "Velkommen" not in await new.everything()
        assert await hub.rows("SELECT * FROM accounts WHERE chat_id = :chat", chat=NEW_CHAT) == []


async def test_a_command_in_the_middle_of_a_task_is_no_text_of_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        tk1 = hub["TK1"]
        await tk1.say("/start")
        await tk1.press("📣 Oppslag")
        for label in ("Nytt oppslag", "Fjordheim", "Vanlig"):
            await tk1.press(label)
        await tk1.shows("Skriv teksten på dette språket: norsk")
        await tk1.say("/IDAG@samtalelapp_bot ")
        await tk1.shows("☀️ I dag, onsdag 13. januar")
        await hub.settled()
        drafts = [row["draft"] for row in await hub.rows("SELECT draft FROM desks")]
        assert "IDAG" not in str(drafts).upper()
