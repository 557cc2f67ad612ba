"""The house network in this process: its file and its chats, and a start that ends where the disk takes nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.clock import Clock
from bot.config import Settings
from bot.delivery.keeping import end_all
from bot.delivery.networks import Network
from bot.delivery.wire.troubles import in_words
from bot.faults import place_of
from bot.gateway.bot_api.pace import Pace
from bot.gateway.bot_api.request import HouseRequest
from bot.gateway.house import House
from bot.gateway.journal import JournalFault
from bot.store import chats as chat_rows
from bot.store.database import Database
from bot.store.files import DatabaseFault
from bot.usecases.opening import HOUSE

HOUSE_URL = "http://house.invalid/bot"
TAKES_NOTHING = "{path} takes nothing: the disk is full, or fails. Make room on it, and start again."


async def opened(settings: Settings, clock: Clock, database: Database) -> House:
    """Open the house, with a chat for everybody who has an account in it and for nobody else."""
    house = await House.open(settings.house, clock.now)
    try:
        house.pace = Pace() if settings.house_paced else None
        await _open_chats(house, database)
    except BaseException:
        await house.close()
        raise
    return house


async def _open_chats(house: House, database: Database) -> None:
    async with database.reading() as tx:
        wanted = await chat_rows.chats_on(tx, HOUSE)
    for chat in {each["id"] for each in house.chats()} - {chat_id for chat_id, _title, _kiosk in wanted}:
        await house.close_chat(chat)
    for chat_id, title, kiosk in wanted:
        await house.open_chat(chat_id, title, "kiosk" if kiosk else "staff")


def network_of(house: House) -> Network:
    """Return the house as a network of the delivery, without a socket between."""
    request = HouseRequest(house)
    bot = ExtBot(house.token, base_url=HOUSE_URL, request=request, get_updates_request=request)
    return Network(HOUSE, bot, request, leaves_house=False)


async def first_connect(
    house: House, database: Database, settings: Settings, connect: Callable[[], Awaitable[None]]
) -> None:
    """Open the doors for the first time. JournalFault or DatabaseFault say which file takes nothing now.

    Afterwards what fails is waited out; but before it is open a hub has nobody whom it could tell.
    """
    work = asyncio.ensure_future(connect())
    with _watching(house, database, settings) as fault:
        either: set[asyncio.Future[Any]] = {work, fault}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end_all([work])
        if fault.done():
            raise fault.result()
    try:
        work.result()
    except (TelegramError, TimeoutError) as error:
        why = "the kiosks cannot be emptied" if isinstance(error, TimeoutError) else in_words(error)
        raise JournalFault(f"{settings.house}: {why} ({place_of(error)}). Report it with the log.") from error


@contextmanager
def _watching(house: House, database: Database, settings: Settings) -> Iterator[asyncio.Future[Exception]]:
    """Give the fault of the first file that the disk does not take something for."""
    fault: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()
    before = house.journal.failed, database.failed

    def note(error: Exception) -> None:
        if not fault.done():
            fault.set_result(error)

    house.journal.failed = lambda: note(JournalFault(TAKES_NOTHING.format(path=settings.house)))
    database.failed = lambda: note(DatabaseFault(TAKES_NOTHING.format(path=settings.database)))
    try:
        yield fault
    finally:
        house.journal.failed, database.failed = before
        fault.cancel()
