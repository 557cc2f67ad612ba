"""The parts of a hub and how they hang together; the app starts and stops them."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, ContextTypes

from bot import inside
from bot.clock import Clock
from bot.config import Settings
from bot.delivery import limits
from bot.delivery.dispatch import Dispatch
from bot.delivery.networks import Carrier, Network
from bot.delivery.sender import Sender
from bot.delivery.turns import Turns
from bot.delivery.wire import bot_api
from bot.delivery.wire.bot_api import TELEGRAM
from bot.documents import recipes
from bot.domain.chat.messages import LANE_DUE
from bot.doorkeeper import Doorkeeper
from bot.gateway.house import House
from bot.jobs import Jobs
from bot.running.together import Together
from bot.store import people, showing
from bot.store.database import Database, Transaction
from bot.usecases.opening import EMAIL, HOUSE
from handlers import tables
from handlers.chat import sheets
from handlers.chat.context import Context, Tables

if TYPE_CHECKING:
    from bot.delivery.wire.letters import LetterNetwork

SETTLE_SECONDS = 0.005
SETTLE_TRIES = 400


@dataclass
class Running:
    """A hub that runs: what the front door and the tests hold on to."""

    settings: Settings
    clock: Clock
    database: Database
    turns: Turns
    jobs: Jobs
    dispatch: Dispatch
    house: House | None
    address: str = ""
    kiosk_address: str = ""
    doorkeeper: Doorkeeper | None = None
    broken: asyncio.Event = field(default_factory=asyncio.Event)
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    senders: list[Sender] = field(default_factory=list)


def networks_of(settings: Settings, house: House | None) -> dict[str, Network]:
    """Return the networks that the hub speaks on, by name; the house network is among them always."""
    there = partial(bot_api.over_http, HOUSE, str(settings.house_url), settings.house_token)
    networks = {HOUSE: inside.network_of(house) if house else there()}
    if settings.house_paced:
        networks[HOUSE].limits = limits.telegram()
    if settings.telegram_token:
        networks[TELEGRAM] = bot_api.telegram(settings)
    return networks


def assemble(settings: Settings, turns: Turns, house: House | None, together: Together) -> Running:
    """Put the parts of a hub together; nothing of it runs yet."""
    application = application_of(turns.networks[HOUSE].bot)
    tell, apologise = partial(tables.tell_refusal, application), partial(tables.apologise, application)
    unchanged = partial(tables.unchanged, application)
    dispatch = Dispatch(turns, application, tell, apologise, turns.hub.languages[0], unchanged)
    due = Jobs(partial(turns.begin, lane=LANE_DUE), partial(tables.run_job, application), turns.clock, turns.database)
    carriers: list[Carrier] = [*turns.networks.values(), *_letters(settings, turns)]
    senders = [Sender.of(turns, network, recipes.draw) for network in carriers]
    turns.settle = partial(tables.settled, application)
    turns.foresee, turns.written = partial(_foresee, senders), partial(_wake, senders, together)
    turns.count = partial(sheets.count, turns.hub.zone)
    due.settled = partial(_house_settled, turns.database)
    return Running(settings, turns.clock, turns.database, turns, due, dispatch, house, senders=senders)


def _letters(settings: Settings, turns: Turns) -> "list[LetterNetwork]":
    if settings.smtp is None:
        return []
    from bot.delivery.wire.letters import LetterNetwork  # noqa: PLC0415 - only a hub that sends letters loads aiosmtplib

    async def address_of(chat_id: int) -> str | None:
        async with turns.database.reading() as tx:
            return await people.address_of(tx, EMAIL, chat_id)

    return [LetterNetwork(settings.smtp, turns.clock, address_of)]


async def _house_settled(database: Database) -> None:
    for _ in range(SETTLE_TRIES):
        async with database.reading() as tx:
            if not await showing.anything_waits(tx, HOUSE):
                return
        await asyncio.sleep(SETTLE_SECONDS)


def _foresee(senders: list[Sender], tx: Transaction, written_for: Collection[str]) -> None:
    # In the house alone: a sender outside that trips is to undo nobody's turn.
    for sender in senders:
        if sender.network.name in written_for and not sender.network.leaves_house:
            sender.foresee(tx)


def _wake(senders: list[Sender], together: Together) -> None:
    together.written.set()
    for sender in senders:
        sender.wake.set()


def application_of(bot: Any) -> tables.App:
    """Return the application that finds a handler for an update, with the tables of every room."""
    application = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context, bot_data=Tables))
        .build()
    )
    tables.add_to(application)
    return application
