"""Thousands of presses of one person's buttons from another's chat: no effect, and nothing is told."""

import asyncio
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clock import MovableClock
from bot.demo import files
from bot.demo.files import OPENS
from bot.domain.people import ADVISERS, Role
from bot.gateway.chats import NotThere
from bot.gateway.events import Event
from bot.gateway.house import House
from handlers.chat.lines import Line
from handlers.tables import HANDLERS
from tests.handlers.others import LISTING, PLANNING
from tests.hub.afternoon import make_afternoon
from tests.hub.announcing import announce
from tests.hub.whole_hub import Rows, WholeHub, whole_hub
from tests.proving import PROVE

SEED = 2027
PRESSES = 10_000 if PROVE else 2_000
SEEN = {"night", "night_list", "night_page", "all_nights", "told_so_far", "tell_on", "notice_desk", "poster"}
"""Some of the pages that are to be among them."""

AT_ONCE = 250
ROUNDS = 24
SIGNED_IN = {"K-A": ("A01", "2101"), "K-B": ("B02", "2202"), "K-C": ("C01", "2301")}
TYPED = {"V1": ["/hjelp"], "N1": ["/lapper", "/idag"], "SK1": ["/lapper", "/svar"], "KB-A2": ["/svar", "/sendt"]}
WOULD_END_THE_DAY = re.compile(
    r"revoke|role|scope|device_end|off|session_done|finish|setting:.+:|hire_|paper:done|code:done|night_off|notice_off"
)
"""What people do not press here: it would send somebody home."""

DESCRIBED = yaml.load(files.HUB.read_bytes(), yaml.CSafeLoader)
PEOPLE = yaml.load(files.PEOPLE.read_bytes(), yaml.CSafeLoader)["inmates"]
TOPICS = {topic["nb"] for service in DESCRIBED["services"].values() for topic in service.get("topics", {}).values()}
ALIASES = {each["alias"] for each in PEOPLE.values()}
CANARIES = re.compile(
    rf"\b(?:{'|'.join(sorted(ALIASES | set(PEOPLE)))}|FJ-[0-9]+)\b|{'|'.join(map(re.escape, sorted(TOPICS)))}"
)


@dataclass
class Watch:
    """Everything that was ever seen in each chat: words, toasts, and what its buttons press."""

    words: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    buttons: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def sees(self, event: Event) -> bool:
        """Note an event as it happens; nothing has to be queued for later."""
        if event.kind == "chat":
            self.note(event.data["chat"], event.data["message"])
        elif event.kind == "alert":
            self.words[event.data["chat"]].append(event.data["alert"]["text"])
        return False

    def note(self, chat: int, message: dict[str, Any]) -> None:
        shown = [button for row in message["buttons"] for button in row]
        self.words[chat] += [message["text"], *(button["text"] for button in shown)]
        self.buttons[chat] |= {button["data"] for button in shown if button["data"]}

    def canaries(self, chat: int) -> set[str]:
        return {each for words in self.words[chat] for each in CANARIES.findall(words)}


@dataclass
class Afternoon:
    """A hub with everybody at work, and what has been seen there."""

    hub: WholeHub
    watch: Watch
    chance: random.Random
    titles: dict[int, str] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    nights: dict[str, tuple[set[str], str]] = field(default_factory=dict)
    pressed: Counter[str] = field(default_factory=Counter)

    @property
    def house(self) -> House:
        assert self.hub.running.house
        return self.hub.running.house

    def messages(self, chat: int) -> list[int]:
        return [each.id for each in self.house.room(chat).messages.values() if each.sender == "bot"]

    def worth_pressing(self, chat: int) -> list[tuple[int, str]]:
        messages = self.house.room(chat).messages.values()
        shown = [(each.id, one.data) for each in messages for row in each.keyboard for one in row if one.data]
        return [(number, data) for number, data in shown if not WOULD_END_THE_DAY.match(data)]

    async def goes_by(self) -> None:
        """Let everybody press their own buttons for a while, as it comes."""
        for title, lines in TYPED.items():
            for line in lines:
                await self.hub[title].say(line)
        for title, (number, pin) in SIGNED_IN.items():
            await self.hub[title].sign_in(number, pin)
        await self.hub.settled()
        for title in SIGNED_IN:
            chat = self.hub[title].chat
            await self.house.press(chat, self.messages(chat)[-1], "nights")
        await announce(self.hub, ["N1", "KB-A1"], paused=True)
        for title, device in self.hub.devices.items():
            if not title.startswith("K-"):
                await device.say("/start")
        await self.hub.settled()
        await self.opens_the_theme_nights()
        for _ in range(ROUNDS):
            choices = {chat: self.worth_pressing(chat) for chat in self.titles}
            presses = [(chat, *self.chance.choice(found)) for chat, found in choices.items() if found]
            await asyncio.gather(*(self.house.press(*press) for press in presses))
            await self.hub.settled()

    async def opens_the_theme_nights(self) -> None:
        """Let the coordinator see all theme nights: chance alone does not come there every time."""
        chat = self.hub["TK1"].chat
        [(number, data), *_more] = [each for each in self.worth_pressing(chat) if each[1] == "all_nights"]
        await self.house.press(chat, number, data)
        await self.hub.settled()

    async def look_around(self) -> None:
        """Note what decides who may do what, now that nothing changes any more."""
        owned = (
            "SELECT s.code, s.inmate, s.unit, s.last_actor, o.service, o.adviser FROM slips s"
            " JOIN ownerships o ON o.slip = s.code"
        )
        self.facts = {row["code"]: row for row in await self.hub.rows(f"{owned} ORDER BY o.since")}
        nights = await self.hub.rows("SELECT id, units, made_by FROM theme_nights")
        self.nights = {str(row["id"]): (set(json.loads(row["units"])), row["made_by"]) for row in nights}

    def somebody_elses(self, presser: str, data: str) -> bool:
        """Say whether a press names what is outside the presser's scope, or is not for their role at all."""
        line, named = taken_by(data)
        role, person = role_of(presser), STAFF.get(presser, {})
        if not line.may & role:
            return True
        if "slip" in named:
            return not self.may_answer(presser, role, person, named["slip"], line)
        if line.what in {*PLANNING, *LISTING} and self.elsewhere(presser, role, person, line, named["number"]):
            return True
        if "inmate" in named:
            if line.what == "pin_away:{inmate}":
                return False  # it takes the pressed message off one's own screen, whatever it names
            return role is Role.OFFICER and PEOPLE[named["inmate"]]["officer"] != presser
        # Whoever has begun nothing has no step; at a kiosk it is the screen's own, and a setting's is its number.
        return "step" in named and "setting" not in named and role is not Role.INMATE

    def elsewhere(self, presser: str, role: Role, person: dict[str, Any], line: Line, number: str) -> bool:
        units, made_by = self.nights[number]
        if line.what in PLANNING:
            return role is Role.PROVIDER and made_by != presser
        return role is not Role.COORDINATOR and not units.intersection(person["units"])

    def may_answer(self, presser: str, role: Role, person: dict[str, Any], slip: str, line: Line) -> bool:
        facts = self.facts[slip]
        if role is Role.INMATE:
            return bool(facts["inmate"] == SIGNED_IN[presser][0])
        if role is Role.OFFICER or (role is Role.SOCIAL_ADVISER and line.may & Role.OFFICER):
            return role is not Role.OFFICER or bool(PEOPLE[facts["inmate"]]["officer"] == presser)
        if line.what.startswith("undo:") and facts["last_actor"] == presser:
            return True  # a slip that somebody has just forwarded is theirs to take back
        if role & ADVISERS:
            return facts["service"] in person["services"] or line.what == "card:{slip}"
        return True


STAFF = DESCRIBED["staff"]


def role_of(title: str) -> Role:
    if title in STAFF:
        return Role[STAFF[title]["role"].upper()]
    return Role.INMATE if title in SIGNED_IN else Role.KIOSK


def taken_by(data: str) -> tuple[Line, dict[str, str]]:
    """Return the line that takes a press, and what the press names."""
    lines = [
        (line, found) for line in HANDLERS if line.pressed and line.pattern and (found := line.pattern.match(data))
    ]
    [(line, found)] = lines
    return line, found.groupdict()


@asynccontextmanager
async def an_afternoon(data: Path) -> AsyncIterator[Afternoon]:
    watch = Watch()
    async with whole_hub(data, clock=MovableClock(OPENS, lambda: OPENS)) as hub:  # no kiosk locks meanwhile
        assert hub.running.house
        async with hub.running.house.subscribe(watch.sees):
            titles = {device.chat: title for title, device in hub.devices.items()}
            afternoon = Afternoon(hub, watch, random.Random(SEED), titles)
            await make_afternoon(hub)
            await afternoon.goes_by()
            await settle_down(hub)
            await afternoon.look_around()
            yield afternoon


async def settle_down(hub: WholeHub) -> None:
    """Let the staff put down what they were in the middle of; the kiosks stay as they are."""
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE desks SET task = NULL, draft = NULL, step = step + 1000")


async def what_counts(hub: WholeHub) -> dict[str, Rows]:
    """Return every row; of a desk not its step, nor that it is empty, for a refusal that shows a list clears it."""
    rows = await hub.domain()
    return {**rows, "desks": [{**row, "step": None} for row in rows["desks"] if row["task"]]}


def own_people(title: str) -> set[str]:
    """Return whom somebody takes care of: a refusal may show them their own list anew."""
    return {word for number, each in PEOPLE.items() if each["officer"] == title for word in (number, each["alias"])}


async def refused(hub: WholeHub) -> Counter[str]:
    return Counter(row["about"] for row in await hub.rows("SELECT about FROM audit WHERE action = 'refused'"))


async def nothing_comes_of(afternoon: Afternoon, presses: Iterator[Any]) -> None:
    """Let the presses happen, many at once; then compare what is, and what was ever shown, with before."""
    hub, watch = afternoon.hub, afternoon.watch
    before = await what_counts(hub)
    known = {chat: watch.canaries(chat) | own_people(title) for chat, title in afternoon.titles.items()}
    while some := list(islice(presses, AT_ONCE)):
        await asyncio.gather(*some)
        await hub.settled()
    assert await what_counts(hub) == before
    told = {title: watch.canaries(chat) - known[chat] for chat, title in afternoon.titles.items()}
    assert told == {title: set() for title in told}


async def a_message_and_its_button(afternoon: Afternoon) -> None:
    """Copy data and message id from another chat: the door refuses that, and so does the hub behind a broken door."""
    house, chance = afternoon.house, afternoon.chance
    chats = [chat for chat in afternoon.titles if afternoon.watch.buttons[chat]]

    def pair() -> tuple[int, int]:
        presser, owner = chance.sample(chats, 2)
        return presser, owner

    async def copied(presser: int, owner: int, nth: int) -> None:
        data = chance.choice(sorted(afternoon.watch.buttons[owner]))
        number = chance.choice(afternoon.messages(owner))
        afternoon.pressed[data.partition(":")[0]] += 1
        with pytest.raises(NotThere):
            await house.press(presser, number, data)
        room = house.room(presser)
        body = {"id": f"copied{nth}", "from": room.chat.user(), "chat_instance": str(presser), "data": data}
        message = house.told(room, house.room(owner).messages[number])
        await house.receive({"callback_query": {**body, "message": message}})

    await nothing_comes_of(afternoon, (copied(*pair(), nth) for nth in range(PRESSES // 2)))


async def a_button_alone(afternoon: Afternoon) -> None:
    """Press another's button under one's own message, whose id is right."""
    house, chance, watch = afternoon.house, afternoon.chance, afternoon.watch
    everything = sorted(set().union(*watch.buttons.values()))
    foreign = {
        chat: [each for each in everything if afternoon.somebody_elses(title, each)]
        for chat, title in afternoon.titles.items()
        if afternoon.messages(chat)
    }
    chats = [chat for chat, found in foreign.items() if found]
    assert (len(everything) > 300, len(chats)) == (True, len(afternoon.titles))

    # Chance alone does not come to every kind of button: one of each that somebody has is pressed first.
    of_each = {data.partition(":")[0]: (chat, data) for chat in chats for data in foreign[chat]}

    def press(chat: int, data: str) -> Any:
        afternoon.pressed[data.partition(":")[0]] += 1
        return house.press(chat, chance.choice(afternoon.messages(chat)), data)

    def by_chance() -> tuple[int, str]:
        chat = chance.choice(chats)
        return chat, chance.choice(foreign[chat])

    some = (by_chance() for _ in range(PRESSES // 2 - len(of_each)))
    await nothing_comes_of(afternoon, (press(*each) for each in chain(of_each.values(), some)))


@pytest.mark.long
async def test_thousands_of_presses_of_others_buttons_do_nothing_and_tell_nothing(tmp_path: Path) -> None:
    async with an_afternoon(tmp_path) as afternoon:
        at_first = await refused(afternoon.hub)
        await a_message_and_its_button(afternoon)
        await a_button_alone(afternoon)
        assert afternoon.pressed - (await refused(afternoon.hub) - at_first) == {}
        assert afternoon.pressed.total() == PRESSES
        assert {"night_list", "night", "night_page", "told_so_far", "notice_desk", "all_nights"} <= set(
            afternoon.pressed
        )
