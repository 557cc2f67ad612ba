"""Killed at any step, no file tells a number with its PIN, a one-time code, or what was pressed for either."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from bot.config import Settings
from tests.crash.lives import APART, TOPOLOGIES, Life, life
from tests.crash.visitors import KIOSK, STAFF_CHATS, WELCOME
from tests.hub.whole_hub import Device, Message, data_of
from tests.proving import PROVE

A17, PIN, NEW = "A17", "2117", "7391"
OFFICER, COORDINATOR, ADVISER, OTHER = (STAFF_CHATS[each] for each in ("KB-A2", "TK1", "N1", "G1"))
DIGITS = range(7) if PROVE else (2, 5, 6)
"""After how many digits of number and PIN everything is killed."""

SPOKEN = "[34679ACDEFGHJKMNPQRTVWXY]{4}"
TELLTALES = [
    re.compile(each.encode())
    for each in (
        r"pad:[A-Za-z0-9_-]{4}",
        "Nummer: ",
        "Kode: ",
        "○",
        "●",
        r"\\u25c[bf]",
        "%PDF",
        r'\["(?:pin_letter|invitation)"',
        r"/start(?:@\w+)? +[A-Za-z0-9_-]{22}(?![\w-])",
        "Kode til A17: ",
        rf"-(?<=\b{SPOKEN}-){SPOKEN}-{SPOKEN}\b",
    )
]
"""What an attacker would make a PIN or a code of: presses, the pad's words and dots, papers, and codes as written.

Each begins with a letter that it must have, and is looked for alone: so a file is read through as fast as can be.
"""


def told_by_files(folder: Path, *codes: str) -> list[tuple[str, bytes]]:
    """Whatever gives something away in any file, the logs of databases as well; the key file has no names."""
    secrets = [*TELLTALES, *(re.compile(re.escape(code.encode())) for code in codes)]
    files = [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return [(name, found[0]) for name, said in files for secret in secrets for found in secret.finditer(said)]


@dataclass
class Watched:
    """Somebody who presses and types while an attacker looks into all files after each step."""

    life: Life
    folder: Path
    codes: list[str] = field(default_factory=list)

    def look(self) -> None:
        assert told_by_files(self.folder, *self.codes) == []

    async def after(self, step: Awaitable[object], shown: Callable[[], Awaitable[Message]]) -> Message:
        """Look when the step is answered, and again when something is shown for it."""
        await step
        self.look()
        message = await shown()
        self.look()
        return message

    async def enter(self, kiosk: Device, digits: str, then: Callable[[int], str]) -> None:
        for nth, digit in enumerate(digits, 1):
            pad = await kiosk.until(lambda each: bool(data_of(each, "Slett")), "a pad")
            await self.after(kiosk.press_raw(pad["id"], data_of(pad, digit)[0]), partial(kiosk.shows, then(nth)))


def dots(n: int) -> str:
    return "Kode: " + "●" * n + "○" * (4 - n)


def signing_in(n: int) -> str:
    """What the pad says after so many digits of number and PIN."""
    return f"Nummer: {A17[: n + 1]:○<3}" if n < 2 else dots(n - 2)


@pytest.mark.parametrize("topology", TOPOLOGIES)
@pytest.mark.parametrize("digits", DIGITS)
async def test_killed_at_any_digit_no_file_tells_a_number_with_its_pin_and_the_kiosk_begins_anew(
    settings: Settings, tmp_path: Path, topology: str, digits: int
) -> None:
    async with life(settings, topology, tmp_path / "house.db") as first:
        kiosk, watched = first.device(KIOSK), Watched(first, tmp_path)
        await kiosk.press("Avdeling A")
        await kiosk.shows("Nummer: A○○")
        entered = (A17[1:] + PIN)[:digits]
        await watched.enter(kiosk, entered, lambda n: signing_in(n) if n < 6 else "Hvem vil du snakke med?")
    assert told_by_files(tmp_path) == []
    async with life(settings, topology, tmp_path / "house.db") as second:
        [message] = await second.device(KIOSK).messages()
        assert WELCOME in message["text"]
        waiting = await second.rows("SELECT id FROM inbox WHERE state <> 'done'")
        assert waiting == []
    assert told_by_files(tmp_path) == []


@pytest.mark.parametrize("topology", TOPOLOGIES)
async def test_no_file_tells_an_officers_code_nor_the_pin_that_is_made_with_it(
    settings: Settings, tmp_path: Path, topology: str
) -> None:
    async with life(settings, topology, tmp_path / "house.db") as living:
        watched, kiosk, officer = Watched(living, tmp_path), living.device(KIOSK), living.device(OFFICER)
        await officer.say("/start")
        await officer.press("Hjelp med kode")
        await officer.press(A17, of="Hvem trenger en ny kode?")
        given = await watched.after(officer.press("Ja, gi en kode"), lambda: officer.shows(f"Kode til {A17}: "))
        code = given["text"].partition(f"{A17}: ")[2][:4]
        await kiosk.press("Avdeling A")
        await watched.enter(kiosk, A17[1:] + code, lambda n: signing_in(n) if n < 6 else "Lag din egen kode")
        await watched.enter(kiosk, NEW, lambda n: dots(n % 4))
        await kiosk.shows("Trykk den nye koden en gang til")
        await watched.enter(kiosk, NEW, lambda n: dots(n) if n < 4 else "Hvem vil du snakke med?")
        await officer.until(lambda each: "Kode til" not in each["text"], "the code gone")
    assert told_by_files(tmp_path) == []


@pytest.mark.parametrize("topology", TOPOLOGIES)
async def test_no_file_tells_a_code_that_is_shown_printed_or_typed(
    settings: Settings, tmp_path: Path, topology: str
) -> None:
    async with life(settings, topology, tmp_path / "house.db") as living:
        watched, adviser, other = Watched(living, tmp_path), living.device(ADVISER), living.device(OTHER)
        shown = await watched.after(adviser.say("/kode"), lambda: adviser.shows("/start "))
        watched.codes.append(shown["text"].partition("/start ")[2].split()[0])
        await watched.after(nothing(), lambda: adviser.shows("Koden på papir"))
        await watched.after(other.say(f"Se her:\n{shown['text']}"), other_messages(other))
        await watched.after(other.say(f"/START@samtalelapp_bot  {watched.codes[0]}"), other_messages(other))
        await watched.after(adviser.say(f"/start {watched.codes[0]}"), lambda: adviser.shows("Velkommen"))
        coordinator = living.device(COORDINATOR)
        await coordinator.say("/start")
        await coordinator.press("Kiosker, nettlesere")
        code = await watched.after(
            coordinator.press("Kode til K-A"), lambda: coordinator.shows("Nettleserkode til K-A")
        )
        letter = coordinator.press_raw(code["id"], f"letter:{A17}")
        await watched.after(letter, lambda: coordinator.until(lambda each: bool(each["documents"]), "a letter"))
    assert told_by_files(tmp_path, *watched.codes) == []
    async with life(settings, topology, tmp_path / "house.db") as second:
        for chat in (ADVISER, COORDINATOR):
            messages = await second.device(chat).messages()
            assert [each for each in messages if each["documents"] or "Nettleserkode" in each["text"]] == []


async def nothing() -> None:
    """Wait for what comes by itself."""


def other_messages(device: Device) -> Callable[[], Awaitable[Message]]:
    return lambda: device.until(lambda each: each["sender"] == "bot", "an answer")


async def test_where_the_house_lives_on_a_half_entered_pin_is_lost_with_the_hub_alone(
    settings: Settings, tmp_path: Path
) -> None:
    async with life(settings, APART, tmp_path / "house.db") as living:
        kiosk = living.device(KIOSK)
        await kiosk.press("Avdeling A")
        pad = await kiosk.shows("Nummer: A○○")
        for digit in "17":
            await kiosk.press_raw(pad["id"], data_of(pad, digit)[0])
        await living.start_again()
        [message] = await kiosk.messages()
        assert WELCOME in message["text"]
        assert await living.rows("SELECT id FROM inbox WHERE state <> 'done'") == []
        assert told_by_files(tmp_path) == []
