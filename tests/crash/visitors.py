"""People who use a hub until it dies, and remember what they pressed and what they were shown."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from tests.whole_hub import Device, Message, data_of, words_of

RECEIPT = re.compile(r"sendt\. Nummeret er (FJ-\d+)")
WELCOME = "Her kan du be om en samtale"
EMPTY_PAD = "Trykk nummeret ditt (2 sifre)\nNummer: A○○"
HOME, DRAFT = "Hvem vil du snakke med?", "Skal jeg sende"
KIOSK, ADVISER = 101, 201
NO_TIME = "Det er ingen ledig tid i timeplanen."


@dataclass
class Memory:
    """What people pressed, and what they were shown for it: the reference that the rows must agree with.

    ``accepted`` are presses that the house network answered; of those in ``unsure`` nobody knows.
    """

    accepted: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    talks: dict[str, str] = field(default_factory=dict)

    def presses(self, verb: str) -> tuple[int, int]:
        """How many presses of a kind there were: at least, and at most."""
        surely = sum(data.startswith(f"{verb}:") for data in self.accepted)
        return surely, surely + sum(data.startswith(f"{verb}:") for data in self.unsure)


@dataclass(frozen=True)
class Remembering(Device):
    """A device whose presses are remembered."""

    memory: Memory = field(default_factory=Memory)

    async def press_raw(self, message_id: int, data: str) -> httpx.Response:
        self.memory.unsure.append(data)
        answer = await super().press_raw(message_id, data)
        self.memory.unsure.remove(data)
        if answer.is_success:
            self.memory.accepted.append(data)
        return answer


Step = Callable[[], Awaitable[None]]


@dataclass
class Visit:
    """One inmate sends one slip to NAV, and N1 gives it a time: its steps, one after the other."""

    http: httpx.AsyncClient
    memory: Memory
    number: str
    pin: str
    code: str = ""

    def __post_init__(self) -> None:
        self.kiosk = Remembering(self.http, KIOSK, memory=self.memory)
        self.adviser = Remembering(self.http, ADVISER, memory=self.memory)

    @property
    def steps(self) -> dict[str, Step]:
        return {
            "sign in": self.sign_in,
            "ask": self.ask,
            "skip": self.skip,
            "send": self.send,
            "begin": self.begin,
            "book": self.book,
            "leave": self.leave,
        }

    async def sign_in(self) -> None:
        shown = await self.kiosk.until(lambda each: WELCOME in each["text"] or EMPTY_PAD in each["text"], "a start")
        if EMPTY_PAD in shown["text"]:
            await self.kiosk.press("Avbryt")
            await self.kiosk.shows(WELCOME)
        await self.kiosk.sign_in(self.number, self.pin)
        shown = await self.kiosk.until(lambda each: HOME in each["text"] or DRAFT in each["text"], "who has come")
        if DRAFT in shown["text"]:
            await self.kiosk.press("Tilbake")
        await self.kiosk.shows(HOME)

    async def ask(self) -> None:
        await self.kiosk.press("NAV", of=HOME)
        await self.kiosk.shows("Hopp over")

    async def skip(self) -> None:
        await self.kiosk.press("Hopp over")
        await self.kiosk.shows(DRAFT)

    async def send(self) -> None:
        await self.kiosk.press("Send", of=DRAFT)
        shown = await self.kiosk.until(lambda each: bool(RECEIPT.search(each["text"] or "")), "a receipt")
        found = RECEIPT.search(shown["text"])
        assert found
        self.code = found[1]
        self.memory.receipts[self.code] = self.number

    async def begin(self) -> None:
        await self.adviser.press("Sett tid", of=f"{self.code},")
        await self.adviser.until(self._answered, f"times for {self.code}")

    async def book(self) -> None:
        card = await self.adviser.until(self._answered, f"times for {self.code}")
        if not self._times(card):
            return  # a long chain fills the four weeks of the timetable; then the slip goes on waiting
        chosen = self._times(card)[0]
        await self.adviser.press_raw(card["id"], chosen)
        await self.adviser.shows(f"{self.code},", "✅")
        self.memory.talks[self.code] = chosen.split(":")[2]

    def _answered(self, message: Message) -> bool:
        return bool(self._times(message)) or (f"{self.code}," in message["text"] and NO_TIME in message["text"])

    def _times(self, message: Message) -> list[str]:
        return [data for data in data_of(message, "") if data.startswith(f"set:{self.code}:")]

    async def leave(self) -> None:
        await self.kiosk.press("Ferdig")
        await self.kiosk.shows(WELCOME)


async def chat(http: httpx.AsyncClient, chat_id: int) -> list[str]:
    """What stands in a chat, a text with its buttons' words for each message."""
    return [words_of(message) for message in await Device(http, chat_id).messages()]
