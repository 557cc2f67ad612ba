"""Commands are taken as people type them: in any case, with spaces, with our own name, and on one line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.codes import ALPHABET
from bot.usecases.chat import desks
from handlers.tables import PROMPTS
from tests.hub.announcing import at_the_desk_of
from tests.hub.whole_hub import Device, WholeHub, whole_hub

NOT_UNDERSTOOD = "Det forsto jeg ikke."
UNKNOWN = "Denne kommandoen kjenner jeg ikke. /meny viser startsiden din, /hjelp forklarer."
NEW_CHAT = 951
WHOSE = "SELECT person FROM accounts WHERE chat_id = :chat"


async def answered(hub: WholeHub, who: str, text: str) -> str:
    """Type something as one of the staff, and return the words of what came of it."""
    await hub.settled()
    before = {each["id"] for each in await hub[who].messages()}
    await hub[who].say(text)
    new = await hub[who].until(lambda each: each["id"] not in before and each["sender"] == "bot", "an answer")
    return str(new["text"])


async def joins(hub: WholeHub, how: str, retyped: Callable[[str], str] = str) -> Device:
    """Join from a new chat with a command in which CODE stands for a code of N1's, as it was retyped."""
    await hub["N1"].say("/kode")
    code = (await hub["N1"].shows("/start "))["text"].partition("/start ")[2].splitlines()[0]
    assert hub.running.house is not None
    await hub.running.house.open_chat(NEW_CHAT, f"chat {NEW_CHAT}", "staff")
    new = Device(hub.http, NEW_CHAT, house=hub.running.house)
    await new.say(how.replace("CODE", retyped(code)))
    return new


async def test_a_command_is_known_in_any_case_with_spaces_and_with_our_name(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for text in ("/idag", "/IDAG", "/Idag  ", "/idag@samtalelapp_bot", "/today@Samtalelapp_Bot ", "/TODAY\u00a0"):
            assert "onsdag 13. januar" in await answered(hub, "N1", text), text


async def test_a_command_for_another_bot_or_on_two_lines_is_not_ours(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        for text in ("/idag@other_bot", "/idag@", "/idagen", "/idag i morgen", " /ukjent", "/", "\u00a0/idag\nnå"):
            assert await answered(hub, "N1", text) == UNKNOWN, text
        assert NOT_UNDERSTOOD in await answered(hub, "N1", "x /idag")


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


@pytest.mark.parametrize("how", ["/start@other_bot CODE", "/start\nCODE", "start CODE"])
async def test_a_code_joins_nobody_by_what_is_not_its_command(tmp_path: Path, how: str) -> None:
    async with whole_hub(tmp_path) as hub:
        new = await joins(hub, how)
        await hub.settled()
        assert "Velkommen" not in await new.everything()
        assert await hub.rows("SELECT * FROM accounts WHERE chat_id = :chat", chat=NEW_CHAT) == []


RETYPED: dict[str, Callable[[str], str]] = {
    "in small letters": str.lower,
    "without dashes": lambda code: code.replace("-", ""),
    "with spaces": lambda code: code.replace("-", " "),
    "with other dashes": lambda code: code.replace("-", " \u2013 ").lower(),
    "on two lines": lambda code: code.replace("-", "\n", 1),
    "letter by letter, with a full stop": lambda code: f"{' '.join(code.replace('-', ''))}.",
}


@pytest.mark.parametrize("how", list(RETYPED))
async def test_a_code_joins_however_people_retype_it(tmp_path: Path, how: str) -> None:
    async with whole_hub(tmp_path) as hub:
        await (await joins(hub, "/start CODE", RETYPED[how])).shows("Velkommen!")
        assert [row["person"] for row in await hub.rows(WHOSE, chat=NEW_CHAT)] == ["N1"]


async def test_a_code_with_one_other_letter_joins_nobody(tmp_path: Path) -> None:
    def other(code: str) -> str:
        return f"{code[:-1]}{ALPHABET[ALPHABET.index(code[-1]) - 1]}"

    async with whole_hub(tmp_path) as hub:
        await (await joins(hub, "/start CODE", other)).shows("Jeg kjenner ikke denne koden.")
        assert await hub.rows(WHOSE, chat=NEW_CHAT) == []


@pytest.mark.parametrize("task", list(PROMPTS))
async def test_an_unknown_command_is_never_what_a_task_asks_for_and_the_task_stays(tmp_path: Path, task: str) -> None:
    async with whole_hub(tmp_path) as hub:
        async with at_the_desk_of(hub.running) as context:
            begun = await desks.begin(context.turn, task, at="name")
        for text in ("/ukjent", " /idag i morgen", "/avbryt@samtalelapp_bot"):
            assert await answered(hub, "TK1", text) == UNKNOWN
        async with at_the_desk_of(hub.running) as context:
            assert await desks.mine(context.turn) == begun


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
