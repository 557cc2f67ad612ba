"""The front door: demo, run, init, invite, device, voices, check; each fault is one clear sentence and an exit code."""

import argparse
import asyncio
import gc
import importlib
import importlib.util
import os
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from bot import logs, rights
from bot.commands.asked import Command, Commands
from bot.config import DATA, DEFAULT_KIOSK_PORT, DEFAULT_PORT, KIOSK_DOOR, STAFF_DOOR, Settings
from bot.store import files

DEMO_DATA = Path(".demo")
MOST_PORT = 65535


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit code."""
    asked = parser().parse_args(arguments)
    logs.begin()
    try:
        return _carry_out(loaded(asked.command), asked)
    except KeyboardInterrupt:
        return 0


def loaded(command: str) -> Commands:
    """Load what carries out a command and no more: only a hub that is open needs all of the program.

    What is loaded stays: whoever collected garbage some hundred times meanwhile would do so in vain, and a hub that
    went through all of it again, now and then, would stand still for a tenth of a second each time.
    """
    gc.disable()
    try:
        if command in {"demo", "run"}:
            from bot.commands import serving  # noqa: PLC0415 - the chat library, every room, the doors

            return serving.COMMANDS
        if command == "check":
            from bot.commands import checking  # noqa: PLC0415 - no database

            return checking.COMMANDS
        if command == "voices":
            from bot.commands import speaking  # noqa: PLC0415 - catalogues and programs that speak

            return speaking.COMMANDS
        from bot.commands import founding  # noqa: PLC0415 - no chat library

        return founding.COMMANDS
    finally:
        gc.freeze()
        gc.enable()


def _carry_out(commands: Commands, asked: argparse.Namespace) -> int:
    try:
        with rights.private(), asyncio.Runner(loop_factory=loop_factory()) as runner:
            return runner.run(_in_a_sentence(commands.carry_out[asked.command], asked))
    except tuple(commands.faults) as fault:
        print(f"samtalelapp: {fault}", file=sys.stderr)
        return commands.faults[type(fault)]


async def _in_a_sentence(command: Command, asked: argparse.Namespace) -> int:
    """Carry out a command; what the machine refuses on the way is a fault with a sentence."""
    try:
        return await command(asked)
    except sqlite3.Error as error:
        raise files.fault_of(Settings(asked.data).database, error) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise rights.refused(error, Path(error.filename)) from error


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
    demo = _command(commands, "demo", "a made-up prison to try, in the browser")
    demo.add_argument("--reset", action="store_true", help="start afresh")
    demo.add_argument("--play", action="store_true", help="play a journey and print what each device showed")
    demo.set_defaults(data=DEMO_DATA)
    demo.add_argument("--listen", default="127.0.0.1", metavar="HOST", help="in a container 0.0.0.0 (%(default)s)")
    run = _command(commands, "run", "run a hub from its data folder")
    demo.add_argument("--port", type=int, default=DEFAULT_PORT, help="the port of the page (%(default)s)")
    _doors(run)
    for served in (demo, run):
        served.add_argument("--bot-api", action="store_true", help="open the house network's Bot API door, for tests")
    init = _command(commands, "init", "make a new hub in a data folder")
    init.add_argument("--hub", type=Path, required=True, help="the hub.yaml that describes it")
    init.add_argument("--people", type=Path, help="a people.yaml with numbers and first PINs")
    invite = _command(commands, "invite", "make a one-time code for somebody of the staff")
    invite.add_argument("person", help="who it is for, as in hub.yaml: N1")
    device = _command(commands, "device", "make a one-time code for a kiosk or a staff browser")
    device.add_argument("owner", help="what it will be, or whose, as in hub.yaml: K-A or N1")
    device.add_argument("--instead", action="store_true", help="end the devices that it had before")
    voices = _command(
        commands, "voices", "make what is read aloud to everybody beforehand, as far as it is not there yet"
    )
    voices.add_argument(
        "--sentences", metavar="LANGUAGE", help="list what a person can record in it, and as which file"
    )
    check = commands.add_parser("check", help="read a hub.yaml, and a people.yaml for it, and tell every fault")
    check.add_argument("hub", type=Path)
    check.add_argument("--people", type=Path, help="a people.yaml for it, to be read too")
    check.set_defaults(command="check")
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
    about: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=about, description=about)
    folder = Path(os.environ.get(DATA) or "data")
    command.add_argument("--data", type=Path, default=folder, help=f"the data folder; {DATA} says it too (%(default)s)")
    command.set_defaults(bot_api=False)
    command.set_defaults(command=name)
    return command
