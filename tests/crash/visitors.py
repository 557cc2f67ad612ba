"""People who use a hub until it dies, and remember what they pressed and what they were shown."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

import httpx

from bot.domain.people import Inmate
from bot.usecases.opening import FIRST_STAFF_CHAT
from tests.hub.real_turns import described
from tests.hub.whole_hub import Device, Message, data_of, words_of

RECEIPT = re.compile(r"sendt\. Nummeret er (FJ-\d+)")
WELCOME = "Her kan du be om en samtale"
HOME, DRAFT = "Hvem vil du snakke med?", "Skal vi sende"
KIOSK, ADVISER = 101, 201
NO_TIME = "Det er ingen ledig tid i timeplanen."
WRITTEN = re.compile(r"Lappen er sendt for [A-Z0-9]+\. Nummeret er (FJ-\d+)")
OTHERS = ("Økonomi og gjeld", "Bolig", "Besøksvenner")
"""Whom officers ask for inmates: at the screen these visitors ask NAV alone."""

ANSWERS = "svar å fortelle"
STAFF_CHATS = {person.id: FIRST_STAFF_CHAT + number for number, person in enumerate(described().staff)}

AIMS = {
    "change": ("propose", "move", "cannot"),
    "answer": ("propose", "move"),
    "hand over": ("leave it", "move", "words"),
}
"""The ways that a visit may go for something to be done in a step."""

DECIDED = {"book", "list", "cancel", *AIMS}
"""Steps with one press that decides, after others that only lead there."""

End = tuple[str, str | None]
"""The state of a slip, and its slot if it has one."""

WAITING: End = ("waiting", None)
ANSWERED: End = ("answered", None)


@dataclass
class Memory:
    """What people pressed, and what they were shown for it: the reference that the rows must agree with.

    ``accepted`` are presses that the house network answered; of those in ``unsure`` nobody knows.
    """

    accepted: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    ends: dict[str, list[End]] = field(default_factory=dict)
    asked_for: set[tuple[str, str]] = field(default_factory=set)
    listed: dict[tuple[int, str], set[bool]] = field(default_factory=dict)
    """Whether somebody may be on the list of a theme night, and who may not: both, where nobody saw what came of it."""
    may_be_cancelled: set[int] = field(default_factory=set)
    cancelled: set[int] = field(default_factory=set)

    def may_be(self, code: str, end: End) -> None:
        """Remember that something was pressed: the slip is as it was, or so."""
        self.ends[code] = [*self.ends.get(code, ()), end]

    def is_so(self, code: str, end: End) -> None:
        """Remember that it was shown."""
        self.ends[code] = [end]

    def presses(self, *verbs: str) -> tuple[int, int]:
        """How many presses of some kinds there were: at least, and at most."""
        kinds = tuple(f"{verb}:" for verb in verbs)
        surely = sum(data.startswith(kinds) for data in self.accepted)
        return surely, surely + sum(data.startswith(kinds) for data in self.unsure)


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

    async def say(self, text: str) -> httpx.Response:
        self.memory.unsure.append(text)
        answer = await super().say(text)
        self.memory.unsure.remove(text)
        if answer.is_success:
            self.memory.accepted.append(text)
        return answer

    async def find(self, prefix: str) -> tuple[int, str]:
        """Wait for a button that sends something like this; return its message and what it sends."""
        message = await self.until(lambda each: bool(sent_by(each, prefix)), f"[{prefix}…]")
        return message["id"], sent_by(message, prefix)[0]

    async def push(self, prefix: str) -> str:
        """Press such a button; return what it sent."""
        message_id, data = await self.find(prefix)
        await self.press_raw(message_id, data)
        return data

    async def push_until(self, prefix: str, seen: Callable[[Message], bool], what: str) -> Message:
        """Press such a button and wait for what comes of it: pages of earlier presses may say the same."""
        pressed, data = await self.find(prefix)
        await self.press_raw(pressed, data)
        return await self.until(lambda each: each["id"] >= pressed and seen(each), what)

    async def without(self, code: str, *prefixes: str) -> None:
        """Wait until the newest message about a slip has none of these buttons."""
        await self.until(
            lambda each: f"{code}," in each["text"] and not any(sent_by(each, prefix) for prefix in prefixes),
            f"{code} without {prefixes}",
        )


def sent_by(message: Message, prefix: str) -> list[str]:
    """What a message's buttons send, as far as it begins so."""
    return [data for data in data_of(message, "") if data.startswith(prefix)]


Step = Callable[[], Awaitable[None]]


@dataclass
class Visit:
    """An inmate sends a slip to NAV, N1 answers it, one side changes it, the other or an officer answers that.

    Its steps come one after the other; which way it goes is decided at random beforehand, but so that there is
    something to be done in the step that is the ``aim``. ``rest`` waits until the hub
    has shown everything, so that a fresh message of the staff's can be pressed.
    """

    http: httpx.AsyncClient
    memory: Memory
    inmate: Inmate
    pin: str
    random: Random
    rest: Step
    arm: Step
    aim: str = ""
    code: str = ""

    def __post_init__(self) -> None:
        self.number = self.inmate.id
        self.kiosk = Remembering(self.http, KIOSK, memory=self.memory)
        self.adviser = Remembering(self.http, ADVISER, memory=self.memory)
        self.officer = Remembering(self.http, STAFF_CHATS[str(self.inmate.officer)], memory=self.memory)
        ways = AIMS.get(self.aim, ("leave it", "propose", "move", "move", "cannot", "words"))
        self.way = self.random.choice(ways)
        self.yes, self.by_officer = self.random.random() < 0.6, self.random.random() < 0.5
        if self.aim in {"answer", "hand over"}:
            self.by_officer = self.aim == "hand over"

    @property
    def steps(self) -> dict[str, Step]:
        return {
            "sign in": self.sign_in,
            "ask": self.ask,
            "skip": self.skip,
            "send": self.send,
            "begin": self.begin,
            "book": self.book,
            "change": self.change,
            "answer": self.answer,
            "leave": self.leave,
            "hand over": self.hand_over,
            "behalf": self.write_for,
        }

    async def take(self, name: str) -> None:
        """Take a step; the hand that kills is armed before it, or before the press of it that decides."""
        self.doing = name
        if name == self.aim and name not in DECIDED:
            await self.arm()
        await self.steps[name]()

    async def _about_to(self, end: End) -> None:
        self.memory.may_be(self.code, end)
        if self.doing == self.aim:
            await self.arm()

    async def sign_in(self) -> None:
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
        self.memory.is_so(self.code, WAITING)

    async def begin(self) -> None:
        if self.way == "words":
            await self.adviser.push(f"answers:{self.code}:")
            await self.adviser.find(f"answer:{self.code}:")
        else:
            await self.adviser.press("Sett tid", of=f"{self.code},")
            await self.adviser.until(self._answered, f"times for {self.code}")

    async def book(self) -> None:
        await (self._answer_in_words() if self.way == "words" else self._give_a_time())

    async def _give_a_time(self) -> None:
        card = await self.adviser.until(self._answered, f"times for {self.code}")
        if not self._times(card):
            return  # a long chain fills the four weeks of the timetable; then the slip goes on waiting
        chosen = self._times(card)[0]
        await self._about_to(("booked", chosen.split(":")[2]))
        await self.adviser.press_raw(card["id"], chosen)
        await self.adviser.shows(f"{self.code},", "✅")
        self.memory.is_so(self.code, ("booked", chosen.split(":")[2]))

    async def _answer_in_words(self) -> None:
        _, words = await self.adviser.find(f"answer:{self.code}:")
        await self._about_to(ANSWERED)
        await self.adviser.push(words)
        await self.adviser.without(self.code, f"answer:{self.code}:", f"times:{self.code}:")
        self.memory.is_so(self.code, ANSWERED)

    @property
    def _state(self) -> str:
        return self.memory.ends[self.code][0][0]

    async def change(self) -> None:
        """Ask for another time, from either side, or give the time back."""
        if self._state == "booked":
            await {"propose": self._propose, "move": self._move, "cannot": self._cannot}.get(self.way, nothing)()

    async def _open_slip(self) -> None:
        await self.kiosk.push("mine")
        await self.kiosk.push(f"slip:{self.code}")

    async def _propose(self) -> None:
        await self._open_slip()
        await self.kiosk.push(f"cannot:{self.code}")
        await self.kiosk.push(f"other:{self.code}")
        await self._hold(self.kiosk, "propose", "Du har foreslått")

    async def _move(self) -> None:
        await self.adviser.push(f"times:{self.code}:")
        await self._hold(self.adviser, "set", f"{self.code},", "Foreslått:")

    async def _hold(self, device: Remembering, verb: str, *words: str) -> None:
        _, chosen = await device.find(f"{verb}:{self.code}:")
        held = ("offered", chosen.split(":")[2])
        await self._about_to(held)
        await device.push(chosen)
        await device.shows(*words)
        self.memory.is_so(self.code, held)

    async def _cannot(self) -> None:
        await self._open_slip()
        await self.kiosk.push(f"cannot:{self.code}")
        await self.kiosk.push(f"why:{self.code}")
        _, reason = await self.kiosk.find(f"not_coming:{self.code}:")
        await self._about_to(WAITING)
        await self.kiosk.push(reason)
        await self.kiosk.shows("Du kunne ikke komme")
        self.memory.is_so(self.code, WAITING)

    async def answer(self) -> None:
        """Say yes or no to a time that the other side has proposed; or leave it to the officer."""
        if self._state != "offered":
            return
        if self.way == "propose":
            prefix = f"accept:{self.code}:" if self.yes else f"decline:{self.code}:"
            await self.adviser.find(prefix)
            await self._may_be_answered()
            await self.adviser.push(prefix)
            await self.adviser.without(self.code, f"accept:{self.code}:", f"decline:{self.code}:", f"set:{self.code}:")
            self._is_answered()
        elif not self.by_officer:
            await self._open_slip()
            await self._answer_at(self.kiosk, "yes", "no")
            await self.kiosk.shows("Du har samtale" if self.yes else "Du sa nei til tiden")
            self._is_answered()

    async def _answer_at(self, device: Remembering, yes: str, no: str) -> None:
        prefix = f"{yes if self.yes else no}:{self.code}:"
        await device.find(prefix)
        await self._may_be_answered()
        await device.push(prefix)

    @property
    def _answered_end(self) -> End:
        held = next(slot for state, slot in self.memory.ends[self.code] if state == "offered")
        return ("booked", held) if self.yes else WAITING

    async def _may_be_answered(self) -> None:
        self.end = self._answered_end
        await self._about_to(self.end)

    def _is_answered(self) -> None:
        self.memory.is_so(self.code, self.end)

    async def hand_over(self) -> None:
        """Let the contact officer say what is new, and answer for the inmate."""
        await self.officer.say("/svar")
        await self.officer.shows(ANSWERS)
        await self.rest()
        if not await self._is_listed():
            return
        if self._state == "offered":
            await self._answer_at(self.officer, "suits", "suits_not")
            await self._not_listed()
            self._is_answered()
        elif self._state == "answered" and self.yes:
            await self._about_to(WAITING)
            await self.officer.push(f"new_talk:{self.code}:")
            await self._not_listed()
            self.memory.is_so(self.code, WAITING)
        else:
            await self._about_to(self.memory.ends[self.code][0])
            await self.officer.push(f"told:{self.code}:")
            await self._not_listed()

    async def _is_listed(self) -> bool:
        pages = [each for each in await self.officer.messages() if ANSWERS in (each["text"] or "")]
        return any(f":{self.code}:" in data for data in data_of(pages[-1], ""))

    async def _not_listed(self) -> None:
        await self.officer.until(
            lambda each: ANSWERS in each["text"] and not any(f":{self.code}:" in data for data in data_of(each, "")),
            f"answers without {self.code}",
        )
        await self.rest()
        assert not await self._is_listed()

    async def write_for(self) -> None:
        """Let the contact officer write a slip for the inmate, to somebody who has none of theirs yet."""
        left = [name for name in OTHERS if (self.number, name) not in self.memory.asked_for]
        if not left:
            return
        self.memory.asked_for.add((self.number, left[0]))
        await self.officer.say("/start")
        await self.officer.shows("Hva vil du gjøre?")
        await self.rest()
        await self.officer.push("behalf")
        await self.officer.push(f"behalf_for:{self.number}")
        await self.officer.push("behalf_say:")
        await self.officer.press(left[0], of="snakke med?")
        await self.rest()
        if await self._can_be_sent():
            shown = await self.officer.push_until(
                "behalf_done:", lambda each: bool(WRITTEN.search(each["text"] or "")), "a receipt"
            )
            found = WRITTEN.search(shown["text"])
            assert found
            self.memory.written[found[1]] = self.number
            self.memory.is_so(found[1], WAITING)

    async def _can_be_sent(self) -> bool:
        return any(sent_by(each, "behalf_done:") for each in await self.officer.messages())

    def _answered(self, message: Message) -> bool:
        return bool(self._times(message)) or (f"{self.code}," in message["text"] and NO_TIME in message["text"])

    def _times(self, message: Message) -> list[str]:
        return [data for data in data_of(message, "") if data.startswith(f"set:{self.code}:")]

    async def leave(self) -> None:
        await self.kiosk.press("Ferdig")
        await self.kiosk.shows(WELCOME)


async def nothing() -> None:
    """Let it be."""


async def chat(http: httpx.AsyncClient, chat_id: int) -> list[str]:
    """What stands in a chat, a text with its buttons' words for each message."""
    return [words_of(message) for message in await Device(http, chat_id).messages()]
