"""One life in two houses: each step inside is also taken where staff chats leave the house, by forging what is missing.

Whoever has a chat program of their own can press what no button says. So each press inside is repeated outside with the
same data on the same message, whether a button for it is there or not; what is then shown outside has left the house.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from handlers import tables
from tests.hub.whole_hub import Device, Message, WholeHub, data_of, new_hub, whole_hub, words_of
from tests.hubfile.test_changing_staff import change

KEY_OF = "SELECT key FROM messages WHERE chat_id = :chat AND message_id = :id"
SHOWN_AS = "SELECT message_id FROM messages WHERE chat_id = :chat AND key = :key AND message_id IS NOT NULL"
KIOSK = "K-"


@dataclass(frozen=True)
class Twins:
    """The same demo prison twice: at home, and with all staff on a network that leaves the house."""

    inside: WholeHub
    outside: WholeHub

    def __getitem__(self, title: str) -> "Twin":
        return Twin(self, title)

    async def to(self, moment: datetime) -> None:
        await asyncio.gather(self.inside.to(moment), self.outside.to(moment))

    async def advance(self, seconds: float) -> None:
        await asyncio.gather(self.inside.advance(seconds), self.outside.advance(seconds))

    async def settled(self) -> None:
        await asyncio.gather(self.inside.settled(), self.outside.settled())


@dataclass(frozen=True)
class Twin:
    """One chat in both houses. It is read inside; a kiosk is used in both by what it shows."""

    hubs: Twins
    title: str

    @property
    def inside(self) -> Device:
        return self.hubs.inside[self.title]

    @property
    def outside(self) -> Device:
        return self.hubs.outside[self.title]

    @property
    def chat(self) -> int:
        return self.inside.chat

    @property
    def _reads(self) -> tuple[Device, ...]:
        return (self.inside, self.outside) if self.title.startswith(KIOSK) else (self.inside,)

    async def shows(self, *words: str) -> Message:
        for each in self._reads[1:]:
            await each.shows(*words)
        return await self.inside.shows(*words)

    async def until(self, seen: Callable[[Message], bool], what: str) -> Message:
        for each in self._reads[1:]:
            await each.until(seen, what)
        return await self.inside.until(seen, what)

    async def alerted(self, text: str | None = None) -> str:
        return await self.inside.alerted(text)

    async def say(self, text: str) -> None:
        await self.hubs.settled()
        await self.inside.say(text)
        await self.outside.say(text)
        await self.hubs.settled()

    async def sign_in(self, number: str, pin: str, *, unit: str = "Avdeling") -> None:
        for each in self._reads:
            await each.sign_in(number, pin, unit=unit)

    async def send_slip(self, service: str, topic: str = "Hopp over") -> str:
        [code] = {await each.send_slip(service, topic) for each in self._reads}
        return code

    async def press(self, label: str, *, of: str = "") -> None:
        await self.hubs.settled()
        if self.title.startswith(KIOSK):
            for each in self._reads:
                await each.press(label, of=of)
            return
        message = await self.inside.until(lambda each: of in words_of(each) and bool(data_of(each, label)), label)
        await self.press_raw(message["id"], data_of(message, label)[0])
        await self.hubs.settled()

    async def press_raw(self, message_id: int, data: str) -> None:
        other = await self._other(message_id)
        await self.inside.press_raw(message_id, data)
        await self.outside.press_raw(other, data)

    async def _other(self, message_id: int) -> int:
        """Return the message outside that is this one inside, or the newest where there is none."""
        found = await self.hubs.inside.rows(KEY_OF, chat=self.chat, id=message_id)
        if found and (there := await self.hubs.outside.rows(SHOWN_AS, chat=self.chat, key=found[0]["key"])):
            return int(there[0]["message_id"])
        return int([each for each in await self.outside.messages() if each["sender"] == "bot"][-1]["id"])


Hub = WholeHub | Twins


def hubs_of(hub: Hub) -> Iterable[WholeHub]:
    """Return the hub, or both."""
    return (hub.inside, hub.outside) if isinstance(hub, Twins) else (hub,)


async def let_the_house_leave_the_house(hub: WholeHub) -> None:
    """Treat the house network as one that leaves the house, and write every card anew."""
    await hub.settled()
    hub.running.turns.networks["house"].leaves_house = True
    async with hub.running.turns.begin() as turn:
        await tables.open_up(hub.running.dispatch.application, turn)
    await hub.settled()


async def writes_newest_code(hub: Hub, title: str) -> None:
    """Let somebody write the line with the newest code in their chat, in each house its own."""
    for each in hubs_of(hub):
        await each.settled()
        ours = [message for message in await each[title].messages() if message["sender"] == "bot"]
        said = [line for message in ours for line in (message["text"] or "").splitlines()]
        await each[title].say([line for line in said if line.startswith("/start ")][-1])
        await each.settled()


@asynccontextmanager
async def twins(data: Path, described: Callable[[str], str] = str) -> AsyncIterator[Twins]:
    """Run the demo prison twice; its description may be changed before."""
    for house in ("inside", "outside"):
        await new_hub(data / house)
        change(data / house, described)
    async with whole_hub(data / "inside") as inside, whole_hub(data / "outside") as outside:
        await let_the_house_leave_the_house(outside)
        yield Twins(inside, outside)
