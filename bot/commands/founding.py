"""init, invite and device: what is done to a hub that does not run."""

import argparse

from bot import founding
from bot.commands.asked import Commands, settings_of
from bot.endings import FAULTS


async def init_hub(asked: argparse.Namespace) -> int:
    """Make a new hub."""
    await founding.create(settings_of(asked), asked.hub, asked.people)
    print(f"A new hub is ready in {asked.data}. Keep samtalelapp.key apart from the backups. Start it with:")
    print(f"  samtalelapp run --data {asked.data}")
    return 0


async def invite_person(asked: argparse.Namespace) -> int:
    """Make a one-time code while the hub is stopped."""
    code = await founding.invite(settings_of(asked), asked.person)
    print(f"Within 15 minutes, {asked.person} writes to the bot:\n  /start {code}")
    return 0


async def make_device_code(asked: argparse.Namespace) -> int:
    """Make a device code while the hub is stopped: that is how the first browser gets in."""
    code = await founding.device(settings_of(asked), asked.owner, instead=asked.instead)
    print(f"Within 15 minutes, write this in the browser that shall be {asked.owner}'s:\n  {code}")
    return 0


COMMANDS = Commands({"init": init_hub, "invite": invite_person, "device": make_device_code}, FAULTS)
