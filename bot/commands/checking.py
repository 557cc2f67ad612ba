"""check: a file is read, and no hub is needed for it."""

import argparse

from bot import hubfile
from bot.commands.asked import Commands
from bot.endings import FAULTS


async def check_hub(asked: argparse.Namespace) -> int:
    """Read a hub.yaml."""
    described = hubfile.read_hub(asked.hub)
    hub = described.hub
    people = hubfile.read_people(asked.people, described) if asked.people else None
    print(f"{asked.hub} is right: {hub.name}, {len(hub.services)} services, {len(hub.units)} units.")
    if people:
        print(f"{asked.people} is right: {len(people.inmates)} numbers, {len(people.slips)} slips.")
    return 0


COMMANDS = Commands({"check": check_hub}, FAULTS)
