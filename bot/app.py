"""Wiring: the one file that knows all parts; it starts and stops them."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.routing import Route
from starlette.types import ASGIApp

from bot import doorkeeper, endings, founding, inside, jobs
from bot.clock import Clock, MovableClock
from bot.config import Settings
from bot.delivery import foreseen
from bot.delivery.intake import Intake, doubt_interrupted, meet
from bot.delivery.keeping import keep_going
from bot.delivery.menus import Menus
from bot.delivery.networks import Carrier, Network
from bot.delivery.secrecy import Secrecy
from bot.delivery.sender import Sender
from bot.delivery.turns import Turns
from bot.demo.files import HUB, OPENS, PEOPLE
from bot.demo.play import Player, Stuck, journey_one
from bot.demo.routes import Demo, made_up
from bot.domain import codes
from bot.domain.chat.messages import LANE_DUE
from bot.doorkeeper import Doorkeeper
from bot.faults import place_of
from bot.gateway.doors import bodies, server
from bot.gateway.doors.gate import Gate
from bot.gateway.journal import JournalFault
from bot.hubfile import Files
from bot.jobs import Jobs
from bot.listeners import Listener, listen
from bot.running import start
from bot.running.parts import Running, assemble, networks_of
from bot.running.start import Start, if_set, take_in_late, when
from bot.running.together import Together
from bot.running.watch import Watch
from bot.speaking.reading import Reading
from bot.store import chats as chat_rows
from bot.store import keys
from bot.store.database import Database
from bot.usecases.hub import composed
from bot.usecases.opening import HOUSE
from handlers import tables
from handlers.screen import covers, pads

log = logging.getLogger(__name__)

Work = Callable[[], Coroutine[Any, Any, None]]

FAULTS: dict[type[Exception], int] = {
    **endings.FAULTS,
    server.PortTaken: 6,
    JournalFault: 7,
    Stuck: 8,
    server.DoorFault: 10,
}
"""What may stop a hub from starting, and the exit code that says so."""

BROKEN = 9
"""The exit code of a hub of which a part has stopped."""


@asynccontextmanager
async def running(settings: Settings, clock: Clock | None = None, made: Files | None = None) -> AsyncIterator[Running]:
    """Run a hub from its data folder until the block is left; every part is stopped again, the last one first.

    A hub that was ``made`` just now of its files is not read from them again.
    """
    described = made.hub if made else founding.described_in(settings)
    secrets = keys.read(settings.key)
    async with AsyncExitStack() as stack:
        listeners = listen(settings)
        for listener in listeners:
            stack.callback(listener.socket.close)
        database = await stack.enter_async_context(await Database.open(settings.database))
        clock = clock or await founding.clock_of(settings, database)
        async with database.transaction() as tx:
            await start.forget_what_passed(tx)
            await founding.take_over(tx, settings, described, secrets)
            hub_now = await composed(tx, described.hub)
        house = None if settings.house_url else await inside.opened(settings, clock, database)
        if house:
            stack.push_async_callback(house.close)
        has_doors = house is not None and not settings.demo
        turns = Turns(database, clock, hub_now, secrets, networks_of(settings, house), described.hub, has_doors)
        together = Together(database, clock, turns.networks[HOUSE])
        hub = assemble(settings, turns, house, together)
        hub.address, hub.kiosk_address = listeners[0].address, listeners[-1].address
        await _open_doors(hub, await asyncio.to_thread(Reading.of, described, settings.data))
        _spawn(hub, stack, database.keep_tidy())
        for listener in listeners:
            site, stop = await _site(hub, listener, made), house.stop if house else _nothing
            proxied = settings.behind_proxy
            gate = Gate(listener.kind, listener.most, one_address=proxied)
            serve = partial(server.serve, tls=listener.tls, proxied=proxied, gate=gate)
            _spawn(hub, stack, when(hub.is_open, partial(serve, site, listener.socket, stop)))
        watch = await _watch(hub)
        await _start_delivery(hub, stack, together)
        # Until here a disk that fails ends the start, in one sentence; from here on the kiosks say so.
        database.failed = watch.fails
        for work in (watch.cover, watch.bring_back, together.run):
            _spawn(hub, stack, when(hub.is_open, work))
        scheduler = jobs.schedule(partial(if_set, hub.is_open, partial(_tick, watch, hub.jobs)))
        stack.callback(jobs.stop, scheduler)
        _say_that_letters_wait(settings, described.mailboxes)
        yield hub


def _say_that_letters_wait(settings: Settings, mailboxes: Iterable[str]) -> None:
    names = ", ".join(sorted(mailboxes))
    if names and not settings.smtp and not settings.demo:
        log.warning("No SMTP server is set: letters to %s wait until SAMTALELAPP_SMTP_HOST and _FROM are given", names)


async def _watch(hub: Running) -> Watch:
    async def lock(kiosks: Iterable[str]) -> None:
        async with hub.turns.begin(lane=LANE_DUE) as turn:
            await tables.lock(hub.dispatch.application, turn, kiosks)

    return await Watch.of(hub.turns, hub.turns.networks[HOUSE], partial(covers.cover, hub.turns.hub), lock)


async def _tick(watch: Watch, due: Jobs) -> None:
    if not watch.holds:
        await due.tick()


def _nothing() -> None:
    """Nothing else goes on."""


async def _open_doors(hub: Running, reading: Reading) -> None:
    hub.dispatch.application.bot_data.voices = reading.kinds
    if hub.house:
        hub.doorkeeper = Doorkeeper(hub.turns, hub.house, hub.broken, reading)
        hub.database.accounts_changed = hub.doorkeeper.follow
        async with hub.database.reading() as tx:
            await hub.doorkeeper.follow(tx)


async def _open_up(hub: Running) -> None:
    async with hub.turns.begin(lane=LANE_DUE) as turn:
        await jobs.plan_days(turn)
        outside = [network.name for network in hub.turns.networks.values() if network.leaves_house]
        await tables.open_up(hub.dispatch.application, turn, outside)


async def _start_delivery(hub: Running, stack: AsyncExitStack, together: Together) -> None:
    """Let everything go in and out; a house network in this process is open then."""
    secrecy = Secrecy(pads.PRESSES_THAT_PASS, codes.TYPED, hub.turns.keys.stamp_of_code)
    house = hub.turns.networks[HOUSE]
    opening = Start(hub.database, house, hub.dispatch, secrecy, partial(_open_up, hub), hub.broken, bool(hub.house))
    for sender in hub.senders:
        network, connected = sender.network, asyncio.Event()
        stack.push_async_callback(network.disconnect)
        if not isinstance(network, Network):
            _spawn(hub, stack, _going_on(network, partial(_send_only, sender)))
            continue
        intake = Intake(network, hub.database, hub.clock, hub.dispatch.wake.set, connected.set, secrecy=secrecy)
        intake.foresee = partial(foreseen.by_turns, hub.dispatch.hashing)
        intake.opening = partial(take_in_late, hub.dispatch, intake)
        if network is house:
            intake.connected, connected = hub.is_open.set, opening.locked
            intake.met = together.meet
            intake.opening, intake.returned = partial(opening.open, intake.catch_up), opening.reopen
        for work in _work_on(hub, sender, network, connected):
            _spawn(hub, stack, _going_on(network, work))
        if network is house and hub.house:
            await inside.first_connect(hub.house, hub.database, hub.settings, intake.connect)
        _spawn(hub, stack, _going_on(network, intake.run))
    _spawn(hub, stack, when(hub.is_open, hub.dispatch.run))


def _work_on(hub: Running, sender: Sender, network: Network, connected: asyncio.Event) -> list[Work]:
    return [
        partial(when, connected, partial(_send, sender)),
        partial(when, connected, Menus(network, hub.database).run),
    ]


def _going_on(network: Carrier, work: Work) -> Coroutine[Any, Any, None]:
    # A fault of ours on a network outside ends nothing else: the house network needs nobody.
    return keep_going(network.name, work) if network.leaves_house else work()


async def _send(sender: Sender) -> None:
    await doubt_interrupted(sender.network, sender.database)
    await sender.run()


async def _send_only(sender: Sender) -> None:
    await meet(sender.network, sender.database)
    await sender.run()


def _spawn(hub: Running, stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    task.add_done_callback(partial(_notice_death, hub))
    stack.push_async_callback(_stop, task)


def _notice_death(hub: Running, task: asyncio.Task[None]) -> None:
    # Half a hub would look alive and keep no promise: the front door stops it, and whoever supervises restarts it.
    if not task.cancelled() and (error := task.exception()):
        log.critical("A part of the hub has stopped: %s", place_of(error))
        hub.broken.set()


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


async def _site(hub: Running, listener: Listener, made: Files | None) -> ASGIApp:
    also: list[Route] = []
    if hub.settings.demo and isinstance(hub.clock, MovableClock):
        also = (await _demo(hub, hub.clock, made or made_up())).routes(bodies.posted)
    if hub.doorkeeper is None:
        return doorkeeper.site(hub.settings, listener, also)
    return hub.doorkeeper.site(hub.settings, listener, also)


async def _demo(hub: Running, clock: MovableClock, files: Files) -> Demo:
    async with hub.database.transaction() as tx:
        chats = tuple(await chat_rows.chats_on(tx, HOUSE))
    publish = hub.house.publish if hub.house else (lambda _kind, _data: None)
    move = partial(hub.jobs.move_clock, clock)
    return Demo(hub.turns.hub, clock, files.people.inmates, files.hub.staff, chats, move, publish)


async def play(settings: Settings) -> int:
    """Play J1 in a fresh demo prison of its own, and print what each device showed."""
    with TemporaryDirectory() as folder:
        settings = replace(settings, data=Path(folder), port=0)
        made = await founding.create(settings, HUB, PEOPLE)
        async with running(settings, made=made) as hub:
            if hub.house is None or not isinstance(hub.clock, MovableClock):
                raise Stuck(settings.house_url)
            devices = {chat["title"]: chat["id"] for chat in hub.house.chats()}
            await journey_one(Player(hub.house, devices), partial(hub.jobs.move_clock, hub.clock), OPENS)
    return 0
