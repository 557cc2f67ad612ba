"""Plays journey J1 through the real hub by pressing the buttons, and prints what each device showed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

PATIENCE = 10.0
STEP = 0.02
WIDTH = 72


class Chats(Protocol):
    """The client's side of the house network."""

    def chat(self, chat_id: int) -> dict[str, Any]:
        """Return a chat with its messages."""

    async def press(self, chat_id: int, message_id: int, data: str) -> None:
        """Press a button."""


class Stuck(Exception):
    """A device did not show what the journey waits for."""


Seen = Callable[[dict[str, Any]], bool]


@dataclass
class Player:
    """Presses buttons by their words, as a person does, and tells what the devices show."""

    chats: Chats
    devices: dict[str, int]
    say: Callable[[str], None] = print
    _told: dict[str, str] = field(default_factory=dict)

    async def press(self, device: str, label: str, *, of: str = "") -> None:
        """Press the newest button with this label, on a message that has ``of`` in its text."""
        message, button = await self._button(device, label, of)
        self.say(f"{device}: presses «{button['text']}»")
        await self.chats.press(self.devices[device], message["id"], button["data"])

    async def shows(self, device: str, words: str) -> None:
        """Wait until a device shows these words, and print the message."""
        message = await self._until(device, lambda found: words in found["text"])
        self.say(f"\n── {device} ".ljust(WIDTH, "─"))
        self.say(message["text"])
        for row in message["buttons"]:
            self.say("  " + "  ".join(f"[{button['text']}]" for button in row))
        self.say("")

    async def _button(self, device: str, label: str, of: str) -> tuple[dict[str, Any], dict[str, Any]]:
        def has(message: dict[str, Any]) -> bool:
            return of in message["text"] and _find(message, label) is not None

        message = await self._until(device, has)
        button = _find(message, label)
        if button is None:
            raise Stuck(label)
        return message, button

    async def _until(self, device: str, seen: Seen) -> dict[str, Any]:
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < deadline:
            found = [each for each in self.chats.chat(self.devices[device])["messages"] if seen(each)]
            if found:
                newest: dict[str, Any] = found[-1]
                return newest
            await asyncio.sleep(STEP)
        raise Stuck(f"{device} does not show what the journey waits for")


def _find(message: dict[str, Any], label: str) -> dict[str, Any] | None:
    buttons = [button for row in message["buttons"] or [] for button in row]
    return next((button for button in buttons if label in button["text"]), None)


async def sign_in(player: Player, kiosk: str, number: str, pin: str) -> None:
    """Press unit, number and PIN."""
    await player.press(kiosk, f"Avdeling {number[0]}")
    for digit in number[1:] + pin:
        await player.press(kiosk, digit, of="Nummer:")


async def journey_one(player: Player, move: Callable[[datetime], Awaitable[None]], opens: datetime) -> None:
    """J1: A01 asks for a talk with NAV, N1 gives a time in two taps, is reminded, and the talk takes place."""
    await player.shows("K-A", "Her kan du be om en samtale")
    await sign_in(player, "K-A", "A01", "2101")
    await player.shows("K-A", "Hvem vil du snakke med?")
    await player.press("K-A", "NAV")
    await player.press("K-A", "Hopp over")
    await player.shows("K-A", "Skal vi sende denne lappen?")
    await player.press("K-A", "Send")
    await player.shows("K-A", "FJ-116")
    await player.shows("N1", "FJ-116")
    await player.press("N1", "Sett tid", of="FJ-116")
    await player.press("N1", "11.00", of="FJ-116")
    await player.shows("N1", "kl. 11.00, Servicetorget 1")
    await player.press("K-A", "Mine samtaler")
    await player.shows("K-A", "Du har samtale")
    await player.press("K-A", "Ferdig")
    await player.shows("K-A", "Her kan du be om en samtale")
    await move(opens.replace(hour=15))
    await player.shows("N1", "Påminnelse")
    await move(opens.replace(day=14, hour=7, minute=30))
    await player.shows("N1", "I dag")
    await move(opens.replace(day=14, hour=11, minute=30))
    await player.press("N1", "Holdt", of="FJ-116")
    await player.shows("N1", "Samtalen ble holdt")
