"""The front door: demo, run, init, invite, device, check; each fault is one clear sentence and an exit code."""

import argparse
import asyncio
import importlib
import importlib.util
import os
import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot import addresses, app, founding, hubfile, logs, rights
from bot.config import DATA, DEFAULT_KIOSK_PORT, DEFAULT_PORT, KIOSK_DOOR, STAFF_DOOR, Settings, from_environment
from bot.delivery.keeping import end_all
from bot.demo import files
from bot.running import parts
from bot.store import files as files_of_hub

DEMO_DATA = Path(".demo")
OPEN_TO_ALL = """\
THIS DEMO IS OPEN TO EVERYBODY WHO CAN REACH {host}:{port}, without a code and without encryption.
Its people are made up; let nobody write of real ones. A container's port is for this machine alone when it is
published as 127.0.0.1:{port}:{port}, and the demo answers to no other name than 127.0.0.1 or localhost."""
MOST_PORT = 65535


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit code."""
    asked = parser().parse_args(arguments)
    logs.begin()
    try:
        with rights.private(), asyncio.Runner(loop_factory=loop_factory()) as runner:
            code: int = runner.run(_in_a_sentence(asked))
    except tuple(app.FAULTS) as fault:
        print(f"samtalelapp: {fault}", file=sys.stderr)
        return app.FAULTS[type(fault)]
    except KeyboardInterrupt:
        return 0
    return code


async def _in_a_sentence(asked: argparse.Namespace) -> int:
    """Carry out a command; what the machine refuses on the way is a fault with a sentence."""
    try:
        code: int = await asked.command(asked)
    except sqlite3.Error as error:
        raise files_of_hub.fault_of(Settings(asked.data).database, error) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise rights.refused(error, Path(error.filename)) from error
    return code


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return how the hub makes its event loop: uvloop, except on Windows, where asyncio's own does the same, slower."""
    if importlib.util.find_spec("uvloop") is None:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = importlib.import_module("uvloop").new_event_loop
    return factory


def parser() -> argparse.ArgumentParser:
    """Return what the command line understands."""
    door = argparse.ArgumentParser(prog="samtalelapp", description="Conversation slips for a prison's service hub.")
    commands = door.add_subparsers(required=True, metavar="COMMAND")
    demo = _command(commands, "demo", run_demo, "a made-up prison to try, in the browser")
    demo.add_argument("--reset", action="store_true", help="start afresh")
    demo.add_argument("--play", action="store_true", help="play a journey and print what each device showed")
    demo.set_defaults(data=DEMO_DATA)
    demo.add_argument("--listen", default="127.0.0.1", metavar="HOST", help="in a container 0.0.0.0 (%(default)s)")
    run = _command(commands, "run", run_hub, "run a hub from its data folder")
    demo.add_argument("--port", type=int, default=DEFAULT_PORT, help="the port of the page (%(default)s)")
    _doors(run)
    for served in (demo, run):
        served.add_argument("--bot-api", action="store_true", help="open the house network's Bot API door, for tests")
    init = _command(commands, "init", init_hub, "make a new hub in a data folder")
    init.add_argument("--hub", type=Path, required=True, help="the hub.yaml that describes it")
    init.add_argument("--people", type=Path, help="a people.yaml with numbers and first PINs")
    invite = _command(commands, "invite", invite_person, "make a one-time code for somebody of the staff")
    invite.add_argument("person", help="who it is for, as in hub.yaml: N1")
    device = _command(commands, "device", make_device_code, "make a one-time code for a kiosk or a staff browser")
    device.add_argument("owner", help="what it will be, or whose, as in hub.yaml: K-A or N1")
    device.add_argument("--instead", action="store_true", help="end the devices that it had before")
    check = commands.add_parser("check", help="read a hub.yaml, and a people.yaml for it, and tell every fault")
    check.add_argument("hub", type=Path)
    check.add_argument("--people", type=Path, help="a people.yaml for it, to be read too")
    check.set_defaults(command=check_hub)
    return door


def _doors(run: argparse.ArgumentParser) -> None:
    run.add_argument(
        "--staff",
        type=_address,
        default=os.environ.get(STAFF_DOOR) or f"127.0.0.1:{DEFAULT_PORT}",
        metavar="HOST:PORT",
        help=f"where browsers of the staff come in; {STAFF_DOOR} says it too (%(default)s)",
    )
    run.add_argument(
        "--kiosks",
        type=_address,
        default=os.environ.get(KIOSK_DOOR) or f"127.0.0.1:{DEFAULT_KIOSK_PORT}",
        metavar="HOST:PORT",
        help=f"where kiosks come in; {KIOSK_DOOR} says it too (%(default)s)",
    )
    run.add_argument("--certificate", type=Path, metavar="FILE", help="the certificate for TLS, with its chain, PEM")
    run.add_argument("--key-file", type=Path, metavar="FILE", help="the certificate's key, PEM")
    run.add_argument("--behind-proxy", action="store_true", help="a proxy on this machine ends TLS")
    run.add_argument(
        "--host",
        type=_name,
        action="append",
        default=[],
        metavar="NAME",
        help="a name under which devices reach the hub; may be given several times",
    )


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isdecimal() and int(port) <= MOST_PORT):
        message = f"{text!r} is no HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080"
        raise argparse.ArgumentTypeError(message)
    return host.removeprefix("[").removesuffix("]"), int(port)


def _name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.-]+", text):
        message = f"{text!r} is no host name, such as hub.example.org; leave protocol, port and path out"
        raise argparse.ArgumentTypeError(message)
    return text


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], Coroutine[Any, Any, int]],
    about: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=about, description=about)
    folder = Path(os.environ.get(DATA) or "data")
    command.add_argument("--data", type=Path, default=folder, help=f"the data folder; {DATA} says it too (%(default)s)")
    command.set_defaults(bot_api=False)
    command.set_defaults(command=run)
    return command


def _settings(asked: argparse.Namespace) -> Settings:
    return Settings(data=asked.data, bot_api=asked.bot_api, **from_environment(os.environ))


async def run_demo(asked: argparse.Namespace) -> int:
    """Start the made-up prison, afresh or where it was."""
    settings = replace(_settings(asked), demo=True, host=asked.listen, port=asked.port)
    if asked.play:
        return await app.play(settings)
    if asked.reset and settings.data.exists():
        shutil.rmtree(settings.data)
    if not settings.database.exists():
        await founding.create(settings, files.HUB, files.PEOPLE)
    if not addresses.on_this_machine(settings.host):
        print(OPEN_TO_ALL.format(host=settings.host, port=settings.port), flush=True)
    return await _run(settings, "Samtalelapp: the demo prison Fjordheim is open at {hub.address}")


async def run_hub(asked: argparse.Namespace) -> int:
    """Run a real hub."""
    settings = replace(
        _settings(asked),
        staff=asked.staff,
        kiosks=asked.kiosks,
        certificate=asked.certificate,
        key_file=asked.key_file,
        behind_proxy=asked.behind_proxy,
        hosts=tuple(asked.host),
    )
    return await _run(settings, "Samtalelapp is running: staff at {hub.address}, kiosks at {hub.kiosk_address}")


async def _run(settings: Settings, greeting: str) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as stack:
        hub = await _opened(stack.enter_async_context(app.running(settings)), stopped)
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


async def init_hub(asked: argparse.Namespace) -> int:
    """Make a new hub."""
    await founding.create(_settings(asked), asked.hub, asked.people)
    print(f"A new hub is ready in {asked.data}. Keep samtalelapp.key apart from the backups. Start it with:")
    print(f"  samtalelapp run --data {asked.data}")
    return 0


async def invite_person(asked: argparse.Namespace) -> int:
    """Make a one-time code while the hub is stopped."""
    code = await founding.invite(_settings(asked), asked.person)
    print(f"Within 15 minutes, {asked.person} writes to the bot:\n  /start {code}")
    return 0


async def make_device_code(asked: argparse.Namespace) -> int:
    """Make a device code while the hub is stopped: that is how the first browser gets in."""
    code = await founding.device(_settings(asked), asked.owner, instead=asked.instead)
    print(f"Within 15 minutes, write this in the browser that shall be {asked.owner}'s:\n  {code}")
    return 0


async def check_hub(asked: argparse.Namespace) -> int:
    """Read a hub.yaml."""
    described = hubfile.read_hub(asked.hub)
    hub = described.hub
    people = hubfile.read_people(asked.people, described) if asked.people else None
    print(f"{asked.hub} is right: {hub.name}, {len(hub.services)} services, {len(hub.units)} units.")
    if people:
        print(f"{asked.people} is right: {len(people.inmates)} numbers, {len(people.slips)} slips.")
    return 0
