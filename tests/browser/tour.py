"""A walk through every role's pages, in one language: where each begins, and what each does most.

The hub's own chats are pressed by what the buttons send, so that the walk is the same in every language.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import languages
from bot.clock import MovableClock
from bot.config import Settings
from bot.demo.files import OPENS
from handlers.chat.words import Words
from tests.hub.whole_hub import Device, Message, WholeHub, new_hub, whole_hub

STARTS = {
    "provider": "N1",
    "social-adviser": "SK1",
    "officer": "KB-A2",
    "coordinator": "TK1",
    "duty-leader": "VL",
    "admin": "ADM",
    "auditor": "REV",
}
"""Who shows the start page of each role."""

KIOSK, ADVISER, OFFICER = "K-A", "N1", "KB-A2"
NUMBER, PIN = "A01", "2101"
THURSDAY, SESSION = "2027-01-14", "nav.N1.R1.2701140800"

Look = Callable[[str, str], Awaitable[None]]
"""Is given a page's name and the device that shows it now."""


@asynccontextmanager
async def hub_that_speaks(data: Path, language: str) -> AsyncIterator[WholeHub]:
    """Run a demo prison whose clock stands still, in which everybody reads this language."""
    await new_hub(data)
    described = Settings(data=data).hub
    written = described.read_text("utf-8")
    written = re.sub(r"(unit: \w+, language: )nb", rf"\g<1>{language}", written)
    if language in languages.with_catalogue(languages.STAFF):
        written = written.replace("language: nb", f"language: {language}")
    written = re.sub(r"(?m)^languages: \[.*\]", lambda known: with_language(known[0], language), written)
    described.write_text(written, "utf-8")
    async with whole_hub(data, clock=MovableClock(OPENS, lambda: OPENS)) as hub:
        yield hub


def with_language(line: str, language: str) -> str:
    """Add a language to a hub's own, whose words are then read where the hub has none in it."""
    return line if language in re.findall(r"\w+", line) else line.replace("]", f", {language}]")


@dataclass(frozen=True)
class Tour:
    """Leads through the pages of a hub; whoever looks is told of each page when it is there."""

    hub: WholeHub
    words: Words
    look: Look

    async def every_page(self) -> None:
        """Show every page, in an order in which each has something on it."""
        await self.look("inmate-welcome", KIOSK)
        for role, who in STARTS.items():
            await self.start(who)
            await self.look(f"{role}-start", who)
        await self.an_offer()
        await self.of_the_staff()
        await self.theme_nights()
        await self.an_officers_morning()

    async def start(self, who: str) -> None:
        await self.hub[who].say("/start")
        await self.hub.settled()

    async def sign_in(self, number: str, pin: str) -> None:
        await self.hub[KIOSK].sign_in(number, pin, unit=self.words("Unit {unit}", unit="").strip())
        await self.hub.settled()
        await self.go(KIOSK, "languages", f"language:{self.words.language}")

    async def open(self, name: str, who: str, *steps: str) -> None:
        """Press one's way from the start page, and show what is there then."""
        await self.start(who)
        await self.go(who, *steps)
        await self.look(name, who)

    async def go(self, who: str, *steps: str) -> None:
        for step in steps:
            message, data = await button_that_sends(self.hub[who], step)
            await self.hub[who].press_raw(message["id"], data)
            await self.hub.settled()

    async def an_offer(self) -> None:
        """A01 wishes for one time, N1 offers another: the card, and the question at the kiosk."""
        await self.sign_in(NUMBER, PIN)
        await self.look("inmate-home", KIOSK)
        await self.go(KIOSK, "ask:nav", "topic:", "times", "wish:", "send")
        await self.go(ADVISER, "times:FJ-116")
        card, last = await button_that_sends(self.hub[ADVISER], "set:FJ-116", last=True)
        await self.hub[ADVISER].press_raw(card["id"], last)
        await self.hub.settled()
        await self.look("provider-offer", ADVISER)
        await self.go(KIOSK, "mine", "slip:FJ-116")
        await self.look("inmate-offer", KIOSK)
        await self.go(KIOSK, "finish")

    async def of_the_staff(self) -> None:
        await self.open("social-adviser-triage", "SK1", "sort")
        await self.open("coordinator-today", "TK1", "today:")
        await self.open("coordinator-week", "TK1", "week:-")
        await self.open("coordinator-session", "TK1", "week:-", f"session:{SESSION}", "session_off:")
        await self.open("duty-leader-hours", "VL", "escorts", f"escorts:{THURSDAY}")
        await self.open("admin-settings", "ADM", "settings")
        await self.open("auditor-log", "REV", "log")
        await self.open("officer-answers", OFFICER, "answers")

    async def theme_nights(self) -> None:
        """A05 wants to come to a theme night that is full: the kiosk, and the pages of those who arrange it."""
        await self.sign_in("A05", "2105")
        await self.go(KIOSK, "nights")
        await self.look("inmate-nights", KIOSK)
        await self.go(KIOSK, "join:1")
        await self.look("inmate-night", KIOSK)
        await self.go(KIOSK, "finish")
        await self.open("coordinator-nights", "TK1", "all_nights")
        await self.open("coordinator-night", "TK1", "all_nights", "night_page:1")
        await self.open("coordinator-night-list", "TK1", "all_nights", "night_page:1", "night_list:1")
        await self.open("coordinator-notices", "TK1", "notice_desk")
        await self.open("officer-night-list", OFFICER, "evenings", "night_list:1")

    async def an_officers_morning(self) -> None:
        """On Thursday, after the first one was fetched."""
        await self.hub.to(OPENS.replace(hour=8) + timedelta(days=1))
        await self.open("officer-today", OFFICER, "walks", "tick:FJ-105")


async def button_that_sends(device: Device, step: str, *, last: bool = False) -> tuple[Message, str]:
    """Wait for a button that sends this, or begins so; return its message, and what the first or last one sends."""
    found = await device.until(lambda message: bool(_sends(message, step)), step)
    return found, _sends(found, step)[-1 if last else 0]


def _sends(message: Message, step: str) -> list[str]:
    buttons: list[dict[str, Any]] = [button for row in message["buttons"] or [] for button in row]
    exact = [each["data"] for each in buttons if each["data"] == step]
    return exact or [each["data"] for each in buttons if each["data"].startswith(step)]
