"""Notices as their coordinator makes them, for the journeys that begin with one."""

from datetime import datetime

from bot.demo.files import OPENS
from tests.hub.whole_hub import Device, WholeHub, words_of

GREETS = "Hei! Her kan du be om en samtale."
HOME = "Hvem vil du snakke med?"
NOTICES = "SELECT id, state, revision FROM notices ORDER BY id"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return OPENS.replace(day=day, hour=hour, minute=minute)


async def presses(hub: WholeHub, who: str, *labels: str) -> None:
    for label in labels:
        await hub[who].press(label)
        await hub.settled()


async def says(hub: WholeHub, who: str, *lines: str) -> None:
    for line in lines:
        await hub[who].say(line)
        await hub.settled()


async def opens_desk(hub: WholeHub, who: str = "TK1") -> None:
    await says(hub, who, "/start")
    await presses(hub, who, "📣 Oppslag")


async def begins(hub: WholeHub, style: str = "Vanlig", prison: str = "Fjordheim") -> None:
    await opens_desk(hub)
    await presses(hub, "TK1", "Nytt oppslag", prison, style)


async def publishes(hub: WholeHub, nb: str, en: str, *audience: str, style: str = "Vanlig") -> None:
    """Publish a notice that stands from now until this evening."""
    await begins(hub, style)
    await says(hub, "TK1", nb, en)
    await presses(hub, "TK1", *audience, "Gå videre", "Nå", "13. jan. kl. 20.00", "Heng det opp")


async def newest(device: Device) -> str:
    return words_of((await device.messages())[-1])


async def nav_is_here(hub: WholeHub, *audience: str) -> None:
    await begins(hub, "En tjeneste er her")
    await presses(hub, "TK1", "NAV", "Bruk denne teksten", "Bruk denne teksten", *audience)
    await presses(hub, "TK1", "Gå videre", "Nå", "14. jan. kl. 20.00", "Heng det opp")
