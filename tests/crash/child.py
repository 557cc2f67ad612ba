"""What runs in the processes that are killed: a whole hub, a house network, or both, and the hand that kills them."""

import asyncio
import os
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from telegram.request import BaseRequest

from bot import app, hubfile
from bot.clock import machine_now
from bot.config import Settings
from bot.delivery.wire.http import HttpRequest
from bot.demo.files import HUB
from bot.gateway.bot_api.pace import Pace
from bot.gateway.bot_api.request import HouseRequest
from bot.gateway.doors import server, web
from bot.gateway.house import House
from bot.running import parts
from bot.store.database import Database, Transaction
from bot.usecases.opening import FIRST_KIOSK_CHAT, FIRST_STAFF_CHAT
from tests.hub.announcing import NEWS, at_the_desk_of, tell_all

SENDS = ("sendMessage", "editMessageText", "deleteMessage", "answerCallbackQuery")
Do = Callable[..., Awaitable[Any]]


@dataclass
class Hand:
    """Kills its own process at the n-th commit, hash or send from now, before or after it."""

    point: str = ""
    left: int = 0
    after: bool = False

    def arm(self, point: str, left: int, after: bool) -> None:
        self.point, self.left, self.after = point, left, after

    async def around(self, point: str, work: Do, *args: Any, **kwargs: Any) -> Any:
        strikes = point == self.point and self._counted()
        if strikes and not self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = await work(*args, **kwargs)
        if strikes:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def _counted(self) -> bool:
        self.left -= 1
        return self.left == 0


HAND = Hand()


def lay_hands_on() -> None:
    """Let every commit of the hub, every hash and every call that changes a chat pass through the hand."""
    commit = Database._commit

    async def committed(database: Database, tx: Transaction) -> None:
        await HAND.around("commit", commit, database, tx)

    Database._commit = committed  # type: ignore[method-assign, assignment] # faults are put in here, in the child alone
    asyncio.to_thread = partial(HAND.around, "count", asyncio.to_thread)
    for kind in (HouseRequest, HttpRequest):
        _watch(kind)


def _watch(kind: type[BaseRequest]) -> None:
    request = kind.do_request

    async def do_request(self: BaseRequest, url: str, *args: Any, **kwargs: Any) -> Any:
        if url.partition("?")[0].rpartition("/")[2] in SENDS:
            return await HAND.around("send", request, self, url, *args, **kwargs)
        return await request(self, url, *args, **kwargs)

    kind.do_request = do_request  # type: ignore[method-assign] # as above


def run_hub(pipe: Connection, settings: Settings) -> None:
    """Run a hub until it is killed or told to stop; it arms its hand when asked, and tells its rows."""
    lay_hands_on()
    asyncio.run(_hub(pipe, settings))


def listen(pipe: Connection, hears: Callable[[Any], None]) -> None:
    """Hear what the parent says; when it is gone, nobody would end this process, and so it ends itself."""

    def arrived() -> None:
        try:
            said = pipe.recv()
        except (EOFError, ConnectionResetError):
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            hears(said)

    asyncio.get_running_loop().add_reader(pipe.fileno(), arrived)


async def _hub(pipe: Connection, settings: Settings) -> None:
    asked: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
    listen(pipe, asked.put_nowait)
    async with app.running(settings) as hub:
        await hub.is_open.wait()
        pipe.send(hub.address)
        while (what := await asked.get())[0] != "stop":
            pipe.send(await _answer(hub, *what))
    pipe.send("stopped")


async def _answer(hub: parts.Running, what: str, about: Any) -> Any:
    if what == "arm":
        return HAND.arm(*about)
    if what == "announce":
        async with at_the_desk_of(hub) as context:
            return await tell_all(context, about)
    async with hub.database.reading() as tx:
        return [dict(row) for row in await tx.rows(about)]


def run_house(pipe: Connection, path: Path) -> None:
    """Run a house network with both doors open until it is killed."""
    asyncio.run(_house(pipe, path))


async def _house(pipe: Connection, path: Path) -> None:
    listen(pipe, lambda _said: None)
    await _serve(pipe, await House.open(path, machine_now))


async def _serve(pipe: Connection, house: House) -> None:
    described = hubfile.read_hub(HUB)
    for number, kiosk in enumerate(described.kiosks):
        await house.open_chat(FIRST_KIOSK_CHAT + number, kiosk.id, "kiosk")
    for number, person in enumerate(described.staff):
        await house.open_chat(FIRST_STAFF_CHAT + number, person.id, "staff")
    house.threshold.close()
    listening = server.bind("127.0.0.1", 0)
    pipe.send((f"http://127.0.0.1:{listening.getsockname()[1]}", house.token))
    await server.serve(Starlette(routes=web.routes(house, open_client=True, bot_api=True)), listening, house.stop)


def run_slow_house(pipe: Connection, path: Path, more: range) -> None:
    """Run a house network that takes no more than Telegram does, with more chats of staff; it tells who has news."""
    asyncio.run(_slow_house(pipe, path, more))


async def _slow_house(pipe: Connection, path: Path, more: range) -> None:
    house, pace = await House.open(path, machine_now), Pace()
    house.pace = pace
    for chat in more:
        await house.open_chat(chat, f"P{chat}", "staff")

    def tell(_asked: Any) -> None:
        texts = {chat: [each["text"] for each in house.chat(chat)["messages"]] for chat in more}
        pipe.send((pace.refused, {chat: found.count(NEWS) for chat, found in texts.items()}))

    listen(pipe, tell)
    await _serve(pipe, house)


def rows_of(database: Path, sql: str) -> list[dict[str, Any]]:
    """Read a database whose hub is dead."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql)]
    finally:
        connection.close()
