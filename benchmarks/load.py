"""The load of P0 and P1: kiosks with one pair of hands each; the next press comes when the last one has been shown."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any

from benchmarks import prison
from bot.gateway.chats import Message
from bot.gateway.house import House
from bot.gateway.presses import Presses

PATIENCE = 30.0
EVERY_SECONDS = 2.0
WARM_UP_SECONDS = 1.0
PAGES = {"home": "mine", "mine": "home"}


def _page_of(data: str | None) -> str | None:
    """Return to which of the two pages a press leads: the way back from the one leads to the other."""
    return "home" if data and data.startswith("back:") else data


"""The two pages between which a kiosk goes; each has a button to the other."""


@dataclass
class Tap:
    """One press that is under way: when it was accepted, and when a screen that ``offers`` this was shown."""

    offers: str
    accepted: float = 0
    shown: asyncio.Future[float] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    answered: asyncio.Future[float] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class _WatchedPresses(Presses):
    """The presses that can be answered, with an eye on when one begins to be among them."""

    def __init__(self, now: Callable[[], datetime], accepted: Callable[[str, int], None]) -> None:
        super().__init__(now)
        self._accepted = accepted

    def expect(self, query: str, chat_id: int) -> None:
        """Note that a press was accepted."""
        super().expect(query, chat_id)
        self._accepted(query, chat_id)


class WatchedHouse(House):
    """The house network, with an eye on when a press is accepted, shown and answered."""

    taps: dict[int, Tap]
    queries: dict[str, int]
    heard: Callable[[str, Mapping[str, Any]], None] | None = None
    """Who else has an eye on what is published."""

    def watch(self) -> None:
        """Begin to look."""
        self.taps, self.queries = {}, {}
        self.presses = _WatchedPresses(self.now, self._accept)

    def _accept(self, query: str, chat_id: int) -> None:
        self.queries[query] = chat_id
        self.taps[chat_id].accepted = perf_counter()

    def alert(self, query: str, text: str, show_alert: bool) -> bool:
        """Note that a press was answered."""
        known = super().alert(query, text, show_alert)
        if (tap := self.taps.get(self.queries.pop(query, 0))) and not tap.answered.done():
            tap.answered.set_result(perf_counter())
        return known

    def publish(self, kind: str, data: Mapping[str, Any]) -> None:
        """Note that a screen was changed."""
        super().publish(kind, data)
        if self.heard:
            self.heard(kind, data)
        if kind == "chat" and (tap := self.taps.get(data["chat"])) and not tap.shown.done():
            buttons = [button for row in data["message"]["buttons"] for button in row]
            if any(tap.offers in {button["data"], button["text"], _page_of(button["data"])} for button in buttons):
                tap.shown.set_result(perf_counter())


@dataclass
class Kiosk:
    """One kiosk under load; ``toasts`` says whether its bot answers presses."""

    house: WatchedHouse
    chat: int
    toasts: bool
    page: str = "home"

    @property
    def message(self) -> Message:
        """Return the kiosk's screen."""
        return next(message for message in self.house.room(self.chat).messages.values() if message.sender == "bot")

    async def appears(self, offers: str) -> None:
        """Wait for the first screen, with what it offers."""
        tap = self.house.taps[self.chat] = Tap(offers)
        async with asyncio.timeout(PATIENCE):
            await tap.shown

    async def press(self, data: str, offers: str) -> float:
        """Press; return the seconds from when that was accepted until a screen with what is offered next."""
        tap = self.house.taps[self.chat] = Tap(offers)
        async with asyncio.timeout(PATIENCE):
            await self.house.press(self.chat, self.message.id, data)
            shown = await tap.shown
            if self.toasts:
                await tap.answered
        return shown - tap.accepted

    async def press_label(self, label: str, offers: str) -> None:
        """Press the button that says so."""
        buttons = [button for row in self.message.keyboard for button in row]
        await self.press(next(str(button.data) for button in buttons if label in button.text), offers)

    async def turn_page(self) -> float:
        """Go to the other page."""
        self.page = PAGES[self.page]
        data = next(str(each.data) for row in self.message.keyboard for each in row if _page_of(each.data) == self.page)
        return await self.press(data, offers=PAGES[self.page])

    async def sign_in(self, inmate: str) -> None:
        """Press unit, number and PIN."""
        await self.press(f"unit:{inmate[0]}", offers="7")
        digits = inmate[1:] + prison.PIN
        for digit in digits[:-1]:
            await self.press_label(digit, offers="7")
        await self.press_label(digits[-1], offers="mine")


async def taps_a_second(kiosks: list[Kiosk], seconds: float) -> float:
    """P1: let every kiosk press as fast as it is answered; return how many taps a second were shown and answered."""
    counted = 0
    begins = perf_counter() + WARM_UP_SECONDS
    ends = begins + seconds

    async def press_on(kiosk: Kiosk) -> None:
        nonlocal counted
        while perf_counter() < ends:
            await kiosk.turn_page()
            counted += begins <= perf_counter() < ends

    await asyncio.gather(*(press_on(kiosk) for kiosk in kiosks))
    return counted / seconds


async def tap_times(kiosks: list[Kiosk], seconds: float, every: float = EVERY_SECONDS) -> list[float]:
    """Let every kiosk press once in ``every`` seconds, each at a moment of its own; return the seconds of each tap."""
    moments = random.Random(7)
    begins = perf_counter()

    async def press_on(kiosk: Kiosk, first: float) -> list[float]:
        found = []
        for number in range(int(seconds // every)):
            await asyncio.sleep(max(0, begins + first + number * every - perf_counter()))
            found.append(await kiosk.turn_page())
        return found

    of_each = await asyncio.gather(*(press_on(kiosk, moments.uniform(0, every)) for kiosk in kiosks))
    return [one for found in of_each for one in found]
