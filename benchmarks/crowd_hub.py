"""The hub's process for P3 and P4: the demo, which announces something to a crowd on each line that it reads."""

import asyncio
import os
import sys
from pathlib import Path

from benchmarks import prison
from bot import app
from bot.cli import loop_factory
from bot.config import Settings, from_environment
from bot.domain.chat.messages import Line, View, once_for_all
from bot.running import parts
from bot.store import people
from bot.usecases.telling import broadcasts
from bot.usecases.turn import Actor, Address, Wanted

COORDINATOR = "TK1"


async def announce(hub: parts.Running, about: str, staff: list[str]) -> None:
    """Tell everybody of the crowd, as a coordinator's press does."""
    async with hub.turns.begin() as turn:
        person = await people.person(turn.tx, COORDINATOR)
        assert person
        turn.actor = Actor(person.role, person.id, person.language, person=person)
        number = await broadcasts.begin(turn, about, staff, [])
        build = once_for_all(lambda _: View((Line(prison.NEWS),)))
        turn.edge.wanted += [Wanted(Address(person=each), about, build, broadcast=number) for each in staff]


async def run(folder: Path, size: int) -> None:
    """Run until there is nothing more to read."""
    settings = Settings(data=folder, port=0, demo=True, **from_environment(os.environ))
    staff = [prison.member(number) for number in range(size)]
    async with app.running(settings) as hub:
        while line := await asyncio.to_thread(sys.stdin.readline):
            await announce(hub, line.strip(), staff)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(run(Path(sys.argv[1]), int(sys.argv[2])))
