"""demo and run: a hub that is open until it is stopped, or a part of it breaks."""

import argparse
import asyncio
import shutil
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

from bot import addresses, app, founding
from bot.commands.asked import Commands, settings_of
from bot.config import Settings
from bot.delivery.keeping import end_all
from bot.demo import files
from bot.hubfile import Files
from bot.running import parts

OPEN_TO_ALL = """\
THIS DEMO IS OPEN TO EVERYBODY WHO CAN REACH {host}:{port}, without a code and without encryption.
Its people are made up; let nobody write of real ones. A container's port is for this machine alone when it is
published as 127.0.0.1:{port}:{port}, and the demo answers to no other name than 127.0.0.1 or localhost."""


async def run_demo(asked: argparse.Namespace) -> int:
    """Start the made-up prison, afresh or where it was."""
    settings = replace(settings_of(asked), demo=True, host=asked.listen, port=asked.port)
    if asked.play:
        return await app.play(settings)
    if asked.reset and settings.data.exists():
        shutil.rmtree(settings.data)
    is_new = not settings.database.exists()
    made = await founding.create(settings, files.HUB, files.PEOPLE) if is_new else None
    if not addresses.on_this_machine(settings.host):
        print(OPEN_TO_ALL.format(host=settings.host, port=settings.port), flush=True)
    return await _run(settings, "Samtalelapp: the demo prison Fjordheim is open at {hub.address}", made)


async def run_hub(asked: argparse.Namespace) -> int:
    """Run a real hub."""
    settings = replace(
        settings_of(asked),
        staff=asked.staff,
        kiosks=asked.kiosks,
        certificate=asked.certificate,
        key_file=asked.key_file,
        behind_proxy=asked.behind_proxy,
        hosts=tuple(asked.host),
    )
    return await _run(settings, "Samtalelapp is running: staff at {hub.address}, kiosks at {hub.kiosk_address}")


async def _run(settings: Settings, greeting: str, made: Files | None = None) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as stack:
        hub = await _opened(stack.enter_async_context(app.running(settings, made=made)), stopped)
        if hub is None:
            return 0
        print(greeting.format(hub=hub), flush=True)
        if settings.bot_api and hub.house:
            print(f"The Bot API door is open at {hub.address}bot{hub.house.token}/", flush=True)
        print("Press Ctrl-C to stop.", flush=True)
        endings = {asyncio.create_task(stopped.wait()), asyncio.create_task(hub.broken.wait())}
        await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
        await end_all(endings)
        return app.BROKEN if hub.broken.is_set() else 0


async def _opened(opening: Coroutine[Any, Any, parts.Running], stopped: asyncio.Event) -> parts.Running | None:
    """Start a hub; None where it was asked to stop before it was open, whatever it waited for."""
    work, stop = asyncio.create_task(opening), asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        return await work if work.done() else None
    finally:
        await end_all([work, stop])


COMMANDS = Commands({"demo": run_demo, "run": run_hub}, app.FAULTS)
