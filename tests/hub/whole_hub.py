"""A whole hub for tests: started as `make demo` starts it, used through the client API as its page uses it."""

import json
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from bot import app, founding
from bot.clock import Clock, MovableClock
from bot.config import Settings
from bot.demo import files
from bot.gateway.house import House
from bot.running.parts import Running
from bot.store import facts
from bot.store.database import Database
from bot.store.moments import from_text, to_text
from tests.hub import loopback
from tests.patience import LOOKS, Looks
from tests.watches import about

Message = dict[str, Any]
Rows = list[dict[str, Any]]

ITS_OWN = {
    "audit",
    "facts",
    "inbox",
    "menus",
    "message_subjects",
    "messages",
    "networks",
    "sqlite_sequence",
    "sqlite_stat1",
}
"""The tables that tell nothing about the prison: the log, and what the hub keeps for itself."""

UNSHOWN = "shown <> revision AND fault IS NULL AND held = 0"
"""Which messages a chat is still to show as they are wanted."""

WIRE_STEP = 0.02
"""Seconds between two looks at a chat that is asked for over HTTP."""

# A new hub hashes forty PINs; each test gets a copy of one that was made once.
_made = TemporaryDirectory(prefix="samtalelapp-")
TEMPLATE = Path(_made.name) / "data"


class DoesNotShow(AssertionError):
    """A device did not show what was waited for; the text says what it shows instead."""


@dataclass(frozen=True)
class Device:
    """One kiosk or one adviser's chat, used as a person uses it: by reading words and pressing buttons."""

    http: httpx.AsyncClient
    chat: int
    house: House | None = field(default=None, kw_only=True)

    async def messages(self) -> list[Message]:
        """Return every message in the chat."""
        return list((await self._chat())["messages"])

    async def alert(self) -> str | None:
        """Return the last toast."""
        found = (await self._chat())["alert"]
        return found["text"] if found else None

    async def _chat(self) -> dict[str, Any]:
        """Return what the page would be told; of a house in this process without a request, for tests look often."""
        if self.house is None:
            return dict((await self.http.get(f"/client/chats/{self.chat}")).raise_for_status().json())
        self.house.threshold.check()
        return dict(json.loads(json.dumps(self.house.chat(self.chat))))

    def _looks(self) -> Looks:
        """Look on until it is there; over a wire a look costs both ends much, and so it is done more seldom."""
        return Looks() if self.house else Looks(step=WIRE_STEP)

    async def alerted(self, text: str | None = None) -> str:
        """Wait for a toast, or for this one; return its words."""
        async for _ in self._looks():
            if (found := await self.alert()) and text in {None, found}:
                return found
        raise DoesNotShow(f"chat {self.chat} was not told {text!r}, but {await self.alert()!r}")

    async def everything(self) -> str:
        """Return all the words in the chat, buttons included."""
        return "\n".join(words_of(message) for message in await self.messages())

    async def titles(self) -> list[str]:
        """Return the first line of each message that the hub has written here."""
        return [each["text"].splitlines()[0] for each in await self.messages() if each["sender"] == "bot"]

    async def shows(self, *words: str) -> Message:
        """Wait for a message with all these words; return the newest such."""
        return await self.until(lambda message: all(word in words_of(message) for word in words), " + ".join(words))

    async def until(self, seen: Callable[[Message], bool], what: str) -> Message:
        """Wait for a message that fits."""
        async for _ in self._looks():
            if found := [message for message in await self.messages() if seen(message)]:
                return found[-1]
        raise DoesNotShow(f"chat {self.chat} does not show {what!r}, but:\n{await self.everything()}")

    async def loses(self, words: str) -> None:
        """Wait until nothing in the chat has these words."""
        async for _ in self._looks():
            if words not in await self.everything():
                return
        raise DoesNotShow(f"chat {self.chat} still shows {words!r}:\n{await self.everything()}")

    async def press(self, label: str, *, of: str = "") -> Message:
        """Press the newest button with this label, on a message that has ``of`` in its words; return the message."""
        message = await self.until(lambda each: of in words_of(each) and bool(data_of(each, label)), f"[{label}]")
        await self.press_raw(message["id"], data_of(message, label)[0])
        return message

    async def press_raw(self, message_id: int, data: str) -> httpx.Response:
        """Press anything, as a forger would."""
        return await self._post("press", {"message_id": message_id, "data": data})

    async def say(self, text: str) -> httpx.Response:
        """Type something."""
        return await self._post("say", {"text": text})

    async def _post(self, what: str, body: dict[str, Any]) -> httpx.Response:
        path = f"/client/chats/{self.chat}/{what}"
        return await (loopback.post(self.house, path, body) if self.house else self.http.post(path, json=body))

    async def sign_in(self, number: str, pin: str, *, unit: str = "Avdeling") -> None:
        """Sign in at a kiosk, digit by digit, quickly as people do."""
        await self.press(f"{unit} {number[0]}")
        pad = await self.shows(f"{number[0]}○○")
        for digit in number[1:] + pin:
            await self.press_raw(pad["id"], data_of(pad, digit)[0])

    async def send_slip(self, service: str, topic: str = "Hopp over") -> str:
        """Send a slip in three taps from home; return its code."""
        await self.press(service, of="Hvem vil du snakke med?")
        await self.press(topic, of="Hva trenger du hjelp til?")
        await self.press("Send", of="Skal vi sende denne lappen?")
        receipt = await self.shows("Lappen er sendt")
        return str(receipt["text"].partition("Nummeret er ")[2].partition(".")[0])


def words_of(message: Message) -> str:
    """Return a message's text and its buttons' words."""
    labels = [button["text"] for row in message["buttons"] or [] for button in row]
    return "\n".join([message["text"] or "", *labels])


def data_of(message: Message, label: str) -> list[str]:
    """Return what the buttons with this label send."""
    buttons = [button for row in message["buttons"] or [] for button in row]
    return [button["data"] for button in buttons if label in button["text"]]


@dataclass(frozen=True, repr=False)  # whoever writes down what a fixture gave would write down all of it
class WholeHub:
    """A running hub and the devices around it."""

    running: Running
    http: httpx.AsyncClient
    devices: dict[str, Device]

    def __getitem__(self, title: str) -> Device:
        """Return a device by what stands on it: K-A, N1."""
        return self.devices[title]

    async def advance(self, seconds: float) -> None:
        """Move the hub's clock on, and let the chats show what came of it."""
        await self._move_clock({"advance_seconds": seconds})

    async def to(self, moment: datetime) -> None:
        """Move the hub's clock to a moment, and let the chats show what came of it."""
        await self._move_clock({"to": moment.isoformat()})

    async def _move_clock(self, how: dict[str, Any]) -> None:
        # Weeks of work take as long as they take; what hangs is ended by the test's own time-out.
        (await self.http.post("/demo/clock", json=how, timeout=None)).raise_for_status()
        await self.settled()

    async def rows(self, sql: str, **values: object) -> Rows:
        """Read the hub's database, between two turns."""
        async with self.running.database.reading() as tx:
            return [dict(row) for row in await tx.rows(sql, **values)]

    async def audit(self, *about: str) -> list[tuple[str, str, str, str]]:
        """Return what the log says about these: who, what, about what, and how it went."""
        rows = await self.rows("SELECT actor, action, about, outcome FROM audit ORDER BY id")
        return [(row["actor"], row["action"], row["about"], row["outcome"]) for row in rows if row["about"] in about]

    async def until(self, so: Callable[[], bool], what: str) -> None:
        """Wait until something is so."""
        async for _ in Looks():
            if so():
                return
        raise DoesNotShow(f"there never were {what}")

    async def until_rows(self, sql: str, wanted: Rows, **values: object) -> None:
        """Wait until the hub's database has just these rows."""
        async for _ in Looks():
            if await self.rows(sql, **values) == wanted:
                return
        raise DoesNotShow(f"the rows never were {wanted!r}, but {await self.rows(sql, **values)!r}")

    async def settled(self) -> None:
        """Wait until every update is done and every chat shows what it shall."""
        async for _ in Looks(2 * LOOKS):
            if not await self._busy():
                return
        raise DoesNotShow(f"the hub does not come to rest: {await self._undone()}")

    async def _busy(self) -> bool:
        # An update leaves the house network's queue only when it stands in the inbox.
        if self.running.house and len(self.running.house.updates):
            return True
        undone = "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'waiting') + COUNT(*) AS n FROM messages"
        return bool((await self.rows(f"{undone} WHERE {UNSHOWN}"))[0]["n"])

    async def _undone(self) -> tuple[int, Rows, Rows]:
        """Return how many updates the house holds, which ones wait, and which messages are not shown as they are."""
        held = len(self.running.house.updates) if self.running.house else 0
        waiting = await self.rows("SELECT id, network, update_id FROM inbox WHERE state = 'waiting'")
        columns = "id, network, chat_id, key, revision, shown, message_id, sending"
        return held, waiting, await self.rows(f"SELECT {columns} FROM messages WHERE {UNSHOWN}")

    async def domain(self) -> dict[str, Rows]:
        """Return every row that says something about the prison: all tables but the log and the delivery's own."""
        async with self.running.database.reading() as tx:
            names = {row["name"] for row in await tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
            tables = {name: await tx.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in sorted(names - ITS_OWN)}
            return {name: [dict(row) for row in rows] for name, rows in tables.items()}


async def new_hub(data: Path) -> None:
    """Put a freshly made demo prison in a folder."""
    if not TEMPLATE.exists():
        await founding.create(Settings(data=TEMPLATE, demo=True), files.HUB, files.PEOPLE)
    shutil.copytree(TEMPLATE, data, dirs_exist_ok=True)


async def new_hub_at(data: Path, moment: datetime) -> None:
    """Put a demo prison in a folder that will open at this moment, having slept since it was made."""
    await new_hub(data)
    async with await Database.open(Settings(data=data).database) as database, database.transaction() as tx:
        await facts.put(tx, facts.CLOCK, to_text(moment))


def standing_clock(database: Path) -> MovableClock:
    """Return a clock that stands where a hub left it: on a busy machine nobody's time is over before it is said."""
    with closing(sqlite3.connect(database)) as connection:
        kept = connection.execute("SELECT value FROM facts WHERE name = ?", (facts.CLOCK,)).fetchone()
    moment = from_text(kept[0]) if kept else files.OPENS
    return MovableClock(moment, lambda: moment)


@asynccontextmanager
async def whole_hub(data: Path, *, clock: Clock | None = None, **settings: Any) -> AsyncIterator[WholeHub]:
    """Run the demo prison in a folder, made afresh if it is not there yet; its clock moves when it is moved.

    With a ``house_url`` its chats are in a house network that runs elsewhere.
    """
    asked = replace(Settings(data=data, port=0, demo=True), **settings)
    if not asked.database.exists():
        await new_hub(data)
    async with (
        app.running(asked, clock or standing_clock(asked.database)) as running,
        loopback.client(asked.house_url or running.address) as http,
    ):
        await running.is_open.wait()
        chats = (await http.get("/client/chats")).raise_for_status().json()
        devices = {chat["title"]: Device(http, chat["id"], house=running.house) for chat in chats}
        hub = WholeHub(running, http, devices)
        yield hub
        if unsaid := await about.unsaid(running.database):
            raise AssertionError("\n".join(unsaid))
