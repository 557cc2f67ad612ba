"""A walk through every screen of the kiosk that a person can reach: no dead end, no wall of words, no odd language."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from tests.catalogues import spoken
from tests.hub.whole_hub import Device, Message, WholeHub, whole_hub

DEPTH = {"nb": 4, "en": 4}
LABEL_LENGTH = 40
BACK = {
    "nb": ("⬅️ Tilbake", "✖️ Avbryt", "Nei, behold den", "🔒 Ferdig"),
    "en": ("⬅️ Back", "✖️ Stop", "No, keep it", "🔒 Finish"),
}
FINISH = {"nb": "🔒 Ferdig", "en": "🔒 Finish"}
WELCOME = {"nb": "Hei! Her kan du be om en samtale.", "en": "Hi! Here you can ask for a talk."}
PLACE = re.compile(r"\\\{\w+\\\}")


@cache
def untranslated(language: str) -> re.Pattern[str]:
    """Match whole lines in the other language: in nb the source's sentences, in en the Norwegian ones."""
    pairs = [(each.id, str(each.string)) for each in spoken("nb") if isinstance(each.id, str)]
    wrong = [(source if language == "nb" else nb) for source, nb in pairs if source != nb and len(source) > 3]
    places = [PLACE.sub(".+", re.escape(sentence)) for sentence in wrong]
    return re.compile(rf"\A(?:{'|'.join(places)})\Z")


def buttons_of(screen: Message) -> list[dict[str, str]]:
    return [button for row in screen["buttons"] for button in row]


def kind_of(screen: Message) -> str:
    """Name a screen by what its buttons do; numbers, tokens and topics make no other screen."""
    return " ".join(sorted({re.sub(r"pad:.+|[0-9]+", "#", button["data"]) for button in buttons_of(screen)}))


@dataclass
class Walk:
    """Goes from screen to screen by pressing, each kind of screen once, and notes what is wrong with any."""

    hub: WholeHub
    kiosk: Device
    language: str
    signed_in: bool
    seen: set[str] = field(default_factory=set)
    pressed: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    async def screen(self) -> Message:
        await self.hub.settled()
        messages = await self.kiosk.messages()
        if len(messages) != 1:
            self.faults.append(f"{len(messages)} messages in the chat")
        return messages[0]

    async def press(self, data: str) -> Message:
        await self.kiosk.press_raw((await self.screen())["id"], data)
        return await self.screen()

    async def from_here(self, door: str) -> None:
        """Look at the screen behind this door, then at whatever its buttons lead to, the nearest first."""
        paths = deque([[door]])
        while paths:
            path = paths.popleft()
            screen = await self.walk_to(path)
            self.look_at(screen, path)
            self.pressed.add(path[-1].partition(":")[0])
            if kind_of(screen) not in self.seen:
                self.seen.add(kind_of(screen))
                further = [[*path, button["data"]] for button in self.worth_pressing(screen)]
                paths.extend(further if len(path) <= DEPTH[self.language] else [])

    async def walk_to(self, path: list[str]) -> Message:
        screen = await self.press(path[0])
        for data in path[1:]:
            screen = await self.press(self.now_called(screen, data))
        return screen

    def now_called(self, screen: Message, data: str) -> str:
        """Find the button again: its step has moved on since."""
        same = [one["data"] for one in buttons_of(screen) if without_numbers(one["data"]) == without_numbers(data)]
        return data if data in same or not same else same[0]

    def worth_pressing(self, screen: Message) -> Iterator[dict[str, str]]:
        for button in buttons_of(screen):
            leaves = button["data"] == "finish" or button["data"].startswith(("unit:", "language:"))
            if not leaves and not button["data"].startswith("pad:"):
                yield button

    def look_at(self, screen: Message, path: list[str]) -> None:
        lines, labels = screen["text"].splitlines(), [button["text"] for button in buttons_of(screen)]
        where = " → ".join(path)
        home = screen["text"].startswith(WELCOME[self.language])
        if not home and not any(label.startswith(BACK[self.language]) for label in labels):
            self.faults.append(f"{where}: no way back from {lines}")
        if self.signed_in and FINISH[self.language] not in labels:
            self.faults.append(f"{where}: no way to finish at {lines}")
        self.faults += [f"{where}: {label!r} has {len(label)}" for label in labels if len(label) > LABEL_LENGTH]
        self.faults += [f"{where}: an empty line or button" for text in [*lines, *labels] if not text.strip()]
        wrong = untranslated(self.language)
        self.faults += [f"{where}: {text!r} is no {self.language}" for text in [*lines, *labels] if wrong.match(text)]
        self.faults += [f"{where}: {text!r} is unfinished" for text in [*lines, *labels] if re.search(r"[{}]", text)]


def without_numbers(data: str) -> str:
    return re.sub(r"[0-9]+", "#", data)


@pytest.mark.long
@pytest.mark.parametrize("language", ["nb", "en"])
async def test_every_screen_of_who_is_signed_in_has_a_way_back_and_a_way_out(tmp_path: Path, language: str) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A03", "2103")
        await kiosk.press("🌐 Norsk", of="Hvem vil du snakke med?")
        await kiosk.press({"nb": "Norsk", "en": "English"}[language], of="Velg språk")
        await kiosk.until(lambda each: "🔒" in str(each["buttons"]) and "ask:nav" in str(each["buttons"]), "home")
        walk = Walk(hub, kiosk, language, signed_in=True)
        await walk.from_here("home")
        walk.seen = {kind for kind in walk.seen if "slip:" not in kind}
        await walk.from_here("mine")  # now there are slips to look at
        assert walk.faults == []
        assert walk.pressed >= {"about", "any_time", "anyone", "ask", "home", "mine", "send", "slip"}
        assert walk.pressed >= {"back", "here", "more", "resume", "rights", "times", "topic", "wish", "withdraw"}


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_every_screen_of_who_is_not_signed_in_has_a_way_back(tmp_path: Path, language: str) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.press({"nb": "Norsk", "en": "English"}[language])
        await kiosk.shows(WELCOME[language])
        walk = Walk(hub, kiosk, language, signed_in=False)
        for door in ("here", "urgent", "unit:A"):
            await walk.from_here(door)
        assert walk.faults == []
        assert walk.pressed >= {"about", "erase", "here", "rights", "start", "unit", "urgent"}
